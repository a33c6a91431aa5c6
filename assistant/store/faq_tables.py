"""The FAQ in and out of its tables; each function works inside a transaction that the caller began."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Text, bindparam, cast, delete, func, insert, or_, select, update

from assistant.errors import BadInput
from assistant.store.faq_models import FaqRow, FaqVersionRow
from assistant.store.faq_records import FaqAsked, FaqFilter, FaqHead, FaqVersion
from assistant.store.records import FaqChanges, FaqEntry

_TEXTS = ("question", "answer", "publisher", "source", "url", "owner")
_LISTS = ("phrasings", "tags", "links")
_DAYS = ("updated", "valid_from", "valid_until")
# A statement may carry some 32,000 values (SQLite); ids are asked for so many at once.
_AT_ONCE = 500
_ROWS: Any = FaqRow.__table__


def content_of(entry: FaqEntry) -> dict[str, Any]:
    """The fields of an entry that a version keeps, as JSON takes them."""
    return {
        **{name: getattr(entry, name) for name in _TEXTS},
        **{name: list(getattr(entry, name)) for name in _LISTS},
        **{name: day.isoformat() if (day := getattr(entry, name)) else None for name in _DAYS},
    }


def entry_of(entry_id: str, content: Mapping[str, Any], state: str) -> FaqEntry:
    """The entry with this content, as ``content_of`` gave it."""
    fields: dict[str, Any] = {
        **{name: content.get(name) or "" for name in _TEXTS},
        **{name: tuple(content.get(name) or ()) for name in _LISTS},
        **{name: _day(content.get(name)) for name in _DAYS},
    }
    return FaqEntry(id=entry_id, state=state, **fields)


def entries(connection: Connection, state: str | None) -> list[FaqEntry]:
    """The entries in the order staff gave them.

    Args:
        connection: of a transaction.
        state: published gives every entry with a live version, as that version has it; None each entry, with its live
            version where it has one, else as it stands; any other those that stand so.
    """
    if state not in (None, "published"):
        return [head.entry for head in heads(connection, select(_ROWS).where(FaqRow.state == state))]
    query = select(_ROWS) if state is None else select(_ROWS).where(FaqRow.live.is_not(None))
    older = select(FaqVersionRow.entry_id, FaqVersionRow.content).join(
        FaqRow, (FaqRow.id == FaqVersionRow.entry_id) & (FaqRow.live == FaqVersionRow.number)
    )
    contents = {row.entry_id: row.content for row in connection.execute(older.where(FaqRow.live != FaqRow.version))}
    found = []
    for head in heads(connection, query):
        kept = contents.get(head.entry.id)
        found.append(head.entry if kept is None else entry_of(head.entry.id, kept, "published"))
    return found


def heads(connection: Connection, query: "Select[Any]") -> list[FaqHead]:
    """The entries of a query over all columns, in the order staff gave them."""
    return [_head(row) for row in connection.execute(query.order_by(FaqRow.ordinal, FaqRow.id)).mappings()]


def head(connection: Connection, entry_id: str) -> FaqHead | None:
    """One entry as it stands; None where there is none."""
    found = heads(connection, select(_ROWS).where(FaqRow.id == entry_id))
    return found[0] if found else None


def heads_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, FaqHead]:
    """The entries with these ids; one that is not there is left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, FaqHead] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = select(_ROWS).where(FaqRow.id.in_(wanted[start : start + _AT_ONCE]))
        found |= {each.entry.id: each for each in heads(connection, some)}
    return found


def page(connection: Connection, wanted: FaqFilter, offset: int, limit: int) -> tuple[int, list[FaqHead]]:
    """How many entries fit, and some of them."""
    return count(connection, wanted), heads(connection, _narrowed(select(_ROWS), wanted).limit(limit).offset(offset))


def count(connection: Connection, wanted: FaqFilter) -> int:
    """How many entries fit."""
    return int(connection.execute(_narrowed(select(func.count()).select_from(_ROWS), wanted)).scalar_one())


def fitting_ids(connection: Connection, wanted: FaqFilter) -> list[str]:
    """The ids of all entries that fit."""
    return list(connection.execute(_narrowed(select(FaqRow.id), wanted).order_by(FaqRow.ordinal)).scalars())


def asked(connection: Connection, since: datetime | None = None) -> list[FaqAsked]:
    """What each entry may be asked by, as it stands; of those only that changed at this time or later."""
    query = select(FaqRow.id, FaqRow.state, FaqRow.changed, FaqRow.question, FaqRow.phrasings)
    if since is not None:
        query = query.where(FaqRow.changed >= since)
    return [
        FaqAsked(entry_id, state, changed, question, tuple(phrasings))
        for entry_id, state, changed, question, phrasings in connection.execute(query)
    ]


def versions(connection: Connection, entry_id: str) -> list[FaqVersion]:
    """All versions of an entry, the newest first."""
    query = select(FaqVersionRow.__table__).where(FaqVersionRow.entry_id == entry_id)
    rows = connection.execute(query.order_by(FaqVersionRow.number.desc())).mappings()
    return [
        FaqVersion(entry_of(entry_id, row["content"], ""), row["number"], row["author"], row["saved"], row["note"])
        for row in rows
    ]


def live(connection: Connection) -> frozenset[tuple[str, int, datetime]]:
    """The entries that citizens are answered from: id, live version, and when the entry last changed."""
    query = select(FaqRow.id, FaqRow.live, FaqRow.changed).where(FaqRow.live.is_not(None))
    return frozenset((row[0], int(row[1] or 0), row[2]) for row in connection.execute(query))


def live_answers(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The answers that citizens are given, by the ids of their entries; one that is not live is left out."""
    wanted = sorted(ids)
    is_live = (FaqRow.id == FaqVersionRow.entry_id) & (FaqRow.live == FaqVersionRow.number)
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = FaqVersionRow.entry_id.in_(wanted[start : start + _AT_ONCE])
        query = select(FaqVersionRow.entry_id, FaqVersionRow.content).join(FaqRow, is_live).where(some)
        found |= {row.entry_id: row.content.get("answer") or "" for row in connection.execute(query)}
    return found


def authors_since(connection: Connection, entry_id: str, number: int) -> frozenset[str]:
    """Who made the versions after this one."""
    query = select(FaqVersionRow.author).where(FaqVersionRow.entry_id == entry_id, FaqVersionRow.number > number)
    return frozenset(connection.execute(query).scalars())


def authors_since_review(connection: Connection, given: Collection[FaqHead]) -> dict[str, frozenset[str]]:
    """Who changed each of these entries since it was last reviewed, by its id."""
    reviewed = {each.entry.id: each.reviewed for each in given}
    query = select(FaqVersionRow.entry_id, FaqVersionRow.number, FaqVersionRow.author)
    made: dict[str, set[str]] = {entry_id: set() for entry_id in reviewed}
    for entry_id, number, author in connection.execute(query.where(FaqVersionRow.entry_id.in_(reviewed))):
        if number > reviewed[entry_id]:
            made[entry_id].add(author)
    return {entry_id: frozenset(authors) for entry_id, authors in made.items()}


def next_ordinal(connection: Connection) -> int:
    """The place behind the last entry."""
    return int(connection.execute(select(func.coalesce(func.max(FaqRow.ordinal), -1))).scalar_one()) + 1


def put_heads(connection: Connection, given: Sequence[FaqHead], new: Sequence[FaqVersion]) -> None:
    """Puts entries in the place of those with their ids, or beside them, and keeps new versions."""
    known = heads_by_id(connection, (each.entry.id for each in given)).keys()
    added = [_row(each) for each in given if each.entry.id not in known]
    if added:
        connection.execute(insert(FaqRow), added)
    replaced = [{"known": each.entry.id, **_row(each)} for each in given if each.entry.id in known]
    if replaced:
        columns: dict[str, Any] = {name: bindparam(name) for name in replaced[0] if name not in ("known", "id")}
        connection.execute(update(_ROWS).where(_ROWS.c.id == bindparam("known")).values(columns), replaced)
    if new:
        connection.execute(
            insert(FaqVersionRow),
            [
                {
                    "entry_id": each.entry.id,
                    "number": each.number,
                    "content": content_of(each.entry),
                    "author": each.author,
                    "saved": each.saved,
                    "note": each.note,
                }
                for each in new
            ],
        )


def drop(connection: Connection, ids: Sequence[str]) -> None:
    """Removes entries with all their versions."""
    for start in range(0, len(ids), _AT_ONCE):
        connection.execute(delete(FaqRow).where(FaqRow.id.in_(ids[start : start + _AT_ONCE])))


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


def _narrowed(query: "Select[Any]", wanted: FaqFilter) -> "Select[Any]":
    for column, value in (
        (FaqRow.state, wanted.state),
        (FaqRow.publisher, wanted.publisher),
        (FaqRow.owner, wanted.owner),
    ):
        if value:
            query = query.where(column == value)
    if wanted.tag:
        # The column holds a JSON list of strings; quoted as JSON quotes it, a tag is found whole.
        quoted = _quoted(wanted.tag)
        query = query.where(cast(FaqRow.tags, Text).contains(quoted, autoescape=True))
    if wanted.text:
        columns = (FaqRow.question, cast(FaqRow.phrasings, Text), FaqRow.answer, FaqRow.id)
        query = query.where(or_(*(column.contains(wanted.text, autoescape=True) for column in columns)))
    if wanted.sent_back:
        # Submitting, saving and withdrawing clear the remark: a draft that has one was sent back.
        query = query.where(FaqRow.state == "draft", FaqRow.remark != "", FaqRow.author == wanted.sent_back)
    if wanted.until is not None:
        query = query.where(FaqRow.valid_until <= wanted.until, FaqRow.state != "archived")
    return query


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _head(row: RowMapping) -> FaqHead:
    fields: dict[str, Any] = {
        **{name: row[name] for name in (*_TEXTS, *_DAYS)},
        **{name: tuple(row[name]) for name in _LISTS},
    }
    return FaqHead(
        FaqEntry(id=row["id"], state=row["state"], **fields),
        row["ordinal"],
        row["version"],
        row["live"],
        row["reviewed"],
        row["author"],
        row["changed"],
        row["remark"],
    )


def _row(given: FaqHead) -> dict[str, Any]:
    entry = given.entry
    return {
        "id": entry.id,
        "state": entry.state,
        **{name: getattr(entry, name) for name in (*_TEXTS, *_DAYS)},
        **{name: list(getattr(entry, name)) for name in _LISTS},
        "ordinal": given.ordinal,
        "version": given.version,
        "live": given.live,
        "reviewed": given.reviewed,
        "author": given.author,
        "changed": given.changed,
        "remark": given.remark,
    }


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
