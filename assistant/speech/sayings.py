"""What a rule's find is turned into: each takes the match of a writing and gives the words for it."""

import re

from assistant.speech.numerals import on_the_telephone, one_by_one, quantity
from assistant.speech.units import CURRENCIES, PER, UNITS

DASH = r"[-—–−~～]"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def host_name(host: str) -> str:
    """A host as it is read out: ``a-b.gov.cn`` → a杠b点gov点cn."""
    return one_by_one(host).replace(".", "点").replace("-", "杠")


def address(found: re.Match[str]) -> str:
    """A web address: 网址 and its host."""
    return f" 网址 {host_name(found['host'])} "


def mail(found: re.Match[str]) -> str:
    """A mail address: its name, 艾特 and its host."""
    return f" {one_by_one(found['name'])} 艾特 {host_name(found['host'])} "


def document(found: re.Match[str]) -> str:
    """The number of a document in its parts: 〔2017〕47号 → ，二零一七，四十七号."""
    return f"，{one_by_one(found['year'])}，{found['order']}{quantity(found['number'])}号"


def months(found: re.Match[str]) -> str:
    """From one month to another of years: 2011.01—2015.12."""
    first, last = (f"{one_by_one(found[y])}年{quantity(found[m].lstrip('0'))}月" for y, m in ((1, 2), (3, 4)))
    return f"{first}至{last}"


def date(found: re.Match[str]) -> str:
    """A date written in figures; its day may be missing."""
    day = found["day"]
    ending = f"{quantity(str(int(day)))}日" if day else ""
    return f"{one_by_one(found['year'])}年{quantity(str(int(found['month'])))}月{ending}"


def clock(found: re.Match[str]) -> str:
    """A time of day: 8:30 → 八点三十分, 8:00 → 八点."""
    hour, minute, second = int(found["hour"]), found["minute"], found["second"]
    said = ("两" if hour == 2 else quantity(str(hour))) + "点"
    if int(minute) or second:
        said += two_places(minute) + "分"
    return said + (two_places(second) + "秒" if second else "")


def two_places(digits: str) -> str:
    """Minutes and seconds: 05 → 零五, 30 → 三十."""
    return one_by_one(digits) if digits.startswith("0") else quantity(digits)


def telephone(found: re.Match[str]) -> str:
    """Telephone numbers in groups with pauses between them."""
    written = re.sub(r"[/；;，,]", "、", found.group().replace("分机", ""))
    digits = re.sub(r"[^\d转、或和]+", " ", written)
    digits = re.sub(r"(?<!\d)(1\d\d)(\d{4})(\d{4})(?!\d)", r"\1 \2 \3", digits)  # mobile numbers are said 3-4-4
    digits = re.sub(r"(?<!\d)(010|02\d|0\d{3})(\d{7,8})(?!\d)", r"\1 \2", digits)  # area and number
    return on_the_telephone(_set_apart(digits))


def _set_apart(groups: str) -> str:
    """Groups of digits with a pause between them, so that a listener can write them down."""
    return re.sub(r"(?<=\w) (?=\w)", "，", groups.strip()).replace(" ", "")


def labelled(found: re.Match[str]) -> str:
    """Numbers after a word such as 电话 or 邮编, which stays."""
    numbers = re.sub("[-~]", " ", re.sub(r"\s*([、,，/或和;；])\s*", r"\1", found["numbers"]))
    return found["label"] + on_the_telephone(_set_apart(numbers).replace("/", "、"))


def rooms(found: re.Match[str]) -> str:
    """Rooms, one or from one to another."""
    return on_the_telephone(re.sub(rf"\s?{DASH}\s?", "至", found.group()))


def identifier(found: re.Match[str]) -> str:
    """The number of a thing, such as an index number: digit by digit in its groups, 1 as on the telephone."""
    mark = found.groupdict().get("mark")
    groups = on_the_telephone(re.sub("[-/_]", "，", found["id"] if mark is not None else found.group()))
    return f"{mark} {groups} " if mark is not None else f" {groups} "


def standard(found: re.Match[str]) -> str:
    """The number of a standard: GB/T 19001-2016."""
    return " " + one_by_one(re.sub("[-/]", " ", found.group())).replace(".", "点") + " "


def after_letters(found: re.Match[str]) -> str:
    """PM十, G二十, COVID十九, FM九六点一; but N九五 and C九一九 by their digits, and roads too (G三零高速)."""
    number = found["number"]
    is_round = re.fullmatch(r"(?:1?\d|[2-9]\d(?=\.))(?:\.\d+)?|[2-9]0", number)
    return quantity(number) if is_round and found["road"] is None else one_by_one(number).replace(".", "点")


def roman(found: re.Match[str]) -> str:
    """A Roman numeral of letters: III → 三."""
    return quantity(str(_ROMAN.index(found.group()) + 1))


def angle(found: re.Match[str]) -> str:
    """Degrees, minutes and seconds of a place on the globe."""
    parts = ((found["degrees"], "度"), (found["minutes"], "分"), (found["seconds"], "秒"))
    return "".join(quantity(_without_zero(number)) + name for number, name in parts if number)


def _without_zero(digits: str) -> str:
    return re.sub(r"^0+(?=\d)", "", digits)


def numbered(found: re.Match[str]) -> str:
    """The number of a figure or table in its chapter: 表2-1 → 二杠一; what may be a range (附件1-3) stays one."""
    first, second = found[1], found[2]
    return f"{quantity(first)}杠{quantity(second)}" if int(first) >= int(second) else found.group()


def items(found: re.Match[str]) -> str:
    """Items of a law, brackets not said: 第（八）项 → 第八项."""
    plain = re.sub(r"[(（)）]", "", found["items"])
    return "第" + re.sub(r"\d+", lambda number: quantity(number.group()), plain)


def percent(found: re.Match[str]) -> str:
    """A share, or from one to another, in %, ‰ or ‱."""
    base = {"%": "百", "‰": "千", "‱": "万"}[found["sign"]]
    low, high = found["low"], found["high"]
    minus = "负" if found["minus"] else ""
    said = f"{minus}{base}分之{share(high)}"
    return f"{base}分之{share(low)}至{said}" if low else said


def share(number: str) -> str:
    """The number of a share; 100% is 百分之百."""
    return "百" if number == "100" else quantity(number)


def fraction(found: re.Match[str]) -> str:
    """A fraction below one; other numbers with a stroke stay two numbers."""
    part, whole = found["part"], found["whole"]
    if not 0 < int(part) < int(whole):
        return f"{part} {whole}"
    return f"{quantity(whole)}分之{quantity(part)}"


def money(found: re.Match[str]) -> str:
    """An amount after the sign of its currency."""
    currency = CURRENCIES.get(found["currency"], "元")
    amount = "两" if found["amount"] == "2" else found["amount"]
    return f"{amount}{found['scale'] or ''}{currency}"


def degrees_from(found: re.Match[str]) -> str:
    """The lower end of a range of temperatures."""
    # 零下五至三摄氏度 would be heard as minus five to minus three.
    return below(found) + ("摄氏度至" if found["minus"] and not found["next"] else "至")


def below(found: re.Match[str]) -> str:
    """A temperature with 零下 for its minus."""
    return ("零下" if found["minus"] else "") + found["amount"]


def unit(found: re.Match[str]) -> str:
    """A number with the sign of its unit, and what it is counted by."""
    amount = "两" if found["amount"] == "2" else found["amount"]
    per = found["per"]
    return amount + (found["scale"] or "") + UNITS[found["unit"]] + (f"每{PER[per]}" if per else "")


def named_day(found: re.Match[str]) -> str:
    """A day that an event is called by: 5·12 → 五一二, 12·4 → 十二四."""
    month, day = found["month"], found["day"]
    # 三一五, 七二零 are said by their digits; 十二四 and 五四 by their numbers, which for one digit is the same.
    return one_by_one(month + day) if len(month) == 1 else quantity(month) + quantity(day)


def dotted(found: re.Match[str]) -> str:
    """A number of several levels: 1.2.3 → 一点二点三."""
    return "点".join(quantity(part) for part in found.group().split("."))


def listed(found: re.Match[str]) -> str:
    """The number before an item of a list."""
    number = found["number"]
    return (quantity(number) if number.isdigit() else number) + "，"
