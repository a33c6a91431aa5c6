"""The store: the system of record that everything else can be rebuilt from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from assistant.reports.composing import corrected
from assistant.reports.model import Figure, Report
from assistant.reports.report_words import ReportWords
from assistant.store import conversation_table, faq_tables, filing_rows, part_tables, queue_table, report_tables
from assistant.store.audit_table import AuditTable, record
from assistant.store.compilation_table import CompilationTable
from assistant.store.daily_table import DailyTable
from assistant.store.database import BUSY_TIMEOUT_S, Database
from assistant.store.faq_models import FaqRow
from assistant.store.faq_records import FaqHead, FaqVersion
from assistant.store.faq_table import FaqTable
from assistant.store.feedback_table import FeedbackTable
from assistant.store.filing_table import FilingTable
from assistant.store.group_table import GroupTable
from assistant.store.hot_read import HotRead
from assistant.store.message_counts import MessageCounts
from assistant.store.message_table import MessageTable
from assistant.store.migrate import bring_up_to_date
from assistant.store.models import PassageRow, QueueRow, ReportRow
from assistant.store.people_table import PeopleTable
from assistant.store.question_table import QuestionTable
from assistant.store.records import (
    Counts,
    FaqChanges,
    FaqEntry,
    Indexable,
    QueueEntry,
    Remembered,
    ReportSummary,
    Saved,
    StoredPassage,
    StoredReport,
)
from assistant.store.revision import REVISION, count_change, take_turn
from assistant.store.session_table import SessionTable
from assistant.store.suggestion_table import SuggestionTable
from assistant.store.token_table import TokenTable
from assistant.store.word_table import WordTable

# Whom the audit log names where nobody is signed in.
_OPERATOR = "命令行"


class Store:
    """Reports, the FAQ, and the queue of what the index has yet to take in.

    Attributes:
        own_changes: rises with every write through this object: a cache above that has seen it need not ask the
            database whether this process changed anything.
        messages: what citizens wrote.
        message_counts: how many messages came and were replied to, by day.
        feedback: what they thought of answers.
        daily: how much of everything there was, by day.
        questions: what was asked.
        groups: what was asked, grouped.
        suggestions: wordings proposed for FAQ entries.
        compilations: what was asked most, compiled for the public.
        filings: reports at the staff's desk, published or not.
        words: the versions of the staff's word lists.
        faq_table: the FAQ as the desk works on it.
        people: who may work at the desk.
        sessions: who is signed in there.
        audit: what was done there.
        tokens: of other systems that use it.

    Usable from many threads, and from several processes at once. Every method is one transaction: when it returns,
    what it did is on disk; when it raises, nothing was done. A reader never waits for a writer (SQLite in WAL mode).

    Every method may raise ``Busy`` (another program held the database too long) or ``StoreError`` (disk full, file
    damaged, …), both with a Chinese sentence.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._passages_by_id = HotRead(database, report_tables.PASSAGE, PassageRow.id)
        self.own_changes = 0
        self.messages = MessageTable(database)
        self.message_counts = MessageCounts(database)
        self.feedback = FeedbackTable(database)
        self.daily = DailyTable(database)
        self.questions = QuestionTable(database)
        self.groups = GroupTable(database)
        self.suggestions = SuggestionTable(database)
        self.compilations = CompilationTable(database)
        self.filings = FilingTable(database, self._write)
        self.words = WordTable(database)
        self.people = PeopleTable(database)
        self.sessions = SessionTable(database)
        self.audit = AuditTable(database)
        self.tokens = TokenTable(database)
        self.faq_table = FaqTable(database, self._change)

    @classmethod
    def open(cls, target: str | Path, busy_timeout_s: float = BUSY_TIMEOUT_S) -> "Store":
        """Opens a store, creating or upgrading its tables where needed.

        Args:
            target: path of an SQLite file (made with its folder when missing), or an SQLAlchemy URL.
            busy_timeout_s: how long a writer waits for another one, in seconds.

        Raises:
            StoreError: no database, another program's, or one that a newer 安安 made.
        """
        database = Database(target, busy_timeout_s)
        try:
            bring_up_to_date(database)
            database.use_wal()
        except BaseException:
            database.close()
            raise
        return cls(database)

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Reports

    def save(self, report: Report, words: ReportWords | None = None) -> Saved:
        """Adds a report, or replaces the one with the same id or identity; equal content writes nothing.

        What staff corrected of it and published stays corrected, and content that they withdrew is not published
        again. A replaced report's passages get new ids. What changed is entered in the index's queue with it. ``words``
        are kept with it, so that indexing need not segment it again.
        """
        as_read = report
        with self._database.read() as connection:
            corrections = filing_rows.public_corrections(connection, report.id)
            if corrections:
                report, words = corrected(report, corrections), None
            if report_tables.held(connection, report) == {report.id: report.content_hash}:
                return Saved.UNCHANGED
        with self._write() as connection:
            if filing_rows.withdrawn_as_it_is(connection, report.id, report.content_hash):
                return Saved.WITHDRAWN
            done, changed = report_tables.put(connection, report, words)
            for report_id in changed:
                if report_id != report.id:
                    filing_rows.forget_published(connection, report_id)
            if changed:
                filing_rows.came_in(connection, report, as_read, bool(corrections))
                queue_table.enqueue(connection, changed)
                count_change(connection)
        return done

    def remove(self, report_id: str) -> bool:
        """Removes a report and enters that in the index's queue; False when there was none."""
        with self._write() as connection:
            removed = report_tables.drop(connection, report_id)
            if removed:
                filing_rows.forget_published(connection, report_id)
                queue_table.enqueue(connection, [report_id])
                count_change(connection)
        return removed

    def reports(self, publisher: str | None = None) -> list[ReportSummary]:
        """Every report (of one publisher) without its text, by publisher, the newest year first, no year last."""
        with self._database.read() as connection:
            return report_tables.all_summaries(connection, publisher)

    def report(self, report_id: str) -> StoredReport | None:
        """A whole report; None when there is none with this id."""
        with self._database.read() as connection:
            return report_tables.whole(connection, report_id)

    def figures(self, report_id: str) -> tuple[Figure, ...]:
        """The figures of a report in the order of its text; empty when there is no such report."""
        with self._database.read() as connection:
            return part_tables.figures(connection, report_id)

    def headings(self, report_id: str) -> tuple[str, ...]:
        """The headings of a report in their order; empty when there is no such report."""
        with self._database.read() as connection:
            return report_tables.headings(connection, report_id)

    def report_summaries(self, ids: Iterable[str]) -> dict[str, ReportSummary]:
        """The reports with these ids, without their text; an id that is not (or no longer) held is left out."""
        with self._database.read() as connection:
            return report_tables.summaries(connection, ids)

    def content_hashes(self) -> frozenset[str]:
        """The content hashes of all reports."""
        with self._database.read() as connection:
            return frozenset(connection.execute(select(ReportRow.content_hash)).scalars())

    def texts_with(self, content_hashes: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The content hashes and texts of the reports that have these, a few in memory at a time."""
        return report_tables.texts_with(self._database, content_hashes)

    # Passages

    def passages(self, ids: Iterable[int]) -> dict[int, StoredPassage]:
        """The passages with these ids; an id that is not (or no longer) held is left out."""
        return {row[0]: report_tables.passage_of_row(row) for row in self._passages_by_id.rows(list(ids))}

    def report_passages(self, report_id: str) -> list[StoredPassage]:
        """The passages of a report in the order of its text; none when there is no such report."""
        with self._database.read() as connection:
            return report_tables.passages_of(connection, report_id)

    def passages_after(self, last: int, limit: int) -> list[StoredPassage]:
        """The next passages after the one of id ``last``, by rising id."""
        query = report_tables.PASSAGE.where(PassageRow.id > last).order_by(PassageRow.id).limit(limit)
        with self._database.read() as connection:
            return [report_tables.passage_of_row(tuple(row)) for row in connection.execute(query)]

    # The FAQ

    def faq(self, state: str | None = "published") -> list[FaqEntry]:
        """The FAQ entries in the order staff gave them.

        Args:
            state: published gives what citizens are answered from, though a newer draft be under way; None every entry,
                as published where it is, else as it stands; any other those that stand so.
        """
        with self._database.read() as connection:
            return faq_tables.entries(connection, state)

    def replace_faq(self, entries: Sequence[FaqEntry], actor: str = _OPERATOR) -> FaqChanges:
        """Puts ``entries`` in the place of the whole FAQ, whatever the state; an equal FAQ writes nothing.

        An entry that changes gets a new version; one that is not among them is gone with all its versions.

        Args:
            entries: all that there is to be, each in the state it names.
            actor: whom the audit log names.

        Raises:
            BadInput: two entries share an id.
        """
        given = list(entries)
        faq_tables.check_ids(given)
        if self.faq(state=None) == given:
            return FaqChanges(0, 0, 0)
        with self._write() as connection:
            before = faq_tables.entries(connection, None)
            _replace_faq(connection, before, given)
            done = faq_tables.changes(before, given)
            record(connection, actor, "faq.replaced", "faq", done._asdict())
            count_change(connection)
        return done

    # What the index has to catch up with

    def index_queue(self) -> list[QueueEntry]:
        """The reports changed since the index last caught up, oldest change first."""
        with self._database.read() as connection:
            return queue_table.waiting(connection)

    def settle_index(self, sequences: Iterable[int]) -> None:
        """Deletes exactly these entries of the queue; to be called after the index has committed them.

        A report that changed again since the queue was read waits under another sequence number and stays.
        """
        numbers = list(sequences)
        if numbers:
            with self._write() as connection:
                queue_table.settle(connection, numbers)

    def enqueue_all(self) -> None:
        """Enters every report in the index's queue, for an index that is built anew."""
        with self._write() as connection:
            queue_table.enqueue_all(connection)

    def indexable(self, report_id: str, version: str) -> Indexable | None:
        """What the index takes of a report; None when there is none with this id.

        Args:
            report_id: the report.
            version: of the segmentation whose words are wanted.
        """
        with self._database.read() as connection:
            return report_tables.indexable(connection, report_id, version)

    def without_words(self, version: str) -> list[str]:
        """The reports of which no words of this version of the segmentation are kept."""
        with self._database.read() as connection:
            return part_tables.without_words(connection, version)

    def keep_words(self, report_id: str, content_hash: str, words: ReportWords) -> None:
        """Keeps the words of a report, unless it is gone or no longer has the content they were made from."""
        with self._write() as connection:
            if report_tables.has_content(connection, report_id, content_hash):
                part_tables.put_words(connection, report_id, words)

    # Conversations

    def conversation(self, conversation: str) -> Remembered | None:
        """What is kept of a conversation; None when nothing is."""
        with self._database.read() as connection:
            return conversation_table.remembered(connection, conversation)

    def keep_conversations(self, conversations: Sequence[Remembered], before: int, most: int) -> None:
        """Keeps these conversations, and forgets those older than ``before`` and the oldest of more than ``most``.

        Nothing that is published changes, so neither the revision nor ``own_changes`` rises.
        """
        with self._database.write() as connection:
            conversation_table.put(connection, conversations)
            conversation_table.forget(connection, before, most)

    def note(self, actor: str, action: str, subject: str, details: Mapping[str, Any]) -> None:
        """Puts into the audit log what was done to the store as a whole; see ``audit_table.record``."""
        with self._database.write() as connection:
            record(connection, actor, action, subject, details)

    # Numbers

    def counts(self) -> Counts:
        """How much there is."""
        with self._database.read() as connection:
            reports, passages = connection.execute(
                select(func.count(), func.coalesce(func.sum(ReportRow.passage_count), 0)).select_from(ReportRow)
            ).one()
            entries = connection.execute(select(func.count()).select_from(FaqRow)).scalar_one()
            waiting = connection.execute(select(func.count()).select_from(QueueRow)).scalar_one()
        return Counts(reports, passages, entries, waiting)

    def revision(self) -> int:
        """A number that changes with every change of a report or the FAQ, by whichever process: for caches above."""
        with self._database.read() as connection:
            return connection.execute(REVISION).scalar_one()

    @contextmanager
    def _change(self) -> Iterator[tuple[Connection, Callable[[], None]]]:
        """A transaction, and what counts it as a change of what is published."""
        with self._write() as connection:
            yield connection, lambda: count_change(connection)

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._database.write() as connection:
            take_turn(connection)
            yield connection
        self.own_changes += 1


def _replace_faq(connection: Connection, before: Sequence[FaqEntry], given: Sequence[FaqEntry]) -> None:
    now = datetime.now(timezone.utc)
    old = {entry.id: entry for entry in before}
    heads = faq_tables.heads_by_id(connection, old)
    faq_tables.drop(connection, sorted(old.keys() - {entry.id for entry in given}))
    put: list[FaqHead] = []
    new: list[FaqVersion] = []
    for ordinal, entry in enumerate(given):
        head = heads.get(entry.id)
        if head is not None and old[entry.id] == entry:
            if head.ordinal != ordinal:
                put.append(replace(head, ordinal=ordinal))
            continue
        number = 1 if head is None else head.version + 1
        live = number if entry.state == "published" else None
        reviewed = live or (0 if head is None else head.reviewed)
        put.append(FaqHead(entry, ordinal, number, live, reviewed, "", now))
        new.append(FaqVersion(entry, number, "", now, ""))
    faq_tables.put_heads(connection, put, new)
