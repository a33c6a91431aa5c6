"""Figures over time as a picture: bars with their numbers, SVG, in the style of ``answers.charts``.

Readable without colour: what was answered is filled, the rest of the bar only outlined; the numbers stand beside, and
the whole is told in words. It holds no styles, scripts or ids, so that it may stand in any page under the strictest
policy.
"""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

_WIDTH, _HEIGHT = 720, 260
_LEFT, _BOTTOM, _TOP = 8, 34, 22
_TEXT = 15
# Names beneath the bars that still fit side by side.
_NAMES_MOST = 12
_GAP_SHARE = 0.25


class Bar(NamedTuple):
    """One bar.

    Attributes:
        name: what it is told as.
        whole: its height.
        part: how much of it is filled.
        short: what stands beneath it; its name where there is room.
    """

    name: str
    whole: int
    part: int
    short: str = ""


def bars_over_time(title: str, whole: str, part: str, bars: Sequence[Bar]) -> str:
    """The bars in their order; empty where there is nothing to draw.

    Args:
        title: what the picture shows.
        whole: what the bars count.
        part: what the filled part counts.
        bars: the bars, the earliest first.
    """
    most = max((bar.whole for bar in bars), default=0)
    if most <= 0:
        return ""
    step = (_WIDTH - 2 * _LEFT) / len(bars)
    width, room = step * (1 - _GAP_SHARE), _HEIGHT - _BOTTOM - _TOP
    every = -(-len(bars) // _NAMES_MOST)
    parts = [f'<line x1="0" y1="{_HEIGHT - _BOTTOM}" x2="{_WIDTH}" y2="{_HEIGHT - _BOTTOM}" stroke="currentColor"/>']
    for at, bar in enumerate(bars):
        left = _LEFT + at * step + step * _GAP_SHARE / 2
        middle = left + width / 2
        tall, full = room * bar.whole / most, room * min(bar.part, bar.whole) / most
        parts.append(_rect(left, tall, width, 'fill="none" stroke="currentColor"'))
        parts.append(_rect(left, full, width, ""))
        if bar.whole and len(bars) <= _NAMES_MOST:
            parts.append(_text(middle, _HEIGHT - _BOTTOM - tall - 5, str(bar.whole)))
        if (len(bars) - 1 - at) % every == 0:
            parts.append(_text(middle, _HEIGHT - _BOTTOM + 20, bar.short or bar.name))
    told = "；".join(f"{bar.name}{whole}{bar.whole}，{part}{bar.part}" for bar in bars)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" fill="currentColor" '
        f'font-size="{_TEXT}"><title>{escape(title)}</title><desc>{escape(told)}</desc>{"".join(parts)}</svg>'
    )


def _rect(left: float, tall: float, width: float, look: str) -> str:
    top = _HEIGHT - _BOTTOM - tall
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{tall:.1f}" {look}/>'


def _text(middle: float, base: float, words: str) -> str:
    return f'<text x="{middle:.1f}" y="{base:.1f}" text-anchor="middle">{escape(words)}</text>'
