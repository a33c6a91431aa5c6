"""Tables as text: each data row becomes one sentence that names its row and its columns.

``三、本年度办理结果 （一）予以公开：自然人 12，法人或其他组织（商业企业 3，科研机构 0），总计 15。``
Spanning cells are resolved first (the HTML table model, simplified). Empty cells are left out; 0, / and — stay.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import Unreadable
from assistant.reports.tidying import MAX_CHARACTERS

MAX_COLUMNS = 200
MAX_HEADER_ROWS = 6
MAX_CELLS = 400_000  # 20,000 rows of 20 columns; a larger grid comes from absurd spans

_NUMBER = re.compile(r"^[-+—–/／]+$|^[-+—]?[约近超]?\d+(?:[,，.．]\d+)*\s*[%％‰万亿]?[余多]?[\u4e00-\u9fff]{0,3}$")
_YEAR = re.compile(r"^(?:19|20)\d{2}\s*年度?$")
_EMPTY = "（空）"  # a row with a name and nothing in its cells
_NOTE = 8  # characters; a longer text in the corner of a header is a note to the reader


@dataclass(frozen=True, eq=False)
class Cell:
    """One cell as marked up; ``header`` when it is a th; spans are at least 1, a large number for "to the end"."""

    text: str
    header: bool = False
    rowspan: int = 1
    colspan: int = 1


Grid = list[list[Cell | None]]


def expand(rows: Sequence[Sequence[Cell]]) -> Grid:
    """The rows as a full grid, a spanning cell standing in each place it covers; empty when over the bounds."""
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


def row_sentences(grid: Grid) -> list[str]:
    """The data rows of ``grid`` as sentences, captions and notes in their places.

    Raises:
        Unreadable: more than ``MAX_CHARACTERS``, as when one long label spans very many rows.
    """
    sentences: list[str] = []
    caption = ""
    block: Grid = []
    for line in [row for row in grid if any(cell and cell.text for cell in row)]:
        distinct = {id(cell): cell for cell in line if cell}
        if len(distinct) == 1 and len(line) > 1:
            sentences += _block_sentences(block, caption)
            caption, block = next(iter(distinct.values())).text, []
            if len(caption) > 30:  # a note over the whole width, no name for the rows under it
                sentences.append(caption)
                caption = ""
        else:
            block.append(line)
    if caption and not block:
        sentences.append(caption)
    return sentences + _block_sentences(block, caption)


def _block_sentences(block: Grid, caption: str) -> list[str]:
    depth = _header_depth(block)
    header, data = block[:depth], block[depth:]
    if not data:
        return ["，".join(dict.fromkeys(cell.text for cell in line if cell and cell.text)) for line in header]
    labels = _label_columns(data, bool(header))
    sentences = _notes(header, labels)
    paths = [_path(header, column) for column in range(len(block[0]))]
    paths = _without_shared(paths, labels)
    size = 0
    for line in data:
        names = _texts(line[:labels])
        seen = {id(cell) for cell in line[:labels]}
        values: list[tuple[tuple[str, ...], str]] = []
        for column in range(labels, len(line)):
            cell = line[column]
            if cell and cell.text and id(cell) not in seen:
                seen.add(id(cell))
                values.append((paths[column], cell.text))
        sentences += _sentence([caption, *names] if caption else names, values)
        size += sum(map(len, sentences[-1:]))
        if size > MAX_CHARACTERS:
            raise Unreadable("表格太大", code="too_large")
    return sentences


def _header_depth(block: Grid) -> int:
    """How many rows at the top are headers: the first if it holds no number, and those its spans reach into."""
    if not block or not (_all_marked(block[0]) or _reads_as_header(block)):
        return 0
    depth = 1
    while depth < min(len(block), MAX_HEADER_ROWS) and not _has_number(block[depth]):
        above = {id(cell): cell for cell in block[depth - 1] if cell}
        reaches = any(id(cell) in above for cell in block[depth] if cell)
        spans = any(cell.colspan > 1 for cell in above.values())
        if not (reaches or spans or _all_marked(block[depth])):
            break
        depth += 1
    return depth


def _all_marked(line: list[Cell | None]) -> bool:
    return all(cell.header or not cell.text for cell in line if cell)


def _reads_as_header(block: Grid) -> bool:
    """Whether an unmarked first row names the columns: words in each but the corner, and not one pair of many."""
    first, rest = block[0], block[1:]
    if not rest or _has_number(first) or not all(cell and cell.text for cell in first if cell is not first[0]):
        return False
    return len(first) > 2 or all(_has_number(line[1:]) for line in rest)


def _has_number(line: list[Cell | None]) -> bool:
    return any(cell and _NUMBER.match(cell.text) and not _YEAR.match(cell.text) for cell in line)


def _label_columns(data: Grid, has_header: bool) -> int:
    """How many columns at the left name the rows."""
    width = len(data[0])
    for column in range(width):
        texts = [cell.text for line in data if (cell := line[column]) and cell.text]
        if any(map(_NUMBER.match, texts)):
            return column
    # Words everywhere: the first column names the row, unless no header names the others and there is but one row.
    return 1 if has_header or len(data) > 1 else 0


def _notes(header: Grid, labels: int) -> list[str]:
    corner = {id(cell): cell.text for line in header for cell in line[:labels] if cell}
    return [text for text in corner.values() if len(text) > _NOTE]


def _texts(cells: Sequence[Cell | None]) -> list[str]:
    distinct = {id(cell): cell.text for cell in cells if cell and cell.text}
    return list(dict.fromkeys(distinct.values()))


def _path(header: Grid, column: int) -> tuple[str, ...]:
    return tuple(_texts([line[column] for line in header]))


def _without_shared(paths: list[tuple[str, ...]], labels: int) -> list[tuple[str, ...]]:
    """``paths`` without a top header that stands over every value column, for it tells them apart in nothing."""
    values = paths[labels:]
    while len(values) > 1 and all(len(path) > 1 for path in values) and len({path[0] for path in values}) == 1:
        values = [path[1:] for path in values]
    return paths[:labels] + values


def _sentence(names: list[str], values: list[tuple[tuple[str, ...], str]]) -> list[str]:
    """One sentence for a named row; for a row without a name one sentence for each group of its columns."""
    name = " ".join(names).rstrip("：:。")
    if not values:
        return [f"{name}：{_EMPTY}。"] if name else []
    if name:
        return [f"{name}：{_listed(values)}。"]
    groups: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
    for path, value in values:
        groups.setdefault(path[:-1], []).append((path[-1:], value))
    return [
        f"{' '.join(group)}：{_listed(items)}。" if group else f"{_listed(items)}。" for group, items in groups.items()
    ]


def _listed(values: list[tuple[tuple[str, ...], str]]) -> str:
    """``自然人 12，法人或其他组织（商业企业 3，科研机构 0）``: neighbours under one header stand in its brackets."""
    parts: list[str] = []
    index = 0
    while index < len(values):
        path, value = values[index]
        end = index + 1
        if len(path) > 1:
            while end < len(values) and values[end][0][:1] == path[:1] and len(values[end][0]) > 1:
                end += 1
            inner = [(deeper[1:], text) for deeper, text in values[index:end]]
            parts.append(f"{path[0]}（{_listed(inner)}）")
        else:
            parts.append(f"{path[0]} {value}" if path else value)
        index = end
    return "，".join(parts)
