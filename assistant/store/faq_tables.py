"""The FAQ in and out of its tables; each function works inside a transaction that the caller began."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from assistant.errors import BadInput
from assistant.store.models import FaqRow, PhrasingRow
from assistant.store.records import FaqChanges, FaqEntry


def entries(connection: Connection, state: str | None) -> list[FaqEntry]:
    """The entries in ``state`` (None: in any), in the order staff gave them."""
    phrasings: defaultdict[str, list[str]] = defaultdict(list)
    query = select(PhrasingRow.entry_id, PhrasingRow.text).order_by(PhrasingRow.entry_id, PhrasingRow.ordinal)
    for entry_id, text in connection.execute(query):
        phrasings[entry_id].append(text)
    rows = select(
        FaqRow.id,
        FaqRow.question,
        FaqRow.answer,
        FaqRow.publisher,
        FaqRow.source,
        FaqRow.url,
        FaqRow.tags,
        FaqRow.updated,
        FaqRow.state,
    ).order_by(FaqRow.ordinal)
    if state is not None:
        rows = rows.where(FaqRow.state == state)
    return [
        FaqEntry(
            entry_id, question, tuple(phrasings[entry_id]), answer, publisher, source, url, tuple(tags), updated, kept
        )
        for entry_id, question, answer, publisher, source, url, tags, updated, kept in connection.execute(rows)
    ]


def changes(before: Sequence[FaqEntry], after: Sequence[FaqEntry]) -> FaqChanges:
    """How many entries differ, by id; a mere change of order counts nothing."""
    old = {entry.id: entry for entry in before}
    new = {entry.id: entry for entry in after}
    changed = sum(old[entry_id] != entry for entry_id, entry in new.items() if entry_id in old)
    return FaqChanges(len(new.keys() - old.keys()), changed, len(old.keys() - new.keys()))


def check_ids(given: Sequence[FaqEntry]) -> None:
    """Refuses entries that share an id.

    Raises:
        BadInput: naming the ids in question.
    """
    twice = sorted(entry_id for entry_id, count in Counter(entry.id for entry in given).items() if count > 1)
    if twice:
        raise BadInput(f"常见问答里有重复的编号：{'、'.join(twice)}", code="faq_duplicate_id")


def put(connection: Connection, given: Sequence[FaqEntry]) -> None:
    """Puts ``given`` in the place of all entries."""
    connection.execute(delete(FaqRow))
    if given:
        connection.execute(insert(FaqRow), [_entry_values(place, entry) for place, entry in enumerate(given)])
    phrasings = [
        {"entry_id": entry.id, "ordinal": place, "text": text}
        for entry in given
        for place, text in enumerate(entry.phrasings)
    ]
    if phrasings:
        connection.execute(insert(PhrasingRow), phrasings)


def _entry_values(place: int, entry: FaqEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "ordinal": place,
        "question": entry.question,
        "answer": entry.answer,
        "publisher": entry.publisher,
        "source": entry.source,
        "url": entry.url,
        "tags": list(entry.tags),
        "updated": entry.updated,
        "state": entry.state,
    }
