"""What the page is about that a question was asked on: ``about`` in the body of an ask."""

from typing import Any

from assistant.answers.about_page import About
from assistant.errors import BadInput
from assistant.site.body import text_of
from assistant.store import Store

# Longer than any body's name; a year has four digits.
_NAME_MOST = 100
_YEARS = range(1900, 2200)


def asked_about(body: dict[str, Any], store: Store) -> About | None:
    """``{"report": id}`` or ``{"body": name, "year": 2021}`` of the body; None for neither, or a report that is gone.

    Raises:
        BadInput: of another shape.
    """
    about = body.get("about")
    if about is None:
        return None
    if not isinstance(about, dict):
        raise BadInput('about 应当是对象，如 {"report": "…"}。', code="bad_type")
    name, year, report = text_of(about, "body") or "", about.get("year"), text_of(about, "report")
    if len(name) > _NAME_MOST:
        raise BadInput(f"about 里的机构名最多 {_NAME_MOST} 个字。", code="bad_request")
    if year is not None and (type(year) is not int or year not in _YEARS):
        raise BadInput("年份应当是四位数字，如 2021。", code="bad_year")
    if report:
        found = store.report_summaries([report]).get(report)
        return About(found.publisher, found.year) if found else None
    return About(name, year) if name or year else None
