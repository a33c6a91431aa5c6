"""What a question for a number looks for, read closely: everyday words as reports write them, empty ones left out.

A question is first matched by its words as they stand. Citizens' words often stand in no report (发了多少信,
没按时办完), and a word that no report holds weighs most of all. So where that finds nothing, the question is cut anew,
by the dictionary alone (what jieba guesses beside it is guessed wrongly in such questions: 人告, 封信), everyday words
are put as reports write them (corpus/spoken.txt, corpus/spoken-things.txt) and weigh as much as those do, and words
that name nothing are left out. A word that is not known at all keeps its weight: something else is asked then.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answers.evidence import Sought
from assistant.answers.scope import without_scope
from assistant.answers.understanding import Question
from assistant.answers.wanted import without_asking
from assistant.language import EMPTY_WORDS, Segmenter, Ways
from assistant.language.measures import MEASURES
from assistant.search import SearchIndex
from assistant.search.rarity import rarity

# A single character that stands for nothing known says little; two that stand together are a word.
_CHARACTER = 1.5
# 一个多月, 一期: hardly a number.
_ONE = re.compile(rf"[一1]个?多?(?:{MEASURES})")
# A verb of one character says many things, and is written with what it is of: 下了 is 下载 or of rain.
VERB = re.compile("([\u4e00-\u9fff])[了过]?")
_NEGATION = re.compile("[没不未别无非]")
# Characters of the shortest word that is cut in two.
_CUT_IN_TWO = 3
# Written words remembered with their parts.
_KEPT = 8192


@dataclass(frozen=True)
class AskedFor:
    """What a question for a number looks for.

    Attributes:
        sought: its words, everyday ones with what is written for them.
        is_spoken: whether any of them, or what was left out, is an everyday word.
        is_negated: whether it asks for what was not done, in words that are kept in no list.
        plain: the folded question without the words that name nothing.
    """

    sought: tuple[Sought, ...]
    is_spoken: bool
    is_negated: bool
    plain: str


class CloseReading:
    """Reads questions for a number closely.

    Args:
        index: knows how rare words are.
        segmenter: cuts the question.
        ways: everyday words and what is written for them.
    """

    def __init__(self, index: SearchIndex, segmenter: Segmenter, ways: Ways) -> None:
        self._index = index
        self._segmenter = segmenter
        self._ways = ways
        self._parts = lru_cache(maxsize=_KEPT)(self._cut)

    def read(self, question: Question) -> AskedFor:
        """What the question looks for."""
        rest = without_asking(without_scope(question.folded, question.scope))
        words = self._recut(self._segmenter.known_words(rest))
        said = list(self._ways.find(rest, words))
        spoken = [self._weighed(each.word, each.written) for each in said if each.written]
        for each in said:
            rest = rest[: each.start] + "\n" * (each.end - each.start) + rest[each.end :]
        named, negated = self._named(rest, words, question)
        nouns = [each.word for each in (*spoken, *named) if len(each.word) > 1 and not VERB.fullmatch(each.word)]
        sought = [_with_nouns(each, nouns) for each in spoken]
        return AskedFor((*sought, *named), bool(said), negated, self._plain(question.folded))

    def _recut(self, words: Sequence[str]) -> list[str]:
        """The words, those that no report holds cut in two where an everyday word begins them: 接|电话, 修|完."""
        known = self._index.word_frequencies(tuple(words))
        cut: list[str] = []
        for word, frequency in zip(words, known, strict=True):
            parts = (word,) if frequency or len(word) < _CUT_IN_TWO or self._ways.of(word) else self._two(word)
            cut += parts
        return cut

    def _two(self, word: str) -> tuple[str, ...]:
        halves = [(word[:at], word[at:]) for at in range(1, len(word))]
        for first, last in halves:
            if first in self._ways.written and (last in self._ways.written or self._index.word_frequencies((last,))[0]):
                return first, last
        return (word,)

    def _plain(self, folded: str) -> str:
        parts = list(folded)
        for each in self._ways.find(folded, self._segmenter.known_words(folded)):
            if not each.written:
                parts[each.start : each.end] = "\n" * (each.end - each.start)
        return "".join(parts).replace("\n", "")

    def _weighed(self, word: str, written: Sequence[str]) -> Sought:
        """The word, as rare as the most frequent of what is said and written for it."""
        parts = [part for each in (word, *written) for part in self._parts(each)]
        looked_up = (*parts, word, *written)
        known = dict(zip(looked_up, self._index.word_frequencies(looked_up), strict=True))
        # 微博 is in no dictionary, and its characters are no words: what the corpus has whole counts so.
        frequency = max(known[each] or min(known[part] for part in self._parts(each)) for each in (word, *written))
        return Sought(word, rarity(frequency, self._index.passage_count), tuple(written))

    def _cut(self, word: str) -> tuple[str, ...]:
        return tuple(self._segmenter.known_words(word))

    def _named(self, rest: str, words: Sequence[str], question: Question) -> tuple[list[Sought], bool]:
        """The words that are in no list, and whether one of them denies."""
        left: list[str] = []
        negated = False
        at, open_word = 0, False
        for word in words:
            start, at = at, at + len(word)
            kept = rest[start:at]
            if "\n" in kept or not any(char.isalnum() for char in kept):
                open_word = False
            elif _NEGATION.fullmatch(kept):
                negated, open_word = True, False
            elif kept in EMPTY_WORDS or _ONE.fullmatch(kept):
                open_word = False
            elif len(kept) > 1:
                left.append(kept)
                open_word = False
            elif open_word:
                left[-1] += kept
            else:
                left.append(kept)
                open_word = True
        return [self._of_rest(word, question) for word in dict.fromkeys(left)], negated

    def _of_rest(self, word: str, question: Question) -> Sought:
        others = tuple(other for whole, others in question.synonyms.items() if word in whole for other in others)
        if len(word) == 1:
            return Sought(word, _CHARACTER, others)
        return self._weighed(word, others)


def _with_nouns(verb: Sought, nouns: Sequence[str]) -> Sought:
    """A verb of one character also as reports write it right before what it is of: 设宣传点 for 设了."""
    match = VERB.fullmatch(verb.word)
    return replace(verb, others=(*verb.others, *(match[1] + noun for noun in nouns))) if match else verb
