"""The tables. A change here needs a migration beside it (``migrations/versions``); a test holds the two together.

Offsets are character offsets into the report's text. JSON columns hold lists of strings.
"""

from datetime import date, datetime, timezone
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, MetaData, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# The row of ``meta`` that counts changes of published content.
REVISION_ROW = "revision"


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
    """One report; ``text`` stands last, so that reading the columns before it need not touch its pages."""

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


class FaqRow(Base):
    """One FAQ entry; ``ordinal`` is its place in the FAQ as staff arranged it."""

    __tablename__ = "faq_entries"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    ordinal: Mapped[int]
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    publisher: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    tags: Mapped[list[str]] = mapped_column(JSON)
    updated: Mapped[date | None]
    state: Mapped[str] = mapped_column(Text)


class PhrasingRow(Base):
    """Another way to ask an FAQ entry's question."""

    __tablename__ = "faq_phrasings"

    entry_id: Mapped[str] = mapped_column(ForeignKey("faq_entries.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)


class QueueRow(Base):
    """A report that the index has to catch up with; no foreign key, for removed reports wait here too."""

    __tablename__ = "index_queue"
    __table_args__ = ({"sqlite_autoincrement": True},)

    sequence: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[str] = mapped_column(Text, unique=True)
