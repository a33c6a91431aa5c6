"""The days on which messages came and were replied to, so that the statistics count them without reading each."""

from datetime import date, datetime, timezone

import sqlalchemy as sa
from alembic import op

revision = "r0013"
down_revision = "r0012"
_COVERED = ["came", "department", "replied_day", "reply_seconds", "closed"]


def upgrade() -> None:
    """Days are the server's own, as those of the other counts."""
    for table, key in (("messages", "receipt"), ("past_messages", "id")):
        # SQLite adds no column that must hold something without a default.
        op.add_column(table, sa.Column("came", sa.Date(), nullable=False, server_default="1970-01-01"))
        op.add_column(table, sa.Column("replied_day", sa.Date(), nullable=True))
        op.add_column(table, sa.Column("reply_seconds", sa.Integer(), nullable=True))
        _fill(table, key)
        op.create_index(f"ix_{table}_{'_'.join(_COVERED)}", table, _COVERED)


def _fill(table: str, key: str) -> None:
    moment, day = sa.DateTime(timezone=True), sa.Date()
    rows = sa.table(
        table,
        sa.column(key),
        sa.column("created", moment),
        sa.column("replied", moment),
        sa.column("came", day),
        sa.column("replied_day", day),
        sa.column("reply_seconds", sa.Integer()),
    )
    connection = op.get_bind()
    found = connection.execute(sa.select(rows.c[key], rows.c.created, rows.c.replied)).all()
    times = [
        {
            "row": row,
            "came": _day(created),
            "replied_day": None if replied is None else _day(replied),
            "reply_seconds": None if replied is None else round((replied - created).total_seconds()),
        }
        for row, created, replied in found
    ]
    if times:
        connection.execute(sa.update(rows).where(rows.c[key] == sa.bindparam("row")), times)


def _day(moment: datetime) -> date:
    return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).astimezone().date()
