"""/api/v1: the same answers and reports as the pages, for programs and for the widget."""

import hashlib
import io
import time
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request, send_file

from assistant.answers.model import Answer
from assistant.errors import BadInput
from assistant.site.about import asked_about
from assistant.site.body import flag_of, json_object, text_of
from assistant.site.context import services, stored_report
from assistant.site.links import evidence_link, number_link
from assistant.site.openapi import document
from assistant.site.shapes import report_shape, summary_shape, utterances_shape
from assistant.speech import formats

# The longest question that the settings allow, 2,000 characters, takes 6,000 bytes of Chinese as UTF-8 and 12,000 as
# JSON escapes (24,000 only if all of it were outside the basic plane); the rest is room for the conversation.
ASK_BODY_BYTES = 16 * 1024
# An utterance's key stands for its text, so its audio changes only with the voice.
_AUDIO_SECONDS = 7 * 24 * 3600
# What of a report names it, as a query of the list.
_NAMES = ("id", "index_number", "url")

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.post("/ask")
def ask() -> Response:
    """Answer a question."""
    body = json_object(ASK_BODY_BYTES)
    question, conversation = text_of(body, "question") or "", text_of(body, "conversation")
    spoken = flag_of(body, "spoken")
    begun = time.perf_counter()
    answer = services().answerer.ask(question, conversation, asked_about(body, services().store))
    seconds = time.perf_counter() - begun
    services().questions.note(answer, seconds, spoken=spoken, continued=conversation == answer.conversation)
    return jsonify(_answer_shape(answer))


@api.get("/reports")
def reports() -> Response:
    """List the reports, all or those of one publisher or year, or those that an id, 索引号 or address names."""
    publisher, year = request.args.get("publisher", ""), _year(request.args.get("year", ""))
    named = {name: request.args[name] for name in _NAMES if request.args.get(name)}
    kept = [
        summary_shape(item)
        for item in services().store.reports()
        if publisher in ("", item.publisher)
        and year in (None, item.year)
        and all(getattr(item, name) == value for name, value in named.items())
    ]
    return jsonify({"reports": kept})


@api.get("/reports/<report_id>")
def report(report_id: str) -> Response:
    """Give one report with its outline, text, tables and figures."""
    return jsonify(report_shape(stored_report(report_id)))


@api.get("/reports/<report_id>/utterances")
def report_utterances(report_id: str) -> Response:
    """Give the sentences of one report as utterances, with their places in its text."""
    text = stored_report(report_id).text
    return jsonify({"utterances": utterances_shape(services().speech.utterances(text))})


@api.get("/suggest")
def suggest() -> Response:
    """Complete what is being typed."""
    typed = request.args.get("q", "")
    if len(typed) > services().settings.question_limit:
        raise BadInput(f"问题最多 {services().settings.question_limit} 个字。", code="question_too_long")
    return jsonify({"suggestions": services().answerer.suggest(typed, report=request.args.get("report", ""))})


@api.get("/voices")
def voices() -> Response:
    """List the voices that a citizen may choose, the usual one first."""
    shapes = [asdict(card) | {"default": place == 0} for place, card in enumerate(services().speech.voices())]
    return jsonify({"voices": shapes, "formats": formats()})


@api.get("/speech/<key>")
def speech(key: str) -> Response:
    """Give the audio of one utterance."""
    voice = request.args.get("voice") or None
    audio = services().speech.audio(key, voice, request.args.get("format") or "mp3")
    response = send_file(
        io.BytesIO(audio.data),
        mimetype=audio.media_type,
        etag=hashlib.sha256(audio.data).hexdigest()[:32],
        conditional=True,
        max_age=_AUDIO_SECONDS,
    )
    response.cache_control.public = False
    response.cache_control.private = True
    return response


@api.get("/health")
def health() -> Response:
    """Say how the service is."""
    return health_response()


@api.get("/openapi.json")
def openapi() -> Response:
    """Describe this interface."""
    return jsonify(document())


def health_response() -> Response:
    """The state of the service; degraded (the index is catching up) still answers, so it is no error.

    Of the voice anybody may know whether it works; why not is for staff (``anan doctor``), for it may name files.
    """
    state = services().status()
    voice = state["voice"]
    state["voice"] = {"works": voice["error"] is None, "stand_in": voice["stand_in"] is not None}
    response = jsonify(state)
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer_shape(answer: Answer) -> dict[str, Any]:
    here = services()
    shape = answer.to_dict()
    for item, evidence in zip(shape["evidence"], answer.evidence, strict=True):
        item["link"] = evidence_link(evidence)
    for row in shape["comparison"]["rows"] if answer.comparison else ():
        row["link"] = number_link(answer.evidence[row["evidence"]])
    shape["utterances"] = utterances_shape(here.speech.utterances(answer.text))
    return shape


def _year(text: str) -> int | None:
    if not text:
        return None
    if len(text) != 4 or not (text.isascii() and text.isdigit()):
        raise BadInput("年份应当是四位数字，如 2021。", code="bad_year")
    return int(text)
