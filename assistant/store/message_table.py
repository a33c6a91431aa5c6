"""The messages of citizens; each method is one transaction."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from assistant.store.database import Database
from assistant.store.models import MessageRow
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
)


class MessageTable:
    """Messages in and out of their table.

    Usable from many threads and processes; errors are those of ``Store``. Nothing that is published changes here, so
    neither the store's revision nor its ``own_changes`` rises.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, message: StoredMessage, most: int) -> bool:
        """Keeps a new message; False, and nothing kept, when there are ``most`` already."""
        with self._database.write() as connection:
            held = connection.execute(select(func.count()).select_from(MessageRow)).scalar_one()
            if held >= most:
                return False
            connection.execute(insert(MessageRow), vars(message))
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

    def reply(self, receipt: str, text: str, replied: datetime) -> bool:
        """Puts a reply to a message, in the place of an earlier one; False when there is no such message."""
        change = update(MessageRow).where(MessageRow.receipt == receipt).values(reply=text, replied=replied)
        with self._database.write() as connection:
            return connection.execute(change).rowcount > 0

    def remove(self, receipt: str) -> bool:
        """Deletes a message; False when there was none."""
        with self._database.write() as connection:
            return connection.execute(delete(MessageRow).where(MessageRow.receipt == receipt)).rowcount > 0

    def remove_answered(self, before: datetime) -> int:
        """Deletes the messages that were answered before that time; how many there were."""
        with self._database.write() as connection:
            return connection.execute(delete(MessageRow).where(MessageRow.replied < before)).rowcount
