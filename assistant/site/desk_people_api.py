"""``/api/v1/desk``: accounts and departments for other systems, by the rules of the pages (``desk.accounts``).

No answer holds a password, and what a token asks for touches no admin's account.
"""

from typing import Any

from flask import Response, jsonify

from assistant.errors import BadInput
from assistant.site.body import flag_of, json_object, text_of
from assistant.site.context import services
from assistant.site.desk_api import acting, desk_api, scoped
from assistant.store import StoredPerson

_STEP_BYTES = 16 * 1024


@desk_api.get("/people")
@scoped("people:read")
def people() -> Response:
    """List the accounts."""
    return jsonify({"people": [_person_shape(each) for each in services().desk.people.all()]})


@desk_api.get("/people/<int:person_id>")
@scoped("people:read")
def person(person_id: int) -> Response:
    """Give one account."""
    return jsonify(_person_shape(services().desk.people.get(person_id)))


@desk_api.post("/people")
@scoped("people:write")
def add_person() -> tuple[Response, int]:
    """Make an account; its password has to be changed at the first sign-in."""
    body = json_object(_STEP_BYTES)
    fields = {name: text_of(body, name) or "" for name in ("login", "name", "role", "department", "password")}
    return jsonify(_person_shape(services().desk.accounts.of_token().add(acting(), **fields))), 201


@desk_api.post("/people/<int:person_id>")
@scoped("people:write")
def change_person(person_id: int) -> Response:
    """Change the name, the role or the department; what is left out stays."""
    body = json_object(_STEP_BYTES)
    given = {name: text_of(body, name) for name in ("name", "role", "department")}
    if all(each is None for each in given.values()):
        raise BadInput("请写出要改的：name、role 或 department。", code="no_change")
    return jsonify(_person_shape(services().desk.accounts.of_token().change(acting(), person_id, **given)))


@desk_api.post("/people/<int:person_id>/active")
@scoped("people:write")
def set_person_active(person_id: int) -> Response:
    """Close an account, or open it again."""
    body = json_object(_STEP_BYTES)
    if body.get("active") is None:
        raise BadInput("active 应当是 true 或 false。", code="bad_type")
    accounts = services().desk.accounts.of_token()
    return jsonify(_person_shape(accounts.set_active(acting(), person_id, active=flag_of(body, "active"))))


@desk_api.post("/people/<int:person_id>/password")
@scoped("people:write")
def set_person_password(person_id: int) -> Response:
    """Set a password for one sign-in, at which it has to be changed; all sessions of the account end."""
    password = text_of(json_object(_STEP_BYTES), "password") or ""
    services().desk.accounts.of_token().set_password(acting(), person_id, password)
    return _now(person_id)


@desk_api.post("/people/<int:person_id>/totp-off")
@scoped("people:write")
def stop_person_totp(person_id: int) -> Response:
    """Ask for no code any more, until they switch it on anew; all sessions of the account end."""
    json_object(_STEP_BYTES)
    services().desk.accounts.of_token().stop_totp(acting(), person_id)
    return _now(person_id)


@desk_api.post("/people/<int:person_id>/sign-out")
@scoped("people:write")
def sign_person_out(person_id: int) -> Response:
    """End every session of an account."""
    json_object(_STEP_BYTES)
    services().desk.accounts.of_token().sign_out(acting(), person_id)
    return _now(person_id)


@desk_api.get("/departments")
@scoped("people:read")
def departments() -> Response:
    """List the departments."""
    return _departments()


@desk_api.post("/departments")
@scoped("people:write")
def add_department() -> tuple[Response, int]:
    """Make a department."""
    services().desk.people.add_department(acting().login, text_of(json_object(_STEP_BYTES), "name") or "")
    return _departments(), 201


@desk_api.post("/departments/remove")
@scoped("people:write")
def remove_department() -> Response:
    """Remove a department that nobody belongs to."""
    services().desk.people.remove_department(acting().login, text_of(json_object(_STEP_BYTES), "name") or "")
    return _departments()


def _now(person_id: int) -> Response:
    """The account after a step."""
    return jsonify(_person_shape(services().desk.people.get(person_id)))


def _departments() -> Response:
    return jsonify({"departments": services().desk.people.departments()})


def _person_shape(stored: StoredPerson) -> dict[str, Any]:
    return {
        "id": stored.id,
        "login": stored.login,
        "name": stored.name,
        "role": stored.role,
        "department": stored.department,
        "active": stored.active,
        "totp": stored.totp_secret is not None,
        "created": stored.created.isoformat(timespec="seconds"),
    }
