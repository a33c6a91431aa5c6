"""Whether an answer is the one that a golden question expects, and whether it gives a wrong number.

Answers are judged by what crosses the doors (docs: Answer): kind, text, value, and the evidence with its marked words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant.answers import Answer
from assistant.language import fold_text

# How much a unit's first character multiplies: 38.6万元 is 386000 元.
_MULTIPLES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_NUMBER = re.compile(r"(?<![\d.])((?:(?<![\w)])[-+])?\d+(?:,\d{3})*(?:\.\d+)?)[余多]?([万亿]?)", re.ASCII)
# Years, days and clock times say when, telephone, index and post code numbers where: none says how many.
_NO_QUANTITY = re.compile(
    r"\d+(?:-\d+)+|\d{4}年|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日|\d{1,2}:\d{2}|(?<![\d.,])0\d+(?![\d.])", re.ASCII
)
_ISO_DATE = re.compile(r"(\d{4})-0?(\d{1,2})-0?(\d{1,2})", re.ASCII)
# An expected string that is a number with its unit: 2316条, 第4名, 查实87条, but no telephone number and no title.
_FIGURE = re.compile(r"[^\d\W]{0,12}\d+(?:\.\d+)?[余多]?[万亿]?(?:[^\d\W]{1,3}|%)?")


@dataclass(frozen=True)
class Expected:
    """The answer expected; exactly one of ``report``, ``reports``, ``faq``, ``none`` and ``urgent`` is given.

    Attributes:
        report: 索引号 of the report that the first evidence must come from.
        contains: strings that the marked sentence of the first evidence must hold, as printed.
        value: the number asked for, 万 and 亿 multiplied out; decides where the answer carries a value.
        text: strings that the answer's text must all hold; dates as 2017年1月24日.
        reports: 索引号 of reports that must all be among the evidence.
        values: for a comparison or a trend: numbers that the text or the marked sentences must hold.
        faq: id of the FAQ entry that must answer.
        none: whether the corpus does not hold the answer.
        urgent: whether it is an emergency, to be sent to 110 and the like.
    """

    report: str = ""
    contains: tuple[str, ...] = ()
    value: Decimal | None = None
    text: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    values: tuple[Decimal, ...] = ()
    faq: str = ""
    none: bool = False
    urgent: bool = False

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The numbers asked for; empty when the question asks for no number."""
        if self.value is not None:
            return (self.value,)
        figures = (text for text in map(fold_text, (*self.contains, *self.text)) if _FIGURE.fullmatch(text))
        return self.values or tuple(number for text in figures for number in numbers_in(text))


def is_right(expected: Expected, answer: Answer) -> bool:
    """Whether the answer is the one expected."""
    if expected.none:
        return answer.kind == "none"
    if expected.urgent:
        return answer.kind == "urgent"
    if answer.kind == "none" or not answer.evidence:
        return False
    first = answer.evidence[0].report
    if expected.faq:
        return first.id == f"faq:{expected.faq}"
    if not _holds(_dates_written(fold_text(answer.text)), expected.text):
        return False
    if expected.reports:
        return _compares(expected, answer)
    return first.index_number == expected.report and _gives(expected, answer)


def gives_wrong_figure(expected: Expected, answer: Answer) -> bool:
    """Whether an answer that is not right gives a number where there is none, or another one than those asked for."""
    if answer.kind in ("none", "urgent") or not (expected.none or expected.numbers):
        return False
    value = answered_value(answer)
    given = {value} if value is not None else set(numbers_in(answer.text))
    return bool(given) and given.isdisjoint(expected.numbers)


def answered_value(answer: Answer) -> Decimal | None:
    """The number that the answer carries, 万 and 亿 of its unit multiplied out; None when it carries none."""
    if answer.value is None:
        return None
    return answer.value.number * _MULTIPLES.get(answer.value.unit[:1], Decimal(1))


def numbers_in(text: str) -> list[Decimal]:
    """The numbers of a text in order, 万 and 亿 multiplied out; 2017年, 0309-5551122 and the like left out."""
    plain = _NO_QUANTITY.sub(" ", fold_text(text))
    return [
        Decimal(digits.replace(",", "")) * _MULTIPLES.get(multiple, Decimal(1))
        for digits, multiple in _NUMBER.findall(plain)
    ]


def marked(answer: Answer) -> list[str]:
    """The marked sentences of the evidence, folded, best first."""
    return [fold_text(each.passage[each.sentence[0] : each.sentence[1]]) for each in answer.evidence]


def _gives(expected: Expected, answer: Answer) -> bool:
    value = answered_value(answer)
    if expected.value is not None and value is not None:
        return value == expected.value
    # The items of a list are marked in each passage they stand in; any other answer in one.
    places = marked(answer) if answer.kind == "list" else marked(answer)[:1]
    return _holds("\n".join(places), expected.contains)


def _compares(expected: Expected, answer: Answer) -> bool:
    if expected.values and answer.kind != "comparison":
        return False
    reports = {each.report.index_number for each in answer.evidence}
    said = {number for text in (answer.text, *marked(answer)) for number in numbers_in(text)}
    return reports.issuperset(expected.reports) and said.issuperset(expected.values)


def _holds(text: str, strings: Iterable[str]) -> bool:
    return all(fold_text(string) in text for string in strings)


def _dates_written(text: str) -> str:
    return _ISO_DATE.sub(r"\1年\2月\3日", text)
