"""The tables. A change here needs a migration beside it (``migrations/versions``); a test holds the two together.

Offsets are character offsets into the report's text. JSON columns hold lists of strings unless their row says more.
"""

from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# The row of ``meta`` that counts changes of published content.
REVISION_ROW = "revision"
# All that the statistics need of a message, in one index: the messages themselves are not read for them.
_DAYS_OF_MESSAGE = ("came", "department", "replied_day", "reply_seconds", "closed")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time: SQLite keeps no zone, so everything goes in as UTC and comes out marked as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        return None if value is None else value.astimezone(timezone.utc)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Marked as UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment.astimezone(timezone.utc)


class DecimalText(TypeDecorator[Decimal]):
    """A decimal number as its digits: SQLite's NUMERIC would make a binary fraction of 3.14 and drop a last zero."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """To digits."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        """From digits."""
        return None if value is None else Decimal(value)


class Base(DeclarativeBase):
    """The metadata; every constraint has a name, so that a later migration can speak of it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class MetaRow(Base):
    """Counters of the store itself."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[int]


class ReportRow(Base):
    """One report; what ``text`` stands before is read with it only, so that a summary need not touch its pages.

    ``contact`` holds the fields of a ``Contact`` by name; NULL, as in rows from before there was one, is an empty one.
    """

    __tablename__ = "reports"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    identity: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[str] = mapped_column(Text)
    publisher: Mapped[str] = mapped_column(Text)
    index_number: Mapped[str] = mapped_column(Text)
    published: Mapped[date | None]
    year: Mapped[int | None]
    url: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(Text)
    ingested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    passage_count: Mapped[int]
    summary: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    period_first: Mapped[date | None]
    period_last: Mapped[date | None]
    contact: Mapped[dict[str, str] | None] = mapped_column(JSON)


class WordsRow(Base):
    """The words of a report, kept so that none of its texts is segmented twice; a row of its own, for only indexing
    reads it.

    ``words`` holds three lists of lists of words: of the title, of the headings, of the passages.
    """

    __tablename__ = "report_words"

    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[str] = mapped_column(Text)
    words: Mapped[list[Any]] = mapped_column(JSON)


class SectionRow(Base):
    """One heading of a report's outline."""

    __tablename__ = "sections"

    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    heading: Mapped[str] = mapped_column(Text)
    level: Mapped[int]
    path: Mapped[list[str]] = mapped_column(JSON)
    start: Mapped[int] = mapped_column("start_offset")
    end: Mapped[int] = mapped_column("end_offset")
    anchor: Mapped[str] = mapped_column(Text)


class PassageRow(Base):
    """One passage; it repeats its section's path, so that a found passage is one row by primary key."""

    __tablename__ = "passages"
    __table_args__ = (UniqueConstraint("report_id", "ordinal"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    section: Mapped[int]
    section_path: Mapped[list[str]] = mapped_column(JSON)
    start: Mapped[int] = mapped_column("start_offset")
    end: Mapped[int] = mapped_column("end_offset")
    anchor: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    recognised: Mapped[bool] = mapped_column(Boolean, server_default=false())


class DataTableRow(Base):
    """One table of a report; ``cells`` holds a list for each cell, the fields of ``Cell`` in their order."""

    __tablename__ = "data_tables"

    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    caption: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    form: Mapped[str] = mapped_column(Text)
    row_count: Mapped[int]
    column_count: Mapped[int]
    start: Mapped[int] = mapped_column("start_offset")
    end: Mapped[int] = mapped_column("end_offset")
    anchor: Mapped[str] = mapped_column(Text)
    recognised: Mapped[bool] = mapped_column(Boolean)
    cells: Mapped[list[Any]] = mapped_column(JSON)


class FigureRow(Base):
    """One figure of a report; the columns are the fields of ``Figure``."""

    __tablename__ = "figures"
    # By report the primary key serves.
    __table_args__ = (Index(None, "canonical"),)

    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    start: Mapped[int] = mapped_column("start_offset")
    end: Mapped[int] = mapped_column("end_offset")
    value: Mapped[Decimal | None] = mapped_column(DecimalText)
    unit: Mapped[str] = mapped_column(Text)
    qualifier: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    indicator: Mapped[str] = mapped_column(Text)
    indicator_start: Mapped[int | None]
    indicator_end: Mapped[int | None]
    year: Mapped[int | None]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    table_ordinal: Mapped[int | None]
    table_row: Mapped[int | None]
    table_column: Mapped[int | None]
    canonical: Mapped[str] = mapped_column(Text)


class ImbalanceRow(Base):
    """A sum in a standard table that does not come out; ``cells`` holds the row and the column of each cell."""

    __tablename__ = "imbalances"

    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    table_ordinal: Mapped[int]
    rule: Mapped[str] = mapped_column(Text)
    names: Mapped[list[str]] = mapped_column(JSON)
    left: Mapped[Decimal] = mapped_column("left_side", DecimalText)
    right: Mapped[Decimal] = mapped_column("right_side", DecimalText)
    cells: Mapped[list[list[int]]] = mapped_column(JSON)


class QueueRow(Base):
    """A report that the index has to catch up with; no foreign key, for removed reports wait here too."""

    __tablename__ = "index_queue"
    __table_args__ = ({"sqlite_autoincrement": True},)

    sequence: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[str] = mapped_column(Text, unique=True)


class ConversationRow(Base):
    """What one conversation remembers; neither who asked nor from where."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    said_at: Mapped[int] = mapped_column(index=True)
    said: Mapped[dict[str, Any]] = mapped_column(JSON)


class MessageRow(Base):
    """One message of a citizen and its reply: the fields of ``StoredMessage``, and the days counted by."""

    __tablename__ = "messages"
    __table_args__ = (Index(None, "stage", "created"), Index(None, *_DAYS_OF_MESSAGE))

    receipt: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    consent: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    report_id: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    reply: Mapped[str] = mapped_column(Text)
    replied: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    stage: Mapped[str] = mapped_column(Text, server_default="new")
    department: Mapped[str] = mapped_column(Text, server_default="")
    owner: Mapped[str] = mapped_column(Text, server_default="")
    due: Mapped[date | None]
    draft: Mapped[str] = mapped_column(Text, server_default="")
    drafted_by: Mapped[str] = mapped_column(Text, server_default="")
    checked_by: Mapped[str] = mapped_column(Text, server_default="")
    remark: Mapped[str] = mapped_column(Text, server_default="")
    closing: Mapped[str] = mapped_column(Text, server_default="")
    closed: Mapped[datetime | None] = mapped_column(UtcDateTime)
    faq_id: Mapped[str] = mapped_column(Text, server_default="")
    edits: Mapped[int] = mapped_column(server_default="0")
    came: Mapped[date] = mapped_column(server_default="1970-01-01")
    replied_day: Mapped[date | None]
    reply_seconds: Mapped[int | None]


class PastMessageRow(Base):
    """What the statistics need of a message that was deleted when its days were over: nothing that anybody wrote."""

    __tablename__ = "past_messages"
    __table_args__ = (Index(None, *_DAYS_OF_MESSAGE),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    replied: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed: Mapped[datetime | None] = mapped_column(UtcDateTime)
    came: Mapped[date] = mapped_column(server_default="1970-01-01")
    replied_day: Mapped[date | None]
    reply_seconds: Mapped[int | None]


class FeedbackRow(Base):
    """What somebody thought of one answer; a question may be longer than a key, so a hash of it stands in the key."""

    __tablename__ = "feedback"

    conversation: Mapped[str] = mapped_column(Text, primary_key=True)
    question_key: Mapped[str] = mapped_column(Text, primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    given: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class FilingRow(Base):
    """One version of a report at the desk; the columns are the fields of ``Filing``, and what was read of its file.

    ``content`` is the report as read, in JSON; NULL where nothing was read yet, and where the report is published as
    it was read and nothing was kept apart.
    """

    __tablename__ = "filings"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[str] = mapped_column(Text, index=True)
    state: Mapped[str] = mapped_column(Text, index=True)
    title: Mapped[str] = mapped_column(Text)
    publisher: Mapped[str] = mapped_column(Text)
    year: Mapped[int | None]
    file_name: Mapped[str] = mapped_column(Text)
    file_size: Mapped[int]
    department: Mapped[str] = mapped_column(Text)
    filed_by: Mapped[str] = mapped_column(Text)
    filed: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(Text)
    changed: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
    replaces: Mapped[str] = mapped_column(Text)
    edits: Mapped[int]
    content_hash: Mapped[str] = mapped_column(Text)
    content: Mapped[str | None] = mapped_column(Text)


class FiledFileRow(Base):
    """The bytes of an uploaded file as they came; a table of its own, for only reading and downloading take them."""

    __tablename__ = "filed_files"

    filing_id: Mapped[int] = mapped_column(ForeignKey("filings.id", ondelete="CASCADE"), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class CorrectionRow(Base):
    """What staff corrected of what a report says of itself; it survives every new reading of the report."""

    __tablename__ = "report_corrections"

    report_id: Mapped[str] = mapped_column(Text, primary_key=True)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    corrected_by: Mapped[str] = mapped_column(Text)
    corrected: Mapped[datetime] = mapped_column(UtcDateTime)


class WordVersionRow(Base):
    """One version of a word list; ``written`` once the file in the data directory holds it."""

    __tablename__ = "word_versions"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, index=True)
    text: Mapped[str] = mapped_column(Text)
    saved_by: Mapped[str] = mapped_column(Text)
    saved: Mapped[datetime] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text)
    written: Mapped[bool] = mapped_column(Boolean)


class WordProposalRow(Base):
    """A change of a word list that waits to be let pass; ``digest`` is of the list it was made from."""

    __tablename__ = "word_proposals"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    made: Mapped[datetime] = mapped_column(UtcDateTime)
