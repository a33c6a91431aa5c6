"""The tables of the FAQ: each entry as it stands, every version it ever had, and what was tried before publishing.

Like ``models``: a change here needs a migration beside it.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.models import Base, UtcDateTime


class FaqRow(Base):
    """One FAQ entry with the content of its newest version, by which it is listed; ``ordinal`` is its place.

    ``live`` names the version that citizens are answered from, which may be an older one; NULL where there is none.
    ``reviewed`` names the last version that a reviewer published; 0 where none was.
    """

    __tablename__ = "faq_heads"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    ordinal: Mapped[int] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(Text, index=True)
    version: Mapped[int]
    live: Mapped[int | None]
    reviewed: Mapped[int]
    question: Mapped[str] = mapped_column(Text)
    phrasings: Mapped[list[str]] = mapped_column(JSON)
    answer: Mapped[str] = mapped_column(Text)
    publisher: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    tags: Mapped[list[str]] = mapped_column(JSON)
    updated: Mapped[date | None]
    owner: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    links: Mapped[list[str]] = mapped_column(JSON)
    author: Mapped[str] = mapped_column(Text)
    changed: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    remark: Mapped[str] = mapped_column(Text)


class FaqVersionRow(Base):
    """One version of an entry; ``content`` holds its fields by name, days as ISO 8601."""

    __tablename__ = "faq_versions"

    entry_id: Mapped[str] = mapped_column(ForeignKey("faq_heads.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    author: Mapped[str] = mapped_column(Text)
    saved: Mapped[datetime] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text)


class FaqTrialRow(Base):
    """What became of the golden questions with one version in; ``revision`` is the store's when they were asked."""

    __tablename__ = "faq_trials"

    entry_id: Mapped[str] = mapped_column(ForeignKey("faq_heads.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]
    made: Mapped[datetime] = mapped_column(UtcDateTime)
    result: Mapped[dict[str, Any]] = mapped_column(JSON)


class WatchWordRow(Base):
    """One word that must not be published unseen."""

    __tablename__ = "watch_words"

    word: Mapped[str] = mapped_column(Text, primary_key=True)
