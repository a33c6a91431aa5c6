"""Compilations of what was asked most (热点问题汇编): begin, edit, publish."""

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import ROLES
from assistant.desk.compilations import ANSWER_MOST, INTRO_MOST, ITEMS_MOST, LISTED, TITLE_MOST, text_differences
from assistant.desk.four_eyes import CHECKING
from assistant.desk.handling import REASON_MOST
from assistant.errors import AnanError, BadInput
from assistant.site.console.access import allowed, console, person, signed, takes, unsigned
from assistant.site.console.faq_forms import in_place
from assistant.site.console.questions import department_names, periods_to_choose
from assistant.site.console.shell import done
from assistant.site.context import services
from assistant.site.errors import told
from assistant.store.compilation_table import CompilationText, CompiledItem

# Thirty answers of five thousand characters, nine bytes each as a browser sends Chinese, and the rest.
_FORM_BYTES = 2 * 1024 * 1024


@console.get("/compilations")
@allowed(*ROLES)
def compilations() -> Response:
    """Show the compilations there are, and begin one."""
    return _list_page()


@console.post("/compilations")
@allowed(*ROLES)
def begin_compilation() -> AnyResponse:
    """Begin a compilation of a period and a department."""
    desk = services().desk
    period = desk.asked.period(request.form.get("period", ""))
    try:
        made = desk.compilations.begin(person().login, period, request.form.get("department", ""))
    except BadInput as error:
        return _list_page(told(error), error.status)
    return done("已按问得最多的问题起草。", "console.compilation", compilation=made)


@console.get("/compilations/<int:compilation>")
@allowed(*ROLES)
def compilation(compilation: int) -> Response:
    """Show one to edit."""
    return _page(compilation)


@console.post("/compilations/<int:compilation>/save")
@allowed(*ROLES)
@takes(_FORM_BYTES)
def save_compilation(compilation: int) -> AnyResponse:
    """Save a new version."""
    services().desk.compilations.get(compilation)
    sent = _sent()
    try:
        services().desk.compilations.save(person().login, compilation, _number("base"), sent)
    except AnanError as error:
        return _page(compilation, told(error), error.status, sent, error.code == "compilation_changed")
    return done("已保存。", "console.compilation", compilation=compilation)


@console.post("/compilations/<int:compilation>/publish")
@allowed(*CHECKING)
def publish_compilation(compilation: int) -> AnyResponse:
    """Make the newest version public."""
    try:
        reason = request.form.get("reason", "")
        services().desk.compilations.publish(person().login, compilation, _number("base"), reason)
    except AnanError as error:
        return _page(compilation, told(error), error.status)
    return done("已公布。", "console.compilation", compilation=compilation)


@console.post("/compilations/<int:compilation>/withdraw")
@allowed(*CHECKING)
def withdraw_compilation(compilation: int) -> AnyResponse:
    """Take back what is public."""
    services().desk.compilations.withdraw(person().login, compilation)
    return done("已撤下。", "console.compilation", compilation=compilation)


def _sent() -> CompilationText:
    """What the form holds: of each question its place, its words and its answer; how often it was asked is ours."""
    kept: list[tuple[int, int, CompiledItem]] = []
    for at in range(ITEMS_MOST + 1):
        question = request.form.get(f"question-{at}")
        if question is None or f"drop-{at}" in request.form or not question.strip():
            continue
        times, _, entry_id = unsigned(request.form.get(f"asked-{at}", "")).partition(" ")
        item = CompiledItem(question, request.form.get(f"answer-{at}", ""), int(times or 0), entry_id)
        kept.append((_number(f"place-{at}"), at, item))
    items = tuple(item for _, _, item in sorted(kept, key=lambda each: each[:2]))
    return CompilationText(request.form.get("title", ""), request.form.get("intro", ""), items)


def _number(name: str) -> int:
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _asked(item: CompiledItem) -> str:
    """How often it was asked and of which entry its answer is, as the form carries it: nobody makes it up."""
    return signed(f"{item.times} {item.entry_id}")


def _page(
    number: int, refusal: str = "", status: int = 200, sent: CompilationText | None = None, overtaken: bool = False
) -> Response:
    desk = services().desk.compilations
    found = desk.get(number)
    page = render_template(
        "desk/compilation.html",
        found=found,
        text=sent or found.text,
        conflict=text_differences(found.text, sent) if sent and overtaken else (),
        asked=_asked,
        is_own=person().login in desk.authors(found),
        findings=[(where, in_place(text, finds)) for where, text, finds in desk.sensitive(found.text)],
        reason_most=REASON_MOST,
        refusal=refusal,
        most={"title": TITLE_MOST, "intro": INTRO_MOST, "answer": ANSWER_MOST, "items": ITEMS_MOST},
    )
    return Response(page, status=status, mimetype="text/html")


def _list_page(refusal: str = "", status: int = 200) -> Response:
    page = render_template(
        "desk/compilations.html",
        found=services().store.compilations.newest(LISTED),
        periods=periods_to_choose(),
        departments=department_names(),
        refusal=refusal,
    )
    return Response(page, status=status, mimetype="text/html")
