"""Recordings that the operator has kept (setting ``listen_keep``), so that recognition can be judged on real voices.

Each is a file beside the text that was heard in it, named by the day and by chance: by nothing that tells whose it is.
"""

import contextlib
import secrets
import threading
import time
from datetime import datetime, timezone
from pathlib import Path

# 2,000 questions of ten seconds take 100 MB; the oldest go first.
MOST_KEPT = 2_000
_DAY_SECONDS = 24 * 3600.0
_TIDY_SECONDS = 3600.0


class KeptRecordings:
    """A folder of recordings, for so many days.

    Args:
        folder: made when first needed.
        days: how long they stay; 0 keeps none, and removes those that are there.
    """

    def __init__(self, folder: Path, days: int) -> None:
        self._folder = folder
        self.days = days
        self._lock = threading.Lock()
        self._tidied = 0.0
        self._tidy()

    def keep(self, data: bytes, text: str) -> None:
        """Keeps a recording and what was heard in it, where recordings are kept.

        Raises:
            OSError: it cannot be written.
        """
        if not self.days:
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{datetime.now(timezone.utc):%Y-%m-%d}-{secrets.token_hex(8)}"
        (self._folder / f"{name}.audio").write_bytes(data)
        (self._folder / f"{name}.txt").write_text(text, encoding="utf-8")
        if time.monotonic() - self._tidied > _TIDY_SECONDS:
            self._tidy()

    def _tidy(self) -> None:
        with self._lock:
            self._tidied = time.monotonic()
            files = sorted(self._folder.glob("*.audio"), key=_age)
            for number, file in enumerate(files):
                if number >= MOST_KEPT or _age(file) > self.days * _DAY_SECONDS:
                    for each in (file, file.with_suffix(".txt")):
                        each.unlink(missing_ok=True)


def _age(file: Path) -> float:
    with contextlib.suppress(OSError):  # removed meanwhile
        return time.time() - file.stat().st_mtime
    return 0.0
