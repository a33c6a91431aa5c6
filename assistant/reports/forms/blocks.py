"""A document of any form as blocks, paragraphs and tables in order: what every reader of this package makes.

``page_of`` turns them into the ``Page`` that the rest of the reports room works on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.errors import Unreadable
from assistant.reports.page import Box, Line, Page, table_lines
from assistant.reports.tables import RawCell, expand
from assistant.reports.tidying import tidy_line

MAX_BLOCKS = 200_000  # paragraphs and tables; the longest real documents have under 5,000


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; ``title`` where the document sets it as its own name, ``recognised`` from a picture."""

    text: str
    title: bool = False
    recognised: bool = False


@dataclass(frozen=True)
class TableBlock:
    """One table: its rows of cells, and the line that names it where the document says which that is."""

    rows: tuple[tuple[RawCell, ...], ...]
    caption: str = ""
    recognised: bool = False


Block = Paragraph | TableBlock


def page_of(blocks: Iterable[Block], meta_title: str = "") -> Page:
    """The blocks as a page, every title in a heading box of its own, so that ``content`` can tell it from prose.

    Args:
        blocks: in reading order.
        meta_title: the document's own title property, the counterpart of a web page's title element.

    Raises:
        Unreadable: more than ``MAX_BLOCKS``, a table over the bounds of ``tables``, or nothing but blanks.
    """
    lines: list[Line] = []
    box = Box("body", 0)
    for number, block in enumerate(blocks, 1):
        if number > MAX_BLOCKS:
            raise Unreadable(f"文件里的段落太多：最多 {MAX_BLOCKS} 段", code="too_large")
        start = len(lines)
        lines += _table(block) if isinstance(block, TableBlock) else _paragraph(block)
        if isinstance(block, Paragraph) and block.title and len(lines) > start:
            box.boxes.append(Box("h1", start, len(lines)))
    if not lines:
        raise Unreadable("没有找到可读的正文", code="no_text")
    box.end = len(lines)
    return Page(lines, box, {}, tidy_line(meta_title))


def _paragraph(block: Paragraph) -> list[Line]:
    texts = filter(None, map(tidy_line, block.text.splitlines()))
    return [Line(text, text, recognised=block.recognised) for text in texts]


def _table(block: TableBlock) -> list[Line]:
    rows = [[replace(cell, text=tidy_line(cell.text)) for cell in row] for row in block.rows]
    if not any(cell.text for row in rows for cell in row):
        return []
    grid = expand(rows)
    if not grid:
        raise Unreadable("表格太大", code="too_large")
    lines = table_lines(grid, block.caption)
    return [replace(line, recognised=True) for line in lines] if block.recognised else lines


def single_column(rows: Sequence[Sequence[RawCell]]) -> bool:
    """Whether the rows make one column only: a box drawn around paragraphs, not a table."""
    return all(len(row) <= 1 for row in rows)
