"""/api/v1/feedback: what a citizen thinks of an answer; /api/v1/heard: that something is being listened to."""

from flask import Blueprint, Response

from assistant.errors import BadInput
from assistant.site.api import ASK_BODY_BYTES
from assistant.site.body import json_object, text_of
from assistant.site.context import services, stored_summary

feedback_api = Blueprint("feedback_api", __name__, url_prefix="/api/v1")


@feedback_api.post("/feedback")
def give() -> Response:
    """Keep a verdict on an answer."""
    body = json_object(ASK_BODY_BYTES)
    given = {name: text_of(body, name) or "" for name in ("conversation", "question", "kind", "verdict", "reason")}
    services().desk.feedback.give(**given)
    return Response(status=204)


@feedback_api.post("/heard")
def heard() -> Response:
    """Count that an answer or a report is being heard."""
    body = json_object(ASK_BODY_BYTES)
    what = text_of(body, "what")
    if what not in ("answer", "report"):
        raise BadInput("what 应当是 answer 或 report。", code="bad_kind")
    department = stored_summary(text_of(body, "report") or "").publisher if what == "report" else ""
    services().questions.count(f"heard.{what}", department)
    return Response(status=204)
