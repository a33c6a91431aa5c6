"""Forgiving slips: what a question was surely meant to say, in the corpus's own words.

A stretch that the corpus does not know is read again. What was written stands unless another reading is clearly
likelier; a question whose words are all known is never touched.
"""

import itertools
import re
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property

from assistant.answers.body_slips import BodySlips
from assistant.answers.names import find_names
from assistant.answers.rereading import Reader, Stretch
from assistant.answers.same_sounding import SameSounding
from assistant.answers.spelled import has_letters, read_letters
from assistant.answers.spoken_numbers import spells_number, spoken_numbers
from assistant.answers.vocabulary import WORDS_LIMIT, Vocabulary
from assistant.language import EMPTY_WORDS, Segmenter, fold_text, is_han
from assistant.language.measures import MEASURES, NUMERALS
from assistant.search import SearchIndex

# What asks (多少件), and what makes an amount of a number (百分之, 次 in 一次), is never read otherwise.
_FIXED = re.compile(
    rf"[是有在于]?(?:多少(?:{MEASURES})?|什么|怎么|[哪谁何啥咋吗])|分之|第(?=\d)|"
    rf"(?<=[\d{''.join(sorted(NUMERALS))}])(?:{MEASURES})"
)
# Characters on either side of a doubtful one that are read again with it.
_AROUND = 4
# What a book or a law is called stands.
_TITLE = re.compile(r"《[^《》]{1,60}》")
# A place may end as the next word begins: 本州州议会.
_PLACE_ENDS = frozenset("省市县区州盟旗乡镇")
_TWICE = re.compile(r"([\u4e00-\u9fff])\1")
# A question with more doubtful characters is in another language than the corpus, and would take long to read again.
_MOST_DOUBTFUL = 24
# A reading may bring to light another slip beside it; a question still unsettled after so many is left as it was.
_ROUNDS = 4


class Corrector:
    """Corrects questions against what the index holds; safe to use from many threads.

    Args:
        index: whose words count.
        segmenter: knows general Chinese and tells names.
        words: words known besides: synonyms, FAQ, names of bodies. Called when first needed.
        pairs: neighbouring characters known besides. Called when an unknown pair is met.
        slips: mends names of bodies. Called when first needed.
    """

    def __init__(
        self,
        index: SearchIndex,
        segmenter: Segmenter,
        words: Callable[[], Iterable[str]],
        pairs: Callable[[], Collection[str]],
        slips: Callable[[], BodySlips] | None = None,
    ) -> None:
        self._index = index
        self._segmenter = segmenter
        self._words = words
        self._pairs = pairs
        self._slips = slips
        self._lock = threading.Lock()
        self._gathered: tuple[int, Reader] | None = None

    def correct(self, folded: str, words: Sequence[str]) -> str:
        """The folded question as it was surely meant; itself where nothing is surely a slip.

        Digits and Chinese numerals stay as they are. Correcting a corrected question changes nothing.

        Args:
            folded: the question.
            words: its words.
        """
        text = spoken_numbers(folded, self._index) if spells_number(folded) else folded
        if text != folded:
            words = self._segmenter.words(text)
        for _ in range(_ROUNDS):
            read = fold_text(self._read(text, words))
            if read == text:
                return text
            text, words = read, self._segmenter.words(read)
        return folded

    def heard(self, folded: str, words: Sequence[str]) -> str:
        """What a recogniser wrote down, folded, in the likeliest of the words that sound the very same.

        Numbers stay as they are, and so do the words of a name that the dictionary knows.

        Args:
            folded: what was heard.
            words: its words.
        """
        return SameSounding(self._reader()).read(folded, self._names(folded, words)[1])

    def warm_up(self) -> None:
        """Gather the vocabulary and the names of bodies now."""
        self._reader(), self._bodies

    @cached_property
    def _bodies(self) -> BodySlips | None:
        return self._slips() if self._slips is not None else None

    def _reader(self) -> Reader:
        """A reader with the words of the index as it is now, gathered again only when passages came or went."""
        count = self._index.passage_count
        gathered = self._gathered
        if gathered is None or gathered[0] != count:
            with self._lock:
                gathered = self._gathered
                if gathered is None or gathered[0] != count:
                    # Half of an index's terms are no words: numbers, Latin, whole phrases.
                    vocabulary = Vocabulary(self._index.vocabulary(2 * WORDS_LIMIT), self._words())
                    gathered = count, Reader(vocabulary, self._index, self._segmenter, self._stands)
                    self._gathered = gathered
        return gathered[1]

    def _read(self, text: str, words: Sequence[str]) -> str:
        """The text with pinyin read as words, or else a body's name mended, or else what is doubtful read again."""
        if has_letters(text):
            read = read_letters(text, self._reader())
            if read != text:
                return read
        if self._bodies is not None:
            mended = self._bodies.mend(text)
            if mended != text:
                return mended
        undoubled = self._undoubled(text, words) if _TWICE.search(text) else text
        if undoubled != text:
            return undoubled
        doubtful = self._doubtful(text, words)
        return self._read_again(text, words, doubtful) if 0 < sum(doubtful) <= _MOST_DOUBTFUL else text

    def _doubtful(self, folded: str, words: Sequence[str]) -> list[bool]:
        """For each character whether the corpus does not know it where it stands."""
        doubtful = [False] * len(folded)
        own = [word for word in words if is_han(word[0]) and word not in EMPTY_WORDS]
        held = dict(zip(own, self._index.word_frequencies(own), strict=True))
        start = 0
        for word in words:
            end = start + len(word)
            # One character is a word of every corpus: what is beside it tells more.
            if (held.get(word) == 0 or (word in held and len(word) == 1)) and self._is_strange(folded, start, end):
                doubtful[start:end] = [char not in NUMERALS for char in word]
            start = end
        return doubtful

    def _undoubled(self, text: str, words: Sequence[str]) -> str:
        """The text with one character dropped that was typed twice, 网网站: a word before or after the same in another.

        学生生活 and 年年 are no slips, and neither is what stands doubled in the corpus or may count: 三条条例.
        """
        start = 0
        for word, following in itertools.pairwise(words):
            start += len(word)
            pair = text[start - 1 : start + 1]
            if (
                min(len(word), len(following)) == 1
                and word[-1] not in _PLACE_ENDS
                and word[-1] not in NUMERALS
                and _TWICE.fullmatch(pair)
                and not self._counts(text[: start - 1])
                and not self._segmenter.share(pair)
                and not self._stands(pair)
            ):
                return text[:start] + text[start + 1 :]
        return text

    @staticmethod
    def _counts(before: str) -> bool:
        """Whether what stands before a character makes it a measure word."""
        return before[-1:].isdigit() or before[-1:] in NUMERALS or before.endswith("多少")

    def _stands(self, pair: str) -> bool:
        """Whether two characters stand beside each other anywhere in what is published."""
        return self._index.bigram_frequencies([pair])[0] > 0 or pair in self._pairs()

    def _is_strange(self, folded: str, start: int, end: int) -> bool:
        """Whether the characters of an unknown word never stand so; of one character, in none of its places."""
        if end - start == 1:
            pairs = [folded[max(0, start - 1) : start + 1], folded[start : start + 2]]
            pairs = [pair for pair in pairs if len(pair) == 2 and all(map(is_han, pair))]
            known = [self._stands(pair) for pair in pairs]
            doubled = any(pair[0] == pair[1] and not held for pair, held in zip(pairs, known, strict=True))
            return doubled or (bool(pairs) and not any(known))
        word = folded[start:end]
        inside = (word[first : first + 2] for first in range(len(word) - 1))
        strange = self._segmenter.share(word) == 0 or not all(map(self._stands, inside))
        return strange and word not in self._reader().vocabulary

    def _read_again(self, folded: str, words: Sequence[str], doubtful: Sequence[bool]) -> str:
        reader = self._reader()
        named, fixed = self._names(folded, words)
        small = [word in EMPTY_WORDS and len(word) == 1 for word in words for _ in word]
        parts = []
        last = 0
        for start, end in _areas(folded, doubtful):
            stretch = Stretch(
                text=folded[start:end],
                before=folded[start - 1 : start],
                after=folded[end : end + 1],
                doubtful=doubtful[start:end],
                named=named[start:end],
                fixed=fixed[start:end],
                small=small[start:end],
            )
            parts += [folded[last:start], reader.best_reading(stretch)]
            last = end
        return "".join([*parts, folded[last:]])

    def _names(self, folded: str, words: Sequence[str]) -> tuple[list[bool], list[bool]]:
        """For each character whether a name holds it, and whether it is part of a word there that is surely meant so.

        税务局 sounds like 水务局 and is another body: in a name, what the dictionary knows stands, and so does what it
        ends with, which says that it is a body or a place.
        """
        named = [False] * len(folded)
        fixed = [char in NUMERALS for char in folded]
        for match in itertools.chain(_FIXED.finditer(folded), _TITLE.finditer(folded)):
            fixed[match.start() : match.end()] = [True] * len(match.group())
        for name in find_names(folded, words, self._segmenter):
            at = folded.find(name)
            while at >= 0:
                named[at : at + len(name)] = [True] * len(name)
                fixed[at + len(name) - 1] = True
                at = folded.find(name, at + len(name))
        start = 0
        for word in words:
            end = start + len(word)
            if len(word) > 1 and named[start] and self._segmenter.share(word) > 0:
                fixed[start:end] = [True] * len(word)
            start = end
        return named, fixed


def _areas(folded: str, doubtful: Sequence[bool]) -> list[tuple[int, int]]:
    """Spans of Chinese characters around the doubtful ones, none touching the next."""
    areas: list[tuple[int, int]] = []
    for position in (position for position, doubt in enumerate(doubtful) if doubt):
        start, end = position, position + 1
        while start > max(0, position - _AROUND) and is_han(folded[start - 1]):
            start -= 1
        while end < min(len(folded), position + 1 + _AROUND) and is_han(folded[end]):
            end += 1
        if areas and start <= areas[-1][1]:
            areas[-1] = (areas[-1][0], end)
        else:
            areas.append((start, end))
    return areas
