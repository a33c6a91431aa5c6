"""/api/v1/messages: leaving a message, and its reply under the receipt."""

from typing import Any

from flask import Blueprint, Response, jsonify

from assistant.desk import CONSENT_VERSION, CONTACT_MOST, KINDS, TEXT_MOST, Draft, consent_line
from assistant.errors import BadInput
from assistant.site.body import json_object, text_of
from assistant.site.context import services
from assistant.store import StoredMessage

# A message, a contact and the longest question take 37,200 bytes as JSON escapes of characters beyond the basic plane.
MESSAGE_BODY_BYTES = 40 * 1024

message_api = Blueprint("message_api", __name__, url_prefix="/api/v1")


@message_api.get("/messages")
def form() -> Response:
    """Tell what a form for a message needs: the kinds, the consent line, how much may be written."""
    return jsonify(
        {
            "kinds": [{"kind": kind, "name": name} for kind, name in KINDS.items()],
            "consent": {"version": CONSENT_VERSION, "text": consent_line(services().desk.messages.days)},
            "text_limit": TEXT_MOST,
            "contact_limit": CONTACT_MOST,
        }
    )


@message_api.post("/messages")
def leave() -> tuple[Response, int]:
    """Keep a message."""
    body = json_object(MESSAGE_BODY_BYTES)
    kept = services().desk.messages.receive(
        Draft(
            kind=text_of(body, "kind") or "",
            text=text_of(body, "text") or "",
            contact=text_of(body, "contact") or "",
            consent=_consent(body),
            question=text_of(body, "question") or "",
            report_id=text_of(body, "report") or "",
        )
    )
    shape = _shape(kept)
    told = {name: shape[name] for name in ("receipt", "kind", "state", "created")}
    return _unkept(jsonify(told)), 201


@message_api.get("/messages/<receipt>")
def message(receipt: str) -> Response:
    """Give a message and its reply; the contact never comes back."""
    return _unkept(jsonify(_shape(services().desk.messages.look_up(receipt))))


def _shape(kept: StoredMessage) -> dict[str, Any]:
    published = kept.replied.isoformat(timespec="seconds") if kept.replied else None
    return {
        "receipt": kept.receipt,
        "kind": kept.kind,
        "text": kept.text,
        "state": kept.state,
        "created": kept.created.isoformat(timespec="seconds"),
        "reply": {"text": kept.reply, "published": published} if published else None,
        "closed": kept.closing if kept.state == "closed" else None,
    }


def _consent(body: dict[str, Any]) -> bool:
    value = body.get("consent")
    if value is not None and not isinstance(value, bool):
        raise BadInput("consent 应当是 true 或 false。", code="bad_type")
    return bool(value)


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
