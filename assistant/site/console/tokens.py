"""Tokens of other systems: made and taken back by the admin, collected and given up by the person they act for."""

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import ACTING, ROLES, SCOPES, TOKEN_DAYS_MOST, TOKEN_NAME_MOST
from assistant.errors import AnanError
from assistant.site.console.access import allowed, console, person
from assistant.site.console.parts import name_of
from assistant.site.console.shell import done
from assistant.site.context import services
from assistant.site.errors import told
from assistant.store import StoredToken

_DAYS = 365


@console.get("/tokens")
@allowed("admin")
def tokens() -> Response:
    """Show every token, never its secret, and the form for a new one."""
    return _page()


@console.post("/tokens")
@allowed("admin")
def make_token() -> AnyResponse:
    """Make a token and show its secret, this once."""
    days = request.form.get("days", "")
    try:
        made, secret = services().desk.tokens.make(
            person().login,
            request.form.get("name", ""),
            request.form.getlist("scope"),
            int(days) if days.isascii() and days.isdigit() and len(days) < 8 else 0,
            request.form.get("acts_for", ""),
        )
    except AnanError as error:
        return _page(told(error), error.status)
    if not secret:
        return done(f"令牌已发放，等 {name_of(made.acts_for)} 在“我的账号”里领取。", "console.tokens")
    return _shown_once(made, secret)


@console.post("/tokens/<int:token_id>/revoke")
@allowed("admin")
def revoke_token(token_id: int) -> AnyResponse:
    """Take a token back; the next request with it is refused."""
    services().desk.tokens.revoke(person().login, token_id)
    return done("令牌已收回。", "console.tokens")


@console.post("/account/tokens/<int:token_id>/collect")
@allowed(*ROLES)
def collect_token(token_id: int) -> Response:
    """Show the secret of a token that was made to act for oneself, this once."""
    secret = services().desk.tokens.collect(person().login, token_id)
    made = next(each for each in services().desk.tokens.held_by(person().login) if each.id == token_id)
    return _shown_once(made, secret)


@console.post("/account/tokens/<int:token_id>/give-up")
@allowed(*ROLES)
def give_token_up(token_id: int) -> AnyResponse:
    """Take back a token that acts for oneself."""
    services().desk.tokens.give_up(person().login, token_id)
    return done("令牌已收回。", "console.account")


def _shown_once(made: StoredToken, secret: str) -> Response:
    back = "console.tokens" if person().role == "admin" else "console.account"
    page = render_template("desk/token_made.html", made=made, secret=secret, scopes=SCOPES, back=url_for(back))
    return Response(page, mimetype="text/html")


def _page(refusal: str = "", status: int = 200) -> Response:
    page = render_template(
        "desk/tokens.html",
        tokens=[(each, services().desk.tokens.counts(each)) for each in services().desk.tokens.all()],
        scopes=SCOPES,
        acting=ACTING,
        colleagues=[each for each in services().desk.people.all() if each.active],
        sent={name: request.form.get(name, other) for name, other in (("name", ""), ("days", _DAYS), ("acts_for", ""))},
        chosen=request.form.getlist("scope"),
        name_most=TOKEN_NAME_MOST,
        days_most=TOKEN_DAYS_MOST,
        refusal=refusal,
    )
    return Response(page, status=status, mimetype="text/html")
