"""The messages of citizens; each method is one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, insert, or_, select, update

from assistant.store import audit_table
from assistant.store.daily_table import local_day
from assistant.store.database import Database
from assistant.store.models import MessageRow, PastMessageRow
from assistant.store.records import StoredMessage

_MESSAGE = select(
    MessageRow.receipt,
    MessageRow.kind,
    MessageRow.text,
    MessageRow.contact,
    MessageRow.consent,
    MessageRow.question,
    MessageRow.report_id,
    MessageRow.created,
    MessageRow.reply,
    MessageRow.replied,
    MessageRow.stage,
    MessageRow.department,
    MessageRow.owner,
    MessageRow.due,
    MessageRow.draft,
    MessageRow.drafted_by,
    MessageRow.checked_by,
    MessageRow.remark,
    MessageRow.closing,
    MessageRow.closed,
    MessageRow.faq_id,
    MessageRow.edits,
)
WAITING_STAGES = ("new", "assigned", "drafted", "review")


class Overdue(NamedTuple):
    """Which messages count as overdue (or due soon): those that came before a moment, or were put off to a day past.

    Attributes:
        before: without a day of their own, those that came before this moment.
        day: with one, those of a day before this one.
    """

    before: datetime
    day: date


@dataclass(frozen=True)
class MessageFilter:
    """Which messages of the inbox are wanted; every field that is None or empty lets all through.

    Attributes:
        stages: these stages.
        department: of this department.
        seen_by: those a member of this department may see: its own, those of none, and those that ``owner_too`` has.
        owner_too: a login that sees what it handles whatever the department.
        owner: handled by this login.
        words: these characters in the text or the question.
        due: waiting, and overdue or due soon.
        sent_back: whether only replies that a reviewer sent back, and that were not handed in again.
    """

    stages: tuple[str, ...] = ()
    department: str = ""
    seen_by: str = ""
    owner_too: str = ""
    owner: str = ""
    words: str = ""
    due: Overdue | None = None
    sent_back: bool = False


class MessageTable:
    """Messages in and out of their table.

    Usable from many threads and processes; errors are those of ``Store``. Nothing that is published changes here, so
    neither the store's revision nor its ``own_changes`` rises.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, messages: Sequence[StoredMessage], most: int) -> bool:
        """Keeps new messages; False, and none kept, when there would be more than ``most``."""
        with self._database.write() as connection:
            held = connection.execute(select(func.count()).select_from(MessageRow)).scalar_one()
            if held + len(messages) > most:
                return False
            rows = [vars(each) | _days_of(each.created, each.replied) for each in messages]
            connection.execute(insert(MessageRow), rows)
        return True

    def get(self, receipt: str) -> StoredMessage | None:
        """The message with this receipt; None when there is none."""
        with self._database.read() as connection:
            row = connection.execute(_MESSAGE.where(MessageRow.receipt == receipt)).one_or_none()
        return None if row is None else StoredMessage(**row._mapping)

    def newest(self, limit: int, answered: bool | None = None) -> list[StoredMessage]:
        """The newest messages, the newest first; all, or only those with or without a reply."""
        query = _MESSAGE.order_by(MessageRow.created.desc(), MessageRow.receipt).limit(limit)
        if answered is not None:
            query = query.where(MessageRow.replied.is_not(None) if answered else MessageRow.replied.is_(None))
        with self._database.read() as connection:
            return [StoredMessage(**row._mapping) for row in connection.execute(query)]

    def page(self, wanted: MessageFilter, limit: int, after: int = 0) -> list[StoredMessage]:
        """Messages of the inbox, the oldest that waits first, then what is done, the newest first.

        Args:
            wanted: which.
            limit: how many.
            after: so many are passed over.
        """
        waits = MessageRow.stage.in_(WAITING_STAGES)
        order = (
            waits.desc(),
            # One order for each half: the other half has NULL there.
            _where(waits, MessageRow.created),
            _where(~waits, MessageRow.created).desc(),
            MessageRow.receipt,
        )
        # Only receipts are put in order; of the other messages no word is carried along.
        receipts = _wanted(select(MessageRow.receipt), wanted).order_by(*order).limit(limit).offset(after)
        query = _MESSAGE.where(MessageRow.receipt.in_(receipts)).order_by(*order)
        with self._database.read() as connection:
            return [StoredMessage(**row._mapping) for row in connection.execute(query)]

    def counts(self, wanted: MessageFilter) -> dict[str, int]:
        """How many of the wanted messages are at each stage."""
        query = _wanted(select(MessageRow.stage, func.count()), wanted).group_by(MessageRow.stage)
        with self._database.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def change(
        self,
        receipt: str,
        edits: int,
        values: Mapping[str, Any],
        *,
        actor: str,
        action: str,
        details: Mapping[str, Any],
    ) -> bool:
        """Changes a message at the desk; False, and nothing done, when it changed since ``edits`` was read.

        Args:
            receipt: of the message.
            edits: as it was read.
            values: columns and what they become.
            actor: who does it, for the audit log, as are ``action`` and ``details``.
            action: what it is called there.
            details: what else is told there; nothing that the citizen wrote.
        """
        same = and_(MessageRow.receipt == receipt, MessageRow.edits == edits)
        with self._database.write() as connection:
            change = update(MessageRow).where(same).values(**values, edits=edits + 1)
            if values.get("replied") is not None:
                change = change.values(_reply_days(connection, receipt, values["replied"]))
            changed = connection.execute(change).rowcount > 0
            if changed:
                audit_table.record(connection, actor, action, f"message:{receipt}", details)
        return changed

    def reply(self, receipt: str, text: str, replied: datetime, actor: str) -> bool:
        """Puts a reply to a message, in the place of an earlier one; False when there is no such message."""
        values = {"reply": text, "replied": replied, "stage": "replied", "draft": text, "drafted_by": "", "remark": ""}
        change = update(MessageRow).where(MessageRow.receipt == receipt)
        change = change.values(**values, checked_by="", closed=None, closing="", edits=MessageRow.edits + 1)
        with self._database.write() as connection:
            done = connection.execute(change.values(_reply_days(connection, receipt, replied))).rowcount > 0
            if done:
                audit_table.record(connection, actor, "message.replied", f"message:{receipt}", {})
        return done

    def remove(self, receipt: str, actor: str) -> bool:
        """Deletes a message; False when there was none."""
        with self._database.write() as connection:
            removed = connection.execute(delete(MessageRow).where(MessageRow.receipt == receipt)).rowcount > 0
            if removed:
                audit_table.record(connection, actor, "message.removed", f"message:{receipt}", {})
        return removed

    def remove_answered(self, before: datetime) -> int:
        """Deletes the messages that were done before that time, all but their times; how many there were."""
        done = func.coalesce(MessageRow.replied, MessageRow.closed) < before
        kept = ("kind", "department", "created", "replied", "closed", "came", "replied_day", "reply_seconds")
        with self._database.write() as connection:
            times = select(*(getattr(MessageRow, name) for name in kept)).where(done)
            connection.execute(insert(PastMessageRow).from_select(kept, times))
            return connection.execute(delete(MessageRow).where(done)).rowcount


def _reply_days(connection: Connection, receipt: str, replied: datetime) -> dict[str, Any]:
    created = connection.execute(select(MessageRow.created).where(MessageRow.receipt == receipt)).scalar()
    return {} if created is None else _days_of(created, replied)


def _days_of(created: datetime, replied: datetime | None) -> dict[str, Any]:
    """What the statistics count by: the days at the server's place, and what the reply took."""
    return {
        "came": local_day(created),
        "replied_day": None if replied is None else local_day(replied),
        "reply_seconds": None if replied is None else round((replied - created).total_seconds()),
    }


def _wanted(query: Any, wanted: MessageFilter) -> Any:
    if wanted.stages:
        query = query.where(MessageRow.stage.in_(wanted.stages))
    if wanted.department:
        query = query.where(MessageRow.department == wanted.department)
    if wanted.seen_by:
        own = MessageRow.department.in_(("", wanted.seen_by))
        query = query.where(or_(own, MessageRow.owner == wanted.owner_too))
    if wanted.owner:
        query = query.where(MessageRow.owner == wanted.owner)
    if wanted.sent_back:
        query = query.where(MessageRow.stage == "drafted", MessageRow.remark != "")
    if wanted.words:
        query = query.where(
            or_(
                MessageRow.text.contains(wanted.words, autoescape=True),
                MessageRow.question.contains(wanted.words, autoescape=True),
            )
        )
    if wanted.due:
        late = or_(
            and_(MessageRow.due.is_(None), MessageRow.created < wanted.due.before), MessageRow.due < wanted.due.day
        )
        query = query.where(MessageRow.stage.in_(WAITING_STAGES), MessageRow.replied.is_(None), late)
    return query


def _where(condition: ColumnElement[bool], column: Any) -> Any:
    return case((condition, column))
