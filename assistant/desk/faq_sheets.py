"""FAQ entries as a spreadsheet (XLSX, CSV) or as YAML: out to a colleague's office program, and back the same.

A cell that begins with = + - @ or a tab is a formula to an office program, whoever wrote it. Such a text goes out with
an apostrophe before it, which shows it as text, and comes back without.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from assistant.desk.faq_fields import FIELDS
from assistant.errors import AnanError, BadInput
from assistant.reports.forms.packages import open_package
from assistant.store import FaqEntry
from assistant.store.faq_file import faq_yaml, read_entry
from assistant.store.yaml_list import parse_yaml_list

KINDS = {"xlsx": "Excel 表格", "csv": "CSV", "yaml": "YAML"}
# A file that staff send; ten thousand entries take some 8 MB as YAML.
FILE_MOST_BYTES = 16 * 1024 * 1024
ROWS_MOST = 20_000
_COLUMNS_MOST = 60
# Longer than any field may be: what is longer is refused by its field, with a sentence.
_CELL_MOST = 32_000

_HEADERS = {"id": "编号", **FIELDS, "state": "状态"}
_NAMES = {header: name for name, header in _HEADERS.items()} | {name: name for name in _HEADERS}
_LISTS = frozenset({"phrasings", "tags", "links"})
_DAYS = frozenset({"updated", "valid_from", "valid_until"})
# Full width signs are taken for formulas by office programs of some countries.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_NEUTRALISED = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?")
_WIDE = {"question": 36, "phrasings": 36, "answer": 80, "links": 28}


@dataclass(frozen=True)
class SheetRow:
    """One row of a file.

    Attributes:
        number: its number in the file, from 1 on, the header not counted.
        fields: what it gives, by field; a column that is not there is not among them.
        problem: why it cannot be read; empty where it can.
    """

    number: int
    fields: dict[str, Any]
    problem: str = ""


def write_sheet(entries: Iterable[FaqEntry], kind: str) -> bytes:
    """Entries as a file of one of ``KINDS``."""
    if kind == "yaml":
        return faq_yaml(entries).encode()
    rows = ([_cell_text(entry, name) for name in _HEADERS] for entry in entries)
    return _csv(rows) if kind == "csv" else _xlsx(rows)


def read_sheet(data: bytes, name: str) -> list[SheetRow]:
    """The rows of a file; its kind is told by its name.

    Raises:
        BadInput: too large, of no known kind, not readable, or without the columns of question and answer.
    """
    if len(data) > FILE_MOST_BYTES:
        raise BadInput(f"文件太大，最大 {FILE_MOST_BYTES // 1024 // 1024} MB。", code="sheet_too_large", status=413)
    kind = PurePath(name).suffix.lower().lstrip(".")
    if kind in ("yaml", "yml"):
        return _read_yaml(data, name)
    if kind not in KINDS:
        raise BadInput("只能导入 .xlsx、.csv、.yaml 文件。", code="sheet_kind")
    table = _csv_rows(data) if kind == "csv" else _xlsx_rows(data)
    return _read_table(table)


def neutral(text: str) -> str:
    """The text so that no office program takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """The text that ``neutral`` made into this one."""
    return text[1:] if _NEUTRALISED.match(text) else text


def _cell_text(entry: FaqEntry, name: str) -> str:
    value = getattr(entry, name)
    text = "\n".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return neutral(_UNSEEN.sub("", text))


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEADERS.values())
    writer.writerows(rows)
    # Office programs read UTF-8 only where the mark says so.
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("常见问题")
    sheet.freeze_panes = "C2"
    for column, name in enumerate(_HEADERS):
        sheet.column_dimensions[chr(ord("A") + column)].width = _WIDE.get(name, 16)
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.append([_cell(sheet, header, font=bold) for header in _HEADERS.values()])
    for row in rows:
        sheet.append([_cell(sheet, text, alignment=wrapped) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, text: str, **look: Any) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # a text, whatever it begins with
    for name, value in look.items():
        setattr(cell, name, value)
    return cell


def _csv_rows(data: bytes) -> Iterator[list[Any]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise BadInput("文件的文字编码认不出来，请存成 UTF-8。", code="sheet_unreadable") from error
    csv.field_size_limit(FILE_MOST_BYTES)
    try:
        yield from csv.reader(io.StringIO(text, newline=""))
    except csv.Error as error:
        raise BadInput("这不是能读的 CSV 文件。", code="sheet_unreadable") from error


def _xlsx_rows(data: bytes) -> Iterator[list[Any]]:
    open_package(data).close()
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what the file says of its own size need not be true
            for row in sheet.iter_rows(max_col=_COLUMNS_MOST, values_only=True):
                yield list(row)
        finally:
            book.close()
    except AnanError:
        raise
    except Exception as error:  # whatever a broken file makes openpyxl raise
        raise BadInput("这个 Excel 文件读不出来，请另存一次再试。", code="sheet_unreadable") from error


def _read_table(table: Iterator[list[Any]]) -> list[SheetRow]:
    header = [_NAMES.get(str(cell or "").strip(), "") for cell in next(table, [])]
    if "question" not in header or "answer" not in header:
        raise BadInput("第一行应当是列名，其中要有“问题”和“答案”两列。", code="sheet_columns")
    rows: list[SheetRow] = []
    for cells in table:
        if not any(str(cell or "").strip() for cell in cells):
            continue
        if len(rows) >= ROWS_MOST:
            raise BadInput(f"一次最多导入 {ROWS_MOST} 行。", code="sheet_too_many", status=413)
        rows.append(_row(len(rows) + 1, header, cells))
    return rows


def _row(number: int, header: Sequence[str], cells: Sequence[Any]) -> SheetRow:
    fields: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=False):
        if not name:
            continue
        try:
            fields[name] = _value(name, cell)
        except BadInput as error:
            return SheetRow(number, fields, error.message)
    missing = [_HEADERS[name] for name in ("question", "answer") if not fields.get(name)]
    return SheetRow(number, fields, f"缺少{'、'.join(missing)}" if missing else "")


def _value(name: str, cell: Any) -> Any:
    if name in _DAYS:
        return _day_of(cell, name)
    text = restored(_written(cell)).strip()
    if len(text) > _CELL_MOST:
        raise BadInput(f"{_HEADERS[name]}太长，最多 {_CELL_MOST} 个字")
    if name not in _LISTS:
        return text
    parts = re.split(r"[\n、；;]" if name == "tags" else r"\n", text)
    return tuple(part.strip() for part in parts if part.strip())


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _day_of(cell: Any, name: str) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _written(cell).strip()
    if not text:
        return None
    match = _DAY.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else _no_day(name, text)
    except ValueError:
        return _no_day(name, text)


def _no_day(name: str, text: str) -> date:
    raise BadInput(f"{_HEADERS[name]}“{text[:20]}”不是日期，应当写成 2026-03-01")


def _read_yaml(data: bytes, name: str) -> list[SheetRow]:
    try:
        items = parse_yaml_list(data.decode("utf-8-sig"), f"常见问题文件 {PurePath(name).name}")
    except UnicodeDecodeError as error:
        raise BadInput("文件应为 UTF-8 编码的 YAML。", code="sheet_unreadable") from error
    if len(items) > ROWS_MOST:
        raise BadInput(f"一次最多导入 {ROWS_MOST} 行。", code="sheet_too_many", status=413)
    rows = []
    for number, item in enumerate(items, start=1):
        try:
            entry = read_entry(item, "这一条")
        except BadInput as error:
            rows.append(SheetRow(number, {}, error.message))
            continue
        given = {key: getattr(entry, key) for key in item}
        rows.append(SheetRow(number, given))
    return rows
