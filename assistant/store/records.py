"""What the store hands out: frozen records, whole and detached from any connection."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple

from assistant.reports.model import Contact, Figure, Imbalance, Section, Table
from assistant.reports.report_words import ReportWords


class Saved(Enum):
    """What saving a report did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    """Staff have withdrawn exactly this content: it stays so until they publish it."""


@dataclass(frozen=True)
class ReportSummary:
    """A report without its text; the fields up to ``content_hash`` are those of ``reports.model.Report``.

    Attributes:
        ingested_at: when this content was saved, an aware time in UTC.
        passage_count: how many passages it has.
    """

    id: str
    identity: str
    title: str
    publisher: str
    index_number: str
    published: date | None
    year: int | None
    summary: str
    url: str
    content_hash: str
    ingested_at: datetime
    passage_count: int


@dataclass(frozen=True)
class StoredPassage:
    """A passage as saved.

    Attributes:
        id: integer that no other passage ever had or will have in this store.
        report_id: the report it stands in.
        text: the passage as printed.
        start: offset of its first character in the report's text.
        end: offset after its last character.
        section_path: headings from the top down to the passage.
        anchor: fragment of the report page, e.g. ``p12``.
        ordinal: its place in the report, from 0.
        section: index of its section in ``StoredReport.sections``.
        recognised: whether some of it was recognised from a picture, not read.
    """

    id: int
    report_id: str
    text: str
    start: int
    end: int
    section_path: tuple[str, ...]
    anchor: str
    ordinal: int
    section: int
    recognised: bool = False


@dataclass(frozen=True)
class StoredReport:
    """A whole report as saved: ``text[p.start:p.end] == p.text`` for each of its passages.

    The fields from ``period`` on are those of ``reports.model.Report``.
    """

    summary: ReportSummary
    text: str
    sections: tuple[Section, ...]
    passages: tuple[StoredPassage, ...]
    period: tuple[date, date] | None
    contact: Contact
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    imbalances: tuple[Imbalance, ...]


@dataclass(frozen=True)
class Indexable:
    """What the index takes of a report.

    Attributes:
        summary: the report without its text.
        headings: its distinct headings, as ``heading_texts`` gives them.
        passages: its passages in the order of the text.
        words: their words; None where none of the version asked for are kept.
    """

    summary: ReportSummary
    headings: tuple[str, ...]
    passages: tuple[StoredPassage, ...]
    words: ReportWords | None


@dataclass(frozen=True)
class FaqEntry:
    """A question that staff have answered.

    Attributes:
        id: stable name of the entry, unique in the FAQ.
        question: the question as citizens read it.
        phrasings: other ways to ask the same.
        answer: the published words.
        publisher: the body that answers for it.
        source: what the answer rests on, as printed; empty when it rests on itself.
        url: where the source can be read; empty when nowhere.
        tags: words it is filed under.
        updated: when it was last checked; None when unknown.
        state: draft, review, published or archived; only published ones are for citizens.
        owner: the login of who looks after it; may be empty.
        valid_from: the first day that citizens are answered from it; None for any.
        valid_until: the last such day; None for any.
        links: passages of reports that stand behind it, as ``report#anchor@digest`` (see ``answers.links``).
    """

    id: str
    question: str
    phrasings: tuple[str, ...]
    answer: str
    publisher: str = ""
    source: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    updated: date | None = None
    state: str = "published"
    owner: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    links: tuple[str, ...] = ()

    def is_valid_on(self, day: date) -> bool:
        """Whether citizens may be answered from it on this day, as far as its validity goes."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


class FaqChanges(NamedTuple):
    """How many entries a replacement of the FAQ added, changed and removed."""

    added: int
    changed: int
    removed: int


class QueueEntry(NamedTuple):
    """A report that the index has to catch up with: index it if the store has it, else remove it from the index.

    Attributes:
        sequence: names this very entry; a later change of the same report is another entry with a higher number.
        report_id: the report.
    """

    sequence: int
    report_id: str


class Counts(NamedTuple):
    """How much is in the store; ``waiting`` counts the reports the index has yet to catch up with."""

    reports: int
    passages: int
    faq_entries: int
    waiting: int


@dataclass(frozen=True)
class Remembered:
    """What is kept of a conversation.

    Attributes:
        id: the conversation's id.
        said_at: when something was last said in it, in whole seconds of Unix time.
        said: what was said, as the answers need it.
    """

    id: str
    said_at: int
    said: dict[str, Any]


@dataclass(frozen=True)
class StoredMessage:
    """A message that a citizen left.

    Attributes:
        receipt: the number by which the citizen finds it again, digits only.
        kind: ask, suggest, complain or correct.
        text: the message.
        contact: how to reach who wrote it; empty when not told.
        consent: version of the consent line that was agreed to; empty where no contact was given.
        question: what had been asked in vain; empty when nothing.
        report_id: the report it is about; empty when none.
        created: when it was received, an aware time in UTC.
        reply: the reply; empty as long as there is none.
        replied: when the reply was published; None as long as there is none.
        stage: how far staff are: new, assigned, drafted, review, replied or closed (``desk.handling``).
        department: whose matter it is; empty as long as nobody said.
        owner: login of who handles it; empty as long as nobody does.
        due: the last day for the reply, where it was put off; None where the working days of the setting count.
        draft: the reply as it is being written; not for citizens.
        drafted_by: login of who wrote it.
        checked_by: login of who approved the reply that is published.
        remark: what the reviewer wants changed in the draft.
        closing: why it was closed without a reply, as the citizen reads it.
        closed: when it was closed without a reply.
        faq_id: the FAQ draft that was made of it; empty as long as none was.
        edits: rises with every change at the desk, so that nobody overwrites unseen what another did.
    """

    receipt: str
    kind: str
    text: str
    contact: str
    consent: str
    question: str
    report_id: str
    created: datetime
    reply: str = ""
    replied: datetime | None = None
    stage: str = "new"
    department: str = ""
    owner: str = ""
    due: date | None = None
    draft: str = ""
    drafted_by: str = ""
    checked_by: str = ""
    remark: str = ""
    closing: str = ""
    closed: datetime | None = None
    faq_id: str = ""
    edits: int = 0

    @property
    def state(self) -> str:
        """What the citizen is told: ``received``, ``answered``, or ``closed`` without a reply."""
        if self.replied is not None:
            return "answered"
        return "received" if self.closed is None else "closed"

    @property
    def done(self) -> datetime | None:
        """When it was replied to or closed; None as long as it waits."""
        return self.replied or self.closed


@dataclass(frozen=True)
class Filing:
    """One version of a report at the desk, without what was read of it.

    Attributes:
        id: names this version.
        report_id: of the report it is a version of; empty as long as its file was not read.
        state: waiting (to be read), failed, uploaded, published, withdrawn, or replaced by another version.
        title: the report's, as corrected; the file's name as long as it was not read.
        publisher: likewise.
        year: likewise.
        file_name: of the uploaded file; empty where it came another way.
        file_size: its bytes.
        department: of who filed it.
        filed_by: login of who did, or how it came.
        filed: when, an aware time in UTC.
        changed_by: login of who changed its state last.
        changed: when.
        reason: why it was withdrawn, or could not be read.
        replaces: the report whose place it is meant to take; empty where its own identity says.
        edits: rises with every change at the desk.
        content_hash: of the report as corrected; empty as long as it was not read.
    """

    id: int
    report_id: str
    state: str
    title: str
    publisher: str
    year: int | None
    file_name: str
    file_size: int
    department: str
    filed_by: str
    filed: datetime
    changed_by: str
    changed: datetime
    reason: str
    replaces: str
    edits: int
    content_hash: str


@dataclass(frozen=True)
class StoredFeedback:
    """What somebody thought of one answer.

    Attributes:
        conversation: in which conversation.
        question: the question that was answered.
        kind: the answer's kind.
        verdict: up or down.
        reason: a word of the list of reasons, or the citizen's own few words; empty when none was given.
        given: when, an aware time in UTC.
    """

    conversation: str
    question: str
    kind: str
    verdict: str
    reason: str
    given: datetime


class FeedbackCount(NamedTuple):
    """How many answers of one kind were found good or bad."""

    kind: str
    up: int
    down: int
