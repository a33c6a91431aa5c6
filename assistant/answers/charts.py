"""A comparison as a picture: bars with their numbers, SVG.

Readable without colour: every bar carries its year or body and its number as printed, and the bars of several bodies
differ in filling and outline. It holds no styles, scripts or ids, so that it may stand in any page under the strictest
policy, and it is drawn in the colour of the text around it.
"""

import unicodedata
from collections.abc import Sequence
from html import escape

from assistant.answers.model import ComparedRow, Comparison

_WIDTH = 360
_BAR = 22
_GAP = 10
_LINE = 22
_TEXT = 14
# Characters as wide as they are high, and all others, in pixels.
_WIDE, _NARROW = 14.5, 9.8
# A longer label stands above its bar.
_LONGEST_LABEL = 110
_SHORTEST_BAR = 2.0
_LOOKS = (
    "",
    'fill-opacity="0.15" stroke="currentColor" stroke-width="2"',
    'fill-opacity="0.45" stroke="currentColor" stroke-width="2" stroke-dasharray="2 3"',
    'fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="7 4"',
)


def bar_chart(comparison: Comparison) -> str:
    """The bars of a comparison; empty where a number is less than zero, for which a bar says nothing."""
    rows = comparison.rows
    if len(rows) < 2 or any(row.value.number < 0 for row in rows):
        return ""
    several_years = len({row.year for row in rows}) > 1
    bodies = list(dict.fromkeys(row.publisher for row in rows))
    labels = [f"{row.year}年" if several_years else row.publisher for row in rows]
    left = max(map(_width, labels)) + 8
    above = left > _LONGEST_LABEL
    room = _WIDTH - (0 if above else left) - max(_width(row.printed) for row in rows) - 8
    most = max(row.value.number for row in rows) or 1
    parts: list[str] = []
    top = 2.0
    for position, (row, label) in enumerate(zip(rows, labels, strict=True)):
        if several_years and len(bodies) > 1 and (not position or rows[position - 1].publisher != row.publisher):
            top += _GAP if position else 0
            parts.append(_text(0, top + _TEXT, row.publisher, bold=True))
            top += _LINE
        parts.append(_text(0, top + _TEXT + (0 if above else 2), label))
        top += _LINE if above else 0
        long = max(_SHORTEST_BAR, float(row.value.number / most) * max(room, _SHORTEST_BAR))
        start = 1 if above else left
        look = _LOOKS[bodies.index(row.publisher) % len(_LOOKS)] if len(bodies) > 1 else ""
        parts.append(f'<rect x="{start:g}" y="{top:g}" width="{long:.1f}" height="{_BAR}" {look}/>')
        parts.append(_text(start + long + 6, top + _TEXT + 2, row.printed, bold=True))
        top += _BAR + _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top:g}" role="img" fill="currentColor" '
        f'font-size="{_TEXT}"><title>{escape(comparison.indicator)}</title><desc>{escape(_described(rows))}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _described(rows: Sequence[ComparedRow]) -> str:
    """The picture in words, for those who do not see it."""
    return "；".join(f"{row.publisher}{row.year}年{row.printed}" for row in rows)


def _text(x: float, y: float, words: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}"{weight}>{escape(words)}</text>'


def _width(text: str) -> float:
    return sum(_WIDE if unicodedata.east_asian_width(char) in "WF" else _NARROW for char in text)
