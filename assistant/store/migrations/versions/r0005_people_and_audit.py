"""The staff's desk: accounts, departments, sessions, tries to sign in, tokens of other systems, and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "r0005"
down_revision = "r0004"


def upgrade() -> None:
    """Accounts with what hangs on them, and the log that only grows."""
    _people()
    _around_people()
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        *(_text(name) for name in ("at", "actor", "action", "subject", "details", "hash")),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit"),
    )
    for column in ("at", "actor", "subject"):
        op.create_index(f"ix_audit_{column}", "audit", [column])


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        *(_text(name) for name in ("login", "name", "role", "department", "password_hash")),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_offered", sa.Text(), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        _time("created"),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("login", name="uq_people_login"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "departments", _text("name"), _time("created"), sa.PrimaryKeyConstraint("name", name="pk_departments")
    )


def _around_people() -> None:
    op.create_table(
        "sessions",
        _text("token_hash"),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("awaits_code", sa.Boolean(), nullable=False),
        _time("created"),
        _time("used"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_sessions_person_id", ondelete="CASCADE"),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])
    op.create_index("ix_sessions_used", "sessions", ["used"])
    op.create_table(
        "login_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("key"),
        _time("at"),
        sa.PrimaryKeyConstraint("id", name="pk_login_attempts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_login_attempts_key_at", "login_attempts", ["key", "at"])
    op.create_index("ix_login_attempts_at", "login_attempts", ["at"])
    op.create_table(
        "desk_tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("name"),
        _text("token_hash"),
        sa.Column("scopes", sa.JSON(), nullable=False),
        _text("made_by"),
        _time("created"),
        _time("expires"),
        _time("revoked", nullable=True),
        _time("used", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_desk_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_desk_tokens_token_hash"),
        sqlite_autoincrement=True,
    )


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False)


def _time(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
