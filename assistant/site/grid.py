"""The reports as a table: a row for each body, a column for each year."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.store import ReportSummary

# Bodies on one page: some hundred links stay quick to draw and to read through.
BODIES_PER_PAGE = 40


@dataclass(frozen=True)
class Row:
    """One body's reports; ``cells`` follow ``Grid.years``, the last one holds reports without a year."""

    publisher: str
    cells: tuple[tuple[ReportSummary, ...], ...]


@dataclass(frozen=True)
class Grid:
    """One page of the table.

    Attributes:
        years: newest first; None is the column of reports without a year, there only when needed.
        rows: bodies in the order of their names.
        reports: how many reports there are in all.
        page: number of this page, from 1.
        pages: how many pages there are, at least 1.
    """

    years: tuple[int | None, ...]
    rows: tuple[Row, ...]
    reports: int
    page: int
    pages: int


def grid(reports: Iterable[ReportSummary], page: str) -> Grid:
    """The page of the table that ``page`` names; the nearest one there is, where it names none."""
    bodies: dict[str, dict[int | None, list[ReportSummary]]] = {}
    count = 0
    for item in reports:
        bodies.setdefault(item.publisher, {}).setdefault(item.year, []).append(item)
        count += 1
    pages = max(1, -(-len(bodies) // BODIES_PER_PAGE))
    number = min(max(1, int(page)), pages) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    shown = sorted(bodies)[(number - 1) * BODIES_PER_PAGE : number * BODIES_PER_PAGE]
    years = sorted({year for name in shown for year in bodies[name]}, key=lambda year: -(year or 0))
    rows = tuple(Row(name, tuple(tuple(bodies[name].get(year, ())) for year in years)) for name in shown)
    return Grid(tuple(years), rows, count, number, pages)
