"""Small good files of each form, and what is made of them to damage them."""

import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pypdfium2

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'


def small_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("某局2016年工作报告")
    document.add_paragraph("全年公开信息12条，答复3条。")
    table = document.add_table(2, 2)
    table.cell(1, 1).text = "5"
    return saved(document)


def small_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in (["项目", "数量"], ["公开信息", 12], ["答复", 3]):
        book.active.append(row)
    return saved(book)


def small_pdf(pages: int = 1) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def saved(thing: docx.document.Document | openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    thing.save(stream)
    return stream.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A package with each part passed through ``change``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def locked_pdf() -> bytes:
    """A PDF that says it is encrypted with a key that nobody has."""
    data = small_pdf()
    at = data.rindex(b"trailer")
    locked = b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]"
    return data[:at] + data[at:].replace(b"<<", b"<< " + locked % (b"41" * 32, b"42" * 32), 1)
