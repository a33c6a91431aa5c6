"""The FAQ as the desk works on it: entries with their versions, trials, and the words that staff watch."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, cast, delete, func, insert, select

from assistant.store import faq_tables
from assistant.store.audit_table import record
from assistant.store.database import Database
from assistant.store.faq_models import FaqRow, FaqTrialRow, WatchWordRow
from assistant.store.faq_records import FaqAsked, FaqFilter, FaqHead, FaqTrial, FaqVersion
from assistant.store.models import REVISION_ROW, MetaRow


class FaqChanging:
    """One transaction in which entries change; what the audit log tells of it is part of it.

    Attributes:
        publishes: whether anything that citizens are answered from changed in it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.publishes = False

    def head(self, entry_id: str) -> FaqHead | None:
        """An entry as it stands; None where there is none."""
        return faq_tables.head(self._connection, entry_id)

    def heads(self, ids: Iterable[str]) -> dict[str, FaqHead]:
        """The entries with these ids."""
        return faq_tables.heads_by_id(self._connection, ids)

    def authors_since(self, entry_id: str, number: int) -> frozenset[str]:
        """Who made the versions after this one."""
        return faq_tables.authors_since(self._connection, entry_id, number)

    def next_ordinal(self) -> int:
        """The place behind the last entry."""
        return faq_tables.next_ordinal(self._connection)

    def put(self, given: Sequence[FaqHead], new: Sequence[FaqVersion] = (), *, publishes: bool) -> None:
        """Puts entries in the place of those with their ids, or beside them, and keeps new versions.

        Args:
            given: the entries as they stand from now on.
            new: versions that came with them.
            publishes: whether this changes what citizens are answered from.
        """
        faq_tables.put_heads(self._connection, given, new)
        self.publishes = self.publishes or publishes

    def trial(self, entry_id: str, number: int) -> FaqTrial | None:
        """What became of the golden questions with this version in; None where they were not asked."""
        return _trial(self._connection, entry_id, number)

    def revision(self) -> int:
        """The store's revision, which no one can change before this transaction ends."""
        return self._connection.execute(select(MetaRow.value).where(MetaRow.name == REVISION_ROW)).scalar_one()

    def record(self, actor: str, action: str, subject: str, details: dict[str, Any]) -> None:
        """Tells the audit log."""
        record(self._connection, actor, action, subject, details)


class FaqTable:
    """The FAQ in and out of its tables.

    Usable from many threads and processes; errors are those of ``Store``.

    Args:
        database: where it is.
        change: a transaction of the store in which writers take turns; what it yields counts, at its end, as a change
            of what is published where ``publishes`` says so.
    """

    def __init__(
        self, database: Database, change: Callable[[], AbstractContextManager[tuple[Connection, Callable[[], None]]]]
    ) -> None:
        self._database = database
        self._change = change
        self._used: tuple[tuple[int, str], tuple[list[str], list[str], list[str]]] | None = None

    @contextmanager
    def changing(self) -> Iterator[FaqChanging]:
        """A transaction: on disk when the block ends, undone when it raises."""
        with self._change() as (connection, count_change):
            work = FaqChanging(connection)
            yield work
            if work.publishes:
                count_change()

    def head(self, entry_id: str) -> FaqHead | None:
        """An entry as it stands; None where there is none."""
        with self._database.read() as connection:
            return faq_tables.head(connection, entry_id)

    def heads(self, ids: Iterable[str]) -> dict[str, FaqHead]:
        """The entries with these ids; one that is not there is left out."""
        with self._database.read() as connection:
            return faq_tables.heads_by_id(connection, ids)

    def live(self) -> frozenset[tuple[str, int, datetime]]:
        """The entries that citizens are answered from: id, live version, and when the entry last changed."""
        with self._database.read() as connection:
            return faq_tables.live(connection)

    def live_answers(self, ids: Iterable[str]) -> dict[str, str]:
        """The answers that citizens are given, by the ids of their entries; one that is not live is left out."""
        with self._database.read() as connection:
            return faq_tables.live_answers(connection, ids)

    def authors_since_review(self, heads: Collection[FaqHead]) -> dict[str, frozenset[str]]:
        """Who changed each of these entries since it was last reviewed, by its id; of some hundred of them."""
        with self._database.read() as connection:
            return faq_tables.authors_since_review(connection, heads)

    def page(self, wanted: FaqFilter, offset: int, limit: int) -> tuple[int, list[FaqHead]]:
        """How many entries fit, and some of them in the order staff gave them."""
        with self._database.read() as connection:
            return faq_tables.page(connection, wanted, offset, limit)

    def count(self, wanted: FaqFilter) -> int:
        """How many entries fit."""
        with self._database.read() as connection:
            return faq_tables.count(connection, wanted)

    def fitting_ids(self, wanted: FaqFilter) -> list[str]:
        """The ids of all entries that fit."""
        with self._database.read() as connection:
            return faq_tables.fitting_ids(connection, wanted)

    def versions(self, entry_id: str) -> list[FaqVersion]:
        """All versions of an entry, the newest first."""
        with self._database.read() as connection:
            return faq_tables.versions(connection, entry_id)

    def asked(self, since: datetime | None = None) -> list[FaqAsked]:
        """What each entry may be asked by, archived or not; of those only that changed at this time or later."""
        with self._database.read() as connection:
            return faq_tables.asked(connection, since)

    def questions(self) -> dict[str, str]:
        """The question of every entry by its id, in the order staff gave them."""
        query = select(FaqRow.id, FaqRow.question).order_by(FaqRow.ordinal, FaqRow.id)
        with self._database.read() as connection:
            return {row.id: row.question for row in connection.execute(query)}

    def count_by_state(self) -> dict[str, int]:
        """How many entries there are in each state."""
        query = select(FaqRow.state, func.count().label("total")).group_by(FaqRow.state)
        with self._database.read() as connection:
            return {row.state: row.total for row in connection.execute(query)}

    def newest_change(self) -> tuple[int, str]:
        """Differs whenever any entry has changed: for what is made of all of them."""
        query = select(func.count(), cast(func.max(FaqRow.changed), Text))
        with self._database.read() as connection:
            count, changed = connection.execute(query).one()
        return int(count), str(changed)

    def words_used(self) -> tuple[list[str], list[str], list[str]]:
        """The departments, the owners and the tags of all entries, each once, in order.

        Read again only when an entry changed: the list shows them each time, and there may be thousands.
        """
        newest = self.newest_change()
        if self._used is None or self._used[0] != newest:
            with self._database.read() as connection:
                publishers = connection.execute(select(FaqRow.publisher).distinct()).scalars().all()
                owners = connection.execute(select(FaqRow.owner).distinct()).scalars().all()
                tags = {tag for each in connection.execute(select(FaqRow.tags)).scalars() for tag in each}
            self._used = newest, (sorted(filter(None, publishers)), sorted(filter(None, owners)), sorted(tags))
        return self._used[1]

    # Trials before publishing

    def trial(self, entry_id: str, number: int) -> FaqTrial | None:
        """What became of the golden questions with this version in; None where they were not asked."""
        with self._database.read() as connection:
            return _trial(connection, entry_id, number)

    def keep_trial(self, trial: FaqTrial) -> None:
        """Keeps what became of the golden questions, in the place of an earlier trial of the version."""
        ours = (FaqTrialRow.entry_id == trial.entry_id) & (FaqTrialRow.number == trial.number)
        with self._database.write() as connection:
            connection.execute(delete(FaqTrialRow).where(ours))
            connection.execute(insert(FaqTrialRow), vars(trial))

    # The words that staff watch

    def watch_words(self) -> tuple[str, ...]:
        """The words that must not be published unseen, in order."""
        with self._database.read() as connection:
            return tuple(connection.execute(select(WatchWordRow.word).order_by(WatchWordRow.word)).scalars())

    def replace_watch_words(self, actor: str, words: Sequence[str]) -> None:
        """Puts ``words``, each once, in the place of all."""
        with self._database.write() as connection:
            before = set(connection.execute(select(WatchWordRow.word)).scalars())
            if before == set(words):
                return
            connection.execute(delete(WatchWordRow))
            if words:
                connection.execute(insert(WatchWordRow), [{"word": word} for word in words])
            # The words themselves may say what nobody is to read: the log tells how many.
            details = {"added": len(set(words) - before), "removed": len(before - set(words))}
            record(connection, actor, "watch_words.changed", "watch_words", details)


def _trial(connection: Connection, entry_id: str, number: int) -> FaqTrial | None:
    query = select(FaqTrialRow.__table__).where(FaqTrialRow.entry_id == entry_id, FaqTrialRow.number == number)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else FaqTrial(**row)
