"""A question's words as a report would write them, for reading one report closely."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

from assistant.answers.evidence import Sought, weigh_words
from assistant.language import Segmenter, Ways, terms_of
from assistant.language.measures import MEASURES
from assistant.search import SearchIndex

# The way a question is put, which names nothing.
_CUES = re.compile(
    r"^\W*[\u4e00-\u9fff]{2,4}那年(?:也?就是)?|最(?![多少低高大小好差后爱常短])|都?想要|多长时间|多久|为什么|为何|为啥|因为?(?:啥|什么)|(?:是)?(?:什么|啥)(?:原因|缘故|引起的?|造成的?|导致的?|毛病|名字|时候|样|情况)?|"
    r"原因|缘故|(?:是)?(?:怎么|咋)(?:回事|说的?|讲的?|处理的?|解决的?|办的?|样|个(?:做)?法?)?|如何(?:处理的?)?|"
    r"结果(?:怎么样|咋样|如何)?|到底|究竟|后来|最后(?!一)|一下子?|一直|有没有|有无|是否|是不是|"
    r"(?:是)?[从自](?=哪|什么|何)|哪一?(?:天|年|月|日|个|些|方面|里|儿|类|位)(?:起|开始)?|何时|几[月号日]|在哪|"
    r"[那这](?:么多|个|件|场|次|年|些|边|时候|会儿)|好多|里头|有(?:一)?[个件些]|有人|人家|我想问|想问|请问|问一下|"
    r"(?:的)?(?:年报|报告)(?:里面?|中|上)?(?:说|讲|写|提到)?|[吗呢呀啊吧嘛]"
)
# Every report is of this; it tells no matter from another.
_EVERYWHERE = frozenset(
    "公开 政府 信息 工作 政务 政府信息 信息公开 政务公开 情况 市里 县里 区里 局里 全市 全年 报告 年度".split()
)
_EVERYWHERE_SHARE = 0.3
# An everyday word says little about which matter is meant.
_SPOKEN = 2.0
# One that others stand for is as rare as they are, and they are not.
_STOOD_FOR_SHARE = 0.5
# A single character that is no part of a longer word.
_CHARACTER_SHARE = 0.1
# Spans of time are told in other words as well (三天, 72小时); other counts are said as they are.
_COUNT = re.compile(rf"(\d[\d.,]*|[一二两三四五六七八九十])([多余来]?(?!天|年|个?多?月|周|小时|分钟)(?:{MEASURES}))")
_DIGIT = dict(zip("一二两三四五六七八九十", "1 2 2 3 4 5 6 7 8 9 10".split(), strict=True))
_NUMBER = 1.5
# What is counted in 封, 份 or 桩 by one is counted so by another.
_ANY_MEASURE = ("件", "个", "项")
# A word that weighs less says nothing of what is meant.
SUBSTANCE = 1.5

_Ways = Sequence[tuple[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Matter:
    """What a question's matter is told by.

    Attributes:
        sought: all words with their weights.
        events: of these the everyday words for what happened: who asks why it fell is told nothing of what rose.
        counts: of these the numbers of things: 28件 are not 12件.
    """

    sought: tuple[Sought, ...]
    events: tuple[Sought, ...]
    counts: tuple[Sought, ...]

    @property
    def _unlike_others(self) -> list[Sought]:
        """Numbers of two digits and more: hardly two things in a report come to the same."""
        return [each for each in self.counts if each.word[:2].isdigit()]

    def is_plain(self) -> bool:
        """Whether it names at least two things: one alone is told of everywhere."""
        return sum(each.weight >= SUBSTANCE for each in self.sought) > 1

    def is_named(self, run: str) -> bool:
        """Whether the sentences themselves name at least two things."""
        return sum(each.weight >= SUBSTANCE and each.presence(run) == 1.0 for each in self.sought) > 1

    def is_told(self, run: str, around: str) -> bool:
        """Whether the sentences hold what happened, if that is named, and the passage the numbers."""
        happened = not self.events or any(each.presence(run) == 1.0 for each in (*self.events, *self._unlike_others))
        return happened and all(each.presence(around) for each in self.counts)


class TellingWords:
    """Makes of a question what its telling sentence should hold.

    Args:
        index: knows how rare words are.
        segmenter: cuts the question.
        events: everyday words for what happened, and what reports write for them.
        things: the same for persons and things.
    """

    def __init__(self, index: SearchIndex, segmenter: Segmenter, events: Ways, things: Ways) -> None:
        self._index = index
        self._segmenter = segmenter
        self._events = _ways(events)
        self._things = _ways(things)

    def matter(self, asked: str, synonyms: dict[str, tuple[str, ...]]) -> Matter:
        """What the question is about.

        Args:
            asked: the folded question less years and bodies.
            synonyms: its words that have others of the same meaning.
        """
        rest = _CUES.sub(" ", asked)
        counts = list(dict.fromkeys(_count(match) for match in _COUNT.finditer(rest)))
        rest = _COUNT.sub(" ", rest)
        words = self._segmenter.words(rest)
        within = self._within_words(words, synonyms)
        events, rest = _spoken(rest, words, within, self._events)
        things, rest = _spoken(rest, words, within, self._things)
        named = self._named(rest, synonyms)
        several = tuple(each for each in counts if each.others != ("1",))
        return Matter((*counts, *events, *things, *named), events, several)

    def _within_words(self, words: Sequence[str], synonyms: Collection[str]) -> frozenset[int]:
        """Places inside words that reports use; inside others the question was cut wrongly (比头 年少 了)."""
        starts = accumulate(map(len, words), initial=0)
        known = self._index.word_frequencies(tuple(words))
        return frozenset(
            place
            for start, word, frequency in zip(starts, words, known, strict=False)
            if frequency or word in synonyms
            for place in range(start + 1, start + len(word))
        )

    def _named(self, rest: str, synonyms: dict[str, tuple[str, ...]]) -> list[Sought]:
        """What the question names, each whole word once, weighed by how rare it is."""
        if not any(char.isalnum() for char in rest):
            return []
        terms = terms_of(rest, self._segmenter.words(rest), self._segmenter)
        weighed = weigh_words(terms, synonyms, self._index)
        known = dict(zip(terms.words, self._index.word_frequencies(terms.words), strict=True))
        whole = [each for each in weighed if not _is_part(each.word, terms.words)]
        return [Sought(each.word, each.weight * _share(each, known[each.word]), each.others) for each in whole]


def _is_part(word: str, words: Sequence[str]) -> bool:
    return any(word != other and word in other for other in words)


def _ways(table: Ways) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each everyday word with what may be written for it, the longest first; one character is written for nothing."""
    ways = {word: tuple(other for other in group if len(other) > 1) for group in table.groups for word in group}
    return tuple(sorted(ways.items(), key=lambda way: -len(way[0])))


def _spoken(rest: str, words: Sequence[str], within: frozenset[int], ways: _Ways) -> tuple[tuple[Sought, ...], str]:
    """The everyday words of the question as reports write them, and the question without them.

    None begins inside another word: the 开的 of 公开的 is none. A single character is a whole word.
    """
    found = []
    for word, written in ways:
        at = rest.find(word)
        if at < 0 or at in within or (len(word) == 1 and word not in words):
            continue
        # Blanks of the same length, so that the words still begin where they did.
        rest = rest[:at] + " " * len(word) + rest[at + len(word) :]
        found.append(Sought(word, _SPOKEN, written))
    return tuple(found), rest


def _share(each: Sought, frequency: int) -> float:
    if each.word in _EVERYWHERE:
        return _EVERYWHERE_SHARE
    if len(each.word) == 1:
        return _CHARACTER_SHARE
    return 1.0 if frequency or not each.others else _STOOD_FOR_SHARE


def _count(match: re.Match[str]) -> Sought:
    number = _DIGIT.get(match[1], match[1])
    if number == "1":  # hardly a number: 有一件
        return Sought(match.group(), _NUMBER * _CHARACTER_SHARE, ("1",))
    # A long number is the same whatever is counted: 2700余人, 2700多个.
    said = (number,) if len(number) > 2 else tuple(number + measure for measure in (match[2], *_ANY_MEASURE))
    return Sought(match.group(), _NUMBER, said)
