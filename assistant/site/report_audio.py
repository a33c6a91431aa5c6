"""A whole report as one MP3 to take along: its sentences from the cache, those that are missing made first.

Making them may take many minutes with a slow voice, and a request holds one of the few threads. So a request works for
a bounded time and then says how far it came; what it made is kept, and the next one goes on there.
"""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from flask import Blueprint, Response, request

from assistant.errors import AnanError, Busy
from assistant.site.context import services, stored_report
from assistant.speech import Audio, Speech, Stitched

_LOG = logging.getLogger(__name__)

# Each holds a thread while sentences are made, and after that while the client takes more than waitress keeps for it.
_AT_ONCE = 2
# A sentence is 6 seconds and 35 kB: an hour and a half, 35 MB. Longer reports can be listened to on their page.
_SENTENCES_MOST = 1_000
# How long one request makes sentences; clients and proxies give up after 30 seconds at the earliest.
_MAKING_SECONDS = 15.0

report_audio = Blueprint("report_audio", __name__, url_prefix="/api/v1")
_places = threading.BoundedSemaphore(_AT_ONCE)


@report_audio.get("/reports/<report_id>/audio")
def whole(report_id: str) -> Response:
    """Give the audio of a whole report, or say how much of it is made."""
    report = stored_report(report_id)
    speech, voice = services().speech, request.args.get("voice") or None
    keys = [utterance.key for utterance in speech.utterances(report.text)]
    if not keys:
        raise AnanError("这份报告没有可以播报的文字。", code="nothing_to_say", status=422)
    if len(keys) > _SENTENCES_MOST:
        raise AnanError("这份报告太长，不能整份下载，请在网页上收听。", code="too_long_to_download", status=422)
    if not _places.acquire(blocking=False):
        raise Busy("下载的人较多，请稍后再试。")
    try:
        _make_missing(speech, keys, voice)
        audio = _stitched(speech, keys, voice)
        response = Response(_streamed(audio), mimetype="audio/mpeg")
        response.content_length = audio.size
        name = quote(f"{_file_name(report.summary.title)}.mp3")
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        response.headers["Cache-Control"] = "no-store"
    except BaseException:
        _places.release()
        raise
    response.call_on_close(_places.release)
    services().questions.count("heard.download", report.summary.publisher)
    return response


def _make_missing(speech: Speech, keys: Sequence[str], voice: str | None) -> None:
    """Have every sentence made that is not at hand.

    Raises:
        BadInput: there is no such voice.
        Busy: time was up before all were, or the voice failed.
    """
    until = time.monotonic() + _MAKING_SECONDS
    for done, key in enumerate(keys):
        if speech.is_kept(key, voice):
            continue
        if time.monotonic() > until:
            raise Busy(f"语音还在准备：共 {len(keys)} 句，做好了 {done} 句，请稍后再试。", code="audio_not_ready")
        speech.audio(key, voice)


def _stitched(speech: Speech, keys: Sequence[str], voice: str | None) -> Stitched:
    try:
        return Stitched(lambda: _audio(speech, keys, voice))
    except ValueError as error:  # another voice had to stand in for a sentence, and sounds at another rate
        _LOG.warning("a report's audio cannot be put together: %s", error)
        raise Busy("语音还没有全部做好，请稍后再试。", code="audio_not_ready") from error


def _audio(speech: Speech, keys: Sequence[str], voice: str | None) -> Iterator[Audio]:
    for key in keys:
        yield speech.audio(key, voice)


def _streamed(audio: Stitched) -> Iterator[bytes]:
    """The bytes. What fails midway breaks the connection off: a part must not pass for the whole."""
    try:
        yield from audio.chunks()
    except (AnanError, ValueError) as error:
        _LOG.warning("a report's audio was broken off: %s", error)
        raise


def _file_name(title: str) -> str:
    """The title without what file systems do not take, short enough for all of them."""
    return "".join(each for each in title if each.isprintable() and each not in '\\/:*?"<>|')[:60].strip() or "报告"
