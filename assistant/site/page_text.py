"""A report's text as blocks of a page: headings and paragraphs, with passages and marked words as runs inside them.

Pure and linear in the length of the text. Every run carries its offsets into ``report.text``, and the runs of all
blocks together hold every character of the text but its newlines and blank lines.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from assistant.reports.model import Section

Span = tuple[int, int]

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


@dataclass(frozen=True)
class Piece:
    """Some words, marked or not; ``answering`` is for words of the sentence that answers."""

    text: str
    marked: bool = False
    answering: bool = False


@dataclass(frozen=True)
class Run:
    """Words of one block that belong together.

    Attributes:
        start: offset of the first character in the report's text.
        end: offset after the last one.
        pieces: the words, cut where the mark begins or ends.
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
    """One line of the text: a heading (``tag`` h2 to h5, with its anchor) or a paragraph (``tag`` p)."""

    tag: str
    anchor: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class _Zone:
    start: int
    end: int
    anchor: str
    level: int = 0


def blocks(text: str, sections: Sequence[Section], passages: Sequence[Placed], mark: Span | None) -> Iterator[Block]:
    """The blocks of a report in order; ``mark`` is the span to mark, or None."""
    headings = [_heading_zone(text, section) for section in sections if section.heading]
    zones = [_Zone(item.start, item.end, item.anchor) for item in passages]
    marks = [mark] if mark else []
    first_heading = first_passage = 0
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        first_heading = _skip(headings, first_heading, start)
        first_passage = _skip(zones, first_passage, start)
        if line.strip():
            here = _within(headings, first_heading, end)
            whole = next((zone for zone in here if text[zone.start : zone.end].strip() == line.strip()), None)
            runs = _runs(text, (start, end), _within(zones, first_passage, end), [] if whole else here, marks)
            if whole:
                yield Block(_TAGS.get(whole.level, _DEEPEST_TAG), whole.anchor, runs)
            else:
                yield Block("p", "", runs)
        start = end + 1


def outline(sections: Iterable[Section]) -> list[Section]:
    """The headings for the page's navigation: as many levels as fit, and never more than a page can show."""
    headings = [section for section in sections if section.heading]
    for deepest in (3, 2, 1):
        kept = [section for section in headings if section.level <= deepest]
        if len(kept) <= _OUTLINE_ENTRIES:
            return kept
    return kept[:_OUTLINE_ENTRIES]


def pieces(text: str, marks: Iterable[Span], sentence: Span = (0, 0)) -> tuple[Piece, ...]:
    """``text`` cut where a mark or the answering ``sentence`` begins or ends; spans may reach outside the text."""
    marks = [(start, end) for start, end in marks if start < end and start < len(text) and end > 0]
    inner = {edge for span in (*marks, sentence) for edge in span if 0 < edge < len(text)}
    if not text:
        return ()
    cuts = [0, *sorted(inner), len(text)]
    return tuple(
        Piece(
            text[start:end],
            marked=any(mark[0] <= start and end <= mark[1] for mark in marks),
            answering=sentence[0] <= start and end <= sentence[1],
        )
        for start, end in pairwise(cuts)
    )


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


def _within(zones: Sequence[_Zone], index: int, end: int) -> list[_Zone]:
    here = []
    while index < len(zones) and zones[index].start < end:
        here.append(zones[index])
        index += 1
    return here


def _runs(
    text: str, line: Span, passages: Sequence[_Zone], headings: Sequence[_Zone], marks: Sequence[Span]
) -> tuple[Run, ...]:
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
                pieces=pieces(text[start:end], [(left - start, right - start) for left, right in marks]),
                passage=passage is not None,
                anchor=passage.anchor if passage and passage.start == start else "",
                heading=heading is not None,
                heading_anchor=heading.anchor if heading and heading.start == start else "",
            )
        )
    return tuple(made)


def _covering(zones: Sequence[_Zone], index: int, start: int) -> _Zone | None:
    return zones[index] if index < len(zones) and zones[index].start <= start else None
