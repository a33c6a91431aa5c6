"""What a page with fixed positions holds, whether it came from a PDF, an OFD or a picture: pieces of text and rules.

Positions are from the top left corner, x to the right, y downward: in points, or in pixels where recognised.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

HAN = "\u2e80-\u2fdf\u3001-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…"
_HAN_CHAR = re.compile(f"[{HAN}]")
_WORD_GAP = 0.25  # of the size; a wider gap beside a Latin letter or digit is a space
_HAN_GAP = 1.0  # of the size; between Chinese characters, whose distance justifying stretches, only this much is
# The radicals of the supplement that look like whole characters; Unicode's own folding (NFKC) knows the others, but
# takes ⼾ for the traditional 戶.
_RADICALS = str.maketrans(
    "⺄⺌⺎⺒⺓⺜⺝⺟⺠⺧⺩⺫⺬⺶⺼⺽⻁⻄⻅⻆⻉⻊⻋⻏⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼾",
    "乙小兀巳幺日月母民牛王目示羊肉臼虎西见角贝足车邑長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟户",
)
_A4_POINTS = 842.0  # the longer side
_SAME_LINE = 0.5  # of the smaller height; pieces that overlap by more stand on one line


@dataclass(frozen=True)
class Piece:
    """Some text at its place: one character or a run of them; ``size`` is the height of its type."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


@dataclass(frozen=True)
class Rule:
    """A straight rule, level or upright: from (x0, y0) to (x1, y1)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Sheet:
    """One page: its size, its pieces in any order, its rules, and whether they were recognised from a picture."""

    width: float
    height: float
    pieces: Sequence[Piece]
    rules: Sequence[Rule] = field(default=())
    recognised: bool = False

    @property
    def scale(self) -> float:
        """How many of its units make one point (1/72 inch): a picture is taken for a page of A4."""
        return max(self.width, self.height) / _A4_POINTS if self.recognised else 1.0


@dataclass(frozen=True)
class TextLine:
    """One line of text as it stands on a page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


def is_han(char: str) -> bool:
    """Whether ``char`` is set in Chinese type: full width, with no space to its neighbours."""
    return bool(_HAN_CHAR.match(char))


def as_typed(text: str) -> str:
    """``text`` with the characters that were typed: fonts often map them to the look-alike radicals (⻘ for 青)."""
    text = unicodedata.normalize("NFC", text)  # compatibility ideographs, and 〈 given as its look-alike
    if not any("\u2e80" <= char <= "\u2fdf" for char in text):
        return text
    return "".join(
        unicodedata.normalize("NFKC", char) if "\u2e80" <= char <= "\u2fdf" else char
        for char in text.translate(_RADICALS)
    )


def text_lines(pieces: Sequence[Piece]) -> list[TextLine]:
    """The pieces as lines from top to bottom, each read from left to right."""
    rows: list[list[Piece]] = []
    bounds: list[tuple[float, float]] = []  # top and bottom of each row's first piece
    for piece in sorted(pieces, key=lambda each: ((each.top + each.bottom) / 2, each.x0)):
        if rows and _overlap(piece, bounds[-1]) > _SAME_LINE:
            rows[-1].append(piece)
        else:
            rows.append([piece])
            bounds.append((piece.top, piece.bottom))
    lines = [_line(sorted(row, key=lambda each: each.x0)) for row in rows]
    return [line for line in lines if line.text]


def _overlap(piece: Piece, bounds: tuple[float, float]) -> float:
    top, bottom = bounds
    shared = min(piece.bottom, bottom) - max(piece.top, top)
    return shared / max(min(piece.bottom - piece.top, bottom - top), 0.01)


def _line(row: list[Piece]) -> TextLine:
    inked = [index for index, piece in enumerate(row) if piece.text.strip()]
    row = row[inked[0] : inked[-1] + 1] if inked else row[:1]
    texts = [row[0].text]
    for before, after in pairwise(row):
        texts.append(" " if _is_space(before, after) else "")
        texts.append(after.text)
    sizes = sorted(piece.size for piece in row)
    return TextLine(
        "".join(texts).strip(),
        min(piece.x0 for piece in row),
        min(piece.top for piece in row),
        max(piece.x1 for piece in row),
        max(piece.bottom for piece in row),
        sizes[len(sizes) // 2],
    )


def _is_space(before: Piece, after: Piece) -> bool:
    if not before.text or not after.text or before.text[-1].isspace() or after.text[0].isspace():
        return False
    both_han = is_han(before.text[-1]) and is_han(after.text[0])
    return after.x0 - before.x1 > (_HAN_GAP if both_han else _WORD_GAP) * max(before.size, after.size)


def join_lines(before: str, after: str) -> str:
    """Two lines of one paragraph: a space only where two Latin words meet."""
    if not before or not after:
        return before + after
    glued = is_han(before[-1]) or is_han(after[0]) or (before[-1].isdigit() and after[0].isdigit())
    return before + after if glued or before[-1] in "-/" else f"{before} {after}"
