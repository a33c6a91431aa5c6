"""What a question is about, in a form that can be compared: whom it asks about, what it wants, and its topic.

Staff would write one answer for 护照怎么办 and 办理护照需要什么材料, and another for 办护照多少钱. So the words that
only say what is wanted (怎么, 多少钱, 多久) become the aspect, the words that every errand has (办理, 材料, 手续) say
nothing, and what is left is the topic: the groups of words that staff keep (synonyms.txt, everyday.txt), and pairs of
toneless syllables for all else, which forgives same-sounding slips. Years are left out: the same figure of another year
is the same question.
"""

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assistant.answers.everyday_words import MARK, Everyday
from assistant.answers.library import Library
from assistant.answers.names import is_body
from assistant.answers.scope import without_scope
from assistant.answers.standard_questions import asked_of_every_report
from assistant.answers.understanding import Question, understand
from assistant.language import Segmenter, syllables

# What a question wants, the first that fits; who asks for none of these asks how it is done.
_ASPECTS = (
    ("share", re.compile(r"比例|百分之|百分比|能?报(?:销)?多少|报销多少")),
    ("most", re.compile(r"额度|最高|上限|最多")),
    (
        "count",
        re.compile(
            r"(?:多少|几)(?:件|条|次|起|场|个|份|人|名|户|篇|期|万|粉丝)|数量|有多少(?!钱)|粉丝数|发了几|多少粉丝"
        ),
    ),
    ("fee", re.compile(r"多少钱|收费|费用|工本费|要钱|要交钱|花钱|花多少|免费|租金|要不要钱|收不收")),
    ("duration", re.compile(r"多久|多长时间|几天(?!前)|多少天|期限|几个工作日|等多长|几个月")),
    ("hours", re.compile(r"几点|上班|下班|营业时间|办公时间|开门|开放|周末|双休|星期六|节假日")),
    ("when", re.compile(r"什么时候|啥时候|何时|哪天|哪一?[年月日天]|几号|几月|时间")),
    ("age", re.compile(r"几岁|多大(?:年纪|岁数)?|多少岁|年龄")),
    ("phone", re.compile(r"电话|号码|联系方式|热线")),
    (
        "allowed",
        re.compile(r"(?:可以|能|能够|允许|让)(?:不(?:可以|能|让))?(?!申请什么).*[吗么]|能不能|可不可以|让不让|准不准"),
    ),
    ("place", re.compile(r"地址|什么地方|怎么走|在哪(?:里|儿)?$|在哪(?:里|儿)?[?？]?$")),
    ("who", re.compile(r"是谁|叫什么名字|哪位")),
)
# Aspects that one answer often serves together, and how much a pair of questions loses by them; all others lose more.
_NEAR = frozenset(map(frozenset, (("how", "place"), ("how", "allowed"), ("how", "phone"), ("how", "when"))))
_NEAR_SHARE = 0.9
# A word of a group that only one of them holds (丢了, 不服) makes it another matter: it counts so much more.
_GROUP_APART = 0.5
# One asks for a figure that every report has, and the other is not understood to.
_ONE_COUNTED_SHARE = 0.75
# What one FAQ entry answered is nearer by so much of what is missing.
_SAME_ENTRY_SHARE = 0.3
_FAR_SHARE = 0.55
# Every errand has these, and every question may.
_COMMON = re.compile(
    r"怎么样?(?:才能)?|怎样|如何|咋样?|需要|办理|办里|申办|申请|申领|领取|办(?!公|学|事)|材料|手续|流程|程序|步骤|条件|资格|"
    r"什么|哪些|哪里|哪儿|去哪|在哪|哪个|要带|带(?!薪)|证件|请问|问一下|我想|想要?|准备|"
    r"可以|能不能|能|要(?!求)|有没有|有无|有|是|的|了|吗|呢|啊|呀|吧|么|啥|得|去|给|把|让|到|这里|这边|这儿|这|那里|那|"
    r"查询|查|看|渠道|方式|规定|标准|一下|一本|一个|一份|几(?!何)|多少|在|里|上|下来|拿到|收到|受理|新收|数量|"
    r"多久|多长时间|什么时候|什么地方|地址|联系|谁|找(?!工)|向|个|对|和|与|件|条|次|起|场|份|"
    r"信息(?!公开)|咨询|我们?|你们?|他们?|它|她|自己|家里|家的|[?？。，,!！、.]"
)
# A pair that only crosses from word to word says little.
_CROSSING_SHARE = 0.3
_GROUP_WEIGHT = 1.6
_PAIR_WEIGHT = 1.4
_PERSON_WEIGHT = 0.4
_LONE_WEIGHT = 0.6
# A word of one in so many (its power of ten) is as rare as one that no dictionary counts.
_RARE = 5.0
_LEAST_RARITY = 0.3
_LONGEST_WHOLE = 40
# Groups of everyday.txt that say what is wanted, and those that only say for whom.
_SAID_BY_ASPECT = frozenset(
    f"{MARK}{head}" for head in "费用 地点 材料 条件 地址 多长时间 什么时候 怎么走 申领 电话".split()
)
_PERSONS = frozenset(f"{MARK}{head}" for head in "孩子 老人 学生".split())
# Pairs kept of one question: a question has 300 characters at most by default.
_PAIRS_MOST = 60
# A number or an address with its middle starred: whose it is, and not what is asked.
_MASKED = re.compile(r"[0-9A-Za-z@.\-]*\*+[0-9A-Za-z@.*\-]*")
_GROUP = re.compile(rf"{MARK}[^\s{MARK}]+")
_STRETCH = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")


@dataclass(frozen=True)
class Signature:
    """What a question is compared by.

    Attributes:
        aspect: what it wants: how, fee, duration, …
        bodies: the bodies it names, known ones by their full names.
        counted: the canonical name of the figure it asks for; empty where it asks for none that every report has.
        entry: the FAQ entry that answered it; empty for any other answer.
        topic: what it is about: features and their weights, each feature once.
    """

    aspect: str
    bodies: frozenset[str]
    counted: str
    entry: str
    topic: dict[str, float]

    @property
    def weight(self) -> float:
        """The weight of the whole topic."""
        return sum(self.topic.values())

    def to_list(self) -> list[Any]:
        """As JSON can hold it."""
        return [self.aspect, sorted(self.bodies), self.counted, self.entry, self.topic]


def signature_of(held: Any) -> Signature | None:
    """What ``to_list`` made; None for anything else."""
    try:
        aspect, bodies, counted, entry, topic = held
        weights = {str(key): float(topic[key]) for key in topic}
        return Signature(str(aspect), frozenset(bodies), str(counted), str(entry), weights)
    except (TypeError, ValueError):
        return None


class QuestionReader:
    """Reads questions for the grouping.

    Args:
        library: what is published: bodies, words, slips to forgive.
        segmenter: cuts words.
    """

    def __init__(self, library: Library, segmenter: Segmenter) -> None:
        self._library = library
        self._segmenter = segmenter

    def read(self, text: str, entry: str = "") -> tuple[Signature, str]:
        """What a question is compared by, and the one body it names (empty for none or several).

        Args:
            text: the question.
            entry: the FAQ entry that answered it; empty for any other answer.
        """
        shelf = self._library.shelf()
        question = understand(_MASKED.sub(" ", text).strip() or text, shelf, self._segmenter)
        known = question.scope.publishers
        bodies = known or frozenset(filter(is_body, question.names))
        counted = asked_of_every_report(question)
        signature = Signature(
            _aspect(question.folded),
            bodies,
            counted.name if counted else "",
            entry,
            self._topic(question, shelf.faq.words),
        )
        return signature, next(iter(known)) if len(known) == 1 else ""

    def _topic(self, question: Question, everyday: Everyday) -> dict[str, float]:
        rest = without_scope(question.folded, question.scope)
        # 办 before a thing is no part of it: of 办结婚证 what is about is no 办结.
        words = ("" if word == "办" else word for word in self._segmenter.words(rest))
        told = everyday.told("".join(words))
        topic: dict[str, float] = {}
        for group in _GROUP.findall(told):
            if group not in _SAID_BY_ASPECT:
                topic[group] = _PERSON_WEIGHT if group in _PERSONS else _GROUP_WEIGHT * min(len(group) - 1, 4) / 2
        for stretch in _STRETCH.findall(_COMMON.sub(" ", _GROUP.sub(" ", told))):
            if len(topic) >= _PAIRS_MOST:
                break
            self._add_pairs(stretch, topic)
        return topic or {"" if question.scope.publishers else question.folded[:_LONGEST_WHOLE]: 1.0}

    def _add_pairs(self, stretch: str, topic: dict[str, float]) -> None:
        """Pairs of syllables, each as heavy as the word it stands in; a pair between two words is light."""
        at = 0
        heard = syllables(stretch)
        for word in self._segmenter.words(stretch):
            rarity = self._rarity(word)
            sounds = heard[at : at + len(word)]
            at += len(word)
            if len(word) == 1 or word.isascii():
                topic["".join(sounds)] = _LONE_WEIGHT * rarity if len(word) == 1 else rarity
            for pair in pairwise(sounds) if not word.isascii() else ():
                topic["_".join(pair)] = _PAIR_WEIGHT * rarity
            if at < len(heard) and len(word) == 1:
                topic.setdefault("_".join(heard[at - 1 : at + 1]), _CROSSING_SHARE)

    def _rarity(self, word: str) -> float:
        """How much a word says: the rarer in general Chinese the more, within bounds."""
        share = self._segmenter.share(word)
        rarity = -math.log10(share) / _RARE if share > 0 else 1.0
        return min(1.0, max(_LEAST_RARITY, (rarity - _LEAST_RARITY) / (1 - _LEAST_RARITY)))


def likeness(one: Signature, other: Signature) -> float:
    """How much two questions ask the same, 0 to 1: Dice's coefficient of their topics, less for another thing wanted.

    Of two different bodies, or two different figures, nothing is the same.
    """
    if one.bodies != other.bodies and one.bodies and other.bodies:
        return 0.0
    if one.counted or other.counted:
        if one.counted == other.counted and one.bodies == other.bodies:
            return 1.0
        if one.counted and other.counted:
            return 0.0
    weights = {**one.topic, **other.topic}
    shared = sum(weights[feature] for feature in one.topic.keys() & other.topic.keys())
    apart = sum(weights[feature] for feature in one.topic.keys() ^ other.topic.keys() if feature[:1] == MARK)
    whole = one.weight + other.weight + _GROUP_APART * apart
    share = 2 * shared / whole if whole else 0.0
    if one.counted != other.counted:
        share *= _ONE_COUNTED_SHARE
    if one.entry and one.entry == other.entry:
        share += _SAME_ENTRY_SHARE * (1 - share)
    if one.bodies != other.bodies:
        share *= _NEAR_SHARE
    if one.aspect != other.aspect:
        share *= _NEAR_SHARE if frozenset((one.aspect, other.aspect)) in _NEAR else _FAR_SHARE
    return share


def _aspect(folded: str) -> str:
    return next((name for name, pattern in _ASPECTS if pattern.search(folded)), "how")
