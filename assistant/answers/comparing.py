"""Questions that compare: of which years and bodies a number is asked, and what that number is.

哪一年收到的申请最多, 2022年比2021年少了多少, 公安局和教育局哪个收到的多: each asks the same number of several years or
bodies. Here the years and bodies are told, and the question that each of them is asked (收到的申请多少): what is left
when the words that compare are taken out.
"""

import re
from dataclasses import dataclass

from assistant.answers.comparing_words import without_comparing
from assistant.answers.library import Shelf
from assistant.answers.scope import Scope, without_scope
from assistant.answers.understanding import Question, understand
from assistant.language import Segmenter

# Years times bodies: a longer table nobody reads, and each row costs a look through a report's figures.
MOST_ROWS = 24

_HAN_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_LONG_YEAR = r"(?:19|20)\d{2}"
RANGE = re.compile(rf"(?<!\d)({_LONG_YEAR})年?度?\s?(?:一直)?(?:到|至|-|—|–|~)+\s?({_LONG_YEAR}|\d{{2}})(?!\d)年?度?")
SHORT_RANGE = re.compile(r"(?<!\d)([0-3]\d)年?度?\s?(?:一直)?(?:到|至|-|—|–|~)+\s?([0-3]\d)年")
OPEN_RANGE = re.compile(
    rf"(?<!\d)({_LONG_YEAR})年?度?(?:开始|以来|之后|以后|至今|到今年?|到现在|到目前|起)(?:到现在|至今|到今年)?"
)
LATEST = re.compile(
    r"(?:最近|近|这|过去|前)的?([两二三四五六七八九十]|\d{1,2})个?年度?(?!级|内|前|龄)(?:以?来|里|间|中)?"
)
ALL_YEARS = re.compile(
    r"(?:最?近|这)(?:几|些)年(?:以?来|里|间)?|近年来?|历年|逐年|年年|每一?年度?|各个?年度?|哪一?个?年(?:度|份)?|"
    r"一年比一年"
)
BEFORE = re.compile(r"(?:比起?|较|跟|和|与|同)着?(?:上一?个?|前一?|头一)年度?(?:的|同期)?(?:来|相)?(?:比较?)?|同比")
_BODY_CLASS = "局|委员会|委|厅|署|区|县|镇|乡|街道|部门|单位|机关|机构|家"
WHICH_BODY = re.compile(rf"(?:哪一?个?|各个?|每个?)(?:{_BODY_CLASS})(?!长)|([两三四五六七八九])家")
_CLASS_NAMED = re.compile("(?:局|委员会|委|厅|署|区|县|镇|乡|街道)$")
_JOINED = re.compile("[和与跟同、及比]|还有")

_MOST = re.compile(r"(?:最|更)(?:多|高|大)|[哪谁].*?(?<![最更])(?:多(?!少|长|久|大)|高|大)(?=[\W_]|的|$)")
_LEAST = re.compile(r"(?:最|更)(?:少|低|小)|[哪谁].*?(?<![多减最更])(?:少|低|小)(?=[\W_]|的|$)")
_STEADY = re.compile(r"一年比一年|逐年|年年|每年都")
_TOTAL = re.compile("一共|总共|合计|共计|加起来|累计|总和")
_YES_NO = re.compile(r"是不是|是否|有没有|[吗没](?:[\W_]|$)|没有(?:[\W_]|$)")
_RISES = re.compile(r"多了?(?!少)|增|涨|升|提高")
_FALLS = re.compile(r"(?<!多)少|减|降|跌")
# Two years or bodies in a question that asks no number are compared only where one of these stands as well.
_COMPARES = re.compile(
    r"比|变化|变动|怎么变|增|减|涨|跌|升|降|趋势|走势|相差|差多少|差别|差距|哪|谁|分别|各|多了|少了|[更最][多少高低大小]|"
    r"[多少高低](?:[\W_]|$)"
)
# These are asked of words, not of numbers; 哪年 asks when, 哪些变化 and 谁多 are told apart by what else stands there.
_NUMBERLESS = frozenset({"reason", "phone", "fax", "email", "postcode", "address", "url"})
_WORDS_WANTED = re.compile("什么|啥|怎么|怎样|如何|哪")
_STILL_NUMBERS = {
    "date": re.compile(r"[更最][多少高低大小]|哪一?年.{0,12}(?:多(?!少)|(?<!多)少|高|低)"),
    "list": re.compile("哪些变化|什么变化|各(?:有|是|收|为)|分别"),
    "who": re.compile(r"谁.*(?:多(?!少)|(?<!多)少|高|低)"),
}
# 微博发了多少: a verb of one character says little, and would be taken for a part of the word before it.
_DOING = re.compile(
    r"(?<![公召展接征回验吸承举转主督代印颁签核制下散分受采启应使开])[发开收办印做搞花用投建]了(?=多少|几)"
)
_HEADS = re.compile(r"的?(?<=[\u4e00-\u9fff]{2})人数(?=\W|多少|是|有|$)")
_AMOUNT_BEHIND = re.compile(r"(?<=多少人)[,是有]*多少$")
_AMOUNT = re.compile("多少|几(?![乎内])|占比|比例|率")


@dataclass(frozen=True)
class Comparing:
    """What is compared.

    Attributes:
        core: the question that each body is asked of each year; it names neither.
        bodies: whose numbers, in the order of their names.
        years: of which years, the earliest first; also such as there is no report of.
        total: whether the sum of the numbers is asked for.
        in_people: the same where it asks 就业人数 of what reports tell as 就业5.2万人; else None.
        aim: most, least, rising or falling (steadily, yes or no), grew or shrank (yes or no), or each.
    """

    core: Question
    in_people: Question | None
    bodies: tuple[str, ...]
    years: tuple[int, ...]
    aim: str
    total: bool

    @property
    def before(self) -> bool:
        """Whether one year of one body is compared with the one before it, of which its report may tell itself."""
        return len(self.bodies) == 1 and len(self.years) == 2 and self.years[0] + 1 == self.years[1]


def find_comparing(
    question: Question, shelf: Shelf, segmenter: Segmenter, of: tuple[str, ...] = ()
) -> Comparing | None:
    """What a question compares; None where it compares nothing that can be told.

    Args:
        question: the question.
        shelf: what is published.
        segmenter: cuts what is left of it into words.
        of: the bodies it is taken to mean, where it names none.
    """
    folded, scope = question.folded, question.scope
    before = BEFORE.search(folded) is not None
    across_years = len(scope.years) > 1 or before or _spans_years(folded)
    across_bodies = _names_bodies(question) or (not scope.publishers and WHICH_BODY.search(folded) is not None)
    if not (across_years or across_bodies) or not _wants_number(question):
        return None
    bodies = of or _bodies(question, shelf)
    years = _years(folded, scope, bodies, shelf, before) if bodies else ()
    if len(bodies) * len(years) < 2:
        return None
    core = _core(question, shelf, segmenter)
    people, count = _HEADS.subn(",多少人", core.folded, count=1)
    in_people = understand(_AMOUNT_BEHIND.sub("", people), shelf, segmenter) if count else None
    return Comparing(core, in_people, bodies, years, _aim(folded), _TOTAL.search(folded) is not None)


def compares_years_of_nobody(question: Question) -> bool:
    """Whether numbers of several years are asked for, and it is not said whose."""
    if question.scope.publishers or WHICH_BODY.search(question.folded):
        return False
    return (len(question.scope.years) > 1 or _spans_years(question.folded)) and _wants_number(question)


def _spans_years(folded: str) -> bool:
    return any(pattern.search(folded) for pattern in (ALL_YEARS, LATEST, OPEN_RANGE, RANGE, SHORT_RANGE))


def _names_bodies(question: Question) -> bool:
    """Whether several bodies are named, each by a word of its own; one word for several is only ambiguous."""
    scope = question.scope
    several = len(scope.publishers) > 1 and len(scope.aliases) >= len(scope.publishers)
    return several and (_JOINED.search(question.folded) is not None or _COMPARES.search(question.folded) is not None)


def _wants_number(question: Question) -> bool:
    kind = question.wanted.kind
    if kind in _NUMBERLESS:
        return False
    if kind in _STILL_NUMBERS:
        return _STILL_NUMBERS[kind].search(question.folded) is not None
    if kind == "amount" or _COMPARES.search(question.folded):
        return True
    # 近三年收到的申请 names a number, 近三年做了什么 does not.
    spans = len(question.scope.years) > 1 or _spans_years(question.folded)
    return kind == "passage" and spans and _WORDS_WANTED.search(question.folded) is None


def _bodies(question: Question, shelf: Shelf) -> tuple[str, ...]:
    """The bodies named, or all of the kind that is asked for, or the only one there is."""
    scope = question.scope
    if scope.publishers:
        one_word_each = len(scope.aliases) >= len(scope.publishers)
        return tuple(sorted(scope.publishers)) if one_word_each else ()
    which = WHICH_BODY.search(question.folded)
    if which is None:
        return tuple(shelf.publishers) if len(shelf.publishers) == 1 else ()
    kind = _CLASS_NAMED.search(which.group())
    named = sorted(each for each in shelf.publishers if kind is None or each.endswith(kind.group()))
    counted = _HAN_COUNT.get(which.group(1) or "", len(named))
    return tuple(named) if counted == len(named) else ()


def _years(folded: str, scope: Scope, bodies: tuple[str, ...], shelf: Shelf, before: bool) -> tuple[int, ...]:
    """The years asked about; where none is named, those of the bodies' reports that the question means."""
    there = sorted({report.year for body in bodies for report in shelf.reports_of.get(body, ()) if report.year})
    if not there:
        return ()
    named = set(scope.years)
    for first, last in RANGE.findall(folded):
        end = int(last if len(last) > 2 else first[:2] + last)
        named |= set(range(int(first), end + 1))
    for first, last in SHORT_RANGE.findall(folded):
        named |= set(range(2000 + int(first), 2000 + int(last) + 1))
    for first in OPEN_RANGE.findall(folded):
        named |= set(range(int(first), there[-1] + 1))
    if before and len(named) == 1:
        return (min(named) - 1, min(named))
    if named:
        return tuple(sorted(named))
    if latest := LATEST.search(folded):
        count = _HAN_COUNT.get(latest[1]) or int(latest[1])
        return tuple(range(there[-1] - count + 1, there[-1] + 1))
    if before:
        return (there[-1] - 1, there[-1])
    if ALL_YEARS.search(folded):
        return tuple(range(there[0], there[-1] + 1))
    # Several bodies and no year: the newest that each has reported on.
    common = [year for year in there if all(_has(shelf, body, year) for body in bodies)]
    return tuple(common[-1:])


def _has(shelf: Shelf, body: str, year: int) -> bool:
    return any(report.year == year for report in shelf.reports_of.get(body, ()))


def _aim(folded: str) -> str:
    if _STEADY.search(folded) and _YES_NO.search(folded):
        return "falling" if _FALLS.search(folded) else "rising"
    if _MOST.search(folded):
        return "most"
    if _LEAST.search(folded):
        return "least"
    if _YES_NO.search(folded) and _RISES.search(folded):
        return "grew"
    if _YES_NO.search(folded) and _FALLS.search(folded):
        return "shrank"
    return "each"


def _core(question: Question, shelf: Shelf, segmenter: Segmenter) -> Question:
    """The question that each body is asked of each year."""
    rest = question.folded
    for pattern in (RANGE, SHORT_RANGE, OPEN_RANGE):
        rest = pattern.sub(" ", rest)
    rest = without_comparing(without_scope(rest, question.scope))
    rest = _DOING.sub(",", rest)
    asked = rest if _AMOUNT.search(rest) else f"{rest}多少"
    return understand(asked, shelf, segmenter)
