"""Which report a question about reports means."""

import re
from collections.abc import Collection

from assistant.answers.library import Shelf
from assistant.answers.understanding import Question
from assistant.store import ReportSummary

# A place's own totals are its government's.
_WHOLE_PLACE = re.compile(r"[全我][省市县区州旗盟]")
_GOVERNMENT = re.compile(r"政府(?:办公[厅室])?$")


def report_meant(years: Collection[int], publishers: Collection[str], shelf: Shelf) -> ReportSummary | None:
    """The newest report that can be meant; None where several bodies' reports fit, or none.

    Whoever names no year means the newest one: a telephone number of years ago may have changed since.
    """
    fits = [
        report
        for report in shelf.reports.values()
        if (not years or report.year in years) and (not publishers or report.publisher in publishers)
    ]
    if len({report.publisher for report in fits}) != 1:
        return None
    return max(fits, key=lambda report: (report.year or 0, report.id))


def only_body(question: Question, shelf: Shelf) -> Collection[str]:
    """The one body there is; of a whole city, county or province its government, where there is one only."""
    if len(shelf.publishers) == 1:
        return shelf.publishers
    governments = [body for body in shelf.publishers if _GOVERNMENT.search(body)]
    return governments if len(governments) == 1 and _WHOLE_PLACE.search(question.folded) else ()
