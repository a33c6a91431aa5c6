"""词表 at the desk: lexicon, synonyms, spoken words, pronunciations, days off; edited, checked, with their versions."""

from dataclasses import dataclass
from difflib import unified_diff

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import ROLES
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
_VERDICTS = {"right": "对", "wrong": "错", "silent": "没有答", "wrong figure": "给错了数"}
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
    """Check a list, or save it."""
    kept = services().words
    kept.see(name)
    text, note = request.form.get("text", ""), request.form.get("note", "")
    try:
        plain = kept.check(name, text)
        if request.form.get("try") == "1":
            trial = services().word_trials.start(person().login, name, plain)
            return redirect(url_for("console.word_trial", name=name, trial_id=trial.id), code=303)
        if request.form.get("check") == "1":
            return _page(name, text=text, note=note, changes=lines_between(kept.see(name).text, plain))
        kept.save(person(), name, request.form.get("digest", ""), text, note)
    except AnanError as error:
        if error.status == 404:
            raise
        return _page(name, told(error), error.status, text, note)
    later = "，索引正在按新词典重建，建好后自动生效" if name == "lexicon.txt" else "，已经生效"
    return done(f"已保存{later}。", "console.words", name=name)


@console.get("/words/<name>/trials/<trial_id>")
@allowed("reviewer", "admin")
def word_trial(name: str, trial_id: str) -> Response:
    """Show what a change does to the golden questions, as soon as all are asked; from here it can be saved."""
    trial = services().word_trials.find(person().login, trial_id)
    if trial.about != name:
        raise NotFound("没有这次试用，它可能已经过期，请再试一次。", code="trial_unknown")
    changes = lines_between(services().words.see(name).text, trial.given)
    return _page(name, text=trial.given, changes=changes, trial=trial)


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
    page = render_template(
        "desk/words.html",
        seen=seen,
        text=seen.text if text is None else text,
        note=note,
        changes=changes,
        trial=trial,
        verdicts=_VERDICTS,
        refusal=refusal,
        may_edit=person().role != "editor",
        names=names_of_people(),
        text_most=LIST_MOST,
        note_most=REASON_MOST,
    )
    return Response(page, status=status, mimetype="text/html")
