"""词表 at the desk: lexicon, synonyms, spoken words, pronunciations, days off; edited, checked, with their versions."""

from dataclasses import dataclass, replace
from difflib import unified_diff
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import ROLES, WordEdit, WordText
from assistant.desk.four_eyes import is_alone
from assistant.desk.handling import REASON_MOST
from assistant.desk.jobs import Job
from assistant.desk.words import LIST_MOST
from assistant.errors import AnanError
from assistant.site.console.access import allowed, console, person, takes
from assistant.site.console.parts import names_of_people
from assistant.site.console.shell import done
from assistant.site.context import services
from assistant.site.errors import told
from assistant.store.word_table import worse_in

# A list as a form sends it: three bytes a character, each written as three characters.
_FORM_BYTES = 9 * LIST_MOST + 64 * 1024
_CONTEXT = 2
_LINES_SHOWN = 400
# What another did meanwhile stands beside what was typed.
_OVERTAKEN = ("changed_meanwhile", "proposal_waits")


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
    kept, trials = services().words, services().word_trials
    kept.see(name)
    text, digest, waiting, note = (request.form.get(each, "") for each in ("text", "digest", "waiting", "note"))
    sent = plain = WordEdit(text, digest, waiting)
    try:
        plain = replace(sent, text=kept.check(name, text))
        if request.form.get("try") == "1":
            trial = trials.start(person().login, name, plain)
            return redirect(url_for("console.word_trial", name=name, trial_id=trial.id, note=note or None), code=303)
        if request.form.get("check") == "1":
            return _page(name, edit=sent, note=note, changes=lines_between(kept.see(name).text, plain.text))
        result = trials.result_of(person().login, name, plain.text, request.form.get("trial", ""))
        kept.propose(person(), name, plain, note, result)
    except AnanError as error:
        if error.code in _OVERTAKEN:
            return _overtaken_page(name, error, plain, note)
        return _page(name, told(error), error.status, sent, note)
    return done("已提交，等审核人通过后生效。", "console.words", name=name)


@console.post("/words/<name>/approve")
@allowed("reviewer", "admin")
def approve_words(name: str) -> AnyResponse:
    """Let the change pass that waits."""
    number, reason, trial = (request.form.get(each, "") for each in ("number", "reason", "trial"))
    try:
        waiting = services().words.see(name).proposal
        text = waiting.text if waiting else ""
        result = services().word_trials.result_of(person().login, name, text, trial)
        services().words.let_pass(person(), name, number, reason, result)
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


@console.get("/words/<name>/trials/<trial_id>")
@allowed("reviewer", "admin")
def word_trial(name: str, trial_id: str) -> Response:
    """Show what a change does to the golden questions, as soon as all are asked; from here it can be saved."""
    trial = services().word_trials.find(person().login, name, trial_id)
    changes = lines_between(services().words.see(name).text, trial.given.text)
    return _page(name, edit=trial.given, note=request.args.get("note", ""), changes=changes, trial=trial)


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


def _overtaken_page(name: str, error: AnanError, sent: WordEdit, note: str) -> Response:
    """What was typed, beside what somebody else saved or proposed meanwhile; sent again, it is sent knowing that."""
    seen = services().words.see(name)
    edit = _edit_of(seen, sent.text)
    if error.code == "proposal_waits" and seen.proposal:
        changes, title = lines_between(seen.proposal.text, sent.text), "您的和等审核的改动的差别"
    else:
        changes, title = lines_between(seen.text, sent.text), "您的和现在的内容的差别"
    return _page(name, told(error), error.status, edit, note, changes, _done_trial(name, sent.text), title)


def _done_trial(name: str, text: str) -> Job | None:
    """The trial that the form names, where it is still there and of this text."""
    trials, trial_id = services().word_trials, request.form.get("trial", "")
    is_there = trials.result_of(person().login, name, text, trial_id) is not None
    return trials.find(person().login, name, trial_id) if is_there else None


def _edit_of(seen: WordText, text: str) -> WordEdit:
    return WordEdit(text, seen.digest, seen.proposal.number if seen.proposal else "")


def _page(
    name: str,
    refusal: str = "",
    status: int = 200,
    edit: WordEdit | None = None,
    note: str = "",
    changes: list[Line] | None = None,
    trial: Job | None = None,
    changes_title: str = "写法没有问题，改动的地方",
) -> Response:
    seen = services().words.see(name)
    page = render_template(
        "desk/words.html",
        seen=seen,
        **_waiting(seen, trial),
        edit=edit or _edit_of(seen, seen.text),
        note=note,
        changes=changes,
        changes_title=changes_title,
        trial=trial,
        refusal=refusal,
        may_edit=person().role != "editor",
        names=names_of_people(),
        text_most=LIST_MOST,
        note_most=REASON_MOST,
    )
    return Response(page, status=status, mimetype="text/html")


def _waiting(seen: WordText, trial: Job | None) -> dict[str, Any]:
    """What the page tells of the change that waits; a trial of exactly it counts for whoever made it."""
    waiting = seen.proposal
    if waiting is None:
        return {"waiting": None}
    is_tried = trial is not None and trial.state == "done" and trial.given.text == waiting.text
    effect = trial.result if is_tried and trial else waiting.result
    return {
        "waiting": waiting,
        "waiting_changes": lines_between(seen.text, waiting.text),
        "effect": effect,
        "own_trial": trial.id if is_tried and trial else "",
        "is_stale": services().words.is_stale(effect),
        "worse": worse_in(effect),
        "is_own": waiting.author == person().login,
        "is_alone": is_alone(services().store, person().login),
    }
