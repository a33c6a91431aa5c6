"""A page as lines: the text blocks a citizen sees, in order, and the boxes (block elements) that hold them.

Every box holds an unbroken run of lines, so finding the main content is a matter of intervals.
"""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.reports.fields import BOUNDARY, is_label, read_fields
from assistant.reports.markup import slim
from assistant.reports.rows import TableRow, read_table
from assistant.reports.structure import goes_on
from assistant.reports.tables import Grid, RawCell, expand
from assistant.reports.tidying import tidy_line

_BLOCKS = set(
    "html body address article aside blockquote caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td tfoot "
    "th thead tr ul".split()
)
_SKIPPED = {"head", "button", "img", "input"}
_APART_TAGS = {"nav", "header", "footer", "aside"}
_APART_ROLES = {"navigation", "banner", "contentinfo", "search", "dialog", "note", "complementary"}
_APART_NAMES = set(
    "nav breadcrumb breadcrumbs crumb crumbs header footer foot sidebar menu share related qrcode pager "
    "pagination copyright toolbar".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HAN = "\u3400-\u9fff\u3001-\u303f\uff00-\uffef“”‘’"
# A line break in the source between two Chinese characters is no space.
_SOURCE_BREAK = re.compile(rf"(?<=[{_HAN}{BOUNDARY}])[ \t]*[\r\n]\s*(?=[{_HAN}{BOUNDARY}])")
_LONG_CELL = 500  # characters; a cell with more that is most of its table is a page's column
_LONGEST_CELL = 2_000  # characters; a longer one is prose laid out, whatever stands beside it
_MANY_LINES = 3


@dataclass(frozen=True)
class Line:
    """One visible line.

    Attributes:
        text: as seen, tidy, never empty.
        marked: the same with ``BOUNDARY`` where markup began or ended.
        linked: how many of its characters are inside links.
        row: whether it is a row of a data table.
        recognised: whether it was recognised from a picture, not read.
        of: what it holds of a table; None when it is no row.
    """

    text: str
    marked: str
    linked: int = 0
    row: bool = False
    recognised: bool = False
    of: TableRow | None = None

    @property
    def is_link(self) -> bool:
        """Whether most of the line is links."""
        return self.linked * 2 > len(self.text)


@dataclass
class Box:
    """A block element with its lines, ``start`` to ``end``, and the boxes in it; ``apart`` for navigation and such."""

    tag: str
    start: int
    end: int = 0
    apart: bool = False
    boxes: list["Box"] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """A page's lines, its outermost box, its meta tags (names in lower case) and its title element."""

    lines: list[Line]
    box: Box
    meta: dict[str, str]
    title: str = ""


def plain_page(text: str) -> Page:
    """A page saved as text: its lines in one box."""
    lines = [Line(line, line) for line in map(tidy_line, text.splitlines()) if line]
    return Page(lines, Box("body", 0, len(lines)), {})


def html_page(source: str) -> Page:
    """The page in ``source``.

    Raises:
        Unreadable: beyond the bounds of ``markup``.
    """
    tree = LexborHTMLParser(slim(source))
    walk = _Walk(*_tables(tree))
    box = walk.lines_of(tree.body) if tree.body else Box("body", 0, 0)
    title = tree.css_first("title")
    name = re.sub(r"<[^<>]*>", "", title.text()) if title else ""
    return Page(walk.lines, box, _meta(tree), tidy_line(name))


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        name = node.attributes.get("name") or node.attributes.get("property") or ""
        content = tidy_line(node.attributes.get("content") or "")
        if name and content:
            found.setdefault(name.lower(), content)
    canonical = tree.css_first("link[rel=canonical]")
    if canonical:
        found.setdefault("canonical", canonical.attributes.get("href") or "")
    return found


class _Walk:
    """One pass over a tree, without recursion over its depth; each cell of a data table gets a pass of its own."""

    def __init__(self, outer_tables: set[int], following: dict[int, LexborNode]) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._links = 0
        self._preformatted = 0
        self._outer_tables = outer_tables
        self._following = following  # table -> the next one with nothing written between
        self._read: set[int] = set()  # tables read as the end of the one before

    def lines_of(self, root: LexborNode) -> Box:
        """Walk ``root``, adding to ``lines``; returns its box."""
        outermost = Box(root.tag or "", len(self.lines))
        boxes = [outermost]
        waiting: list[tuple[LexborNode, bool]] = [(node, False) for node in _children_backwards(root)]
        while waiting:
            node, leaving = waiting.pop()
            if leaving:
                self._leave(node, boxes)
            elif node.is_text_node:
                self._add(node.text_content or "")
            elif self._enter(node, boxes):
                waiting.append((node, True))
                waiting.extend((child, False) for child in _children_backwards(node))
        self._flush()
        outermost.end = len(self.lines)
        return outermost

    def _enter(self, node: LexborNode, boxes: list[Box]) -> bool:
        """Begin an element; whether its children are to be walked."""
        tag = node.tag or ""
        if tag == "br":
            self._flush()
            return False
        if not node.is_element_node or tag in _SKIPPED or _is_hidden(node):
            return False
        if tag not in _BLOCKS:
            self._pieces.append(BOUNDARY)
            self._links += tag == "a"
            return True
        self._flush()
        self._preformatted += tag == "pre"
        box = Box(tag, len(self.lines), apart=_is_apart(node, tag))
        boxes[-1].boxes.append(box)
        if node.mem_id in self._read or (
            tag == "table" and node.mem_id not in self._outer_tables and self._add_table(node)
        ):
            box.end = len(self.lines)
            return False
        boxes.append(box)
        return True

    def _leave(self, node: LexborNode, boxes: list[Box]) -> None:
        if node.tag in _BLOCKS:
            self._flush()
            boxes.pop().end = len(self.lines)
            self._preformatted -= node.tag == "pre"
        else:
            self._pieces.append(BOUNDARY)
            self._links -= node.tag == "a"

    def _add(self, text: str) -> None:
        for number, piece in enumerate(text.split("\n") if self._preformatted else [text]):
            if number:
                self._flush()
            self._pieces.append(piece.replace(BOUNDARY, ""))
            if self._links:
                self._linked += len("".join(piece.split()))

    def _flush(self) -> None:
        """End the line that is being gathered."""
        raw = "".join(self._pieces)
        text = tidy_line(_SOURCE_BREAK.sub("", raw.replace(BOUNDARY, "")))
        if text:
            self.lines.append(Line(text, _SOURCE_BREAK.sub("", raw), self._linked))
        self._pieces, self._linked = [], 0

    def _add_table(self, table: LexborNode) -> bool:
        """Add a table without tables inside as rows or fields; False when it only lays out the page."""
        cells = self._cells_of(table)
        grid = expand(cells.rows)
        if grid and cells.are_fields():
            self.lines += _field_lines(grid)
            return True
        if not cells.are_data(grid):
            return False
        last = table
        while following := self._following.get(last.mem_id):
            added = goes_on(grid, expand(self._cells_of(following).rows))
            if added is None:
                break
            grid += added
            self._read.add(following.mem_id)
            last = following
        caption = table.css_first("caption")
        self.lines += table_lines(grid, caption.text() if caption else "")
        return True

    def _cells_of(self, table: LexborNode) -> "_TableCells":
        found = _TableCells()
        for row in (row for row in table.css("tr") if not _is_hidden(row)):
            cells: list[RawCell] = []
            for node in row.iter():
                if node.tag in ("td", "th") and not _is_hidden(node):
                    inside = _Walk(self._outer_tables, {})
                    inside.lines_of(node)
                    text = found.add(inside.lines)
                    cells.append(RawCell(text, node.tag == "th", _span(node, "rowspan"), _span(node, "colspan")))
            found.rows.append(cells)
        return found


@dataclass
class _TableCells:
    """The rows of a table element, and what tells a data table from one that lays out the page."""

    rows: list[list[RawCell]] = field(default_factory=list)
    long_cell: int = 0  # characters in the longest cell that holds prose
    linked: int = 0  # characters in links
    fields: int = 0  # cells such as 发布日期：2016-03-09

    def add(self, lines: list[Line]) -> str:
        """Count the lines of one cell; returns its text."""
        text = _joined([line.text for line in lines])
        if len(text) > _LONG_CELL or (len(lines) >= _MANY_LINES and len(text) > _LONG_CELL // 2):
            self.long_cell = max(self.long_cell, len(text))
        self.linked += sum(line.linked for line in lines)
        self.fields += any(value for line in lines for _, value in read_fields(line.marked))
        return text

    @property
    def texts(self) -> list[str]:
        return [cell.text for row in self.rows for cell in row if cell.text]

    def are_fields(self) -> bool:
        """Whether many of the cells are labels of the page's own fields."""
        texts = self.texts
        labels = sum(map(is_label, texts))
        return labels >= 2 and labels * 5 >= len(texts) * 2

    def are_data(self, grid: Grid) -> bool:
        """Whether the cells are data: no column of prose, no list of links, and at least two by two of them."""
        texts = self.texts
        size = sum(map(len, texts))
        prose = self.long_cell * 2 > size or self.long_cell > _LONGEST_CELL
        return not (prose or self.linked * 2 > size or self.fields * 2 > len(texts)) and _is_tabular(grid)


def table_lines(grid: Grid, caption: str = "") -> list[Line]:
    """The rows of a data table as lines, its caption first; for every reader, whatever the table came from.

    Raises:
        Unreadable: see ``read_table``.
    """
    return [Line(text, text, row=True, of=row) for text, row in read_table(grid, caption)]


def _tables(tree: LexborHTMLParser) -> tuple[set[int], dict[int, LexborNode]]:
    """The tables that hold tables (they lay out the page), and for each table the next, if no text stands between."""
    nearest: dict[int, int] = {}  # element -> the nearest table it is in, itself included; 0 for none
    outer: set[int] = set()
    following: dict[int, LexborNode] = {}
    last = 0  # the table that nothing is written behind so far
    for node in tree.root.traverse(include_text=True) if tree.root else ():
        above = nearest.get(node.parent.mem_id, 0) if node.parent else 0
        if node.is_text_node:
            if above != last and (node.text_content or "").strip():
                last = 0
            continue
        if node.tag == "table":
            outer.add(above)
            if last:
                following[last] = node
            above = last = node.mem_id
        nearest[node.mem_id] = above
    return outer, following


def _children_backwards(node: LexborNode) -> list[LexborNode]:
    return list(node.iter(include_text=True))[::-1]


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _is_apart(node: LexborNode, tag: str) -> bool:
    attributes = node.attributes
    names = re.split(r"[\s_-]+", f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower())
    return tag in _APART_TAGS or (attributes.get("role") or "") in _APART_ROLES or not _APART_NAMES.isdisjoint(names)


def _span(node: LexborNode, name: str) -> int:
    text = (node.attributes.get(name) or "").strip()
    if not text.isdecimal():
        return 1
    return min(int(text[:6]) or 100_000, 100_000)  # 0 means "to the end of the table"


def _joined(lines: list[str]) -> str:
    """The lines of a cell as one text: no space where a Chinese word was wrapped."""
    return re.sub(rf"(?<=[{_HAN}]) (?=[{_HAN}])", "", " ".join(lines)) if len(lines) > 1 else "".join(lines)


def _is_tabular(grid: Grid) -> bool:
    """Whether at least two rows have at least two filled cells each."""
    filled = [len({id(cell) for cell in line if cell and cell.text}) for line in grid]
    return sum(count >= 2 for count in filled) >= 2


def _field_lines(grid: Grid) -> list[Line]:
    """A table of 索引号 and the like: each label with the cell to its right, or else below it."""
    lines: list[Line] = []
    seen: set[int] = set()
    for top, row in enumerate(grid):
        for column, cell in enumerate(row):
            if cell is None or id(cell) in seen or not is_label(cell.text):
                continue
            seen.add(id(cell))
            right = next((other for other in row[column + 1 :] if other is not cell), None)
            below = next((line[column] for line in grid[top + 1 :] if line[column] is not cell), None)
            value = next((other.text for other in (right, below) if other and not is_label(other.text)), "")
            label = cell.text.rstrip("：: ")
            lines.append(Line(f"{label}：{value}", f"{label}{BOUNDARY}{value}"))
    return lines
