"""How much more or less one number is than another. The maker and the verifier of comparisons both work it out here."""

from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)


def percent_change(number: Decimal, than: Decimal) -> Decimal | None:
    """By how many hundredths of ``than`` the number is more (less: negative), to one place; None for none or less."""
    if than <= 0:
        return None
    return ((number - than) * _HUNDRED / than).quantize(_TENTH, ROUND_HALF_UP)


def written(number: Decimal) -> str:
    """A number without needless zeros and without an exponent; its sign left to the words around it."""
    return format(abs(number).normalize() + 0, "f")
