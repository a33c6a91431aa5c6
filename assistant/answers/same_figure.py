"""The same figure of several reports: numbers may be compared only where they count the same thing.

Each report brings the figures that can be meant. A line is one figure from each of them, all of the same indicator. Of
all lines the one that answers the question best is taken, and none where another with other numbers does as well.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answers.figures import Fitting
from assistant.language.measures import answers_for

# Figures of one report that are looked at: those behind fit clearly worse.
_LOOKED_AT = 12
# The least share of their words, rarer ones counting more, that two indicators have in common.
_SAME_WORDS = 0.66
# Of one report's figures of the same thing, that of the standard table is taken.
_STANDARD_BONUS = 0.3
# 申请 without a verb means those newly received, not those carried over from the year before.
_PLAINLY_MEANT = "requests.new."
_PLAIN_BONUS = 0.06
# Cells under one heading differ in little but the heading's parts; so much better one must be, and so deep they stand.
_SIBLING_MARGIN = 0.15
_NESTED = 3
# How much better a line must be than another one, for each of the numbers in which they differ.
_MARGIN = 0.05
# The name 安安 reads an account's figures under: @青澜警方.
_ACCOUNT = "@"


@dataclass(frozen=True)
class Named:
    """How a figure is named.

    Attributes:
        words: the weight of each word of its name, and of the question's words that stand before it.
        clause: what stands right before the number, folded: words that belong to the name, though the name lacks them.
    """

    words: dict[str, float]
    clause: str


NamedOf = Callable[[Fitting], Named]


class _Alike:
    """Whether two figures are named alike, each pair looked at once: lines are compared with each other many times.

    Args:
        named_of: tells how a figure is named.
    """

    def __init__(self, named_of: NamedOf) -> None:
        self._named_of = named_of
        self._known: dict[tuple[int, int], bool] = {}

    def __call__(self, one: Fitting, other: Fitting) -> bool:
        first, second = sorted((id(one), id(other)))
        known = self._known.get((first, second))
        if known is None:
            known = self._known[(first, second)] = _same_words(self._named_of(one), self._named_of(other))
        return known


@dataclass(frozen=True)
class Line:
    """One figure from each report, in the order of the reports; None where a report has none, or several."""

    anchor: Fitting
    members: tuple[Fitting | None, ...]
    score: float

    @property
    def found(self) -> int:
        """How many reports have the figure."""
        return sum(each is not None for each in self.members)

    @property
    def is_standard(self) -> bool:
        """Whether all of them stand in a standard table."""
        return self.found > 0 and all(each.figure.canonical for each in self.members if each is not None)


def best_line(reports: Sequence[Sequence[Fitting]], named_of: NamedOf) -> Line | None:
    """The line that is meant; None when there is none, or two do as well.

    Where the standard tables hold what the best line counts, they are taken instead of the text: only there the same
    thing is surely counted, and of all of the body.

    Args:
        reports: for each report the figures that can be meant, best first.
        named_of: tells how a figure is named.
    """
    columns = [report[:_LOOKED_AT] for report in reports]
    alike_of = _Alike(named_of)
    anchors = {_key(each): each for column in reversed(columns) for each in reversed(column)}
    lines = [_line(anchor, columns, alike_of) for anchor in anchors.values()]
    first = max(lines, key=lambda line: line.score, default=None)
    if first is None:
        return None
    alike = [line for line in lines if alike_of(line.anchor, first.anchor)]
    standard = [line for line in alike if line.is_standard and line.found >= first.found]
    if not standard:
        doubtful = any(_as_good(rival, first) for rival in lines) or _fits_less(first, columns, alike_of, 0.0)
        return None if doubtful else first
    best = max(standard, key=lambda line: line.score)
    others = [line for line in lines if line.is_standard or line not in alike]
    # The text's way of putting it may fit the question better than the table's name for the same thing.
    handicap = max(0.0, first.score / max(1, first.found) - best.score / max(1, best.found))
    doubtful = any(_as_good(rival, best, handicap) for rival in others) or _fits_less(best, columns, alike_of, handicap)
    return None if doubtful else best


def _key(fitting: Fitting) -> tuple[str, str, str]:
    figure = fitting.figure
    return (figure.canonical or figure.indicator, figure.unit, figure.subject)


def _line(anchor: Fitting, columns: Sequence[Sequence[Fitting]], alike_of: _Alike) -> Line:
    members = tuple(_member(anchor, column, alike_of) for column in columns)
    return Line(anchor, members, sum(_score(each) for each in members if each is not None))


def _member(anchor: Fitting, column: Sequence[Fitting], alike_of: _Alike) -> Fitting | None:
    """The figure of one report that is the anchor's; None when two with different values are."""

    def worth(each: Fitting) -> float:
        return _score(each) + (_STANDARD_BONUS if each.figure.canonical else 0.0)

    same = sorted((each for each in column if _same(anchor, each, alike_of)), key=lambda each: -worth(each))
    if not same:
        return None
    best = same[0]
    least = worth(best) - _MARGIN
    doubtful = any(each.figure.value != best.figure.value and worth(each) > least for each in same[1:])
    return None if doubtful else best


def _score(each: Fitting) -> float:
    return each.score + (_PLAIN_BONUS if each.figure.canonical.startswith(_PLAINLY_MEANT) else 0.0)


def _as_good(rival: Line, best: Line, handicap: float = 0.0) -> bool:
    """Whether another line gives other numbers and is as good where it does."""
    pairs = [
        (mine, other)
        for mine, other in zip(best.members, rival.members, strict=True)
        if mine is not None and other is not None and mine.figure.value != other.figure.value
    ]
    if not pairs:
        return False
    gained = sum(_score(mine) - _score(other) for mine, other in pairs)
    siblings = _siblings(best.anchor, rival.anchor)
    least = _SIBLING_MARGIN if siblings else _MARGIN
    # A sibling's cell may be empty in some years; it is as likely meant in the others.
    return (siblings or rival.found >= best.found) and gained + handicap * len(pairs) < least * len(pairs)


def _siblings(one: Fitting, other: Fitting) -> bool:
    """Whether two cells stand under the same heading of a standard table: 不予处理 holds 重复申请 and four more."""
    first, second = one.figure.canonical.split("."), other.figure.canonical.split(".")
    return len(first) > _NESTED and first != second and first[:_NESTED] == second[:_NESTED]


def _fits_less(line: Line, columns: Sequence[Sequence[Fitting]], alike_of: _Alike, handicap: float) -> bool:
    """Whether a report has a figure of another thing that fits better: then that was asked for, not this."""
    return any(
        member is not None
        and each.figure.value != member.figure.value
        and _score(each) > _score(member) + handicap + _MARGIN
        and not alike_of(each, line.anchor)
        for member, column in zip(line.members, columns, strict=True)
        for each in column
    )


def _same(one: Fitting, other: Fitting, alike_of: _Alike) -> bool:
    """Whether two figures count the same thing in the same measure."""
    first, second = one.figure, other.figure
    if first.canonical and second.canonical:
        return first.canonical == second.canonical
    if first.kind != second.kind or not _same_measure(first.unit, second.unit):
        return False
    if first.subject != second.subject and first.subject.startswith(_ACCOUNT) and second.subject.startswith(_ACCOUNT):
        return False
    return alike_of(one, other)


def _same_words(mine: Named, theirs: Named) -> bool:
    together = sum({**mine.words, **theirs.words}.values())
    return together > 0 and _apart(mine, theirs) + _apart(theirs, mine) <= (1 - _SAME_WORDS) * together


def _apart(mine: Named, theirs: Named) -> float:
    """The weight of the words that only the first figure is named with."""
    return sum(weight for word, weight in mine.words.items() if word not in theirs.words and word not in theirs.clause)


def _same_measure(one: str, other: str) -> bool:
    """A cell has no measure of its own, and 条 and 件 count alike."""
    return one == other or not one or not other or answers_for(one, frozenset({other}))
