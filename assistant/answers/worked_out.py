"""What is worked out from numbers of one year: which of two things is more, by how much or how many times, and whether
a number is more than one that the citizen names.

Each number is asked for by itself and given as the figure that answers, with its place; what is worked out from them is
said to be, with its parts. Where one of them is not surely found, nothing is worked out.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answers.changes import times, written
from assistant.answers.comparison_check import LARGE_MONEY, read_number
from assistant.answers.model import Answer, Value
from assistant.answers.scope import find_years
from assistant.answers.two_questions import stopped, understood_of
from assistant.language.measures import MEASURES, MONEY, SHARES

_THING = r"[\u4e00-\u9fff“”@]{2,24}?"
_MORE = "多|高|大"
_LESS = "少|低|小"
# 微博和微信哪个发得多, 受理和办结的申请哪个多, 行政处罚和行政许可相差多少.
_PAIR = re.compile(
    rf"(?P<first>.*[\u4e00-\u9fff]{{2}})(?:和|跟|与|同|还是|、)(?P<second>{_THING})(?P<shared>的[\u4e00-\u9fff]{{2,8}}?)?"
    rf"(?:比起?来?|相比|之间|,|，)*(?:(?:哪一?[个样种项]|谁)(?:更|(?P<done>[\u4e00-\u9fff]{{1,2}})得)?(?P<more>{_MORE}|{_LESS})|"
    r"(?P<apart>(?:相差|差了?|差距是?)(?:多少|几)))"
)
# 行政许可比行政处罚多多少.
_THAN = re.compile(
    rf"(?P<first>.*[\u4e00-\u9fff]{{2}})比(?P<second>{_THING})(?P<shared>的[\u4e00-\u9fff]{{2,8}}?)?"
    rf"(?P<apart>(?:{_MORE}|{_LESS})(?:出|了)*(?:多少|几))"
)
_TIMES = re.compile(rf"(?P<first>.*[\u4e00-\u9fff]{{2}})是(?P<second>{_THING})的(?P<times>(?:几|多少)倍)")
# What is compared with is another time, or whatever there is: that is another kind of question.
_NO_THING = re.compile(r"[上前去今头往同]|\d|年|其他|别的|平均|全[国省市]|规定|预期|目标")
_BOUND = re.compile(
    r"(?P<asked>.*?[\u4e00-\u9fff]{2})(?P<over>超过|突破|多于|高于|达到|不到|少于|低于)了?"
    rf"(?P<amount>(?P<number>\d[\d.,]*[万亿]?)(?P<measure>{MEASURES})?)(?:以上|以下)?(?:[吗没]|没有|了吗|了没有?)?[?？。]?$"
)
# What asks whether is no part of what the number is of.
_WHETHER = re.compile(r"有没有|是不是|是否|能不能|能否|到底|已经|(?:有无|已)$")
# 没有超过30件吧 may be asked either way.
_DENIED = re.compile(r"(?:没有?|未|不)$")
_ASKS = re.compile(r"有没有|是不是|是否|有无|能不能|能否|[吗没][?？]?$|没有[?？]?$")
_DIGITS = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)([万亿]?)")
# A number said loosely (近, 余) that is this near to the other says not surely which is more.
_LOOSELY = Decimal("0.1")


@dataclass(frozen=True)
class Pair:
    """Two numbers that are asked for together.

    Attributes:
        first: the whole question for the first.
        second: the second, as it follows that question.
        alone: the second as a question by itself, but for whose and when.
        times: whether the one is asked for as so many times the other.
    """

    first: str
    second: str
    alone: str
    times: bool


@dataclass(frozen=True)
class Bound:
    """A number that a figure is held against.

    Attributes:
        asked: the whole question for the figure.
        over: whether it is asked to be more, and not less.
        reached: whether as much is enough.
        value: the number, 万 and 亿 multiplied out.
        unit: what it is counted in; empty where that is not said.
    """

    asked: str
    over: bool
    reached: bool
    value: Decimal
    unit: str


def find_pair(text: str) -> Pair | None:
    """The two things of one year that a question compares; None where it compares no two things."""
    match = _PAIR.match(text) or _THAN.match(text) or _TIMES.match(text)
    if match is None or _NO_THING.search(match["second"]):
        return None
    parts = match.groupdict()
    shared, done = parts.get("shared") or "", parts.get("done")
    asked = f"{shared}{done}了多少" if done else f"{shared}有多少"
    second = match["second"]
    return Pair(f"{match['first']}{asked}", f"{second}{shared}呢", f"{second}{asked}", bool(parts.get("times")))


def find_bound(text: str) -> Bound | None:
    """The number that a question holds a figure against; None where it names none."""
    match = _BOUND.match(text)
    if match is None or not _ASKS.search(text) or find_years(match["amount"]):
        return None
    asked = _WHETHER.sub("", match["asked"])
    if not asked or _DENIED.search(asked):
        return None
    value, unit = read_number(match["number"]), match["measure"] or ""
    if value is None:
        return None
    value, unit = value * LARGE_MONEY.get(unit, Decimal(1)), "元" if unit in MONEY else unit
    word = match["over"]
    whole = f"{asked}有多少{match['measure'] or ''}"
    return Bound(whole, word not in ("不到", "少于", "低于"), word == "达到", value, unit)


def of_pair(text: str, pair: Pair, first: Answer, second: Answer) -> Answer | None:
    """Both numbers in one answer with what is worked out from them; None where they cannot be compared.

    Args:
        text: the question as asked.
        pair: what it compares.
        first: the answer to its first question.
        second: the answer to its second.
    """
    one, other = first.value, second.value
    if one is None or other is None or not _comparable(first, second, one, other):
        return None
    larger = max(one, other, key=lambda each: each.number)
    told = _times(first, second) if pair.times else _difference(first, second, larger)
    if not told:
        return None
    evidence = (first.evidence[0], second.evidence[0])
    return replace(
        first,
        question=text,
        text=f"{stopped(first.text)}{stopped(second.text)}{told}",
        confidence=min(first.confidence, second.confidence),
        evidence=evidence,
        value=None,
        understood=understood_of(first, second),
    )


def of_bound(text: str, bound: Bound, answer: Answer) -> Answer | None:
    """The figure with whether it is more or less than the number named; None where it cannot be held against it."""
    value = answer.value
    if answer.kind != "figure" or value is None or (bound.unit and value.unit and bound.unit != value.unit):
        return None
    if not bound.unit and value.unit in MONEY:  # 超过1000 may be of 元 or 万元
        return None
    if value.qualifier and abs(value.number - bound.value) <= _LOOSELY * abs(value.number):
        return replace(answer, question=text)
    if bound.over:
        is_so = value.number >= bound.value if bound.reached else value.number > bound.value
        verdict = ("达到了。" if is_so else "没有达到。") if bound.reached else ("超过了。" if is_so else "没有超过。")
    else:
        verdict = "是的，不到。" if value.number < bound.value else "不是，不少于这个数。"
    return replace(answer, question=text, text=f"{verdict}{answer.text}")


def _comparable(first: Answer, second: Answer, one: Value, other: Value) -> bool:
    """Whether both are exact numbers of one report, in one unit and written alike, and two of them."""
    if not first.kind == second.kind == "figure" or one.qualifier or other.qualifier or one.unit != other.unit:
        return False
    here, there = first.evidence[0], second.evidence[0]
    if here.report.id != there.report.id:
        return False
    (digits, scale), (others, other_scale) = _printed(first), _printed(second)
    if not (digits and others) or scale != other_scale or _place(first) == _place(second):
        return False
    # What the digits stand for (万, 万元) is the same; and they are the number, not one of the parts of a sum.
    return one.number * Decimal(_plain(others)) == other.number * Decimal(_plain(digits)) and (
        _whole(one, digits) and _whole(other, others)
    )


def _whole(value: Value, digits: str) -> bool:
    printed = Decimal(_plain(digits))
    return value.number in {printed * scale for scale in (Decimal(1), *LARGE_MONEY.values())}


def _place(answer: Answer) -> tuple[int, int]:
    evidence = answer.evidence[0]
    start, end = evidence.highlights[0]
    return evidence.start + start, evidence.start + end


def _printed(answer: Answer) -> tuple[str, str]:
    """The digits of the number as printed, and the 万 or 亿 behind them."""
    evidence = answer.evidence[0]
    match = _DIGITS.search(evidence.passage[slice(*evidence.highlights[0])])
    return (match[1], match[2]) if match else ("", "")


def _difference(first: Answer, second: Answer, larger: Value) -> str:
    (one, scale), (other, _) = _printed(first), _printed(second)
    apart = Decimal(_plain(one)) - Decimal(_plain(other))
    if not apart:
        return "两个数相同。"
    more = apart > 0
    large, small = (one, other) if more else (other, one)
    told = f"前一个数比后一个数{'多' if more else '少'}{written(apart)}{scale}{_unit(larger, large, scale)}"
    return f"{told}（计算得出：{large}－{small}＝{written(apart)}）。"


def _times(first: Answer, second: Answer) -> str:
    (one, _), (other, _) = _printed(first), _printed(second)
    many = times(Decimal(_plain(one)), Decimal(_plain(other)))
    if many is None:
        return ""
    told = written(many)
    return f"前一个数约是后一个数的{told}倍（计算得出：{one}÷{other}≈{told}）。"


def _unit(value: Value, digits: str, scale: str) -> str:
    """The unit of numbers printed as ``digits`` and ``scale`` (万, 亿); that of the table where its cells have none."""
    if value.unit in SHARES:
        return "个千分点" if value.unit == "‰" else "个百分点"
    if scale:
        return value.unit
    printed = Decimal(_plain(digits))
    return next((unit for unit, size in LARGE_MONEY.items() if value.number == printed * size and printed), value.unit)


def _plain(digits: str) -> str:
    return digits.replace(",", "")
