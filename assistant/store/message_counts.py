"""How many messages came and were replied to, counted by the database from the days alone; nobody's words are read."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, union_all

from assistant.store.database import Database
from assistant.store.models import MessageRow, PastMessageRow


class MessageCount(NamedTuple):
    """Messages of one day, or of one department.

    Attributes:
        day: the day they came on; the first day where they are of a department.
        department: whose matter they were; empty where they are of a day.
        received: how many came.
        replied: how many of them were replied to by now.
        closed: how many of them were closed without a reply.
        reply_seconds: what all those replies took together.
    """

    day: date
    department: str
    received: int
    replied: int
    closed: int
    reply_seconds: int


class RepliedCount(NamedTuple):
    """How many messages of one day were replied to on one day."""

    came: date
    replied: date
    amount: int


class Replies(NamedTuple):
    """The replies to messages that came in some days.

    Attributes:
        counts: how many there are, by the days of message and reply.
        median_seconds: half of them took no longer; None without replies.
    """

    counts: tuple[RepliedCount, ...]
    median_seconds: float | None


class MessageCounts:
    """Counts of the messages there are and of those of which only the times are kept.

    Days are those of the server's place, as in ``DailyTable``. Usable from many threads and processes; errors are those
    of ``Store``. What is read is bounded by the days asked for, not by the messages of them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_day(self, first: date, last: date, department: str = "") -> list[MessageCount]:
        """The counts of the messages that came from ``first`` to ``last``, day by day (of one department)."""
        times = _times(first, last, department)
        rows = self._rows(select(times.c.came, *_amounts(times)).group_by(times.c.came))
        return [MessageCount(day, "", *map(int, amounts)) for day, *amounts in rows]

    def by_department(self, first: date, last: date) -> list[MessageCount]:
        """The counts of the messages that came on all these days together, department by department."""
        times = _times(first, last)
        rows = self._rows(select(times.c.department, *_amounts(times)).group_by(times.c.department))
        return [MessageCount(first, department, *map(int, amounts)) for department, *amounts in rows]

    def replies(self, first: date, last: date, department: str = "") -> Replies:
        """The replies to the messages that came from ``first`` to ``last`` (of one department)."""
        times = _times(first, last, department)
        done = select(times).where(times.c.replied_day.is_not(None)).subquery()
        by_days = select(done.c.came, done.c.replied_day, func.count()).group_by(done.c.came, done.c.replied_day)
        in_order = select(done.c.reply_seconds).order_by(done.c.reply_seconds)
        with self._database.read() as connection:
            counts = tuple(RepliedCount(*row) for row in connection.execute(by_days))
            many = sum(each.amount for each in counts)
            middle = in_order.offset(max(0, many - 1) // 2).limit(2 - many % 2)
            seconds = connection.execute(middle).scalars().all()
        return Replies(counts, sum(seconds) / len(seconds) if seconds else None)

    def _rows(self, query: Select[Any]) -> Sequence[Any]:
        with self._database.read() as connection:
            return connection.execute(query).all()


def _times(first: date, last: date, department: str = "") -> Any:
    """The days of every message, narrowed in each table so that its index serves."""
    parts = []
    for row in (MessageRow, PastMessageRow):
        part = select(row.department, row.came, row.replied_day, row.reply_seconds, row.closed)
        part = part.where(row.came >= first, row.came <= last)
        parts.append(part.where(row.department == department) if department else part)
    return union_all(*parts).subquery()


def _amounts(times: Any) -> tuple[Any, ...]:
    return (
        func.count(),
        func.count(times.c.replied_day),
        # What was closed, opened again and replied to has no time of closing.
        func.count(times.c.closed),
        func.coalesce(func.sum(times.c.reply_seconds), 0),
    )
