"""The audit log on a page: who did what, when, and whether the chain holds."""

from datetime import date, datetime, timedelta, timezone

from flask import render_template, request

from assistant.desk import (
    ACTIONS,
    PER_PAGE,
    Person,
    Wanted,
    action_in_words,
    details_in_words,
    moment,
    subject_in_words,
    subject_of,
)
from assistant.errors import BadInput
from assistant.site.console.access import allowed, console
from assistant.site.console.shell import Card, card
from assistant.site.context import services

_WHAT_MOST = 200
_HOURS_SHOWN = 24


@console.get("/audit")
@allowed("admin")
def audit() -> str:
    """Show the newest entries; ``actor``, ``action``, ``subject``, ``first`` and ``last`` narrow them."""
    log = services().desk.audit
    wanted = asked_entries()
    found = log.entries(wanted, PER_PAGE + 1)
    shown = found[:PER_PAGE]
    return render_template(
        "desk/audit.html",
        entries=[(entry, moment(entry), action_in_words(entry.action), details_in_words(entry)) for entry in shown],
        wanted=wanted,
        actors=log.actors(),
        actions=ACTIONS,
        subject_in_words=subject_in_words,
        head=log.head(),
        older=shown[-1].sequence if len(found) > PER_PAGE else None,
    )


@console.get("/audit/check")
@allowed("admin")
def check_audit() -> str:
    """Compute the whole chain anew; ``head`` is a hash that was noted down before."""
    head = request.args.get("head", "").strip()
    if len(head) > 2 * _WHAT_MOST:
        raise BadInput("指纹是 64 位的十六进制数。", code="bad_head")
    return render_template("desk/audit_check.html", found=services().desk.audit.verify(head), head=head)


@card
def refused_sign_ins(person: Person) -> Card | None:
    """How often signing in was refused in the last day."""
    if person.role != "admin":
        return None
    since = datetime.now(timezone.utc) - timedelta(hours=_HOURS_SHOWN)
    count = services().desk.audit.count("session.refused", since)
    text = f"最近 {_HOURS_SHOWN} 小时；多了请看看是谁在试"
    return Card("被拒绝的登录", count, text, "console.audit", {"action": "session.refused"}) if count else None


def asked_entries() -> Wanted:
    """Which entries the query asks for: ``actor``, ``action``, ``subject``, ``first``, ``last``, ``before``."""
    asked = {name: request.args.get(name, "").strip()[:_WHAT_MOST] for name in ("actor", "action", "subject")}
    asked["subject"] = subject_of(asked["subject"])
    return Wanted(**asked, first=_day("first"), last=_day("last"), before=_before())


def _day(name: str) -> date | None:
    typed = request.args.get(name, "").strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise BadInput("日期应当写成 2026-03-01 这样。", code="bad_date") from None


def _before() -> int | None:
    typed = request.args.get("before", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else None
