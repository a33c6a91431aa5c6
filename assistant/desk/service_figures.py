"""The figures of the service (统计): what was asked, answered, heard, judged and written, by day, month, quarter, year.

They come from the counts by day, so that they stay when the questions themselves are gone; messages from theirs.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from assistant.desk.periods import Period, month_of, quarter_of, read_period
from assistant.store import Store
from assistant.store.daily_table import local_day
from assistant.store.message_counts import MessageCount

STEPS = {"day": "按日", "month": "按月", "quarter": "按季度", "year": "按年"}
# How many of each a page shows: a chart of more cannot be read.
SHOWN = {"day": 31, "month": 12, "quarter": 8, "year": 5}
_ASKED = "asked."
_NOT_KINDS = frozenset(("asked.spoken", "asked.milliseconds"))
_SECONDS_A_DAY = 24 * 3600


@dataclass(frozen=True)
class Figures:
    """The figures of one stretch of days.

    Attributes:
        name: its name (2026-03-01, 2026-03, 2026Q1, 2026).
        words: what staff call it.
        first: its first day.
        last: its last day.
        kinds: answers by their kind.
        counts: everything else that is counted, by measure.
        received: messages that came.
        replied: those of them that were replied to.
        closed: those of them that were ended without a reply.
        reply_days: the mean time to the reply, in days; None where there was none.
    """

    name: str
    words: str
    first: date
    last: date
    kinds: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    received: int = 0
    replied: int = 0
    closed: int = 0
    reply_days: float | None = None

    @property
    def asked(self) -> int:
        """Questions; greetings are none."""
        return sum(self.kinds.values()) - self.kinds["smalltalk"]

    @property
    def answered(self) -> int:
        """Questions that were answered straight away."""
        return self.asked - self.kinds["none"]

    @property
    def answered_share(self) -> float | None:
        """The share answered straight away, 0 to 1; None where nothing was asked."""
        return self.answered / self.asked if self.asked else None

    @property
    def replied_share(self) -> float | None:
        """The share of the messages that was replied to, 0 to 1; None where none came."""
        return self.replied / self.received if self.received else None

    @property
    def mean_milliseconds(self) -> float | None:
        """What an answer took, in milliseconds; None where there was none."""
        many = sum(self.kinds.values())
        return self.counts["asked.milliseconds"] / many if many else None


@dataclass(frozen=True)
class Column:
    """A column of the table of figures.

    Attributes:
        words: its heading.
        value: what it holds; None for nothing.
        form: number, share or days.
    """

    words: str
    value: Callable[[Figures], float | None]
    form: str = "number"


COLUMNS = (
    Column("提问", lambda each: each.asked),
    Column("当场答复", lambda each: each.answered),
    Column("当场答复率", lambda each: each.answered_share, "share"),
    Column("常见问题答复", lambda each: each.kinds["faq"]),
    Column("说话提问", lambda each: each.counts["asked.spoken"]),
    Column("对话", lambda each: each.counts["conversations"]),
    Column("收听回答", lambda each: each.counts["heard.answer"]),
    Column("收听报告", lambda each: each.counts["heard.report"]),
    Column("下载报告录音", lambda each: each.counts["heard.download"]),
    Column("有用", lambda each: each.counts["thumbs.up"]),
    Column("没用", lambda each: each.counts["thumbs.down"]),
    Column("受理留言", lambda each: each.received),
    Column("回复留言", lambda each: each.replied),
    Column("留言回复率", lambda each: each.replied_share, "share"),
    Column("平均回复天数", lambda each: each.reply_days, "days"),
    Column("平均用时毫秒", lambda each: each.mean_milliseconds),
)


def shown(column: Column, figures: Figures) -> str:
    """A figure as staff read it."""
    value = column.value(figures)
    if value is None:
        return "—"
    if column.form == "share":
        return f"{value * 100:.1f}%"
    return f"{value:.1f}" if column.form == "days" else f"{value:.0f}"


class ServiceFigures:
    """Counts up what there was.

    Args:
        store: where it is kept.
        now: the clock.
    """

    def __init__(self, store: Store, now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)) -> None:
        self._store = store
        self._now = now

    def table(self, step: str, department: str = "", last: date | None = None) -> list[Figures]:
        """The figures step by step, the earliest first.

        Args:
            step: one of ``STEPS``, ``month`` for anything else.
            department: of one department; empty for all.
            last: the day that the last step holds; today where it is None or still to come.
        """
        today = local_day(self._now())
        kind = step if step in STEPS else "month"
        periods = _periods(kind, min(last or today, today), SHOWN[kind])
        return self._figures(periods, department)

    def of(self, period: Period, department: str = "") -> Figures:
        """The figures of one period."""
        return self._figures([period], department)[0]

    def by_department(self, period: Period) -> list[tuple[str, Figures]]:
        """The figures of a period by department, those asked most first; what names none is left out."""
        counts: dict[str, Figures] = {}
        for each in self._store.daily.sums(period.first, period.last):
            if each.department:
                held = counts.setdefault(each.department, _empty(period))
                _add(held, each.measure, each.amount)
        messages = {
            each.department: each
            for each in self._store.message_counts.by_department(period.first, period.last)
            if each.department
        }
        found = [
            (name, _with_messages(counts.get(name, _empty(period)), [messages[name]] if name in messages else []))
            for name in {*counts, *messages}
        ]
        return sorted(found, key=lambda item: (-item[1].asked, item[0]))

    def _figures(self, periods: list[Period], department: str) -> list[Figures]:
        first, last = periods[0].first, periods[-1].last
        found = [_empty(period) for period in periods]
        place = {day: at for at, period in enumerate(periods) for day in _days(period)}
        for each in self._store.daily.by_day(first, last, department or None):
            _add(found[place[each.day]], each.measure, each.amount)
        messages: dict[int, list[MessageCount]] = {}
        for count in self._store.message_counts.by_day(first, last, department):
            messages.setdefault(place[count.day], []).append(count)
        return [_with_messages(each, messages.get(at, ())) for at, each in enumerate(found)]


def _empty(period: Period) -> Figures:
    return Figures(period.name, period.words, period.first, period.last)


def _add(figures: Figures, measure: str, amount: int) -> None:
    if measure.startswith(_ASKED) and measure not in _NOT_KINDS:
        figures.kinds[measure.removeprefix(_ASKED)] += amount
    else:
        figures.counts[measure] += amount


def _with_messages(figures: Figures, counts: Sequence[MessageCount]) -> Figures:
    replied = sum(each.replied for each in counts)
    seconds = sum(each.reply_seconds for each in counts)
    return Figures(
        figures.name,
        figures.words,
        figures.first,
        figures.last,
        figures.kinds,
        figures.counts,
        received=sum(each.received for each in counts),
        replied=replied,
        closed=sum(each.closed for each in counts),
        reply_days=seconds / _SECONDS_A_DAY / replied if replied else None,
    )


def _days(period: Period) -> Iterable[date]:
    return (period.first + timedelta(days=at) for at in range((period.last - period.first).days + 1))


def _periods(step: str, last: date, many: int) -> list[Period]:
    """So many periods, the last of which holds the day ``last``."""
    found: list[Period] = []
    day = last
    while len(found) < many:
        period = _period(step, day)
        found.append(period)
        day = period.first - timedelta(days=1)
    return found[::-1]


def _period(step: str, day: date) -> Period:
    if step == "day":
        return Period(day.isoformat(), day, day, f"{day.month}月{day.day}日")
    name = {"month": month_of(day), "quarter": quarter_of(day)}.get(step, f"{day.year:04d}")
    period = read_period(name, day)
    if period is None:
        raise ValueError(f"no period {name}")
    return period
