"""The tables of the staff's desk: who may work there, their sessions, and what they did.

Like ``models``: a change here needs a migration beside it.
"""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.models import Base, UtcDateTime


class PersonRow(Base):
    """One account; it is closed, never deleted, so that the audit log keeps a name to point to."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("login"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str] = mapped_column(Text)
    must_change: Mapped[bool]
    totp_secret: Mapped[str | None] = mapped_column(Text)
    totp_offered: Mapped[str | None] = mapped_column(Text)
    totp_step: Mapped[int]
    active: Mapped[bool]
    created: Mapped[datetime] = mapped_column(UtcDateTime)


class DepartmentRow(Base):
    """One department that people and what they look after may belong to."""

    __tablename__ = "departments"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    created: Mapped[datetime] = mapped_column(UtcDateTime)


class SessionRow(Base):
    """One signed-in browser; the token itself is only in its cookie."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(Text, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    awaits_code: Mapped[bool]
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    used: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class AttemptRow(Base):
    """One try to sign in; ``key`` is a hash of the account or the address, not the thing itself."""

    __tablename__ = "login_attempts"
    __table_args__ = (Index(None, "key", "at"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class DeskTokenRow(Base):
    """One token of another system for the desk's interface; the token itself is shown once and not kept."""

    __tablename__ = "desk_tokens"
    __table_args__ = (UniqueConstraint("token_hash"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    token_hash: Mapped[str] = mapped_column(Text)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    made_by: Mapped[str] = mapped_column(Text)
    acts_for: Mapped[str] = mapped_column(Text, server_default="")
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    collected: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AuditRow(Base):
    """One thing that was done; everything that the hash covers is kept as the text that was hashed."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "action", "sequence"),)

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(Text, index=True)
    actor: Mapped[str] = mapped_column(Text, index=True)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text, index=True)
    details: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text)
