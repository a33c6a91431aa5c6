"""Slips in the names of bodies: 市教肓局 is 市教育局, 卫建委 is 卫健委, 公安安局 is 公安局.

A body's name is short, and one wrong character leaves too little of it for words to be read again. But the bodies are
known: what is one slip from the name of one, and of no other, is that name. What may well be another body stands:
税务局 is in the dictionary and no slip of 水务局, and the place before a name is never read otherwise.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from assistant.answers.short_names import ShortNames
from assistant.language import EMPTY_WORDS, is_han, syllables
from assistant.language.measures import NUMERALS
from assistant.language.shapes import look_alike, look_alikes
from assistant.language.sounds import near_syllable

# A name of fewer characters than this has too many neighbours: 公局 may be 公安局 or 公路局.
_SHORTEST = 3
_SHORTEST_WITH_A_GAP = 5
# Longer names are called by their short ones; each name is kept once for each of its characters.
_LONGEST = 16
# Names of 3,000 bodies take some 20 MB.
_NAMES_LIMIT = 10_000
# What 委员会 and 办公室 are at the end of a short name.
_SHORT_ENDS = frozenset("委办")
_PLACE_ENDS = "省市县区州盟旗乡镇"
# A name that goes on after its end is another word: 公安局长, 教育局面.
_GOES_ON = frozenset("长面域部员会领限促势")
_DOUBLED = re.compile(r"([\u4e00-\u9fff])\1")


class BodySlips:
    """Mends names of bodies.

    Args:
        whole: all names of all bodies.
        bare: those of them that begin with no proper place.
        short: finds bodies called by a short name.
        share: how much of general Chinese a word is; 0 for no word.
    """

    def __init__(
        self, whole: Collection[str], bare: Collection[str], short: ShortNames, share: Callable[[str], float]
    ) -> None:
        self._whole = frozenset(whole)
        self._names = frozenset(sorted(filter(_is_telling, bare))[:_NAMES_LIMIT])
        self._short = short
        self._share = share
        self._ends = frozenset(name[-1] for name in self._names) | _SHORT_ENDS
        self._longest = max(map(len, self._whole), default=0)
        # Each name under what it is with one character taken away, and where that was.
        self._with_gap: dict[tuple[str, int], list[str]] = {}
        # Characters of names by how they sound.
        self._sounding: dict[str, set[str]] = {}
        for name in self._names:
            for place, char in enumerate(name[:-1]):
                self._with_gap.setdefault((_without(name, place), place), []).append(name)
                self._sounding.setdefault(_sound(char), set()).add(char)

    def mend(self, folded: str) -> str:
        """The folded question with the first damaged name of a body mended; unchanged where there is none."""
        if self._names and not self._ends.isdisjoint(folded):
            for end in range(_SHORTEST, len(folded) + 1):
                if folded[end - 1] in self._ends and folded[end : end + 1] not in _GOES_ON:
                    mended = self._mended_before(folded, end)
                    if mended is not None:
                        return mended
        return folded

    def _mended_before(self, folded: str, end: int) -> str | None:
        """The question with the name that ends at ``end`` mended; None where it is whole or cannot be told."""
        for start in range(max(0, end - self._longest), end - 1):
            if folded[start:end] in self._whole:
                return _undoubled_before(folded, start)
        if self._short.ends_in_name(folded[:end]):
            return None
        starts = [start for start in range(max(0, end - _LONGEST), end - _SHORTEST + 1) if _is_han(folded[start:end])]
        for slips in (self._doubled, self._written_otherwise, self._with_a_gap, self._short_name):
            found = {folded[:start] + name + folded[end:] for start in starts for name in slips(folded[start:end])}
            if found:
                return found.pop() if len(found) == 1 else None
        return None

    def _doubled(self, written: str) -> Iterator[str]:
        for match in _DOUBLED.finditer(written):
            name = _without(written, match.start())
            if name in self._names:
                yield name

    def _written_otherwise(self, written: str) -> Iterator[str]:
        for place in range(len(written) - 1):
            for name in self._with_gap.get((_without(written, place), place), ()):
                if _near(written[place], name[place]) and self._may_be_slip(written, place, name[place]):
                    yield name

    def _with_a_gap(self, written: str) -> Iterator[str]:
        if len(written) >= _SHORTEST_WITH_A_GAP - 1 and not self._share(written):
            # Without its first character a name may be another's.
            for place in range(1, len(written)):
                yield from self._with_gap.get((written, place), ())

    def _short_name(self, written: str) -> Iterator[str]:
        for place in range(len(written) - 1):
            alike = self._sounding.get(_sound(written[place]), set()) | look_alikes(written[place])
            for char in alike - {written[place]}:
                name = written[:place] + char + written[place + 1 :]
                if self._short.is_name(name) and self._may_be_slip(written, place, char):
                    yield name

    def _may_be_slip(self, written: str, place: int, meant: str) -> bool:
        """Whether a character stands in no word that is surely meant.

        The name's end makes no word with what is before it (卫|建委). A word that is all of the name before its end and
        sounds just the same says nothing (公案局): what body there is of that name, the dictionary has whole (税务局).
        """
        char = written[place]
        if char in EMPTY_WORDS or char in NUMERALS or char in _PLACE_ENDS or self._share(written) > 0:
            return False
        same = syllables(char) == syllables(meant)
        words = (
            (start, end)
            for start in range(place + 1)
            for end in range(max(place + 1, start + 2), len(written))
            if self._share(written[start:end]) > 0
        )
        return all(same and word == (0, len(written) - 1) for word in words)


def _is_telling(name: str) -> bool:
    return _SHORTEST <= len(name) <= _LONGEST and _is_han(name)


def _is_han(text: str) -> bool:
    return all(map(is_han, text))


def _undoubled_before(folded: str, start: int) -> str | None:
    """A whole name with its first character written twice, 公公安局; a place before a name may end so: 全市市政府."""
    first = folded[start]
    if start and folded[start - 1] == first and first not in _PLACE_ENDS:
        return folded[: start - 1] + folded[start:]
    return None


def _without(text: str, place: int) -> str:
    return text[:place] + text[place + 1 :]


@lru_cache(maxsize=8192)
def _sound(char: str) -> str:
    return near_syllable(syllables(char)[0])


def _near(written: str, meant: str) -> bool:
    """Whether two characters sound alike or nearly alike, or look alike."""
    return written != meant and (_sound(written) == _sound(meant) or look_alike(written, meant))
