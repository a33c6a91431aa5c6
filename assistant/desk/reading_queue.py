"""Reads uploaded files one after the other, beside the requests, each in the bounded process of ``search.workers``.

The queue is in the store: what was acknowledged and not yet read when the server stopped is read at the next start.
"""

import logging
import threading

from assistant.errors import AnanError
from assistant.search.reading import read_upload_in_worker
from assistant.search.workers import Lost, Workers
from assistant.store import Store

_LOGGER = logging.getLogger(__name__)
# After the store refused (disk full, locked) it is tried again so much later.
_REST_SECONDS = 5.0


class ReadingQueue:
    """The thread that reads; it lives as long as there is something to read.

    Args:
        store: where the files wait.
        limit_bytes: how large a file may be.
        seconds: how long reading one may take.
    """

    def __init__(self, store: Store, limit_bytes: int, seconds: float) -> None:
        self._store = store
        self._limit_bytes = limit_bytes
        self._seconds = seconds
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._asked = False
        self._stopped = threading.Event()
        self._idle = threading.Event()
        self._idle.set()

    def wake(self) -> None:
        """Reads what waits; to be called after a file was filed, and when the server starts."""
        with self._lock:
            if self._stopped.is_set():
                return
            self._asked = True
            if self._thread is None:
                self._idle.clear()
                self._thread = threading.Thread(target=self._run, name="reading-queue", daemon=True)
                self._thread.start()

    def wait_until_idle(self, seconds: float) -> bool:
        """Waits until nothing is left to read; whether that came within so many seconds."""
        return self._idle.wait(seconds)

    def close(self) -> None:
        """Ends the thread; the file at hand is read at the next start."""
        with self._lock:
            self._stopped.set()
            thread = self._thread
        if thread is not None:
            thread.join(_REST_SECONDS)

    def _run(self) -> None:
        while self._is_asked():
            try:
                self._read_all()
            except AnanError as error:
                _LOGGER.warning("uploaded files wait: %s", error.message)
                self._stopped.wait(_REST_SECONDS)
                with self._lock:
                    self._asked = True

    def _is_asked(self) -> bool:
        """Whether somebody woke the thread since it last looked; else it is over, which nobody can come between."""
        with self._lock:
            asked, self._asked = self._asked, False
            if asked and not self._stopped.is_set():
                return True
            self._thread = None
            self._idle.set()
            return False

    def _read_all(self) -> None:
        filings = self._store.filings
        with Workers(read_upload_in_worker, self._limit_bytes, self._seconds, count=1) as workers:
            while not self._stopped.is_set() and (filing := filings.waiting()) is not None:
                data = filings.file(filing.id) or b""
                [(_, result)] = workers.map([(filing.file_name, data)])
                if isinstance(result, Lost):
                    filings.was_lost(filing.id, result.reason)
                else:
                    filings.was_read(filing.id, result)
