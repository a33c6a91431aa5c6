"""Excel files (XLSX): each visible sheet as a table, the lines over it as paragraphs, its title as the caption."""

import io
import re
import warnings
from datetime import date, datetime, time
from typing import Any
from zipfile import ZipFile

import openpyxl
from openpyxl.utils import range_boundaries

from assistant.errors import AnanError, Unreadable
from assistant.reports.forms.blocks import Block, Paragraph, TableBlock
from assistant.reports.forms.packages import BROKEN, open_package
from assistant.reports.tables import MAX_CELLS, MAX_COLUMNS, RawCell

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")
MAX_SHEETS = 100  # the longest real attachments have some 30


def read_xlsx(data: bytes) -> list[Block]:
    """The workbook in ``data``, numbers as the sheet shows them; hidden sheets are left out.

    Raises:
        Unreadable: broken, encrypted or over the bounds.
    """
    with open_package(data) as package:
        _check_merged(package)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and rules it does not know, which are not read
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if len(sheets) > MAX_SHEETS:
            raise Unreadable(f"Excel 文件有 {len(sheets)} 张表，最多读 {MAX_SHEETS} 张", code="too_large")
        return [block for sheet in sheets for block in _sheet(sheet)]
    except AnanError:
        raise
    except Exception as error:  # a parser fed with broken data fails in every way there is
        raise Unreadable(f"Excel {BROKEN}", code="broken_file") from error


def _check_merged(package: ZipFile) -> None:
    """Refuse merged cells that cover too much: openpyxl makes an object of every place that they cover."""
    covered = 0
    for part in package.infolist():
        if part.filename.lower().startswith("xl/worksheets/"):
            for match in _MERGED.finditer(package.read(part)):
                try:
                    left, top, right, bottom = (each or 0 for each in range_boundaries(match[1].decode()))
                except ValueError as error:
                    raise Unreadable(f"Excel {BROKEN}", code="broken_file") from error
                covered += (abs(right - left) + 1) * (abs(bottom - top) + 1)
                if covered > MAX_CELLS:
                    raise Unreadable(f"表格里合并的格子太大：最多 {MAX_CELLS} 格", code="too_large")


def _sheet(sheet: Any) -> list[Block]:
    # The cells that are stored, not the rectangle around them: one stray cell can stretch that to 17 thousand million.
    texts = {place: text for place, cell in sheet._cells.items() if (text := _shown(cell))}
    if not texts:
        return []
    if len(texts) > MAX_CELLS:
        raise Unreadable(f"表格太大：最多 {MAX_CELLS} 格", code="too_large")
    rows = sorted({row for row, _ in texts})
    merged = _merged(sheet, rows, sorted({column for _, column in texts}))
    rows = sorted(
        {row for row, _ in texts} | {row for at, (down, _) in merged.items() for row in range(at[0], at[0] + down)}
    )
    columns = sorted(
        {column for _, column in texts}
        | {column for at, (_, across) in merged.items() for column in range(at[1], at[1] + across)}
    )
    if len(columns) > MAX_COLUMNS or len(columns) * len(rows) > MAX_CELLS:
        raise Unreadable(f"表格太大：最多 {MAX_COLUMNS} 列、{MAX_CELLS} 格", code="too_large")
    return _blocks(texts, merged, rows, columns)


def _merged(sheet: Any, rows: list[int], columns: list[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """The merged cells as place -> (rows, columns) covered, cut at the last row and column that hold anything."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.merged_cells.ranges:
        down = min(area.max_row, rows[-1]) - area.min_row + 1
        across = min(area.max_col, columns[-1]) - area.min_col + 1
        if down > 0 and across > 0 and down * across > 1:
            found[area.min_row, area.min_col] = (down, across)
    return found


def _blocks(
    texts: dict[tuple[int, int], str],
    merged: dict[tuple[int, int], tuple[int, int]],
    rows: list[int],
    columns: list[int],
) -> list[Block]:
    """The rows with one text only, at the top and at the bottom, as paragraphs; those between as a table.

    Of those at the top the first that is merged over columns, else the first, is the table's caption.
    """
    row_at = {row: index for index, row in enumerate(rows)}
    covered = {
        (row, column)
        for at, (down, across) in merged.items()
        for row in range(at[0], at[0] + down)
        for column in range(at[1], at[1] + across)
    } - merged.keys()
    made: list[list[RawCell]] = []
    for row in rows:
        cells = []
        for column in columns:
            if (row, column) in covered:
                continue
            down, across = merged.get((row, column), (1, 1))
            down = sum(1 for each in range(row, row + down) if each in row_at)
            cells.append(RawCell(texts.get((row, column), ""), rowspan=down, colspan=across))
        made.append(cells)
    lone = [sum(1 for cell in cells if cell.text) <= 1 and all(cell.rowspan == 1 for cell in cells) for cells in made]
    if all(lone):
        return [Paragraph(cell.text) for cells in made for cell in cells if cell.text]
    start = lone.index(False)
    end = len(lone) - lone[::-1].index(False)
    wide = [start > 0 and any(cell.colspan > 1 for cell in cells) for cells in made[:start]]
    named = wide.index(True) if any(wide) else 0
    head = [_lone_text(cells) for cells in made[:start]]
    caption = head[named] if head else ""
    # Lines over the whole width after the title belong to the table: they head the rows under them.
    notes = [text for index, text in enumerate(head) if index != named and not (wide[index] and index > named)]
    grid = [cells for index, cells in enumerate(made[:end]) if index >= start or (wide[index] and index > named)]
    tail = [_lone_text(cells) for cells in made[end:]]
    return [*map(Paragraph, notes), TableBlock(tuple(map(tuple, grid)), caption), *map(Paragraph, tail)]


def _lone_text(cells: list[RawCell]) -> str:
    return next((cell.text for cell in cells if cell.text), "")


def _shown(cell: Any) -> str:
    """A cell's value as its number format shows it, in the common formats."""
    value, form = cell.value, str(cell.number_format or "").split(";")[0]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        whole_day = value.time() == time()
        return f"{value:%Y-%m-%d}" if whole_day else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value).strip()


def _number(value: float, form: str) -> str:
    digits = len(form.partition(".")[2].split("%")[0].rstrip("_ )").replace("#", "")) if "." in form else 0
    if "%" in form:
        return f"{value * 100:.{min(digits, 10)}f}%"
    if digits and set(form.partition(".")[2].rstrip("_ )")) <= {"0"}:
        return f"{value:.{min(digits, 10)}f}"
    return str(value) if isinstance(value, int) else f"{value:.15g}"
