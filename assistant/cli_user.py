"""``anan user`` and ``anan audit``: the accounts of the staff's desk, and whether its audit log is whole."""

import json
import sys
from typing import TYPE_CHECKING

import click

from assistant.cli_parts import on_one_line, told
from assistant.errors import BadInput

if TYPE_CHECKING:
    from assistant.store import StoredPerson

# As ``desk.people.ROLES``, which is imported when a command runs; a test holds them equal.
ROLE_NAMES = ("editor", "reviewer", "admin")
# A password with its line end; more is somebody's file.
_LINE_MOST = 1_000


@click.group()
def user() -> None:
    """工作人员的账号：添加、列出、改密码、改角色、停用。"""


@user.command("add")
@click.argument("login")
@click.option("--name", help="姓名；不写就与登录名相同。")
@click.option("--role", type=click.Choice(ROLE_NAMES), default="editor", show_default=True, help="角色。")
@click.option("--department", default="", help="部门；没有的会一并添加。")
@click.pass_context
@told
def add(context: click.Context, login: str, name: str | None, role: str, department: str) -> None:
    """添加账号。密码在终端里输入，或从标准输入读一行；命令行里不写密码。"""
    from assistant.desk import OPERATOR, opened_desk

    with opened_desk(context.obj) as desk:
        password = _password()
        if department and department not in desk.people.departments():
            desk.people.add_department(OPERATOR, department)
        made = desk.people.add(OPERATOR, login, name or login, role, department, password, must_change=False)
    click.echo(f"已添加 {made.login}（{on_one_line(made.name)}，{made.role}）。")


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
@told
def list_people(context: click.Context, as_json: bool) -> None:
    """列出账号。"""
    from assistant.desk import ROLES, opened_desk

    with opened_desk(context.obj) as desk:
        people = desk.people.all()
    if as_json:
        click.echo(json.dumps([_row(each) for each in people], ensure_ascii=False, indent=2))
        return
    for each in people:
        state = "在用" if each.active else "已停用"
        code = "有动态码" if each.totp_secret else "－"
        told_by = (each.login, on_one_line(each.name), ROLES[each.role], on_one_line(each.department) or "－")
        click.echo("\t".join((*told_by, code, state)))
    if not people:
        click.echo("还没有账号；请运行 anan user add 登录名 --role admin", err=True)


@user.command("password")
@click.argument("login")
@click.option("--reset-totp", is_flag=True, help="同时关闭动态码（手机丢了的时候）。")
@click.pass_context
@told
def set_password(context: click.Context, login: str, reset_totp: bool) -> None:
    """设新密码，并退出这个账号的所有登录。密码在终端里输入，或从标准输入读一行。"""
    from assistant.desk import OPERATOR, opened_desk

    with opened_desk(context.obj) as desk:
        found = desk.people.named(login)
        desk.people.set_password(OPERATOR, found.id, _password())
        if reset_totp:
            desk.people.stop_totp(OPERATOR, found.id)
        desk.signing_in.forgive(found.login)
    click.echo(f"已设好 {found.login} 的密码。")


@user.command("role")
@click.argument("login")
@click.argument("role", type=click.Choice(ROLE_NAMES))
@click.pass_context
@told
def set_role(context: click.Context, login: str, role: str) -> None:
    """改角色：editor 编辑，reviewer 审核，admin 管理员。"""
    from assistant.desk import OPERATOR, opened_desk

    with opened_desk(context.obj) as desk:
        found = desk.people.named(login)
        desk.people.change(OPERATOR, found.id, role=role)
    click.echo(f"{found.login} 现在是 {role}。")


@user.command("disable")
@click.argument("login")
@click.pass_context
@told
def disable(context: click.Context, login: str) -> None:
    """停用账号，它的登录立即失效；做过的事仍留在操作记录里。"""
    _set_active(context, login, active=False)
    click.echo("已停用。")


@user.command("enable")
@click.argument("login")
@click.pass_context
@told
def enable(context: click.Context, login: str) -> None:
    """重新启用账号。"""
    _set_active(context, login, active=True)
    click.echo("已启用。")


@click.group()
def audit() -> None:
    """工作台的操作记录。"""


@audit.command("verify")
@click.option("--head", default="", help="以前抄下的末条指纹：核对记录的末尾有没有被截去。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
@told
def verify(context: click.Context, head: str, as_json: bool) -> None:
    """核对操作记录的链：改过、从中间删过、换过次序的都能发现。不完整的返回 1。

    只截去末尾若干条，单凭记录自身看不出来；请定期把打印的末条指纹抄在别处，以后用 --head 核对。
    """
    from assistant.desk import opened_desk

    with opened_desk(context.obj) as desk:
        found = desk.audit.verify(head)
    whole = found.broken_at is None and found.held_before is not False
    if as_json:
        click.echo(json.dumps({**vars(found), "whole": whole}, ensure_ascii=False, indent=2))
    elif found.broken_at is not None:
        click.echo(f"操作记录被动过：第 {found.broken_at} 条与前一条接不上。")
    elif found.held_before is False:
        click.echo("操作记录里没有这个指纹：记录的末尾被截去过，或者指纹抄错了。")
    else:
        click.echo(f"操作记录完整，共 {found.entries} 条。")
        click.echo(f"末条指纹：{found.head}")
        if not head:
            click.echo("末尾被截去单凭记录看不出来；请把这个指纹抄在别处，以后用 --head 核对。")
    if not whole:
        sys.exit(1)


def _set_active(context: click.Context, login: str, *, active: bool) -> None:
    from assistant.desk import OPERATOR, opened_desk

    with opened_desk(context.obj) as desk:
        desk.people.change(OPERATOR, desk.people.named(login).id, active=active)


def _password() -> str:
    """Typed twice at a terminal, else one line of standard input; never an argument, which every process can see."""
    if sys.stdin.isatty():
        typed: str = click.prompt("密码", hide_input=True, confirmation_prompt="再输一遍")
        return typed
    line = sys.stdin.readline(_LINE_MOST).rstrip("\r\n")
    if not line:
        raise BadInput("没有读到密码：请在终端里运行，或把密码作为一行写进标准输入。", code="password_missing")
    return line


def _row(person: "StoredPerson") -> dict[str, object]:
    return {
        "login": person.login,
        "name": person.name,
        "role": person.role,
        "department": person.department,
        "totp": person.totp_secret is not None,
        "active": person.active,
        "created": person.created.isoformat(timespec="seconds"),
    }
