"""Tables as text: each row of values becomes one sentence that names its row and its columns.

``三、本年度办理结果 （一）予以公开：自然人 12，法人或其他组织（商业企业 3，科研机构 0），总计 15。``
Empty cells are left out; 0, / and — stay. Every sentence knows where in it the text of each cell stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.errors import Unreadable
from assistant.reports.model import Cell
from assistant.reports.structure import Block, Names, Note, name_of, parts
from assistant.reports.tables import Grid, GridRow, RawCell, distinct
from assistant.reports.tidying import MAX_CHARACTERS, tidy_line

_EMPTY = "（空）"  # a row with a name and nothing in its cells
_NOTE = 8  # characters; a longer text in the corner of a header is a note to the reader

Place = tuple[int, int, int]  # a cell's index in its table, where its text begins in the sentence, where it ends
_Value = tuple[Names, RawCell]


@dataclass(frozen=True, eq=False)
class TableData:
    """A table before its place in a report is known.

    Attributes:
        caption: the text that names it; empty without one.
        rows: how many rows its grid has, blank ones left out.
        columns: how many columns.
        cells: its cells by row, then column; none has a span yet.
    """

    caption: str
    rows: int
    columns: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, eq=False)
class TableRow:
    """What a line of text holds of a table: ``line[start:end] == table.cells[index].text`` for each of ``places``."""

    table: TableData
    places: tuple[Place, ...] = ()


@dataclass
class _Sentence:
    """A sentence being written, with the cells in it as (identity, start, end)."""

    text: str = ""
    cells: list[Place] = field(default_factory=list)

    def add(self, text: str, cell: RawCell | None = None) -> None:
        start = len(self.text)
        self.text += text
        if cell:
            self.cells.append((id(cell), start, len(self.text)))


@dataclass
class _Found:
    """What reading the blocks of a table has found."""

    sentences: list[_Sentence] = field(default_factory=list)
    names: dict[int, tuple[Names, Names]] = field(default_factory=dict)  # a value's identity -> row and column names
    size: int = 0

    def add(self, sentence: _Sentence) -> None:
        self.sentences.append(sentence)
        self.size += len(sentence.text)
        if self.size > MAX_CHARACTERS:
            raise Unreadable("表格太大", code="too_large")


def read_table(grid: Grid, caption: str = "") -> list[tuple[str, TableRow]]:
    """The rows of ``grid`` as sentences, its caption, bands and notes in their places; none for a grid of blanks.

    Raises:
        Unreadable: more than ``MAX_CHARACTERS``, as when one long label spans very many rows.
    """
    rows = _tidy(grid)
    if not rows:
        return []
    caption = name_of(tidy_line(caption))
    found = _Found()
    if caption:
        found.add(_Sentence(caption))
    # Blanks may turn out to be merged with their neighbours: the blocks' rows are the grid as it is to be understood.
    understood = list(rows)
    read = list(parts(rows))
    for at, part in enumerate(read):
        if isinstance(part, Note):
            following = read[at + 1] if at + 1 < len(read) else None
            stands_alone = not (isinstance(following, Block) and following.band)
            if stands_alone:
                found.add(_Sentence(part.cell.text))
            if part.top == 0 and stands_alone and not caption and isinstance(following, Block):
                caption = name_of(part.cell.text)
        else:
            understood[part.top : part.top + len(part.header) + len(part.data)] = part.header + part.data
            _read_block(part, found)
    cells, indices = _cells(understood, found.names)
    data = TableData(caption, len(rows), len(rows[0]), cells)
    placed: set[int] = set()
    lines = []
    for sentence in found.sentences:
        places = [(indices[cell], start, end) for cell, start, end in sentence.cells if cell not in placed]
        placed.update(cell for cell, _, _ in sentence.cells)
        lines.append((sentence.text, TableRow(data, tuple(places))))
    return lines


def _tidy(grid: Grid) -> Grid:
    """The grid with the text of each cell tidy, blank rows left out; marks that every cell bears mean nothing."""
    marks_tell = not all(cell.header for line in grid for cell in line if cell)
    tidied: dict[int, RawCell] = {}
    texts: dict[str, str] = {}  # the same few numbers stand in most cells
    for cell in (cell for line in grid for cell in line if cell):
        if id(cell) not in tidied:
            if cell.text not in texts:
                texts[cell.text] = tidy_line(cell.text if "\n" not in cell.text else name_of(cell.text))
            tidied[id(cell)] = RawCell(texts[cell.text], cell.header and marks_tell, cell.rowspan, cell.colspan)
    rows: Grid = [[tidied[id(cell)] if cell else None for cell in line] for line in grid]
    return [line for line in rows if distinct(line)]


def _read_block(block: Block, found: _Found) -> None:
    if not block.data:
        for line in block.header:
            found.add(_Sentence("，".join(_names(line))))
        return
    for note in _notes(block):
        found.add(_Sentence(note))
    headers = {id(cell) for line in block.header for cell in line}
    band = (block.band,) if block.band else ()
    for line in block.data:
        names = band + _names(line[: block.labels])
        own = headers | {id(cell) for cell in line[: block.labels]}
        values = _values(line, own, block)
        for path, cell in values:
            found.names.setdefault(id(cell), (names, path))
        values = [(path, cell) for path, cell in values if cell.text]
        for sentence in _sentences(names, values):
            found.add(sentence)


def _values(line: GridRow, own: set[int], block: Block) -> list[_Value]:
    """The values of a row, blank ones too, each once, with the names of its column.

    A row with as many values as there are columns in the header has them in the header's order, even where they do
    not stand exactly under it: sites join other columns in the rows than in the header.
    """
    lefts = {id(cell): (left, cell) for left, cell in reversed(list(enumerate(line))) if left >= block.labels and cell}
    values = sorted(((left, cell) for key, (left, cell) in lefts.items() if key not in own), key=lambda value: value[0])
    header = block.header[-1] if block.header else []
    columns = [at for at in range(block.labels, len(header)) if at == block.labels or header[at] is not header[at - 1]]
    if len(columns) != len(values):
        columns = [left for left, _ in values]
    return [(block.paths[column], cell) for column, (_, cell) in zip(columns, values, strict=True)]


def _names(line: GridRow) -> Names:
    return tuple(dict.fromkeys(name_of(cell.text) for cell in distinct(line)))


def _notes(block: Block) -> list[str]:
    """The long texts in the corner of the header that are no names of rows."""
    corner = {id(cell): cell.text for line in block.header for cell in distinct(line[: block.labels])}
    names = {id(cell) for line in block.data for cell in line[: block.labels]}
    return [text for key, text in corner.items() if len(text) > _NOTE and key not in names]


def _sentences(names: Names, values: list[_Value]) -> list[_Sentence]:
    """One sentence for a named row; for a row without a name one sentence for each group of its columns."""
    name = " ".join(names).rstrip("：:。 ")
    if not values:
        return [_Sentence(f"{name}：{_EMPTY}。")] if name else []
    if name:
        return [_listed(f"{name}：", values)]
    groups: dict[Names, list[_Value]] = {}
    for path, cell in values:
        groups.setdefault(path[:-1], []).append((path[-1:], cell))
    return [_listed(f"{' '.join(group)}：" if group else "", items) for group, items in groups.items()]


def _listed(opening: str, values: list[_Value]) -> _Sentence:
    sentence = _Sentence(opening)
    _list(sentence, values)
    sentence.add("。")
    return sentence


def _list(sentence: _Sentence, values: Sequence[_Value]) -> None:
    """``自然人 12，法人或其他组织（商业企业 3，科研机构 0）``: neighbours under one header stand in its brackets."""
    index = 0
    while index < len(values):
        path, cell = values[index]
        end = index + 1
        if index:
            sentence.add("，")
        if len(path) > 1:
            while end < len(values) and values[end][0][:1] == path[:1] and len(values[end][0]) > 1:
                end += 1
            sentence.add(f"{path[0]}（")
            _list(sentence, [(deeper[1:], inner) for deeper, inner in values[index:end]])
            sentence.add("）")
        else:
            sentence.add(f"{path[0]} " if path else "")
            sentence.add(cell.text, cell)
        index = end


def _cells(rows: Grid, names: dict[int, tuple[Names, Names]]) -> tuple[tuple[Cell, ...], dict[int, int]]:
    """The cells of a grid, and for the identity of each its index."""
    cells: list[Cell] = []
    indices: dict[int, int] = {}
    for top, line in enumerate(rows):
        for left, cell in enumerate(line):
            if cell is None or id(cell) in indices:
                continue
            indices[id(cell)] = len(cells)
            right, bottom = left + 1, top + 1
            while right < len(line) and line[right] is cell:
                right += 1
            while bottom < len(rows) and rows[bottom][left] is cell:
                bottom += 1
            header = id(cell) not in names
            row_path, column_path = names.get(id(cell), ((), ()))
            text = name_of(cell.text) if header else cell.text
            cells.append(Cell(text, top, left, bottom - top, right - left, header, None, row_path, column_path))
    return tuple(cells), indices
