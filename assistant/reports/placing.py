"""What the lines of a page tell of the report made of them: its tables with every cell's place, what was recognised."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from assistant.reports.model import Cell, Passage, Span, Table
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
    recognised: bool = False


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
            table.recognised |= line.recognised
            for cell, start, end in line.of.places:
                table.spans[cell] = (position + start, position + end)
        else:
            above = line.text
        position += len(line.text) + 1
    return tuple(_placed(table, f"t{number}") for number, table in enumerate(begun.values(), 1))


def mark_recognised(passages: tuple[Passage, ...], lines: Sequence[Line]) -> tuple[Passage, ...]:
    """``passages`` with those marked that hold some of a line recognised from a picture."""
    ends = [0, *accumulate(len(line.text) + 1 for line in lines)]
    recognised = [0, *accumulate(line.recognised for line in lines)]

    def holds_some(passage: Passage) -> bool:
        first, last = bisect_right(ends, passage.start) - 1, bisect_left(ends, passage.end)
        return recognised[last] > recognised[first]

    return tuple(replace(passage, recognised=True) if holds_some(passage) else passage for passage in passages)


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
        recognised=begun.recognised,
    )


def _with_span(cell: Cell, span: Span | None) -> Cell:
    return replace(cell, span=span) if span else cell
