"""What a recogniser wrote, read again in words that sound the very same.

A typist's word stands unless the corpus does not know it (see ``correcting``). A recogniser gets the sounds right and
takes any common word for them, 是 for 市 and 建 for 件: so all of what was heard is weighed, word by word, against the
corpus's words of the same syllables, by how likely each is and how often it stands beside its neighbours (Viterbi over
a lattice of words). What sounds otherwise is never put in.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.rereading import Reader, keeps
from assistant.answers.vocabulary import LONGEST
from assistant.language import readings, syllables
from assistant.language.measures import MEASURES, NUMERALS

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_MARKED = re.compile("~+")
# One character in twenty is heard as another one of its sound; the tone is mostly heard rightly.
_OTHERWISE = math.log(0.05)
_OTHER_TONE = math.log(0.005)
# Where two words meet, how much more often their characters stand so than by chance; from never so to sixty times. It
# counts more than it says by itself: that a word fits on both its sides says what was spoken of (fitted on 40 sentences
# of the sample reports; from 1 to 2 makes little difference).
_NEVER_SO = math.log(0.03)
_MOST_OFTEN_SO = math.log(60)
_MEETING = 1.5
# A character that is no word of the corpus or the dictionary: one in a billion.
_UNHEARD = 1e-9
# Behind a number stands a measure word: these of one character, each as likely as the corpus uses it among them.
_COUNTED = tuple(each for each in MEASURES.split("|") if len(each) == 1 and _HAN.match(each))


@dataclass(frozen=True)
class _Piece:
    """A word that may have been said, up to ``end``; ``score`` is a logarithm."""

    end: int
    word: str
    score: float


@dataclass(frozen=True)
class Change:
    """A stretch read otherwise than it was written.

    Attributes:
        start: where it begins in the text.
        end: where it ends there.
        word: what is read there, as long.
        gain: how much likelier the text is with it than without, a logarithm above 0.
    """

    start: int
    end: int
    word: str
    gain: float


class SameSounding:
    """Reads with one vocabulary.

    Args:
        reader: knows the corpus's words, how likely they are, and what stands beside what.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        used = {measure: reader.share(measure) + _UNHEARD for measure in _COUNTED}
        self._measures = {measure: math.log(share / sum(used.values())) for measure, share in used.items()}

    def changes(self, folded: str, fixed: Sequence[bool]) -> list[Change]:
        """How the likeliest reading of the same syllables differs from the text.

        Args:
            folded: what was heard.
            fixed: for each character whether it must stand as it is.
        """
        found = []
        for run in _HAN.finditer(folded):
            begin, end = run.span()
            before, stands = folded[begin - 1 : begin], list(fixed[begin:end])
            score, read = self._likeliest(run.group(), before, stands)
            marks = "".join(" ~"[old != new] for old, new in zip(run.group(), read, strict=True))
            for first, last in (each.span() for each in _MARKED.finditer(marks)):
                without = [*stands[:first], *[True] * (last - first), *stands[last:]]
                gain = score - self._likeliest(run.group(), before, without)[0]
                found.append(Change(begin + first, begin + last, read[first:last], gain))
        return found

    def _likeliest(self, run: str, before: str, fixed: Sequence[bool]) -> tuple[float, str]:
        heard = syllables(run)
        # For each place the best reading up to it by its last character: only that counts for what follows.
        best: list[dict[str, tuple[float, str]]] = [{} for _ in range(len(run) + 1)]
        best[0][""] = (0.0, "")
        for start in range(len(run)):
            pieces = list(self._pieces(run, start, heard, before, fixed))
            for last, (score, words) in best[start].items():
                for piece in pieces:
                    reached = score + piece.score + (self._meeting(last + piece.word[0]) if last else 0.0)
                    known = best[piece.end].get(piece.word[-1])
                    if known is None or reached > known[0]:
                        best[piece.end][piece.word[-1]] = (reached, words + piece.word)
        return max(best[len(run)].values())

    def _meeting(self, pair: str) -> float:
        return _MEETING * min(max(self._reader.together(pair), _NEVER_SO), _MOST_OFTEN_SO)

    def _pieces(
        self, run: str, start: int, heard: Sequence[str], before: str, fixed: Sequence[bool]
    ) -> Iterator[_Piece]:
        """The words that may have been said from ``start`` on: as they were written, and others of the same sound."""
        for end in range(start + 1, min(start + LONGEST, len(run)) + 1):
            written = run[start:end]
            share = self._reader.share(written)
            if share > 0 or end - start == 1:
                yield _Piece(end, written, math.log(max(share, _UNHEARD)))
            for word in self._reader.sounding_same(written, heard[start:end]):
                if keeps(written, word, fixed[start:end]):
                    yield _Piece(end, word, math.log(self._reader.share(word)) + _changed(written, word))
        number = run[start - 1] if start else before
        if (number.isdigit() or number in NUMERALS) and not fixed[start]:
            for measure, likely in self._measures.items():
                if measure != run[start] and syllables(measure)[0] == heard[start]:
                    yield _Piece(start + 1, measure, likely + _changed(run[start], measure))


def _changed(written: str, word: str) -> float:
    return sum(
        _OTHERWISE if readings(old) & readings(new) else _OTHER_TONE
        for old, new in zip(written, word, strict=True)
        if old != new
    )
