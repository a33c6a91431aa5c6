"""词表 at the desk: lexicon, synonyms, spoken words, pronunciations, days off; edited, checked, with their versions."""

from dataclasses import dataclass
from difflib import unified_diff
from typing import Any, cast

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import ROLES
from assistant.desk.four_eyes import is_alone
from assistant.desk.handling import REASON_MOST
from assistant.desk.jobs import Job
from assistant.desk.words import LIST_MOST
from assistant.errors import AnanError, NotFound
from assistant.site.console.access import allowed, console, person, takes
from assistant.site.console.parts import names_of_people
from assistant.site.console.shell import done
from assistant.site.context import services
from assistant.site.errors import told

# A list as a form sends it: three bytes a character, each written as three characters.
_FORM_BYTES = 9 * LIST_MOST + 64 * 1024
_CONTEXT = 2
_LINES_SHOWN = 400


@dataclass(frozen=True)
class Line:
    """A line of a difference: ``added``, ``removed``, or ``same`` around them."""

    kind: str
    text: str


@console.get("/words")
@allowed(*ROLES)
def word_lists() -> str:
    """Show which lists there are."""
    return render_template("desk/word_lists.html", lists=list(services().words.lists.values()))


@console.get("/words/<name>")
@allowed(*ROLES)
def words(name: str) -> Response:
    """Show one list, to be edited by who may."""
    return _page(name)


@console.post("/words/<name>")
@allowed("reviewer", "admin")
@takes(_FORM_BYTES)
def save_words(name: str) -> AnyResponse:
    """Check a list, try it, or propose it."""
    kept = services().words
    kept.see(name)
    text, note = request.form.get("text", ""), request.form.get("note", "")
    try:
        plain = kept.check(name, text)
        if request.form.get("try") == "1":
            trial = services().word_trials.start(person().login, name, plain)
            return redirect(url_for("console.word_trial", name=name, trial_id=trial.id, note=note or None), code=303)
        if request.form.get("check") == "1":
            return _page(name, text=text, note=note, changes=lines_between(kept.see(name).text, plain))
        result = _tried(name, plain, request.form.get("trial", ""))
        kept.propose(person(), name, request.form.get("digest", ""), text, note, result)
    except AnanError as error:
        if error.status == 404:
            raise
        return _page(name, told(error), error.status, text, note)
    return done("已提交，等审核人通过后生效。", "console.words", name=name)


@console.post("/words/<name>/approve")
@allowed("reviewer", "admin")
def approve_words(name: str) -> AnyResponse:
    """Let the change pass that waits."""
    number, reason = request.form.get("number", ""), request.form.get("reason", "")
    try:
        services().words.let_pass(person(), name, number, reason)
    except AnanError as error:
        if error.status == 404:
            raise
        return _page(name, told(error), error.status)
    later = "，索引正在按新词典重建，建好后自动生效" if name == "lexicon.txt" else "，已经生效"
    return done(f"已通过{later}。", "console.words", name=name)


@console.post("/words/<name>/refuse")
@allowed("reviewer", "admin")
def refuse_words(name: str) -> AnyResponse:
    """Take the change back that waits."""
    try:
        services().words.refuse(person(), name, request.form.get("number", ""), request.form.get("remark", ""))
    except AnanError as error:
        if error.status == 404:
            raise
        return _page(name, told(error), error.status)
    return done("已退回，没有改动。", "console.words", name=name)


def _tried(name: str, plain: str, trial_id: str) -> dict[str, Any] | None:
    """What this text does to the golden questions, where this person has tried exactly it."""
    if not trial_id:
        return None
    trial = services().word_trials.find(person().login, trial_id)
    is_this = trial.state == "done" and (trial.about, trial.given) == (name, plain)
    return cast("dict[str, Any]", trial.result) if is_this else None


@console.get("/words/<name>/trials/<trial_id>")
@allowed("reviewer", "admin")
def word_trial(name: str, trial_id: str) -> Response:
    """Show what a change does to the golden questions, as soon as all are asked; from here it can be saved."""
    trial = services().word_trials.find(person().login, trial_id)
    if trial.about != name:
        raise NotFound("没有这次试用，它可能已经过期，请再试一次。", code="trial_unknown")
    changes = lines_between(services().words.see(name).text, trial.given)
    return _page(name, text=trial.given, note=request.args.get("note", ""), changes=changes, trial=trial)


@console.get("/words/<name>/versions/<int:version_id>")
@allowed(*ROLES)
def word_version(name: str, version_id: int) -> str:
    """Show how a version differs from the list as it is now, to be put back by who may."""
    found = services().words.version(name, version_id)
    now = services().words.see(name)
    return render_template(
        "desk/word_version.html",
        version=found,
        now=now,
        changes=lines_between(now.text, found.text),
        names=names_of_people(),
        may_edit=person().role != "editor",
    )


def lines_between(before: str, after: str) -> list[Line]:
    """The lines that differ, with some around them."""
    found = []
    for line in list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=_CONTEXT))[2:]:
        kind = {"+": "added", "-": "removed"}.get(line[0], "same")
        found.append(Line(kind, "……" if line.startswith("@@") else line[1:]))
    return found[:_LINES_SHOWN]


def _page(
    name: str,
    refusal: str = "",
    status: int = 200,
    text: str | None = None,
    note: str = "",
    changes: list[Line] | None = None,
    trial: Job | None = None,
) -> Response:
    seen = services().words.see(name)
    waiting = seen.proposal
    page = render_template(
        "desk/words.html",
        seen=seen,
        waiting=waiting,
        waiting_changes=lines_between(seen.text, waiting.text) if waiting else [],
        is_own=waiting is not None and waiting.author == person().login,
        is_alone=is_alone(services().store, person().login),
        text=seen.text if text is None else text,
        note=note,
        changes=changes,
        trial=trial,
        refusal=refusal,
        may_edit=person().role != "editor",
        names=names_of_people(),
        text_most=LIST_MOST,
        note_most=REASON_MOST,
    )
    return Response(page, status=status, mimetype="text/html")
