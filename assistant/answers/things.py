"""Finding in a text the things that questions want: amounts, dates, telephones, reasons, enumerations."""

import re

from assistant.answers.model import Span
from assistant.answers.wanted import Wanted
from assistant.language.measures import LENGTHS, MEASURES, answers_for

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:\.\d+)?"
_HAN_NUMBER = r"[零〇一二两三四五六七八九十百千]+"
# 1小时50分钟 is one length of time.
_LENGTH = rf"{_DIGITS}个?小时{_DIGITS}分(?:钟)?(?:{_DIGITS}秒)?|{_DIGITS}分(?:钟)?{_DIGITS}秒"
_LONGEST_LENGTH = 16
# An amount: 2600条, 1.5万余张, 两千余人次, 第4名, 34%; or a table's cell, which has a number alone: 自然人 503，.
_AMOUNT = re.compile(
    rf"{_LENGTH}|(?:第|约|近|超过|逾|达)?(?:{_DIGITS}|{_HAN_NUMBER})[万亿千百]?[余多]?[万亿]?(?:{MEASURES})次?"
    rf"|(?<= ){_DIGITS}(?=[,，;；。)）]|$)"
)
# 第二十条 is a place in a law.
_ARTICLE = re.compile(r"第.*[条款章]")
_DAY = r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}年|\d{4}-\d{1,2}-\d{1,2}"
_HAN_DAY = (
    r"(?:[二一][零〇一二三四五六七八九]{3}年)?(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
    r"|[二一][零〇一二三四五六七八九]{3}年"
)
_CALENDAR = re.compile(f"{_DAY}|{_HAN_DAY}")
_TIME = r"\d{1,2}[时点](?:\d{1,2}分)?"
_DATE = re.compile(rf"(?:{_DAY})(?:{_TIME})?|{_TIME}|\d{{1,2}}日|\d{{1,2}}:\d\d")
_NONE_IN_WORDS = re.compile(r"未(?:收到|收取|发生|接到|受理|产生|因|被|有|出现)|没有|无(?=[^\s论障]{1,6})|均为零|为零")
# Area code and number, mobile, 400, five-digit hotlines, 110 and the like; followed by a measure it is a count.
_PHONE = re.compile(
    r"(?<!\d)(?:\(?0\d{2,3}\)?[-—－ ]?\d{4}-?\d{3,4}|1[3-9]\d{9}|400[-—－]?\d{3}[-—－]?\d{4}|(?:12|9[56])\d{3}|1[12]\d)"
    rf"(?!\d|\s*(?:{MEASURES}))"
)
_POSTCODE = re.compile(rf"(?<!\d)\d{{6}}(?!\d|{MEASURES})")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_ADDRESS = re.compile(
    r"(?<=地址)[:：为是]?\s*([^,，;；。()（）]{4,40})|(?:位于|迁至|迁到|搬至|搬到)([^,，;；。()（）]{3,40})"
)
_URL = re.compile(r"https?://[\w./?=&%#-]+|www\.[\w./-]+", re.ASCII)
_WHO = re.compile(
    r"由[^,，;；。]{2,30}?(?:兼任|担任|任|负责|主持|承担|牵头)|[^,，;；。]{2,20}(?:任|担任|兼任|为|是)[^,，;；。]{0,12}"
    r"(?:组长|主任|主席|局长|负责人|责任人|发言人)"
)
_REASON = re.compile(r"原因|由于|因为|因(?![此而素]|(?:公开)?政府信息|信息公开)|缘于|源于|受[^,，。]{1,20}影响|主要是")
# What tells somebody what to do; a report that only counts or praises what was done holds none of it.
_HOW = re.compile(
    r"可(?:以|在|到|向|凭|持|通过|登录|拨打|直接|随时|就近)|(?:通过|(?<!收)到|向|凭|持)[^,，。;；]{1,30}(?:办理|申领|申请|领取|查阅|取阅|查询|"
    r"提出|提交|报名|咨询|登记|投诉|反映|预约|下载)|在[^,，。;；]{2,20}(?:办理|申领|领取|查阅|取阅|查询|下载)|携带|登录|拨打|致电|"
    r"扫[码描]|填[写报]|(?:地址|电话|网址)[:为是]?\s*[\w(]{0,12}\d|应当|必须|须|需要?(?:提供|携带|提交|先|到|带|向|持)|不得|无需|不用|之日起"
)
_RUMOUR = re.compile(r"流传|网传|谣传|误传|传言|传闻")
_SETTLED = re.compile(r"辟谣|谣言|不实|查明|查实|核实|属实|澄清|实[为是]|系[^统列]")
_ENUMERATED = re.compile(
    r"(?:^|[：:，,；;。\n])\s*(?:[一二三四五六七八九十]是|\(?[1-9]\d?[).、．]|第[一二三四五六]|[①-⑩]|首先|其次)"
)
_SERIES = re.compile(r"、|和|及|;")
_CELL_MEASURES = frozenset({"件", "个", "项", "人", "元", "万元", "部"})
_PATTERNS = {
    "phone": _PHONE,
    "fax": _PHONE,
    "postcode": _POSTCODE,
    "email": _EMAIL,
    "url": _URL,
    "date": _DATE,
    "who": _WHO,
    "reason": _REASON,
}
# A number that only compares (比上年增加212条), or that was before it changed (由226个减少到23个).
_COMPARED = re.compile(
    r"(?:比|较|同比|环比)[^,，;；。]{0,12}$|(?:增加|增长|增幅|减少|下降|降低|上升|提高|上涨)(?:了|率)?[^\d到至为,，;；。]{0,2}$"
)
_CHANGED_TO = re.compile(r"\s*[^\d,，;；。]{0,6}?(?:至|到|为|→)\s*\d")
_CHANGED_FROM = re.compile(r"[由从][^,，;；。]{0,12}$")
_YEAR_LABEL = re.compile(r"((?:19|20)\d{2})年\s*$")
_TOTAL_LABEL = re.compile(r"(?:总计|合计|总数)\s*$")


def find_things(wanted: Wanted, folded: str) -> list[Span]:
    """Where the folded text holds things of the wanted kind, in order; empty for a kind without a form."""
    if wanted.kind in ("amount", "yes or no"):
        return _amounts(folded)  # 未收取 and 2件 both decide whether there was any
    if wanted.kind == "address":
        return [match.span(match.lastindex or 0) for match in _ADDRESS.finditer(folded)]
    pattern = _PATTERNS.get(wanted.kind)
    return [match.span() for match in pattern.finditer(folded)] if pattern else []


def fits_measure(wanted: Wanted, said: str) -> bool:
    """Whether an amount as said answers with a measure asked for; nothing said in words (未收到) does."""
    if not wanted.measures:
        return True
    if re.fullmatch(_LENGTH, said):
        return bool(wanted.measures & LENGTHS)
    measure = re.search(rf"(?:{MEASURES})$", said)
    if measure is None:
        # A table's cell has no measure: the standard tables count 件, 个, 项, 人 and 元, never 条 or 次.
        return not said[-1].isdigit() or bool(wanted.measures & _CELL_MEASURES)
    return answers_for(measure.group(), wanted.measures)


def plainness(wanted: Wanted, folded: str, span: Span, years: frozenset[int]) -> tuple[bool, bool, bool, bool]:
    """What speaks for an amount besides the words that lead up to it, the weightiest first; True is better.

    That it stands under no other year than asked; that it is no mere comparison, unless that is asked; that it is not
    the value before a change; and that it is a table row's total.
    """
    before, after = folded[: span[0]], folded[span[1] :]
    labelled = _YEAR_LABEL.search(before)
    of_the_year = not (years and labelled) or int(labelled[1]) in years
    compared = not wanted.change and is_compared(before)
    earlier = _CHANGED_FROM.search(before) is not None and _CHANGED_TO.match(after) is not None
    return of_the_year, not compared, not earlier, _TOTAL_LABEL.search(before) is not None


def is_compared(before: str) -> bool:
    """Whether what stands before a number says that it only compares: 比上年增加 of 212条."""
    return _COMPARED.search(before) is not None


def is_enumerated(folded: str) -> bool:
    """Whether the text is an item of an enumeration: 一是…, 1.…, 首先…."""
    return _ENUMERATED.search(folded) is not None


def is_series(folded: str) -> bool:
    """Whether the text names several things: an item of an enumeration, or things strung together."""
    return is_enumerated(folded) or _SERIES.search(folded) is not None


def gives_reason(folded: str) -> bool:
    """Whether the text says why."""
    return _REASON.search(folded) is not None


def is_part_of_length(text: str, span: Span) -> bool:
    """Whether the number at a span of a text as printed is a part of a length of time: 50分钟 of 1小时50分钟."""
    begin = max(0, span[0] - _LONGEST_LENGTH)
    lengths = re.finditer(_LENGTH, text[begin : span[1] + _LONGEST_LENGTH])
    found = ((begin + match.start(), begin + match.end()) for match in lengths)
    return any(first <= span[0] and span[1] <= last and (first, last) != span for first, last in found)


def only_rumours(folded: str) -> bool:
    """Whether the text tells what is rumoured, and not whether it is so."""
    return _RUMOUR.search(folded) is not None and not settles(folded)


def settles(folded: str) -> bool:
    """Whether the text says what is true of a rumour."""
    return _SETTLED.search(folded) is not None


def tells_how(folded: str) -> bool:
    """Whether the text says how, where or with what something is to be done."""
    return _HOW.search(folded) is not None


def find_amounts(folded: str) -> list[Span]:
    """Numbers with what they count in, in digits or in Chinese numerals, no part of a date or of a law's numbering."""
    found = [match.span() for match in _AMOUNT.finditer(folded) if not _ARTICLE.fullmatch(match.group())]
    dates = [match.span() for match in _CALENDAR.finditer(folded)] if found else []
    return [span for span in found if not any(span[0] < end and start < span[1] for start, end in dates)]


def _amounts(folded: str) -> list[Span]:
    """Amounts; where there are none, nothing said in words."""
    return find_amounts(folded) or [match.span() for match in _NONE_IN_WORDS.finditer(folded)]
