"""Personal data in a text: found by its form and its check digit, shown with its middle starred.

Pure functions of text. A number that only looks like an identity number or a bank card fails its check digit and is
left alone; reports are full of long numbers. Numbers may be written in characters (一三八零零…), in part or as a whole.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

# One character for one, so that places hold: full width digits, letters and the signs between them.
_HALF_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}
_SIGNS = _HALF_WIDTH | {ord("–"): "-", ord("—"): "-", ord("·"): "."}
_IN_DIGITS = {
    ord(char): str(at % 10)
    for row in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖", "○幺貳參肆伍陸柒捌玖")
    for at, char in enumerate(row)
}
_BETWEEN = r"[ \-]?"
# Between the digits of a telephone number: people write it in groups of all kinds.
_GAP = r"[ .\-]{0,2}"
# GB 11643-1999: six digits of the place, eight of the birthday, three in turn and the check character.
_IDENTITY = rf"(?P<own>[1-9][0-9]{{5}}{_BETWEEN}[12][0-9]{{7}}{_BETWEEN}[0-9]{{3}}[0-9Xx])"
# ISO/IEC 7812: up to 19 digits; banks in China issue 16 to 19.
_CARD = rf"(?P<own>[2-9][0-9]{{3}}(?:{_BETWEEN}[0-9]{{4}}){{3}}(?:{_BETWEEN}[0-9]{{1,3}})?)"
_MOBILE = rf"(?:(?:\+|00)?86{_BETWEEN})?(?P<own>1{_GAP}[3-9](?:{_GAP}[0-9]){{9}})"
# The groups in which digits with spaces between them are one number, and not the cells of a row.
_MOBILE_GROUPS = frozenset(
    ((11,), (3, 4, 4), (3, 3, 5), (4, 3, 4), (3, 8), (7, 4), (4, 4, 3), (5, 6), (3, 2, 2, 2, 2), (1,) * 11)
)
# An area code is told from other digits by its zero, or by the country's number before it.
_AREA = r"(?:10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE = (
    rf"(?P<own>(?:\(0{_AREA}\)|0{_AREA}|\+86{_BETWEEN}{_AREA})[ \-]{{0,2}}[2-9][0-9]{{2,3}}{_BETWEEN}[0-9]{{4}})"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-*])(?P<own>[A-Za-z0-9_%+][A-Za-z0-9._%+\-]{0,63}"
    r"@(?:[A-Za-z0-9\-]{1,63}\.){1,8}[A-Za-z]{2,24})(?![A-Za-z0-9])"
)
# An account is known by what it is called alone; an office's own (公众号) is called otherwise.
_ID_ENDS = r"(?![A-Za-z0-9_@*\-]|\.[A-Za-z])"
_ACCOUNT = re.compile(
    r"(?:微信|威信|薇信|[Ww]e[Cc]hat|(?<![A-Za-z])(?:[Vv][Xx]|[Ww][Xx]|[Vv]信))[ :是为]{0,3}"
    rf"(?P<own>[A-Za-z](?=[A-Za-z_\-]{{0,18}}[0-9_])[A-Za-z0-9_\-]{{5,19}}){_ID_ENDS}"
    r"|(?:(?:微信|威信|薇信|[Vv]信)(?:号码?|[Ii][Dd])|(?<![A-Za-z])[Qq][Qq](?:号码?)?|扣扣号?)[ :是为]{0,3}"
    rf"(?P<number>[1-9][0-9]{{4,11}}|[A-Za-z][A-Za-z0-9_\-]{{5,19}}){_ID_ENDS}"
)
# At least so many digits are a number that may be somebody's.
_LONG = re.compile(rf"(?:[0-9]{_GAP}){{11}}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# Characters shown at either end of what is masked.
_SHOWN = {
    "identity": (6, 4),
    "card": (4, 4),
    "mobile": (3, 4),
    "landline": (4, 2),
    "email": (1, 0),
    "account": (1, 0),
}
_STAR = "*"


@dataclass(frozen=True)
class PersonalDatum:
    """One stretch of personal data.

    Attributes:
        kind: identity, card, mobile, landline, email or account (of WeChat or QQ, named as such).
        start: offset of its first character.
        end: offset after its last character.
    """

    kind: str
    start: int
    end: int


def half_width(text: str) -> str:
    """The text with half-width digits, letters and signs, one for one: places hold."""
    return text.translate(_HALF_WIDTH)


def in_figures(text: str) -> str:
    """The text with half-width characters, and its digits as figures; one for one: places hold."""
    return text.translate(_HALF_WIDTH).translate(_IN_DIGITS)


def find_personal_data(text: str) -> tuple[PersonalDatum, ...]:
    """The personal data in ``text`` in its order, never overlapping; places are character offsets."""
    plain = text.translate(_SIGNS)
    kept: list[PersonalDatum] = []
    taken = bytearray(len(text))
    for found in _all(plain):
        if taken.find(1, found.start, found.end) < 0:
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
            kept.append(found)
    return tuple(sorted(kept, key=lambda each: each.start))


def mask(text: str, kept: Container[str] = ()) -> str:
    """The text with the middle of its personal data starred; as long as before, and the rest untouched.

    Args:
        text: any text.
        kept: the kinds that are left as they are.
    """
    chars = list(text)
    for each in find_personal_data(text):
        if each.kind in kept:
            continue
        stretch = chars[each.start : each.end]
        at_sign = next((at for at, char in enumerate(stretch) if char in "@＠"), len(stretch))
        # Before an @ all is starred; in a number only digits and letters are, and the signs between them stay.
        is_number = at_sign == len(stretch)
        places = [
            each.start + at for at in range(at_sign) if stretch[at].translate(_IN_DIGITS).isalnum() or not is_number
        ]
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
    for kind, pattern, holds in _NUMBERS:
        for match in pattern.finditer(plain):
            if holds(match["own"]):
                # The number of the country before a telephone number is nobody's.
                yield PersonalDatum(kind, *match.span("own"))
    for match in _EMAIL.finditer(plain):
        yield PersonalDatum("email", *match.span("own"))
    for match in _ACCOUNT.finditer(plain):
        yield PersonalDatum("account", *match.span("own" if match["own"] else "number"))
    yield from _in_characters(plain)


def _in_characters(plain: str) -> Iterator[PersonalDatum]:
    """Numbers of which at least one digit is written as a character; what a character may begin (一共) ends none."""
    digits = plain.translate(_IN_DIGITS)
    if digits == plain or not _LONG.search(digits):
        return
    for kind, pattern, holds in _NUMBERS_ANYWHERE:
        for match in pattern.finditer(digits):
            start, end = match.span("own")
            is_cut = _is_digit(plain, start - 1) or _is_digit(plain, end)
            if plain[start:end] != digits[start:end] and not is_cut and holds(match["own"]):
                yield PersonalDatum(kind, start, end)


def _is_digit(plain: str, at: int) -> bool:
    return 0 <= at < len(plain) and plain[at] in "0123456789*"


def _digits(written: str) -> str:
    return "".join(char for char in written if char.isalnum())


def _is_mobile(written: str) -> bool:
    """Digits in groups that people write; with signs between them in any."""
    if " " not in written:
        return True
    return tuple(len(_digits(group)) for group in written.split() if _digits(group)) in _MOBILE_GROUPS


def _is_identity(written: str) -> bool:
    """GB 11643-1999: the weighted sum of seventeen digits, modulo 11, names the last character."""
    number = _digits(written)
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[-1].upper()


def _is_card(written: str) -> bool:
    """Luhn, ISO/IEC 7812-1 annex B: every second digit from the right doubled, its digits added, a multiple of ten."""
    number = _digits(written)
    doubled = (int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(number)))
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def _always(_: str) -> bool:
    return True


def _within(before: str, number: str, after: str) -> re.Pattern[str]:
    """Finds numbers at every place at which one may begin, those that overlap as well."""
    return re.compile(rf"{before}(?={number}{after})")


_OF_NUMBERS = (
    ("identity", r"(?<![0-9*])", _IDENTITY, _is_identity),
    ("card", r"(?<![0-9*])(?<![0-9][ \-])", _CARD, _is_card),
    ("mobile", r"(?<![0-9*])", _MOBILE, _is_mobile),
    ("landline", r"(?<![0-9A-Za-z*/\-])", _LANDLINE, _always),
)
_NUMBERS = tuple((kind, _within(before, own, r"(?![0-9*])"), holds) for kind, before, own, holds in _OF_NUMBERS)
_NUMBERS_ANYWHERE = tuple((kind, _within("", own, ""), holds) for kind, _, own, holds in _OF_NUMBERS)
