"""``/api/v1/desk/compilations``: compilations of what was asked most for other systems, by the rules of the pages."""

from typing import Any

from flask import Response, jsonify

from assistant.desk import SENSITIVE_KINDS
from assistant.desk.compilations import ITEMS_MOST, LISTED, as_docx, as_xlsx
from assistant.errors import BadInput
from assistant.site.body import json_object, number_of, text_of
from assistant.site.console.access import takes
from assistant.site.context import services
from assistant.site.desk_api import acting, desk_api, scoped
from assistant.site.hot_pages import file_answer
from assistant.store.compilation_table import Compilation, CompilationText, CompiledItem

_STEP_BYTES = 16 * 1024
# Thirty answers of five thousand characters, each of which JSON may write as six bytes, and the rest.
_TEXT_BYTES = 1024 * 1024 + 64 * 1024


@desk_api.get("/compilations")
@scoped("compilations:read")
def compilations() -> Response:
    """List the newest compilations, public or not."""
    return jsonify({"compilations": [_head_shape(each) for each in services().store.compilations.newest(LISTED)]})


@desk_api.post("/compilations")
@scoped("compilations:write")
def begin_compilation() -> tuple[Response, int]:
    """Begin a compilation of a period and a department."""
    body = json_object(_STEP_BYTES)
    name, department = text_of(body, "period") or "", text_of(body, "department") or ""
    desk = services().desk
    period = desk.asked.period(name)
    if period.name != name:
        raise BadInput("period 应当像 d30、2026-03、2026Q1、2026 这样写。", code="bad_period")
    made = desk.compilations.begin(acting().login, period, department)
    return jsonify(_shape(desk.compilations.get(made))), 201


@desk_api.get("/compilations/<int:compilation>")
@scoped("compilations:read")
def compilation(compilation: int) -> Response:
    """Give one in its newest version, with what in it must be looked at before it is public."""
    return _now(compilation)


@desk_api.get("/compilations/<int:compilation>.docx")
@scoped("compilations:read")
def compilation_document(compilation: int) -> Response:
    """Give the newest version as a Word file."""
    found = services().desk.compilations.get(compilation)
    return file_answer(as_docx(found), found.text.title, "docx")


@desk_api.get("/compilations/<int:compilation>.xlsx")
@scoped("compilations:read")
def compilation_sheet(compilation: int) -> Response:
    """Give the newest version as a spreadsheet."""
    found = services().desk.compilations.get(compilation)
    return file_answer(as_xlsx(found), found.text.title, "xlsx")


@desk_api.post("/compilations/<int:compilation>/save")
@scoped("compilations:write")
@takes(_TEXT_BYTES)
def save_compilation(compilation: int) -> Response:
    """Save a new version, made from the version ``base``; what is left out of it stays."""
    held = services().desk.compilations.get(compilation).text
    body = json_object(_TEXT_BYTES)
    title, intro = (text_of(body, name) for name in ("title", "intro"))
    text = CompilationText(
        held.title if title is None else title,
        held.intro if intro is None else intro,
        held.items if body.get("items") is None else _items_of(body["items"], held.items),
    )
    services().desk.compilations.save(acting().login, compilation, number_of(body, "base"), text)
    return _now(compilation)


@desk_api.post("/compilations/<int:compilation>/publish")
@scoped("compilations:publish")
def publish_compilation(compilation: int) -> Response:
    """Make the version ``base``, which must be the newest, public."""
    services().desk.compilations.get(compilation)
    body = json_object(_STEP_BYTES)
    reason = text_of(body, "reason") or ""
    services().desk.compilations.publish(acting().login, compilation, number_of(body, "base"), reason)
    return _now(compilation)


@desk_api.post("/compilations/<int:compilation>/withdraw")
@scoped("compilations:publish")
def withdraw_compilation(compilation: int) -> Response:
    """Take back what is public."""
    json_object(_STEP_BYTES)
    services().desk.compilations.withdraw(acting().login, compilation)
    return _now(compilation)


def _items_of(given: Any, held: tuple[CompiledItem, ...]) -> tuple[CompiledItem, ...]:
    """The questions as sent; how often each was asked is ours, known by the place it had in the version before."""
    if not isinstance(given, list) or len(given) > 10 * ITEMS_MOST or not all(isinstance(each, dict) for each in given):
        raise BadInput("items 应当是问题的清单，每个有 question 和 answer。", code="bad_type")
    items = []
    for each in given:
        place = None if each.get("was") is None else number_of(each, "was")
        if place is not None and place >= len(held):
            raise BadInput("was 应当是原来那一版里的第几个问题，从 0 数起。", code="bad_type")
        before = CompiledItem("", "", 0) if place is None else held[place]
        question, answer = text_of(each, "question") or "", text_of(each, "answer") or ""
        items.append(CompiledItem(question, answer, before.times, before.entry_id))
    return tuple(items)


def _now(compilation: int) -> Response:
    return jsonify(_shape(services().desk.compilations.get(compilation)))


def _head_shape(found: Compilation) -> dict[str, Any]:
    return {
        "id": found.id,
        "title": found.text.title,
        "first": found.first_day.isoformat(),
        "last": found.last_day.isoformat(),
        "department": found.department,
        "version": found.version,
        "editor": found.editor,
        "public_version": found.published_version,
        "published": found.published.isoformat(timespec="seconds") if found.published else None,
    }


def _shape(found: Compilation) -> dict[str, Any]:
    items = [
        {"question": each.question, "answer": each.answer, "times": each.times, "faq": each.entry_id or None}
        for each in found.text.items
    ]
    sensitive = [
        {"where": where, "kind": SENSITIVE_KINDS[each.kind], "text": text[each.start : each.end]}
        for where, text, finds in services().desk.compilations.sensitive(found.text)
        for each in finds
    ]
    return {**_head_shape(found), "intro": found.text.intro, "items": items, "sensitive": sensitive}
