"""Scanned pages: text recognised by RapidOCR, on this machine and without the net; an extra (``ocr``).

Tables are cut into cells along their ruled lines first and each line of a cell is recognised by itself, for a search
for text over the whole page misses single digits and joins neighbours.
"""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np

from assistant.errors import Unreadable
from assistant.reports.forms.positioned import Piece, Sheet, is_han
from assistant.reports.forms.ruling import RuledTable, ruled_tables

MAX_SCANNED_PAGES = 40  # of one file; a page takes some 5 seconds on two cores
MAX_CELL_LINES = 4_000  # lines in the cells of one page; the largest real tables have under 500
MISSING = "需要先安装文字识别：pip install 'anan[ocr]'，装好后再导入"

_INK_PAD = 4  # pixels around a line of a cell, so that no stroke touches the edge of what is recognised
_SPECK = 6  # pixels; a smaller blot is dirt
_LOOKS_LIKE = str.maketrans("OoQDlI|〇○", "000011100")
_DIGITS = set("0123456789OoQDlI|〇○")


def available() -> bool:
    """Whether recognition is installed."""
    return find_spec("rapidocr") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


class Recogniser:
    """Recognises the pages of one file, and counts them."""

    def __init__(self) -> None:
        self._pages = 0

    def sheet(self, picture: np.ndarray) -> Sheet:
        """The page in ``picture`` (grey, one byte a pixel).

        Raises:
            Unreadable: recognition is not installed, more than ``MAX_SCANNED_PAGES``, or too much on the page.
        """
        if not available():
            raise Unreadable(f"这是扫描件或图片，里面没有可以读取的文字；{MISSING}", code="needs_ocr")
        self._pages += 1
        if self._pages > MAX_SCANNED_PAGES:
            raise Unreadable(f"扫描的页太多，最多识别 {MAX_SCANNED_PAGES} 页；请拆开再导入", code="too_large")
        return _sheet(picture)


def _sheet(picture: np.ndarray) -> Sheet:
    from assistant.reports.forms.picture import Inked, straightened

    inked = Inked(straightened(picture))
    height, width = inked.grey.shape
    rules = inked.rules
    scale = Sheet(width, height, (), recognised=True).scale
    tables = [table for table in ruled_tables(rules, scale) if len(table.xs) > 2]
    pieces = _cells(inked, tables)
    pieces += _prose(inked, tables, pieces)
    return Sheet(width, height, pieces, rules, recognised=True)


@dataclass(frozen=True)
class _Cut:
    """A line of a cell cut out: where it stands, and its picture."""

    x0: int
    top: int
    x1: int
    bottom: int


def _cells(inked: Any, tables: list[RuledTable]) -> list[Piece]:
    """The lines in the cells of the tables, each recognised by itself."""
    cuts: list[_Cut] = []
    for table in tables:
        for cell in table.cells:
            left, right = table.xs[cell.column], table.xs[cell.column + cell.colspan]
            top, bottom = table.ys[cell.row], table.ys[cell.row + cell.rowspan]
            cuts += [_Cut(*line) for line in inked.lines_in(left, top, right, bottom, _SPECK)]
    if len(cuts) > MAX_CELL_LINES:
        raise Unreadable("扫描件里的表格太大", code="too_large")
    if not cuts:
        return []
    found = _engine().recognize_txt([inked.cut(c.x0, c.top, c.x1, c.bottom, _INK_PAD) for c in cuts])
    pieces = []
    for cut, text in zip(cuts, found.txts, strict=True):
        if text.strip():
            shown = text.translate(_LOOKS_LIKE) if set(text) <= _DIGITS else text
            size = float(cut.bottom - cut.top)
            pieces.append(Piece(shown.strip(), cut.x0, cut.top, cut.x1, cut.bottom, size))
    return pieces


def _prose(inked: Any, tables: list[RuledTable], known: list[Piece]) -> list[Piece]:
    """The text outside the tables."""
    found = _engine()(inked.without(tables), use_det=True, use_cls=True, use_rec=True)
    if found.boxes is None or found.txts is None:
        return []
    pieces = []
    for box, text in zip(found.boxes, found.txts, strict=True):
        (x0, top), (x1, bottom) = np.min(box, axis=0).tolist(), np.max(box, axis=0).tolist()
        wide = sum(1.0 if is_han(char) else 0.55 for char in text)
        size = (x1 - x0) / wide if wide >= 4 else 0.8 * (bottom - top)
        pieces.append(Piece(text, x0, top, x1, bottom, min(size, bottom - top)))
    return pieces
