"""``/api/v1/desk``: what is done about what people ask, for other systems; an FAQ entry made by it is a draft."""

from collections.abc import Callable
from typing import Any

from flask import Response, jsonify

from assistant.desk.faq_fields import PHRASINGS_MOST
from assistant.errors import BadInput
from assistant.site.body import flag_of, json_object, text_of, texts_of
from assistant.site.context import services
from assistant.site.desk_api import acting, desk_api, scoped
from assistant.site.desk_asked_api import group_answer

# An answer of five thousand characters and sixty phrasings of two hundred, each character written as six bytes.
_STEP_BYTES = 128 * 1024


@desk_api.post("/questions/<int:group>/entry")
@scoped("questions:write")
def draft_entry_for_group(group: int) -> Response:
    """Draft an FAQ entry that answers the group; its question is the group's where none is given."""

    def draft(body: dict[str, Any]) -> None:
        of = services().desk.asked.group(group).group
        question, publisher = text_of(body, "question"), text_of(body, "publisher")
        services().desk.asked.write_entry(
            acting().login,
            group,
            of.label if question is None else question,
            text_of(body, "answer") or "",
            of.department if publisher is None else publisher,
            texts_of(body, "phrasings", PHRASINGS_MOST),
        )

    return _decided(group, draft)


@desk_api.post("/questions/<int:group>/phrasing")
@scoped("questions:write")
def add_phrasing_of_group(group: int) -> Response:
    """Add wordings of the group to an entry, as a new version of it."""

    def add(body: dict[str, Any]) -> None:
        entry_id, said = text_of(body, "faq") or "", texts_of(body, "phrasings", PHRASINGS_MOST)
        services().desk.asked.add_phrasings(acting().login, group, entry_id, said)

    return _decided(group, add)


@desk_api.post("/questions/<int:group>/passage")
@scoped("questions:write")
def link_passage_to_group(group: int) -> Response:
    """Say which passage of a report answers the group."""

    def link(body: dict[str, Any]) -> None:
        report_id, anchor = text_of(body, "report") or "", text_of(body, "anchor") or ""
        services().desk.asked.link_passage(acting().login, group, report_id, anchor)

    return _decided(group, link)


@desk_api.post("/questions/<int:group>/out-of-scope")
@scoped("questions:write")
def put_group_out_of_scope(group: int) -> Response:
    """Say that this service is not for what the group asks."""
    return _decided(
        group, lambda body: services().desk.asked.out_of_scope(acting().login, group, text_of(body, "note") or "")
    )


@desk_api.post("/questions/<int:group>/undo")
@scoped("questions:write")
def undo_decision_on_group(group: int) -> Response:
    """Take back what was decided; an entry that was drafted stays."""
    return _decided(group, lambda _: services().desk.asked.undo(acting().login, group))


@desk_api.get("/phrasings")
@scoped("questions:read")
def suggested_phrasings() -> Response:
    """List the wordings that wait for a yes."""
    return _suggestions()


@desk_api.post("/phrasings")
@scoped("questions:write")
def settle_suggested_phrasing() -> Response:
    """Say yes or no to one; a yes adds it to its entry, as a new version."""
    body = json_object(_STEP_BYTES)
    key, entry_id = text_of(body, "key") or "", text_of(body, "faq") or ""
    if body.get("accepted") is None:
        raise BadInput("accepted 应当是 true 或 false。", code="bad_type")
    services().desk.asked.settle(acting().login, key, entry_id, accepted=flag_of(body, "accepted"))
    return _suggestions()


def _decided(group: int, decide: Callable[[dict[str, Any]], None]) -> Response:
    """Does one step with the body as sent; the group after it."""
    services().desk.asked.group(group)
    decide(json_object(_STEP_BYTES))
    return group_answer(group)


def _suggestions() -> Response:
    found = [
        {
            "key": each.key,
            "text": each.text,
            "asked_then": each.asked_then,
            "times": each.times,
            "faq": entry.id,
            "question": entry.question,
        }
        for each, entry in services().desk.asked.suggestions()
    ]
    return jsonify({"phrasings": found})
