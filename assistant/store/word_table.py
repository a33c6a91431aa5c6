"""The versions of the staff's word lists; each method is one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import delete, insert, select, update

from assistant.store import audit_table
from assistant.store.database import Database
from assistant.store.models import WordProposalRow, WordVersionRow


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


@dataclass(frozen=True)
class WordProposal:
    """A change of a word list that waits for somebody to let it pass.

    Attributes:
        name: of the list's file.
        number: names this proposal, so that nobody lets another pass than the one they saw.
        text: the whole list.
        digest: of the list it was made from.
        author: login of who proposes it.
        note: why.
        result: what it does to the golden questions, as ``desk.word_trials`` makes it; None for lists that they do not
            ask.
        made: when, an aware time in UTC.
    """

    name: str
    number: str
    text: str
    digest: str
    author: str
    note: str
    result: dict[str, Any] | None
    made: datetime

    @property
    def worse(self) -> int:
        """How many golden questions are answered worse with it."""
        return worse_in(self.result)


def worse_in(result: Mapping[str, Any] | None) -> int:
    """How many golden questions are answered worse, by what asking them gave."""
    return int((result or {}).get("worse", 0))


_PROPOSAL = select(*(getattr(WordProposalRow, name) for name in WordProposal.__dataclass_fields__))
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

    def proposal(self, name: str) -> WordProposal | None:
        """The change of a list that waits; None where none does."""
        with self._database.read() as connection:
            row = connection.execute(_PROPOSAL.where(WordProposalRow.name == name)).first()
        return None if row is None else WordProposal(**row._mapping)

    def propose(self, proposal: WordProposal, seen: str) -> bool:
        """Keeps a change to be let pass, in the place of the one that its author saw wait.

        Args:
            proposal: the change.
            seen: the number of the one that waited; empty where none did.

        Returns:
            False where another one waits by now, which is left as it is.
        """
        ours = WordProposalRow.name == proposal.name
        told = {"note": proposal.note, "worse": proposal.worse}
        with self._database.write() as connection:
            waiting = connection.execute(_PROPOSAL.where(ours).with_for_update()).first()
            if (waiting.number if waiting else "") != seen:
                return False
            if waiting:
                told["replaces"] = waiting.author
            connection.execute(delete(WordProposalRow).where(ours))
            connection.execute(insert(WordProposalRow), vars(proposal))
            audit_table.record(connection, proposal.author, "words.proposed", f"words:{proposal.name}", told)
        return True

    def refuse(self, name: str, number: str, actor: str, remark: str) -> bool:
        """Takes a change away that waits; False where it is not that one."""
        ours = (WordProposalRow.name == name) & (WordProposalRow.number == number)
        with self._database.write() as connection:
            if not connection.execute(delete(WordProposalRow).where(ours)).rowcount:
                return False
            audit_table.record(connection, actor, "words.refused", f"words:{name}", {"remark": remark})
        return True

    def pass_on(self, proposal: WordProposal, actor: str, characters: int, told: Mapping[str, Any]) -> int | None:
        """Makes a version of a change that waits, by its author; None where it waits no more.

        Args:
            proposal: the change.
            actor: who lets it pass.
            characters: by how many characters it is longer than the list is now.
            told: what else stands in the audit log.
        """
        ours = (WordProposalRow.name == proposal.name) & (WordProposalRow.number == proposal.number)
        values = {
            "name": proposal.name,
            "text": proposal.text,
            "saved_by": proposal.author,
            "saved": datetime.now(timezone.utc),
            "note": proposal.note,
            "written": False,
        }
        with self._database.write() as connection:
            if not connection.execute(delete(WordProposalRow).where(ours)).rowcount:
                return None
            made = connection.execute(insert(WordVersionRow).values(values)).inserted_primary_key
            version_id = int(made[0]) if made else 0
            details = {"version": version_id, "characters": characters, "author": proposal.author, **told}
            audit_table.record(connection, actor, "words.saved", f"words:{proposal.name}", details)
        return version_id

    def add(self, name: str, text: str, actor: str, note: str, *, written: bool, characters: int) -> int:
        """Keeps a version that came another way; the number of characters it gained stands in the audit log.

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
