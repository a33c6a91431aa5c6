"""How digits are said in Mandarin: as a quantity, one by one, or as a telephone number."""

_DIGITS = "零一二三四五六七八九"
_TELEPHONE = str.maketrans("0123456789", _DIGITS.replace("一", "幺"))
_PLAIN = str.maketrans("0123456789", _DIGITS)
_PLACES = ("千", "百", "十", "")
_GROUPS = ("", "万", "亿", "万亿")
# 千 of 万亿 is the largest place with an everyday name; longer runs of digits are numbers of things (账号), no counts.
QUANTITY_DIGITS = 4 * len(_GROUPS)


def one_by_one(digits: str) -> str:
    """Digits said one after the other, as in years: ``2015`` → 二零一五. Other characters stay."""
    return digits.translate(_PLAIN)


def on_the_telephone(digits: str) -> str:
    """Digits of a telephone number, with 幺 for 1 as is the custom on the telephone: ``110`` → 幺幺零."""
    return digits.translate(_TELEPHONE)


def quantity(digits: str) -> str:
    """A whole number or decimal fraction as a count: ``2600`` → 两千六百, ``1.5`` → 一点五.

    A number with a leading zero (``0012``) or of more than ``QUANTITY_DIGITS`` digits is an identifier and is said
    digit by digit.
    """
    whole, _, fraction = digits.partition(".")
    if len(whole) > QUANTITY_DIGITS or (len(whole) > 1 and whole.startswith("0")):
        said = one_by_one(whole)
    else:
        said = _whole(whole)
    return f"{said}点{one_by_one(fraction)}" if fraction else said


def _whole(digits: str) -> str:
    """Up to sixteen digits, in groups of four: 千百十 within 万, 亿, 万亿."""
    value = int(digits or "0")
    if value == 0:
        return "零"
    text = str(value)
    groups = [text[max(0, end - 4) : end] for end in range(len(text), 0, -4)]
    said = ""
    gap = False  # whether places were left out since the last digit said: they are said as one 零
    for power in range(len(groups) - 1, -1, -1):
        group = groups[power].zfill(4)
        if group == "0000":
            gap = True
            continue
        if said and (gap or group.startswith("0")):
            said += "零"
        said += _group(group) + _group_name(groups, power)
        gap = False
    if said.startswith("一十"):
        said = said[1:]
    # 两 stands before a leading 千, 万 or 亿 (两千六百, 两万); inside the number and before 十 and 百 it stays 二.
    return "两" + said[1:] if said.startswith(("二千", "二万", "二亿")) else said


def _group_name(groups: list[str], power: int) -> str:
    """万亿 loses its 亿 where the 亿 group follows and says it: 一万二千亿 would be wrong as 一万亿二千亿."""
    if power == 3 and int(groups[2]):
        return "万"
    return _GROUPS[power]


def _group(group: str) -> str:
    """Four digits with at least one above zero, leading zeros not said: ``0305`` → 三百零五."""
    said = ""
    for digit, place in zip(group, _PLACES, strict=True):
        if digit != "0":
            said += _DIGITS[int(digit)] + place
        elif said and not said.endswith("零"):
            said += "零"
    return said.rstrip("零")
