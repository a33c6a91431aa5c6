"""Tables, figures and what belongs to them as JSON: the same for the web interface and for the command line."""

from datetime import date
from decimal import Decimal
from typing import Any

from assistant.reports.model import Contact, Figure, Imbalance, Table

# Up to here every integer is a double of its own, and a double is what most readers of JSON make of a number
# (RFC 8259, section 6).
_EXACT_INTEGERS = 2**53


def json_number(value: Decimal) -> int | float | str:
    """``value`` as a JSON number where a double holds all of its digits, else as a decimal string."""
    if value == value.to_integral_value() and abs(value) <= _EXACT_INTEGERS:
        return int(value)
    if Decimal(repr(float(value))) == value:
        return float(value)
    return format(value, "f")


def figure_shape(figure: Figure) -> dict[str, Any]:
    """A figure; ``cell`` is its place in ``tables``, None for one in prose."""
    return {
        "kind": figure.kind,
        "text": figure.text,
        "span": list(figure.span),
        "value": None if figure.value is None else json_number(figure.value),
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "subject": figure.subject,
        "indicator": figure.indicator,
        "indicator_span": _span(figure.indicator_span),
        "year": figure.year,
        "first": _day(figure.first),
        "last": _day(figure.last),
        "cell": None
        if figure.table is None
        else {"table": figure.table, "row": figure.row or 0, "column": figure.column or 0},
        "canonical": figure.canonical,
    }


def table_shape(table: Table) -> dict[str, Any]:
    """A table with its cells."""
    return {
        "caption": table.caption,
        "kind": table.kind,
        "form": table.form,
        "rows": table.rows,
        "columns": table.columns,
        "cells": [
            {
                "text": cell.text,
                "row": cell.row,
                "column": cell.column,
                "rowspan": cell.rowspan,
                "colspan": cell.colspan,
                "header": cell.header,
                "span": _span(cell.span),
                "row_path": list(cell.row_path),
                "column_path": list(cell.column_path),
                "canonical": cell.canonical,
            }
            for cell in table.cells
        ],
        "start": table.start,
        "end": table.end,
        "anchor": table.anchor,
        "recognised": table.recognised,
    }


def contact_shape(contact: Contact) -> dict[str, str]:
    """How to reach the office; empty for what is not known."""
    return {
        "address": contact.address,
        "postcode": contact.postcode,
        "phone": contact.phone,
        "fax": contact.fax,
        "email": contact.email,
    }


def imbalance_shape(imbalance: Imbalance) -> dict[str, Any]:
    """A sum that does not come out, with the cells that take part as ``[row, column]``."""
    return {
        "table": imbalance.table,
        "rule": imbalance.rule,
        "column": list(imbalance.column),
        "left": json_number(imbalance.left),
        "right": json_number(imbalance.right),
        "cells": [list(cell) for cell in imbalance.cells],
    }


def _span(span: tuple[int, int] | None) -> list[int] | None:
    return list(span) if span else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
