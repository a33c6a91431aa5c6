"""The tables of what is asked: questions, their groups, counts by day, proposed phrasings, compilations.

Neither an address nor an account stands in any of them. A conversation is a random number that goes after some days.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.models import Base, UtcDateTime


class DailyCountRow(Base):
    """How much of one kind there was on one day; ``department`` is empty where none is meant. Kept for good."""

    __tablename__ = "daily_counts"

    day: Mapped[date] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(Text, primary_key=True)
    department: Mapped[str] = mapped_column(Text, primary_key=True)
    amount: Mapped[int]


class QuestionGroupRow(Base):
    """Questions that one answer serves, and what staff decided about them; ``state`` is one of ``GROUP_STATES``."""

    __tablename__ = "question_groups"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    entry_id: Mapped[str] = mapped_column(Text)
    report_id: Mapped[str] = mapped_column(Text)
    passage: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(Text)
    decided: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_asked: Mapped[datetime] = mapped_column(UtcDateTime)
    last_asked: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class GroupCountRow(Base):
    """How often the questions of a group were asked within a period; see ``desk.periods`` for the periods' names.

    ``before`` is how often in the period of the same length before it, for those that end today.
    """

    __tablename__ = "group_counts"
    __table_args__ = (Index(None, "period", "unanswered", "asked"), Index(None, "period", "asked"))

    period: Mapped[str] = mapped_column(Text, primary_key=True)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("question_groups.id", ondelete="CASCADE"), primary_key=True, index=True, autoincrement=False
    )
    asked: Mapped[int]
    unanswered: Mapped[int]
    before: Mapped[int]
    up: Mapped[int]
    down: Mapped[int]


class QuestionFormRow(Base):
    """One wording, personal data masked, however often it was asked; ``key`` is the hash of it.

    ``signature`` is what it was compared by; ``exemplar`` says whether its group is still compared by it.
    """

    __tablename__ = "question_forms"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    text: Mapped[str] = mapped_column(Text)
    group_id: Mapped[int | None] = mapped_column(index=True)
    exemplar: Mapped[bool] = mapped_column(Boolean)
    times: Mapped[int]
    signature: Mapped[list[Any]] = mapped_column(JSON)
    last_asked: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class QuestionRow(Base):
    """One question as it was asked and answered."""

    __tablename__ = "questions"
    __table_args__ = (Index(None, "form_id", "asked"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("question_forms.id", ondelete="CASCADE"))
    asked: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    kind: Mapped[str] = mapped_column(Text)
    answered: Mapped[bool] = mapped_column(Boolean)
    entry_id: Mapped[str] = mapped_column(Text)
    report_id: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(Text)
    confidence_percent: Mapped[int]
    milliseconds: Mapped[int]
    spoken: Mapped[bool] = mapped_column(Boolean)
    conversation: Mapped[str | None] = mapped_column(Text, index=True)
    turn: Mapped[int]


class PhrasingSuggestionRow(Base):
    """A wording that seems to ask what an FAQ entry answers; ``state`` is waiting, accepted or refused."""

    __tablename__ = "phrasing_suggestions"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    entry_id: Mapped[str] = mapped_column(Text, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    asked_then: Mapped[str] = mapped_column(Text)
    times: Mapped[int]
    state: Mapped[str] = mapped_column(Text)
    last_seen: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    decided_by: Mapped[str] = mapped_column(Text)


class CompilationRow(Base):
    """A compilation of what was asked most; ``published_version`` is None as long as none is public."""

    __tablename__ = "compilations"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    department: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    newest_version: Mapped[int]
    published_version: Mapped[int | None]
    published: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CompilationVersionRow(Base):
    """One state of a compilation; ``items`` holds the fields of ``CompiledItem`` of each."""

    __tablename__ = "compilation_versions"

    compilation_id: Mapped[int] = mapped_column(
        ForeignKey("compilations.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(Text)
    intro: Mapped[str] = mapped_column(Text)
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    editor: Mapped[str] = mapped_column(Text)
    saved: Mapped[datetime] = mapped_column(UtcDateTime)
