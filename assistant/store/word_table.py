"""The versions of the staff's word lists; each method is one transaction."""

from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy import insert, select, update

from assistant.store import audit_table
from assistant.store.database import Database
from assistant.store.models import WordVersionRow


@dataclass(frozen=True)
class WordVersion:
    """One version of a word list.

    Attributes:
        id: names it; a later one is higher.
        name: of the list's file.
        text: the whole list.
        saved_by: login of who saved it, or how it came.
        saved: when, an aware time in UTC.
        note: why.
        written: whether the file in the data directory held it once.
    """

    id: int
    name: str
    text: str
    saved_by: str
    saved: datetime
    note: str
    written: bool


_VERSION = select(*(getattr(WordVersionRow, name) for name in WordVersion.__dataclass_fields__))


class WordTable:
    """Versions in and out of their table; errors are those of ``Store``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, name: str, limit: int) -> list[WordVersion]:
        """The versions of a list, the newest first."""
        query = _VERSION.where(WordVersionRow.name == name).order_by(WordVersionRow.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [WordVersion(**row._mapping) for row in connection.execute(query)]

    def get(self, version_id: int) -> WordVersion | None:
        """One version; None when there is none with this id."""
        with self._database.read() as connection:
            row = connection.execute(_VERSION.where(WordVersionRow.id == version_id)).first()
        return None if row is None else WordVersion(**row._mapping)

    def unwritten(self) -> list[WordVersion]:
        """What was saved and is not known to have reached its file, the oldest first."""
        query = _VERSION.where(WordVersionRow.written.is_(False)).order_by(WordVersionRow.id)
        with self._database.read() as connection:
            return [WordVersion(**row._mapping) for row in connection.execute(query)]

    def add(self, name: str, text: str, actor: str, note: str, *, written: bool, characters: int) -> int:
        """Keeps a version; the number of characters it gained stands in the audit log.

        Args:
            name: of the list.
            text: the list.
            actor: who saved it, or how it came.
            note: why.
            written: whether the file holds it already.
            characters: by how many characters it is longer than the one before.
        """
        values = {
            "name": name,
            "text": text,
            "saved_by": actor,
            "saved": datetime.now(timezone.utc),
            "note": note,
            "written": written,
        }
        with self._database.write() as connection:
            made = connection.execute(insert(WordVersionRow).values(values)).inserted_primary_key
            version_id = int(made[0]) if made else 0
            if not written:  # what was found in the file, nobody did here
                told = {"version": version_id, "characters": characters, "note": note}
                audit_table.record(connection, actor, "words.saved", f"words:{name}", told)
        return version_id

    def was_written(self, version_id: int) -> None:
        """Notes that the file holds a version."""
        with self._database.write() as connection:
            connection.execute(update(WordVersionRow).where(WordVersionRow.id == version_id).values(written=True))
