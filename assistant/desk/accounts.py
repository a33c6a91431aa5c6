"""Who at the desk may change whose account: an admin, but not their own; and of a token, no admin's at all.

``people`` says what an account may be; here is who decides it, for the pages and for other systems alike.
"""

from assistant.desk.people import People, Person
from assistant.desk.signing_in import SigningIn
from assistant.errors import AnanError, BadInput
from assistant.store import StoredPerson


class Accounts:
    """The accounts as an admin looks after them; each change is in the audit log with who made it.

    Args:
        people: what accounts may be.
        signing_in: their sessions.
        by_token: whether another system does it for the admin. It touches no admin's account and makes none, so that
            whoever holds the token gains nothing that it does not say: no other scope, and no admin's password.

    Every method that names an account raises:
        NotFound: there is none.
        BadInput: it is one's own (``own_account``), or a value does not do.
        AnanError: it is an admin's, and a token asks (403, ``admin_account``).
    """

    def __init__(self, people: People, signing_in: SigningIn, *, by_token: bool = False) -> None:
        self._people = people
        self._signing_in = signing_in
        self._by_token = by_token

    def of_token(self) -> "Accounts":
        """The same for what a token asks for."""
        return Accounts(self._people, self._signing_in, by_token=True)

    def add(self, by: Person, login: str, name: str, role: str, department: str, password: str) -> StoredPerson:
        """Makes an account, whose password has to be changed at the first sign-in."""
        self._check_role(role)
        return self._people.add(by.login, login, name, role, department, password, must_change=True)

    def change(
        self, by: Person, person_id: int, *, name: str | None, role: str | None, department: str | None
    ) -> StoredPerson:
        """Changes what is given; one's own role stays."""
        if role not in (None, by.role):
            _check_not_oneself(by, person_id)
        self._check_person(person_id)
        self._check_role(role)
        return self._people.change(by.login, person_id, name=name, role=role, department=department)

    def set_active(self, by: Person, person_id: int, *, active: bool) -> StoredPerson:
        """Closes an account, or opens it again."""
        self._check_other(by, person_id)
        return self._people.change(by.login, person_id, active=active)

    def set_password(self, by: Person, person_id: int, password: str) -> None:
        """Sets a password for one sign-in, at which it has to be changed; all sessions end, tries are forgotten."""
        self._check_other(by, person_id)
        self._people.set_password(by.login, person_id, password)
        self._signing_in.forgive(self._people.get(person_id).login)

    def stop_totp(self, by: Person, person_id: int) -> None:
        """Asks for no code any more, for somebody who lost their telephone; all sessions end."""
        self._check_other(by, person_id)
        self._people.stop_totp(by.login, person_id)

    def sign_out(self, by: Person, person_id: int) -> None:
        """Ends every session of an account."""
        self._people.get(person_id)
        self._check_person(person_id)
        self._signing_in.leave_everywhere(by.login, person_id)

    def _check_other(self, by: Person, person_id: int) -> None:
        self._people.get(person_id)
        _check_not_oneself(by, person_id)
        self._check_person(person_id)

    def _check_person(self, person_id: int) -> None:
        if self._by_token:
            self._check_role(self._people.get(person_id).role)

    def _check_role(self, role: str | None) -> None:
        if self._by_token and role == "admin":
            raise AnanError("管理员的账号只能在工作台的页面上添加和改动。", code="admin_account", status=403)


def _check_not_oneself(by: Person, person_id: int) -> None:
    if person_id == by.id:
        raise BadInput("自己的角色、停用、动态码和密码重设，请由另一位管理员来做。", code="own_account")
