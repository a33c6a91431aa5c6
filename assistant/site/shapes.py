"""Reports and utterances as JSON."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from assistant.reports.shapes import contact_shape, figure_shape, table_shape
from assistant.site.links import figure_anchor, figure_link
from assistant.speech import Utterance
from assistant.store import ReportSummary, StoredReport


def summary_shape(report: ReportSummary) -> dict[str, Any]:
    """One line of the list of reports."""
    return {**_source_shape(report), "passages": report.passage_count}


def report_shape(report: StoredReport) -> dict[str, Any]:
    """One report: metadata, outline, text, tables and figures; offsets are characters of ``text``."""
    return {
        **_source_shape(report.summary),
        "summary": report.summary.summary,
        "sections": [
            {
                "heading": section.heading,
                "level": section.level,
                "anchor": section.anchor,
                "start": section.start,
                "end": section.end,
            }
            for section in report.sections
        ],
        "text": report.text,
        "period": [day.isoformat() for day in report.period] if report.period else None,
        "contact": contact_shape(report.contact),
        "tables": [table_shape(table) for table in report.tables],
        "figures": [
            {
                **figure_shape(figure),
                "anchor": figure_anchor(index),
                "link": figure_link(report.summary.id, index, figure),
            }
            for index, figure in enumerate(report.figures)
        ],
    }


def utterances_shape(utterances: Iterable[Utterance]) -> list[dict[str, Any]]:
    """What a player plays in order, with the places in the text it was made from."""
    return [asdict(item) for item in utterances]


def _source_shape(report: ReportSummary) -> dict[str, Any]:
    return {
        "id": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "index_number": report.index_number,
        "published": report.published.isoformat() if report.published else None,
        "year": report.year,
        "url": report.url,
    }
