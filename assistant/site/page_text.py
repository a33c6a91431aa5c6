"""A report's text as blocks of a page: headings, paragraphs and tables, with passages and marked words as runs in them.

Pure and linear in the length of the text and the size of its tables. Every run carries its offsets into
``report.text``. Outside of tables the runs of all blocks together hold every character of the text but its newlines
and blank lines; what they hold of a table's sentences, see ``page_table``.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from assistant.reports.model import Figure, Section, Table
from assistant.site.links import figure_anchor
from assistant.site.page_rows import Asked, parts
from assistant.site.page_table import TableBlock, table_block
from assistant.site.page_words import Piece, Span, Target, words

# h1 is the page's title, so level 1 of the outline is h2; deeper than h5 is not told apart by eye.
_TAGS = {1: "h2", 2: "h3", 3: "h4"}
_DEEPEST_TAG = "h5"
# More entries than this hide the page they lead to; the outline then keeps its upper levels only.
_OUTLINE_ENTRIES = 60


class Placed(Protocol):
    """A passage, freshly read or stored: what counts here is where it stands."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def anchor(self) -> str: ...  # noqa: D102
    @property
    def recognised(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True)
class Run:
    """Words of one block that belong together.

    Attributes:
        start: offset of the first character in the report's text.
        end: offset after the last one.
        pieces: the words, cut where the mark or a figure begins or ends.
        passage: whether they belong to a passage.
        anchor: the passage's anchor on its first run, else empty.
        heading: whether they are a heading that opens a paragraph.
        heading_anchor: that heading's anchor on its first run, else empty.
    """

    start: int
    end: int
    pieces: tuple[Piece, ...]
    passage: bool = False
    anchor: str = ""
    heading: bool = False
    heading_anchor: str = ""


@dataclass(frozen=True)
class Block:
    """One line of the text: a heading (``tag`` h2 to h5, with its anchor) or a paragraph (``tag`` p).

    Attributes:
        tag: the HTML element.
        anchor: a heading's anchor; empty for a paragraph.
        runs: its words.
        recognised: whether some of them were recognised from a picture.
    """

    tag: str
    anchor: str
    runs: tuple[Run, ...]
    recognised: bool = False


@dataclass(frozen=True)
class _Zone:
    start: int
    end: int
    anchor: str
    level: int = 0
    recognised: bool = False


class _Zones:
    """Zones in the order of the text, none inside another, found by where they stand."""

    def __init__(self, zones: Iterable[_Zone]) -> None:
        self.all = list(zones)
        self._ends = [zone.end for zone in self.all]

    def within(self, start: int, end: int) -> list[_Zone]:
        """Those that have a character between ``start`` and ``end``."""
        index = bisect_right(self._ends, start)
        here = []
        while index < len(self.all) and self.all[index].start < end:
            here.append(self.all[index])
            index += 1
        return here


@dataclass(frozen=True)
class _Page:
    """What is shown and what stands where in it."""

    text: str
    headings: _Zones
    passages: _Zones
    figures: Sequence[Target]
    marks: Sequence[Span]

    def targets(self, start: int, end: int) -> Sequence[Target]:
        """The figures that begin between ``start`` and ``end``."""
        first = bisect_left(self.figures, start, key=lambda item: item.start)
        return self.figures[first : bisect_left(self.figures, end, first, key=lambda item: item.start)]


def blocks(
    text: str,
    sections: Sequence[Section],
    passages: Sequence[Placed],
    mark: Span | None,
    tables: Sequence[Table] = (),
    figures: Sequence[Figure] = (),
    asked: Asked | None = None,
) -> Iterator[Block | TableBlock]:
    """The blocks of a report in order; of a long table a part only (see ``page_rows``).

    Args:
        text: the report's text.
        sections: its outline.
        passages: its passages.
        mark: the span to mark.
        tables: its tables.
        figures: its figures.
        asked: the table and row that the address asks for.
    """
    targets = [Target(*figure.span, figure_anchor(index)) for index, figure in enumerate(figures)]
    page = _Page(
        text=text,
        headings=_Zones(_heading_zone(text, section) for section in sections if section.heading),
        passages=_Zones(_Zone(item.start, item.end, item.anchor, 0, item.recognised) for item in passages),
        figures=sorted(targets, key=lambda item: item.start),
        marks=[mark] if mark else [],
    )
    zones = (*page.headings.all, *page.passages.all)
    anchors = sorted((Target(zone.start, zone.end, zone.anchor) for zone in zones), key=lambda item: item.start)
    at = 0
    for table, part in zip(tables, parts(text, tables, mark, asked), strict=True):
        if not at <= table.start < table.end <= len(text) or not table.cells:
            continue  # it is not where it says: its sentences are shown instead
        yield from _line_blocks(page, at, table.start)
        block, left = table_block(text, part, page.marks, anchors, page.targets)
        for span in left:
            yield from _line_blocks(page, *span)
        yield block
        at = table.end
    yield from _line_blocks(page, at, len(text))


def _line_blocks(page: _Page, start: int, end: int) -> Iterator[Block]:
    for line in page.text[start:end].split("\n"):
        if line.strip():
            yield _block(page, line, start)
        start += len(line) + 1


def _block(page: _Page, line: str, start: int) -> Block:
    end = start + len(line)
    headings, passages = page.headings.within(start, end), page.passages.within(start, end)
    whole = next((zone for zone in headings if page.text[zone.start : zone.end].strip() == line.strip()), None)
    runs = _runs(page, (start, end), passages, [] if whole else headings)
    recognised = any(zone.recognised for zone in passages)
    if whole:
        return Block(_TAGS.get(whole.level, _DEEPEST_TAG), whole.anchor, runs, recognised)
    return Block("p", "", runs, recognised)


def outline(sections: Iterable[Section]) -> list[Section]:
    """The headings for the page's navigation: as many levels as fit, and never more than a page can show."""
    headings = [section for section in sections if section.heading]
    for deepest in (3, 2, 1):
        kept = [section for section in headings if section.level <= deepest]
        if len(kept) <= _OUTLINE_ENTRIES:
            return kept
    return kept[:_OUTLINE_ENTRIES]


def _heading_zone(text: str, section: Section) -> _Zone:
    end = section.start + len(section.heading)
    if text[section.start : end] != section.heading:
        line_end = text.find("\n", section.start)
        end = len(text) if line_end < 0 else line_end
    return _Zone(section.start, end, section.anchor, section.level)


def _skip(zones: Sequence[_Zone], index: int, start: int) -> int:
    while index < len(zones) and zones[index].end <= start:
        index += 1
    return index


def _runs(page: _Page, line: Span, passages: Sequence[_Zone], headings: Sequence[_Zone]) -> tuple[Run, ...]:
    edges = {edge for zone in (*passages, *headings) for edge in (zone.start, zone.end) if line[0] < edge < line[1]}
    cuts = [line[0], *sorted(edges), line[1]]
    made = []
    next_passage = next_heading = 0
    for start, end in pairwise(cuts):
        next_passage = _skip(passages, next_passage, start)
        next_heading = _skip(headings, next_heading, start)
        passage = _covering(passages, next_passage, start)
        heading = _covering(headings, next_heading, start)
        made.append(
            Run(
                start=start,
                end=end,
                pieces=words(page.text, (start, end), page.marks, page.targets(start, end)),
                passage=passage is not None,
                anchor=passage.anchor if passage and passage.start == start else "",
                heading=heading is not None,
                heading_anchor=heading.anchor if heading and heading.start == start else "",
            )
        )
    return tuple(made)


def _covering(zones: Sequence[_Zone], index: int, start: int) -> _Zone | None:
    return zones[index] if index < len(zones) and zones[index].start <= start else None
