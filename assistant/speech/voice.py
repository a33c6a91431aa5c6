"""The Voice protocol, and the voice that pyttsx3 gives: the system's own, or espeak-ng's on Linux."""

import contextlib
import hashlib
import shutil
import tempfile
import threading
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

from assistant.errors import Busy, SettingsError
from assistant.speech.process import START_SECONDS, Worker, WorkerFailed

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

_CROWDED = "播报的人较多，请稍后再试"


class VoiceFailed(Busy):
    """The voice cannot speak now; why is in the voice's state."""

    code = "voice_failed"


@dataclass(frozen=True)
class VoiceState:
    """How a voice is doing.

    Attributes:
        ready: it could speak the next sentence at once.
        restarts: how often its process had to be started again.
        error: why it last failed; None once it has spoken since.
    """

    ready: bool
    restarts: int
    error: str | None


class Voice(Protocol):
    """Something that says Chinese text. Safe to call from several threads, which then take turns.

    Attributes:
        name: what it is called in settings and status.
        language: BCP 47 tag.
        rendering: name and version of how it sounds; audio of another rendering is not mixed with it.
    """

    name: str
    language: str
    rendering: str

    def synthesize(self, spoken: str, timeout: float) -> bytes:
        """A whole WAV or AIFF file of the spoken form, in at most ``timeout`` seconds.

        Raises:
            Busy: it is not this text's turn in time, or the voice failed (VoiceFailed).
        """
        ...

    def warm_up(self) -> None:
        """Makes ready to speak without delay.

        Raises:
            Busy: it cannot.
        """
        ...

    def state(self) -> VoiceState:
        """How it is doing; never waits."""
        ...

    def close(self) -> None:
        """Ends what runs for it. May be called again."""
        ...


class Pyttsx3Voice:
    """pyttsx3 in a process of its own, which is started at the first need and again after a crash or a hang.

    Args:
        folder: where the process works; everything it writes stays there.
        stall_seconds: how long it may be silent within one sentence before it is killed.
        pronunciation: the file of how words are said; read whenever the process starts.
    """

    name = "pyttsx3"
    language = "zh-CN"
    rendering = "pyttsx3/1"

    def __init__(self, folder: Path, stall_seconds: float = STALL_SECONDS, pronunciation: Path | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        _remove_stale(folder)
        self._folder = Path(tempfile.mkdtemp(prefix="voice-", dir=folder)).resolve()
        self._stall = stall_seconds
        self._pronunciation = pronunciation and pronunciation.resolve()
        if self._pronunciation is not None:
            self.rendering += f" {_digest(self._pronunciation)}"  # other pronunciations are other audio
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

    def synthesize(self, spoken: str, timeout: float) -> bytes:
        """See Voice. What the process did not survive is tried once more in a fresh one if the time left allows."""
        deadline = time.monotonic() + timeout
        if not self._turn.acquire(timeout=timeout):
            raise Busy(_CROWDED)
        try:
            self._check_rest()
            if not self._fits(deadline):
                raise Busy(_CROWDED)
            try:
                return self._say(spoken, deadline)
            except WorkerFailed as failure:
                if failure.for_people or not self._fits(deadline):
                    raise
                return self._say(spoken, deadline)
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

    def _say(self, spoken: str, deadline: float) -> bytes:
        self._folder.mkdir(parents=True, exist_ok=True)  # whoever tidies the data directory may have removed it
        worker = self._running(deadline)
        recording = self._folder / f"{next(self._numbers)}.wav"
        try:
            worker.say(spoken, recording, deadline)
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
                self._worker = Worker(self._folder, self._stall, deadline, self._pronunciation)
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


def open_voice(name: str, folder: Path, pronunciation: Path | None = None) -> Voice:
    """The voice of the setting ``voice``; ``auto`` is the best that this machine has.

    Raises:
        SettingsError: there is no voice of that name.
    """
    if name in ("auto", Pyttsx3Voice.name):
        return Pyttsx3Voice(folder, pronunciation=pronunciation)
    raise SettingsError(f"没有名为 {name} 的声音；可以用 auto 或 {Pyttsx3Voice.name}")


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    except OSError:  # the process says why it cannot be read
        return "unread"


def _remove_stale(folder: Path) -> None:
    for left in folder.glob("voice-*"):
        with contextlib.suppress(OSError):  # another process removes it at the same time
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
