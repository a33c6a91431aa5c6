"""Addresses of places in reports, and who may be linked to."""

import re
from urllib.parse import urlsplit

from flask import request, url_for

from assistant.answers.model import Evidence, Span
from assistant.errors import BadInput
from assistant.reports.model import Figure

# A name or address with an optional port, as RFC 9112 section 3.2 lets through; 253 is the longest DNS name.
_HOST = re.compile(r"[A-Za-z0-9._\-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")
_HIGHLIGHT = re.compile(r"([0-9]{1,9})-([0-9]{1,9})", re.ASCII)


def evidence_link(evidence: Evidence) -> str | None:
    """Where the report page shows the sentence that answers, marked; None for evidence without a page of its own.

    What stands in a report's head has no place to mark: its page begins with it.
    """
    return _link(evidence, evidence.sentence)


def number_link(evidence: Evidence) -> str | None:
    """Where the report page shows the answering words alone, marked: a number at the far end of a long row is seen."""
    return _link(evidence, evidence.highlights[0] if evidence.highlights else evidence.sentence)


def _link(evidence: Evidence, span: Span) -> str | None:
    if not evidence.report.is_report:
        return None
    if not evidence.anchor:
        return url_for("pages.report", report_id=evidence.report.id)
    first, last = (evidence.start + offset for offset in span)
    return url_for(
        "pages.report",
        report_id=evidence.report.id,
        highlight=f"{first}-{last}",
        _anchor=evidence.anchor,
    )


def figure_anchor(index: int) -> str:
    """The fragment of the report page that leads to ``Report.figures[index]``."""
    return f"f{index + 1}"


def figure_link(report_id: str, index: int, figure: Figure) -> str:
    """Where the report page shows ``Report.figures[index]``, marked."""
    first, last = figure.span
    return url_for("pages.report", report_id=report_id, highlight=f"{first}-{last}", _anchor=figure_anchor(index))


def highlight_span(value: str | None, length: int) -> tuple[int, int] | None:
    """The span that ``?highlight=a-b`` names in a text of ``length`` characters, None where it names none.

    An address may be old or cut off; the page is shown without a mark then.
    """
    match = _HIGHLIGHT.fullmatch(value or "")
    if match is None:
        return None
    start, end = int(match[1]), min(int(match[2]), length)
    return (start, end) if start < end else None


def public_address(public_url: str, path: str) -> str:
    """The address of ``path`` as the public reaches it: under ``public_url``, else where this request came to.

    Raises:
        BadInput: the request names a host that cannot be one.
    """
    if public_url:
        return public_url.rstrip("/") + path
    if not _HOST.fullmatch(request.host):
        raise BadInput("请求的 Host 不是有效的主机名。", code="bad_host")
    return request.host_url.rstrip("/") + path


def web_address(url: str) -> str:
    """``url`` if a page may link to it, else empty: what a report's file names is not to be trusted."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
