"""Reports in and out of their tables; each function works inside a transaction that the caller began."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timezone
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from assistant.reports.model import Contact, Report, Section
from assistant.reports.report_words import ReportWords, heading_texts
from assistant.store import part_tables
from assistant.store.database import Database
from assistant.store.models import PassageRow, ReportRow, SectionRow
from assistant.store.records import Indexable, ReportSummary, Saved, StoredPassage, StoredReport

# Ids in one SELECT … IN: older SQLite takes 999 parameters in all. A question asks for some fifty passages, so that
# its SELECT is one.
_IDS_AT_ONCE = 500
# Texts in memory at a time.
_TEXTS_AT_ONCE = 32

_Id = TypeVar("_Id", int, str)

# The columns in the order of the records' fields.
_SUMMARY = select(
    ReportRow.id,
    ReportRow.identity,
    ReportRow.title,
    ReportRow.publisher,
    ReportRow.index_number,
    ReportRow.published,
    ReportRow.year,
    ReportRow.summary,
    ReportRow.url,
    ReportRow.content_hash,
    ReportRow.ingested_at,
    ReportRow.passage_count,
)
PASSAGE = select(
    PassageRow.id,
    PassageRow.report_id,
    PassageRow.text,
    PassageRow.start,
    PassageRow.end,
    PassageRow.section_path,
    PassageRow.anchor,
    PassageRow.ordinal,
    PassageRow.section,
    PassageRow.recognised,
)
# Built once: SQLAlchemy then finds their compiled form without looking at them again, half the cost of a small read.
_SUMMARIES_BY_ID = _SUMMARY.where(ReportRow.id.in_(bindparam("ids", expanding=True)))


def held(connection: Connection, report: Report) -> dict[str, str]:
    """Content hashes by report id of what ``report`` would replace: the same id, or the same identity."""
    query = select(ReportRow.id, ReportRow.content_hash).where(
        or_(ReportRow.id == report.id, ReportRow.identity == report.identity)
    )
    return {row.id: row.content_hash for row in connection.execute(query)}


def has_content(connection: Connection, report_id: str, content_hash: str) -> bool:
    """Whether the report is held with this content."""
    query = select(ReportRow.id).where(ReportRow.id == report_id, ReportRow.content_hash == content_hash)
    return connection.execute(query).first() is not None


def texts_with(database: Database, content_hashes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The content hashes and texts of the reports that have these; each few are a transaction of their own."""
    wanted = sorted(content_hashes)
    for start in range(0, len(wanted), _TEXTS_AT_ONCE):
        some = wanted[start : start + _TEXTS_AT_ONCE]
        query = select(ReportRow.content_hash, ReportRow.text).where(ReportRow.content_hash.in_(some))
        with database.read() as connection:
            rows = connection.execute(query).all()
        yield from ((content_hash, text) for content_hash, text in rows)


def put(connection: Connection, report: Report, words: ReportWords | None) -> tuple[Saved, list[str]]:
    """Saves ``report`` and its words, where they are known, in the place of what it replaces.

    Returns:
        what was done, and the ids of all reports that changed by it.
    """
    before = held(connection, report)
    if before == {report.id: report.content_hash}:
        return Saved.UNCHANGED, []
    others = [report_id for report_id in before if report_id != report.id]
    for report_id in others:
        drop(connection, report_id)
    values = _report_values(report)
    if report.id in before:
        # Updated in place: rows of other tables that belong to the report stay with it.
        connection.execute(delete(PassageRow).where(PassageRow.report_id == report.id))
        connection.execute(delete(SectionRow).where(SectionRow.report_id == report.id))
        part_tables.drop_parts(connection, report.id)
        connection.execute(update(ReportRow).where(ReportRow.id == report.id).values(values))
    else:
        connection.execute(insert(ReportRow).values(values))
    if report.sections:
        connection.execute(insert(SectionRow), _section_values(report))
    if report.passages:
        connection.execute(insert(PassageRow), _passage_values(report))
    part_tables.put_parts(connection, report, words)
    return (Saved.REPLACED if before else Saved.ADDED), [*others, report.id]


def drop(connection: Connection, report_id: str) -> bool:
    """Removes a report with all that belongs to it; whether there was one."""
    return connection.execute(delete(ReportRow).where(ReportRow.id == report_id)).rowcount > 0


def all_summaries(connection: Connection, publisher: str | None = None) -> list[ReportSummary]:
    """Every report (of one publisher), by publisher, the newest year first, those without a year last."""
    query = _SUMMARY.order_by(
        ReportRow.publisher,
        ReportRow.year.desc().nulls_last(),
        ReportRow.published.desc().nulls_last(),
        ReportRow.title,
        ReportRow.id,
    )
    if publisher is not None:
        query = query.where(ReportRow.publisher == publisher)
    return [ReportSummary(*tuple(row)) for row in connection.execute(query)]


def summaries(connection: Connection, ids: Iterable[str]) -> dict[str, ReportSummary]:
    """The reports with these ids; an id that is not held is left out."""
    found: dict[str, ReportSummary] = {}
    for some in _chunks(ids):
        for row in connection.execute(_SUMMARIES_BY_ID, {"ids": some}):
            found[row.id] = ReportSummary(*tuple(row))
    return found


def whole(connection: Connection, report_id: str) -> StoredReport | None:
    """A report with all that belongs to it."""
    query = _SUMMARY.add_columns(ReportRow.text, ReportRow.period_first, ReportRow.period_last, ReportRow.contact)
    row = connection.execute(query.where(ReportRow.id == report_id)).first()
    if row is None:
        return None
    *head, text, first, last, contact = row
    return StoredReport(
        ReportSummary(*head),
        text,
        _sections(connection, report_id),
        tuple(passages_of(connection, report_id)),
        None if first is None or last is None else (first, last),
        Contact(**(contact or {})),
        part_tables.tables(connection, report_id),
        part_tables.figures(connection, report_id),
        part_tables.imbalances(connection, report_id),
    )


def indexable(connection: Connection, report_id: str, version: str) -> Indexable | None:
    """What the index takes of a report, with the words of this version of the segmentation where they are kept."""
    row = connection.execute(_SUMMARY.where(ReportRow.id == report_id)).first()
    if row is None:
        return None
    return Indexable(
        ReportSummary(*tuple(row)),
        heading_texts(_sections(connection, report_id)),
        tuple(passages_of(connection, report_id)),
        part_tables.words_of(connection, report_id, version),
    )


def headings(connection: Connection, report_id: str) -> tuple[str, ...]:
    """The headings of a report in their order; empty when there is no such report."""
    outline = select(SectionRow.heading).where(SectionRow.report_id == report_id).order_by(SectionRow.ordinal)
    return tuple(connection.execute(outline).scalars())


def _sections(connection: Connection, report_id: str) -> tuple[Section, ...]:
    outline = select(
        SectionRow.heading, SectionRow.level, SectionRow.path, SectionRow.start, SectionRow.end, SectionRow.anchor
    )
    rows = connection.execute(outline.where(SectionRow.report_id == report_id).order_by(SectionRow.ordinal))
    return tuple(Section(h, level, tuple(path), start, end, anchor) for h, level, path, start, end, anchor in rows)


def passages_of(connection: Connection, report_id: str) -> list[StoredPassage]:
    """The passages of a report in the order of its text."""
    query = PASSAGE.where(PassageRow.report_id == report_id).order_by(PassageRow.ordinal)
    return [passage_of_row(row) for row in connection.execute(query)]


def passage_of_row(row: Sequence[Any]) -> StoredPassage:
    """A passage from a row of ``PASSAGE``.

    A row straight from SQLite's driver has the path still as JSON, and 0 or 1 for a truth value.
    """
    passage_id, report_id, text, start, end, path, anchor, ordinal, section, recognised = row
    if isinstance(path, str):
        path = json.loads(path)
    return StoredPassage(
        passage_id, report_id, text, start, end, tuple(path), anchor, ordinal, section, bool(recognised)
    )


def _chunks(ids: Iterable[_Id]) -> Iterator[Sequence[_Id]]:
    distinct = list(dict.fromkeys(ids))
    for start in range(0, len(distinct), _IDS_AT_ONCE):
        yield distinct[start : start + _IDS_AT_ONCE]


def _report_values(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "identity": report.identity,
        "title": report.title,
        "publisher": report.publisher,
        "index_number": report.index_number,
        "published": report.published,
        "year": report.year,
        "summary": report.summary,
        "url": report.url,
        "text": report.text,
        "content_hash": report.content_hash,
        "ingested_at": datetime.now(timezone.utc),
        "passage_count": len(report.passages),
        "period_first": report.period and report.period[0],
        "period_last": report.period and report.period[1],
        "contact": asdict(report.contact),
    }


def _section_values(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "report_id": report.id,
            "ordinal": ordinal,
            "heading": section.heading,
            "level": section.level,
            "path": list(section.path),
            "start_offset": section.start,
            "end_offset": section.end,
            "anchor": section.anchor,
        }
        for ordinal, section in enumerate(report.sections)
    ]


def _passage_values(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "report_id": report.id,
            "ordinal": ordinal,
            "section": passage.section,
            "section_path": list(report.sections[passage.section].path),
            "start_offset": passage.start,
            "end_offset": passage.end,
            "anchor": passage.anchor,
            "text": passage.text,
            "recognised": passage.recognised,
        }
        for ordinal, passage in enumerate(report.passages)
    ]
