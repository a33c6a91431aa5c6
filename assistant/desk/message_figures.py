"""How messages were answered, for the statistics: 受理多少条，回复多少条，多少是当日或次一工作日就答复的."""

from dataclasses import dataclass
from datetime import date

from assistant.desk.workdays import Workdays
from assistant.store import Store


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
    days = store.message_counts.by_day(first, last, department)
    done, median_seconds = store.message_counts.replies(first, last, department)
    came = {each.came for each in done}
    next_day = {day: calendar.after(day, 1) for day in came}
    due = {day: calendar.after(day, workdays) for day in came}
    return MessageFigures(
        received=sum(each.received for each in days),
        replied=sum(each.amount for each in done),
        closed=sum(each.closed for each in days),
        at_once=sum(each.amount for each in done if each.replied <= next_day[each.came]),
        in_time=sum(each.amount for each in done if each.replied <= due[each.came]),
        median_hours=None if median_seconds is None else round(median_seconds / 3600, 1),
    )
