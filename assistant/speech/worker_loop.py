"""What every voice's own process does: one request at a time on standard input and output.

One JSON object a line:

- in: ``{"text": …, "file": …, "style": …}``: say the spoken form ``text`` into the file of the path ``file``, in the
  voice ``style`` where the process has several;
- out: ``{"event": "ready", "voice": …}`` once, ``{"event": "progress"}`` while something moves, ``{"event": "done"}``
  when the file is whole, ``{"event": "failed", "message": …}`` before giving up, with ``"people"`` if the message is
  for people. After a failure, or when its input ends, the process ends.
"""

import json
import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TextIO

# Between two progress messages; the parent's patience is twenty times as long.
_PROGRESS_SECONDS = 0.5


class NoVoice(Exception):
    """This machine has no such voice; the message is for people."""


class Sayer(Protocol):
    """What says texts in this process.

    Attributes:
        name: of the voice, for status.
    """

    name: str

    def say(self, text: str, path: Path, progress: Callable[[], None], style: str) -> None:
        """Says the spoken form into a whole WAV file, calling ``progress`` whenever something moved."""
        ...


class Replies:
    """The process's real standard output; whatever a driver prints goes nowhere instead of between the replies."""

    def __init__(self) -> None:
        self._out: TextIO = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
        self._last = 0.0

    def send(self, event: str, **more: str | float) -> None:
        """One reply."""
        self._out.write(json.dumps({"event": event, **more}) + "\n")
        self._out.flush()

    def progress(self) -> None:
        """A sign of life, not too often."""
        if time.monotonic() - self._last > _PROGRESS_SECONDS:
            self._last = time.monotonic()
            self.send("progress")


def requests() -> "queue.Queue[dict[str, Any]]":
    """Requests as they come.

    The end of the input means that the parent is gone: this process then ends at once, even if a driver hangs in the
    main thread.
    """
    waiting: queue.Queue[dict[str, Any]] = queue.Queue()

    def read() -> None:
        for line in sys.stdin.buffer:
            waiting.put(json.loads(line))
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return waiting


def serve(make: Callable[[], Sayer]) -> int:
    """Serves requests until the input ends; 1 after a failure.

    Args:
        make: makes ready to speak; may raise NoVoice.
    """
    replies = Replies()
    try:
        waiting = requests()
        sayer = make()
        replies.send("ready", voice=sayer.name)
        while True:
            request = waiting.get()
            sayer.say(request["text"], Path(request["file"]), replies.progress, request.get("style", ""))
            replies.send("done")
    except NoVoice as error:
        replies.send("failed", message=str(error), people="yes")
    except Exception as error:  # the parent shows it and starts a fresh process
        replies.send("failed", message=f"{type(error).__name__}: {error}")
    return 1
