"""The system of record: reports, sections, passages, the FAQ, and what the index has yet to take in."""

from assistant.store.audit_table import BEGINNING, Verified
from assistant.store.desk_records import AuditEntry, StoredPerson, StoredSession, StoredToken
from assistant.store.errors import StoreError
from assistant.store.message_table import MessageFilter, Overdue
from assistant.store.records import (
    Counts,
    FaqChanges,
    FaqEntry,
    FeedbackCount,
    Filing,
    Indexable,
    QueueEntry,
    Remembered,
    ReportSummary,
    Saved,
    StoredFeedback,
    StoredMessage,
    StoredPassage,
    StoredReport,
)
from assistant.store.store import Store

__all__ = [
    "BEGINNING",
    "AuditEntry",
    "Counts",
    "FaqChanges",
    "FaqEntry",
    "FeedbackCount",
    "Filing",
    "Indexable",
    "MessageFilter",
    "Overdue",
    "QueueEntry",
    "Remembered",
    "ReportSummary",
    "Saved",
    "Store",
    "StoreError",
    "StoredFeedback",
    "StoredMessage",
    "StoredPassage",
    "StoredPerson",
    "StoredReport",
    "StoredSession",
    "StoredToken",
    "Verified",
]
