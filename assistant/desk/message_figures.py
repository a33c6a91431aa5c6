"""How messages were answered, for the statistics: 受理多少条，回复多少条，多少是当日或次一工作日就答复的."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from assistant.desk.workdays import Workdays
from assistant.store import MessageTimes, Store


@dataclass(frozen=True)
class MessageFigures:
    """Figures of the messages that came in a period.

    Attributes:
        received: how many came (受理).
        replied: how many of them were replied to by now (回复).
        closed: how many were closed without a reply.
        at_once: how many were replied to on the day they came or the next working day.
        in_time: how many were replied to within the working days of the setting.
        median_hours: half of the replies took no longer than this; None without replies.
    """

    received: int
    replied: int
    closed: int
    at_once: int
    in_time: int
    median_hours: float | None


def message_figures(
    store: Store, calendar: Workdays, workdays: int, first: date, last: date, department: str = ""
) -> MessageFigures:
    """The figures of the messages that came from ``first`` to ``last``, both days included (of one department).

    Messages that were deleted when their days were over still count; those that staff deleted do not.
    """
    start, end = (datetime(day.year, day.month, day.day).astimezone() for day in (first, last + timedelta(days=1)))
    return figures_of(store.messages.times(start, end, department), calendar, workdays)


def figures_of(times: Iterable[MessageTimes], calendar: Workdays, workdays: int) -> MessageFigures:
    """The figures of these messages."""
    all_of_them = list(times)
    done = [
        (each.created.astimezone().date(), each.replied.astimezone().date(), each.replied - each.created)
        for each in all_of_them
        if each.replied is not None
    ]
    return MessageFigures(
        received=len(all_of_them),
        replied=len(done),
        closed=sum(each.replied is None and each.closed is not None for each in all_of_them),
        at_once=sum(replied <= calendar.after(came, 1) for came, replied, _ in done),
        in_time=sum(replied <= calendar.after(came, workdays) for came, replied, _ in done),
        median_hours=round(median(took.total_seconds() for *_, took in done) / 3600, 1) if done else None,
    )
