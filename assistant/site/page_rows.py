"""Which rows of a long table one page shows: a page of 20,000 rows would take seconds to draw and no one would read it.

A page shows the part that holds what is marked, else the part that is asked for, else the first. Parts after the first
repeat the rows that name the columns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.reports.model import Cell, Table
from assistant.reports.structure import MAX_HEADER_ROWS
from assistant.site.page_words import Span

# A part of a table; the longest tables that bodies print in reports have some 100 rows.
ROWS_SHOWN = 500
# Cells of all tables on one page: half a second's drawing. Tables after that show fewer rows, but these at least.
CELLS_SHOWN = 20_000
_ROWS_AT_LEAST = 20


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a table by its number in the report from 1, and one of its rows from 1."""

    table: int
    row: int


@dataclass(frozen=True)
class Part:
    """The rows of a table that a page shows.

    Attributes:
        table: the table with these rows only, and with the part of the text that tells them.
        number: of the table in the report, from 1.
        first: its first row, from 1.
        last: its last row.
        rows: how many rows the table has.
        before: a row of the part before, from 1; None for the first part.
        after: a row of the part after; None for the last.
    """

    table: Table
    number: int
    first: int
    last: int
    rows: int
    before: int | None
    after: int | None

    @property
    def whole(self) -> bool:
        """Whether that is the whole table."""
        return self.before is None and self.after is None


def parts(text: str, tables: Sequence[Table], mark: Span | None, asked: Asked | None) -> Iterator[Part]:
    """What the page shows of each table, in order.

    Args:
        text: the report's text.
        tables: the report's tables.
        mark: the span that the page marks.
        asked: what the address asks for; a table or row that is not there is not asked for.
    """
    left = CELLS_SHOWN
    for number, table in enumerate(tables, 1):
        size = min(ROWS_SHOWN, max(_ROWS_AT_LEAST, left // max(table.columns, 1)))
        left = max(left - min(size, table.rows) * table.columns, 0)
        row = asked.row - 1 if asked and asked.table == number else 0
        if mark and table.start <= mark[0] < table.end:
            row = _row_at(table, mark[0])
        first = (row if 0 <= row < table.rows else 0) // size * size
        end = min(first + size, table.rows)
        yield Part(
            table=table if end - first == table.rows else _rows(text, table, first, end),
            number=number,
            first=first + 1,
            last=end,
            rows=table.rows,
            before=first - size + 1 if first else None,
            after=end + 1 if end < table.rows else None,
        )


def _row_at(table: Table, position: int) -> int:
    """The row that the text at ``position`` tells: that of the first value which ends after it, else the last."""
    return next((cell.row for cell in table.cells if cell.span and cell.span[1] > position), table.rows - 1)


def _rows(text: str, table: Table, first: int, end: int) -> Table:
    """The table with the rows from ``first`` to before ``end``, under the rows that name its columns."""
    head = min(_head_rows(table), MAX_HEADER_ROWS, first)
    cells = [*_cut(table.cells, 0, head, 0), *_cut(table.cells, first, end, head)]
    start, stop = _told(text, table, first, end)
    return replace(
        table,
        rows=head + end - first,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        start=start,
        end=stop,
    )


def _cut(cells: Sequence[Cell], first: int, end: int, to: int) -> Iterator[Cell]:
    """What of the cells lies in these rows, moved so that ``first`` becomes ``to``."""
    for cell in cells:
        top, bottom = max(cell.row, first), min(cell.row + cell.rowspan, end)
        if top < bottom:
            yield replace(cell, row=top - first + to, rowspan=bottom - top)


def _head_rows(table: Table) -> int:
    """How many rows at the top hold no value."""
    return min((cell.row for cell in table.cells if cell.text and not cell.header), default=0)


def _told(text: str, table: Table, first: int, end: int) -> Span:
    """The lines that tell these rows: after those of the rows before, up to the last of theirs."""
    before = max((cell.span[1] for cell in table.cells if cell.span and cell.row < first), default=-1)
    own = max((cell.span[1] for cell in table.cells if cell.span and cell.row < end), default=-1)
    start = table.start if before < 0 else _line_end(text, before, table.end)
    stop = table.end if end >= table.rows else start if own < 0 else _line_end(text, own, table.end)
    return start, max(start, stop)


def _line_end(text: str, position: int, most: int) -> int:
    found = text.find("\n", position, most)
    return most if found < 0 else found + 1
