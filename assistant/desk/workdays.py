"""Working days: weekdays, without the days off and with the made-up working days that are published every year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assistant.errors import BadInput

# The longest holiday is nine days: a line of more is a slip of the pen.
_LONGEST_HOLIDAY = 31
# Lines of a calendar: ten a year; what is longer is some other file put in its place.
_LINES_MOST = 5_000
_LINE = re.compile(r"(休|班)\s+(\d{4}-\d{1,2}-\d{1,2})(?:\s+(\d{4}-\d{1,2}-\d{1,2}))?")


@dataclass(frozen=True)
class Workdays:
    """A calendar of working days.

    Attributes:
        off: days off beside the weekends.
        made_up: weekend days that are worked.
    """

    off: frozenset[date] = frozenset()
    made_up: frozenset[date] = frozenset()

    @property
    def years(self) -> frozenset[int]:
        """The years of which anything is said; of the others only the weekends are known."""
        return frozenset(day.year for day in self.off | self.made_up)

    def is_workday(self, day: date) -> bool:
        """Whether people work that day."""
        return day in self.made_up or (day.weekday() < 5 and day not in self.off)

    def after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``: what came on Friday and has one day is due on Monday."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days there are after ``first`` up to ``last``, counted without going through the days."""
        weeks, more = divmod(max(0, (last - first).days), 7)
        days = 5 * weeks + sum((first + timedelta(days=past)).weekday() < 5 for past in range(1, more + 1))
        off = sum(first < day <= last and day.weekday() < 5 and day not in self.made_up for day in self.off)
        return days - off + sum(first < day <= last and day.weekday() >= 5 for day in self.made_up)

    def in_time_from(self, day: date, count: int) -> date:
        """The first day of which ``count`` working days are not over before ``day``: what came earlier is overdue."""
        first = day
        while self.after(first - timedelta(days=1), count) >= day:
            first -= timedelta(days=1)
        return first


def read_workdays(text: str, name: str) -> Workdays:
    """The calendar in ``text``, a line each: ``休 2026-10-01 2026-10-07`` or ``班 2026-10-10``; ``#`` starts a comment.

    Args:
        text: the calendar.
        name: what to call it in a refusal.

    Raises:
        BadInput: a line that is not of the form; the message names it.
    """
    off: set[date] = set()
    made_up: set[date] = set()
    lines = text.splitlines()
    if len(lines) > _LINES_MOST:
        raise BadInput(f"{name} 超过 {_LINES_MOST} 行")
    for number, line in enumerate(lines, start=1):
        said = line.lstrip("\ufeff").partition("#")[0].strip()
        if said:
            days = tuple(_days(said, f"{name} 第 {number} 行"))
            (off if said[0] == "休" else made_up).update(days)
    both = off & made_up
    if both:
        raise BadInput(f"{name} 里 {min(both)} 既写了休又写了班")
    return Workdays(frozenset(off), frozenset(made_up))


def workdays_of(path: Path) -> Workdays:
    """The calendar in a file; without the file only the weekends count.

    Raises:
        BadInput: not UTF-8, or see ``read_workdays``.
    """
    if not path.is_file():
        return Workdays()
    try:
        return read_workdays(path.read_text(encoding="utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} 应为 UTF-8 编码的文本文件") from error


def _days(said: str, where: str) -> Iterator[date]:
    match = _LINE.fullmatch(said)
    if match is None:
        raise BadInput(f"{where}看不懂：{said[:40]}（应为：休 2026-10-01 2026-10-07，或：班 2026-10-10）")
    try:
        first, last = (date(*map(int, text.split("-"))) for text in (match[2], match[3] or match[2]))
    except ValueError as error:
        raise BadInput(f"{where}的日期不对：{said[:40]}") from error
    if not timedelta() <= last - first <= timedelta(days=_LONGEST_HOLIDAY):
        raise BadInput(f"{where}的起止日期不对：{said[:40]}（最多 {_LONGEST_HOLIDAY} 天）")
    for past in range((last - first).days + 1):
        yield first + timedelta(days=past)
