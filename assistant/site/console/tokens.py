"""Tokens of other systems, made and taken back by the admin."""

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import SCOPES, TOKEN_DAYS_MOST, TOKEN_NAME_MOST
from assistant.errors import AnanError
from assistant.site.console.access import allowed, console, person
from assistant.site.console.shell import done
from assistant.site.context import services
from assistant.site.errors import told

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
        )
    except AnanError as error:
        return _page(told(error), error.status)
    page = render_template("desk/token_made.html", made=made, secret=secret, scopes=SCOPES)
    return Response(page, mimetype="text/html")


@console.post("/tokens/<int:token_id>/revoke")
@allowed("admin")
def revoke_token(token_id: int) -> AnyResponse:
    """Take a token back; the next request with it is refused."""
    services().desk.tokens.revoke(person().login, token_id)
    return done("令牌已收回。", "console.tokens")


def _page(refusal: str = "", status: int = 200) -> Response:
    page = render_template(
        "desk/tokens.html",
        tokens=[(each, services().desk.tokens.counts(each)) for each in services().desk.tokens.all()],
        scopes=SCOPES,
        sent={"name": request.form.get("name", ""), "days": request.form.get("days", _DAYS)},
        chosen=request.form.getlist("scope"),
        name_most=TOKEN_NAME_MOST,
        days_most=TOKEN_DAYS_MOST,
        refusal=refusal,
    )
    return Response(page, status=status, mimetype="text/html")
