"""Pages with fixed positions as blocks: paragraphs rejoined across lines and pages, tables across pages."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from assistant.reports.forms.blocks import Block, Paragraph, TableBlock
from assistant.reports.forms.breaks import joined
from assistant.reports.forms.layout import Item, Margins, PlacedTable, items_of
from assistant.reports.forms.positioned import Sheet, TextLine, join_lines
from assistant.reports.forms.running import without_running
from assistant.reports.outline import HEADING_NUMBER
from assistant.reports.tables import RawCell

_INDENT = 0.8  # of the size; a line that begins so much further right than the one before begins a paragraph
_ROOM = 0.9  # of the size; what may be left beyond the next line's first word when a line is full
_GAP = 1.25  # times the usual distance of lines; a wider one parts paragraphs
_OTHER_SIZE = 1.25  # times; type so much larger or smaller is no part of the paragraph
_TITLE_SIZE = 1.15  # times the usual size, and in the middle of the page: the document's title
_TITLE_GAP = 2.5  # times its size; lines of a title stand no further apart
_USED = 0.8  # of the space between equal margins; lines of prose use more
_SENTENCE_ENDS = "。！？；：!?;:"
_HUNG = "，。、；："  # may stand outside the right margin
_WORD = re.compile(r"[（《“‘〔【(]*(?:[!-~][!-~、，]*|.)[，。、；：！？）》”’〕】]*")  # what no line is broken within


@dataclass(frozen=True)
class _Placed:
    """A line with its page and whether it was recognised."""

    line: TextLine
    margins: Margins
    page: int
    recognised: bool


@dataclass(frozen=True)
class _Column:
    """What the lines of one column tell together: its sides as used, the distance of lines, the size of type."""

    left: float
    right: float
    pitch: float
    size: float


def blocks_of(sheets: Iterable[Sheet]) -> list[Block]:
    """The pages as one run of blocks."""
    pages: list[list[Item]] = []
    heights: list[float] = []
    scales: list[float] = []
    recognised: list[bool] = []
    for sheet in sheets:
        pages.append(items_of(sheet))
        heights.append(sheet.height)
        scales.append(sheet.scale)
        recognised.append(sheet.recognised)
    entries = _across_pages(without_running(pages, heights), scales, recognised)
    columns = _columns([entry for entry in entries if isinstance(entry, _Placed)])
    blocks: list[Block] = []
    for is_line, run in groupby(entries, key=lambda entry: isinstance(entry, _Placed)):
        if is_line:
            blocks += _paragraphs([entry for entry in run if isinstance(entry, _Placed)], columns, not blocks)
        else:
            blocks += [entry for entry in run if isinstance(entry, TableBlock)]
    return blocks


def _across_pages(pages: list[list[Item]], scales: list[float], recognised: list[bool]) -> list["_Placed | TableBlock"]:
    """All items in one list, a table that goes on over a page's end joined to its beginning."""
    entries: list[_Placed | TableBlock] = []
    open_table: PlacedTable | None = None
    seen = False  # whether any part of the open table was recognised
    for number, items in enumerate(pages):
        for index, item in enumerate(items):
            if isinstance(item, PlacedTable):
                whole = joined(open_table, item, scales[number]) if open_table and index == 0 else None
                if open_table and not whole:
                    entries.append(_block(open_table, seen))
                seen = recognised[number] or (seen and whole is not None)
                open_table = whole or item
            else:
                if open_table:
                    entries.append(_block(open_table, seen))
                    open_table = None
                entries.append(_Placed(item.line, item.margins, number, recognised[number]))
    if open_table:
        entries.append(_block(open_table, seen))
    return entries


def _block(table: PlacedTable, recognised: bool) -> TableBlock:
    rows: list[list[RawCell]] = [[] for _ in range(table.rows)]
    for cell in sorted(table.cells, key=lambda each: (each.row, each.column)):
        rows[cell.row].append(RawCell(cell.text, rowspan=cell.rowspan, colspan=cell.colspan))
    return TableBlock(tuple(map(tuple, rows)), recognised=recognised)


def _columns(lines: list[_Placed]) -> dict[Margins, _Column]:
    columns = {}
    for margins in {placed.margins for placed in lines}:
        mine = [placed for placed in lines if placed.margins == margins]
        sizes = Counter[float]()
        for placed in mine:
            sizes[round(placed.line.size, 1)] += len(placed.line.text)
        size = sizes.most_common(1)[0][0]
        steps = Counter(
            round(2 * (after.line.top - before.line.top)) / 2
            for before, after in pairwise(mine)
            if before.page == after.page and size <= after.line.top - before.line.top <= 4 * size
        )
        pitch = min((step for step, count in steps.items() if count * 3 >= max(steps.values())), default=2.0 * size)
        left = min(placed.line.x0 for placed in mine)
        firm = [placed.line.x1 for placed in mine if placed.line.text[-1] not in _HUNG]
        right = max(firm or [placed.line.x1 for placed in mine])
        likely = margins.right - (left - margins.left)  # were both margins equal
        # The sides of a box are known; on a page, short lines only do not tell where the margin is.
        if margins.left > 0 or right - left < _USED * (likely - left):
            right = likely
        columns[margins] = _Column(left, right, pitch, size)
    return columns


def _paragraphs(lines: list[_Placed], columns: dict[Margins, _Column], first: bool) -> list[Paragraph]:
    """A run of lines as paragraphs; ``first`` when the document begins with it."""
    groups: list[list[_Placed]] = []
    for placed in lines:
        if groups and _continues(groups[-1], placed, columns[placed.margins]):
            groups[-1].append(placed)
        else:
            groups.append([placed])
    paragraphs: list[Paragraph] = []
    for index, group in enumerate(groups):
        text = ""
        for placed in group:
            text = join_lines(text, placed.line.text)
        column = columns[group[0].margins]
        title = first and index < 3 and _is_title(group, column) and not any(each.title for each in paragraphs)
        paragraphs.append(Paragraph(text, title, any(placed.recognised for placed in group)))
    return paragraphs


def _is_title(group: list[_Placed], column: _Column) -> bool:
    return all(
        placed.line.size >= _TITLE_SIZE * column.size and _is_centred(placed.line, column) for placed in group
    ) and not HEADING_NUMBER.match(group[0].line.text)


def _is_centred(line: TextLine, column: _Column) -> bool:
    left, right = line.x0 - column.left, column.right - line.x1
    return abs(left - right) < 2 * line.size and left > line.size / 2


def _continues(group: list[_Placed], placed: _Placed, column: _Column) -> bool:
    """Whether a line goes on with the paragraph before it."""
    before, after = group[-1].line, placed.line
    if group[-1].margins != placed.margins:
        return False
    if max(before.size, after.size) > _OTHER_SIZE * min(before.size, after.size):
        return False
    same_page = group[-1].page == placed.page
    step = after.top - before.top
    full = _is_full(before, after, column)
    larger = min(before.size, after.size) >= _TITLE_SIZE * column.size
    if larger and _is_centred(after, column) and (full or _is_centred(before, column)):
        return same_page and step < _TITLE_GAP * after.size
    if same_page and step > _GAP * max(column.pitch, column.pitch * before.size / column.size):
        return False
    if not full or after.x0 - before.x0 > _INDENT * after.size:
        return False
    ended = before.text[-1] in _SENTENCE_ENDS
    indented = after.x0 - column.left > _INDENT * after.size
    unlike = not same_page and before.text[-1] not in "：:" and not _indents(group)
    return not (ended and (indented or HEADING_NUMBER.match(after.text) or unlike))


def _indents(group: list[_Placed]) -> bool:
    """Whether the paragraph's first line is indented, so that one that begins at the margin goes on with it."""
    return len(group) > 1 and group[0].line.x0 - group[1].line.x0 > _INDENT * group[0].line.size


def _is_full(before: TextLine, after: TextLine, column: _Column) -> bool:
    """Whether the first word of the next line had no room at the end of this one."""
    word = _WORD.match(after.text)
    wide = sum(1.0 if ord(char) > 0x2E7F or char in "“”‘’" else 0.55 for char in (word[0] if word else ""))
    return column.right - before.x1 < (min(wide, 30) + _ROOM) * before.size
