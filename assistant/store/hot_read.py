"""The read that every question makes, handed straight to the database's driver.

SQLAlchemy writes and compiles the statement once, for whichever database it is. Running it through SQLAlchemy each time
took .6 ms a question, three times what the driver takes, for the index has just swept its code from the caches.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, bindparam
from sqlalchemy.orm import InstrumentedAttribute

from assistant.store.database import Database

# Ids asked for at once. Fewer are padded with the last one, so that there is one statement to compile.
_AT_ONCE = 8


class HotRead:
    """Rows by primary key.

    Args:
        database: where to read.
        statement: a select of what to read, without a WHERE.
        key: the primary key's column.
    """

    def __init__(self, database: Database, statement: Any, key: "InstrumentedAttribute[int] | Column[int]") -> None:
        self._database = database
        names = [f"id_{position}" for position in range(_AT_ONCE)]
        compiled = statement.where(key.in_([bindparam(name) for name in names])).compile(dialect=database.dialect)
        self._sql = str(compiled)
        self._names = names
        self._positions = compiled.positiontup

    def rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """The rows with these ids as the driver gives them, in no order; an id that is not held is left out."""
        found: list[tuple[Any, ...]] = []
        distinct = list(dict.fromkeys(ids))
        for start in range(0, len(distinct), _AT_ONCE):
            some = distinct[start : start + _AT_ONCE]
            some += some[-1:] * (_AT_ONCE - len(some))
            values = dict(zip(self._names, some, strict=True))
            parameters = [values[name] for name in self._positions] if self._positions else values
            found += self._database.driver_rows(self._sql, parameters)
        return found
