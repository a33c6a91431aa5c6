"""What is likely to be said, before it is heard; and what was surely meant, after.

Recognition takes the words that it is told to listen for before others that sound alike, but has room for a few only:
the names of the bodies, which no recogniser knows, and the words that the passages use far more than other texts do
(办结, 行政复议); what everybody says (工作, 办公室) it knows by itself.
"""

import itertools
import math
import re
import threading
from collections.abc import Callable, Sequence

from assistant.answers.library import Library
from assistant.language import Segmenter, fold_text, is_han
from assistant.search import SearchIndex

# Words looked through and words given; a recogniser takes some twenty of them.
_LOOKED_THROUGH = 2_000
_GIVEN = 40
_SHORTEST = 2
# A word counts that is so many times as common here as in general Chinese, as a power of e: ninety times.
_SURPRISE = 4.5
# A word that stands so often within one longer word is no word of its own.
_MOSTLY = 0.8
# Of general Chinese, what a word has that it does not know: one of sixty million.
_UNKNOWN_SHARE = 1 / 60_000_000
_COMMA = re.compile(r"(?<=[\u4e00-\u9fff]),")
# Neighbouring changes are weighed together, so many of them: each takes the recogniser a twentieth of a second.
_CHANGED = re.compile("~+")
_WEIGHED = 12
# A change may be so much less likely than what was heard, a logarithm for each of its characters.
_UNLIKELY = -3.5

# How likely each of some texts is what was said, as logarithms; nothing where that cannot be told.
Likelihoods = Callable[[Sequence[str]], Sequence[float]]


def _unknown(_: Sequence[str]) -> Sequence[float]:
    return ()


class Hearing:
    """The corpus's side of listening; safe to use from many threads.

    Args:
        library: what is published.
        index: whose words count.
        segmenter: cuts what was heard into words.
    """

    def __init__(self, library: Library, index: SearchIndex, segmenter: Segmenter) -> None:
        self._library = library
        self._index = index
        self._segmenter = segmenter
        self._lock = threading.Lock()
        self._made: tuple[int, tuple[str, ...]] = (-1, ())

    def likely(self) -> tuple[str, ...]:
        """Words that are likely to be said, the likeliest first; made again when something was published."""
        shelf = self._library.shelf()
        with self._lock:
            if self._made[0] != shelf.revision:
                of = shelf.reports_of
                bodies = sorted(of, key=lambda body: -len(of[body]))
                words = _telling(self._index, self._segmenter)
                taking_turns = itertools.chain.from_iterable(itertools.zip_longest(bodies, words[::2], words[1::2]))
                given = itertools.islice(dict.fromkeys(filter(None, taking_turns)), _GIVEN)
                self._made = shelf.revision, tuple(given)
            return self._made[1]

    def meant(self, heard: str, likelihoods: Likelihoods = _unknown) -> str:
        """What was heard as it was surely meant: same-sounding slips mended, no full stop at its end.

        Args:
            heard: by the recogniser.
            likelihoods: of texts, that they are what was said, by the recogniser: a word of the corpus is read for
                another of the same sound only where the recogniser holds that for about as likely. Without it only
                what the corpus does not know is mended.
        """
        folded = fold_text(heard).strip().rstrip(".。,!")
        corrector = self._library.shelf().corrector
        read = self._weighed(folded, corrector.heard(folded, self._segmenter.words(folded)), likelihoods)
        meant = corrector.correct(read, self._segmenter.words(read)) if read else ""
        return _COMMA.sub("，", meant).replace("?", "？")

    @staticmethod
    def _weighed(heard: str, read: str, likelihoods: Likelihoods) -> str:
        """What was heard with those changes of the reading that are about as likely by the recogniser."""
        places = [found.span() for found in _CHANGED.finditer(_marked(heard, read))][:_WEIGHED]
        if not places:
            return heard
        changed = [heard[:start] + read[start:end] + heard[end:] for start, end in places]
        likely = likelihoods([heard, *changed])
        for (start, end), each in zip(places, likely[1:], strict=False):
            if each - likely[0] > _UNLIKELY * (end - start):
                heard = heard[:start] + read[start:end] + heard[end:]
        return heard


def _marked(heard: str, read: str) -> str:
    """For each character a mark whether it was read as another."""
    return "".join(" ~"[old != new] for old, new in zip(heard, read, strict=True))


def _telling(index: SearchIndex, segmenter: Segmenter) -> list[str]:
    """The words that tell most about the corpus: log likelihood against general Chinese."""
    counted = [(word, count) for word, count in index.vocabulary(_LOOKED_THROUGH) if all(map(is_han, word))]
    total = sum(count for _, count in counted)
    weights = {}
    for word, count in counted:
        surprise = math.log(count / total / max(segmenter.general_share(word), _UNKNOWN_SHARE))
        if len(word) >= _SHORTEST and surprise > _SURPRISE:
            weights[word] = count * surprise
    chosen: list[str] = []
    for word in sorted(weights, key=lambda each: -weights[each])[: 3 * _GIVEN]:
        if not any(word in other for other in chosen) and not _is_part(word, counted):
            chosen.append(word)
    return chosen


def _is_part(word: str, counted: Sequence[tuple[str, int]]) -> bool:
    """Whether it hardly stands outside one longer word: the index holds what is inside words too (公室)."""
    own = next(count for each, count in counted if each == word)
    return any(count > _MOSTLY * own for each, count in counted if word in each and word != each)
