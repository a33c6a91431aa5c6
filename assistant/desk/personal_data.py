"""Personal data in a text: found by its form and its check digit, shown with its middle starred.

Pure functions of text. A number that only looks like an identity number or a bank card fails its check digit and is
left alone; reports are full of long numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# One character for one, so that places hold: full width digits, letters and the signs between them.
_HALF_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}
_BETWEEN = r"[ \-]?"
_NOT_IN_NUMBER = r"(?<![0-9*])(?<![0-9][ \-])"
_END = r"(?![0-9*])"
# GB 11643-1999: six digits of the place, eight of the birthday, three in turn and the check character.
_IDENTITY = re.compile(rf"(?<![0-9*])[1-9][0-9]{{5}}{_BETWEEN}[12][0-9]{{7}}{_BETWEEN}[0-9]{{3}}[0-9Xx]{_END}")
_MOBILE = re.compile(
    rf"(?<![0-9*])(?:(?:\+|00)?86{_BETWEEN})?(?P<own>1[3-9][0-9]{_BETWEEN}[0-9]{{4}}{_BETWEEN}[0-9]{{4}}){_END}"
)
# ISO/IEC 7812: up to 19 digits; banks in China issue 16 to 19.
_CARD = re.compile(rf"{_NOT_IN_NUMBER}[2-9][0-9]{{3}}(?:{_BETWEEN}[0-9]{{4}}){{3}}(?:{_BETWEEN}[0-9]{{1,3}})?{_END}")
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-*])[A-Za-z0-9_%+][A-Za-z0-9._%+\-]{0,63}"
    r"@(?:[A-Za-z0-9\-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# Characters shown at either end of what is masked.
_SHOWN = {"identity": (6, 4), "card": (4, 4), "mobile": (3, 4), "email": (1, 0)}
_STAR = "*"


@dataclass(frozen=True)
class PersonalDatum:
    """One stretch of personal data.

    Attributes:
        kind: identity, card, mobile or email.
        start: offset of its first character.
        end: offset after its last character.
    """

    kind: str
    start: int
    end: int


def half_width(text: str) -> str:
    """The text with half-width digits, letters and signs, one for one: places hold."""
    return text.translate(_HALF_WIDTH)


def find_personal_data(text: str) -> tuple[PersonalDatum, ...]:
    """The personal data in ``text`` in its order, never overlapping; places are character offsets."""
    plain = half_width(text)
    kept: list[PersonalDatum] = []
    for found in _all(plain):
        if all(found.end <= other.start or other.end <= found.start for other in kept):
            kept.append(found)
    return tuple(sorted(kept, key=lambda each: each.start))


def mask(text: str) -> str:
    """The text with the middle of its personal data starred; as long as before, and the rest untouched."""
    chars = list(text)
    for each in find_personal_data(text):
        stretch = chars[each.start : each.end]
        at_sign = next((at for at, char in enumerate(stretch) if char in "@＠"), len(stretch))
        # Before an @ all is starred; in a number only digits and letters are, and the signs between them stay.
        is_number = at_sign == len(stretch)
        places = [each.start + at for at in range(at_sign) if stretch[at].isalnum() or not is_number]
        first, last = _SHOWN[each.kind]
        first = min(first, len(places) - 1)
        for place in places[first : len(places) - last]:
            chars[place] = _STAR
    return "".join(chars)


def mask_contact(contact: str) -> str:
    """A way to reach somebody, of whatever form, so that staff know it again and a bystander cannot use it."""
    shown = 2 if len(contact) >= 8 else 1 if len(contact) >= 4 else 0
    return contact[:shown] + _STAR * (len(contact) - 2 * shown) + contact[len(contact) - shown :]


def _all(plain: str) -> Iterator[PersonalDatum]:
    for kind, pattern, holds in (
        ("identity", _IDENTITY, _is_identity),
        ("card", _CARD, _is_card),
        ("mobile", _MOBILE, _always),
        ("email", _EMAIL, _always),
    ):
        for match in pattern.finditer(plain):
            if holds("".join(char for char in match[0] if char.isalnum())):
                # The number of the country before a telephone number is nobody's.
                yield PersonalDatum(kind, *match.span("own" if "own" in pattern.groupindex else 0))


def _is_identity(number: str) -> bool:
    """GB 11643-1999: the weighted sum of seventeen digits, modulo 11, names the last character."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[-1].upper()


def _is_card(number: str) -> bool:
    """Luhn, ISO/IEC 7812-1 annex B: every second digit from the right doubled, its digits added, a multiple of ten."""
    doubled = (int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(number)))
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def _always(_: str) -> bool:
    return True
