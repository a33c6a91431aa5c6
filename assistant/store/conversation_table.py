"""What conversations remember; each function works inside a transaction that the caller began."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from assistant.store.models import ConversationRow
from assistant.store.records import Remembered


def remembered(connection: Connection, conversation: str) -> Remembered | None:
    """What is kept of a conversation; None when nothing is."""
    query = select(ConversationRow.id, ConversationRow.said_at, ConversationRow.said)
    row = connection.execute(query.where(ConversationRow.id == conversation)).one_or_none()
    return None if row is None else Remembered(*row)


def put(connection: Connection, conversations: Iterable[Remembered]) -> None:
    """Keeps these, each in the place of what was kept of it before."""
    rows: list[dict[str, Any]] = [{"id": each.id, "said_at": each.said_at, "said": each.said} for each in conversations]
    if rows:
        gone = [{"gone": row["id"]} for row in rows]
        connection.execute(delete(ConversationRow).where(ConversationRow.id == bindparam("gone")), gone)
        connection.execute(insert(ConversationRow), rows)


def forget(connection: Connection, before: int, most: int) -> None:
    """Drops those last spoken in before that time, then the oldest of more than ``most``."""
    connection.execute(delete(ConversationRow).where(ConversationRow.said_at < before))
    newest = select(ConversationRow.said_at).order_by(ConversationRow.said_at.desc())
    # Of those of the same second all stay or all go: a bound, not a count.
    oldest_kept = connection.execute(newest.offset(most).limit(1)).scalar()
    if oldest_kept is not None:
        connection.execute(delete(ConversationRow).where(ConversationRow.said_at <= oldest_kept))
