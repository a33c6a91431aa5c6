"""Finding questions by what has been typed of them: characters, whole pinyin, its initials, all mixed, and slips.

Made once for a list of questions, so that a key press costs a few milliseconds among ten thousand. What is typed is
looked for in one piece first, as it is written and as it sounds; where that finds too little, questions that share
most of its pairs of sounds stand in, which forgives a wrong, missing or inserted character.
"""

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.language import fold_text, syllables

# What is typed beyond this is not looked at: no suggestion is longer.
_TYPED_MOST = 60
# Places looked at where a letter or two stand in nearly every question.
_PLACES_MOST = 400
# Ways to read a run of letters as syllables and initials.
_READINGS_MOST = 6
# Letters read as pinyin; more is no pinyin that somebody types before looking up.
_LETTERS_MOST = 30
_LONGEST_SYLLABLE = 6
# How good a match is by how it was found: as written, by its sound, by initials, by most of its pairs.
_WRITTEN, _HEARD, _INITIALS, _SHARED = 1.0, 0.95, 0.9, 0.85
# Better by this where the question begins so, and by up to this where it is nearly all of the question.
_BEGINS, _WHOLE = 0.03, 0.02
# Of the pairs typed so much must be shared, weighed by how rare they are.
_SHARE_LEAST = 0.5
_NOT_WORDS = re.compile(r"[^\w]|_")
_LETTERS = re.compile("[a-z]+")
# Letters apart from all else: 公安局xzcf, 2018年sfz.
_PARTS = re.compile("[a-z]+|[^a-z]+")
_END = "\n"
_CLUSTERS = ("zh", "ch", "sh")


@dataclass(frozen=True)
class _Unit:
    """One piece of what is typed that stands for one character: the character itself, or letters of its sound."""

    char: str
    sound: str
    whole: bool

    @property
    def initial(self) -> str:
        return (self.sound or self.char)[0]

    def quality(self, char: str, sound: str) -> float:
        """How well it goes with a character of a question; 0 where not at all."""
        if self.char:
            return _WRITTEN if self.char == char else _HEARD if self.sound and self.sound == sound else 0.0
        if self.whole:
            return _HEARD if self.sound == sound else 0.0
        return _INITIALS if sound.startswith(self.sound) else 0.0


@dataclass(frozen=True)
class Typed:
    """A question that goes with what was typed.

    Attributes:
        question: as given.
        score: how well, about 0 to 1.
        place: its place in the list; who stands first is asked most.
    """

    question: str
    score: float
    place: int


class TypedIndex:
    """Questions, found by what is typed of them.

    Args:
        questions: what is offered, those asked most first.

    Attributes:
        questions: the same.
    """

    def __init__(self, questions: Sequence[str]) -> None:
        self.questions = tuple(questions)
        forms = [plain_form(question) for question in self.questions]
        heard = [syllables(form) for form in forms]
        self._starts: list[int] = []
        at = 0
        for form in forms:
            self._starts.append(at)
            at += len(form) + 1
        self._chars = _END.join(forms)
        self._sounds = [sound for each in heard for sound in (*each, _END)]
        self._initials = _END.join("".join(sound[0] for sound in each) for each in heard)

    def find(self, typed: str, limit: int) -> list[Typed]:
        """The questions that go best with what is typed, the best first; none for nothing typed."""
        form = plain_form(typed)[:_TYPED_MOST]
        if not form or not self.questions:
            return []
        best: dict[int, float] = {}
        for units in self._readings(form):
            for place, score in self._in_one_piece(units):
                best[place] = max(best.get(place, 0.0), score)
        if len(best) < limit:
            for place, score in self._in_parts(form):
                best.setdefault(place, score)
        if len(best) < limit:
            for place, score in self._sharing(form, 4 * limit):
                best.setdefault(place, score)
        ordered = sorted(best.items(), key=lambda each: (-round(each[1], 2), each[0]))
        return [Typed(self.questions[place], score, place) for place, score in ordered[:limit]]

    def _in_one_piece(self, units: Sequence[_Unit]) -> Iterator[tuple[int, float]]:
        wanted = "".join(unit.initial for unit in units)
        at, looked = self._initials.find(wanted), 0
        while at >= 0 and looked < _PLACES_MOST:
            quality = min(
                unit.quality(self._chars[at + step], self._sounds[at + step]) for step, unit in enumerate(units)
            )
            place = bisect.bisect_right(self._starts, at) - 1
            if quality:
                length = len(self._chars_of(place))
                begins = _BEGINS if at == self._starts[place] else 0.0
                yield place, quality + begins + _WHOLE * len(units) / length
            looked += 1
            at = self._initials.find(wanted, at + 1)

    def _in_parts(self, form: str) -> Iterator[tuple[int, float]]:
        """Questions that hold the letters typed and what stands beside them, though not beside each other."""
        parts = _PARTS.findall(form)
        if len(parts) < 2:
            return
        read = {part: list(self._readings(part)) for part in parts}
        rarest = max(parts, key=len)
        places = dict.fromkeys(place for units in read[rarest] for place, _ in self._in_one_piece(units))
        for place in places:
            start = self._starts[place]
            end = start + len(self._chars_of(place))
            if all(any(self._holds(units, start, end) for units in read[part]) for part in parts):
                yield place, _SHARED

    def _holds(self, units: Sequence[_Unit], start: int, end: int) -> bool:
        """Whether these stand one after the other between two places of all the questions' characters."""
        wanted = "".join(unit.initial for unit in units)
        at = self._initials.find(wanted, start, end)
        while at >= 0:
            if all(unit.quality(self._chars[at + step], self._sounds[at + step]) for step, unit in enumerate(units)):
                return True
            at = self._initials.find(wanted, at + 1, end)
        return False

    def _chars_of(self, place: int) -> str:
        end = self._starts[place + 1] - 1 if place + 1 < len(self._starts) else len(self._chars)
        return self._chars[self._starts[place] : end]

    # What is typed, read

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(sound for sound in self._sounds if sound.isascii() and sound.isalpha())

    def _readings(self, form: str) -> Iterator[tuple[_Unit, ...]]:
        """The ways to read what is typed; letters may be syllables, beginnings of them, or themselves."""
        yield _as_written(form)
        letters = _LETTERS.search(form)
        if letters is None or len(letters[0]) > _LETTERS_MOST:
            return
        pieces: list[list[tuple[_Unit, ...]]] = []
        last = 0
        for run in _LETTERS.finditer(form):
            pieces += [[_as_written(form[last : run.start()])], self._letters_read(run[0])]
            last = run.end()
        pieces.append([_as_written(form[last:])])
        if not all(pieces):  # no pinyin, and looked for as it is written above
            return
        # Several runs of letters are read by their best readings together: which goes with which does not matter.
        for turn in range(max(map(len, pieces))):
            yield tuple(unit for each in pieces for unit in each[min(turn, len(each) - 1)])

    def _letters_read(self, letters: str) -> list[tuple[_Unit, ...]]:
        """The readings of a run of letters, those with the fewest pieces first."""
        known = self._known
        ways: list[list[tuple[_Unit, ...]]] = [[] for _ in range(len(letters) + 1)]
        ways[0] = [()]
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - _LONGEST_SYLLABLE), end):
                piece = letters[start:end]
                unit = self._unit_of(piece, end == len(letters), known)
                if unit is not None:
                    ways[end] += [(*way, unit) for way in ways[start]]
            ways[end] = sorted(ways[end], key=len)[:_READINGS_MOST]
        return ways[-1]

    def _unit_of(self, piece: str, is_last: bool, known: frozenset[str]) -> _Unit | None:
        if piece in known:
            return _Unit("", piece, True)
        begins = len(piece) == 1 or piece in _CLUSTERS or is_last
        return _Unit("", piece, False) if begins and piece in self._beginnings else None

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(sound[:size] for sound in self._known for size in range(1, len(sound)))

    # What shares most

    @cached_property
    def _pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int32], dict[str, int]]:
        """The pairs of neighbouring sounds, in order, each with the question it stands in; and the sounds' numbers."""
        numbers = {sound: number for number, sound in enumerate(dict.fromkeys(self._sounds))}
        codes = np.fromiter((numbers[sound] for sound in self._sounds), np.int64, len(self._sounds))
        owners = np.repeat(np.arange(len(self._starts), dtype=np.int32), np.diff([*self._starts, len(self._sounds)]))
        within = owners[:-1] == owners[1:]
        pairs = (codes[:-1] * len(numbers) + codes[1:])[within]
        order = np.argsort(pairs, kind="stable")
        return pairs[order], owners[:-1][within][order], numbers

    def _sharing(self, form: str, limit: int) -> list[tuple[int, float]]:
        pairs, owners, numbers = self._pairs
        asked = set(itertools.pairwise(syllables(form)))
        known = [
            numbers[first] * len(numbers) + numbers[second]
            for first, second in sorted(asked)
            if first in numbers and second in numbers
        ]
        if not known:
            return []
        scores = np.zeros(len(self._starts))
        total = 0.0
        for pair in known:
            low, high = np.searchsorted(pairs, [pair, pair + 1])
            holders = np.unique(owners[low:high])
            weight = float(np.log1p(len(self._starts) / (1 + len(holders))))
            total += weight
            scores[holders] += weight
        # A pair that stands nowhere was typed all the same: as rare as can be.
        total += (len(asked) - len(known)) * float(np.log1p(len(self._starts)))
        enough = np.flatnonzero(scores >= max(_SHARE_LEAST * total, 1e-9))
        shares = scores[enough] / (total or 1.0)
        order = np.argsort(-shares, kind="stable")[:limit]
        return [(int(enough[at]), _SHARED * float(shares[at])) for at in order]


def plain_form(text: str) -> str:
    """Folded, without spaces and signs."""
    return _NOT_WORDS.sub("", fold_text(text))


def _as_written(form: str) -> tuple[_Unit, ...]:
    heard = syllables(form)
    return tuple(_Unit(char, sound if sound != char else "", True) for char, sound in zip(form, heard, strict=True))
