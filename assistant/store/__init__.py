"""The system of record: reports, sections, passages, the FAQ, and what the index has yet to take in."""

from assistant.store.errors import StoreError
from assistant.store.records import (
    Counts,
    FaqChanges,
    FaqEntry,
    QueueEntry,
    ReportSummary,
    Saved,
    StoredPassage,
    StoredReport,
)
from assistant.store.store import Store

__all__ = [
    "Counts",
    "FaqChanges",
    "FaqEntry",
    "QueueEntry",
    "ReportSummary",
    "Saved",
    "Store",
    "StoreError",
    "StoredPassage",
    "StoredReport",
]
