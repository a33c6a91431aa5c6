"""What can be told from a picture of a page without recognising it: how it leans, its ruled lines, its lines of ink.

Needs OpenCV, which comes with recognition.
"""

import cv2
import numpy as np

from assistant.reports.forms.positioned import Rule
from assistant.reports.forms.ruling import RuledTable

_MOST_LEAN = 5.0  # degrees; a page that leans more was not meant to lie straight
_LOOKED_AT = 900  # pixels of the longer side when looking for the lean
_LEVEL_RULE = 1 / 30  # of the page's width; shorter level strokes may be characters
_UPRIGHT_RULE = 1 / 65  # of the page's height; upright rules may be one row high
_AVERAGED = 11  # pixels along a stroke that are averaged
_HIGHER = 1.2  # times; a row is at least so much higher than its characters, and so are the rules beside it
_THICKEST = 11  # pixels; a thicker stroke is no rule
_DARKER = 22  # of 255; how much darker than its surroundings a rule is
_LONG_RULE = 1 / 3  # of the page's width
_REACH = 9  # pixels; the ends of rules that meet may be so far apart
_WHITE = 255


def straightened(grey: np.ndarray) -> np.ndarray:
    """The page turned so that its lines lie level."""
    lean = _lean(grey)
    if abs(lean) < 0.03:
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), lean, 1.0)
    return cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=_WHITE)


def _lean(grey: np.ndarray) -> float:
    """By how many degrees the page must be turned: then ink and white alternate most sharply from row to row."""
    share = min(1.0, _LOOKED_AT / max(grey.shape))
    small = cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    ink = (small < _threshold(small)).astype(np.float32)
    height, width = ink.shape

    def sharpness(angle: float) -> float:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-_MOST_LEAN, _MOST_LEAN + 0.01, 0.5), key=sharpness)
    best = max(np.arange(best - 0.5, best + 0.51, 0.1), key=sharpness)
    return float(max(np.arange(best - 0.1, best + 0.11, 0.02), key=sharpness))


def _threshold(grey: np.ndarray) -> float:
    return float(cv2.threshold(grey, 0, _WHITE, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0])


def _strokes(grey: np.ndarray, long: int) -> np.ndarray:
    """The level straight strokes at least ``long``, hairlines in noise too: averaged along, they stand out."""
    along = cv2.blur(grey, (_AVERAGED, 1))
    dark = cv2.morphologyEx(along, cv2.MORPH_BLACKHAT, np.ones((_THICKEST, 1), np.uint8))
    marked = ((dark > _DARKER) * _WHITE).astype(np.uint8)
    near = cv2.dilate(marked, np.ones((3, 1), np.uint8))  # a stroke that leans a little steps from row to row
    return cv2.morphologyEx(near, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))


class Inked:
    """A page with its ink found."""

    def __init__(self, grey: np.ndarray) -> None:
        self.grey = grey
        smooth = cv2.medianBlur(grey, 3)
        self._ink = ((smooth < _threshold(smooth)) * _WHITE).astype(np.uint8)
        height, width = grey.shape
        self._level = _strokes(grey, max(int(width * _LEVEL_RULE), 12))
        row = _HIGHER * _type_height(self._ink) + _AVERAGED  # averaged, a stroke is so much longer
        self._upright = _strokes(grey.T, max(int(height * _UPRIGHT_RULE), int(row))).T
        self.rules = self._rules()
        self._ruled = self._drawn(self.rules)
        self._text = np.where(self._ruled, 0, self._ink)
        self._clean = np.where(self._ruled, _WHITE, grey).astype(np.uint8)

    def _rules(self) -> list[Rule]:
        """The ruled lines of the page: those strokes that run from one to another, as characters' strokes do not."""
        level = [
            Rule(left, top + height / 2, left + width, top + height / 2)
            for left, top, width, height in _parts(self._level)
            if width > 3 * height
        ]
        upright = [
            Rule(left + width / 2, top, left + width / 2, top + height)
            for left, top, width, height in _parts(self._upright)
            if height > 3 * width
        ]
        long = _LONG_RULE * self.grey.shape[1]  # kept though its ends be open, as in tables without side rules
        while True:
            lines = [rule for rule in level if rule.x1 - rule.x0 > long or _runs_between(rule, upright)]
            posts = [rule for rule in upright if _runs_between(rule, lines)]
            if len(lines) == len(level) and len(posts) == len(upright):
                return level + upright
            level, upright = lines, posts

    def _drawn(self, rules: list[Rule]) -> np.ndarray:
        """Where on the page these rules lie."""
        drawn = np.zeros_like(self.grey)
        for strokes, level in ((self._level, True), (self._upright, False)):
            kept = np.zeros_like(self.grey)
            for rule in rules:
                if (rule.y0 == rule.y1) == level:
                    pad = _THICKEST // 2
                    part = (
                        slice(int(rule.y0) - pad, int(rule.y1) + pad + 1),
                        slice(int(rule.x0) - pad, int(rule.x1) + pad + 1),
                    )
                    kept[part] = strokes[part]
            drawn |= kept
        return cv2.dilate(drawn, np.ones((5, 5), np.uint8)) > 0

    def lines_in(
        self, left: float, top: float, right: float, bottom: float, speck: int
    ) -> list[tuple[int, int, int, int]]:
        """The lines of ink in a cell as (left, top, right, bottom); blots under ``speck`` pixels do not count."""
        x, y = int(left) + 2, int(top) + 2
        ink = self._text[y : int(bottom) - 1, x : int(right) - 1]
        if not ink.size:
            return []
        _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
        large = stats[:, cv2.CC_STAT_AREA] >= speck
        large[0] = False
        ink = large[labels]
        rows = np.flatnonzero(ink.any(axis=1))
        lines = []
        for first, last in _runs(rows.tolist()):
            columns = np.flatnonzero(ink[first:last].any(axis=0))
            lines.append((x + int(columns[0]), y + first, x + int(columns[-1]) + 1, y + last))
        return lines

    def cut(self, x0: int, top: int, x1: int, bottom: int, pad: int) -> np.ndarray:
        """A line cut out of the page in three colours, with white around it."""
        height, width = self.grey.shape
        low = max(0, (x1 - x0) // 2 - (bottom - top)) if bottom - top < 12 else 0  # a lone 一 or dash
        part = self._clean[max(top - pad, 0) : min(bottom + pad, height), max(x0 - pad, 0) : min(x1 + pad, width)]
        return np.repeat(np.pad(part, ((low, low), (pad, pad)), constant_values=_WHITE)[:, :, None], 3, axis=2)

    def without(self, tables: list[RuledTable]) -> np.ndarray:
        """The page in three colours without these tables and without any rule."""
        page = self._clean.copy()
        for table in tables:
            page[int(table.ys[0]) : int(table.ys[-1]) + 1, int(table.xs[0]) : int(table.xs[-1]) + 1] = _WHITE
        return np.repeat(page[:, :, None], 3, axis=2)


def _type_height(ink: np.ndarray) -> float:
    """About how many pixels high the characters are."""
    heights = [height for _, _, width, height in _parts(ink) if 8 <= height <= 120 and width <= 120]
    return float(np.percentile(heights, 75)) if heights else 0.0


def _runs_between(rule: Rule, others: list[Rule]) -> bool:
    """Whether both ends of ``rule`` lie on one of ``others``."""
    return all(
        any(
            other.x0 - _REACH <= x <= other.x1 + _REACH and other.y0 - _REACH <= y <= other.y1 + _REACH
            for other in others
        )
        for x, y in ((rule.x0, rule.y0), (rule.x1, rule.y1))
    )


def _parts(strokes: np.ndarray) -> list[tuple[int, int, int, int]]:
    """The strokes that hang together, each as (left, top, width, height)."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    return [(left, top, width, height) for left, top, width, height, _ in stats[1:].tolist()]


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Rows with ink as lines: runs of them, those joined that are parts of one character, such as 三 or 二."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row <= runs[-1][1]:
            runs[-1][1] = row + 1
        else:
            runs.append([row, row + 1])
    if not runs:
        return []
    tallest = max(end - start for start, end in runs)
    joined: list[list[int]] = []
    for start, end in runs:
        small = min(end - start, joined[-1][1] - joined[-1][0]) < 0.7 * tallest if joined else False
        if joined and small and end - joined[-1][0] <= 1.2 * tallest:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return [(start, end) for start, end in joined]
