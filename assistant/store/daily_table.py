"""Counts by day: how much was asked, heard, judged and written; kept for good, and nothing of anybody in it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from assistant.store.database import Database
from assistant.store.models import Base
from assistant.store.question_models import DailyCountRow
from assistant.store.upserts import add_up


class Counted(NamedTuple):
    """What is counted on one day."""

    day: date
    measure: str
    department: str = ""


class DailyCount(NamedTuple):
    """One count."""

    day: date
    measure: str
    department: str
    amount: int


def local_day(moment: datetime) -> date:
    """The day of an aware moment at the server's place: staff count by their own days."""
    return moment.astimezone().date()


def count(connection: Connection, amounts: Mapping[Counted, int]) -> None:
    """Adds these amounts within the caller's transaction; what is taken back is less than nothing."""
    rows = [{**key._asdict(), "amount": amount} for key, amount in sorted(amounts.items()) if amount]
    add_up(connection, DailyCountRow, rows, ["amount"])


class DailyTable:
    """The counts in and out; usable from many threads and processes, errors are those of ``Store``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, amounts: Mapping[Counted, int]) -> None:
        """Adds these amounts."""
        with self._database.write() as connection:
            count(connection, amounts)

    def by_day(self, first: date, last: date, department: str | None = None) -> list[DailyCount]:
        """The counts of the days from ``first`` to ``last``, by day; of one department, or of all together (as "")."""
        table = Base.metadata.tables[DailyCountRow.__tablename__]
        query = select(table.c.day, table.c.measure, func.sum(table.c.amount))
        query = query.where(table.c.day >= first, table.c.day <= last)
        if department is not None:
            query = query.where(table.c.department == department)
        query = query.group_by(table.c.day, table.c.measure).order_by(table.c.day)
        with self._database.read() as connection:
            return [DailyCount(day, name, department or "", int(much)) for day, name, much in connection.execute(query)]

    def sums(self, first: date, last: date) -> list[DailyCount]:
        """The counts of all these days together, by department; the day is the first."""
        table = Base.metadata.tables[DailyCountRow.__tablename__]
        query = select(table.c.measure, table.c.department, func.sum(table.c.amount))
        query = query.where(table.c.day >= first, table.c.day <= last)
        with self._database.read() as connection:
            rows = connection.execute(query.group_by(table.c.measure, table.c.department))
            return [DailyCount(first, measure, department, int(amount)) for measure, department, amount in rows]
