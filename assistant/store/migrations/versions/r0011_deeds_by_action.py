"""The audit log by action, and FAQ entries by when they changed: a log of years is not read through for a few deeds."""

from alembic import op

revision = "r0011"
down_revision = "r0010"


def upgrade() -> None:
    """Two indices."""
    op.create_index("ix_audit_action_sequence", "audit", ["action", "sequence"])
    op.create_index("ix_faq_heads_changed", "faq_heads", ["changed"])
