"""Wordings that seem to ask what an FAQ entry answers, until staff say yes or no; each method is one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import aliased

from assistant.store.audit_table import record
from assistant.store.database import Database
from assistant.store.models import FeedbackRow, MetaRow
from assistant.store.question_models import PhrasingSuggestionRow, QuestionFormRow, QuestionRow
from assistant.store.upserts import add_up

# The row of ``meta`` that says up to which question rephrasings were looked at.
_LOOKED_AT = "rephrasings"


class Rephrasing(NamedTuple):
    """A question that was asked again in other words.

    Attributes:
        id: of the later question.
        key: of the earlier wording.
        text: the earlier wording.
        asked_then: the later wording, which an FAQ entry answered.
        entry_id: the entry.
        seconds: how long after the earlier it was asked.
        praised: whether the later answer was found good.
        signatures: what both are compared by.
    """

    id: int
    key: str
    text: str
    asked_then: str
    entry_id: str
    seconds: float
    praised: bool
    signatures: tuple[Sequence[Any], Sequence[Any]]


class Suggestion(NamedTuple):
    """A wording proposed for an entry, and how often it was seen."""

    key: str
    entry_id: str
    text: str
    asked_then: str
    times: int


class SuggestionTable:
    """Proposed wordings in and out; usable from many threads and processes, errors are those of ``Store``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rephrasings(self, before: datetime, limit: int) -> tuple[int, list[Rephrasing]]:
        """The next questions, asked before that time, that an FAQ entry answered without a complaint after one in the
        same conversation that found none or a complaint; and the id to go on after.
        """
        earlier, later = aliased(QuestionRow), aliased(QuestionRow)
        old, new = aliased(QuestionFormRow), aliased(QuestionFormRow)
        blamed, praised = aliased(FeedbackRow), aliased(FeedbackRow)
        with self._database.read() as connection:
            after = connection.execute(select(MetaRow.value).where(MetaRow.name == _LOOKED_AT)).scalar() or 0
            some = select(QuestionRow.id).where(QuestionRow.id > after, QuestionRow.asked < before)
            last = connection.execute(
                select(func.max(some.order_by(QuestionRow.id).limit(limit).subquery().c.id))
            ).scalar()
            if last is None:
                return after, []
            query = (
                select(
                    later.id,
                    old.key,
                    old.text,
                    new.text,
                    later.entry_id,
                    earlier.asked,
                    later.asked,
                    blamed.verdict,
                    praised.verdict,
                    earlier.kind,
                    old.signature,
                    new.signature,
                )
                .join(earlier, (earlier.conversation == later.conversation) & (earlier.turn == later.turn - 1))
                .join(old, old.id == earlier.form_id)
                .join(new, new.id == later.form_id)
                .outerjoin(blamed, (blamed.conversation == earlier.conversation) & (blamed.question_key == old.key))
                .outerjoin(praised, (praised.conversation == later.conversation) & (praised.question_key == new.key))
                .where(later.id > after, later.id <= last, later.kind == "faq", old.id != new.id)
                .order_by(later.id)
            )
            rows = connection.execute(query).all()
        return last, [
            Rephrasing(
                row[0],
                row[1],
                row[2],
                row[3],
                row[4],
                (row[6] - row[5]).total_seconds(),
                row[8] == "up",
                (row[10], row[11]),
            )
            for row in rows
            if row[8] != "down" and (row[9] == "none" or row[7] == "down")
        ]

    def propose(self, found: Sequence[Rephrasing], last: int, moment: datetime) -> None:
        """Keeps wordings that wait for a yes, and that questions up to ``last`` were looked at."""
        rows: dict[tuple[str, str], dict[str, Any]] = {}
        for each in found:
            row = rows.setdefault(
                (each.key, each.entry_id),
                {"key": each.key, "entry_id": each.entry_id, "text": each.text, "asked_then": each.asked_then}
                | {"times": 0, "state": "waiting", "last_seen": moment, "decided_by": ""},
            )
            row["times"] += 1
        with self._database.write() as connection:
            add_up(connection, PhrasingSuggestionRow, list(rows.values()), ["times"])
            there = update(MetaRow).where(MetaRow.name == _LOOKED_AT).values(value=last)
            if not connection.execute(there).rowcount:
                connection.execute(insert(MetaRow).values(name=_LOOKED_AT, value=last))

    def waiting(self, limit: int) -> list[Suggestion]:
        """The wordings that wait, those seen most first."""
        query = select(
            PhrasingSuggestionRow.key,
            PhrasingSuggestionRow.entry_id,
            PhrasingSuggestionRow.text,
            PhrasingSuggestionRow.asked_then,
            PhrasingSuggestionRow.times,
        ).where(PhrasingSuggestionRow.state == "waiting")
        query = query.order_by(PhrasingSuggestionRow.times.desc(), PhrasingSuggestionRow.key).limit(limit)
        with self._database.read() as connection:
            return [Suggestion(*row) for row in connection.execute(query)]

    def count_waiting(self) -> int:
        """How many wait."""
        query = select(func.count()).select_from(PhrasingSuggestionRow)
        with self._database.read() as connection:
            return connection.execute(query.where(PhrasingSuggestionRow.state == "waiting")).scalar_one()

    def settle(self, suggestion: Suggestion, state: str, by: str) -> bool:
        """Puts down the yes (``accepted``) or no (``refused``); False where it does not wait any more."""
        change = update(PhrasingSuggestionRow).where(
            PhrasingSuggestionRow.key == suggestion.key,
            PhrasingSuggestionRow.entry_id == suggestion.entry_id,
            PhrasingSuggestionRow.state == "waiting",
        )
        with self._database.write() as connection:
            if not connection.execute(change.values(state=state, decided_by=by)).rowcount:
                return False
            record(connection, by, f"phrasing.{state}", f"faq:{suggestion.entry_id}", {"phrasing": suggestion.text})
        return True
