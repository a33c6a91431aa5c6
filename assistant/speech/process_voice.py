"""Voices that speak in a process of their own: the system's through pyttsx3, and Kokoro's."""

import contextlib
import hashlib
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from assistant.errors import Busy
from assistant.speech.process import START_SECONDS, Worker, WorkerFailed
from assistant.speech.voice import Recording, VoiceFailed, VoiceState

# A worker that says nothing for so long within one sentence hangs: espeak takes 20 ms, a system voice about a second.
STALL_SECONDS = 10.0
# After so many failures in a row the voice rests: starting a process for every request would only cost the server.
_FAILURES_TO_REST = 3
_REST_SECONDS = 30.0
# With less time left a sentence is not begun, because a process that is late is killed.
_LEAST_SECONDS = 1.0
# How long a start is expected to take before there was one; afterwards, as long as the last one took.
_FIRST_START_SECONDS = 1.0
# Folders of runs that were killed are removed when this old; a live run makes its own anew if it is gone.
_STALE_SECONDS = 3600.0

# Characters that it says in one go: about 20 seconds, which espeak makes in a tenth of one.
LONGEST = 80
_CROWDED = "播报的人较多，请稍后再试"


class ProcessVoice:
    """A voice in a process of its own, which is started at the first need and again after a crash or a hang.

    Args:
        name: of the voice.
        rendering: see Voice.
        command: the module that is its process, and what to tell it.
        folder: where the process works; everything it writes stays there.
        stall_seconds: how long it may be silent within one sentence before it is killed.
        longest: see Voice.
        is_slow: see Voice.
    """

    language = "zh-CN"

    def __init__(
        self,
        name: str,
        rendering: str,
        command: Sequence[str],
        folder: Path,
        stall_seconds: float,
        longest: int,
        *,
        is_slow: bool,
    ) -> None:
        self.name, self.rendering, self.longest, self.is_slow = name, rendering, longest, is_slow
        self._command = tuple(command)
        folder.mkdir(parents=True, exist_ok=True)
        _remove_stale(folder)
        self._folder = Path(tempfile.mkdtemp(prefix="voice-", dir=folder)).resolve()
        self._stall = stall_seconds
        self._turn = threading.Lock()
        self._worker: Worker | None = None
        self._numbers = count(1)
        self._starts = 0
        self._start_took = _FIRST_START_SECONDS
        self._failures = 0
        self._resting_until = 0.0
        self._error: str | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The id of the process that speaks, None while there is none."""
        worker = self._worker
        return worker.pid if worker is not None and worker.alive else None

    def synthesize(self, spoken: str, timeout: float, style: str = "") -> Recording:
        """See Voice; ``style`` as in ``Worker.say``.

        What the process did not survive is tried once more in a fresh one if the time left allows.
        """
        deadline = time.monotonic() + timeout
        if not self._turn.acquire(timeout=timeout):
            raise Busy(_CROWDED)
        try:
            self._check_rest()
            if not self._fits(deadline):
                raise Busy(_CROWDED)
            try:
                return Recording(self._say(spoken, deadline, style), self.rendering)
            except WorkerFailed as failure:
                if failure.for_people or not self._fits(deadline):
                    raise
                return Recording(self._say(spoken, deadline, style), self.rendering)
        except WorkerFailed as failure:
            raise self._failed(failure) from failure
        finally:
            self._turn.release()

    def warm_up(self) -> None:
        """See Voice."""
        with self._turn:
            self._check_rest()
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                self._running(time.monotonic() + START_SECONDS)
            except WorkerFailed as failure:
                raise self._failed(failure) from failure

    def state(self) -> VoiceState:
        """See Voice."""
        return VoiceState(self.pid is not None, max(0, self._starts - 1), self._error)

    def close(self) -> None:
        """See Voice. Waits for a sentence that is being said."""
        with self._turn:
            self._closed = True
            if self._worker is not None:
                self._worker.close()
            shutil.rmtree(self._folder, ignore_errors=True)

    def _say(self, spoken: str, deadline: float, style: str) -> bytes:
        self._folder.mkdir(parents=True, exist_ok=True)  # whoever tidies the data directory may have removed it
        worker = self._running(deadline)
        recording = self._folder / f"{next(self._numbers)}.wav"
        try:
            worker.say(spoken, recording, deadline, style)
            sound = recording.read_bytes()
        except OSError as error:
            raise WorkerFailed(f"the recording is gone: {error}") from error
        finally:
            with contextlib.suppress(OSError):  # never begun, or still held by a dying process on Windows
                recording.unlink()
        self._failures, self._error = 0, None
        return sound

    def _fits(self, deadline: float) -> bool:
        """Whether a sentence can be said by then, with the start of a process before it if there is none."""
        start = self._start_took if self.pid is None else 0.0
        return deadline - time.monotonic() >= start + _LEAST_SECONDS

    def _running(self, deadline: float) -> Worker:
        if self._closed:
            raise VoiceFailed("播报服务已经关闭")
        if self._worker is None or not self._worker.alive:
            self._starts += 1
            begun = time.monotonic()
            try:
                self._worker = Worker(self._command, self._folder, self._stall, deadline)
            finally:
                self._start_took = time.monotonic() - begun
        return self._worker

    def _check_rest(self) -> None:
        if time.monotonic() < self._resting_until:
            raise VoiceFailed("播报的声音暂时不可用，请过半分钟再试")

    def _failed(self, failure: WorkerFailed) -> VoiceFailed:
        self._failures += 1
        self._error = str(failure)
        if self._failures >= _FAILURES_TO_REST:
            self._resting_until = time.monotonic() + _REST_SECONDS
            self._failures = 0
        return VoiceFailed(str(failure) if failure.for_people else "播报的声音出了问题，请稍后再试")


class Pyttsx3Voice(ProcessVoice):
    """The system's own voice, or espeak-ng's on Linux: there on every machine.

    Args:
        folder: see ProcessVoice.
        stall_seconds: see ProcessVoice.
        pronunciation: the file of how words are said; read whenever the process starts.
    """

    def __init__(self, folder: Path, stall_seconds: float = STALL_SECONDS, pronunciation: Path | None = None) -> None:
        command = ("assistant.speech.worker", *words_argument(pronunciation))
        rendering = f"pyttsx3/3{words_digest(pronunciation)}"
        super().__init__("pyttsx3", rendering, command, folder, stall_seconds, LONGEST, is_slow=False)


def words_argument(pronunciation: Path | None) -> tuple[str, ...]:
    """The file of how words are said, as its process is told of it."""
    return (str(pronunciation.resolve()),) if pronunciation is not None else ()


def words_digest(pronunciation: Path | None) -> str:
    """What a rendering's name says of that file: other pronunciations are other audio."""
    if pronunciation is None:
        return ""
    try:
        return " " + hashlib.sha256(pronunciation.read_bytes()).hexdigest()[:12]
    except OSError:  # the process says why it cannot be read
        return " unread"


def _remove_stale(folder: Path) -> None:
    for left in folder.glob("voice-*"):
        with contextlib.suppress(OSError):  # another process removes it at the same time
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
