"""``/api/v1/desk``: the desk for other systems, by token. No cookie counts here, so no other site's page can use one.

    @desk_api.get("/people")
    @scoped("people:read")
    def people() -> Response: ...

What changes something is done for the person the token acts for: by their role, in their name, by the pages' own rules.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Blueprint, Response, current_app, g, jsonify, request

from assistant.desk import ACTING, PER_PAGE, SCOPES, Person, Staff, person_of, token_hand
from assistant.errors import AnanError, BadInput
from assistant.site.console.access import body_bytes_of
from assistant.site.console.audit import asked_entries
from assistant.site.context import services
from assistant.store import AuditEntry, StoredToken
from assistant.store.audit_table import through

DESK_API = "/api/v1/desk"
_ENTRIES_MOST = 1_000
_HEAD_MOST = 400
_BEARER = "Bearer "

desk_api = Blueprint("desk_api", __name__, url_prefix=DESK_API)
_View = TypeVar("_View", bound=Callable[..., Any])


@dataclass(frozen=True)
class System:
    """Another system as the rules of the desk know it: it sees all, handles nothing, and so meets no contact."""

    login: str = ""
    role: str = "reviewer"
    department: str = ""


def scoped(scope: str) -> Callable[[_View], _View]:
    """Declares which scope a token needs for a route; a route without one is closed."""
    if scope not in SCOPES:
        raise ValueError(f"no such scope: {scope}")

    def declare(view: _View) -> _View:
        @wraps(view)
        def by_token(*args: Any, **names: Any) -> Any:
            with through(token_hand(token())):
                return view(*args, **names)

        by_token.__dict__["scope"] = scope
        return cast(_View, by_token)

    return declare


def token() -> StoredToken:
    """The token of this request."""
    return cast(StoredToken, g.desk_token)


def demand(scope: str) -> None:
    """Refuses what the token of this request has no such scope for, beside the one that its route declares.

    Raises:
        AnanError: it has none (403).
    """
    if scope not in token().scopes:
        raise AnanError("这个令牌没有做这件事的权限。", code="scope_missing", status=403)


def acting() -> Person:
    """The person that this request acts for; only for routes whose scope is one of ``ACTING``."""
    return cast(Person, g.desk_person)


def looking() -> Staff:
    """Who looks: the person that the token acts for, or else a system that sees all but contacts."""
    return cast("Person | None", g.desk_person) or System()


@desk_api.before_request
def _check() -> None:
    given = request.headers.get("Authorization", "")
    tokens = services().desk.tokens
    found = tokens.check(given.removeprefix(_BEARER)) if given.startswith(_BEARER) else None
    if found is None:
        raise AnanError("请在请求头 Authorization 里给出有效的令牌：Bearer anan_…", code="token_needed", status=401)
    needed = str(getattr(current_app.view_functions[request.endpoint or ""], "scope", ""))
    g.desk_token = found
    demand(needed)
    if most := body_bytes_of(current_app, request.endpoint or ""):
        request.max_content_length = most
    g.desk_person = _person_acted_for(found, needed)


def _person_acted_for(token: StoredToken, scope: str) -> Person | None:
    if not token.acts_for:
        return None
    stored = services().desk.tokens.person_of(token)
    if stored is None:
        raise AnanError("这个令牌代办的账号已经停用。", code="account_closed", status=403)
    if scope in ACTING and stored.role not in ACTING[scope]:
        raise AnanError("这个令牌代办的人，现在的角色不能做这件事。", code="not_allowed", status=403)
    return person_of(stored)


@desk_api.after_request
def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@desk_api.get("/audit")
@scoped("audit:read")
def audit() -> Response:
    """List entries of the audit log, the newest first; the filters are those of the page."""
    typed = request.args.get("limit", str(PER_PAGE))
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= _ENTRIES_MOST):
        raise BadInput(f"limit 应当在 1 到 {_ENTRIES_MOST} 之间。", code="bad_limit")
    found = services().desk.audit.entries(asked_entries(), int(typed))
    return jsonify({"entries": [_entry_shape(each) for each in found]})


@desk_api.get("/audit/verify")
@scoped("audit:read")
def verify() -> Response:
    """Compute the whole chain anew."""
    head = request.args.get("head", "")
    if len(head) > _HEAD_MOST:
        raise BadInput("指纹是 64 位的十六进制数。", code="bad_head")
    found = services().desk.audit.verify(head)
    return jsonify({**vars(found), "whole": found.broken_at is None and found.held_before is not False})


def _entry_shape(entry: AuditEntry) -> dict[str, Any]:
    return {**vars(entry)}
