"""PDF files with a text layer; pages without one are handed to recognition."""

import io
import logging
import re
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from assistant.errors import AnanError, Unreadable
from assistant.reports.forms.blocks import Block
from assistant.reports.forms.flow import blocks_of
from assistant.reports.forms.images import Renderer
from assistant.reports.forms.pdf_references import break_rings
from assistant.reports.forms.positioned import Piece, Rule, Sheet, as_typed
from assistant.reports.forms.scan import Recogniser

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings are of fonts, and nobody can act on them
break_rings()

MAX_PAGES = 200  # the longest real reports have under 60; 200 dense pages take some ten seconds
MAX_CHARACTERS_A_PAGE = 60_000  # a page of smallest type has under 8,000
MAX_STREAM_BYTES = 256 * 1024 * 1024  # of one stream unpacked; a page of A3 in colour at 400 dots an inch has 93 MB
MAX_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024  # of all; they are unpacked one by one, so this bounds time, not memory
MAX_STROKES_A_PAGE = 60_000  # drawn lines looked at; a page of tables has under 3,000, a map may have a million
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_CHUNK = 1024 * 1024
_THIN = 3.0  # points; a filled box no thicker is a rule
_UNMAPPED = "(cid:"  # what pdfminer gives for a sign whose font does not say what it is
_OUTLINES = 50  # curves; a page without text but with more may have its text drawn as outlines
_MOST_UNMAPPED = 0.1  # a page with a larger share has no text layer worth reading


def read_pdf(data: bytes) -> list[Block]:
    """The document in ``data``.

    Raises:
        Unreadable: broken, encrypted, over the bounds, or scanned and no recognition at hand.
    """
    _check_streams(data)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            count = len(document.pages)
            if count > MAX_PAGES:
                raise Unreadable(f"PDF 有 {count} 页，最多读 {MAX_PAGES} 页；请拆开再导入", code="too_large")
            if not count:
                raise Unreadable("PDF 文件里没有页面", code="no_text")
            blocks = blocks_of(_sheets(document, data))
            if not blocks:
                raise Unreadable("PDF 文件里没有文字", code="no_text")
            return blocks
    except AnanError:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Unreadable("PDF 文件加了密码，请去掉密码再导入", code="encrypted") from error
    except Exception as error:  # a parser fed with broken data fails in every way there is
        if isinstance(error.__cause__ or (error.args and error.args[0]), PDFPasswordIncorrect | PDFEncryptionError):
            raise Unreadable("PDF 文件加了密码，请去掉密码再导入", code="encrypted") from error
        raise Unreadable("PDF 文件坏了或不完整，读不出来", code="broken_file") from error


def _check_streams(data: bytes) -> None:
    """Refuse streams that unpack to more than a page can need, before the parser unpacks them whole."""
    total = 0
    for match in _STREAM.finditer(data):
        unpacker, size, packed = zlib.decompressobj(), 0, data[match.end() : match.end() + _CHUNK]
        at = match.end() + len(packed)
        while packed and not unpacker.eof:
            try:
                size += len(unpacker.decompress(packed, _CHUNK))
            except zlib.error:  # packed in another way, which does not swell, or not at all
                break
            packed = unpacker.unconsumed_tail
            if not packed:
                packed = data[at : at + _CHUNK]
                at += len(packed)
            if size > MAX_STREAM_BYTES or total + size > MAX_UNPACKED_BYTES:
                raise Unreadable("PDF 文件解开后太大", code="too_large")
        total += size


def _sheets(document: Any, data: bytes) -> Iterator[Sheet]:
    renderer, recogniser = Renderer(data), Recogniser()
    try:
        for index, page in enumerate(document.pages):
            chars = [char for char in page.chars if char["upright"]]
            if len(chars) > MAX_CHARACTERS_A_PAGE:
                raise Unreadable(f"PDF 第 {index + 1} 页的文字太多", code="too_large")
            if _is_text(chars):
                yield _sheet(page, chars)
            elif chars or page.images or len(page.curves) > _OUTLINES:
                yield recogniser.sheet(renderer.page(index))
            page.close()
    finally:
        renderer.close()


def _is_text(chars: list[dict[str, Any]]) -> bool:
    """Whether the characters are a text layer worth reading."""
    inked = [char["text"] for char in chars if not char["text"].isspace()]
    return bool(inked) and sum(text.startswith(_UNMAPPED) for text in inked) <= _MOST_UNMAPPED * len(inked)


def _sheet(page: Any, chars: list[dict[str, Any]]) -> Sheet:
    left, top = page.bbox[:2]
    pieces = [
        Piece(
            as_typed(char["text"]),
            char["x0"] - left,
            char["top"] - top,
            char["x1"] - left,
            char["bottom"] - top,
            char["size"],
        )
        for char in _once(chars)
    ]
    rules = [Rule(r.x0 - left, r.y0 - top, r.x1 - left, r.y1 - top) for r in _rules(page)]
    return Sheet(float(page.width), float(page.height), pieces, rules)


def _once(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters without those drawn again at the same place, which makes them look bold."""
    seen: set[tuple[str, int, int]] = set()
    once = []
    for char in chars:
        key = (char["text"], round(char["x0"]), round(char["top"]))
        if key not in seen:
            seen.add(key)
            once.append(char)
    return once


def _rules(page: Any) -> Iterator[Rule]:
    """The page's straight rules: lines, the sides of boxes, and boxes so thin that they are lines."""
    drawn = [*page.lines, *page.rects, *page.curves]
    if len(drawn) > MAX_STROKES_A_PAGE:
        return
    for line in page.lines:
        yield Rule(line["x0"], line["top"], line["x1"], line["bottom"])
    for box in page.rects:
        x0, y0, x1, y1 = box["x0"], box["top"], box["x1"], box["bottom"]
        if x1 - x0 <= _THIN:
            yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
        elif y1 - y0 <= _THIN:
            yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
        elif box.get("stroke"):
            yield from (Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1))
    for curve in page.curves:
        points = curve.get("pts") or []
        for (x0, y0), (x1, y1) in pairwise(points):
            yield Rule(x0, y0, x1, y1)
