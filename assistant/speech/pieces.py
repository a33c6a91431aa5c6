"""In which pieces published text is said, and how each is said: a sentence at a time, tables row by row.

The rows of a report's table stand in its text as lines of their own that name the row and each column:
``三、本年度办理结果 （一）予以公开：自然人 12，法人或其他组织（商业企业 0，科研机构 /），总计 12。``
Read as it stands such a line is right, but a table of thirty rows of zeros tires everybody; and its numbers are counts,
whatever they look like elsewhere (12345 is a hotline, 20150309 a date).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.language import sentences
from assistant.speech.numerals import one_by_one, quantity
from assistant.speech.spoken import spoken_form

# Rows of one table that are read out, ten minutes or so; the longest standard table has 30.
ROWS_READ = 60
# From so many columns on a row of nothing but zeros is said in one word.
_COLUMNS_AT_ONCE = 3
# A first clause of at most so many characters as they are said is some two and a half seconds, made in about one where
# two cores are slow; one of fewer characters in the text would end long before the next is there.
_FIRST_LEAST = 4
_FIRST_MOST = 11
_CUTS = re.compile(r"[，；：、]|(?<!\d)[,;:]|[,;:](?!\d)")
_NUMBER = r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_VALUE = rf"{_NUMBER}[%％]?|[/／—–-]{{1,2}}"
# A row, its name and its values; a value ends an item, or the brackets of a group of columns, or the row.
_ROW = re.compile(r"(?P<name>[^：\n]{1,120})：(?P<values>[^\n]+)。")
_ITEM = re.compile(rf"(?:[^，]* )?(?P<value>{_VALUE})）*")
_COUNT = re.compile(rf"(?P<label>[^，（）：。]*) (?P<number>{_NUMBER})(?=[，）。]|$)")
# Under these names a number is no count.
_NO_COUNT = re.compile(r"(?:电话|传真|手机|邮编|邮政编码|热线|代码|编号|号码|号|日期|时间|时刻)$")
_YEARS = re.compile(r"年[度份]?$")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is said in one go.

    Attributes:
        start: where it begins in the text.
        end: where it ends there.
        spoken: how it is said; empty when there is nothing to say.
    """

    start: int
    end: int
    spoken: str


def pieces(text: str, longest: int) -> Iterator[Piece]:
    """The pieces of ``text`` in order, without overlap, each at most ``longest`` characters.

    Long sentences are cut after a comma or, without one, at the limit. Three exceptions, for the rows of tables: one
    without a value above zero is one piece however long it is, since little is said of it; of the rows beyond
    ``ROWS_READ`` the first says how many are left, and the others have an empty spoken form.
    """
    read = 0
    spans = sentences(text)
    rows = [_row(text, start, end) for start, end in spans]
    for at, (start, end) in enumerate(spans):
        row = rows[at]
        read = read + 1 if row else 0
        if row is None or read <= ROWS_READ:
            yield from _said(text, start, end, row, longest)
        elif read == ROWS_READ + 1:
            left = next((later for later in range(at, len(rows)) if rows[later] is None), len(rows)) - at
            yield Piece(start, end, f"这张表还有{quantity(str(left))}行，请看页面。")
        else:
            yield Piece(start, end, "")


def first_clause_apart(text: str, piece: Piece, words: Callable[[str], Sequence[str]] | None = None) -> Iterator[Piece]:
    """The piece in two, its first clause apart; whole where it is short, has no place to cut, or is a table's row.

    Args:
        text: what the piece is of.
        piece: the first piece.
        words: the words of a text, joined the text again; a title has no mark to be cut at, and is cut between words.
    """
    start, end = piece.start, piece.end
    if len(piece.spoken) <= _FIRST_MOST or piece.spoken != spoken_form(text[start:end]):
        yield piece
        return
    first, last = start + _FIRST_LEAST, min(end, start + _FIRST_MOST)
    marks = (found.end() for found in _CUTS.finditer(text, first, last))
    between = _between_words(text, start, last, words) if words else []
    for cut in (*marks, *between):
        one, other = spoken_form(text[start:cut]), spoken_form(text[cut:end])
        # Nothing may be said otherwise because of the cut, as 2015 without its 年 would be.
        if first <= cut < end and len(one) <= _FIRST_MOST and _sounds(one + other) == _sounds(piece.spoken):
            yield Piece(start, cut, one)
            yield Piece(cut, end, other)
            return
    yield piece


def _between_words(text: str, start: int, last: int, words: Callable[[str], Sequence[str]]) -> list[int]:
    """Where a voice may pause between two words, the best place first: before a number, else as late as may be.

    Not beside a word of one character, unless it is what a number counts: 的, 和 and 于 are said in one breath with a
    neighbour.
    """
    found, at, is_counted = [], start, False
    # A little further than the last place, so that the word there is seen whole.
    for before, after in pairwise(words(text[start : last + _FIRST_MOST])):
        at += len(before)
        is_number = after[0].isdigit()
        if at <= last and (is_number or (len(after) > 1 and (len(before) > 1 or is_counted))):
            found.append((not is_number, -at))
        is_counted = before[-1].isdigit()
    return [-place for _, place in sorted(found)]


def _sounds(spoken: str) -> str:
    return "".join(filter(str.isalnum, spoken))


def _said(text: str, start: int, end: int, row: re.Match[str] | None, longest: int) -> Iterator[Piece]:
    alike = _alike(row["values"]) if row else ""
    if row and alike:
        yield Piece(start, end, f"{spoken_form(row['name'])}：{alike}。")
        return
    for first, last in _cut(text, start, end, longest):
        piece = text[first:last]
        yield Piece(first, last, spoken_form(_COUNT.sub(_counted, piece) if row else piece))


def _row(text: str, start: int, end: int) -> re.Match[str] | None:
    """The row of a table that stands there, alone on its line; None for prose."""
    alone = (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
    found = _ROW.fullmatch(text, start, end) if alone else None
    return found if found and all(map(_ITEM.fullmatch, found["values"].split("，"))) else None


def _alike(values: str) -> str:
    """What is said of a row whose values are all zero, strokes left out, or all strokes; else nothing."""
    items = [found["value"] for found in map(_ITEM.fullmatch, values.split("，")) if found]
    if len(items) < _COLUMNS_AT_ONCE:
        return ""
    filled = [item for item in items if any(map(str.isdigit, item))]
    if not filled:
        return "各项均为空"
    return "所填各项均为零" if all(re.fullmatch(r"0(?:\.0+)?[%％]?", item) for item in filled) else ""


def _counted(found: re.Match[str]) -> str:
    """The number under a name as the words of a count, unless it is none by its name."""
    label, number = found["label"], found["number"].replace(",", "")
    if _NO_COUNT.search(label):
        return found.group()
    minus = "负" if number[0] in "-−" else ""
    digits = number.lstrip("-−")
    said = one_by_one(digits) if _YEARS.search(label) and len(digits) == 4 else quantity(digits)
    return f"{label} {minus}{said}"


def _cut(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    while end - start > longest:
        cuts = [found.end() for found in _CUTS.finditer(text, start, start + longest)]
        cut = cuts[-1] if cuts else start + longest
        yield start, cut
        start = cut
    yield start, end
