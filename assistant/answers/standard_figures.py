"""The figures of one report that every report has, by what they count: from its standard tables, else its sentences."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answers.standard_questions import Counted, counted_in
from assistant.language import fold_text
from assistant.reports.model import Figure
from assistant.reports.standard_forms import REQUEST_ROWS

# Rows of the tables that are sums the forms leave out, with their parts.
_GROUPS = ("results.not_disclosed", "results.not_available", "results.not_processed", "results.other")
# 行政机关胜诉9件 is said of the body itself.
_ANY_BODY = ("行政机关",)
_IN_FULL = "信息公开"
# The sentences tell of these only: documents and decisions are too often those of one kind or time.
_TOLD = frozenset({"requests", "disputes", "fees"})
_NOTHING = ("没", "未", "无", "零")


@dataclass(frozen=True)
class Told:
    """A figure found; ``parts`` where it is their sum and the report does not print it."""

    figure: Figure
    parts: tuple[Figure, ...] = ()


class StandardFigures:
    """Finds what every report counts.

    Args:
        figures: the report's numbers, in the order of the text.
        publisher: the body that answers for it; another body's number is not its own.
    """

    def __init__(self, figures: Sequence[Figure], publisher: str) -> None:
        self._cells = {each.canonical: each for each in figures if each.canonical}
        self._kinds = frozenset(name.split(".")[0] for name in self._cells)
        self._sentences = _told(figures, publisher)

    def has_table(self, kind: str) -> bool:
        """Whether the report has the standard table of this kind."""
        return kind in self._kinds

    def find(self, counted: Counted, years: frozenset[int]) -> Told | None:
        """The figure that counts this; None when the report does not say it, or says it in two ways."""
        if counted.kind in self._kinds:
            cell = self._cells.get(counted.name)
            found = Told(cell) if cell is not None else self._sum(counted)
            return found if found is not None and (not years or found.figure.year in years) else None
        told = [each for each in self._sentences.get(counted, ()) if not years or each.year in years]
        # 收到申请 may be a part's or a place's, where another sentence says 政府信息公开申请 in full.
        told = [each for each in told if _IN_FULL in each.indicator] or told
        return Told(told[0]) if len({(each.value, each.unit) for each in told}) == 1 else None

    def _sum(self, counted: Counted) -> Told | None:
        """The sum of a group of rows, or of both groups of lawsuits, where every part stands in the table."""
        if counted.kind == "disputes" and counted.row == "litigation":
            rows = ["litigation.direct", "litigation.after_reconsideration"]
        elif counted.kind == "requests" and counted.row in _GROUPS:
            rows = [row for row in REQUEST_ROWS if row.startswith(f"{counted.row}.")]
        else:
            return None
        parts = [self._cells.get(replace(counted, row=row).name) for row in rows]
        present = tuple(part for part in parts if part is not None)
        if not present or len(present) < len(parts):
            return None
        total = sum((part.value or Decimal(0) for part in present), Decimal(0))
        return Told(replace(present[0], value=total, text=str(total)), present)


def _told(figures: Sequence[Figure], publisher: str) -> dict[Counted, list[Figure]]:
    found: dict[Counted, list[Figure]] = defaultdict(list)
    group = ""
    for figure in figures:
        if (
            figure.table is not None
            or figure.subject not in (publisher, *_ANY_BODY)
            or figure.kind not in ("count", "money")
        ):
            continue
        if figure.value == 0 and not figure.text.startswith(_NOTHING) and not figure.text[:1].isdigit():
            continue
        for counted in counted_in(fold_text(figure.indicator), group):
            group = counted.row.split(".")[0] if counted.kind == "disputes" else ""
            if counted.kind in _TOLD and (figure.kind == "money" or figure.value == 0) >= (counted.kind == "fees"):
                found[counted].append(figure)
    return found
