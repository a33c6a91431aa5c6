"""Amounts and ranks: 1.5万余张, 近70万元, 34%, 两千余次, 第4名, with value, unit and qualifier.

Digits count before a measure word, with 万 or 亿, or where an amount stands alone (总计 37，). Chinese numerals count
only before a measure word; a lone 一 only where the clause ends behind the measure (一次，), for before a noun it is an
article (一个平台); a lone 二 never (counting says 两). What is numbered with 第 counts only as a rank.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.language.measures import MEASURES
from assistant.reports.figures.han import LONGEST, PLACES, SCALES, han_value

HAN = "零〇一二两三四五六七八九十百千万亿"
LONGEST_DIGITS = 16  # longer runs of digits are identifiers

_CORE = re.compile(
    r"(?P<digits>(?<![\dA-Za-z〔×/])(?<!\d[.,])"
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?![\d.])|\d+)(?:\.\d+)?)"
    rf"|(?P<han>[{HAN}]+(?:点[{HAN}]+)?)"
)
# 级, 届 and 版 tell one from another (5A级, 十九届, 2.0版) and count nothing; 月 of dates is read as days.
_NO_COUNT = {"级", "届", "版", "月", "万", "亿"}
_UNIT = "|".join(measure for measure in MEASURES.split("|") if measure not in _NO_COUNT)
# A measure that begins another word is none: 12333人力资源, 3批准, 红十字会.
_OTHER_WORD = (
    "人[力民口才均事大社]|名[单称录义]|部[门委分署队]|台[湾账风海]|场[所馆地景]|条[例件款约]|项目"
    "|家[庭长属园具电]|张贴|次[日年要]|字会|批[准复]|期[间限望]|天[津然气]|分[别局析为成公之类流发布配散担享]|户[籍口型]"
    "|处[理置罚长级方]|位[于列置居]|门[户诊类]|所[有属在]|例[如外]|种[类植]|类别|本[级市年月局单次县省人]"
    "|年[级度龄报轻]|元[旦素宵]|间[接隔]|片[区段]|轮[流岗换]|起[来草诉点源到至步]|支[付持出部撑队]"
    "|集[中体成团合约]|组[织成建合长]|双[公向方随重]|笔[者记试]|克服|副[局主书市县区处科组]|周[期边年转密]"
)
_TAIL = re.compile(
    r"(?P<loose>[余多来几])?(?P<scale>万亿|千万|百万|[万亿]|[百千](?![米克瓦卡]))?(?P<loose2>[余多])?\s?"
    rf"(?P<unit>(?!{_OTHER_WORD})(?:{_UNIT}))?(?P<loose3>[余多](?![种样元项方]))?"
    r"(?P<other>\([\u4e00-\u9fff]{1,2}\))?(?P<behind>以上|以下|左右|上下|之多|有余)?"
)
_BEFORE = re.compile(
    r"(?:不少于|不低于|不超过|不多于|不足|不到|至少|至多|最多|最少|超过|突破|接近|将近|大约|约为|约|(?<![最附])近|逾|超)\s?$"
)
_BEFORE_REACH = 4  # characters of the longest of these, with a space
_CURRENCY = re.compile(r"(?:人民币|[¥￥$])\s?$")
_RANKING = re.compile(r"(?:排名?|列|居|跻身|名次为?|排在)[^,，;；。:：]{0,10}$")
_RANK_UNITS = ("名", "位")
_MOBILE = re.compile(r"1\d{10}")
_RANGE = re.compile(r"\s?(?:至|到|[-—–~～]{1,2})\s?(?=\d)")
_CLAUSE_END = re.compile(r"\s?(?:[,，;；。、)）!！?？\n]|[:：](?!\d)|$)")
# A number without a unit counts where a list of amounts stands: 自然人 503，; 总数为37。; 受理数：12；
_AMOUNT_BEFORE = re.compile(r"(?:[\u4e00-\u9fff)）]\s|[数量额率计共为达][:：]?\s?|[件份条次人个]数[:：]?)$")
_NO_AMOUNT_BEFORE = re.compile(
    r"电话|热线|传真|邮编|邮政编码|编号|代码|证号|账号|号码|文号|拨打|手机|QQ|附件|[图表] ?$"
)
_ENUMERATED = re.compile(r"\s?、")  # 2、依据: the number of a list
_TELEPHONE = re.compile(r"[:：]\s?$")  # 支付科：69044814
_TELEPHONE_DIGITS = (7, 8, 11)
_LENGTH_BEHIND = re.compile(
    r"\s?(?:[的,，;；。、)）]|以?内|之内|$)"
)  # 5日 is a length of time before these, else a date
_PLACE_BEHIND = re.compile(r"[县市区乡镇村山峡渠]")  # 三门峡, 五台山
_JOINED = re.compile(r"[0-9A-Za-z.%]")  # 10-20, A-3: the sign between joins and is no minus
_WORDS = ("十分", "十字", "一方面")
_VAGUE_BEFORE = ("第", "数", "几")
_LOOK_BACK = 14  # characters before a number in which a label such as 联系电话 or a word of ranking stands
_MONEY_UNITS = ("元",)


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


def find_amounts(text: str, start: int, end: int) -> Iterator[Number]:
    """The amounts and ranks of ``text[start:end]`` in order; digits and signs in it are half-width."""
    position = start
    while match := _CORE.search(text, position, end):
        number = _read(text, match, start, end)
        if number:
            yield number
        position = max(match.end(), number.end if number else 0)


def kind_of(unit: str) -> str:
    """The kind of a figure in ``unit``."""
    if unit.endswith(_MONEY_UNITS):
        return "money"
    if unit in ("%", "‰") or unit.endswith("百分点"):
        return "percent"
    return "ratio" if unit == "倍" else "count"


def plain_value(value: Decimal) -> Decimal:
    """15000.0 as 15000; 4.0 stays: a percentage is kept as printed."""
    return Decimal(int(value)) if value == int(value) and abs(value) >= 1000 else value


def qualifier_before(text: str, start: int, first: int) -> tuple[int, str]:
    """The qualifier in front of ``first`` and where it begins; ``first`` and "" if there is none."""
    match = _BEFORE.search(text, max(start, first - _BEFORE_REACH), first)
    return (match.start(), match.group().strip()) if match else (first, "")


def _read(text: str, match: "re.Match[str]", start: int, end: int) -> Number | None:
    value = _value(match)
    tail = _TAIL.match(text, match.end(), end)
    if value is None or tail is None:
        return None
    value = plain_value(value * _scale(tail))
    first = match.start()
    lead = text[first - 1 : first] if first > start else ""
    if lead == "第":
        return _rank(text, tail, value, start, first - 1)
    if not _counts(text, match, tail, start, end):
        return None
    if lead == "前" and tail["unit"] in _RANK_UNITS:
        return Number(first - 1, tail.end("unit"), "rank", value, tail["unit"], "前")
    return _amount(text, match, tail, value, start, end)


def _amount(text: str, match: "re.Match[str]", tail: "re.Match[str]", value: Decimal, start: int, end: int) -> Number:
    unit, first = tail["unit"] or "", match.start()
    loose = tail["loose"] or tail["loose2"] or tail["loose3"] or tail["behind"] or ""
    stop = tail.end()
    if not unit and not tail["scale"]:
        ranged = _range_unit(text, match, end)
        unit, scale = ranged or ("", 1)
        value, loose, stop = value * scale, "", match.end()
    currency = _CURRENCY.search(text, max(start, first - _BEFORE_REACH), first)
    if currency:
        first = currency.start()
        unit = unit or ("美元" if "$" in currency.group() else "元")
    first, qualifier = qualifier_before(text, start, first)
    if (
        text[first - 1 : first] in ("-", "−")
        and first > start
        and not _JOINED.match(text, max(0, first - 2), first - 1)
    ):
        first, value = first - 1, -value
    return Number(first, stop, kind_of(unit), value, unit, qualifier or loose)


def _value(match: "re.Match[str]") -> Decimal | None:
    if match.end() - match.start() > LONGEST:
        return None
    if match["han"]:
        return han_value(match["han"])
    digits = match["digits"].replace(",", "").replace(" ", "")
    whole = digits.partition(".")[0]
    if len(digits) > LONGEST_DIGITS or (len(whole) > 1 and whole.startswith("0")):
        return None
    return Decimal(digits)


def _scale(tail: "re.Match[str]") -> int:
    scale = 1
    for char in tail["scale"] or "":
        scale *= SCALES.get(char) or PLACES[char]
    return scale


def _counts(text: str, match: "re.Match[str]", tail: "re.Match[str]", start: int, end: int) -> bool:
    """Whether it is an amount and no name, idiom or identifier."""
    if match["han"]:
        return _han_counts(text, match, tail, start, end)
    first = match.start()
    if len(match["digits"]) in _TELEPHONE_DIGITS and _TELEPHONE.search(text, max(start, first - 2), first):
        return False
    if tail["unit"] == "日":
        begins = first == start or bool(_CLAUSE_END.match(text, first - 1, first))
        return not begins and bool(_LENGTH_BEHIND.match(text, tail.end(), end))
    if tail["unit"] or tail["scale"] or _range_unit(text, match, end):
        return True
    if not _CLAUSE_END.match(text, match.end(), end) or _ENUMERATED.match(text, match.end(), end):
        return False
    if _MOBILE.fullmatch(match["digits"]):
        return False
    words = text[max(start, first - _LOOK_BACK) : first].rstrip("-−")
    return bool(_AMOUNT_BEFORE.search(words)) and not _NO_AMOUNT_BEFORE.search(words)


def _han_counts(text: str, match: "re.Match[str]", tail: "re.Match[str]", start: int, end: int) -> bool:
    numeral, unit, first = match["han"], tail["unit"], match.start()
    if not unit or numeral == "二" or numeral[0] in "零〇" or numeral + unit in _WORDS:
        return False
    if first > start and text[first - 1] in _VAGUE_BEFORE:
        return False
    if unit in "门台家" and _PLACE_BEHIND.match(text, tail.end(), end):
        return False
    if numeral == "一" and not tail["loose"]:
        return bool(_CLAUSE_END.match(text, tail.end(), end) or qualifier_before(text, start, first)[1])
    return numeral[0] not in "百千万亿" or bool(tail["loose"] or tail["loose2"])


def _range_unit(text: str, match: "re.Match[str]", end: int) -> tuple[str, int] | None:
    """Unit and scale that the first number of a range (3至5个, 2—3万元) takes from the second; None for no range."""
    between = _RANGE.match(text, match.end(), end) if match["digits"] else None
    second = _CORE.match(text, between.end(), end) if between else None
    tail = _TAIL.match(text, second.end(), end) if second else None
    return (tail["unit"], _scale(tail)) if tail and tail["unit"] else None


def _rank(text: str, tail: "re.Match[str]", value: Decimal, start: int, first: int) -> Number | None:
    """第4名; 第一, 第一位 behind a word of ranking; nothing else that is numbered (第三批, 第二十条)."""
    unit = tail["unit"] or ""
    if tail["scale"] or tail["loose"] or unit not in ("", *_RANK_UNITS):
        return None
    if unit != "名" and not _RANKING.search(text, max(start, first - _LOOK_BACK), first):
        return None
    return Number(first, tail.end("unit") if unit else tail.start(), "rank", value, unit, "")
