"""Hearing citizens' recordings in bounded time, in a process of its own; see ``listening_worker``."""

import base64
import contextlib
import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import AnanError, BadInput, Busy
from assistant.speech.process import START_SECONDS, Worker, WorkerFailed
from assistant.speech.recognition import Heard, listen_missing

_LOGGER = logging.getLogger(__name__)

# How likely each of some texts is what was said, as logarithms; nothing where that cannot be told.
Likelihoods = Callable[[Sequence[str]], Sequence[float]]
# What was heard, and how likely others are, to what was meant.
Meant = Callable[[str, Likelihoods], str]

# Browsers and proxies wait half a minute; half a minute of speech takes some six seconds on two idle cores.
_WHOLE_SECONDS = 25.0
# Decoding half a minute takes a hundredth of this; what takes longer was made to.
_READING_SECONDS = 5.0
# With less time left a recording is not begun, because a process that is late is killed.
_LEAST_SECONDS = 3.0
# After a start that failed it rests: a process for every request would only cost the server.
_REST_SECONDS = 30.0
_CROWDED = "正在听的人较多，请稍后再试，或者打字提问。"
_FAILED = "安安现在听不了，请稍后再试，或者打字提问。"


def _as_heard(heard: str, _: Likelihoods) -> str:
    return heard


class Listening:
    """Hears one recording after the other. Safe to call from several threads.

    Args:
        model: the folder of the recogniser's model; it may be put there later.
        folder: where the process works; it writes nothing but its complaints.
        places: how many recordings are heard or wait at a time; more are told to come back.
    """

    def __init__(self, model: Path, folder: Path, places: int) -> None:
        self._model = model
        self._folder = folder
        self._places = threading.BoundedSemaphore(places)
        self._turn = threading.Lock()
        self._place: Path | None = None
        self._worker: Worker | None = None
        self._resting_until = 0.0
        self._closed = False

    @property
    def works(self) -> bool:
        """Whether there is a recogniser here."""
        return not listen_missing(self._model)

    @property
    def pid(self) -> int | None:
        """The id of the process that hears, None while there is none."""
        worker = self._worker
        return worker.pid if worker is not None and worker.alive else None

    def hear(self, data: bytes, words: Sequence[str] = (), meant: Meant = _as_heard) -> tuple[Heard, str]:
        """What was said in a recording, and what was meant by it, within half a minute.

        Args:
            data: as a browser recorded it, see ``read_recording``.
            words: that are likely to be said, the likeliest first.
            meant: makes of what was heard what was meant; it may ask how likely it is that other texts were said.

        Raises:
            AnanError: there is no recogniser here (code ``cannot_listen``, status 501).
            BadInput: it is no recording that can be heard.
            Busy: others are heard, or it takes too long.
        """
        if not self.works:
            raise AnanError("这里没有装语音识别，请打字提问。", code="cannot_listen", status=501)
        deadline = time.monotonic() + _WHOLE_SECONDS
        if not self._places.acquire(blocking=False):
            raise Busy(_CROWDED)
        try:
            if not self._turn.acquire(timeout=_WHOLE_SECONDS - _LEAST_SECONDS):
                raise Busy(_CROWDED)
            try:
                return self._heard(data, words, meant, deadline)
            finally:
                self._turn.release()
        finally:
            self._places.release()

    def warm_up(self) -> None:
        """Reads the model now, where there is one; what fails is told again when it is needed."""
        if not self.works:
            return
        with self._turn, contextlib.suppress(Busy):
            self._running(time.monotonic() + START_SECONDS)

    def close(self) -> None:
        """Ends the process; waits for a recording that is being heard."""
        with self._turn:
            self._closed = True
            if self._worker is not None:
                self._worker.close()
            if self._place is not None:
                shutil.rmtree(self._place, ignore_errors=True)

    def _heard(self, data: bytes, words: Sequence[str], meant: Meant, deadline: float) -> tuple[Heard, str]:
        worker = self._running(deadline)
        if deadline - time.monotonic() < _LEAST_SECONDS:
            raise Busy(_CROWDED)
        self._read(worker, data, deadline)
        try:
            reply = worker.ask({"words": list(words)}, deadline)
        except WorkerFailed as failure:
            _LOGGER.warning("recognition failed: %s", failure)
            raise Busy(_FAILED) from failure
        heard = Heard(reply["text"], reply["confidence"], reply["seconds"])
        return heard, meant(heard.text, lambda texts: self._likelihoods(worker, texts, deadline))

    @staticmethod
    def _likelihoods(worker: Worker, texts: Sequence[str], deadline: float) -> list[float]:
        """See ``Recogniser``; nothing where there is no time: what was heard is there already and is good enough."""
        if deadline - time.monotonic() < _LEAST_SECONDS:
            return []
        try:
            return list(worker.ask({"readings": list(texts)}, deadline)["likely"])
        except WorkerFailed as failure:
            _LOGGER.warning("readings could not be weighed: %s", failure)
            return []

    def _read(self, worker: Worker, data: bytes, deadline: float) -> None:
        request: dict[str, Any] = {"recording": base64.b64encode(data).decode()}
        try:
            reply = worker.ask(request, min(deadline, time.monotonic() + _READING_SECONDS))
        except WorkerFailed as failure:  # the recording's doing: the process was well just now
            _LOGGER.warning("a recording could not be decoded: %s", failure)
            raise BadInput("录音读不出来，请再录一次。", code="bad_recording") from failure
        if "code" in reply:
            raise BadInput(f"{reply['message']}。", code=reply["code"])

    def _running(self, deadline: float) -> Worker:
        if self._worker is not None and self._worker.alive:
            return self._worker
        if self._closed or time.monotonic() < self._resting_until:
            raise Busy(_FAILED)
        try:
            command = ("assistant.speech.listening_worker", str(self._model.resolve()))
            self._worker = Worker(command, self._working_place(), _WHOLE_SECONDS, deadline)
        except (WorkerFailed, OSError) as failure:
            _LOGGER.warning("recognition did not start: %s", failure)
            self._resting_until = time.monotonic() + _REST_SECONDS
            raise Busy(_FAILED) from failure
        return self._worker

    def _working_place(self) -> Path:
        if self._place is None or not self._place.is_dir():  # whoever tidies the data directory may have removed it
            self._folder.mkdir(parents=True, exist_ok=True)
            # Named as the voices' are, which see to it that nothing of a killed run stays.
            self._place = Path(tempfile.mkdtemp(prefix="voice-ears-", dir=self._folder)).resolve()
        return self._place
