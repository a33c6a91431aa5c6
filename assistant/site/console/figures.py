"""The figures of the service (统计), and the monthly bulletin (通报) made of them, ready to print."""

import re
from datetime import date
from urllib.parse import quote

from flask import Response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import ROLES
from assistant.desk.figure_sheet import figure_sheet
from assistant.desk.periods import month_of, read_period
from assistant.desk.sensitive import starred
from assistant.desk.service_figures import COLUMNS, STEPS, Figures, shown
from assistant.desk.time_charts import Bar, bars_over_time
from assistant.errors import NotFound
from assistant.site.console.access import allowed, console
from assistant.site.context import services

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Unsolved groups that a bulletin names.
_NAMED = 10


@console.get("/figures")
@allowed(*ROLES)
def figures() -> str:
    """Show the figures step by step, as charts and as a table."""
    step, department, last = wished()
    table = services().desk.figures.table(step, department, last)
    return render_template(
        "desk/figures.html",
        table=table,
        columns=COLUMNS,
        shown=shown,
        step=step,
        steps=STEPS,
        department=department,
        departments=sorted({each.publisher for each in services().store.reports() if each.publisher}),
        last=last or table[-1].last,
        charts=_charts(table),
        month=month_of(table[-1].first),
    )


@console.get("/figures.xlsx")
@allowed(*ROLES)
def figures_sheet() -> Response:
    """Give the same as a spreadsheet."""
    step, department, last = wished()
    table = services().desk.figures.table(step, department, last)
    data = figure_sheet("统计", [(each.words, each) for each in table])
    name = quote(f"安安统计{table[0].words}至{table[-1].words}.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(data, mimetype=_XLSX, headers=headers)


@console.get("/bulletin")
@allowed(*ROLES)
def newest_bulletin() -> AnyResponse:
    """Lead to the bulletin of this month, or of the month of ``?month=``."""
    wanted = request.args.get("month", "")
    known = read_period(wanted, date.today()) if re.fullmatch(r"\d{4}-\d{2}", wanted) else None
    table = services().desk.figures.table("month")
    return redirect(url_for("console.bulletin", month=known.name if known else table[-1].name), code=303)


@console.get("/bulletin/<month>")
@allowed(*ROLES)
def bulletin(month: str) -> str:
    """Show the bulletin of a month, ready to print."""
    period = read_period(month, date.today()) if re.fullmatch(r"\d{4}-\d{2}", month) else None
    if period is None:
        raise NotFound("没有这个月份的通报；月份应当写成 2026-03 这样。")
    desk = services().desk
    words = services().store.faq_table.watch_words()
    return render_template(
        "desk/bulletin.html",
        plain=lambda label: starred(label, words),
        period=period,
        whole=desk.figures.of(period),
        messages=desk.handling.figures(period.first, period.last),
        departments=desk.figures.by_department(period),
        columns=COLUMNS,
        shown=shown,
        most=desk.asked.page(period.name, "all").rows[:_NAMED],
        unsolved=desk.asked.page(period.name, "unsolved").rows[:_NAMED],
    )


def wished() -> tuple[str, str, date | None]:
    """The step, the department and the last day that the address asks for; what makes no sense is left out."""
    step = request.args.get("by", "month")
    try:
        last = date.fromisoformat(request.args.get("until", "").strip())
    except ValueError:
        last = None
    if last is not None and not 2010 <= last.year <= 2200:
        last = None
    return step if step in STEPS else "month", request.args.get("department", ""), last


def _charts(table: list[Figures]) -> list[tuple[str, Markup]]:
    """What was asked and answered, the messages, the listening: titles and pictures drawn by us, of our own words."""
    drawn = []
    for title, whole, part, of in (
        ("提问，其中当场答复", "提问", "当场答复", lambda each: (each.asked, each.answered)),
        ("受理留言，其中回复", "受理", "回复", lambda each: (each.received, each.replied)),
        ("收听，其中收听报告", "收听", "收听报告", _heard),
    ):
        amounts = map(of, table)
        bars = [
            Bar(each.words, much, filled, _short(each, len(table)))
            for each, (much, filled) in zip(table, amounts, strict=True)
        ]
        picture = bars_over_time(title, whole, part, bars)
        if picture:
            drawn.append((title, Markup(picture)))  # noqa: S704 - escaped where it is drawn
    return drawn


def _heard(figures: Figures) -> tuple[int, int]:
    reports = figures.counts["heard.report"]
    return figures.counts["heard.answer"] + reports, reports


def _short(figures: Figures, many: int) -> str:
    """What fits beneath one of so many bars."""
    if many <= 5:
        return figures.words
    if "-" in figures.name:
        return figures.words.partition("年")[2] or figures.words
    return figures.name
