"""``/api/v1/desk``: the desk for other systems, by token. No cookie counts here, so no other site's page can use one.

@desk_api.get("/people")
@scoped("people:read")
def people() -> Response: ...
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Blueprint, Response, current_app, g, jsonify, request

from assistant.desk import PER_PAGE, SCOPES
from assistant.errors import AnanError, BadInput
from assistant.site.console.audit import asked_entries
from assistant.site.context import services
from assistant.store import AuditEntry, StoredPerson, StoredToken

DESK_API = "/api/v1/desk"
_ENTRIES_MOST = 1_000
_HEAD_MOST = 400
_BEARER = "Bearer "

desk_api = Blueprint("desk_api", __name__, url_prefix=DESK_API)
_View = TypeVar("_View", bound=Callable[..., Any])


def scoped(scope: str) -> Callable[[_View], _View]:
    """Declares which scope a token needs for a route; a route without one is closed."""
    if scope not in SCOPES:
        raise ValueError(f"no such scope: {scope}")

    def declare(view: _View) -> _View:
        view.__dict__["scope"] = scope
        return view

    return declare


def token() -> StoredToken:
    """The token of this request; ``desk.token_actor`` names it for the audit log."""
    return cast(StoredToken, g.desk_token)


@desk_api.before_request
def _check() -> None:
    given = request.headers.get("Authorization", "")
    found = services().desk.tokens.check(given.removeprefix(_BEARER)) if given.startswith(_BEARER) else None
    if found is None:
        raise AnanError("请在请求头 Authorization 里给出有效的令牌：Bearer anan_…", code="token_needed", status=401)
    needed = getattr(current_app.view_functions[request.endpoint or ""], "scope", None)
    if needed not in found.scopes:
        raise AnanError("这个令牌没有做这件事的权限。", code="scope_missing", status=403)
    g.desk_token = found


@desk_api.after_request
def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@desk_api.get("/people")
@scoped("people:read")
def people() -> Response:
    """List the accounts."""
    return jsonify({"people": [_person_shape(each) for each in services().desk.people.all()]})


@desk_api.get("/departments")
@scoped("people:read")
def departments() -> Response:
    """List the departments."""
    return jsonify({"departments": services().desk.people.departments()})


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


def _person_shape(person: StoredPerson) -> dict[str, Any]:
    return {
        "id": person.id,
        "login": person.login,
        "name": person.name,
        "role": person.role,
        "department": person.department,
        "active": person.active,
        "totp": person.totp_secret is not None,
        "created": person.created.isoformat(timespec="seconds"),
    }


def _entry_shape(entry: AuditEntry) -> dict[str, Any]:
    return {**vars(entry)}
