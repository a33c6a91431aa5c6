"""Working days: the weekends, the days off that are published every year, and the weekend days that are worked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk import Workdays, read_workdays, workdays_of
from assistant.errors import BadInput
from assistant.resources import corpus_folder

CALENDAR = workdays_of(corpus_folder() / "workdays.txt")
days = st.dates(date(2024, 6, 1), date(2027, 6, 1))


def test_the_national_day_of_2026_is_passed_over_and_the_made_up_saturday_counts() -> None:
    last_day = date(2026, 9, 30)
    assert CALENDAR.after(last_day, 1) == date(2026, 10, 8)
    assert CALENDAR.after(last_day, 3) == date(2026, 10, 10), "a Saturday that is worked"
    assert CALENDAR.after(last_day, 4) == date(2026, 10, 12)
    assert CALENDAR.after(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert not CALENDAR.is_workday(date(2026, 2, 23))
    assert {2025, 2026} <= CALENDAR.years


def test_of_a_year_that_is_not_entered_the_weekends_are_known() -> None:
    assert Workdays().after(date(2031, 1, 3), 1) == date(2031, 1, 6)
    assert 2031 not in CALENDAR.years


@given(day=days, count=st.integers(1, 20))
def test_what_came_before_the_first_day_in_time_is_overdue_and_nothing_else(day: date, count: int) -> None:
    first = CALENDAR.in_time_from(day, count)
    assert CALENDAR.after(first, count) >= day
    assert CALENDAR.after(first - timedelta(days=1), count) < day


@given(day=days, count=st.integers(1, 20))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    last = CALENDAR.after(day, count)
    between = [day + timedelta(days=past) for past in range(1, (last - day).days + 1)]
    assert sum(map(CALENDAR.is_workday, between)) == count
    assert CALENDAR.is_workday(last)


@given(first=days, last=days)
def test_working_days_are_counted_as_one_by_one(first: date, last: date) -> None:
    between = [first + timedelta(days=past) for past in range(1, (last - first).days + 1)]
    assert CALENDAR.between(first, last) == sum(map(CALENDAR.is_workday, between))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("放 2026-10-01", "第 2 行看不懂"),
        ("休 2026-13-01", "第 2 行的日期不对"),
        ("休 2026-10-07 2026-10-01", "第 2 行的起止日期不对"),
        ("休 2026-01-01 2027-01-01", "第 2 行的起止日期不对"),
        ("休 2026-10-10\n班 2026-10-10", "既写了休又写了班"),
    ],
)
def test_a_line_that_does_not_do_is_named(line: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read_workdays(f"# 2026 年\n{line}\n", "workdays.txt")
