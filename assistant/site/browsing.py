"""What the home page offers for looking around: the newest reports, and the reports of a body or a year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.language import fold_text
from assistant.site.grid import Grid, grid
from assistant.store import ReportSummary

NEWEST_SHOWN = 6
_BODY_CHARACTERS = 60  # of a body's name that is looked for; the longest names of bodies have some 40
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)


@dataclass(frozen=True)
class Browsing:
    """The reports as the home page shows them.

    Attributes:
        body: the part of a body's name that is looked for; empty for all bodies.
        year: the year that is looked for; None for all.
        years: every year that there are reports of, newest first.
        newest: the reports published last.
        grid: the table of those looked for.
        all: how many reports there are.
    """

    body: str
    year: int | None
    years: tuple[int, ...]
    newest: tuple[ReportSummary, ...]
    grid: Grid
    all: int

    @property
    def narrowed(self) -> bool:
        """Whether a body or a year is looked for."""
        return bool(self.body) or self.year is not None


def browse(reports: Sequence[ReportSummary], body: str, year: str, page: str) -> Browsing:
    """What the address asks for; a year or page that is none asks for nothing.

    Args:
        reports: all of them.
        body: what is looked for in bodies' names.
        year: four digits.
        page: of the table, from 1.
    """
    body = body.strip()[:_BODY_CHARACTERS]
    wanted, folded = int(year) if _YEAR.fullmatch(year) else None, fold_text(body)
    found = [
        item for item in reports if wanted in (None, item.year) and (not folded or folded in fold_text(item.publisher))
    ]
    newest = sorted(reports, key=lambda item: (item.published or date.min, item.ingested_at), reverse=True)
    years = sorted({item.year for item in reports if item.year is not None}, reverse=True)
    return Browsing(body, wanted, tuple(years), tuple(newest[:NEWEST_SHOWN]), grid(found, page), len(reports))
