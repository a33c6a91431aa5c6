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
from assistant.answers.near_sounding import NearSounding, Passages
from assistant.answers.same_sounding import Change
from assistant.language import Segmenter, fold_text, is_han
from assistant.language.asking import ASKS
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
# Changes of a kind that are weighed at once: each takes the recogniser a twentieth of a second.
_WEIGHED = 12
# The recogniser's likelihood has its own notion of what people say in it, which knows nothing of this corpus.
_RECORDING = 0.5

# How likely each of some texts is what was said, as logarithms; nothing where that cannot be told.
Likelihoods = Callable[[Sequence[str]], Sequence[float]]


class Hearing:
    """The corpus's side of listening; safe to use from many threads.

    Args:
        library: what is published.
        index: whose words count.
        segmenter: cuts what was heard into words.
        passages: the passages of these ids.
    """

    def __init__(self, library: Library, index: SearchIndex, segmenter: Segmenter, passages: Passages) -> None:
        self._library = library
        self._index = index
        self._segmenter = segmenter
        self._near = NearSounding(library, index, segmenter, passages)
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

    def meant(self, heard: str, likelihoods: Likelihoods) -> str:
        """What was heard as it was surely meant: same-sounding slips mended, and near-sounding ones in the words of the
        passages that are found for it; what asks ends with a question mark, as who types it puts one.

        Args:
            heard: by the recogniser.
            likelihoods: of texts, that they are what was said, by the recogniser: a word of the corpus is read for
                another only where the two together, what the corpus makes likely and what the recording does, speak
                for it.
        """
        folded = fold_text(heard).strip().rstrip(".。,!")
        corrector = self._library.shelf().corrector
        if not folded:
            return ""
        same = corrector.heard(folded, self._segmenter.words(folded))
        read = _weighed(folded, _once([*same[:_WEIGHED], *self._near.changes(folded)[:_WEIGHED]]), likelihoods)
        if read != folded:  # what is mended finds other passages; the same would be weighed alike
            read = _weighed(read, self._near.changes(read)[:_WEIGHED], likelihoods)
        meant = corrector.correct(read, self._segmenter.words(read))
        shown = _COMMA.sub("，", meant).replace("?", "？")
        return f"{shown}？" if ASKS.search(shown) and not shown.endswith("？") else shown


def _once(changes: Sequence[Change]) -> list[Change]:
    """Each change once: what both the corpus's words and the passages found speak for, they speak for together."""
    gains: dict[tuple[int, int, str], float] = {}
    for change in changes:
        key = (change.start, change.end, change.word)
        gains[key] = gains.get(key, 0.0) + change.gain
    return [Change(*key, gain) for key, gain in gains.items()]


def _weighed(heard: str, changes: Sequence[Change], likelihoods: Likelihoods) -> str:
    """What was heard with those changes that are likelier for the corpus and the recogniser together, the surest first.

    Of changes that overlap the surest counts.
    """
    if not changes:
        return heard
    likely = likelihoods([heard, *(_with(heard, change) for change in changes)])
    surer = [change.gain + _RECORDING * (each - likely[0]) for change, each in zip(changes, likely[1:], strict=False)]
    read, free = heard, [True] * len(heard)
    for sure, change in sorted(zip(surer, changes, strict=False), key=lambda each: -each[0]):
        span = slice(change.start, change.end)
        if sure > 0 and all(free[span]):
            read, free[span] = _with(read, change), [False] * len(change.word)
    return read


def _with(text: str, change: Change) -> str:
    return text[: change.start] + change.word + text[change.end :]


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
