"""What several pages of the desk need: the number of edits a form was made from, page numbers, what was done before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask import g, request

from assistant.desk import Wanted, action_in_words
from assistant.desk.audit import moment
from assistant.errors import BadInput
from assistant.site.context import services

_PAGES_MOST = 10_000
_STEPS_SHOWN = 100


@dataclass(frozen=True)
class Step:
    """Something that was done, as people read it.

    Attributes:
        at: when, by the clock of the server's place.
        who: the colleague's name.
        what: the action.
        why: the reason or remark; may be empty.
    """

    at: datetime
    who: str
    what: str
    why: str


def steps_of(subject: str) -> list[Step]:
    """What stands in the audit log of a subject, the oldest first."""
    entries = services().desk.audit.entries(Wanted(subject=subject), _STEPS_SHOWN)
    return [
        Step(
            moment(each),
            name_of(each.actor),
            action_in_words(each.action),
            _why(each.details),
        )
        for each in reversed(entries)
    ]


def names_of_people() -> dict[str, str]:
    """The names of colleagues by their logins, read once a page."""
    if "names" not in g:
        g.names = {each.login: each.name for each in services().desk.people.all()}
    return cast("dict[str, str]", g.names)


def name_of(login: str) -> str:
    """What colleagues call who has this login; the login itself where nobody has it."""
    return names_of_people().get(login, login)


def edits_of_form() -> int:
    """The number of edits that the page of this form had read.

    Raises:
        BadInput: there is none.
    """
    typed = request.form.get("edits", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise BadInput("这一页不完整，请刷新后再试。", code="bad_form")
    return int(typed)


def page_number() -> int:
    """The page that ``?page=`` asks for; the first one for anything else."""
    typed = request.args.get("page", "1")
    return min(int(typed), _PAGES_MOST) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def _why(details: dict[str, Any]) -> str:
    return str(details.get("reason") or details.get("remark") or "")
