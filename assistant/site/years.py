"""A body's reports year by year: the one before, the one after, and what changed since the one before."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answers.year_changes import Place, YearChange, year_changes
from assistant.site.links import figure_link
from assistant.store import ReportSummary, StoredReport

# What a report page shows of the changes before its text; the rest has a page of its own.
HEADLINES = 4
# Asked about most, so these come first among the headlines.
_FIRST = ("requests.new.total", "requests.results.total.total", "disputes.reconsideration.total")
_GROUPS = (
    ("requests", "收到和处理政府信息公开申请"),
    ("disputes", "行政复议、行政诉讼"),
    ("fees", "收费"),
    ("disclosure", "主动公开政府信息"),
    ("", "正文里的其他数字"),
)
# What the printed names of the forms' cells say for all of a group, or about how to count.
_SAID_BY_GROUP = re.compile(r"^(?:第二十条第（.）项|本年度办理结果(?!，[总合]计$))，|（[^（）]{8,}）")
# 服务增至 93 is named 服务.
_LEADS_TO_NUMBER = re.compile(r"(?<=..)(?:增加|增长|上升|减少|下降|压减)?(?:增至|减至|达到?|至|到|为)$")


@dataclass(frozen=True)
class Neighbours:
    """The reports of the same body on the nearest year before and after; None where there is none."""

    earlier: ReportSummary | None
    later: ReportSummary | None


@dataclass(frozen=True)
class ChangeRow:
    """One figure of both years, ready for the page.

    Attributes:
        name: what is counted.
        context: the sentence up to the number; empty for a cell.
        old: as the earlier report prints it.
        new: as the later one does.
        old_link: where it stands in the earlier report.
        new_link: where it stands in the later one.
        difference: with its sign and unit, worked out; empty where nothing changed.
        percent: the same in hundredths; empty where there is none.
    """

    name: str
    context: str
    old: str
    new: str
    old_link: str
    new_link: str
    difference: str
    percent: str


@dataclass(frozen=True)
class ChangeGroup:
    """The changes of one part of the reports, and what stayed as it was."""

    title: str
    changed: tuple[ChangeRow, ...]
    same: tuple[ChangeRow, ...]


@dataclass(frozen=True)
class Changes:
    """What changed from the earlier report to this one."""

    earlier: ReportSummary
    groups: tuple[ChangeGroup, ...]
    headlines: tuple[ChangeRow, ...]
    count: int


def neighbours(report: ReportSummary, of_body: Iterable[ReportSummary]) -> Neighbours:
    """The reports before and after ``report``; of several on one year the one published last.

    Args:
        report: the report.
        of_body: the reports of its publisher.
    """
    if report.year is None or not report.publisher:
        return Neighbours(None, None)
    dated = [(item.year, item.published or date.min, item.id, item) for item in of_body if item.year is not None]
    earlier = max((entry for entry in dated if entry[0] < report.year), key=lambda entry: entry[:3], default=None)
    later_years = {entry[0] for entry in dated if entry[0] > report.year}
    next_year = min(later_years, default=None)
    later = max((entry for entry in dated if entry[0] == next_year), key=lambda entry: entry[:3], default=None)
    return Neighbours(earlier[3] if earlier else None, later[3] if later else None)


def changes(earlier: StoredReport, report: StoredReport) -> Changes:
    """What changed from ``earlier`` to ``report``."""
    found = year_changes(earlier, report)
    rows = {id(each): _row(each, earlier.summary.id, report.summary.id) for each in found}
    groups = []
    for kind, title in _GROUPS:
        own = [each for each in found if each.what.partition(".")[0] == kind]
        changed = tuple(rows[id(each)] for each in own if each.change.number)
        same = tuple(rows[id(each)] for each in own if not each.change.number)
        if own:
            groups.append(ChangeGroup(title, changed, same))
    headlines = tuple(rows[id(each)] for each in _headlines(found))
    return Changes(earlier.summary, tuple(groups), headlines, len(found))


def _headlines(found: Sequence[YearChange]) -> list[YearChange]:
    changed = [each for each in found if each.change.number]
    first = sorted((each for each in changed if each.what in _FIRST), key=lambda each: _FIRST.index(each.what))
    told = [each for each in changed if not each.what]
    return [*first, *told, *(each for each in changed if each.what and each not in first)][:HEADLINES]


def _row(each: YearChange, old_id: str, new_id: str) -> ChangeRow:
    about = "约" if each.about else ""
    percent = each.change.percent
    return ChangeRow(
        name=_SAID_BY_GROUP.sub("", each.name) if each.what else _LEADS_TO_NUMBER.sub("", each.name),
        context=each.context,
        old=each.old.printed,
        new=each.new.printed,
        old_link=_link(old_id, each.old),
        new_link=_link(new_id, each.new),
        difference=f"{about}{_minus(each.change.text)}" if each.change.number else "",
        percent=f"{about}{_minus(f'{percent:+g}')}%" if percent else "",
    )


def _link(report_id: str, place: Place) -> str:
    return figure_link(report_id, place.index, place.figure)


def _minus(text: str) -> str:
    """A minus sign as wide as the plus, in place of the hyphen."""
    return text.replace("-", "−", 1)
