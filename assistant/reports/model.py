"""What a report is: its metadata, its outline of sections and its passages.

All offsets are character offsets into ``Report.text``, the text a citizen sees, so that any place found by the
engine can be shown in the page: ``report.text[passage.start:passage.end] == passage.text`` always holds.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Section:
    """One heading of the outline and what stands under it, up to the next heading of the same or a higher level.

    Attributes:
        heading: the heading as printed, e.g. ``(一)主动公开政府信息的情况。``; empty for text before the first heading.
        level: 0 for the text before the first heading, 1 for 一、, 2 for （一）, 3 for 1., 4 for (1).
        path: headings from the top down to this one, this one included; empty for level 0.
        start: offset of the heading's first character in the report's text.
        end: offset after the last character of the section, sub-sections included.
        anchor: fragment of the report page, unique in the report, e.g. ``s3``.
    """

    heading: str
    level: int
    path: tuple[str, ...]
    start: int
    end: int
    anchor: str


@dataclass(frozen=True)
class Passage:
    """Some whole sentences of one section, about 120 to 250 characters: the unit that is found and shown.

    Attributes:
        text: the passage as printed.
        start: offset of its first character in the report's text.
        end: offset after its last character.
        section: index of its section in ``Report.sections``.
        anchor: fragment of the report page, unique in the report, e.g. ``p12``.
    """

    text: str
    start: int
    end: int
    section: int
    anchor: str


@dataclass(frozen=True)
class Report:
    """One published report, as read from its file.

    Attributes:
        id: 12 hexadecimal characters derived from what identifies the report (see ``identity``).
        identity: the 索引号 where the page has one, else the address it came from, else publisher and title.
        title: as printed.
        publisher: the body that answers for it (来源, ContentSource); empty when the page does not say.
        index_number: 索引号; empty when the page does not say.
        published: 发布日期; None when the page does not say.
        year: the year the report is about; None when it does not say.
        summary: 内容概述; empty when the page does not say.
        url: where the body publishes it; empty when the page does not say.
        text: the main content, paragraphs separated by a newline, page furniture left out.
        sections: the outline in the order of the text.
        passages: the passages in the order of the text.
        content_hash: SHA-256 (hex) over everything above except ``id``; equal hashes mean nothing to do.
    """

    id: str
    identity: str
    title: str
    publisher: str
    index_number: str
    published: date | None
    year: int | None
    summary: str
    url: str
    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    content_hash: str
