"""Shares said in words, and ratios: 三分之一, 百分之九十八, 八成二, 3:1."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.reports.figures.han import han_value
from assistant.reports.figures.numbers import HAN, Number, qualifier_before

_PARTS = re.compile(
    rf"(?<![{HAN}])(?P<base>[{HAN}]{{1,6}})分之(?P<part>[{HAN}]{{1,8}}(?:点[{HAN}]{{1,6}})?|\d{{1,4}}(?:\.\d{{1,4}})?)"
    r"(?P<loose>以上|以下|左右|多)?"
)
# 八成, 四成多; not 三成员, 八成熟 and the like.
_TENTHS = re.compile(
    rf"(?<![{HAN}第])(?P<whole>[一二两三四五六七八九])成(?P<more>[一二三四五六七八九](?![年月日个是]))?"
    r"(?P<loose>多|以上|以下|左右)?(?![员立为功果长本品效千熟])"
)
_RATIO = re.compile(r"(?<![\d.:∶])(?P<left>\d{1,6}(?:\.\d{1,4})?)[:：∶](?P<right>\d{1,6}(?:\.\d{1,4})?)(?![\d:：∶.])")
# 14:30 is a time; 3:1 is a ratio where 比 stands beside it.
_RATIO_BEFORE = re.compile(r"比[例重]?[^,，。;；]{0,8}$")
_RATIO_BEHIND = re.compile(r"的?比[例重]|的?配[比备置]")
_REACH = 14  # characters before a ratio in which 比例 stands


def find_shares(text: str, start: int, end: int) -> Iterator[Number]:
    """The shares and ratios of ``text[start:end]``; kind by kind, each in order."""
    for match in _PARTS.finditer(text, start, end):
        base = han_value(match["base"])
        part = Decimal(match["part"]) if match["part"][0].isdecimal() else han_value(match["part"])
        if base and part is not None:
            unit = {100: "%", 1000: "‰"}.get(int(base), "")
            yield _number(text, match, start, "percent" if unit else "ratio", part if unit else part / base, unit)
    for match in _TENTHS.finditer(text, start, end):
        whole, more = (han_value(match[name] or "零") or Decimal(0) for name in ("whole", "more"))
        yield _number(text, match, start, "ratio", whole / 10 + more / 100, "")
    for match in _RATIO.finditer(text, start, end):
        near = _RATIO_BEFORE.search(text, max(start, match.start() - _REACH), match.start())
        if Decimal(match["right"]) and (near or _RATIO_BEHIND.match(text, match.end(), end)):
            yield Number(*match.span(), "ratio", Decimal(match["left"]) / Decimal(match["right"]), "", "")


def _number(text: str, match: "re.Match[str]", start: int, kind: str, value: Decimal, unit: str) -> Number:
    first, qualifier = qualifier_before(text, start, match.start())
    return Number(first, match.end(), kind, value, unit, qualifier or match["loose"] or "")
