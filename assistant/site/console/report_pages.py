"""报告 at the desk: uploading, what was read, corrections, publishing, withdrawing, and the versions of each."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Response, jsonify, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import FILING_STATES, ROLES, SENSITIVE_KINDS, FiledReport, Person, Sensitive
from assistant.desk.filings import WAITING_MOST
from assistant.desk.four_eyes import CHECKING, is_alone
from assistant.desk.handling import REASON_MOST
from assistant.desk.jobs import Job
from assistant.desk.sensitive import FINDINGS_SHOWN
from assistant.errors import AnanError, BadInput
from assistant.reports import Imbalance, Report
from assistant.site.console.access import allowed, console, person, takes
from assistant.site.console.parts import edits_of_form, page_number, steps_of
from assistant.site.console.shell import Card, card, done
from assistant.site.context import services
from assistant.site.errors import told
from assistant.site.links import highlight_span, web_address
from assistant.site.page_text import blocks, outline
from assistant.speech import render
from assistant.store.filing_rows import CORRECTED

# Files of one form, and the bytes of all of them beside one file of the largest: who has more sends them in turns,
# as the page's script does.
FILES_AT_ONCE = 20
_BESIDE_BYTES = 40 * 1024 * 1024
_AROUND = 24
_AUDIO = "report-audio"
_ANYBODY = ""
_FIELD_NAMES = {
    "title": "标题",
    "publisher": "发布机构",
    "year": "年度",
    "index_number": "索引号",
    "published": "发布日期",
    "url": "原文网址",
}
_ASKED_ABOUT = 200


@dataclass(frozen=True)
class Finding:
    """Something in the text to be looked at before it is published.

    Attributes:
        kind: what it is, in Chinese.
        before: some characters before it.
        text: itself.
        after: some characters after it.
        address: where the page shows it in the text.
    """

    kind: str
    before: str
    text: str
    after: str
    address: str


@dataclass(frozen=True)
class Unbalanced:
    """A sum of a standard table that does not come out, for people.

    Attributes:
        table: the caption of its table, or its number.
        rule: what should be equal.
        column: in which column.
        left: what the one side comes to.
        right: what the other does.
        anchor: of the table in the text.
    """

    table: str
    rule: str
    column: str
    left: str
    right: str
    anchor: str


def upload_bytes() -> int:
    """How many bytes a form with files may have."""
    return services().filings.limit_bytes + _BESIDE_BYTES


@card
def reports_to_publish(who: Person) -> Card | None:
    """What was uploaded or corrected and is not published."""
    shelf = services().filings.shelf(who)
    count = shelf.counts.get("uploaded", 0) + len(shelf.waiting)
    only = {"state": "unpublished" if shelf.waiting else "uploaded"}
    return Card("未发布的报告和更正", count, "看过后发布。", "console.filings", only) if count else None


@console.get("/reports")
@allowed(*ROLES)
def filings() -> Response:
    """Show the reports of the desk, what changed last first."""
    return _shelf()


@console.post("/reports")
@allowed(*ROLES)
@takes(upload_bytes)
def upload_reports() -> AnyResponse:
    """File what was uploaded, to be read behind the page; each file is taken or refused for itself."""
    sent = [each for each in request.files.getlist("file") if each.filename]
    if not sent:
        raise BadInput("请先选择文件。", code="no_file")
    if len(sent) > FILES_AT_ONCE:
        raise BadInput(f"一次最多传 {FILES_AT_ONCE} 个文件。", code="too_many_files")
    replaces = request.form.get("replaces", "")[:40]
    taken, refused = [], []
    for each in sent:
        try:
            taken.append(_filed(each, replaces))
        except AnanError as error:
            refused.append({"name": each.filename or "", "message": told(error), "status": error.status})
    if request.headers.get("Accept", "").startswith("application/json"):
        status = 201 if taken else int(str(refused[0]["status"]))
        return _json({"filings": taken, "refused": refused}, status)
    if refused:
        return _shelf(refused, 400 if not taken else 200)
    return done(f"收到 {len(taken)} 个文件，正在读取。", "console.filings", state="unpublished")


@console.get("/reports/queue")
@allowed(*ROLES)
def filing_queue() -> Response:
    """Tell how far the reading of files is; ``?id=`` names those that are asked about."""
    ids = [int(each) for each in request.args.getlist("id")[:_ASKED_ABOUT] if each.isascii() and each.isdigit()]
    shown = []
    for filing_id in ids:
        try:
            shown.append(_state_shape(services().filings.look(person(), filing_id)))
        except AnanError:
            continue
    waiting = services().filings.shelf(person()).counts.get("waiting", 0)
    return _json({"waiting": waiting, "filings": shown})


@console.get("/reports/<int:filing_id>")
@allowed(*ROLES)
def filing(filing_id: int) -> Response:
    """Show one report: what was read beside the text, and what this person may do with it."""
    return _page(filing_id)


@console.get("/reports/<int:filing_id>/file")
@allowed(*ROLES)
def filed_file(filing_id: int) -> Response:
    """Give the uploaded file, never to be shown in the browser."""
    found, data = services().filings.original(person(), filing_id)
    response = Response(data, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.file_name, safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@console.post("/reports/<int:filing_id>/correct")
@allowed(*ROLES)
def correct_report(filing_id: int) -> AnyResponse:
    """Correct what it says of itself."""
    typed = {name: request.form.get(name, "") for name in CORRECTED}

    def correct(edits: int) -> str:
        if not services().filings.correct(person(), filing_id, edits, typed):
            return "没有改动。"
        if services().filings.look(person(), filing_id).state != "published":
            return "更正已保存。"
        return "更正已保存，等另一位审核人发布；在那以前市民看到的不变。"

    return _step(filing_id, correct, "", typed)


@console.post("/reports/<int:filing_id>/publish")
@allowed(*CHECKING)
def publish_report(filing_id: int) -> AnyResponse:
    """Publish it, or put it back."""
    reason = request.form.get("reason", "")
    return _step(
        filing_id,
        lambda edits: services().filings.publish(person(), filing_id, edits, reason),
        "已发布，市民现在就能看到、问到。",
    )


@console.post("/reports/<int:filing_id>/withdraw")
@allowed(*CHECKING)
def withdraw_report(filing_id: int) -> AnyResponse:
    """Take it away from citizens."""
    reason = request.form.get("reason", "")
    return _step(
        filing_id,
        lambda edits: services().filings.withdraw(person(), filing_id, edits, reason),
        "已撤下，市民看不到也问不到了。",
    )


@console.post("/reports/<int:filing_id>/read-again")
@allowed(*ROLES)
def read_report_again(filing_id: int) -> AnyResponse:
    """Read its file anew."""
    return _step(filing_id, lambda edits: services().filings.read_again(person(), filing_id, edits), "正在重新读取。")


@console.post("/reports/<int:filing_id>/render")
@allowed(*ROLES)
def render_report(filing_id: int) -> AnyResponse:
    """Say all its sentences ahead, behind the page, giving way to whoever listens."""
    seen = services().filings.see(person(), filing_id)
    if seen.filing.state != "published" or seen.report is None:
        raise AnanError("发布以后才能读。", code="wrong_state", status=409)
    job = _rendering(filing_id)
    if job is None or job.state != "running":
        speech, text = services().speech, seen.report.text
        services().audio_jobs.start(
            _AUDIO, _ANYBODY, str(filing_id), lambda _: render(speech, [text], threading.Event())
        )
    return done("开始读了，读好一句存一句。", "console.filing", filing_id=filing_id)


@console.post("/reports/<int:filing_id>/remove")
@allowed("admin")
def remove_report(filing_id: int) -> AnyResponse:
    """Delete it for good."""
    services().filings.remove(person(), filing_id, edits_of_form())
    return done("报告已删除。", "console.filings")


def _filed(sent: FileStorage, replaces: str) -> dict[str, Any]:
    limit = services().filings.limit_bytes
    data = sent.stream.read(limit + 1)
    return _state_shape(services().filings.upload(person(), sent.filename or "", data, replaces))


def _state_shape(found: Any) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.file_name,
        "state": found.state,
        "state_name": FILING_STATES[found.state],
        "title": found.title,
        "reason": found.reason if found.state == "failed" else "",
        "link": url_for("console.filing", filing_id=found.id),
    }


def _step(filing_id: int, act: Callable[[int], Any], said: str, typed: dict[str, str] | None = None) -> AnyResponse:
    services().filings.look(person(), filing_id)
    try:
        told_by_it = act(edits_of_form())
    except AnanError as error:
        if error.status == 404:
            raise
        return _page(filing_id, told(error), error.status, typed)
    return done(said or told_by_it, "console.filing", filing_id=filing_id)


def _shelf(refused: list[dict[str, Any]] | None = None, status: int = 200) -> Response:
    asked = {name: request.args.get(name, "") for name in ("state", "q")}
    page = page_number()
    shelf = services().filings.shelf(person(), state=asked["state"], words=asked["q"], page=page)
    shown = render_template(
        "desk/filings.html",
        shelf=shelf,
        asked=asked,
        page=page,
        states=FILING_STATES,
        unpublished=sum(shelf.counts.get(each, 0) for each in ("waiting", "failed", "uploaded")) + len(shelf.waiting),
        refused=refused or [],
        limit_mb=services().settings.file_limit_mb,
        files_at_once=FILES_AT_ONCE,
        waiting_most=WAITING_MOST,
        turned=_turned,
    )
    return Response(shown, status=status, mimetype="text/html")


def _turned(page: int) -> str:
    asked: dict[str, Any] = {**request.args.to_dict(), "page": page}
    return url_for("console.filings", **asked)


def _page(filing_id: int, refusal: str = "", status: int = 200, typed: dict[str, str] | None = None) -> Response:
    seen = services().filings.see(person(), filing_id)
    report = seen.report
    mark = highlight_span(request.args.get("highlight"), len(report.text)) if report else None
    page = render_template(
        "desk/filing.html",
        seen=seen,
        filing=seen.filing,
        report=report,
        read=seen.read,
        states=FILING_STATES,
        blocks=blocks(report.text, report.sections, report.passages, mark, report.tables) if report else (),
        outline=outline(report.sections) if report else (),
        findings=_findings(filing_id, report, seen.sensitive) if report else (),
        unbalanced=[_unbalanced(report, each) for each in report.imbalances] if report else (),
        values=_values(seen, typed),
        field_names=_FIELD_NAMES,
        audio=_audio(seen),
        rendering=_rendering(filing_id),
        may_publish=person().role in CHECKING,
        is_own=person().login in seen.authors,
        is_alone=is_alone(services().store, person().login),
        original=web_address(report.url) if report else "",
        reason_most=REASON_MOST,
        steps=steps_of(f"filing:{filing_id}"),
        refusal=refusal,
    )
    return Response(page, status=status, mimetype="text/html")


def _values(seen: FiledReport, typed: dict[str, str] | None) -> dict[str, str]:
    """What the form for corrections holds: what was typed, else what the report says with its corrections."""
    if typed is not None or seen.report is None:
        return typed or {}
    report = seen.report
    return {
        "title": report.title,
        "publisher": report.publisher,
        "index_number": report.index_number,
        "published": report.published.isoformat() if report.published else "",
        "year": str(report.year or ""),
        "url": report.url,
    }


def _findings(filing_id: int, report: Report, sensitive: tuple[Sensitive, ...]) -> list[Finding]:
    text = report.text
    found = []
    for each in sensitive[:FINDINGS_SHOWN]:
        anchor = next((passage.anchor for passage in report.passages if passage.start <= each.start < passage.end), "")
        found.append(
            Finding(
                SENSITIVE_KINDS[each.kind],
                text[max(0, each.start - _AROUND) : each.start],
                text[each.start : each.end],
                text[each.end : each.end + _AROUND],
                url_for(
                    "console.filing",
                    filing_id=filing_id,
                    highlight=f"{each.start}-{each.end}",
                    _anchor=anchor or None,
                ),
            )
        )
    return found


def _unbalanced(report: Report, found: Imbalance) -> Unbalanced:
    table = report.tables[found.table]
    return Unbalanced(
        table.caption or f"第 {found.table + 1} 张表",
        found.rule,
        " ".join(found.column),
        f"{found.left:f}",
        f"{found.right:f}",
        table.anchor,
    )


def _rendering(filing_id: int) -> Job | None:
    """The newest run that says this report ahead, under way or ended, whoever began it."""
    return services().audio_jobs.latest(_ANYBODY, _AUDIO, str(filing_id))


def _audio(seen: FiledReport) -> tuple[int, int] | None:
    """How many sentences of a published report are said already, and of how many."""
    if seen.filing.state != "published" or seen.report is None:
        return None
    speech = services().speech
    keys = [each.key for each in speech.utterances(seen.report.text)]
    return sum(map(speech.is_kept, keys)), len(keys)


def _json(shape: dict[str, Any], status: int = 200) -> Response:
    response = jsonify(shape)
    response.status_code = status
    return response
