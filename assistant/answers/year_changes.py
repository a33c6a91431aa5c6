"""What changed between two yearly reports of one body: pairs of figures that surely count the same thing.

A figure is paired only where one of these holds; anything else is left out, for a wrong pair is worse than none:

- both are what every report counts (``standard_figures``), from table or sentence;
- both are cells of part two with the same canonical name and the same printed names of row and column, for the forms of
  2019 and 2021 call different things alike;
- both stand in sentences that run alike from their beginning up to the number, with the same indicator, unit and
  subject, and no other figure of either report could be meant.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answers.changes import change
from assistant.answers.comparison_check import LARGE_MONEY, read_number
from assistant.answers.counting import is_change, is_former
from assistant.answers.figure_answers import printed_cell
from assistant.answers.model import Change, ComparedRow, Value
from assistant.answers.standard_figures import StandardFigures
from assistant.answers.standard_questions import Counted
from assistant.language import fold_text, sentences
from assistant.reports.model import Figure
from assistant.reports.standard_forms import DISPUTE_GROUPS, DISPUTE_RESULTS, REQUEST_ROWS
from assistant.store import StoredReport

# Pairs shown of one kind: a page of more is not read, and the reports themselves are a click away.
MOST_CHANGES = 120
# What stands before a number says too little to know it again when it has fewer characters than this.
_LEAST_LEAD = 4
_LONGEST_LEAD = 120  # characters of a sentence in which a figure is known again
_LONGEST_CONTEXT = 60  # characters of the sentence that are shown beside a pair

_COUNTED = (
    *(Counted("requests", row, "total") for row in REQUEST_ROWS),
    *(Counted("disputes", group, result) for group in DISPUTE_GROUPS for result in DISPUTE_RESULTS),
    Counted("fees"),
)
# What may be said or not, with nothing else meant by it: a sentence with it runs like one without.
_FILLERS = re.compile(r"截至年底|截至|本年度?|当年|全年|年内|年末|年底|一年来?|累计|共计?|[\W_]")
# A sentence that begins so goes on about what the one before it said.
_GOES_ON = re.compile(r"\W*(?:其中|其|该|这|此|上述|以上|分别|前者|后者)")
_NUMBER = "#"
_TOTAL = re.compile("[，,]?(?:总计|合计)$")


@dataclass(frozen=True)
class Place:
    """A figure of one report: its position among the report's figures, and as it is printed, with its unit."""

    index: int
    figure: Figure
    printed: str


@dataclass(frozen=True)
class YearChange:
    """One figure of both reports.

    Attributes:
        what: what every report counts, by its canonical name; empty for what only sentences tell.
        name: what is counted, as the newer report prints it.
        context: the newer report's sentence up to the number; empty for a cell.
        old: the figure of the earlier report.
        new: that of the later one.
        change: how much more the later one is; worked out, printed nowhere.
        about: whether a number is inexact, and so the difference.
    """

    what: str
    name: str
    context: str
    old: Place
    new: Place
    change: Change
    about: bool


def year_changes(old: StoredReport, new: StoredReport) -> tuple[YearChange, ...]:
    """The figures that both reports surely have, those of tables first, each kind in the order of the newer text.

    Args:
        old: the earlier report.
        new: the later one, of the same body.
    """
    if old.summary.year is None or new.summary.year is None:
        return ()
    before, after = _Side(old), _Side(new)
    standard = [*_standard(before, after), *_disclosures(before, after)]
    known = {(each.old.figure.value, each.new.figure.value) for each in standard if each.new.figure.value}
    told = (each for each in _told(before, after) if (each.old.figure.value, each.new.figure.value) not in known)
    ordered = sorted((*standard, *told), key=lambda each: (not each.what, each.new.figure.span))
    return tuple(ordered[:MOST_CHANGES])


class _Side:
    """One of the two reports, with what its figures are looked up by."""

    def __init__(self, report: StoredReport) -> None:
        self.report = report
        year = report.summary.year or 0
        self.years = frozenset({year})
        self.own = [
            Place(index, figure, figure.text if figure.table is None else printed_cell(figure))
            for index, figure in enumerate(report.figures)
            if figure.kind in ("count", "money", "percent") and figure.year == year and _reads_back(figure)
        ]
        self.place = {id(each.figure): each for each in self.own}
        self.standard = StandardFigures([each.figure for each in self.own], report.summary.publisher)

    def disclosures(self) -> dict[tuple[str, str], Place]:
        """The cells of part two by canonical name and printed names."""
        return {
            (each.figure.canonical, fold_text(each.figure.indicator)): each
            for each in self.own
            if each.figure.canonical.startswith("disclosure.")
        }

    def told(self) -> dict[tuple[str, ...], tuple[Place, str]]:
        """The figures of sentences by what they are known again by, with the sentence up to them.

        What two figures with different values share tells neither, and is left out.
        """
        found: dict[tuple[str, ...], list[tuple[Place, str]]] = defaultdict(list)
        spans = sentences(self.report.text)
        starts = [span[0] for span in spans]
        days = [figure.span for figure in self.report.figures]
        for each in self.own:
            figure = each.figure
            if figure.table is not None or is_change(figure) or is_former(self.report.text, figure.span):
                continue
            start = starts[max(0, bisect_right(starts, figure.span[0]) - 1)]
            lead = self.report.text[start : figure.span[0]]
            key = self._lead(start, figure, days) if len(lead) <= _LONGEST_LEAD else ""
            if key:
                about = (figure.kind, figure.unit, fold_text(figure.subject), fold_text(figure.indicator), key)
                found[about].append((each, lead.lstrip()))
        return {key: items[0] for key, items in found.items() if len({item[0].figure.value for item in items}) == 1}

    def _lead(self, start: int, figure: Figure, spans: Sequence[tuple[int, int]]) -> str:
        """The sentence up to the figure without its numbers and fillers; empty where it says too little."""
        text, position, parts = self.report.text, start, []
        for first, last in spans[bisect_right(spans, (start, -1)) :]:
            if first >= figure.span[0]:
                break
            parts.append(text[position:first])
            position = max(position, last)
        parts.append(text[position : figure.span[0]])
        if _GOES_ON.match(parts[0]) or (figure.kind == "percent" and len(parts) == 1):
            return ""  # a share is one of what its sentence counted before, or of something said elsewhere
        kept = [_FILLERS.sub("", fold_text(part)) for part in parts]
        return _NUMBER.join(kept) if len("".join(kept)) >= _LEAST_LEAD else ""


def _standard(before: _Side, after: _Side) -> Iterator[YearChange]:
    for counted in _COUNTED:
        old, new = before.standard.find(counted, before.years), after.standard.find(counted, after.years)
        if old and new and not old.parts and not new.parts:
            yield _change(counted.name, before.place[id(old.figure)], after.place[id(new.figure)])


def _disclosures(before: _Side, after: _Side) -> Iterator[YearChange]:
    old = before.disclosures()
    for key, new in after.disclosures().items():
        if key in old and not is_change(new.figure) and old[key].figure.unit == new.figure.unit:
            yield _change(key[0], old[key], new)


def _told(before: _Side, after: _Side) -> Iterator[YearChange]:
    old = before.told()
    for key, (new, lead) in after.told().items():
        if key in old:
            context = " ".join(lead.split())
            cut = "…" if len(context) > _LONGEST_CONTEXT else ""
            yield _change("", old[key][0], new, f"{cut}{context[-_LONGEST_CONTEXT:]}")


def _change(what: str, old: Place, new: Place, context: str = "") -> YearChange:
    worked_out = change([_row(old), _row(new)], 1, 0)
    name = _TOTAL.sub("", new.figure.indicator) or new.figure.indicator
    about = bool(old.figure.qualifier or new.figure.qualifier)
    return YearChange(what, name, context, old, new, worked_out, about)


def _row(place: Place) -> ComparedRow:
    figure = place.figure
    value = Value(figure.value or Decimal(0), figure.unit, figure.qualifier or None)
    return ComparedRow(figure.subject, figure.year or 0, place.printed, value, 0, None)


def _reads_back(figure: Figure) -> bool:
    """Whether the printed words, read anew, give the value that is kept."""
    number = read_number(figure.text)
    if number is None or figure.value is None:
        return False
    return figure.value in (number, *(number * size for size in LARGE_MONEY.values() if figure.kind == "money"))
