"""Word files (DOCX): the words a reader sees, in order, numbers that Word sets by itself included."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx

from assistant.errors import AnanError, Unreadable
from assistant.reports.forms.blocks import Block, Paragraph, TableBlock
from assistant.reports.forms.docx_numbering import Numbering
from assistant.reports.forms.packages import BROKEN, open_package
from assistant.reports.tables import MAX_CELLS, MAX_COLUMNS, RawCell

MAX_DEPTH = 40  # tables in tables and boxes in boxes; real documents have under 5
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TITLES = {"title", "标题"}
# What is no part of the text: deleted and moved-away words, field codes, properties, and the second copy of a text box.
_UNREAD = {f"{_W}{name}" for name in "del moveFrom instrText delText pPr rPr sdtPr sectPr tblPr tcPr trPr".split()}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}br", f"{_W}cr"}


def read_docx(data: bytes) -> list[Block]:
    """The document in ``data``; running heads and feet, comments and deleted words are left out.

    Raises:
        Unreadable: broken, encrypted or over the bounds.
    """
    open_package(data).close()
    try:
        document = docx.Document(io.BytesIO(data))
        return list(_Reader(document).blocks(document.element.body, 0))
    except AnanError:
        raise
    except Exception as error:  # a parser fed with broken data fails in every way there is
        raise Unreadable(f"Word {BROKEN}", code="broken_file") from error


@dataclass
class _Cell:
    """A cell of a table that is being made; rows below may still lengthen it."""

    row: int
    column: int
    colspan: int
    text: str
    rowspan: int = 1


class _Reader:
    """One pass over a document."""

    def __init__(self, document: Any) -> None:
        self._numbering = Numbering(document)
        self._titles = {style.style_id for style in document.styles if (style.name or "").lower() in _TITLES}
        self._outlines = {style.style_id for style in document.styles if (style.name or "").lower().startswith("toc ")}

    def blocks(self, parent: Any, depth: int) -> Iterator[Block]:
        """The paragraphs and tables under ``parent``."""
        if depth > MAX_DEPTH:
            raise Unreadable(f"文件里的嵌套太深：最多 {MAX_DEPTH} 层", code="too_deep")
        for element in parent:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element, depth)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element, depth)
            elif element.tag == f"{_W}sdt":
                if not _is_contents(element):
                    yield from self.blocks(element.findall(f"{_W}sdtContent"), depth + 1)
            elif element.tag not in _UNREAD and element.tag != _FALLBACK and isinstance(element.tag, str):
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, element: Any, depth: int) -> Iterator[Block]:
        properties = element.find(f"{_W}pPr")
        style = _value(properties, "pStyle")
        pieces: list[str] = []
        boxes: list[Any] = []
        _gather(element, pieces, boxes, depth)
        text = "".join(pieces)
        if text.strip() and style not in self._outlines:
            number = self._numbering.number(properties, style)
            title = style in self._titles and not number
            yield Paragraph(number + text.strip(), title)
        for box in boxes:
            yield from self.blocks(box, depth + 1)

    def _table(self, table: Any, depth: int) -> Iterator[Block]:
        rows = _table_rows(table)
        width = max((at + span for row in rows for at, span, _, _ in row), default=0)
        if width <= 1:  # a box drawn around paragraphs
            for row in rows:
                for _, _, _, cell in row:
                    yield from self.blocks(cell, depth + 1)
            return
        made: list[list[_Cell]] = []
        reaching: dict[tuple[int, int], _Cell] = {}  # by columns, the cells that end at the row being made
        for number, row in enumerate(rows):
            cells: list[_Cell] = []
            for at, span, goes_on, element in row:
                cell = reaching.get((at, span)) if goes_on else None
                if cell is None or cell.row + cell.rowspan != number:
                    cell = _Cell(number, at, span, self._cell_text(element, depth))
                    cells.append(cell)
                else:
                    cell.rowspan += 1
                reaching[at, span] = cell
            made.append(cells)
        yield TableBlock(tuple(_filled(made, width)))

    def _cell_text(self, cell: Any, depth: int) -> str:
        """All text in a cell, tables in it included."""
        texts = []
        for block in self.blocks(cell, depth + 1):
            if isinstance(block, Paragraph):
                texts.append(block.text)
            else:
                texts += [cell.text for row in block.rows for cell in row if cell.text]
        return " ".join(texts)


def _gather(element: Any, pieces: list[str], boxes: list[Any], depth: int) -> None:
    """Collect a paragraph's words into ``pieces`` and its text boxes, which hold paragraphs, into ``boxes``."""
    if depth > MAX_DEPTH * 4:
        raise Unreadable("文件里的嵌套太深", code="too_deep")
    for child in element:
        tag = child.tag
        if tag in _UNREAD or tag == _FALLBACK:
            continue
        if tag == f"{_W}t":
            pieces.append(child.text or "")
        elif tag == f"{_W}tab":
            pieces.append(" ")
        elif tag in _BREAKS:
            pieces.append("\n")
        elif tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif tag == f"{_W}txbxContent":
            boxes.append(child)
        elif not (tag == f"{_W}r" and _is_hidden(child)):
            _gather(child, pieces, boxes, depth + 1)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off")


def _is_contents(element: Any) -> bool:
    """Whether a content control is the table of contents, which repeats the headings."""
    gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and gallery.get(f"{_W}val") == "Table of Contents"


def _value(properties: Any, name: str) -> str:
    found = properties.find(f"{_W}{name}") if properties is not None else None
    return "" if found is None else found.get(f"{_W}val") or ""


def _whole(text: str, at_least: int) -> int:
    return min(max(int(text), at_least), MAX_COLUMNS) if text.isdecimal() and len(text) < 6 else at_least


def _table_rows(table: Any) -> list[list[tuple[int, int, bool, Any]]]:
    """Each row's cells as (first column, columns covered, goes on from above, element)."""
    rows = []
    for row in _unwrapped(table, f"{_W}tr"):
        properties = row.find(f"{_W}trPr")
        if properties is not None and properties.find(f"{_W}del") is not None:
            continue
        column = _whole(_value(properties, "gridBefore"), 0)
        cells = []
        for cell in _unwrapped(row, f"{_W}tc"):
            about = cell.find(f"{_W}tcPr")
            span = _whole(_value(about, "gridSpan"), 1)
            merge = about.find(f"{_W}vMerge") if about is not None else None
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            cells.append((column, span, goes_on, cell))
            column += span
        rows.append(cells)
    return rows


def _unwrapped(parent: Any, tag: str) -> Iterator[Any]:
    """The children with this tag, those inside content controls too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == f"{_W}sdt":
            for content in child.findall(f"{_W}sdtContent"):
                yield from content.iterchildren(tag)


def _filled(made: list[list[_Cell]], width: int) -> Iterator[tuple[RawCell, ...]]:
    """The rows with an empty cell wherever a row leaves columns out, so that every cell keeps its column."""
    if len(made) * width > MAX_CELLS:
        raise Unreadable("表格太大", code="too_large")
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(made):
        cells: list[RawCell] = []
        column = 0
        for cell in [*row, _Cell(number, width, 0, "")]:
            free = (each for each in range(column, cell.column) if (number, each) not in taken)
            cells += [RawCell("") for _ in free]
            column = max(column, cell.column + cell.colspan)
            if cell.colspan:
                cells.append(RawCell(cell.text, rowspan=cell.rowspan, colspan=cell.colspan))
            down, across = range(1, cell.rowspan), range(cell.column, cell.column + cell.colspan)
            taken |= {(number + below, beside) for below in down for beside in across}
        yield tuple(cells)
