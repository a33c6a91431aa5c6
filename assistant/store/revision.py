"""The count of changes of published content; each function works inside a transaction that the caller began."""

from sqlalchemy import Connection, select, update

from assistant.store.models import REVISION_ROW, MetaRow

REVISION = select(MetaRow.value).where(MetaRow.name == REVISION_ROW)


def take_turn(connection: Connection) -> None:
    """Writers take turns at this row, where the database would let them run side by side (SQLite never does, and
    leaves FOR UPDATE out): so queue numbers rise in the order of commits.
    """
    connection.execute(REVISION.with_for_update())


def count_change(connection: Connection) -> None:
    """Tells the caches above that something published changed."""
    connection.execute(update(MetaRow).where(MetaRow.name == REVISION_ROW).values(value=MetaRow.value + 1))
