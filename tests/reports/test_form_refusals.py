"""Broken, hostile and foreign files: each ends in one clear sentence, within the bounds."""

import io
import zipfile
import zlib
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from damaged_files import BOMB, OLE, locked_pdf, repacked, saved, small_docx, small_pdf, small_xlsx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from made_files import write_ofd

from assistant.errors import Unreadable
from assistant.reports import read_bytes
from assistant.reports.forms import packages, pdf, scan, xlsx


def small_ofd(tmp_path: Path) -> bytes:
    code = '<ofd:TextCode X="0" Y="4" DeltaX="g 12 4">全年公开信息12条，答复3条。</ofd:TextCode>'
    text = f'<ofd:TextObject ID="2" Boundary="20 20 150 6" Font="1" Size="4">{code}</ofd:TextObject>'
    path = tmp_path / "small.ofd"
    write_ofd(path, [(210, 297, text)])
    return path.read_bytes()


def refused(data: bytes, name: str = "文件.bin") -> Unreadable:
    with pytest.raises(Unreadable) as refusal:
        read_bytes(data, name)
    assert refusal.value.message
    assert "\n" not in refusal.value.message
    return refusal.value


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "密码"),
        (OLE + "WordDocument".encode("utf-16-le"), "old_format", "DOCX"),
        (OLE + "Workbook".encode("utf-16-le"), "old_format", "XLSX"),
        (OLE, "old_format", "另存为"),
        (b"{\\rtf1\\ansi }", "old_format", "RTF"),
        (b"PK\x03\x04" + bytes(40), "broken_file", "坏"),
        (b"%PDF-1.7\n%\xe2\xe3", "broken_file", "PDF"),
        (b"%PDF-1.4\n" + b"1 0 obj\n" * 2000, "broken_file", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "broken_file", "图片"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "broken_file", "图片"),
    ],
)
def test_foreign_and_broken(data: bytes, code: str, says: str) -> None:
    refusal = refused(data)
    assert refusal.code == code
    assert says in refusal.message


def test_a_plain_zip_is_no_report() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("../报告.txt", "全年公开信息12条。")
    assert "压缩包" in refused(stream.getvalue()).message


def test_truncated(tmp_path: Path) -> None:
    for data in (small_docx(), small_xlsx(), small_ofd(tmp_path)):
        for share in (0.1, 0.5, 0.9, 0.99):
            assert refused(data[: int(len(data) * share)]).code == "broken_file"


def test_encrypted_pdf() -> None:
    assert refused(locked_pdf()).code == "encrypted"


def test_too_many_pages() -> None:
    refusal = refused(small_pdf(500))
    assert refusal.code == "too_large"
    assert f"500 页，最多读 {pdf.MAX_PAGES} 页" in refusal.message


def test_blank_pdf() -> None:
    assert refused(small_pdf(3)).code == "no_text"


def test_unpacked_size(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked(small_docx(), lambda name, part: bytes(60_000_000) if name.endswith("styles.xml") else part)
    assert len(bomb) < 200_000
    monkeypatch.setattr(packages, "MAX_UNPACKED_BYTES", 50_000_000)
    assert refused(bomb).code == "too_large"
    monkeypatch.undo()
    assert refused(repacked(small_docx(), lambda _, part: bytes(packages.MAX_XML_BYTES + 1))).code == "too_large"


def test_a_pdf_that_swells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_STREAM_BYTES", 30_000_000)
    packed = zlib.compress(bytes(40_000_000), 9)
    about = b"<< /Length %d /Filter /FlateDecode >>" % len(packed)
    bomb = b"%%PDF-1.4\n1 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (about, packed)
    assert len(bomb) < 100_000
    assert refused(bomb).code == "too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities(encoding: str, tmp_path: Path) -> None:
    bomb = BOMB.decode().encode(encoding)
    for data in (small_docx(), small_xlsx(), small_ofd(tmp_path)):
        for part in ("document.xml", "sheet1.xml", "Content.xml", "workbook.xml"):
            changed = repacked(data, lambda name, old, part=part: bomb if name.endswith(part) else old)
            if changed != repacked(data, lambda _, old: old):
                assert refused(changed).code == "broken_file"


def test_deep_word_file() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for _ in range(60):
        table = table.cell(0, 0).add_table(2, 2)
    table.cell(0, 0).text = "深处"
    assert refused(saved(document)).code in ("too_deep", "broken_file")


def test_a_cell_far_away_does_not_make_a_table_of_milliards() -> None:
    book = openpyxl.Workbook()
    for row in (["项目", "数量"], ["公开信息", 12], ["答复", 3]):
        book.active.append(row)
    book.active.cell(1_048_576, 16_384).value = "远处"
    data = saved(book)
    assert "公开信息：数量 12。" in read_bytes(data, "附表.xlsx").text
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A5:XFD1048576"/></mergeCells>'
    assert refused(repacked(data, lambda _, part: part.replace(b"</sheetData>", merged))).code == "too_large"


def test_a_table_of_20000_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("明细")
    sheet.append(["编号", "数量"])
    for number in range(20_000):
        sheet.append([f"第{number}项", number])
    report = read_bytes(saved(book), "明细.xlsx")
    assert "第19999项：数量 19999。" in report.text
    monkeypatch.setattr(xlsx, "MAX_CELLS", 10_000)
    wide = openpyxl.Workbook(write_only=True)
    sheet = wide.create_sheet()
    for _ in range(51):
        sheet.append(list(range(200)))
    assert refused(saved(wide)).code == "too_large"


def test_absurd_spans() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for cell in table._cells:
        cell.text = "格"
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="99999"/>'))
    assert "格" in read_bytes(saved(document), "x.docx").text


def test_text_drawn_as_outlines_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page without a text layer is recognised or reported, whether it is a picture or drawn."""
    monkeypatch.setattr(scan, "available", lambda: False)
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    for number in range(60):
        path = pypdfium2.raw.FPDFPageObj_CreateNewPath(72 + number, 700)
        pypdfium2.raw.FPDFPath_BezierTo(path, 80 + number, 710, 90 + number, 690, 100 + number, 700)
        pypdfium2.raw.FPDFPath_SetDrawMode(path, 0, True)
        pypdfium2.raw.FPDFPage_InsertObject(page, path)
    page.gen_content()
    stream = io.BytesIO()
    document.save(stream)
    assert refused(stream.getvalue()).code == "needs_ocr"
