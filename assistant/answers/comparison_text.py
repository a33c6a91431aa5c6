"""The words of a comparison: one sentence that says who, what, from when to when, and by how much.

Numbers are said as printed; differences and percentages are worked out, and the words say so and of what.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.answers.changes import amount_text, written
from assistant.answers.model import Change, ComparedRow, Comparison, MissingRow

# So many numbers are said one by one; of more only the first, the last and the outermost: the table has them all.
_SAID_IN_FULL = 4
# Of two numbers the difference says which is more.
_PAIR = 2
_SHARE_UNITS = ("%", "‰", "百分点", "个百分点")


def comparison_text(comparison: Comparison, aim: str) -> str:
    """The whole text of a comparison.

    Args:
        comparison: the numbers.
        aim: what was asked of them (``Comparing.aim``).
    """
    rows, indicator = comparison.rows, comparison.indicator
    bodies = list(dict.fromkeys(row.publisher for row in rows))
    years = sorted({row.year for row in rows})
    if len(bodies) == 1:
        verdict = _verdict(rows, comparison.missing, aim)
        head, told = f"{verdict}{bodies[0]}，{indicator}：", _series(rows)
    elif len(years) == 1:
        head, told = f"{years[0]}年，{indicator}：", "，".join(f"{row.publisher}{_said(row)}" for row in rows)
    else:
        own = ((body, [row for row in rows if row.publisher == body]) for body in bodies)
        head, told = f"{indicator}：", "；".join(f"{body}{_series(of_body)}" for body, of_body in own)
    name = _year_of if len(bodies) == 1 else _body_of
    parts = [told]
    if 1 in (len(bodies), len(years)) and (len(rows) > _PAIR or aim in ("most", "least")) and aim != "rank":
        # What was asked comes first.
        within = "在有数字的年份里，" if len(bodies) == 1 else "在有数字的单位里，"
        outermost = (within if comparison.missing else "") + _outermost(rows, name, aim)
        parts.insert(0 if aim in ("most", "least") else 1, outermost)
    parts += [difference(rows[change.of], rows[change.than], change, name) for change in comparison.changes]
    if comparison.total is not None:
        parts.append(_total(rows, comparison.total))
    return head + "；".join(part for part in parts if part) + "。" + missing_text(comparison.missing)


def _year_of(row: ComparedRow) -> str:
    return f"{row.year}年"


def _body_of(row: ComparedRow) -> str:
    return row.publisher


def _said(row: ComparedRow) -> str:
    """The number as it follows a name: 为16, but 16件 and 未收到 as they are."""
    return f"为{row.printed}" if row.printed[-1:].isdigit() else row.printed


def _series(rows: Sequence[ComparedRow]) -> str:
    if len(rows) > _SAID_IN_FULL:
        return f"从{rows[0].year}年的{rows[0].printed}到{rows[-1].year}年的{rows[-1].printed}"
    return "，".join(f"{row.year}年{_said(row)}" for row in rows)


def _outermost(rows: Sequence[ComparedRow], name: Callable[[ComparedRow], str], aim: str) -> str:
    """Which has most and which least; of two only the one that was asked for."""
    values = [row.value.number for row in rows]
    if min(values) == max(values):
        return "数值相同"
    share = rows[0].value.unit in _SHARE_UNITS
    most, least = (max(values), "最高" if share else "最多"), (min(values), "最低" if share else "最少")
    told = []
    for outermost, word in (most, least) if len(rows) > _PAIR else (least if aim == "least" else most,):
        those = [row for row in rows if row.value.number == outermost]
        number = f"（{those[0].printed}）" if len(rows) > _SAID_IN_FULL else ""
        told.append("、".join(map(name, those)) + word + number)
    return "，".join(told)


def difference(of: ComparedRow, than: ComparedRow, change: Change, name: Callable[[ComparedRow], str]) -> str:
    """How much more or less one row has than the other, said to be worked out, with the two numbers."""
    if not change.number:
        return ""
    more = change.number > 0
    large, small = (of, than) if more else (than, of)
    about = "约" if of.value.qualifier or than.value.qualifier else ""
    amount = amount_text(of, than, change.number)
    percent = "" if change.percent is None else f"，{'增长' if more else '下降'}{about}{written(change.percent)}%"
    if name is _body_of:
        percent = ""  # one body has not grown from another
    parts = f"计算得出：{_digits(large)}－{_digits(small)}"
    return f"{name(of)}比{name(than)}{'多' if more else '少'}{about}{amount}{percent}（{parts}）"


def _digits(row: ComparedRow) -> str:
    """The number as printed; 0 for words that say none."""
    return row.printed if row.value.number else f"0{row.value.unit}"


def _total(rows: Sequence[ComparedRow], total: Decimal) -> str:
    """The sum, said to be worked out, with its parts."""
    about = "约" if any(row.value.qualifier for row in rows) else ""
    parts = "＋".join(map(_digits, rows))
    return f"合计{about}{amount_text(rows[0], rows[-1], total)}（计算得出：{parts}）"


def _verdict(rows: Sequence[ComparedRow], missing: Sequence[MissingRow], aim: str) -> str:
    """Yes or no, where that was asked of the years of one body."""
    values = [row.value.number for row in rows]
    if aim in ("rising", "falling"):
        word = "多" if aim == "rising" else "少"
        steady = all(first < last if aim == "rising" else first > last for first, last in pairwise(values))
        if not steady:
            return f"不是一年比一年{word}。"
        return f"在有数字的年份里，是一年比一年{word}。" if missing else f"是一年比一年{word}。"
    if aim not in ("grew", "shrank"):
        return ""
    if values[0] == values[-1]:
        return "没有变化。"
    grown = values[-1] > values[0]
    if grown == (aim == "grew"):
        return "增加了。" if grown else "减少了。"
    return "没有减少，增加了。" if grown else "没有增加，减少了。"


def missing_text(missing: Sequence[MissingRow]) -> str:
    """What was asked for and is not there."""
    told = []
    for reported in (False, True):
        of_body: dict[str, list[int]] = {}
        for each in missing:
            if each.reported is reported:
                of_body.setdefault(each.publisher, []).append(each.year)
        for body, years in of_body.items():
            when = "、".join(f"{year}年" for year in years)
            told.append(f"{body}{when}的报告里没有找到这个数" if reported else f"没有{body}{when}的报告")
    return "；".join(told) + "。" if told else ""
