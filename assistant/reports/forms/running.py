"""Running heads, running feet and page numbers: what a page carries around its text, found and left out."""

import re
from collections import Counter
from collections.abc import Sequence

from assistant.reports.forms.layout import Item, PlacedLine, top_of

_NUMBER = re.compile(
    r"[-—–－·•. ]{0,4}\d{1,4}[-—–－·•. ]{0,4}|\d{1,4}\s?/\s?\d{1,4}|"
    r"第\s?\d{1,4}\s?页(?:[，,/ ]{0,2}共\s?\d{1,4}\s?页)?|共\s?\d{1,4}\s?页[，, ]{0,2}第\s?\d{1,4}\s?页"
)
_DIGITS = re.compile(r"\d+")
_PROSE = re.compile("[，。；]")  # no running head is a sentence
_EDGE = 0.14  # of the page's height; heads and feet stand within this much of its edges
_SAME_PLACE = 0.006  # of the page's height; a running head keeps its place to within this much
_LINES = 3  # at either edge that may be heads or feet


def without_running(pages: Sequence[list[Item]], heights: Sequence[float]) -> list[list[Item]]:
    """The items of each page without what runs over all pages.

    A line is left out when it stands at a page's edge and is a page number, or the same (numbers apart) stands at the
    same place on another page.
    """
    edges = [_edges(items, height) for items, height in zip(pages, heights, strict=True)]
    seen: Counter[tuple[str, int]] = Counter()
    for found, height in zip(edges, heights, strict=True):
        seen.update(
            {(sign, place + near) for item in found for sign, place in [_sign(item, height)] for near in (-1, 0, 1)}
        )
    kept = []
    for items, found, height in zip(pages, edges, heights, strict=True):
        dropped = {id(item) for item in found if _is_number(item) or seen[_sign(item, height)] > 1}
        kept.append([item for item in items if id(item) not in dropped])
    return kept


def _edges(items: list[Item], height: float) -> list[PlacedLine]:
    """The first and last lines of a page that stand at its edges."""
    found: list[PlacedLine] = []
    for order, at_top in ((items, True), (items[::-1], False)):
        for item in order[:_LINES]:
            share = top_of(item) / height
            if (
                not isinstance(item, PlacedLine)
                or _PROSE.search(item.line.text)
                or (share >= _EDGE if at_top else share <= 1 - _EDGE)
            ):
                break
            found.append(item)
    return found


def _sign(item: PlacedLine, height: float) -> tuple[str, int]:
    return _DIGITS.sub("#", item.line.text), round(item.line.top / (_SAME_PLACE * height))


def _is_number(item: PlacedLine) -> bool:
    return bool(_NUMBER.fullmatch(item.line.text))
