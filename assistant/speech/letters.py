"""How a run of Latin letters is read among Chinese: as a word, as a name in pinyin, or letter by letter."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from pypinyin import Style, lazy_pinyin

# What is said as a word; other abbreviations (GDP, APP, CPI) are said by their letters.
WORDS = frozenset(
    "wifi word excel office windows android iphone ipad internet email logo covid sars gov com org net".split()
)
_LONGEST_SYLLABLE = 6
# A shorter run may be an abbreviation that happens to look like pinyin.
_SHORTEST_NAME = 4


@dataclass(frozen=True)
class Reading:
    """How a run of letters is read.

    Attributes:
        kind: ``word``: a word that people say; ``name``: pinyin, such as the names in web addresses; ``letters``.
        parts: the word, the toneless syllables, or the letters; all in lower case.
    """

    kind: Literal["word", "name", "letters"]
    parts: tuple[str, ...]


def read_letters(run: str) -> Reading:
    """How a run of the letters A to Z is read.

    Example:
        ``read_letters("ankang").parts == ("an", "kang")`` and ``read_letters("GDP").parts == ("g", "d", "p")``.
    """
    word = run.lower()
    if word in WORDS:
        return Reading("word", (word,))
    name = _syllables(run) if run.islower() and len(run) >= _SHORTEST_NAME else ()
    return Reading("name", name) if len(name) > 1 else Reading("letters", tuple(word))


def _syllables(run: str) -> tuple[str, ...]:
    """The run as pinyin syllables, the longest first; none where it is no pinyin."""
    known = _known()
    # read[i] are the syllables of what stands from i on, None where that is no pinyin.
    read: list[tuple[str, ...] | None] = [None] * len(run) + [()]
    for start in range(len(run) - 1, -1, -1):
        for stop in range(min(len(run), start + _LONGEST_SYLLABLE), start, -1):
            rest = read[stop]
            if rest is not None and run[start:stop] in known:
                read[start] = (run[start:stop], *rest)
                break
    return read[0] or ()


@cache
def _known() -> frozenset[str]:
    """The syllables of everyday characters: the first level of GB 2312."""
    everyday = bytes(byte for row in range(0xB0, 0xD8) for place in range(0xA1, 0xFF) for byte in (row, place))
    return frozenset(lazy_pinyin(everyday.decode("gb2312", "ignore"), style=Style.NORMAL, v_to_u=False))
