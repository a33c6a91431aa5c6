"""Whether the sums of the standard tables come out. Those that do not are recorded with their cells, nothing changed.

The first rule is printed in the formats: 第一项加第二项之和，等于第三项加第四项之和. A total is the sum of its parts.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.reports.model import Cell, Imbalance, Table
from assistant.reports.standard_forms import (
    DISPUTE_GROUPS,
    DISPUTE_RESULTS,
    REQUEST_COLUMNS,
    REQUEST_GROUPS,
    REQUEST_ROWS,
)

_FLOW = "本年新收＋上年结转＝办理结果总计＋结转下年度"
_RESULTS = "各项办理结果之和＝办理结果总计"
_APPLICANTS = "自然人＋法人或其他组织各类之和＝总计"
_OUTCOMES = "各种结果之和＝总计"

_NOTHING = re.compile(r"[-–—―/\\]*")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

_PARTS_OF_RESULTS = [row for row in REQUEST_ROWS if row.startswith("results.") and row != "results.total"]


@dataclass(frozen=True)
class _Rule:
    """``left`` and ``right`` must come to the same; names are those of the indicators."""

    text: str
    left: Sequence[str]
    right: Sequence[str]


def check_books(tables: Sequence[Table]) -> tuple[Imbalance, ...]:
    """The sums in the standard tables that do not come out.

    Empty cells, / and — count as nothing. A sum is left unchecked where a cell holds anything else that is no number,
    where a row that might belong to it was not recognised, and where the total or all of its parts are left empty
    (many sites fill in only some totals): what is not said is not wrong.
    """
    checks = {"requests": _requests, "disputes": _disputes}
    found: list[Imbalance] = []
    for index, table in enumerate(tables):
        if table.kind in checks:
            cells = {cell.canonical: cell for cell in table.cells if cell.canonical}
            for rule in checks[table.kind](table, cells):
                imbalance = _imbalance(index, rule, cells)
                if imbalance:
                    found.append(imbalance)
    return tuple(found)


def number_in(text: str) -> Decimal | None:
    """The number a cell holds, 0 for an empty one, / and —; None when it holds something else."""
    folded = _GROUPED.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
    if _NOTHING.fullmatch(folded):
        return Decimal(0)
    return Decimal(folded) if _NUMBER.fullmatch(folded) else None


def _requests(table: Table, cells: dict[str, Cell]) -> Iterator[_Rule]:
    whole = not _unknown_rows(table)
    for column in REQUEST_COLUMNS:
        known = {row: f"requests.{row}.{column}" for row in (*REQUEST_ROWS, *REQUEST_GROUPS)}
        flow = [known[row] for row in ("new", "carried_over", "results.total", "carried_forward")]
        if all(name in cells for name in flow):
            yield _Rule(_FLOW, flow[:2], flow[2:])
        parts = [known[row] for row in _PARTS_OF_RESULTS if known[row] in cells]
        # A group without its rows stands for itself, as 其他处理 does in the format of 2019.
        parts += [
            name
            for group in REQUEST_GROUPS
            if (name := known[group]) in cells and not any(part.startswith(f"requests.{group}.") for part in parts)
        ]
        if whole and len(parts) > 1 and flow[2] in cells:
            yield _Rule(_RESULTS, parts, flow[2:3])
    for row in (*REQUEST_ROWS, *REQUEST_GROUPS):
        *kinds, total = (f"requests.{row}.{column}" for column in REQUEST_COLUMNS)
        if all(name in cells for name in (*kinds, total)):
            yield _Rule(_APPLICANTS, kinds, [total])


def _unknown_rows(table: Table) -> bool:
    """Whether some row with values is none of the form's."""
    known = {cell.row for cell in table.cells if cell.canonical}
    return any(not cell.header and cell.text and cell.row not in known for cell in table.cells)


def _disputes(table: Table, cells: dict[str, Cell]) -> Iterator[_Rule]:
    for group in DISPUTE_GROUPS:
        *results, total = (f"disputes.{group}.{result}" for result in DISPUTE_RESULTS)
        if all(name in cells for name in (*results, total)):
            yield _Rule(_OUTCOMES, results, [total])


def _imbalance(table: int, rule: _Rule, cells: dict[str, Cell]) -> Imbalance | None:
    if len(rule.right) == 1 and not all(any(cells[name].text for name in side) for side in (rule.left, rule.right)):
        return None
    left, right = ([number_in(cells[name].text) for name in side] for side in (rule.left, rule.right))
    if None in left or None in right:
        return None
    sums = [sum((number for number in side if number is not None), Decimal(0)) for side in (left, right)]
    if sums[0] == sums[1]:
        return None
    part = [cells[name] for name in (*rule.left, *rule.right)]
    where = part[-1].row_path if rule.text == _APPLICANTS else part[-1].column_path
    if rule.text == _OUTCOMES:
        where = (*part[-1].row_path, *part[-1].column_path[:-1])
    return Imbalance(table, rule.text, where, sums[0], sums[1], tuple((cell.row, cell.column) for cell in part))
