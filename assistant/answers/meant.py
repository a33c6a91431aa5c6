"""Which report a question about reports means."""

from collections.abc import Collection

from assistant.answers.library import Shelf
from assistant.store import ReportSummary


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
