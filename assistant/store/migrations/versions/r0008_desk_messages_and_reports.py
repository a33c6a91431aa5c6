"""How messages are handled, reports before they are published, and the versions of the staff's word lists."""

import sqlalchemy as sa
from alembic import op

revision = "r0008"
down_revision = "r0006"


def upgrade() -> None:
    """Messages that have a reply are through; every report that is held counts as published."""
    _messages()
    _filings()
    op.create_table(
        "word_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("saved", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("written", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_word_versions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_word_versions_name", "word_versions", ["name"])


def _messages() -> None:
    for name in ("department", "owner", "draft", "drafted_by", "checked_by", "remark", "closing", "faq_id"):
        op.add_column("messages", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("messages", sa.Column("stage", sa.Text(), nullable=False, server_default="new"))
    op.add_column("messages", sa.Column("due", sa.Date(), nullable=True))
    op.add_column("messages", sa.Column("closed", sa.DateTime(timezone=True), nullable=True))
    op.add_column("messages", sa.Column("edits", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE messages SET stage = 'replied' WHERE replied IS NOT NULL")
    op.create_index("ix_messages_stage_created", "messages", ["stage", "created"])
    op.create_table(
        "past_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replied", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_past_messages"),
    )
    op.create_index("ix_past_messages_created", "past_messages", ["created"])


def _filings() -> None:
    op.create_table(
        "filings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("filed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_filings"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_filings_report_id", "filings", ["report_id"])
    op.create_index("ix_filings_state", "filings", ["state"])
    op.execute(
        "INSERT INTO filings (report_id, state, title, publisher, year, file_name, file_size, department, filed_by, "
        "filed, changed_by, changed, reason, replaces, edits, content_hash) "
        "SELECT id, 'published', title, publisher, year, '', 0, "
        "'', '', ingested_at, '', ingested_at, '', '', 0, content_hash FROM reports"
    )
    op.create_table(
        "filed_files",
        sa.Column("filing_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.id"], name="fk_filed_files_filing_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("filing_id", name="pk_filed_files"),
    )
    op.create_table(
        "report_corrections",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("corrected_by", sa.Text(), nullable=False),
        sa.Column("corrected", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("report_id", name="pk_report_corrections"),
    )
