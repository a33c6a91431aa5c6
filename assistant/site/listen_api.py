"""/api/v1/listen: a question that was spoken, as text for the citizen to check before it is asked."""

import logging

from flask import Blueprint, Response, jsonify, request

from assistant.errors import AnanError
from assistant.site.context import services
from assistant.speech.recording import QUESTION_SECONDS

_LOG = logging.getLogger(__name__)

# Half a minute as the plainest WAV that recognition can use (16,000 samples a second, 16 bits, one channel) is 960 kB;
# what browsers record takes an eighth of it. Also what waitress lets through.
RECORDING_BYTES = 1_000_000
# A form of another site cannot send these without asking first (CORS).
_KINDS = ("audio/", "video/webm", "video/mp4", "application/ogg")

listen_api = Blueprint("listen_api", __name__, url_prefix="/api/v1")


@listen_api.get("/listen")
def ears() -> Response:
    """Say whether spoken questions are heard here, within which bounds, and whether recordings are kept."""
    here = services()
    state = {
        "works": here.listening.works,
        "seconds": QUESTION_SECONDS,
        "bytes": RECORDING_BYTES,
        "kept_days": here.recordings.days,
    }
    response = jsonify(state)
    response.headers["Cache-Control"] = "no-store"
    return response


@listen_api.post("/listen")
def listen() -> Response:
    """Hear a recording."""
    if not request.mimetype.startswith(_KINDS):
        raise AnanError("请求的内容应当是录音，如 Content-Type: audio/webm。", code="not_audio", status=415)
    request.max_content_length = RECORDING_BYTES
    data = request.get_data()
    here = services()
    heard, meant = here.listening.hear(data, here.hearing.likely(), here.hearing.meant)
    try:
        here.recordings.keep(data, heard.text)
    except OSError as error:  # the citizen's question goes on; the number, because the words may name a file
        _LOG.error("a recording could not be kept: error %s", error.errno)
    text = meant[: here.settings.question_limit]
    response = jsonify({"text": text, "heard": heard.text, "confidence": heard.confidence, "seconds": heard.seconds})
    response.headers["Cache-Control"] = "no-store"
    return response
