"""Reading a report file of any form, as bytes or from disk."""

import os
import re
from pathlib import Path, PurePath

from assistant.errors import Unreadable, os_reason
from assistant.reports.about import Metadata, answering_body, publisher_of, year_of
from assistant.reports.composing import compose
from assistant.reports.content import Content, find_content
from assistant.reports.decoding import decode
from assistant.reports.fields import BODY, INDEX, ISSUED, PUBLISHED, SOURCE, SUMMARY, first_value, named_body, read_date
from assistant.reports.forms import form_page, markdown_page
from assistant.reports.gaps import UNTITLED
from assistant.reports.model import Report
from assistant.reports.page import Page, html_page, plain_page
from assistant.reports.signature import find_signature

_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|div|table|p|h1)[\s>]", re.IGNORECASE)
_MARKUP_WITHIN = 2_000  # characters from the start
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")  # written by browsers into saved pages


def read_file(path: Path, limit_bytes: int) -> Report:
    """The report in the file ``path``.

    Raises:
        Unreadable: the file cannot be opened, is larger than ``limit_bytes``, or see ``read_bytes``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit_bytes + 1)
    except OSError as error:
        raise Unreadable(f"文件打不开：{os_reason(error)}", code="cannot_open") from error
    if len(data) > limit_bytes:
        raise Unreadable(f"文件太大：最大 {limit_bytes / 1024 / 1024:g} MB", code="too_large")
    return read_bytes(data, _legible(path.name))


def _legible(name: str) -> str:
    """A file's name as text: what is not UTF-8 in it was written by a Chinese Windows or zip program, in GB18030."""
    data = os.fsencode(name)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def read_bytes(data: bytes, name: str) -> Report:
    """The report in ``data``, the content of a file called ``name`` (its title if it gives none itself).

    Raises:
        Unreadable: empty, binary, in no known encoding, too large or too deep, without readable content, or with
            characters in the report that were lost before it got here.
    """
    page, saved_from = _page(data, name)
    content = find_content(page)
    text = "\n".join(line.text for line in content.lines)
    metadata = _metadata(page, content, text, PurePath(name).stem, saved_from)
    if "\ufffd" in text + metadata.title:
        raise Unreadable("文件里有无法还原的文字（乱码），请换一份完好的文件", code="bad_encoding")
    return compose(metadata, content.lines)


def _page(data: bytes, name: str) -> tuple[Page, str]:
    """The page in ``data``, and the address that a browser noted when it saved it."""
    form = form_page(data)
    if form:
        return form, ""
    source = decode(data)
    if not _MARKUP.search(source, 0, _MARKUP_WITHIN):
        return markdown_page(source, name) or plain_page(source), ""
    saved_from = _SAVED_FROM.search(source, 0, _MARKUP_WITHIN)
    return html_page(source), saved_from[1] if saved_from else ""


def _metadata(page: Page, content: Content, text: str, stem: str, saved_from: str) -> Metadata:
    fields, meta = content.fields, page.meta
    signature = find_signature([line.text for line in content.lines])
    title = content.title or stem.strip() or UNTITLED
    published = first_value(fields, PUBLISHED)
    publisher = (
        named_body(first_value(fields, BODY))
        or named_body(meta.get("contentsource", ""))
        or named_body(first_value(fields, SOURCE))
        or (signature.body if publisher_of(title) in signature.body else "")
    )
    urls = (meta.get("url", ""), meta.get("og:url", ""), meta.get("canonical", ""), saved_from)
    return Metadata(
        title=title,
        publisher=answering_body(publisher, title),
        index_number=first_value(fields, INDEX),
        published=read_date(published)
        or read_date(meta.get("pubdate", ""))
        or read_date(first_value(fields, ISSUED))
        or signature.day,
        year=year_of(title, text),
        summary=first_value(fields, SUMMARY) or meta.get("description", ""),
        url=next((url for url in urls if re.match(r"https?://\S+$", url)), ""),
    )
