"""OFD files (GB/T 33190): text at its places and the rules drawn around it, read like a PDF's."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import ofdkit
from ofdkit.package import Package

from assistant.errors import AnanError, Unreadable
from assistant.reports.forms.blocks import Block
from assistant.reports.forms.flow import blocks_of
from assistant.reports.forms.packages import BROKEN, open_package
from assistant.reports.forms.positioned import Piece, Rule, Sheet, as_typed, is_han

MAX_PAGES = 200  # as for PDF
MAX_CHARACTERS_A_PAGE = 60_000
MAX_STROKES_A_PAGE = 60_000
MAX_DEPTH = 32  # blocks in blocks; real files have under 5
_MM = 72 / 25.4  # points in a millimetre, in which OFD measures
_THIN = 1.0  # millimetres; a filled box no thicker is a rule
_STEP = re.compile(r"([MLSBQAC])((?:\s+-?[\d.]+(?:[eE]-?\d+)?)*)")
_LARGEST = 100_000  # millimetres; no page is so large


def read_ofd(data: bytes) -> list[Block]:
    """The document in ``data``.

    Raises:
        Unreadable: broken, encrypted, over the bounds, or without text (a scan).
    """
    open_package(data).close()
    try:
        with ofdkit.open(data) as document, Package(data) as package:
            if len(document.pages) > MAX_PAGES:
                raise Unreadable(
                    f"OFD 有 {len(document.pages)} 页，最多读 {MAX_PAGES} 页；请拆开再导入", code="too_large"
                )
            blocks = blocks_of(_sheet(page, package) for page in document.pages)
    except AnanError:
        raise
    except Exception as error:  # a parser fed with broken data fails in every way there is
        raise Unreadable(f"OFD {BROKEN}", code="broken_file") from error
    if not blocks:
        raise Unreadable("这份 OFD 里没有文字（可能是扫描件），请另存为 PDF 或图片再导入", code="scanned")
    return blocks


def _sheet(page: Any, package: Package) -> Sheet:
    left, top, width, height = page.box
    pieces: list[Piece] = []
    count = 0
    for run in page.runs:
        count += len(run.text)
        if count > MAX_CHARACTERS_A_PAGE:
            raise Unreadable(f"OFD 第 {page.index + 1} 页的文字太多", code="too_large")
        pieces += _characters(run, left, top)
    rules = []
    if page.location is not None:
        rules = [_moved(rule, left, top) for rule in _rules(package.read_xml(page.location))]
    return Sheet(width * _MM, height * _MM, pieces, rules)


def _characters(run: Any, left: float, top: float) -> Iterator[Piece]:
    """A run's characters at their places; the run's width shared out by how wide each is."""
    size = run.size * _MM
    wide = [1.0 if is_han(char) else 0.5 for char in run.text]
    step = run.width * _MM / (sum(wide) or 1)
    x, base = (run.x - left) * _MM, (run.y - top) * _MM
    for char, share in zip(run.text, wide, strict=True):
        yield Piece(as_typed(char), x, base - 0.86 * size, x + share * step, base + 0.14 * size, size)
        x += share * step


def _moved(rule: Rule, left: float, top: float) -> Rule:
    return Rule((rule.x0 - left) * _MM, (rule.y0 - top) * _MM, (rule.x1 - left) * _MM, (rule.y1 - top) * _MM)


def _rules(root: Any) -> Iterator[Rule]:
    """The straight strokes of a page's paths, in millimetres."""
    waiting = [(root, 0)]
    seen = 0
    while waiting:
        element, depth = waiting.pop()
        for child in element:
            name = str(child.tag).rpartition("}")[2]
            if name == "PathObject":
                for rule in _path(child):
                    seen += 1
                    if seen > MAX_STROKES_A_PAGE:
                        return
                    yield rule
            elif name in ("Content", "Layer", "PageBlock") and depth < MAX_DEPTH:
                waiting.append((child, depth + 1))


def _path(element: Any) -> Iterator[Rule]:
    """One path's strokes; a filled box that is thin is one stroke, any other fill is no rule."""
    box = _numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    a, b, c, d, e, f = _numbers(element.get("CTM"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    data = next((child.text for child in element if str(child.tag).endswith("AbbreviatedData")), None) or ""
    points = []
    for x, y, begins in _points(data):
        points.append((a * x + c * y + e + box[0], b * x + d * y + f + box[1], begins))
    if not points or any(abs(value) > _LARGEST for point in points for value in point[:2]):
        return
    if element.get("Stroke", "true") == "false":
        left, right = min(p[0] for p in points), max(p[0] for p in points)
        upper, lower = min(p[1] for p in points), max(p[1] for p in points)
        if right - left <= _THIN:
            yield Rule((left + right) / 2, upper, (left + right) / 2, lower)
        elif lower - upper <= _THIN:
            yield Rule(left, (upper + lower) / 2, right, (upper + lower) / 2)
        return
    for (x0, y0, _), (x1, y1, begins) in pairwise(points):
        if not begins:
            yield Rule(x0, y0, x1, y1)


def _points(data: str) -> Iterator[tuple[float, float, bool]]:
    """The corners of a path in short form (M x y L x y … C), each with whether the pen was lifted to it."""
    first: tuple[float, float] | None = None
    for step in _STEP.finditer(data):
        values = [float(value) for value in step[2].split() if re.fullmatch(r"-?\d*\.?\d+(?:[eE]-?\d+)?", value)]
        if step[1] == "C":
            if first:
                yield (*first, False)
        elif len(values) >= 2:
            point = (values[-2], values[-1])
            if step[1] in "MS":
                first = point
            yield (*point, step[1] in "MS")


def _numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    try:
        values = tuple(float(part) for part in (text or "").replace(",", " ").split())
    except ValueError:
        return None
    return values[:count] if len(values) >= count else None
