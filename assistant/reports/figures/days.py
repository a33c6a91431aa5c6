"""Dates and periods in a text: 2012年11月, 2015年1月1日起至2015年12月31日止, 3月至5月, 第一季度, 2015年."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

_HAN = "零〇○一二三四五六七八九十"
_HAN_YEAR_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_HAN_DAYS = {
    **{char: value for value, char in enumerate("一二三四五六七八九", 1)},
    **{f"十{char}": 10 + value for value, char in enumerate("一二三四五六七八九", 1)},
    **{f"二十{char}": 20 + value for value, char in enumerate("一二三四五六七八九", 1)},
    **{"十": 10, "二十": 20, "三十": 30, "三十一": 31},
}
_PARTS = {"上半年": (1, 6), "下半年": (7, 12)}
_QUARTERS = {char: place % 4 + 1 for place, char in enumerate("一二三四1234")}
_YEAR = r"(?:19|20)\d{2}|[一二][零〇○一二三四五六七八九]{3}"
_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY = r"3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_POINT = re.compile(
    rf"(?<![\d.{_HAN}])(?:"
    rf"(?:(?P<year>{_YEAR})\s?年度?\s?)?(?:(?P<month>{_MONTH})\s?月份?(?:\s?(?P<day>{_DAY})\s?[日号])?"
    r"|(?P<part>上半年|下半年|第?[一二三四1-4]季度))"
    rf"|(?P<only>{_YEAR})\s?年度?"
    r"|(?<![/-])(?P<signs>(?:19|20)\d{2}(?P<mark>[-./])(?:1[0-2]|0?[1-9])(?P=mark)(?:3[01]|[12]\d|0?[1-9]))(?![\d./-])"
    rf"|(?<=[日至到、,，])(?P<later>{_DAY})\s?日(?![内前后]|以内|之内))"
)
_TO = r"\s?[,，]?\s?(?:至|到|—{1,2}|--?|–|~|～)\s?"
_BETWEEN = re.compile(rf"\s?起?{_TO}")
# The shorter beginning of a range: 1 in 1-6月, 2017 in 2017—2019年, with what stands before the longer end.
_SHORT = re.compile(rf"(?<![\d.{_HAN}第])(?P<number>{_YEAR}|{_MONTH})\s?年?{_TO}$")
_SHORT_REACH = 12  # characters that the shorter beginning has at most
_CLOSE = re.compile(r"\s?止")
_OPEN = re.compile(r"\s?起")


@dataclass(frozen=True)
class Days:
    """A date or a period found in a text.

    Attributes:
        start: offset of its first character.
        end: offset after its last one.
        kind: ``date`` for one day or one month, ``period`` for a range, a quarter, half a year or a year.
        first: its first day; None when the year is not known or there is no such day.
        last: its last day, likewise.
        year: the year of its first day as it says itself; None when it says none.
        whole_year: whether it is one year and nothing else (2015年).
    """

    start: int
    end: int
    kind: str
    first: date | None
    last: date | None
    year: int | None
    whole_year: bool = False


@dataclass(frozen=True)
class _Point:
    """A point or part of a year: from the month ``low`` to the month ``high``; ``day`` 0 means whole months."""

    start: int
    end: int
    year: int | None
    low: int
    high: int
    day: int = 0


def find_days(text: str, start: int, end: int, year: int | None) -> Iterator[Days]:
    """The dates and periods of ``text[start:end]`` in order; those that say no year are of ``year``."""
    waiting: _Point | None = None
    for match in _POINT.finditer(text, start, end):
        point = _read(match, waiting)
        if point is None:
            continue
        point = _with_short_beginning(text, point, waiting.end if waiting else start)
        if waiting is None:
            waiting = point
        elif waiting.end == point.start and waiting.low == 1 and waiting.high == 12:
            waiting = replace(point, start=waiting.start, year=waiting.year)  # 2015年 before 1-6月
        elif _BETWEEN.fullmatch(text, waiting.end, point.start):
            yield _period(text, waiting, point, year)
            waiting = None
        else:
            yield _single(text, waiting, end, year)
            waiting = point
    if waiting:
        yield _single(text, waiting, end, year)


def _read(match: "re.Match[str]", before: _Point | None) -> _Point | None:
    start, end = match.span()
    if match["signs"]:
        parts = [int(number) for number in match["signs"].split(match["mark"])]
        return _Point(start, end, parts[0], parts[1], parts[1], parts[2])
    if match["only"]:
        return _Point(start, end, _year(match["only"]), 1, 12)
    if match["later"]:  # 12月1日至5日, 12月1日、15日
        return _Point(start, end, before.year, before.low, before.low, _number(match["later"])) if before else None
    year = _year(match["year"]) if match["year"] else None
    if match["part"]:
        low, high = _part(match["part"])
        return _Point(start, end, year, low, high)
    month = _number(match["month"])
    return _Point(start, end, year, month, month, _number(match["day"]) if match["day"] else 0)


def _part(words: str) -> tuple[int, int]:
    if words in _PARTS:
        return _PARTS[words]
    quarter = _QUARTERS[words[-3]]
    return quarter * 3 - 2, quarter * 3


def _year(digits: str) -> int:
    return int(digits.translate(_HAN_YEAR_DIGITS))


def _number(digits: str) -> int:
    return int(digits) if digits.isdecimal() else _HAN_DAYS[digits]


def _with_short_beginning(text: str, point: _Point, begin: int) -> _Point:
    """``point`` from the shorter beginning of its range on, as in 1-6月; as it is when there is none."""
    short = _SHORT.search(text, max(begin, point.start - _SHORT_REACH), point.start)
    if short is None or point.day:
        return point
    whole_year = (point.low, point.high) == (1, 12)
    number = _year(short["number"]) if len(short["number"]) == 4 else _number(short["number"])
    if whole_year and point.year and 1900 < number < point.year:
        return replace(point, start=short.start(), year=number, high=12 * (point.year - number + 1))
    if point.year is None and number < point.low == point.high:
        return replace(point, start=short.start(), low=number)
    return point


def _single(text: str, point: _Point, end: int, year: int | None) -> Days:
    opened = _OPEN.match(text, point.end, end)
    stop = opened.end() if opened else point.end
    said = point.year or year
    one_month = point.low == point.high
    whole_year = (point.low, point.high) == (1, 12)
    kind = "date" if one_month else "period"
    return Days(point.start, stop, kind, _first(point, said), _last(point, said), point.year, whole_year)


def _period(text: str, first: _Point, last: _Point, year: int | None) -> Days:
    closed = _CLOSE.match(text, last.end)
    begins = first.year or last.year or year
    ends = last.year or begins
    return Days(
        first.start,
        closed.end() if closed else last.end,
        "period",
        _first(first, begins),
        _last(last, ends),
        first.year or last.year,
    )


def _first(point: _Point, year: int | None) -> date | None:
    return _date(year, point.low, point.day or 1)


def _last(point: _Point, year: int | None) -> date | None:
    if year is None:
        return None
    year, month = year + (point.high - 1) // 12, (point.high - 1) % 12 + 1
    return _date(year, month, point.day or calendar.monthrange(year, month)[1])


def _date(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:  # 2月30日
        return None
