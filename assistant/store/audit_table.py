"""The audit log: what was done, by whom, to what; it only grows, and each entry vouches for all before it.

An entry's hash is SHA-256 over the hash of the entry before it, a line feed, and the entry as canonical JSON (keys
sorted, no spaces, Chinese as it is, UTF-8). Whoever edits, removes or reorders entries behind the application's back
has to compute every later hash anew; the hash of the newest entry, kept on paper elsewhere, shows that too.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, text

from assistant.store.database import Database
from assistant.store.desk_models import AuditRow
from assistant.store.desk_records import AuditEntry

# What stands before the first entry.
BEGINNING = "0" * 64
# PostgreSQL lets writers run side by side; those of the log take turns under this number. SQLite's always do.
_LOCK = 0x616E616E
_AT_ONCE = 1000
# By what somebody does what is entered, where it is not a page or a command: ``through``.
_THROUGH: ContextVar[str] = ContextVar("through", default="")
_COLUMNS = (
    AuditRow.sequence,
    AuditRow.at,
    AuditRow.actor,
    AuditRow.action,
    AuditRow.subject,
    AuditRow.details,
    AuditRow.hash,
)


@dataclass(frozen=True)
class Verified:
    """What became of checking the chain.

    Attributes:
        entries: how many there are.
        head: the hash of the newest one; ``BEGINNING`` where there is none.
        broken_at: the sequence of the first entry that does not follow; None where all do.
        held_before: where a head was given: whether the log still holds the entry with that hash.
    """

    entries: int
    head: str
    broken_at: int | None
    held_before: bool | None = None


@contextmanager
def through(hand: str) -> Iterator[None]:
    """All that is entered in this block, by this thread, tells by what it was done: ``接口令牌 3``."""
    before = _THROUGH.set(hand)
    try:
        yield
    finally:
        _THROUGH.reset(before)


def record(connection: Connection, actor: str, action: str, subject: str, details: Mapping[str, Any]) -> None:
    """Adds an entry inside the transaction of the change that it tells of, so that neither is there without the other.

    Args:
        connection: of ``Database.write()``.
        actor: the login of who does it, or 命令行.
        action: dotted words, ``person.added``; ``desk.audit`` names it in Chinese.
        subject: what it is done to, ``person:zhang``.
        details: anything JSON can hold; never a secret, and of a citizen only the receipt's place, not the words.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
    told = {**details, "through": hand} if (hand := _THROUGH.get()) else dict(details)
    newest = select(AuditRow.sequence, AuditRow.hash).order_by(AuditRow.sequence.desc()).limit(1)
    last = connection.execute(newest).one_or_none()
    sequence, before = (1, BEGINNING) if last is None else (last.sequence + 1, last.hash)
    row = {
        "sequence": sequence,
        "at": datetime.now(timezone.utc).isoformat(timespec="microseconds"),
        "actor": actor,
        "action": action,
        "subject": subject,
        "details": _canonical(told),
    }
    connection.execute(insert(AuditRow), {**row, "hash": chained(before, row)})


def chained(before: str, row: Mapping[str, Any]) -> str:
    """The hash of an entry that follows the hash ``before``."""
    return hashlib.sha256(f"{before}\n{_canonical(dict(row))}".encode()).hexdigest()


class AuditTable:
    """Reads the log; nothing here writes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(
        self,
        limit: int,
        *,
        before: int | None = None,
        actor: str = "",
        action: str = "",
        subject: str = "",
        since: str = "",
        until: str = "",
    ) -> list[AuditEntry]:
        """The newest entries that fit, the newest first.

        Args:
            limit: how many at most.
            before: only those with a lower sequence.
            actor: only of this actor.
            action: only this action, or those under it: ``person`` takes ``person.added``.
            subject: only of this subject.
            since: only at this time (UTC, ISO 8601) or later.
            until: only before this time.
        """
        wanted = _conditions(actor, subject, since, until)
        if before is not None:
            wanted.append(AuditRow.sequence < before)
        query = select(*_COLUMNS).where(*wanted).order_by(AuditRow.sequence.desc()).limit(limit)
        with self._database.read() as connection:
            if not action:
                return [_entry(tuple(row)) for row in connection.execute(query)]
            # The newest of each action by its index: of all under a word together the whole log would be sorted.
            found: list[tuple[Any, ...]] = [
                tuple(row)
                for each in _actions_under(connection, action)
                for row in connection.execute(query.where(AuditRow.action == each))
            ]
        found.sort(key=lambda row: row[0], reverse=True)
        return [_entry(row) for row in found[:limit]]

    def actors(self) -> list[str]:
        """Everybody who stands in the log."""
        with self._database.read() as connection:
            return list(_distinct(connection, AuditRow.actor))

    def head(self) -> tuple[int, str]:
        """The sequence and the hash of the newest entry."""
        query = select(AuditRow.sequence, AuditRow.hash).order_by(AuditRow.sequence.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return (0, BEGINNING) if row is None else (row.sequence, row.hash)

    def verify(self, head: str = "") -> Verified:
        """Computes the whole chain anew, in the order of the sequence.

        Args:
            head: a hash that was the newest one some time ago; cutting off the end is found only by it.
        """
        expected, before, broken, held = 0, BEGINNING, None, head == BEGINNING
        for row in self._all():
            expected += 1
            if broken is None and (row["sequence"] != expected or chained(before, _unhashed(row)) != row["hash"]):
                broken = row["sequence"]
            before = row["hash"]
            held = held or before == head
        return Verified(expected, before, broken, held if head else None)

    def _all(self) -> Iterator[dict[str, Any]]:
        after: int | None = None
        with self._database.read() as connection:
            while True:
                query = select(*_COLUMNS).order_by(AuditRow.sequence).limit(_AT_ONCE)
                if after is not None:
                    query = query.where(AuditRow.sequence > after)
                rows = connection.execute(query).all()
                if not rows:
                    return
                for row in rows:
                    yield dict(row._mapping)
                after = rows[-1].sequence

    def count(self, *, action: str = "", since: str = "") -> int:
        """How many entries there are, of an action, since a time (UTC, ISO 8601)."""
        query = select(func.count()).select_from(AuditRow).where(*_conditions("", "", since, ""))
        with self._database.read() as connection:
            if action:
                query = query.where(AuditRow.action.in_(_actions_under(connection, action)))
            return connection.execute(query).scalar_one()


def _actions_under(connection: Connection, word: str) -> list[str]:
    """The actions in the log that are this one, or stand under it: ``person`` takes ``person.added``."""
    return [each for each in _distinct(connection, AuditRow.action) if each == word or each.startswith(f"{word}.")]


def _distinct(connection: Connection, column: Any) -> Iterator[str]:
    """The values of a column in order, one look into its index for each: DISTINCT would read a log of years."""
    next_value = select(func.min(column))
    value = connection.execute(next_value).scalar()
    while value is not None:
        yield value
        value = connection.execute(next_value.where(column > value)).scalar()


def _conditions(actor: str, subject: str, since: str, until: str) -> "list[ColumnElement[bool]]":
    given = (
        (actor, AuditRow.actor == actor),
        (subject, AuditRow.subject == subject),
        (since, AuditRow.at >= since),
        (until, AuditRow.at < until),
    )
    return [condition for value, condition in given if value]


def _unhashed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "hash"}


def _entry(row: tuple[Any, ...]) -> AuditEntry:
    sequence, at, actor, action, subject, details, digest = row
    try:
        told = json.loads(details)
    except ValueError:  # edited behind our back: still to be seen
        told = {"": details}
    return AuditEntry(sequence, at, actor, action, subject, told if isinstance(told, dict) else {"": details}, digest)


def _canonical(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
