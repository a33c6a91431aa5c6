"""``/api/v1/desk``: messages and reports of the desk for other systems; never a citizen's contact."""

from collections.abc import Callable
from typing import Any

from flask import Response, jsonify, request

from assistant.desk import FILING_STATES, SENSITIVE_KINDS, STAGES, FiledReport, Handled
from assistant.desk.sensitive import FINDINGS_SHOWN
from assistant.errors import BadInput
from assistant.site.body import flag_of, json_object, number_of, text_of
from assistant.site.console.access import takes
from assistant.site.console.parts import page_number
from assistant.site.console.report_pages import upload_bytes
from assistant.site.context import services
from assistant.site.desk_api import acting, desk_api, looking, scoped
from assistant.store import Filing
from assistant.store.filing_rows import CORRECTED

# The longest reply, each character of which JSON may write as twelve bytes.
_STEP_BYTES = 64 * 1024
_ID_MOST = 40


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
        {"messages": [_message_shape(each) for each in inbox.rows], "overdue": inbox.tally.overdue, "more": inbox.more}
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


@desk_api.post("/reports")
@scoped("reports:write")
@takes(upload_bytes)
def upload_report() -> tuple[Response, int]:
    """File a report to be read behind the answer; ``replaces`` names the report it is a new version of."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise BadInput("请用表单（multipart/form-data）的 file 送来一个文件。", code="no_file")
    filings = services().filings
    data = sent.stream.read(filings.limit_bytes + 1)
    filed = filings.upload(acting(), sent.filename, data, request.form.get("replaces", "")[:_ID_MOST])
    return jsonify(_filing_shape(filed)), 201


@desk_api.get("/reports/<int:filing_id>")
@scoped("reports:read")
def report(filing_id: int) -> Response:
    """Give one version of a report with what there is to be looked at before it is published."""
    return jsonify(_filed_shape(services().filings.see(looking(), filing_id)))


@desk_api.post("/reports/<int:filing_id>/correct")
@scoped("reports:write")
def correct_filing(filing_id: int) -> Response:
    """Correct what it says of itself; an empty text is as it was read, what is left out stays."""

    def correct(edits: int, body: dict[str, Any]) -> None:
        filings = services().filings
        seen = filings.see(acting(), filing_id)
        typed = {name: str(value) for name, value in seen.corrections.items()}
        typed |= {name: text_of(body, name) or "" for name in CORRECTED if name in body}
        filings.correct(acting(), filing_id, edits, typed)

    return _filing_step(filing_id, correct)


@desk_api.post("/reports/<int:filing_id>/publish")
@scoped("reports:publish")
def publish_filing(filing_id: int) -> Response:
    """Publish it, put it back, or publish what was corrected of it."""

    def publish(edits: int, body: dict[str, Any]) -> None:
        services().filings.publish(acting(), filing_id, edits, text_of(body, "reason") or "")

    return _filing_step(filing_id, publish)


@desk_api.post("/reports/<int:filing_id>/withdraw")
@scoped("reports:publish")
def withdraw_filing(filing_id: int) -> Response:
    """Take it away from citizens."""

    def withdraw(edits: int, body: dict[str, Any]) -> None:
        services().filings.withdraw(acting(), filing_id, edits, text_of(body, "reason") or "")

    return _filing_step(filing_id, withdraw)


def _filing_step(filing_id: int, act: Callable[[int, dict[str, Any]], None]) -> Response:
    services().filings.look(acting(), filing_id)
    body = json_object(_STEP_BYTES)
    act(number_of(body, "edits"), body)
    return jsonify(_filed_shape(services().filings.see(acting(), filing_id)))


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
        "edits": filing.edits,
        "filed": filing.filed.isoformat(timespec="seconds"),
        "changed": filing.changed.isoformat(timespec="seconds"),
        "reason": filing.reason or None,
    }


def _filed_shape(seen: FiledReport) -> dict[str, Any]:
    report = seen.report
    findings = [
        {"kind": SENSITIVE_KINDS[each.kind], "text": report.text[each.start : each.end], "start": each.start}
        for each in seen.sensitive[:FINDINGS_SHOWN]
        if report is not None
    ]
    return {
        **_filing_shape(seen.filing),
        "corrected": sorted(seen.corrections),
        "waiting": sorted(seen.waiting),
        "missing": list(seen.missing),
        "sensitive": findings,
        "sensitive_count": len(seen.sensitive),
        "replaces": [{"report": each, "title": title} for each, title in seen.replaces],
        "sections": len(report.sections) if report else 0,
        "tables": len(report.tables) if report else 0,
        "figures": len(report.figures) if report else 0,
        "unbalanced": [each.rule for each in report.imbalances] if report else [],
    }
