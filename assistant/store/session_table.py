"""Signed-in browsers and tries to sign in; each method is one transaction."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from assistant.store.audit_table import record
from assistant.store.database import Database
from assistant.store.desk_models import AttemptRow, PersonRow, SessionRow
from assistant.store.desk_records import StoredPerson, StoredSession
from assistant.store.people_table import PERSON_COLUMNS

_SESSION = select(
    SessionRow.token_hash, SessionRow.awaits_code, SessionRow.created, SessionRow.used, *PERSON_COLUMNS
).join(PersonRow, PersonRow.id == SessionRow.person_id)


class SessionTable:
    """Sessions in and out of their table; usable and failing like ``MessageTable``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, token_hash: str, person_id: int, now: datetime, *, awaits_code: bool, most: int) -> bool:
        """Begins a session, and ends the oldest where this person has more than ``most``.

        False, and no session, when the account is gone or closed. A whole sign-in is in the audit log.
        """
        with self._database.write() as connection:
            alive = select(PersonRow.login).where(PersonRow.id == person_id, PersonRow.active)
            login = connection.execute(alive).scalar()
            if login is None:
                return False
            row = {"token_hash": token_hash, "person_id": person_id, "awaits_code": awaits_code}
            connection.execute(insert(SessionRow), {**row, "created": now, "used": now})
            newest = select(SessionRow.token_hash).where(SessionRow.person_id == person_id)
            extra = connection.execute(newest.order_by(SessionRow.used.desc()).offset(most)).scalars().all()
            if extra:
                connection.execute(delete(SessionRow).where(SessionRow.token_hash.in_(extra)))
            if not awaits_code:
                record(connection, login, "session.opened", f"person:{login}", {})
        return True

    def get(self, token_hash: str) -> StoredSession | None:
        """The session with this token hash and the account as it is now."""
        with self._database.read() as connection:
            row = connection.execute(_SESSION.where(SessionRow.token_hash == token_hash)).one_or_none()
        if row is None:
            return None
        held, awaits_code, created, used, *person = row
        return StoredSession(held, StoredPerson(*person), awaits_code, created, used)

    def touch(self, token_hash: str, now: datetime) -> None:
        """Notes that a session was used."""
        with self._database.write() as connection:
            connection.execute(update(SessionRow).where(SessionRow.token_hash == token_hash).values(used=now))

    def close(self, token_hash: str) -> None:
        """Ends one session."""
        with self._database.write() as connection:
            connection.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))

    def close_all(self, actor: str, person_id: int) -> int:
        """Ends every session of a person; how many there were."""
        with self._database.write() as connection:
            ended = connection.execute(delete(SessionRow).where(SessionRow.person_id == person_id)).rowcount
            login = connection.execute(select(PersonRow.login).where(PersonRow.id == person_id)).scalar()
            if login is not None:
                record(connection, actor, "session.closed_all", f"person:{login}", {"sessions": ended})
        return ended

    def close_everybody(self) -> None:
        """Ends every session there is."""
        with self._database.write() as connection:
            connection.execute(delete(SessionRow))

    def count(self, person_id: int) -> int:
        """How many browsers a person is signed in with."""
        query = select(func.count()).select_from(SessionRow).where(SessionRow.person_id == person_id)
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def tidy(self, created_before: datetime, used_before: datetime) -> None:
        """Drops the sessions whose time is over."""
        over = (SessionRow.created < created_before) | (SessionRow.used < used_before)
        with self._database.write() as connection:
            connection.execute(delete(SessionRow).where(over))

    # Tries to sign in

    def may_try(self, most: Mapping[str, int], since: datetime, now: datetime) -> bool:
        """Notes a try under every key of ``most``, unless one has so many since then already; older ones are dropped.

        Noted before the password is looked at: two tries at the same moment cannot pass as one.
        """
        with self._database.write() as connection:
            connection.execute(delete(AttemptRow).where(AttemptRow.at < since))
            for key, bound in most.items():
                tries = select(func.count()).select_from(AttemptRow).where(AttemptRow.key == key)
                if connection.execute(tries).scalar_one() >= bound:
                    return False
            connection.execute(insert(AttemptRow), [{"key": key, "at": now} for key in most])
        return True

    def forget_tries(self, account: str, place: str = "") -> None:
        """After a right one: forgets all tries under the key ``account``, and of ``place`` only this one.

        An office's whole staff come from one address, and whoever has an account there may not wipe out other tries.
        """
        newest = select(func.max(AttemptRow.id)).where(AttemptRow.key == place).scalar_subquery()
        with self._database.write() as connection:
            connection.execute(delete(AttemptRow).where(AttemptRow.key == account))
            connection.execute(delete(AttemptRow).where(AttemptRow.id == newest))

    def refused(self, login: str | None, reason: str) -> None:
        """Puts into the audit log that somebody was refused at this account; at none (None) it says no name.

        People type passwords where a name is meant, so what fits no account is not kept. It is an entry all the same:
        the time that it takes tells nothing.
        """
        with self._database.write() as connection:
            record(connection, login or "－", "session.refused", f"person:{login or '－'}", {"reason": reason})
