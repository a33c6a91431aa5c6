"""The periods that staff count by, and their names in the tables: the last days, a month, a quarter, a year.

``d30`` is the thirty days that end today, ``2026-11`` a month, ``2026Q4`` a quarter, ``2026`` a year.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# The lengths of the periods that end today, in days.
ROLLING = (7, 30, 90)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4})Q([1-4])")
_YEAR = re.compile(r"(\d{4})")


@dataclass(frozen=True)
class Period:
    """A stretch of whole days.

    Attributes:
        name: its name in the tables.
        first: its first day.
        last: its last day.
        words: what staff call it.
    """

    name: str
    first: date
    last: date
    words: str


def periods_of(day: date) -> tuple[str, ...]:
    """The names of the periods that today, ``day``, is counted in."""
    return (*(f"d{days}" for days in ROLLING), month_of(day), quarter_of(day), f"{day.year:04d}")


def month_of(day: date) -> str:
    """The name of its month."""
    return f"{day.year:04d}-{day.month:02d}"


def quarter_of(day: date) -> str:
    """The name of its quarter."""
    return f"{day.year:04d}Q{(day.month + 2) // 3}"


def read_period(name: str, today: date) -> Period | None:
    """The period of that name; None for no name of a period."""
    for days in ROLLING:
        if name == f"d{days}":
            return Period(name, today - timedelta(days=days - 1), today, f"近{days}天")
    if match := _MONTH.fullmatch(name):
        year, month = int(match[1]), int(match[2])
        return _months(name, year, month, 1, f"{year}年{month}月")
    if match := _QUARTER.fullmatch(name):
        year, quarter = int(match[1]), int(match[2])
        return _months(name, year, 3 * quarter - 2, 3, f"{year}年第{'一二三四'[quarter - 1]}季度")
    if match := _YEAR.fullmatch(name):
        return _months(name, int(match[1]), 1, 12, f"{int(match[1])}年")
    return None


def before(period: Period, today: date) -> Period | None:
    """The period of the same kind before it."""
    if period.name.startswith("d"):
        length = period.last - period.first + timedelta(days=1)
        return Period("", period.first - length, period.last - length, f"此前{length.days}天")
    eve = period.first - timedelta(days=1)
    return read_period(_same_kind(period.name, eve), today)


def midnight(day: date) -> datetime:
    """The moment at which a day begins at the server's place."""
    return datetime(day.year, day.month, day.day).astimezone()


def _same_kind(name: str, day: date) -> str:
    if "Q" in name:
        return quarter_of(day)
    return month_of(day) if "-" in name else f"{day.year:04d}"


def _months(name: str, year: int, month: int, many: int, words: str) -> Period | None:
    if not 2000 <= year <= 2200:
        return None
    first = date(year, month, 1)
    after = date(year + (month + many - 1) // 12, (month + many - 1) % 12 + 1, 1)
    return Period(name, first, after - timedelta(days=1), words)
