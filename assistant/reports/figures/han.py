"""The value of a number written in Chinese numerals: 两千六百, 十二, 三点五."""

from decimal import Decimal

DIGITS = "零〇一二两三四五六七八九"
PLACES = {"十": 10, "百": 100, "千": 1_000}
SCALES = {"万": 10_000, "亿": 100_000_000}
LONGEST = 40  # characters; a number of 16 digits said in full has at most 32

_VALUES = dict(zip(DIGITS, (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))


def han_value(numeral: str) -> Decimal | None:
    """The value of ``numeral``; None for what is not said as one number (三四, 十百).

    A first place without a digit counts once (十二, 百余); a last digit right behind a place counts in the place below
    (两千六: 2600), as people say it.
    """
    if not numeral or len(numeral) > LONGEST:
        return None
    whole, dot, fraction = numeral.partition("点")
    value = _whole(whole)
    if value is None or not dot:
        return value
    if not fraction or any(char not in _VALUES for char in fraction):
        return None
    return value + Decimal("0." + "".join(str(_VALUES[char]) for char in fraction))


def _whole(numeral: str) -> Decimal | None:
    total = 0  # what stands before the last 万 or 亿
    part = 0  # what stands behind it
    digit: int | None = None
    below = 0  # the place a last digit counts in when it stands right behind a place: 0 when 零 came between
    place_before = 10_000  # places go down within a part
    for char in numeral:
        if char in _VALUES:
            if digit:
                return None
            digit, below = _VALUES[char], below if _VALUES[char] else 0
        elif char in PLACES:
            if PLACES[char] >= place_before or digit == 0:
                return None
            place_before = PLACES[char]
            part += (1 if digit is None else digit) * place_before
            digit, below = None, place_before // 10
        elif char in SCALES:
            part += digit or 0
            if not part and not total:
                part = 1
            total = (total + part) * SCALES[char] if char == "亿" else total + part * SCALES[char]
            part, digit, place_before, below = 0, None, 10_000, SCALES[char] // 10
        else:
            return None
    return Decimal(total + part + (digit or 0) * max(below, 1))
