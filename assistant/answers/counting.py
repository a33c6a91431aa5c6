"""What a figure says beside how much: a change, what was before it, what was added; and whether two say the same.

A question means the plain number unless it says otherwise.
"""

import re
from collections.abc import Collection
from decimal import Decimal

from assistant.answers.model import Span
from assistant.language import fold_text
from assistant.reports.model import Figure

_CHANGES = (
    "比上年 同比 比去年 较上年 较去年 相比 环比 净增 净减 增加 增长 减少 压减 缩减 精简 下降 上升 多出 提高"
).split()
# How the standard tables' names of such cells end: 本年增/减.
_CHANGE_CELL = "_change"
_CHANGED = re.compile(rf"(?:{'|'.join(_CHANGES)})(?!了?[到至为])")
# What was before it changed (由26个增加到41个) is no answer to how many there are.
_FORMER_BEFORE = re.compile(r"[由从][^,，;；。\d]{0,12}$")
_FORMER_BEHIND = re.compile(r"\s*[^\d,，;；。]{0,6}?[至到为→]\s?\d")
_FORMER_REACH = 16
# How many there are is not how many were added or done away with, unless that was asked.
_ASKS_STOCK = re.compile(r"(?<![没新又])有(?:多少|几)")
_ADDED = re.compile(r"新[增建开设添改]|增|添|换|改造|维修|淘汰|废|注销|招|查[处扣获]|收缴|清理|关停|取缔|撤")
_FLOW = re.compile(
    r"新增|新建|新改建|新开|新设|新添|增设|更新|更换|改造|维修|淘汰|报废|注销|招聘|招录|查处|查扣|收缴|清理|关停|取缔|撤销"
)
# How far a loosely said value may be from the exact one.
_LOOSELY = Decimal("0.1")


def is_change(figure: Figure) -> bool:
    """Whether the figure says by how much something was more or less."""
    indicator = fold_text(figure.indicator)
    return figure.canonical.endswith(_CHANGE_CELL) or _CHANGED.search(indicator) is not None


def is_former(text: str, span: Span) -> bool:
    """Whether the number was before it changed: 26 of 由26个增加到41个."""
    before = text[max(0, span[0] - _FORMER_REACH) : span[0]]
    return _FORMER_BEFORE.search(before) is not None and _FORMER_BEHIND.match(text, span[1]) is not None


def counts_flow(asked: str, flow: Collection[str]) -> bool:
    """Whether what was added or done away with is counted, where the folded question asks how many there are."""
    if not flow or not _ASKS_STOCK.search(asked) or _ADDED.search(asked):
        return False
    return not any(verb in asked for verb in flow)


def flows(folded: str) -> tuple[str, ...]:
    """The words by which something is said to be added or done away with."""
    return tuple(_FLOW.findall(folded))


def says_again(figure: Figure, other: Figure) -> bool:
    """Whether a figure gives the value of the other once more, exactly or loosely (突破10万条 for 103297条)."""
    first, second = (each.value or Decimal(0) for each in (figure, other))
    return first == second or (bool(figure.qualifier) and abs(first - second) < _LOOSELY * abs(second))
