"""One's own account: password, codes, and the browsers that are signed in."""

import segno
from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import PASSWORD_LEAST, PASSWORD_MOST, ROLES, SCOPES, enrolment_address
from assistant.errors import AnanError, BadInput
from assistant.site.console.access import allowed, console, person, session
from assistant.site.console.shell import done
from assistant.site.context import services
from assistant.site.errors import told


@console.get("/account")
@allowed(*ROLES)
def account() -> str:
    """Show what one may change of one's own account."""
    return render_template(
        "desk/account.html",
        roles=ROLES,
        has_totp=session().has_totp,
        browsers=services().desk.signing_in.browsers(person().id),
        tokens=services().desk.tokens.held_by(person().login),
        scopes=SCOPES,
    )


@console.get("/account/password")
@allowed(*ROLES)
def password() -> Response:
    """Show the form for a new password."""
    return _password_form()


@console.post("/account/password")
@allowed(*ROLES)
def change_password() -> AnyResponse:
    """Change the password; every other browser is signed out."""
    old, new, again = (request.form.get(name, "") for name in ("old", "new", "again"))
    try:
        if new != again:
            raise BadInput("两次输入的新密码不一样。", code="password_differs")
        services().desk.people.change_password(person().id, old, new, session().token_hash)
    except AnanError as error:
        return _password_form(told(error), error.status)
    return done("密码已修改，其他设备上的登录已退出。", "console.account")


@console.post("/account/totp")
@allowed(*ROLES)
def offer_totp() -> Response:
    """Show a new secret as a QR code, which waits for its first code."""
    if session().has_totp:
        raise BadInput("动态码已经开启；换手机时请先关闭，再重新开启。", code="totp_on")
    return _totp_form(services().desk.people.offer_totp(person().id))


@console.post("/account/totp/start")
@allowed(*ROLES)
def start_totp() -> AnyResponse:
    """Ask for codes from now on, if the first one is right."""
    if session().has_totp:
        raise BadInput("动态码已经开启。", code="totp_on")
    people = services().desk.people
    try:
        people.start_totp(person().id, request.form.get("code", ""), session().token_hash)
    except AnanError as error:
        offered = people.get(person().id).totp_offered
        if offered is None:
            return done("请重新开启动态码。", "console.account")
        return _totp_form(offered, told(error), error.status)
    return done("动态码已开启，下次登录时要输入。", "console.account")


@console.post("/account/totp/stop")
@allowed(*ROLES)
def stop_totp() -> AnyResponse:
    """Ask for no code any more, for the password."""
    try:
        services().desk.people.stop_own_totp(person().id, request.form.get("password", ""), session().token_hash)
    except BadInput as error:
        return done(error.message, "console.account")
    return done("动态码已关闭。", "console.account")


def _password_form(refusal: str = "", status: int = 200) -> Response:
    page = render_template(
        "desk/password.html",
        refusal=refusal,
        least=PASSWORD_LEAST,
        most=PASSWORD_MOST,
        first=session().must_change,
    )
    return Response(page, status=status, mimetype="text/html")


def _totp_form(secret: str, refusal: str = "", status: int = 200) -> Response:
    drawn = segno.make(enrolment_address(secret, person().login), error="m", micro=False)
    page = render_template(
        "desk/totp.html",
        drawing=drawn.svg_data_uri(scale=5, border=2, dark="#24211d", light="#ffffff"),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        refusal=refusal,
    )
    return Response(page, status=status, mimetype="text/html")
