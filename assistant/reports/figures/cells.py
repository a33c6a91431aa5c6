"""Figures in table cells: one for each cell that is a number, named by its row and its column.

0 is a number; an empty cell, / and — are none. Numbers in a cell of words are read as in a sentence, under the names of
the cell. The unit stands in the cell, else in the nearest header (（万元）, 人数), else in the caption.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from assistant.language.measures import MEASURES
from assistant.reports.figures.numbers import LONGEST_DIGITS, Number, find_amounts, kind_of, plain_value
from assistant.reports.figures.plain import masked, plain
from assistant.reports.model import Cell, Figure, Table
from assistant.reports.outline import HEADING_NUMBER

_BARE = re.compile(r"(?P<sign>[+-])?\s?(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)")
_MINUS = str.maketrans("−–＋－", "--+-")
_SCALES = {"万": 10_000, "千": 1_000, "亿": 100_000_000}
_STATED = re.compile(rf"[(（]\s?(?:单位\s?[:：]?\s?)?(?P<unit>{MEASURES})\s?[)）]|单位\s?[:：]\s?(?P<said>{MEASURES})")
_COUNTED = re.compile(r"(?P<unit>件|条|份|人次|人|次|个|户|家|篇|期|场|项|部)数(?:量|额)?$")
_HEADERS = 4096  # headers whose meaning is remembered: a table's cells name the same ones again and again
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?年")
# 上年结转 is a number of this year's books.
_YEAR_BEFORE = re.compile(r"(?:上一?年度?|去年)(?!度?结转)")


def cell_figures(text: str, tables: Sequence[Table], publisher: str, year: int | None) -> Iterator[Figure]:
    """The figures in the cells of ``tables``, whose spans are offsets into the report's ``text``."""
    for index, table in enumerate(tables):
        for cell in table.cells:
            if cell.span and not cell.header:
                yield from _figures(text, index, table, cell, publisher, year)


def _figures(text: str, index: int, table: Table, cell: Cell, publisher: str, year: int | None) -> Iterator[Figure]:
    start, end = cell.span or (0, 0)
    printed = text[start:end]
    for number in _numbers(printed, *_unit(table, cell)):
        yield Figure(
            kind=number.kind,
            text=printed[number.start : number.end],
            span=(start + number.start, start + number.end),
            value=number.value,
            unit=number.unit,
            qualifier=number.qualifier,
            subject=publisher,
            indicator="，".join(filter(None, map(_plain_name, (*cell.row_path, *cell.column_path)))),
            indicator_span=None,
            year=_year(cell, year),
            table=index,
            row=cell.row,
            column=cell.column,
            canonical=cell.canonical,
        )


def _numbers(printed: str, unit: str, scale: int) -> Iterator[Number]:
    readable = plain(printed).translate(_MINUS)
    bare = _BARE.fullmatch(readable.strip())
    if bare is None:
        yield from find_amounts(masked(readable), 0, len(readable))
    elif len(bare["digits"]) <= LONGEST_DIGITS:
        value = Decimal(bare["digits"].replace(",", "")) * scale
        start = len(readable) - len(readable.lstrip())
        signed = -value if bare["sign"] == "-" else value
        yield Number(start, start + len(bare.group()), kind_of(unit), plain_value(signed), unit, "")


def _unit(table: Table, cell: Cell) -> tuple[str, int]:
    """The unit of a bare number and what to multiply it by: 万元 is 元 and 10,000; ("", 1) where none is stated."""
    names = (*reversed(cell.column_path), *reversed(cell.row_path), table.caption)
    stated = next(filter(None, map(_stated_unit, names)), "")
    if stated.endswith("元") and stated[0] in _SCALES:
        return stated[1:], _SCALES[stated[0]]
    return stated or next(filter(None, map(_counted_unit, names)), ""), 1


@lru_cache(_HEADERS)
def _stated_unit(name: str) -> str:
    match = _STATED.search(name)
    return (match["unit"] or match["said"]) if match else ""


@lru_cache(_HEADERS)
def _counted_unit(name: str) -> str:
    match = _COUNTED.search(name)
    return match["unit"] if match else ""


@lru_cache(_HEADERS)
def _plain_name(name: str) -> str:
    """A header without its number (三、, （一）, 1.) and its unit."""
    number = HEADING_NUMBER.match(name)
    return _STATED.sub("", name[number.end() :] if number else name).strip(" ：:")


def _year(cell: Cell, year: int | None) -> int | None:
    names = " ".join((*cell.row_path, *cell.column_path))
    if "年" not in names:
        return year
    named = {int(found) for found in _YEAR.findall(names)}
    if len(named) == 1:
        return named.pop()
    return year - 1 if year and _YEAR_BEFORE.search(names) else year
