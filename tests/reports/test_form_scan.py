"""Scanned reports: rendered, a little turned and with grain, recognised with their tables; marked as recognised."""

import io
from pathlib import Path

import numpy as np
import pytest
from made_files import full_grid, html_tables
from made_files import scan as scanned
from PIL import Image
from sample_files import squeezed

from assistant.errors import Unreadable
from assistant.reports import read_bytes
from assistant.reports.forms import scan
from assistant.reports.forms.blocks import Paragraph, TableBlock, page_of
from assistant.reports.forms.images import read_picture
from assistant.reports.forms.pdf import read_pdf

needs_ocr = pytest.mark.skipif(not scan.available(), reason="the extra ocr is not installed")
WIDE = str.maketrans("（）：；，！？“”‘’．", "():;,!?\"\"''.")


def _folded(text: str) -> str:
    """Without the difference of full and half width, which a picture hardly shows."""
    return squeezed(text).translate(WIDE)


def _scanned_pdf(pages: list[bytes]) -> bytes:
    pictures = [Image.open(io.BytesIO(page)) for page in pages]
    stream = io.BytesIO()
    pictures[0].save(stream, "PDF", save_all=True, append_images=pictures[1:], resolution=200)
    return stream.getvalue()


@needs_ocr
def test_scanned_report(converted: dict[tuple[str, str], Path]) -> None:
    """Two pages of a scan, with the standard table three over their break: nearly every cell, and the words around."""
    pdf = converted["gov-2021", "pdf"]
    read = [block for block in read_pdf(pdf.read_bytes()) if isinstance(block, TableBlock)]
    assert read[1].recognised is False
    blocks = read_pdf(_scanned_pdf([scanned(pdf, 2), scanned(pdf, 3, -0.6)]))
    assert all(block.recognised for block in blocks)
    tables = [full_grid(block) for block in blocks if isinstance(block, TableBlock)]
    wanted = html_tables(converted["gov-2021", "html"].read_text(encoding="utf-8"))[1:]
    assert [len(table) for table in tables] == [len(table) for table in wanted] == [28, 4]
    cells = [
        (_folded(a), _folded(b))
        for got, want in zip(tables, wanted, strict=True)
        for row, wanted_row in zip(got, want, strict=True)
        for a, b in zip(row, wanted_row, strict=True)
    ]
    assert len(cells) == 28 * 10 + 4 * 15
    assert sum(a == b for a, b in cells) >= 0.98 * len(cells)
    words = _folded("".join(block.text for block in blocks if isinstance(block, Paragraph)))
    assert "全年行政复议纠正3件、行政诉讼败诉2件" in words
    assert "公开率97.6%,比上年提高1.7个百分点" in words
    assert all(line.recognised for line in page_of(blocks).lines)


@needs_ocr
@pytest.mark.parametrize("form", ["PNG", "TIFF", "BMP", "WEBP"])
def test_blank_pictures_are_reported(form: str) -> None:
    stream = io.BytesIO()
    Image.new("L", (300, 200), 255).save(stream, form)
    with pytest.raises(Unreadable) as refusal:
        read_bytes(stream.getvalue(), "白纸")
    assert refusal.value.code == "no_text"


def test_without_recognition_a_scan_is_reported(
    converted: dict[tuple[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    picture = scanned(converted["gov-2021", "pdf"], 3)
    for data in (picture, _scanned_pdf([picture])):
        with pytest.raises(Unreadable, match=r"扫描件.*anan\[ocr\]") as refusal:
            read_bytes(data, "扫描.pdf")
        assert refusal.value.code == "needs_ocr"


@needs_ocr
def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    Image.fromarray(np.full((9_000, 7_000), 255, np.uint8)).save(stream, "PNG")
    with pytest.raises(Unreadable, match="百万像素") as refusal:
        read_picture(stream.getvalue())
    assert refusal.value.code == "too_large"
    monkeypatch.setattr(scan, "MAX_SCANNED_PAGES", 2)
    blank = io.BytesIO()
    Image.new("L", (100, 100), 255).save(blank, "PNG")
    with pytest.raises(Unreadable, match="最多识别 2 页"):
        read_pdf(_scanned_pdf([blank.getvalue()] * 3))
