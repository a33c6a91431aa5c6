"""The accounts of the desk and its departments; each method is one transaction, what changes is in the audit log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from assistant.errors import BadInput
from assistant.store.audit_table import record
from assistant.store.database import Database
from assistant.store.desk_models import DepartmentRow, PersonRow, SessionRow
from assistant.store.desk_records import StoredPerson

PERSON_COLUMNS = tuple(getattr(PersonRow, name) for name in StoredPerson.__dataclass_fields__)
_PERSON = select(*PERSON_COLUMNS)
# What an admin may change of an account, and the audit log shows.
CHANGEABLE = ("name", "role", "department", "active")


class PeopleTable:
    """Accounts and departments in and out of their tables; usable and failing like ``MessageTable``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[StoredPerson]:
        """Every account, the active ones first, by login."""
        with self._database.read() as connection:
            rows = connection.execute(_PERSON.order_by(PersonRow.active.desc(), PersonRow.login))
            return [StoredPerson(*row) for row in rows]

    def get(self, person_id: int) -> StoredPerson | None:
        """The account with this id."""
        return self._one(PersonRow.id == person_id)

    def by_login(self, login: str) -> StoredPerson | None:
        """The account with this login, as it is kept."""
        return self._one(PersonRow.login == login)

    def add(self, actor: str, fields: Mapping[str, Any], created: datetime, most: int) -> StoredPerson:
        """Makes an account of login, name, role, department, password_hash and must_change.

        Raises:
            BadInput: the login is taken, or there are ``most`` accounts already.
        """
        row = {**fields, "active": True, "totp_step": 0, "created": created}
        with self._database.write() as connection:
            if connection.execute(select(func.count()).select_from(PersonRow)).scalar_one() >= most:
                raise BadInput(f"账号已有 {most} 个，不能再添加。", code="people_full")
            if connection.execute(_PERSON.where(PersonRow.login == fields["login"])).first() is not None:
                raise BadInput("这个登录名已经有人用了。", code="login_taken")
            _check_department(connection, fields["department"])
            made = connection.execute(insert(PersonRow).returning(*PERSON_COLUMNS), row).one()
            shown = {name: fields[name] for name in ("name", "role", "department")}
            record(connection, actor, "person.added", _subject(fields["login"]), shown)
        return StoredPerson(*made)

    def change(self, actor: str, person_id: int, fields: Mapping[str, Any]) -> StoredPerson | None:
        """Changes some of ``CHANGEABLE``; None when there is no such account. Closing one ends its sessions.

        Raises:
            BadInput: no active admin would be left; a department that is not there.
        """
        if not set(fields) <= set(CHANGEABLE):
            raise ValueError(f"not to be changed: {set(fields) - set(CHANGEABLE)}")
        with self._database.write() as connection:
            found = connection.execute(_PERSON.where(PersonRow.id == person_id)).one_or_none()
            if found is None:
                return None
            before = StoredPerson(*found)
            new = {name: value for name, value in fields.items() if getattr(before, name) != value}
            if not new:
                return before
            if "department" in new:
                _check_department(connection, new["department"])
            connection.execute(update(PersonRow).where(PersonRow.id == person_id).values(**new))
            if before.role == "admin" and before.active:
                _check_admins(connection)
            if "active" in new or "role" in new:  # what was allowed before is asked for again
                connection.execute(delete(SessionRow).where(SessionRow.person_id == person_id))
            shown = {name: [getattr(before, name), value] for name, value in new.items()}
            record(connection, actor, "person.changed", _subject(before.login), shown)
            after = connection.execute(_PERSON.where(PersonRow.id == person_id)).one()
        return StoredPerson(*after)

    def set_password(
        self, actor: str, person_id: int, password_hash: str, *, must_change: bool, keep: str = ""
    ) -> bool:
        """Sets a password and ends all sessions but the one whose token hash is ``keep``; False without the account."""
        values = {"password_hash": password_hash, "must_change": must_change}
        return self._secretly(actor, person_id, values, "person.password", keep)

    def offer_totp(self, person_id: int, secret: str) -> None:
        """Keeps a secret until its first code comes."""
        with self._database.write() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == person_id).values(totp_offered=secret))

    def start_totp(self, actor: str, person_id: int, secret: str, step: int, keep: str) -> bool:
        """From now on a code is asked for; ``step`` is the one just used."""
        values = {"totp_secret": secret, "totp_offered": None, "totp_step": step}
        return self._secretly(actor, person_id, values, "person.totp_on", keep)

    def stop_totp(self, actor: str, person_id: int, keep: str = "") -> bool:
        """No code is asked for any more."""
        values: dict[str, Any] = {"totp_secret": None, "totp_offered": None, "totp_step": 0}
        return self._secretly(actor, person_id, values, "person.totp_off", keep)

    def use_step(self, person_id: int, step: int) -> bool:
        """Takes the code of a time step; False when this one, or a later one, was taken before."""
        later = update(PersonRow).where(PersonRow.id == person_id, PersonRow.totp_step < step).values(totp_step=step)
        with self._database.write() as connection:
            return connection.execute(later).rowcount > 0

    # Departments

    def departments(self) -> list[str]:
        """Their names in order."""
        with self._database.read() as connection:
            return list(connection.execute(select(DepartmentRow.name).order_by(DepartmentRow.name)).scalars())

    def add_department(self, actor: str, name: str, created: datetime, most: int) -> None:
        """Makes a department.

        Raises:
            BadInput: it is there, or there are ``most`` already.
        """
        with self._database.write() as connection:
            held = set(connection.execute(select(DepartmentRow.name)).scalars())
            if name in held:
                raise BadInput("已经有这个部门了。", code="department_taken")
            if len(held) >= most:
                raise BadInput(f"部门已有 {most} 个，不能再添加。", code="departments_full")
            connection.execute(insert(DepartmentRow), {"name": name, "created": created})
            record(connection, actor, "department.added", f"department:{name}", {})

    def remove_department(self, actor: str, name: str) -> bool:
        """Removes a department; False when there is none of this name.

        Raises:
            BadInput: an account belongs to it.
        """
        with self._database.write() as connection:
            members = select(func.count()).select_from(PersonRow).where(PersonRow.department == name)
            if count := connection.execute(members).scalar_one():
                raise BadInput(f"还有 {count} 个账号属于这个部门，请先改到别的部门。", code="department_used")
            removed = connection.execute(delete(DepartmentRow).where(DepartmentRow.name == name)).rowcount > 0
            if removed:
                record(connection, actor, "department.removed", f"department:{name}", {})
        return removed

    def _one(self, condition: Any) -> StoredPerson | None:
        with self._database.read() as connection:
            row = connection.execute(_PERSON.where(condition)).one_or_none()
        return None if row is None else StoredPerson(*row)

    def _secretly(self, actor: str, person_id: int, values: Mapping[str, Any], action: str, keep: str) -> bool:
        """A change of how somebody signs in: logged without its values, and every other session ends."""
        with self._database.write() as connection:
            login = connection.execute(select(PersonRow.login).where(PersonRow.id == person_id)).scalar()
            if login is None:
                return False
            connection.execute(update(PersonRow).where(PersonRow.id == person_id).values(**values))
            others = (SessionRow.person_id == person_id, SessionRow.token_hash != keep)
            connection.execute(delete(SessionRow).where(*others))
            record(connection, actor, action, _subject(login), {})
        return True


def _check_admins(connection: Connection) -> None:
    admins = select(func.count()).select_from(PersonRow).where(PersonRow.role == "admin", PersonRow.active)
    if connection.execute(admins).scalar_one() == 0:
        raise BadInput("至少要有一个在用的管理员账号。", code="last_admin")


def _check_department(connection: Connection, name: str) -> None:
    known = select(DepartmentRow.name).where(DepartmentRow.name == name)
    if name and connection.execute(known).first() is None:
        raise BadInput(f"没有名为“{name}”的部门，请先添加这个部门。", code="department_unknown")


def _subject(login: str) -> str:
    return f"person:{login}"
