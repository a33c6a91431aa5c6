"""What the rows of a grid are: headers, bands over a part of the table, rows of values with their names.

Nothing here depends on th elements: a PDF has none, and web pages use them as they like.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.reports.tables import Grid, GridRow, RawCell, distinct, has_number, is_number

MAX_HEADER_ROWS = 6
_LONGEST_BAND = 30  # characters; a longer text over the whole width is a note, no name for the rows under it
_BLANK_ROWS = 4  # rows under a header among which one has numbers
_HAN = "\u3400-\u9fff\u3001-\u303f\uff00-\uffef“”‘’"
_GAP = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")

Names = tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A part of a table with headers of its own.

    Attributes:
        band: the text over the whole width above it; empty without one.
        top: the row of the grid that ``header`` begins at.
        header: its header rows.
        data: its rows of values.
        labels: how many columns at the left name the rows.
        paths: for each column its names, outermost first.
    """

    band: str
    top: int
    header: Grid
    data: Grid
    labels: int
    paths: list[Names] = field(default_factory=list)


@dataclass(frozen=True)
class Note:
    """A row of the grid that is one text over the whole width."""

    top: int
    cell: RawCell


def name_of(text: str) -> str:
    """A name without the spaces that stand in it for looks or where it was wrapped (总　计, 社会公 益组织)."""
    return _GAP.sub("", text)


def parts(grid: Grid) -> Iterator[Note | Block]:
    """The notes and blocks of a grid without blank rows, in order.

    A text over the whole width is a note. It names the rows under it, too, if it is short and there is more than one
    such part; one that stands over all of them tells nothing apart.
    """
    first_texts = Counter(line[0].text for line in grid if line[0])
    bands = {row for row in range(len(grid)) if _is_band(grid, row, first_texts)}
    starts = sorted({0, *bands})
    named = {row for row in bands if row + 1 < len(grid) and row + 1 not in bands}
    telling = len(starts) - (len(bands) - len(named)) > 1
    for start, end in zip(starts, [*starts[1:], len(grid)], strict=True):
        band = ""
        if start in bands:
            cell = distinct(grid[start])[0]
            naming = start in named and telling and len(cell.text) <= _LONGEST_BAND
            band = name_of(cell.text) if naming else ""
            yield Note(start, cell)
            start += 1
        if start < end:
            yield from _blocks(grid[start:end], start, band)


def _is_band(grid: Grid, row: int, first_texts: Counter[str]) -> bool:
    """Whether a row is one text over the whole width, merged or with blanks beside it.

    With blanks it may as well be a row without values. It is none if a header follows: words in several cells, then
    numbers, and either this is the first row or the header's first words head another part of the table, too.
    """
    line = grid[row]
    cells = distinct(line)
    if len(line) < 2 or len(cells) != 1:
        return False
    if all(cell is cells[0] for cell in line if cell):
        return True
    if is_number(cells[0].text) or line[0] is not cells[0] or row + 2 >= len(grid):
        return False
    following, after = grid[row + 1], grid[row + 2 : row + 2 + _BLANK_ROWS]
    if len(distinct(following)) < 2 or has_number(following) or not any(map(has_number, after)):
        return False
    return row == 0 or bool(following[0] and first_texts[following[0].text] > 1)


def _blocks(rows: Grid, top: int, band: str) -> Iterator[Block]:
    """``rows`` as one block, or more where a header row comes again, perhaps with other names."""
    start = 0
    while start < len(rows):
        end = _next_header(rows, start)
        part = _merged_blanks(rows[start:end])
        depth = header_depth(part)
        header, data = part[:depth], part[depth:]
        labels = _label_columns(data, header)
        paths = _without_shared([_path(header, column) for column in range(len(part[0]))], labels)
        yield Block(band, top + start, header, _with_names_from_above(data, labels), labels, paths)
        start = end


def _next_header(rows: Grid, start: int) -> int:
    """The row where the header at ``start`` comes again: words only, one of them as in the header; or the end.

    The header of another part has the same word over the names of its rows (信息内容) and others over the values.
    """
    depth = header_depth(rows[start : start + MAX_HEADER_ROWS + _BLANK_ROWS])
    if not depth:
        return len(rows)
    header = rows[start + depth - 1]
    for at in range(start + depth + 1, len(rows)):
        line = rows[at]
        if has_number(line) or len(distinct(line)) < 2:
            continue
        if any(
            cell and name and cell is not name and cell.text and name_of(cell.text) == name_of(name.text)
            for cell, name in zip(line, header, strict=True)
        ):
            return at
    return len(rows)


def _merged_blanks(rows: Grid) -> Grid:
    """``rows`` with blanks taken as merged cells, where nothing is marked as merged and the top reads as a header.

    Text layers of PDFs give a merged cell as its text and blanks to its right and below.
    """
    marked = any(cell and (cell.rowspan > 1 or cell.colspan > 1) for line in rows for cell in line)
    if marked or len(rows) < 2 or has_number(rows[0]) or len(distinct(rows[0])) < 2:
        return rows
    if not any(has_number(line) and len(distinct(line)) > 1 for line in rows[1:]):
        return rows
    header = [_filled(rows[0], [None] * len(rows[0]))]
    for line in rows[1:MAX_HEADER_ROWS]:
        if has_number(line) or not _splits(line, header[-1]):
            break
        header.append(_filled(line, header[-1]))
    return header + [_widened(line, header[-1]) for line in rows[len(header) :]]


def _filled(line: GridRow, above: GridRow) -> GridRow:
    """A header row, each blank belonging to its left neighbour if both have the same header above, else to that."""
    filled: GridRow = []
    for column, cell in enumerate(line):
        if cell and cell.text:
            filled.append(cell)
        elif column and above[column] is above[column - 1] and filled[-1] is not above[column - 1]:
            filled.append(filled[-1])
        else:
            filled.append(above[column] or cell)
    return filled


def _widened(line: GridRow, header: GridRow) -> GridRow:
    """A row of values, each blank belonging to its left neighbour if one header cell stands over both."""
    widened: GridRow = []
    for column, cell in enumerate(line):
        blank = not (cell and cell.text)
        same = column and header[column] and header[column] is header[column - 1]
        widened.append(widened[-1] if blank and same else cell)
    return widened


def _splits(line: GridRow, above: GridRow) -> bool:
    """Whether under some cell of ``above`` that is wider than one column stand two texts or more."""
    under: dict[int, set[int]] = {}
    for cell, upper in zip(line, above, strict=True):
        if upper and upper.text and cell and cell.text and cell is not upper:
            under.setdefault(id(upper), set()).add(id(cell))
    return any(len(cells) > 1 for cells in under.values())


def header_depth(rows: Grid) -> int:
    """How many rows at the top are headers: the first if it names columns, and those that go on dividing it."""
    if not rows or not _opens_as_header(rows):
        return 0
    depth = 1
    while depth < min(len(rows), MAX_HEADER_ROWS):
        line, above = rows[depth], rows[depth - 1]
        reached = {id(cell) for cell in line if cell} & {id(cell) for cell in above if cell}
        full = bool(reached) and all(cell and cell.text for cell in line)
        if not (_all_marked(line) or (not has_number(line) and (_splits(line, above) or full))):
            break
        depth += 1
    return depth


def _opens_as_header(rows: Grid) -> bool:
    """Whether the first row names columns: marked so, or words in each cell but the corner and not one pair of many."""
    first, rest = rows[0], rows[1:]
    if _all_marked(first):
        return True
    if not rest or has_number(first):
        return False
    if _splits(rest[0], first) and not has_number(rest[0]):
        return True
    if not all(cell and cell.text for cell in first if cell is not first[0]):
        return False
    return len(first) > 2 or all(has_number(line[1:]) for line in rest)


def _all_marked(line: GridRow) -> bool:
    cells = distinct(line)
    return len(cells) > 1 and all(cell.header for cell in cells)


def _label_columns(data: Grid, header: Grid) -> int:
    """How many columns at the left name the rows: those before the first with numbers, a running number left aside."""
    if not data:
        return 0
    first = 1 if _is_running_number([line[0] for line in data]) else 0
    filled = first
    for column in range(first, len(data[0])):
        texts = [cell.text for line in data if (cell := line[column]) and cell.text]
        if any(map(is_number, texts)):
            return max(filled, _corner_width(header, column))
        filled = column + 1 if texts else filled
    corner = _corner_width(header, len(data[0]) - 1)
    if corner and filled <= corner:  # nothing is filled in but the names
        return corner
    # Words everywhere: the first column names the row, unless no header names the others and there is but one row.
    return 1 if header or len(data) > 1 else 0


def _is_running_number(column: list[RawCell | None]) -> bool:
    texts = [cell.text for cell in column if cell and cell.text]
    return len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _corner_width(header: Grid, most: int) -> int:
    """How many columns, up to ``most``, the cell in the upper left corner covers; 0 if it covers only one."""
    if not header or header[0][0] is None:
        return 0
    width = sum(cell is header[0][0] for cell in header[0])
    return width if 1 < width <= most else 0


def _with_names_from_above(data: Grid, labels: int) -> Grid:
    """``data`` with a blank before a row's name taken as the name above it, merged downwards."""
    filled: Grid = []
    for line in data:
        own = next((at for at in range(labels) if (cell := line[at]) and cell.text), 0)
        filled.append((filled[-1][:own] if filled else line[:own]) + line[own:])
    return filled


def _path(header: Grid, column: int) -> Names:
    cells = distinct([line[column] for line in header])
    return tuple(dict.fromkeys(name_of(cell.text) for cell in cells))


def _without_shared(paths: list[Names], labels: int) -> list[Names]:
    """``paths`` without a top header that stands over every value column, for it tells them apart in nothing."""
    values = paths[labels:]
    while len(values) > 1 and all(len(path) > 1 for path in values) and len({path[0] for path in values}) == 1:
        values = [path[1:] for path in values]
    return paths[:labels] + values


def goes_on(first: Grid, second: Grid) -> Grid | None:
    """The rows that ``second`` adds to ``first`` if it is the same table, broken off; None if it is another one.

    It is the same when it has as many columns, repeats the header or has none, and repeats no row's name.
    """
    if not first or not second or len(first[0]) != len(second[0]) or has_number(first[0]):
        return None
    repeated = 0
    while repeated < min(len(first), len(second)) and _texts(first[repeated]) == _texts(second[repeated]):
        repeated += 1
    added = second[repeated:]
    if not added or any(map(has_number, first[:repeated])) or not (repeated or has_number(added[0])):
        return None
    names = {_names(line) for line in first}
    return None if any(_names(line) in names for line in added) else added


def _texts(line: GridRow) -> list[str]:
    return [name_of(cell.text) if cell else "" for cell in line]


def _names(line: GridRow) -> tuple[str, ...]:
    return tuple(text for text in _texts(line) if text and not is_number(text))
