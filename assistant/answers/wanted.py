"""What kind of thing a question wants, and where a text holds things of that kind."""

import re
from dataclasses import dataclass

from assistant.answers.model import Span

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_HAN_NUMBER = r"[零〇一二两三四五六七八九十百千]+"
_MEASURES = (
    "万元|亿元|千元|元|人次|场次|件次|条|件|次|份|个|项|名|人|张|块|台|部|场|期|篇|家|户|起|宗|例|字|类|处|万|亿|种|批|位|"
    "座|只|棵|栋|幢|亩|公顷|头|匹|架|艘|盏|间|床|根|片|箱|袋|桶|支|枚|课时|小时|分钟|分|天|日|月|年|%|‰|个百分点|倍|"
    "平方米|公里|米|吨|辆|所|门|套|幅|册|本|版|轮|届|级|岁|周"
)
# An amount: 2600条, 1.5万余张, 两千余人次, 第4名, 34%; or a table's cell, which has a number alone: 自然人 503，.
_AMOUNT = re.compile(
    rf"(?:第|约|近|超过|逾|达)?(?:{_DIGITS}|{_HAN_NUMBER})(?:[万亿千百])?[余多]?(?:[万亿])?(?:{_MEASURES})(?:次)?"
    rf"|(?<= ){_DIGITS}(?=[,，;；。)）]|$)"
)
# Measures that answer for each other: 几次 is answered by 4场, 多少人 by 12名. 个 is said for all that can be counted.
_MONEY_MEASURES = frozenset({"元", "千元", "万元", "亿元"})
_SAME_MEASURES = (
    _MONEY_MEASURES,
    frozenset({"人", "名", "位", "人次"}),
    frozenset({"次", "场", "场次", "期", "届", "轮"}),
    frozenset({"条", "篇", "件", "份", "项"}),
    frozenset({"天", "日"}),
    frozenset({"%", "‰", "个百分点"}),
)
_NOT_COUNTED = _MONEY_MEASURES | {"%", "‰", "个百分点", "倍", "天", "日", "月", "年", "分钟", "小时"}
_DATE = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}年|\d{4}-\d{1,2}-\d{1,2}")
_CALENDAR = re.compile(r"(?:\d{4}|\d{1,2})[年月日]$")
_NONE_IN_WORDS = re.compile(r"未(?:收到|收取|发生|接到|受理|产生|因|被|有|出现)|没有|无(?=[^\s论障]{1,6})|均为零|为零")
_PHONE = re.compile(r"(?<!\d)(?:0\d{2,3}[-—－ ]?\d{7,8}|1[3-9]\d{9}|400[-—－]?\d{3}[-—－]?\d{4}|12\d{3}|1[12]\d)(?!\d)")
_POSTCODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ADDRESS = re.compile(r"(?<=地址)[:：为是]?\s*([^,，;；。()（）]{4,40})")
_URL = re.compile(r"https?://[\w./?=&%#-]+|www\.[\w./-]+")
_REASON = re.compile(r"原因|由于|因为|因|受.{1,20}影响|主要是|系")
_ENUMERATED = re.compile(
    r"(?:^|[：:，,；;。\n])\s*(?:[一二三四五六七八九十]是|\(?[1-9]\d?[).、．]|第[一二三四五六]|[①-⑩]|首先|其次)"
)

# What is asked → what it is called here. The first pattern that fits decides, so the more particular stand first.
_ASKED = (
    ("postcode", re.compile(r"邮编|邮政编码")),
    ("email", re.compile(r"邮箱|电子邮件|e-?mail", re.IGNORECASE)),
    ("fax", re.compile(r"传真")),
    ("phone", re.compile(r"电话|联系方式|怎么联系|如何联系|热线|号码")),
    ("address", re.compile(r"地址|在哪(?:儿|里)?(?:办公|$)|什么地方|怎么走|哪条路")),
    ("url", re.compile(r"网址|网站(?:地址)?是(?:多少|什么)")),
    (
        "reason",
        re.compile(
            r"为什么|为何|为啥|原因|缘故|怎么回事|咋回事|因为?(?:啥|什么)|怎么.{0,6}(?:多了|少了|了那么多|了那么少)"
        ),
    ),
    ("date", re.compile(r"什么时候|何时|啥时候|哪一?[天年月日]|几月|几[号日点]|日期")),
    ("amount", re.compile(r"多少|几(?![乎内])|第几|多大比例|占比|比例是|数量|总数|总量|多久|多长时间")),
    (
        "list",
        re.compile(
            r"哪些|哪几|有什么(?:问题|措施|做法|不足)|(?:问题|措施|做法|不足|困难)(?:是|有)什么|什么(?:问题|不足)"
        ),
    ),
    ("yes or no", re.compile(r"[吗没][?]?$|有没有|没有[?]?$|是否|是不是|有无")),
)
# Phrases that say what kind of thing is wanted, not what about; the kind stands in ``Wanted``.
_ASKING = re.compile(
    rf"(?:一共|总共|共|都)?(?:花了?|用了?|收了?|投了?|有)?(?:多少|几|第几|好多)(?:钱|{_MEASURES}|号)?(?:几[号日])?|"
    r"(?:是|在|于)?(?:什么时候|何时|啥时候|哪一?[天年月日])|几月|几[号日点]|"
    r"(?:是)?(?:为什么|为何|为啥|因为?啥|因为?什么|什么原因|啥原因|啥缘故|什么缘故|怎么回事|咋回事)|"
    r"(?:存在|有|是)?(?:着)?(?:哪些|哪几[个项条]?|什么样的|哪方面|哪一?[个位家条项])|(?:叫|是)(?:什么|啥)(?:名字)?|"
    r"(?:在|到|去)?(?:哪里|哪儿|什么地方|啥地方)"
)
_ASKED_MEASURE = re.compile(rf"(?:多少|几)({_MEASURES})")
_MONEY = re.compile(r"多少(?:钱|经费|资金|费用)|(?:经费|资金|费用|收费|投入)(?:是|有)?多少")


@dataclass(frozen=True)
class Wanted:
    """What a question wants.

    Attributes:
        kind: amount, phone, fax, postcode, email, address, url, date, reason, list, yes or no, or passage when nothing
            particular.
        measures: for an amount, the measure words that answer (条, 次, …); empty when the question leaves them open.
    """

    kind: str
    measures: frozenset[str]


def find_wanted(folded: str) -> Wanted:
    """What a folded question wants."""
    kind = next((name for name, pattern in _ASKED if pattern.search(folded)), "passage")
    if kind == "phone" and re.search(r"多少(?:部|个|条)", folded):
        kind = "amount"  # how many telephones, not which
    measures = set(_ASKED_MEASURE.findall(folded))
    for group in _SAME_MEASURES:
        if measures & group:
            measures |= group
    if _MONEY.search(folded):
        measures |= _MONEY_MEASURES
    return Wanted(kind, frozenset(measures))


def fits_measure(wanted: Wanted, said: str) -> bool:
    """Whether an amount as said answers with a measure asked for; one without a measure (a cell, 未收到) does."""
    measure = re.search(rf"(?:{_MEASURES})$", said)
    if not wanted.measures or measure is None:
        return True
    return measure.group() in wanted.measures or ("个" in wanted.measures and measure.group() not in _NOT_COUNTED)


def find_spans(wanted: Wanted, folded: str) -> list[Span]:
    """Where the folded text holds things of the wanted kind, in order."""
    if wanted.kind in ("amount", "yes or no"):
        return _amounts(wanted, folded)  # 未收取 and 2件 both decide whether there was any
    if wanted.kind == "address":
        return [match.span(1) for match in _ADDRESS.finditer(folded)]
    pattern = _PATTERNS.get(wanted.kind)
    return [match.span() for match in pattern.finditer(folded)] if pattern else []


def without_asking(folded: str) -> str:
    """The folded question less the phrases that say what kind of thing is wanted."""
    return _ASKING.sub(" ", folded)


def is_enumerated(folded: str) -> bool:
    """Whether the text is an item of an enumeration: 一是…, 1.…, 首先…."""
    return _ENUMERATED.search(folded) is not None


def _amounts(wanted: Wanted, folded: str) -> list[Span]:
    """Amounts; dates are none unless years, months or days are asked for; nothing in words is one too."""
    spans = []
    for match in _AMOUNT.finditer(folded):
        calendar = _CALENDAR.search(match.group())
        if not calendar or wanted.measures & {"年", "月", "日", "天"}:
            spans.append(match.span())
    if not spans:
        spans = [match.span() for match in _NONE_IN_WORDS.finditer(folded)]
    return spans


_PATTERNS = {
    "phone": _PHONE,
    "fax": _PHONE,
    "postcode": _POSTCODE,
    "email": _EMAIL,
    "url": _URL,
    "date": _DATE,
    "reason": _REASON,
}
