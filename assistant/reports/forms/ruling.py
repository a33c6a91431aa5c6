"""Tables from ruled lines: which cells the rules of a page enclose, merged cells found where a rule is missing.

The rules that touch make one table. All their positions together give its finest grid; two neighbouring places of the
grid with no rule between them belong to one cell.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assistant.reports.forms.positioned import Rule

MAX_RULES = 4_000  # on one page, joined; a page with more is a drawing (a map), and its rules are no table's
_SNAP = 3.0  # points; rules this near are one, such as the two sides of a border drawn as a thin box
_SHORTEST = 6.0  # points; shorter ones are strokes of a sign or dashes left over
_COVERED = 0.6  # a rule that runs along this share of a cell's side closes it


@dataclass(frozen=True)
class RuledCell:
    """One cell: its first row and column in the grid, and how many of each it covers."""

    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(frozen=True)
class RuledTable:
    """One table: the x of its upright and the y of its level grid lines, and the cells, which cover it wholly."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[RuledCell, ...]

    @property
    def area(self) -> float:
        """What it covers of the page."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        """Whether the point is inside."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


@dataclass(frozen=True)
class _Stroke:
    """A rule as a level or upright stroke: its place across, and from where to where it runs."""

    place: float
    start: float
    end: float


def ruled_tables(rules: Iterable[Rule], scale: float = 1.0) -> list[RuledTable]:
    """The tables that ``rules`` enclose, boxes of one column included.

    Args:
        rules: level and upright ones; others are passed over.
        scale: how many units of the page make one point (1/72 inch).
    """
    snap = _SNAP * scale
    level, upright = [], []
    for rule in rules:
        if abs(rule.y1 - rule.y0) <= snap:
            level.append(_Stroke((rule.y0 + rule.y1) / 2, min(rule.x0, rule.x1), max(rule.x0, rule.x1)))
        elif abs(rule.x1 - rule.x0) <= snap:
            upright.append(_Stroke((rule.x0 + rule.x1) / 2, min(rule.y0, rule.y1), max(rule.y0, rule.y1)))
    level, upright = _joined(level, snap, _SHORTEST * scale), _joined(upright, snap, _SHORTEST * scale)
    if not level or not upright or len(level) + len(upright) > MAX_RULES:
        return []
    tables = [_table(some_level, some_upright, snap) for some_level, some_upright in _groups(level, upright, snap)]
    return sorted((table for table in tables if table), key=lambda table: table.ys[0])


def _joined(strokes: list[_Stroke], snap: float, shortest: float) -> list[_Stroke]:
    """Strokes in one line as one, those too short left out."""
    places = clusters([stroke.place for stroke in strokes], snap)
    rows: dict[int, list[_Stroke]] = {}
    for stroke in strokes:
        rows.setdefault(nearest(places, stroke.place), []).append(stroke)
    joined: list[_Stroke] = []
    for index, row in rows.items():
        row.sort(key=lambda stroke: stroke.start)
        start, end = row[0].start, row[0].end
        for stroke in row[1:]:
            if stroke.start > end + snap:
                joined.append(_Stroke(places[index], start, end))
                start, end = stroke.start, stroke.end
            end = max(end, stroke.end)
        joined.append(_Stroke(places[index], start, end))
    return [stroke for stroke in joined if stroke.end - stroke.start >= shortest]


def clusters(places: Sequence[float], snap: float) -> list[float]:
    """Places that lie within ``snap`` of their neighbour as one, their mean; ascending."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][0] <= snap:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(group) / len(group) for group in groups]


def nearest(places: Sequence[float], place: float) -> int:
    """Index of the one of ``places`` (ascending, not empty) nearest to ``place``."""
    index = int(np.searchsorted(places, place))
    if index == len(places) or (index and place - places[index - 1] <= places[index] - place):
        return index - 1
    return index


def _groups(level: list[_Stroke], upright: list[_Stroke], snap: float) -> list[tuple[list[_Stroke], list[_Stroke]]]:
    """The strokes sorted into sets that touch."""
    y, left, right = (np.array(values) for values in zip(*((s.place, s.start, s.end) for s in level), strict=True))
    x, top, bottom = (np.array(values) for values in zip(*((s.place, s.start, s.end) for s in upright), strict=True))
    across = (left[:, None] - snap <= x) & (x <= right[:, None] + snap)
    touching = across & (top - snap <= y[:, None]) & (y[:, None] <= bottom + snap)
    unseen = set(range(len(level)))
    groups = []
    while unseen:
        rows: set[int] = set()
        columns: set[int] = set()
        waiting = [unseen.pop()]
        while waiting:
            row = waiting.pop()
            rows.add(row)
            for column in set(np.flatnonzero(touching[row]).tolist()) - columns:
                columns.add(column)
                more = set(np.flatnonzero(touching[:, column]).tolist()) & unseen
                unseen -= more
                waiting += more
        groups.append(([level[row] for row in sorted(rows)], [upright[column] for column in sorted(columns)]))
    return groups


def _table(level: list[_Stroke], upright: list[_Stroke], snap: float) -> RuledTable | None:
    if not upright or len(level) < 2:
        return None
    xs = clusters([s.place for s in upright] + [end for s in level for end in (s.start, s.end)], snap)
    ys = clusters([s.place for s in level] + [end for s in upright for end in (s.start, s.end)], snap)
    across, down = _walls(xs, ys, upright, snap), _walls(ys, xs, level, snap)
    xs, across, down = _without_idle(xs, across, down)
    ys, down, across = _without_idle(ys, down, across)
    if len(xs) < 2 or len(ys) < 2:
        return None
    return RuledTable(tuple(xs), tuple(ys), tuple(_cells(across, down)))


def _walls(places: list[float], steps: list[float], strokes: list[_Stroke], snap: float) -> np.ndarray:
    """Which steps along each place a stroke closes: [place, step]; the outermost places are closed throughout."""
    covered = np.zeros((len(places), max(len(steps) - 1, 0)))
    starts, ends = np.array(steps[:-1]), np.array(steps[1:])
    for stroke in strokes:
        index = nearest(places, stroke.place)
        if abs(places[index] - stroke.place) <= snap:
            covered[index] += np.clip(np.minimum(ends, stroke.end) - np.maximum(starts, stroke.start), 0, None)
    closed: np.ndarray = covered >= _COVERED * (ends - starts)
    closed[[0, -1]] = True
    return closed


def _without_idle(
    places: list[float], walls: np.ndarray, crossing: np.ndarray
) -> tuple[list[float], np.ndarray, np.ndarray]:
    """The grid without places that close no cell; steps of ``crossing`` between them become one."""
    busy = [index for index in range(len(places)) if walls[index].any()]
    if len(busy) < 2:
        return [], walls, crossing
    steps = [crossing[:, start:end].all(axis=1) for start, end in pairwise(busy)]
    return [places[index] for index in busy], walls[busy], np.stack(steps, axis=1)


def _cells(across: np.ndarray, down: np.ndarray) -> list[RuledCell]:
    """The cells between the walls, by row and column; an odd shape is cut into its grid places."""
    columns, rows = len(across) - 1, len(down) - 1
    owner = -np.ones((rows, columns), dtype=int)
    cells: list[RuledCell] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row, column] >= 0:
                continue
            right, bottom = _extent(row, column, across, down, lambda r, c: owner[r, c] < 0)
            owner[row:bottom, column:right] = len(cells)
            cells.append(RuledCell(row, column, bottom - row, right - column))
    return cells


def _extent(
    row: int, column: int, across: np.ndarray, down: np.ndarray, free: Callable[[int, int], bool]
) -> tuple[int, int]:
    """How far the cell that begins here reaches to the right and down, as ends of its columns and rows."""
    right = column + 1
    while right < len(across) - 1 and not across[right, row] and free(row, right):
        right += 1
    bottom = row + 1
    while (
        bottom < len(down) - 1
        and not down[bottom, column:right].any()
        and not across[column + 1 : right, bottom].any()
        and all(free(bottom, each) for each in range(column, right))
    ):
        bottom += 1
    return right, bottom
