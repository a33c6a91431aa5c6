"""A store that gives the reports of ``report_samples`` whole, tables and figures included."""

from dataclasses import replace
from typing import Any

from assistant.reports.model import Report
from assistant.services import Services
from assistant.store import StoredReport


class _Whole:
    """The store, with what it does not keep yet added to one report."""

    def __init__(self, store: Any, report: Report) -> None:
        self._store, self._report = store, report

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def report(self, report_id: str) -> StoredReport | None:
        found: StoredReport | None = self._store.report(report_id)
        if found is None or report_id != self._report.id:
            return found
        kept = self._report
        return replace(
            found,
            tables=kept.tables,
            figures=kept.figures,
            imbalances=kept.imbalances,
            period=kept.period,
            contact=kept.contact,
        )


def with_report(services: Services, report: Report) -> Services:
    """``services`` with ``report`` in their store."""
    services.store.save(report)
    return replace(services, store=_Whole(services.store, report))
