"""Whom a token acts for, and when its secret was collected; tokens of before act for nobody and were collected."""

import sqlalchemy as sa
from alembic import op

revision = "r0010"
down_revision = "r0009"


def upgrade() -> None:
    """Two columns of the tokens."""
    op.add_column("desk_tokens", sa.Column("acts_for", sa.Text(), nullable=False, server_default=""))
    op.add_column("desk_tokens", sa.Column("collected", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE desk_tokens SET collected = created")
