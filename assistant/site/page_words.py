"""Words of a page, cut where a mark or a figure begins or ends; every piece is shown once and in order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]

# Between the words that the titles of such reports are made of: 某某局|2021年|政府信息公开|工作|年度报告|（演示）.
_BETWEEN_PARTS = re.compile(
    r"(?<=\d年)(?!度)|(?<=\d年度)|(?<=信息公开)|(?=年度报告)|(?=[（(《])|(?<=[）)》])|(?<=情况)|(?=情况)"
)


@dataclass(frozen=True)
class Piece:
    """Some words, marked or not; ``answering`` is for words of the sentence that answers.

    Attributes:
        anchors: fragments of the page that lead here: the figures that begin with these words.
    """

    text: str
    marked: bool = False
    answering: bool = False
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """A stretch of the report's text that can be linked to by ``anchor``."""

    start: int
    end: int
    anchor: str


def pieces(
    text: str, marks: Iterable[Span], sentence: Span = (0, 0), targets: Iterable[Target] = ()
) -> tuple[Piece, ...]:
    """``text`` cut where a mark, a target or the answering ``sentence`` begins or ends.

    Spans may reach outside the text; a target's anchor stands on the piece that begins where it does.
    """
    if not text:
        return ()
    marks = [(start, end) for start, end in marks if start < end and start < len(text) and end > 0]
    anchors: dict[int, list[str]] = {}
    edges = {edge for span in (*marks, sentence) for edge in span}
    for target in targets:
        if 0 <= target.start < len(text):
            anchors.setdefault(target.start, []).append(target.anchor)
            edges |= {target.start, target.end}
    cuts = [0, *sorted(edge for edge in edges if 0 < edge < len(text)), len(text)]
    return tuple(
        Piece(
            text[start:end],
            marked=any(mark[0] <= start and end <= mark[1] for mark in marks),
            answering=sentence[0] <= start and end <= sentence[1],
            anchors=tuple(anchors.get(start, ())),
        )
        for start, end in pairwise(cuts)
    )


def words(text: str, run: Span, marks: Iterable[Span], targets: Sequence[Target]) -> tuple[Piece, ...]:
    """The words of ``run``, a span of the report's ``text``; ``marks`` and ``targets`` are spans of it too."""
    start, end = run
    return pieces(
        text[start:end],
        [(left - start, right - start) for left, right in marks],
        targets=[Target(item.start - start, item.end - start, item.anchor) for item in targets],
    )


def title_parts(title: str, publisher: str = "") -> list[str]:
    """A title in the parts between which a line may end; joined they are the title."""
    body = publisher if publisher and title.startswith(publisher) else ""
    return [part for part in (body, *_BETWEEN_PARTS.split(title[len(body) :])) if part]
