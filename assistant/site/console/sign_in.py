"""The door of the desk: signing in by password and code, and out, here or everywhere."""

from flask import Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import ROLES, Session
from assistant.errors import AnanError
from assistant.site.console.access import (
    ANYONE,
    allowed,
    console,
    drop_session,
    keep_session,
    own_path,
    person,
    session,
)
from assistant.site.context import services
from assistant.site.errors import told


@console.get("/sign-in")
@allowed(ANYONE)
def sign_in() -> AnyResponse:
    """Show the form; ``?next=`` is where to go on to."""
    if g.person is not None:
        return redirect(own_path(request.args.get("next", "")), code=303)
    return _door(left=request.args.get("left") == "1")


@console.post("/sign-in")
@allowed(ANYONE)
def enter() -> AnyResponse:
    """Let somebody in by login and password, or on to the code; always with a new session."""
    login, password = request.form.get("login", ""), request.form.get("password", "")
    wanted = request.form.get("next", "")
    try:
        opened = services().desk.signing_in.enter(login, password, request.remote_addr or "")
    except AnanError as error:
        return _door(login, told(error), error.status)
    _forget(g.desk_session)
    address = url_for("console.code", next=wanted) if opened.awaits_code else own_path(wanted)
    return keep_session(redirect(address, code=303), opened)


@console.get("/sign-in/code")
@allowed(ANYONE)
def code() -> AnyResponse:
    """Show the form for the code that comes after the password."""
    held: Session | None = g.desk_session
    if held is None or not held.awaits_code:
        return redirect(url_for("console.sign_in"), code=303)
    return _code_form()


@console.post("/sign-in/code")
@allowed(ANYONE)
def enter_code() -> AnyResponse:
    """Let somebody in whose password was right, by the code of their app."""
    held: Session | None = g.desk_session
    if held is None or not held.awaits_code:
        return redirect(url_for("console.sign_in"), code=303)
    try:
        opened = services().desk.signing_in.enter_code(held, request.form.get("code", ""))
    except AnanError as error:
        return _code_form(told(error), error.status)
    return keep_session(redirect(own_path(request.form.get("next", "")), code=303), opened)


@console.post("/sign-out")
@allowed(*ROLES)
def sign_out() -> AnyResponse:
    """End this session."""
    services().desk.signing_in.leave(session())
    return _left()


@console.post("/sign-out-everywhere")
@allowed(*ROLES)
def sign_out_everywhere() -> AnyResponse:
    """End every session of this person, this one too."""
    services().desk.signing_in.leave_everywhere(person().login, person().id)
    return _left()


def _left() -> AnyResponse:
    return drop_session(redirect(url_for("console.sign_in", left="1"), code=303))


def _forget(held: Session | None) -> None:
    """What the browser was signed in as before ends with the new session."""
    if held is not None:
        services().desk.signing_in.leave(held)


def _door(login: str = "", refusal: str = "", status: int = 200, *, left: bool = False) -> Response:
    page = render_template(
        "desk/sign_in.html",
        login=login[:100],
        refusal=refusal,
        left=left,
        wanted=request.values.get("next", ""),
        nobody=not services().desk.people.all(),
    )
    return Response(page, status=status, mimetype="text/html")


def _code_form(refusal: str = "", status: int = 200) -> Response:
    page = render_template("desk/code.html", refusal=refusal, wanted=request.values.get("next", ""))
    return Response(page, status=status, mimetype="text/html")
