"""A folder into which reports are dropped: which files are new or changed, and complete.

The folder is looked at again and again rather than watched by the system: such folders lie on network shares, where
the system tells nothing of what others write, and looking costs milliseconds for thousands of files.
"""

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.search.files import report_files

# What tells that a file changed: size in bytes and time of the last change in nanoseconds.
_State = tuple[int, int]


class Watch:
    """What comes into some folders.

    Args:
        folders: looked through with what lies in them.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._seen: dict[Path, _State] = {}
        self._told: dict[Path, _State] = {}

    def wait(self, seconds: float, stop: threading.Event) -> list[Path]:
        """The files that are new or changed since they were last told, once there are any; none when told to stop.

        Args:
            seconds: between two looks. A file whose size and time stay the same from one to the next is complete.
            stop: set from outside to end the waiting.
        """
        while not stop.wait(seconds):
            complete = self._look()
            if complete:
                return complete
        return []

    def forget(self, files: Iterable[Path]) -> None:
        """Tell these files again at the next look: they could not be taken care of."""
        for path in files:
            self._told.pop(path, None)

    def _look(self) -> list[Path]:
        now = {path: state for path in report_files(self._folders) if (state := _state(path)) is not None}
        complete = [path for path, state in now.items() if self._seen.get(path) == state != self._told.get(path)]
        self._seen = now
        # What was taken away and comes back is new.
        self._told = {path: state for path, state in self._told.items() if path in now}
        self._told.update((path, now[path]) for path in complete)
        return complete


def _state(path: Path) -> _State | None:
    try:
        found = path.stat()
    except OSError:  # taken away meanwhile
        return None
    return found.st_size, found.st_mtime_ns
