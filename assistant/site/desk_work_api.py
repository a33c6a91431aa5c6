"""``/api/v1/desk``: messages and reports of the desk for other systems; never a citizen's contact."""

from collections.abc import Callable
from typing import Any

from flask import Response, jsonify, request

from assistant.desk import FILING_STATES, STAGES, Handled
from assistant.errors import BadInput
from assistant.site.body import flag_of, json_object, number_of, text_of
from assistant.site.console.parts import page_number
from assistant.site.context import services
from assistant.site.desk_api import acting, desk_api, looking, scoped
from assistant.store import Filing

# The longest reply, each character of which JSON may write as twelve bytes.
_STEP_BYTES = 64 * 1024


@desk_api.get("/messages")
@scoped("messages:read")
def messages() -> Response:
    """List messages, what waits longest first; ``stage``, ``department`` and ``page`` choose."""
    stage = request.args.get("stage", "")
    if stage and stage not in (*STAGES, "waiting"):
        raise BadInput(f"stage 应当是 waiting 或 {'、'.join(STAGES)} 中的一个。", code="bad_stage")
    inbox = services().desk.handling.inbox(
        looking(), stage=stage, department=request.args.get("department", ""), page=page_number()
    )
    return jsonify(
        {"messages": [_message_shape(each) for each in inbox.rows], "overdue": inbox.overdue, "more": inbox.more}
    )


@desk_api.get("/messages/<receipt>")
@scoped("messages:read")
def message(receipt: str) -> Response:
    """Give one message."""
    return jsonify(_message_shape(services().desk.handling.see(looking(), receipt)))


@desk_api.post("/messages/<receipt>/take")
@scoped("messages:write")
def take_message(receipt: str) -> Response:
    """Let the person handle it."""
    return _step(receipt, lambda edits, _: services().desk.handling.take(acting(), receipt, edits))


@desk_api.post("/messages/<receipt>/reply")
@scoped("messages:write")
def draft_message_reply(receipt: str) -> Response:
    """Keep the reply so far, or send it to be reviewed."""

    def draft(edits: int, body: dict[str, Any]) -> None:
        text, submit = text_of(body, "text") or "", flag_of(body, "submit")
        services().desk.handling.draft(acting(), receipt, edits, text, submit=submit)

    return _step(receipt, draft)


@desk_api.post("/messages/<receipt>/approve")
@scoped("messages:approve")
def approve_message_reply(receipt: str) -> Response:
    """Publish the reply under the receipt."""
    return _step(receipt, lambda edits, _: services().desk.handling.approve(acting(), receipt, edits))


@desk_api.post("/messages/<receipt>/send-back")
@scoped("messages:approve")
def send_message_reply_back(receipt: str) -> Response:
    """Send the reply back to be written again."""

    def send_back(edits: int, body: dict[str, Any]) -> None:
        services().desk.handling.send_back(acting(), receipt, edits, text_of(body, "remark") or "")

    return _step(receipt, send_back)


@desk_api.get("/reports")
@scoped("reports:read")
def reports() -> Response:
    """List the versions of reports at the desk, published or not; ``state`` and ``page`` choose."""
    state = request.args.get("state", "")
    if state and state not in FILING_STATES:
        raise BadInput(f"state 应当是 {'、'.join(FILING_STATES)} 中的一个。", code="bad_state")
    shelf = services().filings.shelf(looking(), state=state, page=page_number())
    return jsonify({"reports": [_filing_shape(each) for each in shelf.rows], "more": shelf.more})


def _step(receipt: str, act: Callable[[int, dict[str, Any]], None]) -> Response:
    """Does one step with the number of edits and the body as sent; what became of the message."""
    services().desk.handling.see(acting(), receipt)
    body = json_object(_STEP_BYTES)
    act(number_of(body, "edits"), body)
    return jsonify(_message_shape(services().desk.handling.see(acting(), receipt)))


def _message_shape(seen: Handled) -> dict[str, Any]:
    kept = seen.message
    return {
        "receipt": kept.receipt,
        "kind": kept.kind,
        "text": kept.text,
        "stage": kept.stage,
        "department": kept.department,
        "owner": kept.owner,
        "edits": kept.edits,
        "draft": kept.draft or None,
        "drafted_by": kept.drafted_by or None,
        "remark": kept.remark or None,
        "created": kept.created.isoformat(timespec="seconds"),
        "due": seen.due.isoformat(),
        "overdue": seen.lateness == "overdue",
        "reply": kept.reply or None,
        "replied": kept.replied.isoformat(timespec="seconds") if kept.replied else None,
        "closed": kept.closing or None,
        "faq": kept.faq_id or None,
    }


def _filing_shape(filing: Filing) -> dict[str, Any]:
    return {
        "id": filing.id,
        "report": filing.report_id or None,
        "state": filing.state,
        "title": filing.title,
        "publisher": filing.publisher,
        "year": filing.year,
        "file": filing.file_name or None,
        "department": filing.department,
        "filed_by": filing.filed_by,
        "filed": filing.filed.isoformat(timespec="seconds"),
        "changed": filing.changed.isoformat(timespec="seconds"),
        "reason": filing.reason or None,
    }
