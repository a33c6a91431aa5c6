"""Room for uploads in a server that lets no other request be large: for so many at a time, to routes that take them.

A body is on the server's disk before the app sees who sends it. So that no stranger fills that disk, only what is sent
to a route that declares how much it takes, with a session's cookie or a token, may be large, and only a few at a time.
"""

import copy
import threading
from collections.abc import Callable
from typing import Any, ClassVar

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

# Large bodies that are received or answered at the same time.
UPLOADS_AT_ONCE = 8
_COOKIE = "anan-desk="
_BEARER = "Bearer "


def _no_room(_path: str) -> int:
    return 0


class RoomyParser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request; what is an upload may be as large as its route takes.

    Attributes:
        room: tells of a path how many bytes may be sent to it; 0 where it is as for all others.
    """

    adj: Any
    room: ClassVar[Callable[[str], int]] = staticmethod(_no_room)
    _uploads: ClassVar[set[int]] = set()
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def parse_header(self, header_plus: bytes) -> None:
        """See waitress."""
        super().parse_header(header_plus)
        is_large = self.content_length >= self.adj.max_request_body_size
        most = type(self).room(self.path) if is_large and self._may_upload() else 0
        if self.content_length < most and self._takes_room():
            self.adj = copy.copy(self.adj)
            self.adj.max_request_body_size = most

    def close(self) -> None:
        """See waitress; gives the room back."""
        with self._lock:
            self._uploads.discard(id(self))
        super().close()

    def _may_upload(self) -> bool:
        known = _COOKIE in self.headers.get("COOKIE", "") or self.headers.get("AUTHORIZATION", "").startswith(_BEARER)
        return self.command == "POST" and known

    def _takes_room(self) -> bool:
        with self._lock:
            if len(self._uploads) >= UPLOADS_AT_ONCE:
                return False
            self._uploads.add(id(self))
            return True


class RoomyChannel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests may be uploads; one that breaks off gives its room back."""

    parser_class = RoomyParser

    def handle_close(self) -> None:
        """See waitress."""
        broken_off: Any = self.request
        if broken_off is not None:
            broken_off.close()
        super().handle_close()
