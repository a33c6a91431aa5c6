"""Works a comparison out again from its evidence: every number read anew, every difference taken anew."""

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answers.changes import percent_change, written
from assistant.answers.model import Change, Comparison, Evidence
from assistant.language import fold_text
from assistant.language.measures import SHARES
from assistant.reports.figures.han import PLACES, SCALES, han_value

_DIGITS = re.compile(r"(-?\d+(?:,\d{3})*(?:\.\d+)?)[余多几]?([百千万亿]*)")
_HAN = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
# Words that say zero: 未收到, 没有发生, 无.
_NONE = re.compile("未|没|无|零|不|/|-|—")
# Units that a table gives for all numbers of a column.
LARGE_MONEY = {"千元": Decimal(1_000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_LARGE = (Decimal(1), Decimal(10_000), Decimal(100_000_000))


def recomputed(comparison: Comparison, evidence: Sequence[Evidence]) -> frozenset[str] | None:
    """The numbers that the comparison's text may say though they are printed nowhere; None where it does not hold.

    These are its differences, and the years that it says there is nothing of.

    It holds when each row's number is what its evidence marks, of that body's report of that year, and when each
    difference comes out again.
    """
    values = []
    for row in comparison.rows:
        if row.evidence >= len(evidence):
            return None
        place = evidence[row.evidence]
        marked = place.passage[slice(*place.highlights[0])] if place.highlights else ""
        value = read_number(marked)
        if value is not None and row.printed != marked:
            value = _with_unit(value, row.printed.removeprefix(marked), place)
        own = (place.report.publisher, place.report.year) == (row.publisher, row.year)
        if not own or not marked or not row.printed.startswith(marked) or value != row.value.number:
            return None
        values.append(value)
    changes = [*comparison.changes, *(row.change for row in comparison.rows if row.change is not None)]
    if not all(_comes_out(change, values, comparison) for change in changes):
        return None
    if comparison.total is not None and (comparison.missing or comparison.total != sum(values)):
        return None
    summed = () if comparison.total is None else {written(comparison.total / size) for size in _LARGE}
    # Words that say none are reckoned with as 0.
    absent = {str(each.year) for each in comparison.missing} | ({"0"} if 0 in values else set())
    return frozenset(absent.union(summed, *(_spellings(change, values) for change in comparison.changes)))


def _with_unit(value: Decimal, unit: str, place: Evidence) -> Decimal | None:
    """The value of a number whose unit its table says beside it (单位：万元, 件数); None where it does not say so."""
    if unit not in place.passage[slice(*place.sentence)]:
        return None
    return value * LARGE_MONEY.get(unit, Decimal(1))


def read_number(printed: str) -> Decimal | None:
    """The value of a number as printed, 万 and 亿 multiplied out; zero for words that say so; None for no number."""
    folded = fold_text(printed)
    if match := _DIGITS.search(folded):
        value = Decimal(match[1].replace(",", ""))
        for char in match[2]:
            value *= SCALES.get(char) or PLACES[char]
        return value
    if match := _HAN.search(folded):
        return han_value(match.group())
    return Decimal(0) if _NONE.search(folded) else None


def _comes_out(change: Change, values: Sequence[Decimal], comparison: Comparison) -> bool:
    if not (0 <= change.of < len(values) and 0 <= change.than < len(values)):
        return False
    number, than = values[change.of], values[change.than]
    share = comparison.rows[change.of].value.unit in SHARES
    if change.number != number - than or change.percent != (None if share else percent_change(number, than)):
        return False
    shown = _DIGITS.search(change.text)
    return shown is not None and shown[1].lstrip("-") in _spellings(change, values)


def _spellings(change: Change, values: Sequence[Decimal]) -> set[str]:
    """How the difference and its percentage may be written: in full, or in 万 or 亿."""
    number, than = values[change.of], values[change.than]
    spelled = {written((number - than) / size) for size in _LARGE}
    percent = percent_change(number, than)
    return spelled if percent is None else spelled | {written(percent)}
