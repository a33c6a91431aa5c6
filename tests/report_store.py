"""A store that gives the reports of ``report_samples`` whole, tables and figures included."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assistant.reports.model import Report
from assistant.services import Services
from assistant.store import StoredReport


def whole(read: Callable[..., StoredReport | None], kept: Report) -> Callable[..., StoredReport | None]:
    """``read``, a method that gives stored reports, with what the store does not keep yet added to ``kept``."""

    def report(*arguments: Any) -> StoredReport | None:
        found = read(*arguments)
        if found is None or found.summary.id != kept.id:
            return found
        return replace(
            found,
            period=kept.period,
            contact=kept.contact,
            tables=kept.tables,
            figures=kept.figures,
            imbalances=kept.imbalances,
        )

    return report


class _Whole:
    def __init__(self, store: Any, report: Report) -> None:
        self._store = store
        self.report = whole(store.report, report)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def with_report(services: Services, report: Report) -> Services:
    """``services`` with ``report`` in their store."""
    services.store.save(report)
    store: Any = _Whole(services.store, report)
    return replace(services, store=store)
