"""Tables over a page break: their parts joined, repeated headers dropped, cut rows and merged cells made whole."""

import re
from dataclasses import replace

from assistant.reports.forms.layout import PlacedCell, PlacedTable
from assistant.reports.forms.positioned import join_lines
from assistant.reports.forms.ruling import clusters, nearest
from assistant.reports.outline import HEADING_NUMBER

_SAME_X = 4.0  # points; grid lines of the two parts this near are the same
_HEADER_ROWS = 6
_VALUE = re.compile(r"[-+—–]?[\d,，.．]+\s?[%％]?|[/／—–-]+")


def joined(above: PlacedTable, below: PlacedTable, scale: float = 1.0) -> PlacedTable | None:
    """The two parts as one table; None when they are two tables.

    Args:
        above: the last thing on its page.
        below: the first thing on the next page.
        scale: how many units of the page make one point.
    """
    snap = _SAME_X * scale
    fewer, more = sorted((above.xs, below.xs), key=len)
    if any(abs(more[nearest(more, x)] - x) > snap for x in fewer) or not _same_sides(fewer, more, snap):
        return None
    xs = clusters([*above.xs, *below.xs], snap)
    upper, lower = _on_grid(above, xs), _on_grid(below, xs)
    header = _repeated(upper, lower)
    lower = [replace(cell, row=cell.row - header + above.rows) for cell in lower if cell.row >= header]
    rows = above.rows + below.rows - header
    if not lower:
        return replace(above, bottom=below.bottom)
    if _row_goes_on(upper, lower, above.rows):
        cells, rows = _without_cut(upper, lower, above.rows), rows - 1
    else:
        cells = _without_seams(upper, lower, above.rows)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return PlacedTable(tuple(xs), rows, tuple(cells), above.top, below.bottom)


def _same_sides(one: tuple[float, ...], other: tuple[float, ...], snap: float) -> bool:
    return abs(one[0] - other[0]) <= snap and abs(one[-1] - other[-1]) <= snap


def _on_grid(table: PlacedTable, xs: list[float]) -> list[PlacedCell]:
    """The cells with their columns counted on the grid lines ``xs``."""
    columns = [nearest(xs, x) for x in table.xs]
    return [
        replace(
            cell,
            column=columns[cell.column],
            colspan=columns[cell.column + cell.colspan] - columns[cell.column],
        )
        for cell in table.cells
    ]


def _repeated(upper: list[PlacedCell], lower: list[PlacedCell]) -> int:
    """How many rows at the top of both parts are the same: the header, printed again."""

    def head(cells: list[PlacedCell], depth: int) -> list[PlacedCell] | None:
        whole = all(cell.row >= depth or cell.row + cell.rowspan <= depth for cell in cells)
        found = sorted((c for c in cells if c.row < depth), key=lambda c: (c.row, c.column))
        return found if whole and any(cell.text for cell in found) else None

    for depth in range(_HEADER_ROWS, 0, -1):
        mine = head(upper, depth)
        values = mine and any(_VALUE.fullmatch(cell.text) for cell in mine)
        if mine and not values and mine == head(lower, depth):
            return depth
    return 0


def _pairs(upper: list[PlacedCell], lower: list[PlacedCell], seam: int) -> list[tuple[PlacedCell, PlacedCell]]:
    """The cells that meet at the break in the same columns."""
    ends = {(cell.column, cell.colspan): cell for cell in upper if cell.row + cell.rowspan == seam}
    starts = [cell for cell in lower if cell.row == seam]
    return [(ends[key], cell) for cell in starts if (key := (cell.column, cell.colspan)) in ends]


def _goes_on(before: PlacedCell, after: PlacedCell) -> bool:
    """Whether the text below the break may be the rest of the cell above it."""
    return not before.text or not after.text or not HEADING_NUMBER.match(after.text)


def _row_goes_on(upper: list[PlacedCell], lower: list[PlacedCell], seam: int) -> bool:
    """Whether the first row below the break is the rest of the last row above it.

    So it is when every number of the two stands on one side only, when the row below has words but no label, and when
    it has nothing.
    """
    pairs = [(a, b) for a, b in _pairs(upper, lower, seam) if a.rowspan == 1 or b.rowspan == 1]
    single = [cell for cell in lower if cell.row == seam and cell.rowspan == 1]
    if not single or len([pair for pair in pairs if pair[1].rowspan == 1]) < len(single):
        return False
    if not any(cell.text for cell in single):  # all its text stands above, only its lower border below
        return True
    values = [(a, b) for a, b in pairs if _VALUE.fullmatch(a.text) or _VALUE.fullmatch(b.text)]
    if any(a.text and b.text for a, b in values) or not all(_goes_on(a, b) for a, b in pairs):
        return False
    if len({bool(a.text) for a, _ in values}) > 1:  # some numbers above, some below: two rows with empty cells
        return False
    return bool(values) or (not single[0].text and any(b.text for _, b in pairs))


def _without_cut(upper: list[PlacedCell], lower: list[PlacedCell], seam: int) -> list[PlacedCell]:
    """The row that the break cuts as one row; every cell below moves up by one."""
    pairs = {id(b): a for a, b in _pairs(upper, lower, seam)}
    changed = {id(cell): cell for cell in upper}
    rest: list[PlacedCell] = []
    for cell in lower:
        other = pairs.get(id(cell))
        if other is None:
            rest.append(replace(cell, row=cell.row - 1))
        else:
            grown = other.rowspan + cell.rowspan - 1
            changed[id(other)] = replace(other, rowspan=grown, text=join_lines(other.text, cell.text))
    return [*changed.values(), *rest]


def _without_seams(upper: list[PlacedCell], lower: list[PlacedCell], seam: int) -> list[PlacedCell]:
    """The cells with those made whole that were merged over rows on both sides of the break."""
    labels = _label_columns([*upper, *lower])
    changed = {id(cell): cell for cell in upper}
    taken: set[int] = set()
    for above, below in _pairs(upper, lower, seam):
        merged = above.rowspan > 1 or below.rowspan > 1
        if not merged and above.column + above.colspan > labels:
            continue
        if (not above.text or not below.text) if not merged else _goes_on(above, below):
            taken.add(id(below))
            changed[id(above)] = replace(
                above, rowspan=above.rowspan + below.rowspan, text=join_lines(above.text, below.text)
            )
    return [*changed.values(), *(cell for cell in lower if id(cell) not in taken)]


def _label_columns(cells: list[PlacedCell]) -> int:
    """How many columns at the left hold no number."""
    return min((cell.column for cell in cells if _VALUE.fullmatch(cell.text)), default=0)
