"""Recognising the three standard tables of a report and giving their values the canonical names of their indicators.

What a row or column is follows from its words and from the group it stands in, never from its number or position:
sites leave out rows, change their order and reword them. What is not plain gets no name.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz

from assistant.language import fold_text
from assistant.reports.model import Cell, Table
from assistant.reports.standard_forms import (
    DISCLOSURE_COLUMNS,
    DISCLOSURE_ROWS,
    DISPUTE_GROUPS,
    DISPUTE_RESULTS,
    REQUEST_COLUMNS,
    REQUEST_GROUPS,
    REQUEST_ROWS,
    Words,
)

# rapidfuzz ratios, 0 to 100. 予以公开 and 不予公开 (75) must stay apart, 不掌握相关政府信息 with and without 本机关
# (86) must not.
_ALIKE = 80.0
_APART = 8.0  # how much better than the second best the best must be
# How many different rows, columns or results must be known before a table is taken for a standard one.
_KNOWN_ROWS = 3
_KNOWN_COLUMNS = 2
_KNOWN_RESULTS = 4
_MOST_VALUES = 1_000  # values; the largest standard table has 175
_LONGEST_NAME = 200  # characters; a longer name of a row is prose, and comparing it costs its length squared

_NUMBERING = re.compile(
    r"^(?:\([一二三四五六七八九十]{1,3}\)[、.,:]?|[一二三四五六七八九十]{1,3}[、.,:]|\(?\d{1,2}[)、.,]?(?=\D)|其中:?)"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_NOT_WORDS = re.compile(r"[\W_]+")
_ARTICLE_20 = re.compile(r"二十条第?\(?([一五六八九])\)?项")
_ITEMS = {"一": "20-1", "五": "20-5", "六": "20-6", "八": "20-8", "九": "20-9"}
# Where a label goes on with another number: 三、本年度办理结果（三）不予公开1.属于国家秘密 is three names in one cell.
_NUMBERED_PARTS = re.compile(r"(?<=[^\d(])(?=\([一二三四五六七八九十]{1,2}\)|\d{1,2}[.、]\D)")
_SUBTOTALS = {"小计", "合计", "总计"}


def recognise(tables: Sequence[Table], year: int | None = None) -> tuple[Table, ...]:
    """``tables`` with kind, form and canonical names where they are standard tables; the others as they are.

    ``year`` is the report's; it tells the form of a table that is the same in both where no other table does.
    """
    read = [_recognised(table) for table in tables]
    forms = {table.form for table in read if table.form}
    by_year = "" if year is None or year < 2019 else "2019" if year < 2021 else "2021"
    form = forms.pop() if len(forms) == 1 else by_year
    return tuple(replace(table, form=table.form or form) if table.kind else table for table in read)


def _recognised(table: Table) -> Table:
    values = [cell for cell in table.cells if not cell.header]
    if len(values) > _MOST_VALUES:
        return table
    for kind, names_of in (("requests", _requests), ("disclosure", _disclosures), ("disputes", _disputes)):
        names = names_of(values)
        if _is_known(kind, names):
            canonical = _once(kind, values, names)
            cells = tuple(replace(cell, canonical=canonical.get((cell.row, cell.column), "")) for cell in table.cells)
            return replace(table, kind=kind, form=_form(kind, values, names), cells=cells)
    return table


def _is_known(kind: str, names: list[tuple[str, str]]) -> bool:
    """Whether enough of a table's rows and columns are those of ``kind``."""
    pairs = {pair for pair in names if all(pair)}
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    if kind == "disputes":
        return len(pairs) >= _KNOWN_RESULTS
    if kind == "requests":
        return len(rows) >= _KNOWN_ROWS and len(columns) >= _KNOWN_COLUMNS
    return len(rows) >= _KNOWN_ROWS and bool(columns)


def _once(kind: str, values: list[Cell], names: list[tuple[str, str]]) -> dict[tuple[int, int], str]:
    """The canonical name of each place; none for a name that two places with something in them claim."""
    canonical = {
        (cell.row, cell.column): f"{kind}.{row}.{column}"
        for cell, (row, column) in zip(values, names, strict=True)
        if row and column
    }
    filled = Counter(canonical.get((cell.row, cell.column), "") for cell in values if cell.text)
    claimed = Counter(canonical.values())
    return {
        (cell.row, cell.column): name
        for cell in values
        if (name := canonical.get((cell.row, cell.column), ""))
        and (claimed[name] == 1 or (filled[name] == 1 and cell.text))
    }


def _form(kind: str, values: list[Cell], names: list[tuple[str, str]]) -> str:
    """The format that a table shows by what only one of them has; empty when it shows nothing of the kind."""
    if kind == "requests":
        rows = {row for row, _ in names}
        if rows & {"results.other.correction_overdue", "results.other.fee_overdue", "results.other.other"}:
            return "2021"
        return "2019" if "results.other" in rows else ""
    if kind == "disclosure":
        votes = Counter(form for cell in values if cell.column_path and (form := _column_form(cell.column_path)))
        return votes.most_common(1)[0][0] if votes else ""
    return ""


def _requests(values: Sequence[Cell]) -> list[tuple[str, str]]:
    """Row and column of each value of part three; a row called 其他 alone is what the rows beside it leave open."""
    names = [(_request_row(cell.row_path), _request_column(cell.column_path)) for cell in values]
    rows = {row for row, _ in names}
    rest = "results.other.other" if rows & {"results.other.correction_overdue", "results.other.fee_overdue"} else ""
    rest = rest or ("" if "results.other" in rows else "results.other")
    words = {_plain(word) for word in REQUEST_ROWS["results.other.other"]}
    return [
        (rest if not row and cell.row_path and _plain(cell.row_path[-1]) in words else row, column)
        for cell, (row, column) in zip(values, names, strict=True)
    ]


@lru_cache(maxsize=1000)
def _request_row(path: tuple[str, ...]) -> str:
    """The row of part three; inside a group only the group's rows, outside any group none that bears a common name."""
    path = tuple(part for name in path for part in _NUMBERED_PARTS.split(_folded(name)))
    group = next((found for name in path[:-1] if (found := _likest(_plain(name), REQUEST_GROUPS))), "")
    if group and _plain(path[-1]) in _SUBTOTALS:
        return group
    rows: dict[str, Words] = {
        name: words
        for name, words in (REQUEST_ROWS | REQUEST_GROUPS).items()
        if (name.startswith(f"{group}.") if group else name != "results.other.other")
    }
    return _best(path, rows)


@lru_cache(maxsize=1000)
def _request_column(path: tuple[str, ...]) -> str:
    return _best(path, REQUEST_COLUMNS)


def _disclosures(values: Sequence[Cell]) -> list[tuple[str, str]]:
    return [_disclosure(cell.row_path, cell.column_path) for cell in values]


@lru_cache(maxsize=1000)
def _disclosure(row_path: tuple[str, ...], column_path: tuple[str, ...]) -> tuple[str, str]:
    """Row and column of a value of part two; none where the row stands under another item of article 20."""
    row = _best(row_path, DISCLOSURE_ROWS)
    stated = _ARTICLE_20.search(_folded(" ".join(row_path)))
    if stated and not row.startswith(_ITEMS[stated[1]]):
        return "", ""
    form = _column_form(column_path)
    return row, _best(column_path, DISCLOSURE_COLUMNS[form]) if form else ""


@lru_cache(maxsize=1000)
def _column_form(path: tuple[str, ...]) -> str:
    """The format whose column has this name (``decisions`` are named a little differently in each)."""
    both = {f"{form} {key}": words for form, columns in DISCLOSURE_COLUMNS.items() for key, words in columns.items()}
    scores = _scores(path, both)
    best = max(scores, key=lambda name: scores[name], default="")
    return best.split()[0] if best and scores[best] >= _ALIKE else ""


def _disputes(values: Sequence[Cell]) -> list[tuple[str, str]]:
    return [_dispute(cell.row_path + cell.column_path) for cell in values]


@lru_cache(maxsize=1000)
def _dispute(path: tuple[str, ...]) -> tuple[str, str]:
    """Group and result of a value of part four, which has no row names, or its headers at the side."""
    groups = [found for name in path if (found := _likest(_plain(name), DISPUTE_GROUPS))]
    results = [found for name in path if (found := _likest(_plain(name), DISPUTE_RESULTS))]
    return groups[-1] if groups else "", results[-1] if results else ""


def _best(path: Sequence[str], names: Mapping[str, Words]) -> str:
    """The name whose words are like the innermost of ``path``, or like its last parts read as one."""
    return _clear_best(_scores(path, names))


def _likest(text: str, names: Mapping[str, Words]) -> str:
    return _clear_best({name: _score(text, words) for name, words in names.items()})


def _scores(path: Sequence[str], names: Mapping[str, Words]) -> dict[str, float]:
    """For each name how like its words are to the end of ``path``, whose last label may be split over several cells."""
    texts = {_plain("".join(path[start:])) for start in range(max(0, len(path) - 3), len(path))}
    return {name: max((_score(text, words) for text in texts), default=0.0) for name, words in names.items()}


def _score(text: str, words: Iterable[str]) -> float:
    if not text or len(text) > _LONGEST_NAME:
        return 0.0
    return max(fuzz.ratio(text, _plain(word)) for word in words)


def _clear_best(scores: Mapping[str, float]) -> str:
    """The name with the best score if that is good and no other comes near; empty otherwise."""
    if not scores:
        return ""
    ranked = sorted(scores, key=lambda name: -scores[name])
    best = scores[ranked[0]]
    second = scores[ranked[1]] if len(ranked) > 1 else 0.0
    return ranked[0] if best >= _ALIKE and (best - second >= _APART or best == 100.0 > second) else ""


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", fold_text(text)).split())


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    """A name without its number, notes in brackets, spaces and punctuation: what tells it from the others."""
    folded = _folded(text)
    bare = _NUMBERING.sub("", folded)
    return _NOT_WORDS.sub("", _BRACKETED.sub("", bare)) or _NOT_WORDS.sub("", bare)
