"""The index over the store: one protocol, one embedded engine, and the ingest that keeps both agreeing."""

from assistant.search.protocol import IndexedPassage, IndexedReport, PassageHit, Query, ReportHit, SearchIndex

__all__ = ["IndexedPassage", "IndexedReport", "PassageHit", "Query", "ReportHit", "SearchIndex"]
