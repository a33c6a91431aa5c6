"""``anan figures``: every number of a report with its meaning and its place, and what about the report needs staff."""

import csv
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click import format_filename

from assistant.cli_parts import on_one_line, opened_services, told
from assistant.errors import BadInput, NotFound, os_reason

if TYPE_CHECKING:
    from assistant.reports.model import Figure, Report, Table
    from assistant.store import StoredReport

_ID = re.compile(r"[0-9a-f]{12}")
_KINDS = {
    "count": "数量",
    "money": "金额",
    "percent": "百分比",
    "ratio": "比",
    "rank": "名次",
    "date": "日期",
    "period": "期间",
}
# What a spreadsheet takes for a formula, full-width forms included (OWASP, CSV Injection), and what is a number of its
# own all the same.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class _Line:
    """One figure as staff read it: the columns of the list and of the CSV file, in this order."""

    text: str
    kind: str
    value: str
    unit: str
    qualifier: str
    indicator: str
    subject: str
    year: str
    section: str
    table: str
    row: str
    column: str
    canonical: str
    start: int
    end: int


_TITLES = (
    "原文", "类型", "数值", "单位", "约数", "指标", "主体", "年度", "所在标题", "表格", "行", "列",
    "统一指标", "正文起", "正文止",
)  # fmt: skip


@click.command()
@click.argument("report_or_file", metavar="REPORT")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="写成 CSV 文件，可用 Excel 打开。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，数字的样子与网页接口相同。")
@click.pass_context
@told
def figures(context: click.Context, report_or_file: str, csv_file: Path | None, as_json: bool) -> None:
    """列出一份报告里的数字：REPORT 为报告编号（见 anan ingest 的输出），或一个文件（只读，不导入）。"""
    report = _report(context, report_or_file)
    lines = list(_lines(report))
    if csv_file is not None:
        _write_csv(lines, csv_file)
    if as_json:
        click.echo(json.dumps(_as_json(report), ensure_ascii=False, indent=2))
        return
    if csv_file is None:
        _print(lines)
    for remark in _remarks(report):
        click.echo(remark)


def _report(context: click.Context, name: str) -> "Report":
    """The report with the id ``name``, else the one in the file ``name``.

    Raises:
        NotFound: there is neither.
        Unreadable: the file cannot be read as a report.
    """
    from assistant.search.ingest import read_bounded
    from assistant.settings import load_settings

    if _ID.fullmatch(name):
        with opened_services(context) as services:
            stored = services.store.report(name)
        if stored is not None:
            return _as_report(stored)
    path = Path(name)
    try:
        there = path.exists()
    except (OSError, ValueError):  # too long, or with a null character
        there = False
    if not there:
        raise NotFound(f"没有编号为 {on_one_line(name)} 的报告，也没有叫这个名字的文件")
    settings = load_settings(context.obj)
    return read_bounded(path, settings.file_limit_mb * 1024 * 1024, settings.file_seconds)


def _as_report(stored: "StoredReport") -> "Report":
    """A stored report as it was read, but for its passages, of which nothing is said here."""
    from assistant.reports.model import Report

    about = stored.summary
    return Report(
        id=about.id,
        identity=about.identity,
        title=about.title,
        publisher=about.publisher,
        index_number=about.index_number,
        published=about.published,
        year=about.year,
        summary=about.summary,
        url=about.url,
        text=stored.text,
        sections=stored.sections,
        passages=(),
        content_hash=about.content_hash,
        period=stored.period,
        contact=stored.contact,
        tables=stored.tables,
        figures=stored.figures,
        imbalances=stored.imbalances,
    )


def _lines(report: "Report") -> "Iterator[_Line]":
    starts = [section.start for section in report.sections]
    names = [_table_name(table, number) for number, table in enumerate(report.tables, 1)]
    paths = [{(cell.row, cell.column): cell for cell in table.cells} for table in report.tables]
    for figure in report.figures:
        section = bisect_right(starts, figure.span[0]) - 1
        in_table = figure.table is not None and 0 <= figure.table < len(names)
        cell = paths[figure.table or 0].get((figure.row or 0, figure.column or 0)) if in_table else None
        yield _Line(
            text=_tidy(figure.text),
            kind=_KINDS.get(figure.kind, figure.kind),
            value=_value(figure),
            unit=figure.unit,
            qualifier=figure.qualifier,
            indicator=_tidy(figure.indicator),
            subject=_tidy(figure.subject),
            year="" if figure.year is None else str(figure.year),
            section=" › ".join(map(_tidy, report.sections[section].path)) if section >= 0 else "",
            table=names[figure.table or 0] if in_table else "",
            row=" › ".join(map(_tidy, cell.row_path)) if cell else "",
            column=" › ".join(map(_tidy, cell.column_path)) if cell else "",
            canonical=figure.canonical,
            start=figure.span[0],
            end=figure.span[1],
        )


def _table_name(table: "Table", number: int) -> str:
    return _tidy(table.caption) or f"第{number}张表"


def _value(figure: "Figure") -> str:
    """The number without exponent; for a date its day, for a period its first and last day."""
    if figure.value is not None:
        return _digits(figure.value)
    days = [day.isoformat() for day in (figure.first, figure.last) if day]
    return " 至 ".join(dict.fromkeys(days))


def _digits(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _tidy(text: str) -> str:
    """On one line, with nothing that a terminal would act on."""
    return on_one_line(" ".join(text.split()))


def _print(lines: list[_Line]) -> None:
    if not lines:
        click.echo("这份报告里没有找到数字。")
        return
    click.echo("\t".join(("原文", "数值", "指标", "主体", "年度", "约数", "位置")))
    for line in lines:
        cell = f"{line.table}：{line.row} × {line.column}" if line.table else ""
        place = " › ".join(filter(None, (line.section, cell)))
        shown = (line.text, f"{line.value}{line.unit}", line.indicator, line.subject, line.year, line.qualifier, place)
        click.echo("\t".join(part or "–" for part in shown))
    click.echo(f"共 {len(lines)} 个数字。")


def _remarks(report: "Report") -> Iterator[str]:
    """What staff should look at: sums that do not come out, and what the report does not say about itself."""
    from assistant.reports.gaps import missing

    if report.imbalances:
        yield f"表里有 {len(report.imbalances)} 处合计对不上："
    for item in report.imbalances:
        known = 0 <= item.table < len(report.tables)
        cells = {(cell.row, cell.column): cell for cell in report.tables[item.table].cells} if known else {}
        name = _table_name(report.tables[item.table], item.table + 1) if known else f"第{item.table + 1}张表"
        where = " › ".join(map(_tidy, item.column))
        yield f"  {name}，{where}：{_tidy(item.rule)}，左边是 {_digits(item.left)}，右边是 {_digits(item.right)}"
        taking_part = [cell for place in item.cells if (cell := cells.get(place))]
        yield "    有关的格子：" + "；".join(
            f"{_tidy(' › '.join(cell.row_path))} × {_tidy(' › '.join(cell.column_path))} {_tidy(cell.text) or '（空）'}"
            for cell in taking_part
        )
    if gaps := missing(report):
        yield f"报告里没有找到：{'、'.join(gaps)}。"


def _as_json(report: "Report") -> dict[str, object]:
    from assistant.reports.gaps import missing
    from assistant.reports.shapes import contact_shape, figure_shape, imbalance_shape, table_shape

    return {
        "id": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "year": report.year,
        "period": [day.isoformat() for day in report.period] if report.period else None,
        "contact": contact_shape(report.contact),
        "figures": [figure_shape(figure) for figure in report.figures],
        "tables": [table_shape(table) for table in report.tables],
        "imbalances": [imbalance_shape(item) for item in report.imbalances],
        "missing": list(missing(report)),
    }


def _write_csv(lines: list[_Line], path: Path) -> None:
    """UTF-8 with a byte order mark, or Excel takes it for the system's own encoding."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_TITLES)
            writer.writerows([_harmless(str(part)) for part in astuple(line)] for line in lines)
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else "名字不能用"
        raise BadInput(f"文件 {format_filename(path)} 写不了：{reason}") from error
    click.echo(f"已把 {len(lines)} 个数字存为 {format_filename(path)}", err=True)


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text) else text
