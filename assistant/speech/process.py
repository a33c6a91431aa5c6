"""The worker's process as its parent sees it: started, asked, watched, killed."""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# Python, the pinyin dictionaries and espeak's data take half a second; a cold disk or a virus scanner takes longer.
START_SECONDS = 20.0
_CLOSE_SECONDS = 1.0


class WorkerFailed(Exception):
    """The worker gave up, crashed or fell silent; it is no longer running. ``for_people`` if the text is for people."""

    def __init__(self, message: str, *, for_people: bool = False) -> None:
        super().__init__(message)
        self.for_people = for_people


class Worker:
    """One run of a voice's own process. Not for several threads at once.

    Args:
        command: the module to run, and what to tell it.
        folder: where its recordings and temporary files go, and nothing of it elsewhere.
        stall_seconds: how long it may be silent within a request.
        deadline: until when it may take to be ready (``time.monotonic()``); never more than ``START_SECONDS``.

    Raises:
        WorkerFailed: it did not start in time or has no voice.
    """

    def __init__(self, command: Sequence[str], folder: Path, stall_seconds: float, deadline: float) -> None:
        self._stall = stall_seconds
        self._log = folder / "worker.log"
        try:
            self._process = self._started(command, folder)
        except OSError as error:
            raise WorkerFailed(f"the process cannot be started: {error}") from error
        self._events: queue.Queue[dict[str, Any] | None] = queue.Queue()
        threading.Thread(target=self._listen, name="speech-worker", daemon=True).start()
        self.voice = str(self._await("ready", deadline, START_SECONDS)["voice"])

    def _started(self, command: Sequence[str], folder: Path) -> "subprocess.Popen[bytes]":
        with self._log.open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - no shell, and no text of anybody's on the command line
                [sys.executable, "-m", *command],
                cwd=folder,
                env=os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                # Ctrl-C in a terminal is for the server, which then closes its worker.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def say(self, text: str, file: Path, deadline: float, style: str = "") -> None:
        """Has ``text`` said into ``file`` (an absolute path within the folder), by ``deadline`` (``time.monotonic()``).

        ``style`` is one of the process's own voices, where it has several.

        Raises:
            WorkerFailed: it did not come to that; the process has ended.
        """
        self.ask({"text": text, "file": str(file), "style": style}, deadline)

    def ask(self, request: dict[str, Any], deadline: float) -> dict[str, Any]:
        """Its reply to a request, by ``deadline``. Raises as ``say`` does."""
        assert self._process.stdin is not None  # noqa: S101 - always so with stdin=PIPE
        with contextlib.suppress(OSError):  # it crashed while idle; _await says how
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        return self._await("done", deadline, self._stall)

    def close(self) -> None:
        """Ends the process, by force if it does not end by itself."""
        self._shut()
        try:
            self._process.wait(_CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Ends the process at once."""
        self._process.kill()
        self._process.wait()
        self._shut()

    def _shut(self) -> None:
        with contextlib.suppress(OSError):  # a broken pipe, when there are bytes that it never took
            if self._process.stdin is not None:
                self._process.stdin.close()

    def _listen(self) -> None:
        with self._process.stdout as out:  # type: ignore[union-attr]  # always there with stdout=PIPE
            for line in out:
                self._events.put(json.loads(line))
        self._events.put(None)

    def _await(self, wanted: str, deadline: float, stall: float) -> dict[str, Any]:
        """The next event named ``wanted``. Each event is progress; silence for ``stall`` seconds is a hang."""
        while True:
            patience = min(stall, deadline - time.monotonic())
            try:
                event = self._events.get(timeout=max(patience, 0.0))
            except queue.Empty:
                self.kill()
                raise WorkerFailed(f"no progress for {patience:.1f} s") from None
            if event is None:
                code = self._process.wait()
                raise WorkerFailed(f"the process ended with code {code}{self._last_words()}")
            if event["event"] == "failed":
                self.close()
                raise WorkerFailed(event["message"], for_people=bool(event.get("people")))
            if event["event"] == wanted:
                return event

    def _last_words(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return f": {lines[-1]}" if lines else ""
