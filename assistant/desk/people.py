"""People of the desk: accounts, roles, departments; who is let in is in ``signing_in``."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone

from assistant.desk.passwords import check_password, hashed, is_right
from assistant.desk.plain_text import bounded, one_line, written
from assistant.desk.totp import matching_step, new_secret
from assistant.errors import BadInput, NotFound
from assistant.store import Store, StoredPerson

# What roles there are, and what people read. Who reviews may also edit; who administers may do both.
ROLES = {"editor": "编辑", "reviewer": "审核", "admin": "管理员"}
# Who did it, in the audit log, when it was done on the command line.
OPERATOR = "命令行"
NAME_MOST = 40
DEPARTMENT_MOST = 40
PEOPLE_MOST = 1_000
DEPARTMENTS_MOST = 200
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")


@dataclass(frozen=True)
class Person:
    """Somebody who works at the desk, as everything above this room knows them.

    Attributes:
        id: of the account.
        login: what stands in the audit log.
        name: what colleagues read.
        role: one of ``ROLES``.
        department: may be empty.
    """

    id: int
    login: str
    name: str
    role: str
    department: str


def person_of(stored: StoredPerson) -> Person:
    """The part of an account that anybody may know."""
    return Person(stored.id, stored.login, stored.name, stored.role, stored.department)


class People:
    """Makes and changes accounts. Each change is in the audit log with ``actor``, a login or ``OPERATOR``.

    Args:
        store: where they are kept.
        now: the clock.
    """

    def __init__(self, store: Store, now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)) -> None:
        self._kept = store.people
        self._now = now

    def all(self) -> list[StoredPerson]:
        """Every account, the active ones first."""
        return self._kept.all()

    def get(self, person_id: int) -> StoredPerson:
        """The account with this id.

        Raises:
            NotFound: there is none.
        """
        return _there(self._kept.get(person_id))

    def named(self, login: str) -> StoredPerson:
        """The account with this login, as typed.

        Raises:
            NotFound: there is none.
        """
        return _there(self._kept.by_login(folded_login(login)))

    def add(
        self, actor: str, login: str, name: str, role: str, department: str, password: str, *, must_change: bool
    ) -> StoredPerson:
        """Makes an account.

        Raises:
            BadInput: something does not do; the sentence says what.
        """
        known = folded_login(login)
        if not _LOGIN.fullmatch(known):
            raise BadInput("登录名用小写字母、数字和 . _ - 写成，2 到 32 个字符，以字母或数字开头。", code="bad_login")
        fields = {
            "login": known,
            "name": _name(name),
            "role": _role(role),
            "department": one_line(department),
            "password_hash": hashed(check_password(password, known)),
            "must_change": must_change,
        }
        return self._kept.add(actor, fields, self._now(), PEOPLE_MOST)

    def change(
        self,
        actor: str,
        person_id: int,
        *,
        name: str | None = None,
        role: str | None = None,
        department: str | None = None,
        active: bool | None = None,
    ) -> StoredPerson:
        """Changes what is given, leaves the rest. A new role, and closing, end the sessions of the account.

        Raises:
            BadInput: a value does not do, or no active admin would be left.
            NotFound: there is no such account.
        """
        given = {
            "name": None if name is None else _name(name),
            "role": None if role is None else _role(role),
            "department": None if department is None else one_line(department),
            "active": active,
        }
        fields = {each: value for each, value in given.items() if value is not None}
        return _there(self._kept.change(actor, person_id, fields))

    def set_password(self, actor: str, person_id: int, password: str) -> None:
        """Sets somebody else's password, who has to change it first thing; all sessions end.

        Raises:
            BadInput: the password does not do.
            NotFound: there is no such account.
        """
        found = self.get(person_id)
        _done(self._kept.set_password(actor, person_id, self._hash(password, found), must_change=actor != OPERATOR))

    def change_password(self, person_id: int, old: str, new: str, keep: str) -> None:
        """Changes one's own password; every session but the one with token hash ``keep`` ends.

        Raises:
            BadInput: the old one is wrong, or the new one does not do.
        """
        found = self.get(person_id)
        self._check_own(found, old)
        password_hash = self._hash(new, found)
        if is_right(new, found.password_hash):
            raise BadInput("新密码和原来的一样，请换一个。", code="password_same")
        _done(self._kept.set_password(found.login, person_id, password_hash, must_change=False, keep=keep))

    def offer_totp(self, person_id: int) -> str:
        """A new secret that waits for its first code."""
        secret = new_secret()
        self._kept.offer_totp(person_id, secret)
        return secret

    def start_totp(self, person_id: int, code: str, keep: str) -> None:
        """From now on a code is asked for, if this one shows that the app has the secret.

        Raises:
            BadInput: the code is wrong, or no secret was offered.
        """
        found = self.get(person_id)
        step = matching_step(found.totp_offered, code, self._now().timestamp()) if found.totp_offered else None
        if step is None:
            raise BadInput("动态码不对。请核对手机的时间，输入应用里现在显示的 6 位数字。", code="bad_code")
        _done(self._kept.start_totp(found.login, person_id, found.totp_offered or "", step, keep))

    def stop_own_totp(self, person_id: int, password: str, keep: str) -> None:
        """No code is asked for any more.

        Raises:
            BadInput: the password is wrong.
        """
        found = self.get(person_id)
        self._check_own(found, password)
        _done(self._kept.stop_totp(found.login, person_id, keep))

    def stop_totp(self, actor: str, person_id: int) -> None:
        """Somebody lost their telephone: no code is asked for, all sessions end.

        Raises:
            NotFound: there is no such account.
        """
        _done(self._kept.stop_totp(actor, person_id))

    # Departments

    def departments(self) -> list[str]:
        """Their names in order."""
        return self._kept.departments()

    def add_department(self, actor: str, name: str) -> None:
        """Makes a department.

        Raises:
            BadInput: its name does not do or is taken.
        """
        plain = bounded(written(one_line(name), "部门的名称"), DEPARTMENT_MOST, "部门的名称")
        self._kept.add_department(actor, plain, self._now(), DEPARTMENTS_MOST)

    def remove_department(self, actor: str, name: str) -> None:
        """Removes a department.

        Raises:
            BadInput: an account belongs to it.
            NotFound: there is none of this name.
        """
        if not self._kept.remove_department(actor, name):
            raise NotFound("没有这个部门。")

    def _check_own(self, found: StoredPerson, password: str) -> None:
        if not is_right(password, found.password_hash):
            raise BadInput("当前的密码不对。", code="password_wrong")

    def _hash(self, password: str, of: StoredPerson) -> str:
        return hashed(check_password(password, of.login))


def folded_login(login: str) -> str:
    """A login as it is kept, however it was typed."""
    return one_line(login[:200]).lower()


def _name(name: str) -> str:
    return bounded(written(one_line(name), "姓名"), NAME_MOST, "姓名")


def _role(role: str) -> str:
    if role not in ROLES:
        raise BadInput(f"角色应当是{'、'.join(ROLES.values())}中的一种。", code="bad_role")
    return role


def _there(found: StoredPerson | None) -> StoredPerson:
    if found is None:
        raise NotFound("没有这个账号。", code="person_unknown")
    return found


def _done(changed: bool) -> None:
    if not changed:
        raise NotFound("没有这个账号。", code="person_unknown")
