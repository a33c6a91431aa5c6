"""From metadata and text to a Report: outline, passages, identity, hash. Every reader ends here."""

import hashlib
import json
from dataclasses import replace
from typing import Any

from assistant.errors import Unreadable
from assistant.reports.about import Metadata
from assistant.reports.figures import find_figures
from assistant.reports.model import Report
from assistant.reports.outline import find_headings, outline
from assistant.reports.passages import passages
from assistant.reports.tidying import MAX_CHARACTERS, tidy_line, tidy_text


def compose(metadata: Metadata, text: str) -> Report:
    """The report of ``text``: tidied (whitespace, unseen characters, blank lines), outlined, cut into passages.

    Raises:
        Unreadable: no title, no visible text, or more than ``MAX_CHARACTERS``.
    """
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(f"正文太长：{len(text)} 字，最多 {MAX_CHARACTERS} 字", code="too_large")
    text = tidy_text(text)
    known = _tidy(metadata)
    if not known.title:
        raise Unreadable("报告没有标题", code="no_title")
    headings = find_headings(text)
    sections = outline(text, headings)
    cut = passages(text, headings, sections)
    if not cut:
        raise Unreadable("没有找到可读的正文", code="no_text")
    identity = known.index_number or known.url or " ".join(filter(None, (known.publisher, known.title)))
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
        figures=find_figures(text, (), known.publisher, known.year),
    )
    return replace(report, content_hash=_content_hash(report))


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
    """SHA-256 over everything but the id; sections and passages too, so that better rules replace what is stored."""
    parts: dict[str, Any] = {
        name: value
        for name, value in vars(report).items()
        if name not in ("id", "content_hash", "sections", "passages")
    }
    parts["sections"] = [vars(section) for section in report.sections]
    parts["passages"] = [vars(passage) for passage in report.passages]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
