"""Years said by their distance: 去年, 前年, 最近一次 against the newest report, 上一年 against the year named before.

A report tells of the year before it came out. So the year of a body's newest report is what citizens call 去年 when
they ask of it, whatever the calendar says: the answer then comes from what there is, and says of which year it is.
"""

import re
from collections.abc import Iterable

from assistant.answers.library import Shelf
from assistant.answers.scope import find_years

# Most questions hold none of these.
_PERHAPS = re.compile(r"[去前今上头]一?个?年|[最上]近?新?一[次期份年回]")
# A year compared with is not the year asked about: 比去年多了多少 asks for a change, which the report itself tells.
_NOT_COMPARED = r"(?<![比较跟和与同])"
_WHOLE = r"(?!级|龄|纪|份额|轻|货|夜|[初中末底]?结转|同期|以来)"
_THE_ISSUE = r"(?:[次期份回]|年度?)(?!比)的?"
_ANY = (
    rf"(?P<before_last>大前年度?{_WHOLE})|"
    rf"(?<![大年月日号天周\d以之])(?P<last_but_one>前年度?{_WHOLE})|"
    rf"(?<!过)(?P<last>去年度?{_WHOLE})|"
    rf"(?<!如)(?P<this>今年度?{_WHOLE})|"
    rf"(?<!以)(?P<previous>(?:上一?个?|前一个?|头一?个?)年度?{_WHOLE})|"
    rf"(?P<newest>(?:最近|最新)的?(?:这|那)?一{_THE_ISSUE}(?=年报|报告|.)|上一[次期份](?=年报|报告|年度报告))"
)
_RELATIVE = re.compile(_ANY)
_ASKED_ABOUT = re.compile(rf"{_NOT_COMPARED}(?:{_ANY})")
# How far back from the newest report's year.
_BACK = {"before_last": 2, "last_but_one": 1, "last": 0, "this": -1, "newest": 0}
_PREVIOUS = re.compile("[上前头]一?个?年")
# Who asks of which year it is must not be told it in the question.
_ASKS_YEAR = re.compile(r"哪一?个?年|什么时候|何时|几几年")


def with_years(folded: str, shelf: Shelf) -> str:
    """The folded question with relative years said in full; unchanged where there are none.

    上一年 beside a year that the question names stays: the report of the year named tells both.
    """
    if not _PERHAPS.search(folded) or _ASKS_YEAR.search(folded):
        return folded
    publishers, _ = shelf.bodies.find(folded)
    newest = newest_year(shelf, publishers)
    if newest is None:
        return folded
    named = find_years(folded)
    if named and _PREVIOUS.search(folded):
        return folded
    return resolved_years(folded, newest, max(named, default=None))


def resolved_years(folded: str, newest: int, named: int | None) -> str:
    """The same with the years known that it counts from: the newest report's, and the one named before, if any."""

    def full(match: re.Match[str]) -> str:
        kind = match.lastgroup or ""
        if kind == "previous":
            year = newest if named is None else named - 1
        elif kind == "this" and named is not None:
            year = named
        else:
            year = newest - _BACK[kind]
        return f"{year}年"

    # 去年比前年 compares two years, and both are meant; 比去年 alone only asks for a change.
    compares_both = len(_RELATIVE.findall(folded)) > 1
    return (_RELATIVE if compares_both else _ASKED_ABOUT).sub(full, folded)


def newest_year(shelf: Shelf, publishers: Iterable[str]) -> int | None:
    """The newest year that these bodies have a report of; of all bodies where none is given or none is known."""
    reports = [report for body in publishers for report in shelf.reports_of.get(body, ())]
    years = [report.year for report in reports if report.year is not None]
    return max(years, default=None) if years else max(shelf.years, default=None)
