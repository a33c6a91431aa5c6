"""Reading a stretch again: the likeliest row of words behind what was written.

A noisy channel over words (Kernighan, Church and Gale 1990): each reading is a row of words and counts as likely as its
words are, times what the slips cost that lead from them to what was written.
"""

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers.vocabulary import LONGEST, Vocabulary, sound_key
from assistant.language import Segmenter, syllables, word_syllables
from assistant.language.measures import NUMERALS
from assistant.language.shapes import look_alike, look_alikes
from assistant.search import SearchIndex

# Logarithms of how likely slips are: one word in a thousand typed as another that sounds the same; each syllable that
# only sounds near a thirtieth of that; a wrong, missing or doubled character one in ten thousand.
_SAME_SOUND = math.log(1e-3)
_NEAR_SOUND = math.log(3e-2)
_WRONG_CHARACTER = math.log(1e-4)
# One of a word's characters typed rightly speaks for it, where it is one of the corpus's own words: those that it uses
# so much more than Chinese at large does, in so many passages.
_PART_KEPT_BY_OWN = math.log(2.5)
# Where what is written is no word at all, and sounds the same, that says more, whatever word of the corpus was meant.
_PART_KEPT = math.log(10)
_OWN_WORD = 2.0
_OWN_SEEN = 3
# Small words (的, 于, 之) are seldom mistyped and easily read into something else.
_SMALL_WORD = math.log(1e-2)
# A character that stands between others as it never does in the corpus, and one that stands as it often does.
_LONELY = math.log(0.05)
_AT_HOME = math.log(8)
# A word of no dictionary: one in a billion.
_UNHEARD = 1e-9
# Words of general Chinese that the corpus's own are mixed with: a small corpus says little of what words are likely.
_GENERAL_WORDS = 200_000
# What is taken off each word's count: words seen once are mostly pieces that segmentation left over (Ney 1994).
_DISCOUNT = 0.75
# A word in a hundred is one that neither the corpus nor the dictionary knows, and it has no more characters than this.
_NEW_WORD = math.log(1e-2)
_LONGEST_NEW = 4
# A numeral and one character are an amount, not a word that happens to hold a numeral (统筹规划, 第三方).
_PAIR = 2
# Of a shorter word with a character missing too little is left.
_SHORTEST_WITH_A_GAP = 4
_PAIRS_KEPT = 20_000
# Characters of a passage, about; and what is added to counts so that what was seen once or twice says little.
_PASSAGE = 40
_SELDOM = 0.1
# Each word read otherwise must be so much likelier than what was written: none comes along with another that is.
_MARGIN = math.log(10)


@dataclass(frozen=True)
class Stretch:
    """Part of a question that is read again.

    Attributes:
        text: the characters.
        before: the character before, or nothing.
        after: the character after, or nothing.
        doubtful: for each character whether the corpus does not know it here.
        named: for each character whether it is part of a name of a place or body.
        fixed: for each character whether it must stand as it is, where it is.
        small: for each character whether it is a word that says nothing of itself.
    """

    text: str
    before: str
    after: str
    doubtful: Sequence[bool]
    named: Sequence[bool]
    fixed: Sequence[bool]
    small: Sequence[bool]

    def may_be_new(self, start: int, end: int) -> bool:
        """Whether a word that nobody knows may stand there: something doubtful, and nothing that asks or counts."""
        known = (fixed and not named for fixed, named in zip(self.fixed[start:end], self.named[start:end], strict=True))
        return any(self.doubtful[start:end]) and not any(known)


@dataclass(frozen=True)
class _Piece:
    """A word of a reading: ``word`` for what stands at ``start`` to ``end``; ``score`` is a logarithm."""

    start: int
    end: int
    word: str
    score: float


class Reader:
    """Reads with one vocabulary.

    Args:
        vocabulary: the words that may have been meant.
        index: what the corpus holds besides.
        segmenter: knows general Chinese.
        stands: whether two characters stand beside each other in what is published.
    """

    def __init__(
        self, vocabulary: Vocabulary, index: SearchIndex, segmenter: Segmenter, stands: Callable[[str], bool]
    ) -> None:
        self.vocabulary = vocabulary
        self._index = index
        self._segmenter = segmenter
        # The same few thousand pairs come again with every question.
        self._stands = lru_cache(maxsize=_PAIRS_KEPT)(stands)
        self._together = lru_cache(maxsize=_PAIRS_KEPT)(self._counted_together)

    def share(self, word: str) -> float:
        """How likely the word is: as in general Chinese, made better by what the corpus shows (Dirichlet smoothing)."""
        general = _GENERAL_WORDS * self._segmenter.share(word)
        seen = max(0.0, self.vocabulary.count(word) - _DISCOUNT)
        return (seen + general) / (self.vocabulary.total + _GENERAL_WORDS)

    def stands(self, pair: str) -> bool:
        """Whether two characters stand beside each other in the corpus."""
        return len(pair) == _PAIR and self._stands(pair)

    def together(self, pair: str) -> float:
        """How much more often two characters stand beside each other than by chance, a logarithm; -inf for never."""
        return self._together(pair)

    def is_used(self, word: str) -> bool:
        """Whether the corpus has the word, Latin or not."""
        return self._index.word_frequencies([word])[0] > 0

    def sounding_same(self, written: str, heard: Sequence[str]) -> list[str]:
        """The words of the vocabulary, other than the one written, that sound the very same.

        Args:
            written: one or more Chinese characters.
            heard: their syllables, each read alone; a word is also read as one.
        """
        said = {tuple(heard), *([read_aloud(written)] if self._segmenter.share(written) > 0 else [])}
        words = ((word, each) for each in said for word in self.vocabulary.sounding(sound_key(each)))
        return list({word: None for word, each in words if word != written and not _syllables_apart(word, each)})

    def _counted_together(self, pair: str) -> float:
        [seen] = self._index.bigram_frequencies([pair])
        if not seen:  # what citizens may say and no passage does tells nothing of how often
            return 0.0 if self.stands(pair) else -math.inf
        shares = math.prod(map(self.vocabulary.character_share, pair))
        by_chance = self._index.passage_count * _PASSAGE * shares
        return math.log((seen + _SELDOM) / (by_chance + _SELDOM))

    def best_reading(self, stretch: Stretch) -> str:
        """The likeliest reading (Viterbi), or what was written where that is not clearly less likely."""
        written = list(self._written(stretch))
        as_written = _likeliest(written, len(stretch.text))
        best = _likeliest([*written, *self._meant(stretch)], len(stretch.text))
        return best[1] if best[0] >= as_written[0] else stretch.text

    def _written(self, stretch: Stretch) -> Iterator[_Piece]:
        """The words that may be read in what was written."""
        text = stretch.text
        for start in range(len(text)):
            for end in range(start + 1, min(start + LONGEST, len(text)) + 1):
                word = text[start:end]
                share = self.share(word)
                if end - start == 1:
                    lonely = _LONELY if stretch.doubtful[start] else 0.0
                    yield _Piece(start, end, word, math.log(max(share, _UNHEARD)) + lonely)
                elif share > 0:
                    yield _Piece(start, end, word, math.log(share))
                elif end - start <= _LONGEST_NEW and stretch.may_be_new(start, end):
                    letters = map(self.vocabulary.character_share, word)
                    yield _Piece(start, end, word, _NEW_WORD + sum(map(math.log, letters)))

    def _meant(self, stretch: Stretch) -> Iterator[_Piece]:
        """The words of the corpus that may have been meant by what holds a doubtful character."""
        text = stretch.text
        heard = syllables(text)
        for start in range(len(text)):
            for end in range(start + 2, min(start + LONGEST + 1, len(text)) + 1):
                if not any(stretch.doubtful[start:end]):
                    continue
                small = _SMALL_WORD * sum(stretch.small[start:end])
                for word, slip in self._slips(text[start:end], heard[start:end], any(stretch.named[start:end])):
                    if keeps(text[start:end], word, stretch.fixed[start:end]):
                        score = math.log(self.share(word)) + slip + small + self._context(stretch, start, end, word)
                        yield _Piece(start, end, word, score - _MARGIN)

    def _slips(self, written: str, heard: Sequence[str], named: bool) -> Iterator[tuple[str, float]]:
        """Other words with how likely they become what is written; only what sounds the same for a name or a word."""
        vocabulary = self.vocabulary
        is_word = self._segmenter.share(written) > 0
        # 微薄 is heard as wei bo, though 薄 alone is bao.
        for said in {tuple(heard), read_aloud(written)} if is_word else (heard,):
            for word in vocabulary.sounding(sound_key(said)):
                if word != written:
                    near = _syllables_apart(word, said)
                    if not (near and (named or is_word)):
                        kept = 0.0 if near else self._part_kept(written, word, is_word=is_word)
                        yield word, _SAME_SOUND + near * _NEAR_SOUND + kept
        if not named and not is_word:
            for word in (*vocabulary.mended(written), *_undoubled(written)):
                if word in vocabulary and _is_one_slip(written, word):
                    yield word, _WRONG_CHARACTER
            yield from ((word, _WRONG_CHARACTER) for word in _written_alike(written) if self._is_own(word))

    def _part_kept(self, written: str, word: str, *, is_word: bool) -> float:
        """What it says for a word of the same sound that some of its characters were typed rightly."""
        if not any(map(str.__eq__, word, written)):
            return 0.0
        if not is_word:
            return _PART_KEPT
        return _PART_KEPT_BY_OWN if self._is_own(word) else 0.0

    def _is_own(self, word: str) -> bool:
        """Whether the corpus uses the word more than Chinese at large does."""
        seen = self.vocabulary.count(word)
        return seen >= _OWN_SEEN and seen > _OWN_WORD * self._segmenter.share(word) * self.vocabulary.total

    def _context(self, stretch: Stretch, start: int, end: int, word: str) -> float:
        before = stretch.text[start - 1 : start] if start else stretch.before
        after = stretch.text[end : end + 1] or stretch.after
        return _AT_HOME * (self.stands(before + word[0]) + self.stands(word[-1] + after))


def keeps(written: str, word: str, fixed: Sequence[bool]) -> bool:
    """Whether the word leaves what is fixed where it is, and adds no numeral."""
    if len(word) != len(written):
        return not any(fixed) and NUMERALS.isdisjoint(word)
    if len(word) == _PAIR and not NUMERALS.isdisjoint(word):
        return False  # 一词 is no slip of 一次
    pairs = zip(written, word, fixed, strict=True)
    return all(old == new or not (stands or new in NUMERALS) for old, new, stands in pairs)


def _likeliest(pieces: Iterable[_Piece], length: int) -> tuple[float, str]:
    """The likeliest row of pieces from 0 to ``length``: its score and its words."""
    best: list[tuple[float, str]] = [(0.0, ""), *[(-math.inf, "")] * length]
    for piece in sorted(pieces, key=lambda piece: piece.start):
        score, words = best[piece.start]
        if score + piece.score > best[piece.end][0]:
            best[piece.end] = (score + piece.score, words + piece.word)
    return best[length]


def _undoubled(written: str) -> Iterator[str]:
    """What is written with one of two same neighbours left out: 申请公公开 → 申请公开."""
    for position, (char, following) in enumerate(itertools.pairwise(written)):
        if char == following:
            yield written[:position] + written[position + 1 :]


def _written_alike(written: str) -> Iterator[str]:
    """A word of two characters with one that looks like what is written: too short to be known by its ends."""
    if len(written) == _PAIR:
        yield from (written[0] + other for other in look_alikes(written[1]))
        yield from (other + written[1] for other in look_alikes(written[0]))


def _is_one_slip(written: str, word: str) -> bool:
    """Whether the word lost one character, had one doubled, or had one written as another that looks alike."""
    if len(word) == len(written):
        differing = [pair for pair in zip(written, word, strict=True) if pair[0] != pair[1]]
        return len(differing) == 1 and look_alike(*differing[0])
    if len(word) > len(written):
        shortened = (word[:gap] + word[gap + 1 :] for gap in range(len(word)))
        return len(word) >= _SHORTEST_WITH_A_GAP and written in shortened
    return word in _undoubled(written)


@lru_cache(maxsize=4096)
def read_aloud(word: str) -> tuple[str, ...]:
    """The syllables of a word, read as a word."""
    return word_syllables([word])[0]


def _syllables_apart(word: str, heard: Sequence[str]) -> int:
    """How many syllables of the word are only near those heard, read as a word or character by character."""
    readings = (read_aloud(word), syllables(word))
    return min(sum(one != other for one, other in zip(reading, heard, strict=True)) for reading in readings)
