"""Folding: one spelling for what a reader takes for the same text.

Full and half width become one (Unicode NFKC), traditional becomes simplified script (OpenCC t2s), Latin becomes lower
case, control and zero-width characters go, spaces between Chinese characters go, other whitespace becomes one space.
Every folded character remembers where it came from, so that a place found in folded text can be shown in the original.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

_TO_SIMPLIFIED = OpenCC("t2s")


@dataclass(frozen=True)
class Folded:
    """Folded text and the way back.

    Attributes:
        text: the folded text.
        offsets: for each folded character the index of the original character it came from, and last the length of
            the original; never decreasing, ``len(offsets) == len(text) + 1``.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span behind ``text[start:end]``; covers whole original characters."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


def is_han(char: str) -> bool:
    """Whether the character is a Chinese character (CJK unified ideographs, all extensions)."""
    code = ord(char)
    return 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x323AF or code == 0x3007


def _fold_char(char: str) -> str:
    """One character folded: possibly nothing, possibly several characters; whitespace becomes " " or newline."""
    if char in "\n\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
    if char.isspace():
        return " "
    # The newest ideographs are unassigned in an older Python's tables, but stand in names all the same.
    if not is_han(char) and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return ""
    folded = unicodedata.normalize("NFKC", char).lower()
    # A compatibility form may bring a space along (U+00B4 becomes space + accent): it stands for no space in the text.
    return folded.replace(" ", "") or char


# More characters than any corpus uses; a stranger who sends every code point there is fills no more.
_TABLE_SIZE = 70_000


class _Table(dict[int, str]):
    """For ``str.translate``: each character's folded form, worked out when first met and kept, up to a bound."""

    def __init__(self) -> None:
        super().__init__()
        self._uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        if len(self) < _TABLE_SIZE:
            self[code] = folded
            if len(folded) != 1:
                self._uneven.add(chr(code))
        return folded

    def is_even(self, text: str) -> bool:
        """Whether each character of a translated text became one: then offsets are as they were. False if in doubt."""
        return len(self) < _TABLE_SIZE and self._uneven.isdisjoint(text)


_TABLE = _Table()
# Texts kept folded: so many, of at most so many characters, a megabyte in all.
_SHORT = 120
_SHORT_KEPT = 1024
_SPACES = re.compile(r"[ \n]+")


def fold(text: str) -> Folded:
    """Fold ``text`` and keep the way back to it."""
    folded = _simplify(text.translate(_TABLE))
    if _TABLE.is_even(text):
        origins: Sequence[int] = range(len(text))
    else:
        origins = [index for index, char in enumerate(text) for _ in _TABLE[ord(char)]]
    if not _SPACES.search(folded):
        return Folded(folded, (*origins, len(text)))
    chars: list[str] = []
    offsets: list[int] = []
    last = 0
    for spaces in _SPACES.finditer(folded):
        start, end = spaces.span()
        chars.append(folded[last:start])
        offsets.extend(origins[last:start])
        if _separates(folded, start, end):
            chars.append(" ")
            offsets.append(origins[start])
        last = end
    chars.append(folded[last:])
    offsets.extend(origins[last:])
    offsets.append(len(text))
    return Folded("".join(chars), tuple(offsets))


def fold_text(text: str) -> str:
    """The folded text alone."""
    return _folded_short(text) if len(text) <= _SHORT else fold(text).text


@lru_cache(maxsize=_SHORT_KEPT)
def _folded_short(text: str) -> str:
    """Questions, titles and headings come again and again: one question is folded by each that reads it."""
    return fold(text).text


def _simplify(text: str) -> str:
    """Traditional to simplified with the same number of characters, so that offsets hold."""
    simplified: str = _TO_SIMPLIFIED.convert(text)
    if len(simplified) == len(text):
        return simplified
    # A phrase of the conversion table changed the length; single characters never do more than swap one for one.
    singles = (_TO_SIMPLIFIED.convert(char) for char in text)
    return "".join(new if len(new) == 1 else old for new, old in zip(singles, text, strict=True))


def _separates(text: str, start: int, end: int) -> bool:
    """Whether the whitespace ``text[start:end]`` separates anything.

    It does not at either end of the text, nor, when it is no line break, between two Chinese characters: Chinese has no
    spaces, so 索 引 号 is padding.
    """
    if start == 0 or end == len(text):
        return False
    return "\n" in text[start:end] or not (is_han(text[start - 1]) and is_han(text[end]))
