"""``/api/v1/desk/faq``: the FAQ of the desk for other systems, by the rules of the pages (``desk.faq``).

An entry's id may hold any character, so it stands in the query or the body, never in the path.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, jsonify, request

from assistant.desk import SENSITIVE_KINDS
from assistant.desk.faq_fields import PHRASINGS_MOST, all_texts
from assistant.desk.four_eyes import CHECKING
from assistant.desk.jobs import Job
from assistant.errors import BadInput
from assistant.site.body import json_object, number_of, text_of, texts_of
from assistant.site.console.faq_forms import FORM_BYTES, PER_PAGE, filter_of, links_of
from assistant.site.console.parts import page_number
from assistant.site.context import services
from assistant.site.desk_api import acting, desk_api, scoped, token
from assistant.store import FaqEntry
from assistant.store.faq_records import FAQ_STATES, FaqHead, FaqVersion

_STEP_BYTES = 16 * 1024
_TEXTS = ("question", "answer", "publisher", "source", "url", "owner")
_LISTS = ("phrasings", "tags", "links")
_DAYS = ("updated", "valid_from", "valid_until")


@desk_api.get("/faq")
@scoped("faq:read")
def faq() -> Response:
    """List the entries that fit the filters, a page at a time."""
    state = request.args.get("state", "")
    if state and state not in FAQ_STATES:
        raise BadInput(f"state 应当是 {'、'.join(FAQ_STATES)} 中的一个。", code="bad_state")
    page = page_number()
    count, heads = services().store.faq_table.page(filter_of(request.args), (page - 1) * PER_PAGE, PER_PAGE)
    return jsonify({"entries": [_head_shape(each) for each in heads], "count": count, "more": page * PER_PAGE < count})


@desk_api.get("/faq/entry")
@scoped("faq:read")
def faq_entry() -> Response:
    """Give the entry of ``?id=`` with all its versions."""
    desk = services().desk.faq
    head = desk.head(request.args.get("id", ""))
    versions = [_version_shape(each) for each in desk.versions(head.entry.id)]
    return jsonify({**_head_shape(head), "versions": versions})


@desk_api.get("/faq/review")
@scoped("faq:read")
def faq_review() -> Response:
    """Give what a reviewer has to know of ``?id=``, and how far the golden questions are."""
    return jsonify(_review_shape(services().desk.faq.head(request.args.get("id", ""))))


@desk_api.post("/faq/entry")
@scoped("faq:write")
def save_faq_entry() -> tuple[Response, int]:
    """Save a version of an entry, or a new one where no id is given; fields that are left out stay."""
    body = json_object(FORM_BYTES)
    desk, entry_id = services().desk.faq, text_of(body, "id") or ""
    before = desk.head(entry_id).entry if entry_id else _new_entry()
    base = number_of(body, "version") if entry_id else None
    head = desk.save(acting().login, _entry_of(body, before), base, text_of(body, "note") or "")
    return jsonify(_head_shape(head)), 200 if entry_id else 201


@desk_api.post("/faq/submit")
@scoped("faq:write")
def submit_faq_entry() -> Response:
    """Send a draft to review."""
    return _moved(lambda entry_id, base, _: services().desk.faq.submit(acting().login, entry_id, base))


@desk_api.post("/faq/withdraw")
@scoped("faq:write")
def withdraw_faq_entry() -> Response:
    """Take an entry back from review."""
    return _moved(lambda entry_id, base, _: services().desk.faq.withdraw(acting().login, entry_id, base))


@desk_api.post("/faq/restore")
@scoped("faq:write")
def restore_faq_entry() -> Response:
    """Make the version ``number`` the newest draft."""

    def restore(entry_id: str, base: int, body: dict[str, Any]) -> FaqHead:
        return services().desk.faq.restore(acting().login, entry_id, number_of(body, "number"), base)

    return _moved(restore)


@desk_api.post("/faq/archive")
@scoped("faq:write")
def archive_faq_entry() -> Response:
    """Archive an entry; one that citizens are answered from only by who may publish."""
    may_withdraw = acting().role in CHECKING and "faq:publish" in token().scopes

    def archive(entry_id: str, base: int, body: dict[str, Any]) -> FaqHead:
        reason = text_of(body, "reason") or ""
        return services().desk.faq.archive(acting().login, entry_id, base, reason, may_withdraw=may_withdraw)

    answer = _moved(archive)
    services().answerer.refresh()
    return answer


@desk_api.post("/faq/try")
@scoped("faq:write")
def try_faq_entry() -> tuple[Response, int]:
    """Ask the golden questions with the newest version in, in the background; ``/faq/review`` tells what came of it."""
    head = services().desk.faq.head(text_of(json_object(_STEP_BYTES), "id") or "")
    services().faq_work.trials.start(acting().login, head)
    return jsonify(_review_shape(head)), 202


@desk_api.post("/faq/send-back")
@scoped("faq:publish")
def send_faq_entry_back() -> Response:
    """Send an entry back from review, with the reason."""

    def send_back(entry_id: str, base: int, body: dict[str, Any]) -> FaqHead:
        return services().desk.faq.send_back(acting().login, entry_id, base, text_of(body, "reason") or "")

    return _moved(send_back)


@desk_api.post("/faq/publish")
@scoped("faq:publish")
def publish_faq_entry() -> Response:
    """Publish the version under review: the next question is answered by it."""

    def publish(entry_id: str, base: int, body: dict[str, Any]) -> FaqHead:
        return services().desk.faq.publish(acting().login, entry_id, base, text_of(body, "reason") or "")

    answer = _moved(publish)
    services().answerer.refresh()
    return answer


def _new_entry() -> FaqEntry:
    """What a new entry is before anything is said of it, as on the page."""
    return FaqEntry("", "", (), "", publisher=acting().department, owner=acting().login)


def _moved(move: Callable[[str, int, dict[str, Any]], FaqHead]) -> Response:
    """Does a step with the id, the version that was seen, and the body; the entry after it."""
    body = json_object(_STEP_BYTES)
    return jsonify(_head_shape(move(text_of(body, "id") or "", number_of(body, "version"), body)))


def _entry_of(body: dict[str, Any], before: FaqEntry) -> FaqEntry:
    fields: dict[str, Any] = {name: text_of(body, name) or "" for name in _TEXTS if name in body}
    fields |= {name: texts_of(body, name, PHRASINGS_MOST) for name in _LISTS if name in body}
    fields |= {name: _day_of(body, name) for name in _DAYS if name in body}
    if "links" in fields:
        fields["links"] = links_of(services().store, fields["links"])
    return replace(before, **fields)


def _day_of(body: dict[str, Any], name: str) -> date | None:
    text = text_of(body, name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{name} 应当写成 2026-03-01。", code="faq_day") from None


def _entry_shape(entry: FaqEntry) -> dict[str, Any]:
    shape: dict[str, Any] = {name: getattr(entry, name) for name in _TEXTS}
    shape |= {name: list(getattr(entry, name)) for name in _LISTS}
    shape |= {name: day.isoformat() if (day := getattr(entry, name)) else None for name in _DAYS}
    return {"id": entry.id, **shape}


def _head_shape(head: FaqHead) -> dict[str, Any]:
    return {
        **_entry_shape(head.entry),
        "state": head.entry.state,
        "version": head.version,
        "live": head.live,
        "author": head.author,
        "changed": head.changed.isoformat(timespec="seconds"),
        "remark": head.remark or None,
    }


def _version_shape(version: FaqVersion) -> dict[str, Any]:
    return {
        **_entry_shape(version.entry),
        "version": version.number,
        "author": version.author,
        "saved": version.saved.isoformat(timespec="seconds"),
        "note": version.note,
    }


def _review_shape(head: FaqHead) -> dict[str, Any]:
    # Looked at before what was kept is read: a trial told to be done is then always told with its result.
    trying = _job_shape(services().faq_work.trials.latest(token().acts_for, head))
    ready = services().desk.faq.readiness(head)
    texts = all_texts(head.entry)
    sensitive = [
        {"field": name, "kind": SENSITIVE_KINDS[each.kind], "text": texts[name][each.start : each.end]}
        for name, finds in ready.sensitive.items()
        for each in finds
    ]
    trial = None
    if ready.trial is not None:
        made = ready.trial.made.isoformat(timespec="seconds")
        trial = {"made": made, "stale": ready.is_stale, **ready.trial.result}
    return {
        "id": head.entry.id,
        "state": head.entry.state,
        "version": head.version,
        "authors": sorted(ready.authors),
        "sensitive": sensitive,
        "trial": trial,
        "needs_reason": ready.needs_reason,
        "trying": trying,
    }


def _job_shape(job: Job | None) -> dict[str, Any] | None:
    if job is None:
        return None
    return {"state": job.state, "done": job.done, "total": job.total, "error": job.error or None}
