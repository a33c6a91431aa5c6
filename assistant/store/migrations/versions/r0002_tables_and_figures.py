"""Period and contact of a report, its tables, figures, imbalances, and its words; passages recognised from pictures."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"


def upgrade() -> None:
    """Columns of the old tables first, then the new tables."""
    op.add_column("reports", sa.Column("period_first", sa.Date(), nullable=True))
    op.add_column("reports", sa.Column("period_last", sa.Date(), nullable=True))
    op.add_column("reports", sa.Column("contact", sa.JSON(), nullable=True))
    op.add_column("passages", sa.Column("recognised", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "report_words",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_report_words_report_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", name="pk_report_words"),
    )
    _part_of_report(
        "data_tables",
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("column_count", sa.Integer(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("recognised", sa.Boolean(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
    )
    _figures()
    _part_of_report(
        "imbalances",
        sa.Column("table_ordinal", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("left_side", sa.Text(), nullable=False),
        sa.Column("right_side", sa.Text(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
    )


def _figures() -> None:
    _part_of_report(
        "figures",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("indicator_start", sa.Integer(), nullable=True),
        sa.Column("indicator_end", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("table_ordinal", sa.Integer(), nullable=True),
        sa.Column("table_row", sa.Integer(), nullable=True),
        sa.Column("table_column", sa.Integer(), nullable=True),
        sa.Column("canonical", sa.Text(), nullable=False),
    )
    op.create_index("ix_figures_canonical", "figures", ["canonical"])


def _part_of_report(name: str, *columns: sa.Column[Any]) -> None:
    """A table whose rows belong to a report, in an order."""
    op.create_table(
        name,
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=f"fk_{name}_report_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "ordinal", name=f"pk_{name}"),
    )
