"""The figures of the service as a spreadsheet; no cell of it can be taken for a formula."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from assistant.desk.faq_sheets import neutral
from assistant.desk.service_figures import COLUMNS, Figures

_FORMATS = {"number": "0", "share": "0.0%", "days": "0.0"}


def figure_sheet(title: str, rows: Sequence[tuple[str, Figures]]) -> bytes:
    """An XLSX file: one row a stretch of days or a department, one column a figure.

    Args:
        title: the name of the sheet.
        rows: what each row is called, and its figures.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:30])
    sheet.freeze_panes = "B2"
    head = []
    for words in ("", *(column.words for column in COLUMNS)):
        cell = WriteOnlyCell(sheet, value=words)
        cell.font = Font(bold=True)
        head.append(cell)
    sheet.append(head)
    for name, figures in rows:
        first = WriteOnlyCell(sheet, value=neutral(name))
        first.data_type = "s"
        cells = [first]
        for column in COLUMNS:
            cell = WriteOnlyCell(sheet, value=column.value(figures))
            cell.number_format = _FORMATS[column.form]
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
