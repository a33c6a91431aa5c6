"""The last look at an answer before it leaves: every number and every quotation in it must stand in its evidence.

A wrong number is the worst failure, so this does not trust what made the answer. Of a comparison, whose differences are
printed nowhere, it reads the numbers from the evidence again and works the differences out itself.
"""

import re
from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.answers.changes import times
from assistant.answers.comparison_check import recomputed
from assistant.answers.model import Answer, Comparison, Evidence
from assistant.language import fold_text

# 1,266 is 1266, but 16,2020年 are two numbers; 12.50 is 12.5. A number inside a longer one (26 in 2600) is not found.
_NUMBER = re.compile(r"\d+(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
_HAN_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百千万亿]{2,}")
_QUOTED = re.compile(r"[“《「『]([^”》」』]+)[”》」』]")
# A sum that the report does not print is said with its parts: 计算得出：3+2=5 (folded).
_SUM = re.compile(r"计算得出:([\d,.]+(?:\+[\d,.]+)*)=([\d,.]+)")
# So are a difference and how many times one number is another: 计算得出:5-3=2, 计算得出:5÷3≈1.7.
_WORKED_OUT = re.compile(r"计算得出:([\d,.]+)([-÷])([\d,.]+)[=≈]([\d,.]+)")
_NOT_COMPARABLE = "没有找到可以比较的数。"
_WITHOUT_EVIDENCE = frozenset({"smalltalk", "urgent", "none"})


def verified(answer: Answer) -> Answer:
    """The answer if all that it says stands in its evidence; else the bare passage of its first evidence.

    Of a comparison that does not hold nothing is left.
    """
    if answer.kind in _WITHOUT_EVIDENCE or not answer.evidence or not unfounded(answer):
        return answer
    if answer.comparison is not None:  # a passage would answer with the number of one year
        return replace(answer, kind="none", text=_NOT_COMPARABLE, evidence=(), value=None, comparison=None)
    first = answer.evidence[0]
    return replace(answer, kind="passage", text=" ".join(first.passage.split()), value=None, comparison=None)


def unfounded(answer: Answer) -> tuple[str, ...]:
    """The numbers and quotations of the answer's text that do not stand in its evidence."""
    text = fold_text(answer.text)
    if answer.comparison is not None:
        return _unfounded_comparison(text, answer, answer.comparison)
    missing = _unfounded(text, answer.evidence[:1])
    # Nearly always the first evidence holds it all; the others are read only where it does not.
    return _unfounded(text, answer.evidence) if missing else missing


def _unfounded_comparison(text: str, answer: Answer, comparison: Comparison) -> tuple[str, ...]:
    """What neither stands in the evidence nor comes out again; the whole text where the table itself does not hold."""
    computed = recomputed(comparison, answer.evidence)
    if computed is None:
        return (answer.text,)
    return tuple(piece for piece in _unfounded(text, answer.evidence) if piece not in computed)


def _unfounded(text: str, evidence: Iterable[Evidence]) -> tuple[str, ...]:
    folded = fold_text("\n".join(piece for each in evidence for piece in _published(each)))
    known = set(_numbers(folded))
    known |= {_plain(total) for parts, total in _SUM.findall(text) if _comes_out(parts, total, known)}
    for one, sign, other, told in _WORKED_OUT.findall(text):
        if _is_worked_out(_plain(one), sign, _plain(other), _plain(told), known):
            known.add(_plain(told))
    missing = [number for number in _numbers(text) if number not in known]
    missing += [number for number in _HAN_NUMBER.findall(text) if number not in folded]
    missing += [quoted for quoted in _QUOTED.findall(text) if _squeezed(quoted) not in _squeezed(folded)]
    return tuple(missing)


def _comes_out(parts: str, total: str, known: Set[str]) -> bool:
    """Whether a sum that is said to be computed is one of published numbers, and comes out."""
    numbers = [_plain(part) for part in parts.split("+")]
    return known >= set(numbers) and sum(map(Decimal, numbers)) == Decimal(_plain(total))


def _is_worked_out(one: str, sign: str, other: str, told: str, known: Set[str]) -> bool:
    """Whether what is said to be worked out of two published numbers comes out."""
    if not known >= {one, other}:
        return False
    first, second = Decimal(one), Decimal(other)
    if sign == "-":
        return first - second == Decimal(told)
    return times(first, second) == Decimal(told)


def _published(evidence: Evidence) -> Iterable[str]:
    """All that the page prints about this evidence: the passage, its headings, and what the report says of itself."""
    report = evidence.report
    yield evidence.passage
    yield from evidence.section
    yield from (report.title, report.publisher, report.index_number, report.url)
    if report.published is not None:
        yield from _written(report.published)
    if report.year is not None:
        yield f"{report.year}年"


def _written(day: date) -> tuple[str, str]:
    return day.isoformat(), f"{day.year}年{day.month}月{day.day}日"


def _numbers(folded: str) -> list[str]:
    return [_plain(match) for match in _NUMBER.findall(folded)]


def _plain(number: str) -> str:
    """One spelling for one number: no separators, no needless zeros."""
    whole, _, fraction = number.replace(",", "").replace("，", "").partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def _squeezed(text: str) -> str:
    return "".join(text.split())
