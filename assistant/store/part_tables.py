"""What belongs to a report, its tables, figures, imbalances and words, in and out of the database.

Each function works inside a transaction that the caller began.
"""

from typing import Any

from sqlalchemy import Connection, delete, insert, select

from assistant.reports.model import Cell, Figure, Imbalance, Report, Span, Table
from assistant.reports.report_words import ReportWords
from assistant.store.models import DataTableRow, FigureRow, ImbalanceRow, ReportRow, WordsRow

_PARTS = (DataTableRow, FigureRow, ImbalanceRow, WordsRow)


def put_parts(connection: Connection, report: Report, words: ReportWords | None) -> None:
    """Enters what belongs to a report whose row is there."""
    _put(connection, DataTableRow, report.id, [_table_values(table) for table in report.tables])
    _put(connection, FigureRow, report.id, [_figure_values(figure) for figure in report.figures])
    _put(connection, ImbalanceRow, report.id, [_imbalance_values(each) for each in report.imbalances])
    if words is not None:
        put_words(connection, report.id, words)


def drop_parts(connection: Connection, report_id: str) -> None:
    """Removes what ``put_parts`` entered."""
    for row in _PARTS:
        connection.execute(delete(row).where(row.report_id == report_id))


def tables(connection: Connection, report_id: str) -> tuple[Table, ...]:
    """The tables of a report in the order of its text."""
    query = select(
        DataTableRow.caption,
        DataTableRow.kind,
        DataTableRow.form,
        DataTableRow.row_count,
        DataTableRow.column_count,
        DataTableRow.cells,
        DataTableRow.start,
        DataTableRow.end,
        DataTableRow.anchor,
        DataTableRow.recognised,
    )
    rows = connection.execute(query.where(DataTableRow.report_id == report_id).order_by(DataTableRow.ordinal))
    return tuple(
        Table(caption, kind, form, height, width, tuple(map(_cell, cells)), start, end, anchor, recognised)
        for caption, kind, form, height, width, cells, start, end, anchor, recognised in rows
    )


def figures(connection: Connection, report_id: str) -> tuple[Figure, ...]:
    """The figures of a report in the order of its text."""
    columns = FigureRow.__table__.columns
    query = select(*columns).where(FigureRow.report_id == report_id).order_by(FigureRow.ordinal)
    return tuple(_figure(row._mapping) for row in connection.execute(query))


def imbalances(connection: Connection, report_id: str) -> tuple[Imbalance, ...]:
    """The sums of a report that do not come out, in the order they were found."""
    query = select(
        ImbalanceRow.table_ordinal,
        ImbalanceRow.rule,
        ImbalanceRow.names,
        ImbalanceRow.left,
        ImbalanceRow.right,
        ImbalanceRow.cells,
    )
    rows = connection.execute(query.where(ImbalanceRow.report_id == report_id).order_by(ImbalanceRow.ordinal))
    return tuple(
        Imbalance(table, rule, tuple(names), left, right, tuple((row, column) for row, column in cells))
        for table, rule, names, left, right, cells in rows
    )


def put_words(connection: Connection, report_id: str, words: ReportWords) -> None:
    """Keeps the words of a report in the place of those kept before."""
    connection.execute(delete(WordsRow).where(WordsRow.report_id == report_id))
    values = {"version": words.version, "words": [words.title, words.headings, words.passages]}
    connection.execute(insert(WordsRow).values(report_id=report_id, **values))


def words_of(connection: Connection, report_id: str, version: str) -> ReportWords | None:
    """The words of a report; None where none of this version are kept."""
    query = select(WordsRow.words).where(WordsRow.report_id == report_id, WordsRow.version == version)
    kept = connection.execute(query).scalar()
    if kept is None:
        return None
    title, headings, passages = kept
    return ReportWords(version, title, headings, passages)


def without_words(connection: Connection, version: str) -> list[str]:
    """The reports of which no words of this version are kept, in the order of ids."""
    kept = select(WordsRow.report_id).where(WordsRow.version == version)
    query = select(ReportRow.id).where(ReportRow.id.not_in(kept)).order_by(ReportRow.id)
    return list(connection.execute(query).scalars())


def _put(connection: Connection, row: Any, report_id: str, parts: list[dict[str, Any]]) -> None:
    if parts:
        numbered = enumerate(parts)
        connection.execute(
            insert(row), [{"report_id": report_id, "ordinal": place, **values} for place, values in numbered]
        )


def _table_values(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "kind": table.kind,
        "form": table.form,
        "row_count": table.rows,
        "column_count": table.columns,
        "start_offset": table.start,
        "end_offset": table.end,
        "anchor": table.anchor,
        "recognised": table.recognised,
        "cells": [_cell_values(cell) for cell in table.cells],
    }


def _cell_values(cell: Cell) -> list[Any]:
    return [
        cell.text,
        cell.row,
        cell.column,
        cell.rowspan,
        cell.colspan,
        cell.header,
        cell.span,
        cell.row_path,
        cell.column_path,
        cell.canonical,
    ]


def _cell(values: list[Any]) -> Cell:
    text, row, column, rowspan, colspan, header, span, row_path, column_path, canonical = values
    return Cell(
        text,
        row,
        column,
        rowspan,
        colspan,
        header,
        None if span is None else (span[0], span[1]),
        tuple(row_path),
        tuple(column_path),
        canonical,
    )


def _figure_values(figure: Figure) -> dict[str, Any]:
    indicator_start, indicator_end = figure.indicator_span or (None, None)
    return {
        "kind": figure.kind,
        "text": figure.text,
        "start_offset": figure.span[0],
        "end_offset": figure.span[1],
        "value": figure.value,
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "subject": figure.subject,
        "indicator": figure.indicator,
        "indicator_start": indicator_start,
        "indicator_end": indicator_end,
        "year": figure.year,
        "first_day": figure.first,
        "last_day": figure.last,
        "table_ordinal": figure.table,
        "table_row": figure.row,
        "table_column": figure.column,
        "canonical": figure.canonical,
    }


def _figure(row: Any) -> Figure:
    return Figure(
        kind=row["kind"],
        text=row["text"],
        span=(row["start_offset"], row["end_offset"]),
        value=row["value"],
        unit=row["unit"],
        qualifier=row["qualifier"],
        subject=row["subject"],
        indicator=row["indicator"],
        indicator_span=_span(row["indicator_start"], row["indicator_end"]),
        year=row["year"],
        first=row["first_day"],
        last=row["last_day"],
        table=row["table_ordinal"],
        row=row["table_row"],
        column=row["table_column"],
        canonical=row["canonical"],
    )


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else (start, end)


def _imbalance_values(imbalance: Imbalance) -> dict[str, Any]:
    return {
        "table_ordinal": imbalance.table,
        "rule": imbalance.rule,
        "names": imbalance.column,
        "left_side": imbalance.left,
        "right_side": imbalance.right,
        "cells": imbalance.cells,
    }
