"""``anan bench everyday``: fit the FAQ's everyday matching, and tell how it does on what it was not fitted to.

Three kinds of questions are asked of the FAQ, and no golden question is among them:

- own: a phrasing of an entry, asked of an FAQ without it: its entry is right;
- gone: a phrasing of an entry that was left out whole: whatever is found is wrong, however near;
- other: the questions of public question sets, about other things.

Citizens tell a story around what they ask. So each phrasing is asked twice, as it is and with a sentence before or
behind it that is of nothing any entry is about.

The figures are cross-validated: a question is judged by weights fitted without the fifth it belongs to, in which all
phrasings of an entry stay together. The weights that are told are fitted on all; the three kinds count alike.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace

import numpy as np

from assistant.answers.everyday_faq import EverydayMatcher, NearSigns
from assistant.answers.everyday_words import Everyday
from assistant.errors import BadInput
from assistant.evaluation.beir import QuestionSet
from assistant.evaluation.regression import Matrix, fit_logistic, probability
from assistant.language import fold_text
from assistant.store import FaqEntry

_PARTS = 5
_THRESHOLDS = (0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9)
_KINDS = ("own", "gone", "other")
# What people say around what they ask, and what it has nothing to do with.
_STORIES = """
    昨天下班路上碰见老同学聊起来 家里这两天忙得团团转 邻居大姐跟我念叨了半天 单位催得挺紧的 我这人记性不好老忘事
    早上出门走得急 一家人商量来商量去 隔壁老王说他知道可是没说清 天冷了不想来回跑 跑了一趟白跑了 电话打了好几个没人接
    我从乡下赶过来的 最近手头有点紧 头一回碰到这种事 在网上搜了半天没看明白 过两天要出远门 孩子他爸不在家
    急得一晚上没睡好 排了一上午的队 人家让我回来问问清楚 我也不识几个字 前阵子搬了个地方住 店里生意忙走不开
    眼看就要用了 怕耽误了事 听人讲跟以前不一样了 朋友圈里都在传 村里的大喇叭喊过一回 我寻思着早点弄利索 想先打听好了再去
""".split()
_SEED = 20230301
# The share of stories that are told before what is asked.
_BEFORE = 0.6


@dataclass(frozen=True)
class Asked:
    """One question asked of an FAQ.

    Attributes:
        kind: own, gone or other.
        part: the fifth it belongs to.
        signs: of the nearest entry; None where no entry shares anything with it.
        right: whether that is the entry it belongs to.
        of_another: whether the question is of something else by what it names, whatever the signs.
    """

    kind: str
    part: int
    signs: NearSigns | None
    right: bool
    of_another: bool = False


@dataclass(frozen=True)
class EverydayPoint:
    """What a threshold would give on what was held out.

    Attributes:
        threshold: entries less sure than this are not the answer.
        own: share of the phrasings left out that are answered.
        right: share of these answers that are the right entry.
        gone: share of the phrasings without their entry that are answered all the same.
        other: share of the questions about other things that are answered.
    """

    threshold: float
    own: float
    right: float
    gone: float
    other: float


@dataclass(frozen=True)
class EverydayFit:
    """Weights in the order of NearSigns, the bias, how many questions there were of each kind, and the curve."""

    weights: dict[str, float]
    bias: float
    counts: dict[str, int]
    curve: tuple[EverydayPoint, ...]


def fit_everyday(
    entries: Sequence[FaqEntry], everyday: Everyday, sets: Sequence[QuestionSet], limit: int | None = None
) -> EverydayFit:
    """Fit on an FAQ and on questions about other things (at most ``limit`` of each set, spread evenly).

    Raises:
        BadInput: the FAQ is too small to leave a part out.
    """
    if sum(len(entry.phrasings) > 1 for entry in entries) < 2 * _PARTS:
        raise BadInput(f"常见问题太少：至少要有 {2 * _PARTS} 条，每条至少两种别的说法，才好轮流拿掉再问")
    asked = [*_own(entries, everyday), *_gone(entries, everyday), *_other(entries, everyday, sets, limit)]
    fitted = _fit([each for each in asked if each.signs])
    sure = _held_out(asked)
    names = [item.name for item in fields(NearSigns)]
    return EverydayFit(
        weights=dict(zip(names, (round(float(weight), 1) for weight in fitted[:-1]), strict=True)),
        bias=round(float(fitted[-1]), 1),
        counts={kind: sum(each.kind == kind for each in asked) for kind in _KINDS},
        curve=tuple(_point(threshold, asked, sure) for threshold in _THRESHOLDS),
    )


def _as_told(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each text with itself, and with itself in a story; the same stories each time."""
    chance = random.Random(_SEED)  # noqa: S311 - chooses sentences, guards nothing
    for text in texts:
        story = chance.choice(_STORIES)
        yield text, text
        yield text, f"{story},{text}" if chance.random() < _BEFORE else f"{text},{story}"


def _own(entries: Sequence[FaqEntry], everyday: Everyday) -> Iterator[Asked]:
    """Each text of each entry, asked of an FAQ that lacks this one and as many of the others as possible do not."""
    for at in range(max(1 + len(entry.phrasings) for entry in entries)):
        matcher = EverydayMatcher([_without(entry, at) for entry in entries], everyday)
        asked = {texts[at]: number for number, texts in enumerate(map(_texts, entries)) if 1 < len(texts) > at}
        for text, told in _as_told(asked):
            yield _ask(matcher, told, "own", asked[text], entries[asked[text]].id)


def _texts(entry: FaqEntry) -> tuple[str, ...]:
    return (entry.question, *entry.phrasings)


def _without(entry: FaqEntry, at: int) -> FaqEntry:
    texts = list(_texts(entry))
    if 1 < len(texts) > at:
        del texts[at]
    return replace(entry, question=texts[0], phrasings=tuple(texts[1:]))


def _gone(entries: Sequence[FaqEntry], everyday: Everyday) -> Iterator[Asked]:
    """Every text of each entry, asked of an FAQ that lacks the entry, and the others of its fifth."""
    for part in range(_PARTS):
        kept = [entry for number, entry in enumerate(entries) if number % _PARTS != part]
        matcher = EverydayMatcher(kept, everyday)
        for _, told in _as_told(text for entry in entries[part::_PARTS] for text in _texts(entry)):
            yield _ask(matcher, told, "gone", part, "")


def _other(
    entries: Sequence[FaqEntry], everyday: Everyday, sets: Sequence[QuestionSet], limit: int | None
) -> Iterator[Asked]:
    matcher = EverydayMatcher(entries, everyday)
    for each in sets:
        questions = list(each.questions.values())
        step = max(1, len(questions) // limit) if limit else 1
        for number, text in enumerate(questions[::step][:limit]):
            yield _ask(matcher, text, "other", number, "")


def _ask(matcher: EverydayMatcher, text: str, kind: str, number: int, right: str) -> Asked:
    near = matcher.nearest(fold_text(text))
    if not near:
        return Asked(kind, number % _PARTS, None, False)
    return Asked(kind, number % _PARTS, near[0].signs, near[0].entry.id == right, near[0].is_of_another)


def _held_out(asked: Sequence[Asked]) -> Matrix:
    """How sure each question's nearest entry is, by weights that were fitted without the question's fifth.

    Not at all where the question is of something else.
    """
    sure = np.zeros(len(asked))
    for part in range(_PARTS):
        weights = _fit([each for each in asked if each.signs and each.part != part])
        places = [place for place, each in enumerate(asked) if each.signs and each.part == part]
        if places:
            sure[places] = probability(_rows([asked[place] for place in places]), weights)
    sure[[each.of_another for each in asked]] = 0.0
    return sure


def _fit(asked: Sequence[Asked]) -> Matrix:
    kinds = [each.kind for each in asked]
    counts = np.array([len(asked) / len(_KINDS) / kinds.count(kind) for kind in kinds])
    return fit_logistic(_rows(asked), np.array([each.right for each in asked], dtype=float), counts)


def _rows(asked: Sequence[Asked]) -> Matrix:
    return np.array([[*astuple(each.signs), 1.0] for each in asked if each.signs])


def _point(threshold: float, asked: Sequence[Asked], sure: Matrix) -> EverydayPoint:
    answered = [each for each, value in zip(asked, sure, strict=True) if value >= threshold]

    def share(kind: str) -> float:
        of_kind = sum(each.kind == kind for each in asked)
        return round(sum(each.kind == kind for each in answered) / max(1, of_kind), 4)

    own = [each for each in answered if each.kind == "own"]
    right = round(sum(each.right for each in own) / max(1, len(own)), 4)
    return EverydayPoint(threshold, share("own"), right, share("gone"), share("other"))
