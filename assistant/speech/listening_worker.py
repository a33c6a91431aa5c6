"""The process that hears: ``python -m assistant.speech.listening_worker MODEL``.

Strangers' recordings are decoded here, so that one that crashes or holds up the decoder costs this process and not the
server; and here it gives way to everything else that runs, for typed questions come first. Requests come in this order,
see ``assistant.speech.worker_loop`` for how:

- ``{"recording": BASE64}``: decode it; answered ``done``, with ``code`` and ``message`` where it is refused;
- ``{"words": […]}``: say what was said in it; answered ``done`` with ``text``, ``confidence`` and ``seconds``;
- ``{"readings": […]}``, or not: how likely each of these texts is what was said; answered ``done`` with ``likely``.

Nothing of either is written anywhere.
"""

import base64
import contextlib
import os
import sys
from pathlib import Path
from typing import Any

from assistant.errors import BadInput
from assistant.speech.recognition import Recogniser, open_recogniser
from assistant.speech.recording import Samples, read_recording
from assistant.speech.worker_loop import Replies, requests

_NICENESS = 10
# The model takes 0.3 GB; a recording that decodes into more than the rest is none.
_MEMORY_BYTES = 2 * 1024**3


class _Ears:
    """The recogniser and the recording that it hears, which is forgotten when the next one comes."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._samples: Samples | None = None

    def reply(self, request: dict[str, Any]) -> dict[str, Any]:
        if "recording" in request:
            self._samples = None
            try:
                self._samples = read_recording(base64.b64decode(request["recording"]))
            except BadInput as error:
                return {"code": error.code, "message": error.message}
            return {}
        assert self._samples is not None  # noqa: S101 - the parent sends a recording first
        if "readings" in request:
            return {"likely": self._recogniser.likelihoods(self._samples, request["readings"])}
        heard = self._recogniser.hear(self._samples, request["words"])
        return {"text": heard.text, "confidence": heard.confidence, "seconds": heard.seconds}


def main(model: str) -> int:
    """Serves requests with the model in this folder until the input ends."""
    _give_way()
    replies = Replies()
    try:
        waiting = requests()
        recogniser = open_recogniser(Path(model))
        recogniser.warm_up()
        import av  # noqa: F401 - reads FFmpeg's libraries now rather than within the first request

        ears = _Ears(recogniser)
        replies.send("ready", voice=recogniser.name)
        while True:
            replies.send("done", **ears.reply(waiting.get()))
    except Exception as error:  # the parent starts a fresh process; what was said stands in no error
        replies.send("failed", message=f"{type(error).__name__}: {error}")
    return 1


def _give_way() -> None:
    with contextlib.suppress(OSError, AttributeError):  # Windows has no such thing; there the parent's bounds hold
        os.nice(_NICENESS)
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY_BYTES, _MEMORY_BYTES))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
