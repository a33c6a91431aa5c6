"""Number expressions in prose: 1.5万余张, 近70万元, 第4名, 34%, 三分之一, with value, unit and qualifier.

Digits count before a measure word, with 万 or 亿, as a share, or where a list of amounts ends (总计 37，). Chinese numerals
count only before a measure word; a lone 一 only where the clause ends behind the measure (一次，), for before a noun it is
an article (一个平台), and a lone 二 never (counting says 两). What is numbered with 第 counts only as a rank.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.language.measures import MEASURES
from assistant.reports.figures.han import LONGEST, PLACES, SCALES, han_value

_HAN = "零〇一二两三四五六七八九十百千万亿"
_CORE = re.compile(
    rf"(?P<digits>(?<![\dA-Za-z〔×/])(?<!\d[.,])(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{1,3}}(?: \d{{3}})+(?![\d.])|\d+)(?:\.\d+)?)|(?P<han>[{_HAN}]+(?:点[{_HAN}]+)?)"
)
# 级, 届 and 版 tell one from another (5A级, 十九届, 2.0版) and count nothing; 月, 日 of dates are read as days.
_NO_COUNT = {"级", "届", "版", "月", "万", "亿"}
_UNIT = "|".join(measure for measure in MEASURES.split("|") if measure not in _NO_COUNT)
_TAIL = re.compile(
    rf"(?P<loose>[余多来几])?(?P<scale>万亿|千万|百万|[万亿]|[百千](?![米克瓦卡]))?(?P<loose2>[余多])?\s?"
    rf"(?P<unit>{_UNIT})?(?P<loose3>[余多](?![种样元项方]))?(?P<other>\([\u4e00-\u9fff]{{1,2}}\))?"
    r"(?P<behind>以上|以下|左右|上下|之多|有余)?"
)
_BEFORE = re.compile(
    r"(?:不少于|不低于|不超过|不多于|不足|不到|至少|至多|最多|最少|超过|突破|接近|将近|大约|约为|约|近|逾|超)\s?$"
)
_BEFORE_REACH = 4  # characters of the longest of these, with a space
_CURRENCY = re.compile(r"(?:人民币|[¥￥$])\s?$")
_RANKING = re.compile(r"(?:排名?|列|居|跻身|名次为?|排在)[^,，;；。:：]{0,10}$")
_RANK_REACH = 14
_RANK_UNITS = ("名", "位")
_SHARE_OF = re.compile(rf"(?P<base>[{_HAN}]+)分之(?P<part>[{_HAN}]+(?:点[{_HAN}]+)?|\d+(?:\.\d+)?)")
_TENTHS = re.compile(
    r"(?P<whole>[一二两三四五六七八九])成(?P<more>[一二三四五六七八九](?![一-鿿]?[年月日]))?(?P<loose>多|以上|左右)?(?![员立为功果长本品效千])"
)
_RATIO = re.compile(r"(?<![\d.:∶])(?P<left>\d{1,6}(?:\.\d{1,4})?)[:：∶](?P<right>\d{1,6}(?:\.\d{1,4})?)(?![\d:：∶])")
_RATIO_SAID = re.compile(r"比例?[^,，。;；]{0,8}$|比重[^,，。;；]{0,8}$")
_RANGE = re.compile(r"\s?(?:至|到|[-—–~～]{1,2})\s?(?=\d)")
_CLAUSE_END = re.compile(r"\s?(?:[,，;；。:：、)）!！?？\n]|$)")
# A number without a unit counts where a list of amounts stands: 自然人 503，; 总数为37。; 受理数：12；
_AMOUNT_BEFORE = re.compile(r"(?:[\u4e00-\u9fff)）]\s|[数量额率计共为达][:：]?\s?|[件份条次人个]数[:：]?)$")
_NO_AMOUNT_BEFORE = re.compile(
    r"电话|热线|传真|邮编|邮政编码|编号|代码|证号|账号|号码|文号|拨打|手机|QQ|附件|[图表] ?$"
)
_VAGUE_BEFORE = "第数几好"
_LOOK_BACK = 14  # characters before a number in which a label such as 联系电话 stands
_JOINED = re.compile(r"[0-9A-Za-z.%]")  # 10-20, A-3: the sign between joins and is no minus
_LONGEST_DIGITS = 16  # longer ones are identifiers
_MONEY_UNITS = ("元", "美元")


@dataclass(frozen=True)
class Number:
    """A number expression.

    Attributes:
        start: offset of its first character, qualifier included.
        end: offset after its last one, unit included.
        kind: ``count``, ``money``, ``percent``, ``ratio`` or ``rank``.
        value: see ``Figure.value``.
        unit: see ``Figure.unit``.
        qualifier: see ``Figure.qualifier``.
    """

    start: int
    end: int
    kind: str
    value: Decimal
    unit: str
    qualifier: str


def find_numbers(text: str, start: int, end: int) -> Iterator[Number]:
    """The number expressions of ``text[start:end]`` in order; ``text`` has half-width digits and simplified characters."""
    position = start
    while match := _CORE.search(text, position, end):
        number = _read(text, match, start, end)
        if number:
            yield number
        position = max(match.end(), number.end if number else 0)


def _read(text: str, match: "re.Match[str]", start: int, end: int) -> Number | None:
    if match.end() - match.start() > LONGEST:
        return None
    return _share(text, match, end) or _ratio(text, match, start, end) or _amount(text, match, start, end)


def _share(text: str, match: "re.Match[str]", end: int) -> Number | None:
    """三分之一, 百分之九十八, 八成二."""
    said = match["han"] and _SHARE_OF.match(text, match.start(), end)
    if said:
        base = han_value(said["base"])
        part = Decimal(said["part"]) if said["part"][0].isdigit() else han_value(said["part"])
        if not base or part is None:
            return None
        unit = {100: "%", 1000: "‰"}.get(int(base), "")
        start, stop, before, behind = _with_qualifiers(text, match.start(), said.end(), end)
        return Number(
            start, stop, "percent" if unit else "ratio", part if unit else part / base, unit, before or behind
        )
    tenths = match["han"] and _TENTHS.match(text, match.start(), end)
    if not tenths:
        return None
    digits = [han_value(tenths["whole"]) or Decimal(0), han_value(tenths["more"] or "零") or Decimal(0)]
    start, stop, before, _ = _with_qualifiers(text, match.start(), tenths.end(), end)
    return Number(start, tenths.end(), "ratio", digits[0] / 10 + digits[1] / 100, "", before or tenths["loose"] or "")


def _with_qualifiers(text: str, start: int, stop: int, end: int) -> tuple[int, int, str, str]:
    before = _BEFORE.search(text, max(0, start - _BEFORE_REACH), start)
    behind = re.compile(r"以上|以下|左右|上下|多").match(text, stop, end)
    return (
        before.start() if before else start,
        behind.end() if behind else stop,
        before.group().strip() if before else "",
        behind.group() if behind else "",
    )


def _ratio(text: str, match: "re.Match[str]", start: int, end: int) -> Number | None:
    """3:1, where 比 stands beside it: 14:30 is a time."""
    said = match["digits"] and _RATIO.match(text, match.start(), end)
    if not said or not Decimal(said["right"]):
        return None
    before = _RATIO_SAID.search(text, max(start, match.start() - _LOOK_BACK), match.start())
    if not before and not re.compile(r"的?比[例重]|配[比备置]").match(text, said.end(), end):
        return None
    return Number(match.start(), said.end(), "ratio", Decimal(said["left"]) / Decimal(said["right"]), "", "")


def _amount(text: str, match: "re.Match[str]", start: int, end: int) -> Number | None:
    tail = _TAIL.match(text, match.end(), end)
    if tail is None:  # it can match nothing, so it always matches
        return None
    value = _value(match, tail)
    if value is None:
        return None
    first = match.start()
    if text[first - 1 : first] == "第" and first > start:
        return _rank(text, tail, value, start, first - 1)
    unit = tail["unit"] or ""
    if not _counts(text, match, tail, start, end):
        return None
    if unit in _RANK_UNITS and text[first - 1 : first] == "前" and first > start:
        return Number(first - 1, tail.end("unit"), "rank", value, unit, "前")
    stop = tail.end() if unit or tail["scale"] or match["han"] else match.end()
    loose = tail["loose"] or tail["loose2"] or tail["loose3"] or tail["behind"] or ""
    if not unit and match["digits"] and not tail["scale"]:
        ranged = _range_unit(text, match, end)
        unit, loose = (ranged[0], "") if ranged else ("", "")
        value *= ranged[1] if ranged else 1
    currency = _CURRENCY.search(text, max(start, first - 4), first)
    first = currency.start() if currency else first
    before = _BEFORE.search(text, max(start, first - _BEFORE_REACH), first)
    if before:
        first = before.start()
    elif (
        text[first - 1 : first] in ("-", "−")
        and first > start
        and not _JOINED.match(text, max(0, first - 2), first - 1)
    ):
        first, value = first - 1, -value
    if currency and not unit:
        unit = "美元" if "$" in currency.group() else "元"
    return Number(first, stop, _kind(unit), value, unit, before.group().strip() if before else loose)


def _value(match: "re.Match[str]", tail: "re.Match[str]") -> Decimal | None:
    if match["digits"]:
        digits = match["digits"].replace(",", "").replace(" ", "")
        whole = digits.partition(".")[0]
        if len(digits) > _LONGEST_DIGITS or (len(whole) > 1 and whole.startswith("0")):
            return None
        value: Decimal | None = Decimal(digits)
    else:
        value = han_value(match["han"])
    if value is None:
        return None
    return _plain(value * _scale(tail["scale"] or ""))


def _scale(words: str) -> int:
    scale = 1
    for char in words:
        scale *= SCALES.get(char) or PLACES[char]
    return scale


def _plain(value: Decimal) -> Decimal:
    """15000.0 as 15000; 4.0 stays: a percentage is kept as printed."""
    return Decimal(int(value)) if value == int(value) and abs(value) >= 1000 else value


def _counts(text: str, match: "re.Match[str]", tail: "re.Match[str]", start: int, end: int) -> bool:
    """Whether it is an amount and no name, idiom or identifier."""
    before = text[max(start, match.start() - 1) : match.start()]
    if match["han"]:
        return _han_counts(text, match["han"], tail, before, end)
    if tail["unit"] or tail["scale"]:
        return True
    if _range_unit(text, match, end):
        return True
    if not _CLAUSE_END.match(text, match.end(), end):
        return False
    words = text[max(start, match.start() - _LOOK_BACK) : match.start()].rstrip("-−")
    return bool(_AMOUNT_BEFORE.search(words)) and not _NO_AMOUNT_BEFORE.search(words)


def _han_counts(text: str, numeral: str, tail: "re.Match[str]", before: str, end: int) -> bool:
    unit = tail["unit"]
    if not unit or (before and before in _VAGUE_BEFORE) or numeral == "二" or (numeral == "十" and unit == "分"):
        return False
    if re.compile(r"[县市区乡镇村山峡渠]").match(text, tail.end(), end) and unit in "门台家里":
        return False  # 三门峡, 五台山
    if numeral == "一" and not tail["loose"]:
        return bool(_CLAUSE_END.match(text, tail.end(), end))
    return numeral[0] not in "百千万亿" or bool(tail["loose"] or tail["loose2"])


def _range_unit(text: str, match: "re.Match[str]", end: int) -> tuple[str, int] | None:
    """The unit and scale that the first number of a range (3至5个, 2—3万元) takes from the second; None for no range."""
    if not match["digits"]:
        return None
    between = _RANGE.match(text, match.end(), end)
    second = _CORE.match(text, between.end(), end) if between else None
    tail = _TAIL.match(text, second.end(), end) if second else None
    if tail is None or not tail["unit"]:
        return None
    return tail["unit"], _scale(tail["scale"] or "")


def _rank(text: str, tail: "re.Match[str]", value: Decimal, start: int, first: int) -> Number | None:
    """第4名; 第一 behind a word of ranking; nothing else that is numbered (第三批, 第二十条)."""
    if tail["unit"] in _RANK_UNITS and not tail["scale"]:
        return Number(first, tail.end("unit"), "rank", value, tail["unit"], "")
    ranked = _RANKING.search(text, max(start, first - _RANK_REACH), first)
    if ranked and not tail["unit"] and not tail["loose"] and not tail["scale"]:
        return Number(first, tail.start(), "rank", value, "", "")
    return None


def _kind(unit: str) -> str:
    if unit.endswith(_MONEY_UNITS):
        return "money"
    if unit in ("%", "‰") or unit.endswith("百分点"):
        return "percent"
    return "ratio" if unit == "倍" else "count"
