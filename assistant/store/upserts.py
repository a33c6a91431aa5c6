"""Rows that are added to what stands there already, in one statement on either database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite

from assistant.store.models import Base


def add_up(connection: Connection, model: type[Base], rows: Sequence[dict[str, Any]], sums: Sequence[str]) -> None:
    """Inserts the rows; where one of the same primary key stands, its columns ``sums`` grow by theirs.

    Args:
        connection: within a transaction.
        model: the table.
        rows: whole rows by the names of their columns, no primary key twice.
        sums: the columns that are added up; all others keep what stands there.
    """
    if not rows:
        return
    table = Base.metadata.tables[model.__tablename__]
    keys = [column.name for column in table.primary_key]
    if connection.dialect.name == "sqlite":
        lite = sqlite.insert(table)
        change = {name: table.c[name] + lite.excluded[name] for name in sums}
        connection.execute(lite.on_conflict_do_update(index_elements=keys, set_=change), list(rows))
    else:
        # Only here: with its drivers it takes a tenth of a second of every start.
        from sqlalchemy.dialects import postgresql

        full = postgresql.insert(table)
        change = {name: table.c[name] + full.excluded[name] for name in sums}
        connection.execute(full.on_conflict_do_update(index_elements=keys, set_=change), list(rows))
