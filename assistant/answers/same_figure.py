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
# Where every report has it in its standard table, only there the same thing is surely counted.
_STANDARD_BONUS = 0.3
# 申请 without a verb means those newly received, not those carried over from the year before.
_PLAINLY_MEANT = frozenset({"requests.new.total"})
_PLAIN_BONUS = 0.06
# How much better a line must be than another one, for each of the numbers in which they differ.
_MARGIN = 0.05
# Parts of the standard tables' names that end in this say by how much something changed.
_CHANGE = "_change"
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


@dataclass(frozen=True)
class Line:
    """One figure from each report, in the order of the reports; None where a report has none, or several."""

    members: tuple[Fitting | None, ...]
    score: float

    @property
    def found(self) -> int:
        """How many reports have the figure."""
        return sum(each is not None for each in self.members)


def best_line(reports: Sequence[Sequence[Fitting]], named_of: NamedOf) -> Line | None:
    """The line that is meant; None when there is none, or two do as well.

    Args:
        reports: for each report the figures that can be meant, best first.
        named_of: tells how a figure is named.
    """
    columns = [[each for each in report if not each.figure.canonical.endswith(_CHANGE)] for report in reports]
    columns = [column[:_LOOKED_AT] for column in columns]
    anchors = {_key(each): each for column in reversed(columns) for each in reversed(column)}
    lines = [_line(anchor, columns, named_of) for anchor in anchors.values()]
    best = max(lines, key=lambda line: line.score, default=None)
    if best is None or any(_as_good(rival, best) for rival in lines):
        return None
    return best


def _key(fitting: Fitting) -> tuple[str, str, str]:
    figure = fitting.figure
    return (figure.canonical or figure.indicator, figure.unit, figure.subject)


def _line(anchor: Fitting, columns: Sequence[Sequence[Fitting]], named_of: NamedOf) -> Line:
    members = tuple(_member(anchor, column, named_of) for column in columns)
    return Line(members, sum(_worth(anchor, each) for each in members if each is not None))


def _member(anchor: Fitting, column: Sequence[Fitting], named_of: NamedOf) -> Fitting | None:
    """The figure of one report that is the anchor's; None when two with different values are."""
    same = sorted((each for each in column if _same(anchor, each, named_of)), key=lambda each: -_worth(anchor, each))
    if not same:
        return None
    best = same[0]
    least = _worth(anchor, best) - _MARGIN
    doubtful = any(each.figure.value != best.figure.value and _worth(anchor, each) > least for each in same[1:])
    return None if doubtful else best


def _worth(anchor: Fitting, each: Fitting) -> float:
    canonical = each.figure.canonical
    bonus = _STANDARD_BONUS if canonical and canonical == anchor.figure.canonical else 0.0
    return each.score + bonus + (_PLAIN_BONUS if canonical in _PLAINLY_MEANT else 0.0)


def _as_good(rival: Line, best: Line) -> bool:
    """Whether another line gives other numbers and is as good where it does."""
    pairs = [
        (mine, other)
        for mine, other in zip(best.members, rival.members, strict=True)
        if mine is not None and other is not None and mine.figure.value != other.figure.value
    ]
    if not pairs:
        return False
    anchors = (_first(best), _first(rival))
    gained = sum(_worth(anchors[0], mine) - _worth(anchors[1], other) for mine, other in pairs)
    return rival.found >= best.found and gained < _MARGIN * len(pairs)


def _first(line: Line) -> Fitting:
    members = [each for each in line.members if each is not None]
    return next((each for each in members if each.figure.canonical), members[0])


def _same(one: Fitting, other: Fitting, named_of: NamedOf) -> bool:
    """Whether two figures count the same thing in the same measure."""
    first, second = one.figure, other.figure
    if first.canonical and second.canonical:
        return first.canonical == second.canonical
    if first.kind != second.kind or not _same_measure(first.unit, second.unit):
        return False
    if first.subject != second.subject and first.subject.startswith(_ACCOUNT) and second.subject.startswith(_ACCOUNT):
        return False
    mine, theirs = named_of(one), named_of(other)
    together = sum({**mine.words, **theirs.words}.values())
    return together > 0 and _apart(mine, theirs) + _apart(theirs, mine) <= (1 - _SAME_WORDS) * together


def _apart(mine: Named, theirs: Named) -> float:
    """The weight of the words that only the first figure is named with."""
    return sum(weight for word, weight in mine.words.items() if word not in theirs.words and word not in theirs.clause)


def _same_measure(one: str, other: str) -> bool:
    """A cell has no measure of its own, and 条 and 件 count alike."""
    return one == other or not one or not other or answers_for(one, frozenset({other}))
