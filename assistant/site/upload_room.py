"""Room for uploads in a server that lets no other request be large: for so many at a time, to the desk's uploads only.

A body is on the server's disk before the app sees who sends it. So that no stranger fills that disk, only what is sent
to where files are uploaded, with a session's cookie, may be large, and only a few at a time.
"""

import copy
import threading
from typing import Any, ClassVar

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

# Large bodies that are received or answered at the same time.
UPLOADS_AT_ONCE = 8
UPLOADED_TO = ("/desk/reports", "/desk/faq/import")
_COOKIE = "anan-desk="


class RoomyParser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request; what is an upload may be as large as ``most_bytes``.

    Attributes:
        most_bytes: how large an upload may be.
    """

    adj: Any
    most_bytes: ClassVar[int] = 0
    _uploads: ClassVar[set[int]] = set()
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def parse_header(self, header_plus: bytes) -> None:
        """See waitress."""
        super().parse_header(header_plus)
        is_large = self.adj.max_request_body_size <= self.content_length < self.most_bytes
        if is_large and self._is_upload() and self._takes_room():
            self.adj = copy.copy(self.adj)
            self.adj.max_request_body_size = self.most_bytes

    def close(self) -> None:
        """See waitress; gives the room back."""
        with self._lock:
            self._uploads.discard(id(self))
        super().close()

    def _is_upload(self) -> bool:
        return self.command == "POST" and self.path in UPLOADED_TO and _COOKIE in self.headers.get("COOKIE", "")

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
