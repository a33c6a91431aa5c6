"""One page with fixed positions as what stands on it from top to bottom: lines of text and tables."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reports.forms.positioned import Piece, Sheet, TextLine, is_han, join_lines, text_lines
from assistant.reports.forms.ruling import RuledTable, ruled_tables

_FULL_CELL = 1.2  # of the size; a line that ends nearer to its cell's border was wrapped


@dataclass(frozen=True)
class Margins:
    """The column a line of text stands in: the page or a box drawn around paragraphs, as told by its sides."""

    left: int
    right: int


@dataclass(frozen=True)
class PlacedLine:
    """A line of text and the column it stands in."""

    line: TextLine
    margins: Margins


@dataclass(frozen=True)
class PlacedCell:
    """A cell of a placed table: its place in the grid, what it covers, and its text."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str


@dataclass(frozen=True)
class PlacedTable:
    """A table on a page: the x of its grid lines, its rows, its cells, and the y where it begins and ends."""

    xs: tuple[float, ...]
    rows: int
    cells: tuple[PlacedCell, ...]
    top: float
    bottom: float


Item = PlacedLine | PlacedTable


def items_of(sheet: Sheet) -> list[Item]:
    """What stands on ``sheet``, from top to bottom; a box of one column is read as the lines in it."""
    tables = sorted(ruled_tables(sheet.rules, sheet.scale), key=lambda table: table.area)
    inside: list[list[Piece]] = [[] for _ in tables]
    outside: list[Piece] = []
    for piece in sheet.pieces:
        x, y = (piece.x0 + piece.x1) / 2, (piece.top + piece.bottom) / 2
        home = next((index for index, table in enumerate(tables) if table.holds(x, y)), None)
        (outside if home is None else inside[home]).append(piece)
    page = Margins(0, round(sheet.width))
    items: list[Item] = [PlacedLine(line, page) for line in text_lines(outside)]
    for table, pieces in zip(tables, inside, strict=True):
        if not pieces:
            continue
        if len(table.xs) == 2:
            box = Margins(round(table.xs[0]), round(table.xs[1]))
            items += [PlacedLine(line, box) for line in text_lines(pieces)]
        else:
            items.append(_placed(table, pieces))
    return sorted(items, key=top_of)


def top_of(item: Item) -> float:
    """Where ``item`` begins on its page."""
    return item.top if isinstance(item, PlacedTable) else item.line.top


def _placed(table: RuledTable, pieces: Sequence[Piece]) -> PlacedTable:
    owners = {
        (row, column): index
        for index, cell in enumerate(table.cells)
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    }
    held: list[list[Piece]] = [[] for _ in table.cells]
    for piece in pieces:
        column = min(bisect_right(table.xs, (piece.x0 + piece.x1) / 2), len(table.xs) - 1) - 1
        row = min(bisect_right(table.ys, (piece.top + piece.bottom) / 2), len(table.ys) - 1) - 1
        held[owners[row, column]].append(piece)
    cells = tuple(
        PlacedCell(
            cell.row, cell.column, cell.rowspan, cell.colspan, _cell_text(mine, table.xs[cell.column + cell.colspan])
        )
        for cell, mine in zip(table.cells, held, strict=True)
    )
    return PlacedTable(table.xs, len(table.ys) - 1, cells, table.ys[0], table.ys[-1])


def _cell_text(pieces: Sequence[Piece], right: float) -> str:
    """The lines in a cell as one text; a number goes on over a line's end only where the line is full."""
    text = ""
    wrapped = True
    for line in text_lines(pieces):
        if text and not wrapped and not (is_han(text[-1]) or is_han(line.text[0])):
            text = f"{text} {line.text}"
        else:
            text = join_lines(text, line.text)
        wrapped = right - line.x1 < _FULL_CELL * line.size
    return text
