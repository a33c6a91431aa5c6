"""Accounts and departments, as the admin looks after them."""

from typing import Any

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from assistant.desk import DEPARTMENT_MOST, NAME_MOST, PASSWORD_LEAST, PASSWORD_MOST, ROLES
from assistant.errors import AnanError, BadInput
from assistant.site.console.access import allowed, console, person
from assistant.site.console.shell import done
from assistant.site.context import services
from assistant.site.errors import told


@console.get("/people")
@allowed("admin")
def people() -> str:
    """Show every account."""
    return render_template("desk/people.html", people=services().desk.people.all(), roles=ROLES)


@console.get("/people/new")
@allowed("admin")
def new_person() -> Response:
    """Show the form for a new account."""
    return _new_form({"role": "editor"})


@console.post("/people/new")
@allowed("admin")
def add_person() -> AnyResponse:
    """Make an account; its password has to be changed at the first sign-in."""
    sent = {each: request.form.get(each, "") for each in ("login", "name", "role", "department")}
    try:
        made = services().desk.accounts.add(person(), **sent, password=request.form.get("password", ""))
    except AnanError as error:
        return _new_form(sent, told(error), error.status)
    return done(f"已添加账号 {made.login}。请把登录名和密码当面告诉本人，第一次登录时要改密码。", "console.people")


@console.get("/people/<int:person_id>")
@allowed("admin")
def one_person(person_id: int) -> Response:
    """Show one account and what may be done with it."""
    return _person_page(person_id)


@console.post("/people/<int:person_id>")
@allowed("admin")
def change_person(person_id: int) -> AnyResponse:
    """Change the name, the role and the department; one's own role stays."""
    name, role, department = (request.form.get(each) for each in ("name", "role", "department"))
    try:
        changed = services().desk.accounts.change(person(), person_id, name=name, role=role, department=department)
    except BadInput as error:
        sent = {"name": name, "role": role, "department": department}
        return _person_page(person_id, told(error), error.status, sent)
    return done(f"已修改账号 {changed.login}。", "console.one_person", person_id=person_id)


@console.post("/people/<int:person_id>/active")
@allowed("admin")
def set_active(person_id: int) -> AnyResponse:
    """Close an account (``active`` is 0) or open it again (1); not one's own."""
    active = request.form.get("active", "")
    if active not in ("0", "1"):
        raise BadInput("active 应当是 0 或 1。", code="bad_active")
    try:
        changed = services().desk.accounts.set_active(person(), person_id, active=active == "1")
    except BadInput as error:
        return _person_page(person_id, told(error), error.status)
    word = "启用" if changed.active else "停用，它的登录已经失效"
    return done(f"账号 {changed.login} 已{word}。", "console.one_person", person_id=person_id)


@console.post("/people/<int:person_id>/password")
@allowed("admin")
def reset_password(person_id: int) -> AnyResponse:
    """Set somebody else's password; they have to change it, and are signed out."""
    try:
        services().desk.accounts.set_password(person(), person_id, request.form.get("password", ""))
    except BadInput as error:
        return _person_page(person_id, told(error), error.status)
    return done("密码已重设，请当面告诉本人。", "console.one_person", person_id=person_id)


@console.post("/people/<int:person_id>/totp-off")
@allowed("admin")
def reset_totp(person_id: int) -> AnyResponse:
    """Somebody lost their telephone: no code is asked for until they switch it on anew."""
    try:
        services().desk.accounts.stop_totp(person(), person_id)
    except BadInput as error:
        return _person_page(person_id, told(error), error.status)
    return done("动态码已关闭，这个账号的登录已退出。", "console.one_person", person_id=person_id)


@console.post("/people/<int:person_id>/sign-out")
@allowed("admin")
def sign_person_out(person_id: int) -> AnyResponse:
    """End every session of somebody."""
    services().desk.accounts.sign_out(person(), person_id)
    return done("这个账号的登录已全部退出。", "console.one_person", person_id=person_id)


@console.get("/departments")
@allowed("admin")
def departments() -> Response:
    """Show every department and who belongs to it."""
    return _departments_page()


@console.post("/departments")
@allowed("admin")
def add_department() -> AnyResponse:
    """Make a department."""
    try:
        services().desk.people.add_department(person().login, request.form.get("name", ""))
    except BadInput as error:
        return _departments_page(told(error), error.status)
    return done("已添加部门。", "console.departments")


@console.post("/departments/remove")
@allowed("admin")
def remove_department() -> AnyResponse:
    """Remove a department that nobody belongs to."""
    try:
        services().desk.people.remove_department(person().login, request.form.get("name", ""))
    except BadInput as error:
        return _departments_page(told(error), error.status)
    return done("已删除部门。", "console.departments")


def _new_form(sent: dict[str, str], refusal: str = "", status: int = 200) -> Response:
    page = render_template("desk/person_new.html", sent=sent, refusal=refusal, **_choices())
    return Response(page, status=status, mimetype="text/html")


def _person_page(
    person_id: int, refusal: str = "", status: int = 200, sent: dict[str, str | None] | None = None
) -> Response:
    found = services().desk.people.get(person_id)
    kept = {"name": found.name, "role": found.role, "department": found.department}
    page = render_template(
        "desk/person.html",
        found=found,
        sent={**kept, **{each: value for each, value in (sent or {}).items() if value is not None}},
        browsers=services().desk.signing_in.browsers(person_id),
        oneself=person_id == person().id,
        refusal=refusal,
        **_choices(),
    )
    return Response(page, status=status, mimetype="text/html")


def _departments_page(refusal: str = "", status: int = 200) -> Response:
    members: dict[str, list[str]] = {name: [] for name in services().desk.people.departments()}
    for each in services().desk.people.all():
        if each.department in members:
            members[each.department].append(each.name)
    page = render_template("desk/departments.html", members=members, refusal=refusal, most=DEPARTMENT_MOST)
    return Response(page, status=status, mimetype="text/html")


def _choices() -> dict[str, Any]:
    return {
        "roles": ROLES,
        "departments": services().desk.people.departments(),
        "name_most": NAME_MOST,
        "least": PASSWORD_LEAST,
        "most": PASSWORD_MOST,
    }
