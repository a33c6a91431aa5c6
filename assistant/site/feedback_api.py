"""/api/v1/feedback: what a citizen thinks of an answer."""

from flask import Blueprint, Response

from assistant.site.api import ASK_BODY_BYTES
from assistant.site.body import json_object, text_of
from assistant.site.context import services

feedback_api = Blueprint("feedback_api", __name__, url_prefix="/api/v1")


@feedback_api.post("/feedback")
def give() -> Response:
    """Keep a verdict on an answer."""
    body = json_object(ASK_BODY_BYTES)
    given = {name: text_of(body, name) or "" for name in ("conversation", "question", "kind", "verdict", "reason")}
    services().desk.feedback.give(**given)
    return Response(status=204)
