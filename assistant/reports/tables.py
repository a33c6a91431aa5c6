"""A table's cells as marked up, and the grid they fill: spans resolved, and those that are plainly wrong mended."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

MAX_COLUMNS = 200
MAX_CELLS = 400_000  # 20,000 rows of 20 columns; a larger grid comes from absurd spans

_YEAR = re.compile(r"^(?:19|20)\d{2}\s*年度?$")
_NUMBER = re.compile(r"^[-+—–/／无]+$|^[-+—±]?[约近超]?\d+(?:[,，.． ]\d+)*\s*[%％‰万亿]?[余多]?[\u4e00-\u9fff]{0,3}$")


@dataclass(frozen=True, eq=False)
class RawCell:
    """One cell as marked up; ``header`` when it is a th; spans are at least 1, a large number for "to the end"."""

    text: str
    header: bool = False
    rowspan: int = 1
    colspan: int = 1


GridRow = list[RawCell | None]
Grid = list[GridRow]


def is_number(text: str) -> bool:
    """Whether a cell holds a number or what stands for none (/, —, 无); a year names a row or a column."""
    return bool(_NUMBER.match(text)) and not _YEAR.match(text)


def has_number(line: GridRow) -> bool:
    """Whether some cell of the row holds a number."""
    return any(cell and is_number(cell.text) for cell in line)


def distinct(line: GridRow) -> list[RawCell]:
    """The cells of a row that say something, each once."""
    return list({id(cell): cell for cell in line if cell and cell.text}.values())


def expand(rows: Sequence[Sequence[RawCell]]) -> Grid:
    """The rows as a full grid, a spanning cell standing in each place it covers; empty when over the bounds.

    Row spans one row too long or too short push cells of the next row out of their columns. Where most rows agree on
    a width, a row that does not is mended if letting go of (or holding on to) one spanning cell gives it that width.
    """
    grid = _expand(rows)
    widths = Counter(sum(cell is not None for cell in line) for line in grid if line)
    if len(widths) < 2:
        return grid
    width, rows_so = widths.most_common(1)[0]
    if rows_so * 2 <= len(grid):
        return grid
    mended = _mended(rows, width)
    return _expand(mended) if mended else grid


def _expand(rows: Sequence[Sequence[RawCell]]) -> Grid:
    grid: Grid = [[] for _ in rows]
    cells = 0
    for top, row in enumerate(rows):
        column = 0
        for cell in row:
            line = grid[top]
            while column < len(line) and line[column] is not None:
                column += 1
            right = min(column + cell.colspan, MAX_COLUMNS)
            bottom = min(top + cell.rowspan, len(rows))
            cells += max(right - column, 0) * (bottom - top)
            if cells > MAX_CELLS:
                return []
            for below in grid[top:bottom]:
                below.extend([None] * (right - len(below)))
                below[column:right] = [was or cell for was in below[column:right]]
            column = right
    width = max(map(len, grid), default=0)
    return [line + [None] * (width - len(line)) for line in grid]


def _mended(rows: Sequence[Sequence[RawCell]], width: int) -> list[list[RawCell]] | None:
    """The rows with the spans of some spanning cells changed so that rows come to ``width``; None without any change.

    Walks down the rows with the cells that reach into each, as (row, place in row) of their beginnings.
    """
    mended = [list(row) for row in rows]
    reaching: list[tuple[int, int]] = []
    ended: list[tuple[int, int]] = []
    changed = False
    for top, row in enumerate(rows):
        over = sum(cell.colspan for cell in row) + sum(mended[y][x].colspan for y, x in reaching) - width
        if over > 0:
            wrong = [(y, x) for y, x in reaching if mended[y][x].colspan == over]
            for y, x in wrong[-1:]:
                mended[y][x] = replace(mended[y][x], rowspan=top - y)
                reaching.remove((y, x))
                changed = True
        elif over < 0:
            wrong = [(y, x) for y, x in ended if mended[y][x].colspan == -over]
            for y, x in wrong[:1]:
                mended[y][x] = replace(mended[y][x], rowspan=top - y + 1)
                reaching.append((y, x))
                changed = True
        reaching += [(top, x) for x, cell in enumerate(row) if cell.rowspan > 1]
        ended = sorted((y, x) for y, x in reaching if y + mended[y][x].rowspan == top + 1)
        reaching = [(y, x) for y, x in reaching if y + mended[y][x].rowspan > top + 1]
    return mended if changed else None
