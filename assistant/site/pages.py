"""The pages people open: home, one report, and the files of web/ that a browser loads."""

import io
from dataclasses import dataclass

import segno
from flask import Blueprint, Response, render_template, request, send_from_directory, url_for
from werkzeug.exceptions import NotFound as NoPage

from assistant.answers.model import Answer, ComparedRow, Evidence
from assistant.errors import AnanError
from assistant.resources import web_folder
from assistant.site.api import health_response
from assistant.site.context import services, stored_report, stored_summary
from assistant.site.errors import told
from assistant.site.grid import grid
from assistant.site.links import evidence_link, highlight_span, number_link, public_address, web_address
from assistant.site.page_text import blocks, outline
from assistant.site.page_words import Piece, pieces

# What a browser may load from web/, and as what: the system's own table may call .js text/plain (Windows does).
_MEDIA_TYPES = {
    "js": "text/javascript",
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
}
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
    """Show the reports by body and year, and answer ``?q=`` for those without JavaScript."""
    asked = request.args.get("q")
    answer, refusal, status = None, "", 200
    if asked is not None:
        try:
            answer = services().answerer.ask(asked)
        except AnanError as error:
            refusal, status = told(error), error.status
    table = grid(services().store.reports(), request.args.get("page", ""))
    page = render_template(
        "home.html",
        asked=asked or "",
        answer=answer,
        places=_places(answer) if answer else [],
        compared=_compared(answer) if answer else [],
        refusal=refusal,
        grid=table,
        suggestions=answer.suggestions if answer else services().answerer.suggest(""),
        question_limit=services().settings.question_limit,
    )
    return Response(page, status=status, mimetype="text/html")


@pages.get("/reports/<report_id>")
def report(report_id: str) -> str:
    """Show one report; ``?highlight=a-b`` marks these characters of its text."""
    found = stored_report(report_id)
    mark = highlight_span(request.args.get("highlight"), len(found.text))
    return render_template(
        "report.html",
        report=found.summary,
        blocks=blocks(found.text, found.sections, found.passages, mark, found.tables, found.figures),
        outline=outline(found.sections),
        opening=next((section.anchor for section in found.sections if not section.heading), ""),
        original=web_address(found.summary.url),
    )


@pages.get("/reports/<report_id>/qr.svg")
def qr_code(report_id: str) -> Response:
    """Draw the report's address for a telephone's camera."""
    path = url_for("pages.report", report_id=stored_summary(report_id).id)
    address = public_address(services().settings.public_url, path)
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
    return _web_file("widget.js")


@pages.get("/web/<path:name>")
def web_file(name: str) -> Response:
    """Give a file of web/."""
    return _web_file(name)


def _web_file(name: str) -> Response:
    media_type = _MEDIA_TYPES.get(name.rpartition(".")[2])
    if media_type is None:
        raise NoPage
    response = send_from_directory(web_folder(), name, mimetype=media_type, conditional=True)
    # Names carry no version: the browser asks each time and mostly hears 304.
    response.headers["Cache-Control"] = "no-cache"
    return response


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
