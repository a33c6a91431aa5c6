"""Who may open which route of the desk: declared at the route, checked here before it runs, refused where it is not.

    @console.get("/people")
    @allowed("admin")
    def people() -> str: ...

Every request under ``/desk`` passes ``_check``: the cookie is read, ``g.person`` is set, the route's roles are looked
up, and what changes something must come from our own page with the session's token.
"""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, g, redirect, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import ROLES, Person, Session
from assistant.errors import AnanError
from assistant.site.context import services
from assistant.site.same_origin import check_same_origin

COOKIE = "anan-desk"
PREFIX = "/desk"
# For a route that is open to whoever comes: the door itself.
ANYONE = "anyone"
CSRF_FIELD = "csrf"
_SAFE = ("GET", "HEAD", "OPTIONS")
_NEXT_MOST = 2_000
_MARK = 64
# What is typed is held in memory, unlike files: room for the longest word list, each character sent as nine bytes.
_FIELDS_MOST = 3 * 1024 * 1024
# What somebody with a password from another's hand may open before choosing one of their own.
_BEFORE_CHANGE = ("console.password", "console.change_password", "console.sign_out", "console.sign_out_everywhere")
# Where a browser without a session is sent, and one whose code is still to come.
_DOOR, _CODE = "console.sign_in", "console.code"

console = Blueprint("console", __name__, url_prefix=PREFIX)
_View = TypeVar("_View", bound=Callable[..., Any])


def allowed(*roles: str) -> Callable[[_View], _View]:
    """Declares who may open a route: some of ``ROLES``, or ``ANYONE``. The only way; without it nobody may."""
    unknown = set(roles) - {*ROLES, ANYONE}
    if unknown or not roles:
        raise ValueError(f"no such role: {unknown}")

    def declare(view: _View) -> _View:
        view.__dict__["allowed_roles"] = frozenset(roles)
        return view

    return declare


def takes(most: int | Callable[[], int]) -> Callable[[_View], _View]:
    """Declares that a route takes bodies of so many bytes, where others take what the app allows.

    Args:
        most: so many, or what tells it once the settings are known.
    """

    def declare(view: _View) -> _View:
        view.__dict__["body_bytes"] = most if callable(most) else lambda: most
        return view

    return declare


def body_bytes_of(app: Flask, endpoint: str) -> int:
    """How many bytes a body may have that the route ``takes``, inside an app context; 0 where it declares none."""
    declared = getattr(app.view_functions.get(endpoint), "body_bytes", None)
    return 0 if declared is None else int(declared())


def room_in(app: Flask) -> Callable[[str], int]:
    """Tells of a path to which something is sent how large a body its route ``takes``; 0 for all others."""

    def room(path: str) -> int:
        try:
            endpoint, _ = app.url_map.bind("").match(path, method="POST")
        except HTTPException:
            return 0
        with app.app_context():
            return body_bytes_of(app, endpoint)

    return room


def roles_of(app: Flask, endpoint: str) -> frozenset[str]:
    """The roles that may open the route; none where none are declared."""
    return cast("frozenset[str]", getattr(app.view_functions[endpoint], "allowed_roles", frozenset()))


def session() -> Session:
    """The session of this request; only for routes that are not open to anyone."""
    return cast(Session, g.desk_session)


def person() -> Person:
    """Who is at the desk in this request."""
    return cast(Person, g.person)


def signed(text: str) -> str:
    """The text with a mark that only this session can have made."""
    return f"{_mark(session(), f'said {text}')}{text}"


def unsigned(text: str) -> str:
    """The text that ``signed`` gave the mark; empty for any other."""
    held: Session | None = g.get("desk_session")
    mark, said = text[:_MARK], text[_MARK:]
    good = held is not None and hmac.compare_digest(
        mark.encode("utf-8", "surrogatepass"), _mark(held, f"said {said}").encode()
    )
    return said if good else ""


def guard(app: Flask) -> None:
    """Give every template ``person``, ``csrf_field()`` and ``csrf_token()``."""
    app.context_processor(lambda: {"person": g.get("person"), "csrf_field": csrf_field, "csrf_token": csrf_token})


def csrf_field() -> Markup:
    """The hidden field that every form of the desk carries; empty before somebody has signed in."""
    held: Session | None = g.get("desk_session")
    return Markup('<input type="hidden" name="{}" value="{}">').format(CSRF_FIELD, _csrf(held)) if held else Markup()


def csrf_token() -> str:
    """The same token, for scripts that send it in the header ``X-CSRF``."""
    held: Session | None = g.get("desk_session")
    return _csrf(held) if held else ""


def keep_session(response: AnyResponse, opened: Session) -> AnyResponse:
    """Puts the session's token into the browser: no script reads it, no other site's page sends it."""
    response.set_cookie(COOKIE, opened.token, path=PREFIX, secure=request.is_secure, httponly=True, samesite="Strict")
    return response


def drop_session(response: AnyResponse) -> AnyResponse:
    """Takes the token out of the browser."""
    response.delete_cookie(COOKIE, path=PREFIX, secure=request.is_secure, httponly=True, samesite="Strict")
    return response


def own_path(path: str) -> str:
    """Where to go on after signing in: a page of the desk, its first one for anything else."""
    first = url_for("console.home")
    if not path.startswith(f"{PREFIX}/") or len(path) > _NEXT_MOST or "\\" in path or not path.isprintable():
        return first
    try:
        parts = urlsplit(path)
    except ValueError:
        return first
    return first if parts.scheme or parts.netloc or ".." in parts.path.split("/") else path


@console.before_request
def _check() -> AnyResponse | None:
    g.desk_session, g.person = None, None
    held = services().desk.signing_in.session(request.cookies.get(COOKIE, ""))
    roles = roles_of(current_app, request.endpoint or "")
    g.desk_session = held
    if held is not None and not held.awaits_code:
        g.person = held.person
    most = body_bytes_of(current_app, request.endpoint or "")
    if held is not None and most:  # known before the form is looked into for its token
        request.max_content_length = most
        request.max_form_memory_size = min(most, _FIELDS_MOST)
    if request.method not in _SAFE:
        _check_form(held)
    if ANYONE in roles:
        return None
    if g.person is None or held is None:
        return _to_the_door(held)
    if held.must_change and request.endpoint not in _BEFORE_CHANGE:
        return redirect(url_for("console.password"), code=303)
    if held.person.role not in roles:
        raise AnanError("您的角色不能做这件事；需要时请找管理员。", code="not_allowed", status=403)
    return None


@console.after_request
def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _to_the_door(held: Session | None) -> AnyResponse:
    if request.method not in _SAFE:
        raise AnanError("登录已经过期，请重新登录后再做一次。", code="signed_out", status=401)
    if held is not None:
        return redirect(url_for(_CODE), code=303)
    return redirect(url_for(_DOOR, next=request.full_path.removesuffix("?")), code=303)


def _check_form(held: Session | None) -> None:
    check_same_origin()
    if held is None:
        return
    given = request.headers.get("X-CSRF") or request.form.get(CSRF_FIELD, "")
    if not hmac.compare_digest(given.encode("utf-8", "surrogatepass"), _csrf(held).encode()):
        raise AnanError("这一页放得太久了，请刷新后再提交。", code="stale_form", status=403)


def _csrf(held: Session) -> str:
    """Bound to the session, and nothing that the session's token could be told from."""
    return _mark(held, "anan csrf")


def _mark(held: Session, text: str) -> str:
    return hmac.new(held.token.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
