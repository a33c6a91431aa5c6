"""``/api/v1/desk/words``: the word lists for other systems: read, tried, proposed, let pass by somebody else."""

from typing import Any

from flask import Response, jsonify

from assistant.desk import WordEdit, WordText
from assistant.desk.jobs import Job
from assistant.desk.words import LIST_MOST
from assistant.errors import BadInput
from assistant.site.body import json_object, text_of
from assistant.site.console.access import takes
from assistant.site.context import services
from assistant.site.desk_api import acting, demand, desk_api, scoped
from assistant.store.word_table import WordProposal, WordVersion

_STEP_BYTES = 16 * 1024
# A whole list, each character of which JSON may write as six bytes, and the rest.
_LIST_BYTES = 6 * LIST_MOST + _STEP_BYTES


@desk_api.get("/words")
@scoped("words:read")
def word_lists() -> Response:
    """List which there are."""
    lists = services().words.lists.values()
    return jsonify({"lists": [{name: getattr(each, name) for name in ("name", "title", "form")} for each in lists]})


@desk_api.get("/words/<name>")
@scoped("words:read")
def word_list(name: str) -> Response:
    """Give a list as it is now, its versions, and the change that waits."""
    return _now(name)


@desk_api.get("/words/<name>/versions/<int:version_id>")
@scoped("words:read")
def word_version(name: str, version_id: int) -> Response:
    """Give one version of a list."""
    found = services().words.version(name, version_id)
    return jsonify({**_version_shape(found), "text": found.text})


@desk_api.post("/words/<name>/try")
@scoped("words:write")
@takes(_LIST_BYTES)
def try_words(name: str) -> tuple[Response, int]:
    """Ask the golden questions with this text in the background."""
    services().words.see(name)
    body = json_object(_LIST_BYTES)
    edit = WordEdit(services().words.check(name, text_of(body, "text") or ""), "")
    return jsonify(_trial_shape(services().word_trials.start(acting().login, name, edit))), 202


@desk_api.get("/words/<name>/trials/<trial_id>")
@scoped("words:write")
def word_trial(name: str, trial_id: str) -> Response:
    """Tell how far a trial is, and what came of it."""
    return jsonify(_trial_shape(services().word_trials.find(acting().login, name, trial_id)))


@desk_api.post("/words/<name>/propose")
@scoped("words:write")
@takes(_LIST_BYTES)
def propose_words(name: str) -> Response:
    """Propose a change, which waits for somebody else; ``trial`` names the trial of exactly this text."""
    services().words.see(name)
    body = json_object(_LIST_BYTES)
    sent = {field: text_of(body, field) or "" for field in ("text", "digest", "waiting", "note", "trial")}
    plain = services().words.check(name, sent["text"])
    result = services().word_trials.result_of(acting().login, name, plain, sent["trial"])
    edit = WordEdit(plain, sent["digest"], sent["waiting"])
    services().words.propose(acting(), name, edit, sent["note"], result)
    return _now(name)


@desk_api.post("/words/<name>/approve")
@scoped("words:approve")
def approve_words(name: str) -> Response:
    """Let the change pass that waits; ``trial`` names a later trial of it by whoever lets it pass."""
    waiting, body = services().words.see(name).proposal, json_object(_STEP_BYTES)
    number, reason, trial = (text_of(body, field) or "" for field in ("number", "reason", "trial"))
    text = waiting.text if waiting else ""
    result = services().word_trials.result_of(acting().login, name, text, trial)
    services().words.let_pass(acting(), name, number, reason, result)
    return _now(name)


@desk_api.post("/words/<name>/refuse")
@scoped("words:write")
def refuse_words(name: str) -> Response:
    """Take a change back that waits; a colleague's only by a token that may approve."""
    waiting, body = services().words.see(name).proposal, json_object(_STEP_BYTES)
    if waiting is not None and waiting.author != acting().login:
        demand("words:approve")
    number, remark = (text_of(body, field) or "" for field in ("number", "remark"))
    if not number:
        raise BadInput("number 应当是等审核的改动的编号。", code="bad_type")
    services().words.refuse(acting(), name, number, remark)
    return _now(name)


def _now(name: str) -> Response:
    return jsonify(_list_shape(services().words.see(name)))


def _list_shape(seen: WordText) -> dict[str, Any]:
    return {
        "name": seen.list.name,
        "title": seen.list.title,
        "form": seen.list.form,
        "needs_trial": seen.list.asks,
        "text": seen.text,
        "digest": seen.digest,
        "versions": [_version_shape(each) for each in seen.versions],
        "proposal": _proposal_shape(seen.proposal) if seen.proposal else None,
    }


def _version_shape(version: WordVersion) -> dict[str, Any]:
    saved = version.saved.isoformat(timespec="seconds")
    return {"id": version.id, "saved": saved, "saved_by": version.saved_by, "note": version.note}


def _proposal_shape(proposal: WordProposal) -> dict[str, Any]:
    return {
        "number": proposal.number,
        "author": proposal.author,
        "made": proposal.made.isoformat(timespec="seconds"),
        "note": proposal.note,
        "text": proposal.text,
        "effect": _effect_shape(proposal.result),
        "stale": services().words.is_stale(proposal.result),
    }


def _trial_shape(trial: Job) -> dict[str, Any]:
    return {
        "trial": trial.id,
        "state": trial.state,
        "done": trial.done,
        "total": trial.total,
        "error": trial.error or None,
        "effect": _effect_shape(trial.result),
    }


def _effect_shape(result: dict[str, Any] | None) -> dict[str, Any] | None:
    """What the golden questions gave; what it was asked of is nobody's but the desk's."""
    return {name: value for name, value in result.items() if name != "basis"} if result else None
