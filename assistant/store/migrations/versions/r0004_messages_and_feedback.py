"""Messages that citizens leave, and what they think of answers."""

import sqlalchemy as sa
from alembic import op

revision = "r0004"
down_revision = "r0003"


def upgrade() -> None:
    """One row a message, one row an answer that was judged; by their times the old ones are found."""
    op.create_table(
        "messages",
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("receipt", name="pk_messages"),
    )
    op.create_index("ix_messages_created", "messages", ["created"])
    op.create_index("ix_messages_replied", "messages", ["replied"])
    op.create_table(
        "feedback",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("question_key", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "question_key", name="pk_feedback"),
    )
    op.create_index("ix_feedback_given", "feedback", ["given"])
