"""How much more one number is than another, or how many times it.

The makers of comparisons and the verifier both work it out here.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.answers.model import Change, ComparedRow
from assistant.language.measures import SHARES

_LARGE_UNITS = (("亿", Decimal(100_000_000)), ("万", Decimal(10_000)))
_TENTH = Decimal("0.1")
_HUNDREDTH = Decimal("0.01")
_HUNDRED = Decimal(100)


def change(rows: Sequence[ComparedRow], of: int, than: int) -> Change:
    """How much more the one row's number is than the other's."""
    one, other = rows[of], rows[than]
    difference = one.value.number - other.value.number
    percent = None if one.value.unit in SHARES else percent_change(one.value.number, other.value.number)
    sign = "+" if difference > 0 else "-" if difference < 0 else ""
    return Change(of, than, difference, percent, sign + amount_text(one, other, difference))


def amount_text(one: ComparedRow, other: ComparedRow, difference: Decimal) -> str:
    """A difference with its unit and without its sign, in 万 or 亿 where both numbers are printed so."""
    unit = one.value.unit or other.value.unit
    unit = "个百分点" if unit == "%" else unit
    for word, size in _LARGE_UNITS:
        if word in one.printed and word in other.printed:
            return f"{written(difference / size)}{word}{unit}"
    return f"{written(difference)}{unit}"


def percent_change(number: Decimal, than: Decimal) -> Decimal | None:
    """By how many hundredths of ``than`` the number is more (less: negative), to one place; None for none or less."""
    if than <= 0:
        return None
    return ((number - than) * _HUNDRED / than).quantize(_TENTH, ROUND_HALF_UP)


def times(number: Decimal, of: Decimal) -> Decimal | None:
    """How many times ``of`` the number is, to one place, below 1 to two; None for none or less, or for next to none."""
    if of <= 0 or number <= 0:
        return None
    many = number / of
    return many.quantize(_TENTH if many >= 1 else _HUNDREDTH, ROUND_HALF_UP) or None


def written(number: Decimal) -> str:
    """A number without needless zeros and without an exponent; its sign left to the words around it."""
    return format(abs(number).normalize() + 0, "f")
