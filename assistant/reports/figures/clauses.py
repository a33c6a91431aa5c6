"""The clauses of a sentence with the numbers, dates and zeros in them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.reports.figures.days import Days
from assistant.reports.figures.nothing import Nothing, find_nothing
from assistant.reports.figures.numbers import Number, find_amounts
from assistant.reports.figures.shares import find_shares

Item = Number | Days | Nothing

MARK = re.compile(r"[,，;；:：()（）。！？!?]")


@dataclass(frozen=True)
class Clause:
    """``text[start:end]`` between two marks.

    Attributes:
        start: offset of its first character.
        end: offset after its last one.
        before: the mark in front of it; empty at the beginning of the sentence.
        after: the mark behind it; empty at the end of the text read.
        items: the numbers, dates and zeros in it, in order.
    """

    start: int
    end: int
    before: str
    after: str
    items: tuple[Item, ...]


def find_items(text: str, start: int, end: int, days: list[Days]) -> list[Item]:
    """The ``days`` of ``text[start:end]`` and the numbers and zeros beside them, in order and without overlap.

    Args:
        text: plain text, names blotted out.
        start: where the sentence begins.
        end: where it ends.
        days: its dates and periods, in order.
    """
    numbers: list[Item] = []
    position = start
    for first, last in [*((day.start, day.end) for day in days), (end, end)]:
        numbers += find_shares(text, position, first)
        numbers += find_amounts(text, position, first)
        position = last
    return _without_overlaps([*days, *numbers, *find_nothing(text, start, end)])


def _without_overlaps(items: Iterable[Item]) -> list[Item]:
    """Of two that overlap the longer one; a number before the zero that holds it (未收到3件)."""
    kept: list[Item] = []
    for item in sorted(items, key=lambda item: (item.start, -item.end)):
        if kept and kept[-1].end > item.start:
            if isinstance(kept[-1], Nothing) and not isinstance(item, Nothing):
                kept[-1] = item
            continue
        kept.append(item)
    return kept


def cut_clauses(text: str, start: int, end: int, items: list[Item]) -> list[Clause]:
    """The clauses of a sentence with their items; a mark inside an item, as in 2万条(张), ends none."""
    clauses: list[Clause] = []
    waiting = iter([*items, None])
    item = next(waiting)
    own: list[Item] = []
    begin, before = start, ""
    for mark, behind in [*(match.span() for match in MARK.finditer(text, start, end)), (end, end)]:
        while item and item.end <= mark:
            own.append(item)
            item = next(waiting)
        if item and item.start < mark:
            continue
        if begin < mark:
            clauses.append(Clause(begin, mark, before, text[mark:behind], tuple(own)))
        begin, before, own = behind, text[mark:behind], []
    return clauses
