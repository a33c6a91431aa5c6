"""``/api/v1/desk``: messages and reports of the desk for other systems; read only, contacts masked."""

from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify, request

from assistant.desk import FILING_STATES, STAGES, Handled
from assistant.errors import BadInput
from assistant.site.console.parts import page_number
from assistant.site.context import services
from assistant.site.desk_api import desk_api, scoped
from assistant.store import Filing


@dataclass(frozen=True)
class _System:
    """Another system as the rules of the desk know it: it sees all, handles nothing, and so meets no contact."""

    login: str = ""
    role: str = "reviewer"
    department: str = ""


@desk_api.get("/messages")
@scoped("messages:read")
def messages() -> Response:
    """List messages, what waits longest first; ``stage``, ``department`` and ``page`` choose."""
    stage = request.args.get("stage", "")
    if stage and stage not in (*STAGES, "waiting"):
        raise BadInput(f"stage 应当是 waiting 或 {'、'.join(STAGES)} 中的一个。", code="bad_stage")
    inbox = services().desk.handling.inbox(
        _System(), stage=stage, department=request.args.get("department", ""), page=page_number()
    )
    return jsonify(
        {"messages": [_message_shape(each) for each in inbox.rows], "overdue": inbox.overdue, "more": inbox.more}
    )


@desk_api.get("/messages/<receipt>")
@scoped("messages:read")
def message(receipt: str) -> Response:
    """Give one message."""
    return jsonify(_message_shape(services().desk.handling.see(_System(), receipt)))


@desk_api.get("/reports")
@scoped("reports:read")
def reports() -> Response:
    """List the versions of reports at the desk, published or not; ``state`` and ``page`` choose."""
    state = request.args.get("state", "")
    if state and state not in FILING_STATES:
        raise BadInput(f"state 应当是 {'、'.join(FILING_STATES)} 中的一个。", code="bad_state")
    shelf = services().filings.shelf(_System(), state=state, page=page_number())
    return jsonify({"reports": [_filing_shape(each) for each in shelf.rows], "more": shelf.more})


def _message_shape(seen: Handled) -> dict[str, Any]:
    kept = seen.message
    return {
        "receipt": kept.receipt,
        "kind": kept.kind,
        "text": kept.text,
        "stage": kept.stage,
        "department": kept.department,
        "owner": kept.owner,
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
