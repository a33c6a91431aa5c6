"""The pages people open: home, one report, and the files of web/ that a browser loads."""

import io
import re
import time
from dataclasses import dataclass

import segno
from flask import Blueprint, Response, render_template, request, url_for

from assistant.answers.model import Answer, ComparedRow, Evidence
from assistant.errors import AnanError, NotFound
from assistant.site.api import health_response
from assistant.site.assets import web_file_response
from assistant.site.browsing import browse
from assistant.site.context import services, stored_report, stored_summary
from assistant.site.errors import told
from assistant.site.links import evidence_link, highlight_span, number_link, public_address, web_address
from assistant.site.page_rows import Asked
from assistant.site.page_text import blocks, outline
from assistant.site.page_words import Piece, pieces
from assistant.site.years import Changes, Neighbours, changes, neighbours
from assistant.store import ReportSummary, StoredReport

# The page shows the best places only; the rest is a click away in the report.
_PLACES_SHOWN = 3

pages = Blueprint("pages", __name__)


@dataclass(frozen=True)
class _Place:
    """One piece of evidence, ready for the page."""

    evidence: Evidence
    pieces: tuple[Piece, ...]
    link: str | None
    url: str


@pages.get("/")
def home() -> Response:
    """Show the reports by body and year, and answer ``?q=`` for those without JavaScript.

    ``?body=`` and ``?year=`` narrow the reports; ``?about=`` begins a question about a report.
    """
    asked = request.args.get("q")
    answer, refusal, status = None, "", 200
    if asked is not None:
        begun = time.perf_counter()
        try:
            answer = services().answerer.ask(asked)
            services().questions.note(answer, time.perf_counter() - begun)
        except AnanError as error:
            refusal, status = told(error), error.status
    looking = (request.args.get(name, "") for name in ("body", "year", "page"))
    page = render_template(
        "home.html",
        asked=_begun(request.args.get("about")) if asked is None else asked,
        answer=answer,
        places=_places(answer) if answer else [],
        compared=_compared(answer) if answer else [],
        refusal=refusal,
        browsing=browse(services().store.reports(), *looking),
        suggestions=answer.suggestions if answer else services().answerer.suggest(""),
        question_limit=services().settings.question_limit,
    )
    return Response(page, status=status, mimetype="text/html")


@pages.get("/reports/<report_id>")
def report(report_id: str) -> str:
    """Show one report; ``?highlight=a-b`` marks these characters, ``?table=2&row=501`` shows that part of a table."""
    found = stored_report(report_id)
    mark = highlight_span(request.args.get("highlight"), len(found.text))
    beside = _beside(found.summary)
    return render_template(
        "report.html",
        report=found.summary,
        blocks=blocks(found.text, found.sections, found.passages, mark, found.tables, found.figures, _asked_rows()),
        outline=outline(found.sections),
        opening=next((section.anchor for section in found.sections if not section.heading), ""),
        original=web_address(found.summary.url),
        beside=beside,
        changes=_changes(found, beside),
        address=_address(found.summary.id),
    )


@pages.get("/reports/<report_id>/changes")
def report_changes(report_id: str) -> str:
    """Show what changed since the same body's report of the year before."""
    found = stored_report(report_id)
    beside = _beside(found.summary)
    changed = _changes(found, beside)
    if changed is None:
        raise NotFound("没有这家机构更早年度的报告，没有可以对比的。")
    return render_template("changes.html", report=found.summary, beside=beside, changes=changed)


@pages.get("/reports/<report_id>/qr.svg")
def qr_code(report_id: str) -> Response:
    """Draw the report's address for a telephone's camera."""
    address = _address(stored_summary(report_id).id)
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", scale=4, border=2, dark="#2b2622", light="#fff"
    )
    return Response(drawing.getvalue(), mimetype="image/svg+xml", headers={"Cache-Control": "no-cache"})


@pages.get("/healthz")
def healthz() -> Response:
    """Say how the service is, where load balancers look."""
    return health_response()


@pages.get("/widget.js")
def widget() -> Response:
    """Give the module that other sites load to show 安安."""
    return web_file_response("widget.js")


@pages.get("/web/<path:name>")
def web_file(name: str) -> Response:
    """Give a file of web/."""
    return web_file_response(name)


def _address(report_id: str) -> str:
    """The report's page as the public reaches it."""
    return public_address(services().settings.public_url, url_for("pages.report", report_id=report_id))


def _begun(report_id: str | None) -> str:
    """How a question about this report begins; nothing for a report that is not there."""
    found = services().store.report_summaries([report_id]).get(report_id) if report_id else None
    return f"{found.publisher}{f'{found.year}年' if found.year else ''}" if found else ""


def _beside(report: ReportSummary) -> Neighbours:
    return neighbours(report, services().store.reports(report.publisher))


def _changes(report: StoredReport, beside: Neighbours) -> Changes | None:
    earlier = services().store.report(beside.earlier.id) if beside.earlier else None
    return changes(earlier, report) if earlier else None


def _asked_rows() -> Asked | None:
    """The part of a table that the address asks for; an address may be old or cut off, and asks for nothing then."""
    numbers = [request.args.get(name, "") for name in ("table", "row")]
    if all(re.fullmatch(r"[0-9]{1,7}", number) for number in numbers):
        return Asked(*map(int, numbers))
    return None


def _compared(answer: Answer) -> list[tuple[ComparedRow, str | None]]:
    """The rows of a comparison, each with the address of the place that its number stands in."""
    rows = answer.comparison.rows if answer.comparison else ()
    return [(row, number_link(answer.evidence[row.evidence])) for row in rows]


def _places(answer: Answer) -> list[_Place]:
    return [
        _Place(
            evidence=item,
            pieces=pieces(item.passage, item.highlights, item.sentence),
            link=evidence_link(item),
            url=web_address(item.report.url),
        )
        for item in answer.evidence[:_PLACES_SHOWN]
    ]
