"""A table of a report as a table of its page, in place of the sentences that its rows are in the report's text.

Pure and linear in the size of text and grid. What is left of the sentences are the words a person sees in the table:
names of rows and values, each with its offsets into the text, so that marks, anchors and the reader find them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.reports.model import Cell, Table
from assistant.site.page_rows import Part
from assistant.site.page_words import Piece, Span, Target, pieces, words

# A line without a value names one of the next rows; it is looked for in so many of them, or a table of nothing but
# lines that name no row would be read once for each of them.
_ROWS_AHEAD = 50
# A number as tables print it, with its sign and up to three characters of unit, or the strokes that stand for none.
_NUMBER = re.compile(r"[-+−—–]?\d[\d,，.．]*\s?[%％‰]?[^\W\d]{0,3}|[-−—–/／]+")
_ENDS = " ：:。"

TargetsIn = Callable[[int, int], Sequence[Target]]


@dataclass(frozen=True)
class TableCell:
    """One cell.

    Attributes:
        pieces: its words; none for an empty cell.
        run: where they stand in the report's text; None for those that stand nowhere in it.
        scope: what a header names, as HTML's ``scope``; empty for a value and for an empty cell.
        rowspan: how many rows it covers.
        colspan: how many columns.
        number: whether it is set as a number.
        names_row: whether it is the name next to the values of its row, which stays in view on a narrow screen.
    """

    pieces: tuple[Piece, ...]
    run: Span | None
    scope: str
    rowspan: int
    colspan: int
    number: bool = False
    names_row: bool = False


@dataclass(frozen=True)
class TableRow:
    """One row; ``run`` is its sentence where none of its cells has a run, ``anchors`` what leads to it."""

    cells: tuple[TableCell, ...]
    anchors: tuple[str, ...] = ()
    run: Span | None = None


@dataclass(frozen=True)
class TableBlock:
    """One table of the page.

    Attributes:
        anchor: the table's own fragment.
        name: what it is called aloud: its caption, or its number on the page.
        caption: the words over it; none without a caption.
        caption_run: where they stand in the text of the table; None when they do not.
        caption_anchors: what leads to the caption's line.
        caption_above: whether the page shows these words right above the table already.
        rows: its rows.
        head: how many of them, at the top, name the columns to the end and so stay in view.
        recognised: whether it was recognised from a picture.
        part: which rows of the table these are.
    """

    anchor: str
    name: str
    caption: tuple[Piece, ...]
    caption_run: Span | None
    caption_anchors: tuple[str, ...]
    caption_above: bool
    rows: tuple[TableRow, ...]
    head: int
    recognised: bool
    part: Part
    tag: str = "table"


@dataclass
class _Line:
    """A line of the table's text and what it tells: the values of a row, the name of one, or neither."""

    start: int
    end: int
    cells: list[Cell] = field(default_factory=list)
    row: int | None = None


def table_block(
    text: str, part: Part, marks: Sequence[Span], anchors: Sequence[Target], targets: TargetsIn
) -> tuple[TableBlock, list[Span]]:
    """The table as a block, and the lines of its text that no row and no caption shows.

    Args:
        text: the report's text.
        part: the table, or some of its rows; its span lies within the text.
        marks: spans to mark.
        anchors: what begins in the table's text and needs an anchor (passages, headings), by start.
        targets: gives the figures that begin within a span.
    """
    table = part.table
    lines = _lines(text, table)
    rows = _cells_by_row(table, lines)
    _find_rows(text, lines, rows)
    caption_line = _caption_line(text, lines, table.caption)
    of_row: dict[int, list[_Line]] = {}
    for line in lines:
        if line.row is not None and line is not caption_line:
            of_row.setdefault(line.row, []).append(line)
    looks = _Looks(table)
    made = [
        _row(text, cells, of_row.get(index, []), looks, marks, anchors, targets) for index, cells in enumerate(rows)
    ]
    left = [(line.start, line.end) for line in lines if line.row is None and line is not caption_line]
    run = (caption_line.start, caption_line.end) if caption_line else None
    shown = words(text, run, marks, targets(*run)) if run else pieces(table.caption, ())
    block = TableBlock(
        anchor=table.anchor,
        name=table.caption or f"第 {part.number} 张表",
        caption=shown,
        caption_run=run,
        caption_anchors=tuple(item.anchor for item in _between(anchors, *run)) if run else (),
        caption_above=run is None and _line_above(text, table.start).strip(_ENDS) == table.caption.strip(_ENDS),
        rows=tuple(made),
        head=_lasting_head(table, made, looks.head),
        recognised=table.recognised,
        part=part,
    )
    return block, left


def _lasting_head(table: Table, rows: Sequence[TableRow], head: int) -> int:
    """``head`` where these rows name the columns to the table's end, else 0: other names come below, or a cell reaches.

    A part of an HTML table holds whole cells only.
    """
    reaches = any(cell.row < head < cell.row + cell.rowspan for cell in table.cells)
    renamed = any(cell.scope.startswith("col") for row in rows[head:] for cell in row.cells)
    return 0 if reaches or renamed else head


class _Looks:
    """Which headers name columns and which name rows, by where they stand."""

    def __init__(self, table: Table) -> None:
        self.width = table.columns
        values = [
            cell.column for cell in table.cells if cell.text and not cell.header and cell.colspan < max(2, self.width)
        ]
        self.labels = min(values, default=self.width)
        self.head = self._head_rows(table)

    def _head_rows(self, table: Table) -> int:
        """How many rows at the top only name columns."""
        reach: dict[int, bool] = {}  # by row: whether a header stands over the values and no value in it
        for cell in table.cells:
            over_values = bool(cell.header and cell.text and cell.column + cell.colspan > self.labels)
            value = bool(cell.text and not cell.header)
            reach[cell.row] = not value and (reach.get(cell.row, False) or over_values)
            if value:
                break  # cells come by row: nothing below can be the head
        head = 0
        while reach.get(head):
            head += 1
        return head

    def scope(self, cell: Cell) -> str:
        """HTML's ``scope`` of a header."""
        if not (cell.header and cell.text):
            return ""
        over_all = cell.column == 0 and cell.colspan >= self.width > 1
        if cell.row < self.head or cell.column >= self.labels or over_all:
            return "colgroup" if cell.colspan > 1 else "col"
        return "rowgroup" if cell.rowspan > 1 else "row"

    def cell(self, cell: Cell, shown: tuple[Piece, ...], run: Span | None) -> TableCell:
        """The cell of the page for one of the table."""
        scope = self.scope(cell)
        return TableCell(
            pieces=shown,
            run=run,
            scope=scope,
            rowspan=cell.rowspan,
            colspan=cell.colspan,
            number=not cell.header and bool(_NUMBER.fullmatch(cell.text)),
            names_row=scope.startswith("row") and cell.colspan == 1 and cell.column + 1 == self.labels,
        )


def _lines(text: str, table: Table) -> list[_Line]:
    lines = []
    start = table.start
    for line in text[table.start : table.end].split("\n"):
        if line.strip():
            lines.append(_Line(start, start + len(line)))
        start += len(line) + 1
    values = sorted((cell for cell in table.cells if cell.span and cell.text), key=lambda cell: cell.span or (0, 0))
    starts = [line.start for line in lines]
    for cell in values:
        start, end = cell.span or (0, 0)
        at = bisect_left(starts, start + 1) - 1
        if at >= 0 and end <= lines[at].end:
            lines[at].cells.append(cell)
    return lines


def _cells_by_row(table: Table, lines: Sequence[_Line]) -> list[list[Cell]]:
    """The cells of each row; a value that stands in no line of the table loses its span, for it is not there."""
    placed = {(cell.row, cell.column) for line in lines for cell in line.cells}
    rows: list[list[Cell]] = [[] for _ in range(max((cell.row for cell in table.cells), default=-1) + 1)]
    for cell in table.cells:
        rows[cell.row].append(cell if (cell.row, cell.column) in placed else replace(cell, span=None))
    return rows


def _find_rows(text: str, lines: Sequence[_Line], rows: Sequence[Sequence[Cell]]) -> None:
    """Says of each line which row it tells: that of its values, else the next one of which it holds a name."""
    ahead: list[int] = []  # for each line the row that it may reach at most
    last = len(rows)
    for line in reversed(lines):
        if line.cells:
            last = line.cells[0].row
        ahead.append(last)
    before = -1
    for line, limit in zip(lines, reversed(ahead), strict=True):
        if line.cells:
            line.row = before = line.cells[0].row
            continue
        told = text[line.start : line.end]
        candidates = [
            *range(before + 1, min(limit + 1, len(rows), before + 1 + _ROWS_AHEAD)),
            *([before] * (before >= 0)),
        ]
        line.row = next((row for row in candidates if _named(rows[row], told)), None)
        before = before if line.row is None else line.row


def _named(cells: Iterable[Cell], line: str) -> bool:
    names = (cell.text.rstrip(_ENDS) for cell in cells if not cell.span)
    return any(name and name in line for name in names)


def _caption_line(text: str, lines: Sequence[_Line], caption: str) -> _Line | None:
    if lines and caption and not lines[0].cells:
        first = lines[0]
        return first if text[first.start : first.end].strip(_ENDS) == caption.strip(_ENDS) else None
    return None


def _line_above(text: str, start: int) -> str:
    while start > 0 and text[start - 1].isspace():
        start -= 1
    return text[text.rfind("\n", 0, start) + 1 : start]


def _row(
    text: str,
    cells: Sequence[Cell],
    lines: Sequence[_Line],
    looks: _Looks,
    marks: Sequence[Span],
    anchors: Sequence[Target],
    targets: TargetsIn,
) -> TableRow:
    runs = _runs(text, cells, lines)
    made = [
        looks.cell(cell, words(text, run, marks, targets(*run)) if run else pieces(cell.text, ()), run)
        for cell in cells
        for run in [runs.get(cell.column)]
    ]
    here = [item for line in lines for item in _between(anchors, line.start, line.end)]
    shown = sorted({*runs.values(), *(cell.span for line in lines for cell in line.cells if cell.span)})
    here += [item for line in lines for item in targets(line.start, line.end) if not _inside(item.start, shown)]
    if any(_meet(mark, (line.start, line.end)) for mark in marks for line in lines) and not any(
        piece.marked for cell in made for piece in cell.pieces
    ):
        made = [replace(cell, pieces=tuple(replace(piece, marked=True) for piece in cell.pieces)) for cell in made]
    own = (lines[0].start, lines[-1].end) if lines and not shown else None
    return TableRow(tuple(made), tuple(item.anchor for item in here), own)


def _runs(text: str, cells: Sequence[Cell], lines: Sequence[_Line]) -> dict[int, Span]:
    """By column, where a cell's words stand in the text; a name of the row is looked for before its values."""
    runs = {cell.column: cell.span for cell in cells if cell.span and cell.text}
    if not lines:
        return runs
    first = lines[0]
    end = first.cells[0].span[0] if first.cells and first.cells[0].span else first.end
    position = first.start
    for cell in cells:
        if not cell.header:
            break
        label = cell.text.rstrip(_ENDS)
        found = text.find(label, position, end) if label else -1
        if found >= 0:
            whole = found + len(cell.text)
            position = whole if text[found:whole] == cell.text and whole <= end else found + len(label)
            if text[found:position] == cell.text:
                runs[cell.column] = (found, position)
    return runs


def _between(anchors: Sequence[Target], start: int, end: int) -> Sequence[Target]:
    first = bisect_left(anchors, start, key=lambda item: item.start)
    return anchors[first : bisect_left(anchors, end, first, key=lambda item: item.start)]


def _inside(position: int, spans: Sequence[Span]) -> bool:
    """Whether ``position`` lies in one of ``spans``, which are in order and do not overlap."""
    at = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return at >= 0 and position < spans[at][1]


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
