"""Receipt numbers: what a citizen notes down to look up the reply to a message.

Sixteen digits in four groups, as on a bank card: digits are read aloud and typed on any telephone, and none looks like
another. Fifteen are drawn at random, so that guessing one of a hundred thousand messages takes ten thousand million
tries; the last is Damm's check digit, which tells every single wrong digit and every swap of two neighbours.
"""

import re
import secrets

from assistant.errors import BadInput
from assistant.language import fold_text

_RANDOM_DIGITS = 15
_LENGTH = _RANDOM_DIGITS + 1
_GROUP = 4
# H. M. Damm, Total anti-symmetrische Quasigruppen (2004), the table of order ten that has zeros in its diagonal.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_BETWEEN = re.compile(r"[\s\-_.,·—–~]+")
# What people type where a digit is meant.
_MEANT = str.maketrans({"o": "0", "l": "1", "i": "1", "〇": "0", "零": "0"})


def new_receipt() -> str:
    """A receipt that nobody can guess: sixteen digits, without groups."""
    digits = "".join(secrets.choice("0123456789") for _ in range(_RANDOM_DIGITS))
    return digits + str(_check(digits))


def read_receipt(typed: str) -> str:
    """The receipt that was typed, without groups, whatever stands between them and whatever the width.

    Raises:
        BadInput: it is none, or a digit is wrong (``receipt_mistyped``): the citizen should look again.
    """
    # Much more than a receipt is not read at all.
    digits = _BETWEEN.sub("", fold_text(typed[: 8 * _LENGTH])).translate(_MEANT)
    if not (len(digits) == _LENGTH and digits.isascii() and digits.isdigit()):
        raise BadInput(f"回执号是 {_LENGTH} 位数字，请照着回执核对后再输。", code="receipt_mistyped")
    if _check(digits) != 0:
        raise BadInput("回执号里有数字输错了，请照着回执核对后再输。", code="receipt_mistyped")
    return digits


def grouped(receipt: str) -> str:
    """As people read it: 1234 5678 9012 3456."""
    return " ".join(receipt[at : at + _GROUP] for at in range(0, len(receipt), _GROUP))


def _check(digits: str) -> int:
    """The digit that must follow; 0 for digits that end with the right one."""
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return state
