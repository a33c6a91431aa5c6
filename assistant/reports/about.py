"""What a report says about itself in its title and text: the year it covers, the body that made it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})(?=\s*年)")
_SPAN_OF_YEARS = re.compile(r"\d{4}\s*年?\s*[-—–~至到]\s*\d{4}|学年")
_DAY = r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_PERIOD = re.compile(
    rf"{_DAY}起?\s*[,，]?\s*(?:至|到|截至|截止|—+|-|–|~)\s*(?:((?:19|20)\d{{2}})\s*年)?\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*日"
)
# A sentence says what its period is about within so many characters; a text without a full stop is not read again and
# again from its beginning.
_LOOK_BACK = 200
_ABOUT_STATISTICS = re.compile(r"统计|所列数据|数据期限|数据的?起止|报告期")
_BODY_END = (
    "局|委员会|委|厅|部|办公室|政府|法院|检察院|中心|大学|学院|学校|中学|小学"
    "|幼儿园|医院|公司|集团|街道办事处|办事处|处|站|所|院|协会"
)
BODY_NAME = rf"[\u4e00-\u9fff]{{1,28}}?(?:{_BODY_END})"
_BODY_THEN_YEAR = re.compile(rf"^(?:关于)?({BODY_NAME})(?:关于)?(?=(?:19|20)\d{{2}}\s*年)")
_YEAR_THEN_BODY = re.compile(
    rf"^(?:19|20)\d{{2}}\s*年度?\s*({BODY_NAME})(?=政府信息公开|(?<!政府)信息公开|年度|工作报告)"
)


@dataclass(frozen=True)
class Metadata:
    """What is known about a report beside its text; what the page does not say stays empty, never guessed.

    Attributes are those of the same names in ``Report``.
    """

    title: str
    publisher: str = ""
    index_number: str = ""
    published: date | None = None
    year: int | None = None
    summary: str = ""
    url: str = ""


def year_of(title: str, text: str) -> int | None:
    """The year a report is about: from its title, else from the statistical period it states; None if neither says.

    A title with two years, or with a school year, says none.
    """
    folded = unicodedata.normalize("NFKC", title)
    if not _SPAN_OF_YEARS.search(folded):
        years = {int(found.translate(_CHINESE_DIGITS)) for found in _YEAR.findall(folded)}
        if len(years) == 1:
            return years.pop()
    period = period_of(text)
    return period[0].year if period and period[0].year == period[1].year else None


def period_of(text: str) -> tuple[date, date] | None:
    """The first and last day of the statistical period that a report states; None if it states none or several."""
    stated: set[tuple[date, date]] = set()
    folded = unicodedata.normalize("NFKC", text)
    for match in _PERIOD.finditer(folded):
        nearest = max(0, match.start() - _LOOK_BACK)
        start = max(nearest, *(folded.rfind(end, nearest, match.start()) + 1 for end in "。\n"))
        if not _ABOUT_STATISTICS.search(folded, start, match.end()):
            continue
        year, month, day, last_year, last_month, last_day = (int(part) if part else 0 for part in match.groups())
        try:
            first, last = date(year, month, day), date(last_year or year, last_month, last_day)
        except ValueError:
            continue
        if first < last:
            stated.add((first, last))
    return stated.pop() if len(stated) == 1 else None


def publisher_of(title: str) -> str:
    """The body named in a title such as 市公安局2015年政府信息公开工作年度报告; empty when the title is less plain."""
    folded = unicodedata.normalize("NFKC", title)
    match = _BODY_THEN_YEAR.match(folded) or _YEAR_THEN_BODY.match(folded)
    return match[1] if match else ""


def answering_body(source: str, title: str) -> str:
    """The body that answers for a report, from its 来源 and its title.

    来源 often names an office inside the body (…局办公室) or carries a note in brackets. Where the title names a body
    and 来源 begins with it, perhaps after a place, 来源 is cut after that body; else 来源 stands, or the title's body.
    """
    named = re.sub(r"\s*[(（][^()（）]*[)）]\s*$", "", source)
    titled = publisher_of(title)
    place = named.find(titled)
    if titled and place >= 0:
        return named[: place + len(titled)]
    return named or titled
