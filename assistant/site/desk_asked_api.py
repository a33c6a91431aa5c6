"""``/api/v1/desk``: what people ask, in groups, and the figures of the service, as the pages show them."""

from typing import Any

from flask import Response, jsonify, request

from assistant.desk.periods import Period
from assistant.desk.service_figures import STEPS, Figures
from assistant.errors import BadInput
from assistant.site.console.figures import wished
from assistant.site.console.parts import page_number
from assistant.site.context import services
from assistant.site.desk_api import desk_api, scoped
from assistant.store.group_table import FILTERS
from assistant.store.question_records import GroupCount, QuestionGroup


@desk_api.get("/questions")
@scoped("questions:read")
def question_groups() -> Response:
    """List the groups of a period, what is unsolved first; the filters are those of the page."""
    wish = {name: request.args.get(name, "") for name in ("period", "show", "department", "word")}
    if wish["show"] and wish["show"] not in FILTERS:
        raise BadInput(f"show 应当是 {'、'.join(FILTERS)} 中的一个。", code="bad_show")
    found = services().desk.asked.page(
        wish["period"], wish["show"], department=wish["department"], word=wish["word"], page=page_number()
    )
    groups = [
        {**_group_shape(row.group), **_count_shape(row), "before": found.earlier.get(row.group.id, 0)}
        for row in found.rows
    ]
    return jsonify({"period": _period_shape(found.period), "groups": groups, "page": found.page, "more": found.more})


@desk_api.get("/questions/<int:group>")
@scoped("questions:read")
def question_group(group: int) -> Response:
    """Give one group: its wordings, what it was answered with, how often it was asked by period."""
    return group_answer(group)


def group_answer(group: int) -> Response:
    """One group, as every answer about it gives it.

    Raises:
        NotFound: there is none.
    """
    view = services().desk.asked.group(group)
    answers = [
        {"kind": each.kind, "faq": each.entry_id or None, "report": each.report_id or None, "times": each.times}
        for each in view.answers
    ]
    return jsonify(
        {
            **_group_shape(view.group),
            "wordings": [{"text": each.text, "times": each.times} for each in view.forms],
            "answers": answers,
            "periods": {name: _count_shape(count) for name, count in view.counts.items()},
        }
    )


@desk_api.get("/figures")
@scoped("figures:read")
def service_figures() -> Response:
    """Give the figures by day, month, quarter or year, the earliest first."""
    step, department, last = wished()
    if request.args.get("by", step) not in STEPS:
        raise BadInput(f"by 应当是 {'、'.join(STEPS)} 中的一个。", code="bad_step")
    table = services().desk.figures.table(step, department, last)
    return jsonify({"by": step, "department": department, "figures": [_figures_shape(each) for each in table]})


def _group_shape(group: QuestionGroup) -> dict[str, Any]:
    return {
        "id": group.id,
        "label": group.label,
        "department": group.department,
        "state": group.state,
        "note": group.note or None,
        "faq": group.entry_id or None,
        "report": group.report_id or None,
        "anchor": group.passage.partition("\n")[0] or None,
        "decided_by": group.decided_by or None,
        "first_asked": group.first_asked.isoformat(timespec="seconds"),
        "last_asked": group.last_asked.isoformat(timespec="seconds"),
    }


def _count_shape(count: GroupCount) -> dict[str, Any]:
    return {"asked": count.asked, "unanswered": count.unanswered, "up": count.up, "down": count.down}


def _period_shape(period: Period) -> dict[str, Any]:
    return {
        "name": period.name,
        "words": period.words,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
    }


def _figures_shape(figures: Figures) -> dict[str, Any]:
    return {
        "name": figures.name,
        "first": figures.first.isoformat(),
        "last": figures.last.isoformat(),
        "asked": figures.asked,
        "answered": figures.answered,
        "kinds": dict(figures.kinds),
        "counts": dict(figures.counts),
        "received": figures.received,
        "replied": figures.replied,
        "closed": figures.closed,
        "reply_days": figures.reply_days,
        "mean_milliseconds": figures.mean_milliseconds,
    }
