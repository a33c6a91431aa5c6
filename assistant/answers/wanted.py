"""What kind of thing a question wants: decided by what it asks with, then by what it names."""

import re
from dataclasses import dataclass

from assistant.language.measures import LENGTHS, MEASURES, MONEY, SHARES

# Kinds that ask how to reach a body.
CONTACTS = frozenset({"phone", "postcode", "email", "fax", "address", "url"})
_WHEN = r"什么时候|何时|啥时候|哪一?[天年月日]|几月|几[号日点]|日期"
_WHO = r"谁|哪位|何人|什么人|(?:长|主任|领导|负责人|责任人|代表)(?:叫|是)(?:什么|啥)"
_WHY = r"为什么|为何|为啥|原因|缘故|因为?(?:啥|什么)|(?:怎么|咋).{0,8}(?:多了|少了|了[那这]么[多少])"
_WHICH = r"哪些|哪几|有什么(?:问题|措施|做法|不足)|(?:问题|措施|做法|不足|困难)(?:是|有)什么|什么(?:问题|不足)"
# The first that fits decides. What is asked with (多少条, 什么时候, 哪些) says more than what is named (电话, 热线):
# who asks how many calls a hotline took does not want its number.
_ASKED = (
    (
        "amount",
        re.compile(
            rf"(?:多少|(?<!哪)几|第几)(?:{MEASURES}|钱)|(?:率|比例|占比|百分比)(?:只?是|为|只?有|仅为?|达到?)?多少|百分之(?:几|多少)|多久|多长时间"
        ),
    ),
    ("date", re.compile(_WHEN)),
    ("who", re.compile(_WHO)),
    ("list", re.compile(_WHICH)),
    ("reason", re.compile(_WHY)),
    ("postcode", re.compile(r"邮编|邮政编码")),
    ("email", re.compile(r"邮箱|电子邮件|e-?mail", re.IGNORECASE)),
    ("fax", re.compile(r"传真")),
    ("phone", re.compile(r"电话|联系方式|怎么联系|如何联系|热线|号码")),
    ("address", re.compile(r"地址|在哪(?:儿|里)?(?:办公|$)|什么地方|怎么走|哪条路")),
    ("url", re.compile(r"网址|网站(?:地址)?是(?:多少|什么)")),
    ("amount", re.compile(r"多少|几(?![乎内])|第几|多大比例|占比|比例是|数量|总数|总量")),
    ("yes or no", re.compile(r"[吗没][?]?$|有没有|没有[?]?$|是否|是不是|有无")),
)
# 几号, 几点, 几日 ask for a date, and are no measures.
_DATE_LIKE = re.compile(r"几[号日点]|几月")
# Phrases that say what kind of thing is wanted, not what about.
_ASKING = re.compile(
    rf"(?:一共|总共|共|都)?(?:花了?|用了?|收了?|投了?|有)?(?:多少|几|第几|好多)(?:钱|{MEASURES}|号)?(?:几[号日])?|"
    r"(?:是|在|于)?(?:什么时候|何时|啥时候|哪一?[天年月日])|几月|几[号日点]|"
    r"(?:从|自)?哪一?[天年月日](?:起|开始)|(?:是)?指的?(?:是)?(?:什么|啥)|(?:是)?(?:什么|啥)意思|(?:怎么|咋|如何)说的?|"
    r"(?:是)?(?:为什么|为何|为啥|因为?啥|因为?什么|什么原因|啥原因|啥缘故|什么缘故|怎么回事|咋回事)|"
    r"(?:存在|有|是)?(?:着)?(?:哪些|哪几[个项条]?|什么样的|哪方面|哪一?[个位家条项])|(?:叫|是)(?:什么|啥)(?:名字)?|"
    r"(?:在|到|去)?(?:哪里|哪儿|什么地方|啥地方)"
)
# How something is done, where, or whether one has to: asked by who wants to do it, not of what somebody did.
_HOW = re.compile(
    r"(?<!是)(?:怎么|咋个?|如何|怎样)(?!样|回事|了|就|还|会|那么|这么|[多少说讲的])|(?:去|到|上|在|往)哪(?!些|个|家|[一二三几年天月])|"
    r"哪[里儿]|找谁|要不要|用不用|需不需要|(?:要|需要|带|准备|交)(?:些|点)?(?:什么|啥|哪些)|"
    r"(?:(?<![重主必])要|能|可以|用)[^,，]{0,12}(?:吗|(?<!什)么|不)[?]?$"
)
_HOW_LONG = re.compile(r"多久|多长时间")
_ASKED_MEASURE = re.compile(rf"(?:多少|几)({MEASURES})")
_MONEY = re.compile(
    r"多少(?:钱|经费|资金|费用|奖金|补贴)|(?:经费|资金|费用|收费|投入|钱|款项|金额|奖金|支出)(?:一共|总共|共|都)?(?:是|有)?多少"
)
_SHARE = re.compile(r"(?:率|比例|占比|百分比)(?:只?是|为|只?有|仅为?|达到?)?多少|百分之(?:几|多少)|多大比例")
# 降到百分之几 asks what it came to, 降了百分之几 by how much.
_CHANGE = re.compile(
    r"(?:增[加长多]?|减[少低]?|升[高]?|降[低]?|涨|提高)(?!了?[到至为]|[加长多少低高])|多了|少了|变化|相比|比上|同比"
)


@dataclass(frozen=True)
class Wanted:
    """What a question wants.

    Attributes:
        kind: amount, date, who, list, reason, postcode, email, fax, phone, address, url, yes or no, or passage when
            nothing particular.
        measures: for an amount, the measure words asked for (条, 次, …); empty when the question leaves them open.
        change: whether it asks how much more or less there was.
    """

    kind: str
    measures: frozenset[str]
    change: bool


def find_wanted(folded: str) -> Wanted:
    """What a folded question wants."""
    kind = next((name for name, pattern in _ASKED if pattern.search(folded)), "passage")
    if kind == "amount" and _DATE_LIKE.search(folded) and not re.search("多少", folded):
        kind = "date"
    if kind not in ("amount", "yes or no"):
        return Wanted(kind, frozenset(), change=False)
    measures = set(_ASKED_MEASURE.findall(folded))
    if _MONEY.search(folded):
        measures |= MONEY
    if _SHARE.search(folded):
        measures |= SHARES
    if not measures and _HOW_LONG.search(folded):
        measures |= LENGTHS
    return Wanted(kind, frozenset(measures), _CHANGE.search(folded) is not None)


def asks_how(folded: str) -> bool:
    """Whether a folded question asks how, where or with what something is done."""
    return _HOW.search(folded) is not None


def asking(folded: str) -> list[tuple[int, int]]:
    """Spans of the phrases that say what kind of thing a folded question wants."""
    return [match.span() for match in _ASKING.finditer(folded)]


def without_asking(folded: str) -> str:
    """The folded question less the phrases that say what kind of thing is wanted."""
    return _ASKING.sub(" ", folded)
