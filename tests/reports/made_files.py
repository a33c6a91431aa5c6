"""Files that the tests make from others: an OFD from a PDF, a workbook from tables, a scan from a page."""

import io
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import openpyxl
import pdfplumber
import pypdfium2
from PIL import Image
from sample_files import squeezed
from selectolax.lexbor import LexborHTMLParser

from assistant.reports.forms.blocks import TableBlock
from assistant.reports.tables import RawCell, expand

_MM = 25.4 / 72
_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_from_pdf(pdf: Path, ofd: Path) -> None:
    """The characters and rules of a PDF at the same places in an OFD (GB/T 33190)."""
    with pdfplumber.open(pdf) as document:
        pages = [(page.width * _MM, page.height * _MM, _ofd_content(page)) for page in document.pages]
    write_ofd(ofd, pages)


def write_ofd(ofd: Path, pages: list[tuple[float, float, str]]) -> None:
    """An OFD of pages given as width and height in millimetres and the markup of their layer."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/P{n}/Content.xml"/>' for n in range(len(pages)))
    box = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {pages[0][0]:.2f} {pages[0][1]:.2f}</ofd:PhysicalBox></ofd:PageArea>"
    with zipfile.ZipFile(ofd, "w", zipfile.ZIP_DEFLATED) as package:
        root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        package.writestr("OFD.xml", f'<ofd:OFD {_NS} Version="1.0">{root}</ofd:OFD>')
        body = f"<ofd:CommonData>{box}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"
        package.writestr("Doc_0/Document.xml", f"<ofd:Document {_NS}>{body}</ofd:Document>")
        for number, (_, _, content) in enumerate(pages):
            layer = f'<ofd:Content><ofd:Layer ID="1">{content}</ofd:Layer></ofd:Content>'
            package.writestr(f"Doc_0/Pages/P{number}/Content.xml", f"<ofd:Page {_NS}>{layer}</ofd:Page>")


def _ofd_content(page: pdfplumber.page.Page) -> str:
    parts = []
    for line in page.extract_text_lines(return_chars=True, x_tolerance=200):
        for chars in _runs(line["chars"]):
            steps = " ".join(f"{(b['x0'] - a['x0']) * _MM:.3f}" for a, b in pairwise(chars))
            first, size = chars[0], chars[0]["size"] * _MM
            text = escape("".join(char["text"] for char in chars))
            box = f"{first['x0'] * _MM:.3f} {first['top'] * _MM:.3f} {200:.1f} {size * 1.2:.3f}"
            code = f'<ofd:TextCode X="0" Y="{0.86 * size:.3f}" DeltaX="{steps}">{text}</ofd:TextCode>'
            about = f'ID="{len(parts) + 9}" Boundary="{box}" Font="1" Size="{size:.3f}"'
            parts.append(f"<ofd:TextObject {about}>{code}</ofd:TextObject>")
    for edge in page.edges:
        x0, y0, x1, y1 = (edge[key] * _MM for key in ("x0", "top", "x1", "bottom"))
        box = f"{x0:.3f} {y0:.3f} {max(x1 - x0, 0.1):.3f} {max(y1 - y0, 0.1):.3f}"
        path = f"M 0 0 L {x1 - x0:.3f} {y1 - y0:.3f}"
        parts.append(
            f'<ofd:PathObject ID="{len(parts) + 9}" Boundary="{box}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    return "".join(parts)


def _runs(chars: list[dict]) -> list[list[dict]]:
    """A line's characters in runs that no wide gap parts, as an office program writes them."""
    runs: list[list[dict]] = []
    for char in chars:
        if runs and char["x0"] - runs[-1][-1]["x1"] < char["size"] / 2 and char["size"] == runs[-1][-1]["size"]:
            runs[-1].append(char)
        else:
            runs.append([char])
    return runs


def scan(pdf: Path, page: int, degrees: float = 0.7, dots: int = 200) -> bytes:
    """A page as it comes from a scanner: rendered, a little turned, with grain, as a JPEG."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[page].render(scale=dots / 72, grayscale=True).to_pil()
    document.close()
    turned = picture.rotate(degrees, fillcolor=255, resample=Image.Resampling.BICUBIC)
    pixels = np.asarray(turned).astype(float)
    grain = np.random.default_rng(1).normal(0, 12, pixels.shape)
    stream = io.BytesIO()
    Image.fromarray((pixels + grain).clip(0, 255).astype(np.uint8)).save(stream, "JPEG", quality=80)
    return stream.getvalue()


def html_tables(html: str) -> list[list[list[str]]]:
    """The tables of a page as full grids of squeezed texts, a merged cell's text in each place that it covers."""
    tables = []
    for table in LexborHTMLParser(html).css("table"):
        rows = [
            [
                RawCell(
                    cell.text(),
                    rowspan=int(cell.attributes.get("rowspan") or 1),
                    colspan=int(cell.attributes.get("colspan") or 1),
                )
                for cell in row.iter()
                if cell.tag in ("td", "th")
            ]
            for row in table.css("tr")
        ]
        tables.append(full_grid(TableBlock(tuple(map(tuple, rows)))))
    return tables


def full_grid(block: TableBlock) -> list[list[str]]:
    """A table as a full grid of squeezed texts."""
    rows = [[replace(cell, text=squeezed(cell.text)) for cell in row] for row in block.rows]
    return [[cell.text if cell else "" for cell in row] for row in expand(rows)]


def workbook(path: Path, tables: list[tuple[str, list[list[str]]]]) -> None:
    """Each table on a sheet of its own under its title, neighbours with the same words merged, numbers as numbers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, (title, grid) in enumerate(tables):
        sheet = book.create_sheet(f"表{number + 1}")
        sheet.append([title])
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(grid[0]))
        for row in grid:
            sheet.append([int(text) if text.isdecimal() else text for text in row])
        _merge_equal(sheet, grid)
    book.save(path)


def _merge_equal(sheet: openpyxl.worksheet.worksheet.Worksheet, grid: list[list[str]]) -> None:
    done: set[tuple[int, int]] = set()
    for top, row in enumerate(grid):
        for left, text in enumerate(row):
            if (top, left) in done or not text or text[-1].isdigit():
                continue
            right, bottom = left + 1, top + 1
            while right < len(row) and row[right] == text:
                right += 1
            while bottom < len(grid) and all(grid[bottom][column] == text for column in range(left, right)):
                bottom += 1
            done |= {(r, c) for r in range(top, bottom) for c in range(left, right)}
            if (bottom, right) != (top + 1, left + 1):
                sheet.merge_cells(start_row=top + 2, end_row=bottom + 1, start_column=left + 1, end_column=right)
