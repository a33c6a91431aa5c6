"""The tables of a report: what its lines hold of them, with every cell's place in the report's text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.reports.model import Cell, Span, Table
from assistant.reports.page import Line
from assistant.reports.rows import TableData

_LONGEST_CAPTION = 40  # characters; a longer line over a table is prose
_PROSE_ENDS = "。；，、！？;,!?"


@dataclass
class _Begun:
    """A table whose lines are being gathered."""

    data: TableData
    above: str
    start: int
    end: int
    spans: dict[int, Span]


def place_tables(lines: Sequence[Line]) -> tuple[Table, ...]:
    """The tables in ``lines``, which joined with newlines are the report's text.

    A value whose sentence is not among the lines is left out: nobody could be shown it.
    """
    begun: dict[int, _Begun] = {}
    position = 0
    above = ""
    for line in lines:
        if line.of:
            data = line.of.table
            table = begun.setdefault(id(data), _Begun(data, above, position, position, {}))
            table.end = position + len(line.text)
            for cell, start, end in line.of.places:
                table.spans[cell] = (position + start, position + end)
        else:
            above = line.text
        position += len(line.text) + 1
    return tuple(_placed(table, f"t{number}") for number, table in enumerate(begun.values(), 1))


def _placed(begun: _Begun, anchor: str) -> Table:
    data, above = begun.data, begun.above
    names = len(above) <= _LONGEST_CAPTION and not above.endswith(tuple(_PROSE_ENDS))
    cells = [_with_span(cell, begun.spans.get(index)) for index, cell in enumerate(data.cells)]
    return Table(
        caption=data.caption or (above if names else ""),
        kind="",
        form="",
        rows=data.rows,
        columns=data.columns,
        cells=tuple(cell for cell in cells if cell.header or cell.span or not cell.text),
        start=begun.start,
        end=begun.end,
        anchor=anchor,
    )


def _with_span(cell: Cell, span: Span | None) -> Cell:
    return replace(cell, span=span) if span else cell
