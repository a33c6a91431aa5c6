"""Zero said in words: 未收到…申请, 没有发生…, 未因…被申请…, 无行政诉讼, 为零."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What is counted when it happens: that it did not happen is a zero. 未更新 or 未按时 say how, and count nothing.
_EVENT = (
    "(?:收到|收取|接到|接收到?|受理|产生|引起|存在|提起|提出|减免|新增|制定|制发|出台)(?=[^,，。;；:：、)）\n])"
    "|发生|出现|引发|申请|起诉|收费"
)
_BY_WORD = re.compile(
    r"(?<!从)(?:未曾?|没有|没|尚未|从未)"
    rf"(?:(?:因|向|对|就)[^,，。;；:：、未没]{{1,24}}?)?(?:被[^,，。;；:：、]{{0,6}}?)?(?:{_EVENT})(?!的)"
)
_WITHOUT = re.compile(
    r"(?<![有毫并从])(?:均无|暂无|无|没有)(?=[^,，。;；:：法论需须偿关障效]{2,24}?"
    r"(?:申请|诉讼|复议|举报|投诉|收费|费用|案件|信访)(?:的?(?:情况|情形|事项|事件|案件|发生|记录))?\s?(?:[,，。;；、)）\n]|$))"
)
_NONE = re.compile(r"为零(?=\s?(?:[,，。;；、)）\n]|$))")
# A zero that only describes something else: 未收到答复的7条.
_DESCRIBES = re.compile(r"[^,，。;；:：]{0,20}的\s?(?:\d|人|单位|部门|企业|机构|个人|家庭|村|社区|地区|区域|情况下)")


@dataclass(frozen=True)
class Nothing:
    """A zero in words.

    Attributes:
        start: offset of the words.
        end: offset after them.
        named: offset where what did not happen is named: behind 未 or 没有, so that 收到 belongs to it; ``end`` for 无
            and for 为零.
        verb: whether the words say it with a verb.
    """

    start: int
    end: int
    named: int
    verb: bool


def find_nothing(text: str, start: int, end: int) -> Iterator[Nothing]:
    """The zeros in words of ``text[start:end]`` in order."""
    found = [Nothing(*match.span(), _behind_negation(match), True) for match in _BY_WORD.finditer(text, start, end)]
    taken = {nothing.start for nothing in found}
    for pattern in (_WITHOUT, _NONE):
        found += [
            Nothing(*match.span(), match.end(), False)
            for match in pattern.finditer(text, start, end)
            if match.start() not in taken
        ]
    yield from (
        nothing
        for nothing in sorted(found, key=lambda nothing: nothing.start)
        if not _DESCRIBES.match(text, nothing.end, end)
    )


def _behind_negation(match: "re.Match[str]") -> int:
    negation = re.match(r"未曾?|没有|没|尚未|从未", match.group())
    return match.start() + (negation.end() if negation else 0)
