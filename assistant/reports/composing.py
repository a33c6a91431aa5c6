"""From metadata and text to a Report: outline, passages, identity, hash. Every reader ends here."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.errors import Unreadable
from assistant.reports.about import Metadata, period_of
from assistant.reports.books import check_books
from assistant.reports.contact import find_contact
from assistant.reports.figures import find_figures
from assistant.reports.model import Report
from assistant.reports.outline import find_headings, outline
from assistant.reports.page import Line, plain_page
from assistant.reports.passages import passages
from assistant.reports.placing import mark_recognised, place_tables
from assistant.reports.standard import recognise
from assistant.reports.tidying import MAX_CHARACTERS, tidy_line


def compose(metadata: Metadata, content: str | Sequence[Line]) -> Report:
    """The report of ``content``: tidied (whitespace, unseen characters, blank lines), outlined, cut into passages.

    ``content`` is plain text, or the lines of a page, whose tables become the report's tables.

    Raises:
        Unreadable: no title, no visible text, or more than ``MAX_CHARACTERS``.
    """
    size = len(content) if isinstance(content, str) else sum(len(line.text) + 1 for line in content)
    if size > MAX_CHARACTERS:
        raise Unreadable(f"正文太长：{size} 字，最多 {MAX_CHARACTERS} 字", code="too_large")
    lines = plain_page(content).lines if isinstance(content, str) else content
    text = "\n".join(line.text for line in lines)
    known = _tidy(metadata)
    if not known.title:
        raise Unreadable("报告没有标题", code="no_title")
    headings = find_headings(text)
    sections = outline(text, headings)
    cut = mark_recognised(passages(text, headings, sections), lines)
    if not cut:
        raise Unreadable("没有找到可读的正文", code="no_text")
    tables = recognise(place_tables(lines), known.year)
    identity = _identity(known.index_number, known.url, known.publisher, known.title)
    report = Report(
        id=hashlib.sha256(identity.encode()).hexdigest()[:12],
        identity=identity,
        title=known.title,
        publisher=known.publisher,
        index_number=known.index_number,
        published=known.published,
        year=known.year,
        summary=known.summary,
        url=known.url,
        text=text,
        sections=sections,
        passages=cut,
        content_hash="",
        period=period_of(text),
        contact=find_contact(text),
        tables=tables,
        imbalances=check_books(tables),
        figures=find_figures(text, tables, known.publisher, known.year),
    )
    return replace(report, content_hash=_content_hash(report))


def corrected(report: Report, corrections: Mapping[str, Any]) -> Report:
    """``report`` with what staff know better of what it says of itself; its text stays, and so does its id.

    Args:
        report: as read.
        corrections: of title, publisher, index_number, published, year and url those that were corrected.
    """
    if not corrections:
        return report
    known = replace(report, **corrections)
    # Figures without a year or a subject of their own have the report's, and so has the form of its tables.
    bare = [
        replace(table, kind="", form="", cells=tuple(replace(cell, canonical="") for cell in table.cells))
        for table in report.tables
    ]
    tables = recognise(bare, known.year)
    known = replace(
        known,
        identity=_identity(known.index_number, known.url, known.publisher, known.title),
        tables=tables,
        imbalances=check_books(tables),
        figures=find_figures(report.text, tables, known.publisher, known.year),
    )
    return replace(known, content_hash=_content_hash(known))


def _identity(index_number: str, url: str, publisher: str, title: str) -> str:
    return index_number or url or " ".join(filter(None, (publisher, title)))


def _tidy(metadata: Metadata) -> Metadata:
    return replace(
        metadata,
        title=tidy_line(metadata.title),
        publisher=tidy_line(metadata.publisher),
        index_number=tidy_line(metadata.index_number),
        summary=tidy_line(metadata.summary),
        url=tidy_line(metadata.url),
    )


def _content_hash(report: Report) -> str:
    """SHA-256 over everything but the id; sections and passages too, so that better rules replace what is stored.

    Tables and figures go in as their ``repr``, the same in every process and twice as quick as JSON of their fields.
    """
    parts: dict[str, Any] = {
        name: value
        for name, value in vars(report).items()
        if name not in ("id", "content_hash", "sections", "passages")
    }
    parts["sections"] = [vars(section) for section in report.sections]
    parts["passages"] = [vars(passage) for passage in report.passages]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
