"""The index's queue; each function works inside a transaction that the caller began.

A report waits under one entry at most. A further change takes a new entry with a higher number in the place of the
old one, so that settling the old number, after the index caught up with the old content, cannot lose the new change.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from assistant.store.models import QueueRow, ReportRow
from assistant.store.records import QueueEntry

# Numbers in one DELETE … IN: older SQLite takes 999 parameters in all.
_AT_ONCE = 500


def enqueue(connection: Connection, report_ids: Iterable[str]) -> None:
    """Enters reports that changed."""
    for report_id in report_ids:
        connection.execute(delete(QueueRow).where(QueueRow.report_id == report_id))
        connection.execute(insert(QueueRow).values(report_id=report_id))


def enqueue_all(connection: Connection) -> None:
    """Enters every report held; entries of removed reports stay."""
    connection.execute(delete(QueueRow).where(QueueRow.report_id.in_(select(ReportRow.id))))
    connection.execute(insert(QueueRow).from_select(["report_id"], select(ReportRow.id).order_by(ReportRow.id)))


def waiting(connection: Connection) -> list[QueueEntry]:
    """The entries, oldest first."""
    query = select(QueueRow.sequence, QueueRow.report_id).order_by(QueueRow.sequence)
    return [QueueEntry(*row) for row in connection.execute(query)]


def settle(connection: Connection, sequences: Iterable[int]) -> None:
    """Deletes exactly the entries with these numbers."""
    numbers = list(sequences)
    for start in range(0, len(numbers), _AT_ONCE):
        connection.execute(delete(QueueRow).where(QueueRow.sequence.in_(numbers[start : start + _AT_ONCE])))
