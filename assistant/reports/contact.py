"""How to reach the office that answers for a report, from the report's own text.

Taken only where the text says that this is what it is for (questions about the report, the office for information
disclosure); numbers of hotlines, of sub-offices and of those that were given up are left alone.
"""

import re
from dataclasses import dataclass, field

from assistant.reports.model import Contact

_HAN = "\u4e00-\u9fff"
_GAP = r"\s{0,3}"
_WHOSE = "(?:联系|咨询|办公|办公室|受理|通讯|通信|邮寄|单位|机关|公开|工作)"
# A label is no part of a longer word (举报电话, 原电话, 网站地址), and its value follows with a colon or at once.
_LABELS = {
    "address": rf"{_WHOSE}?地{_GAP}址|请?(?:来信|信件|信函)?请?(?:寄至|寄送至|邮寄至)",
    "postcode": rf"邮{_GAP}政{_GAP}编{_GAP}码|邮{_GAP}编",
    "phone": rf"{_WHOSE}?电{_GAP}话(?:号码)?|请?(?:来电)?请?(?:拨打|致电)",
    "fax": rf"传{_GAP}真(?:电话|号码)?",
    "email": r"(?:联系|咨询|公开)?(?:电子)?(?:邮箱|邮件|信箱)(?:地址|(?:请)?(?:发送至|发至))?|[Ee][-—]?[Mm]ail",
}
_BOTH = rf"{_WHOSE}?电{_GAP}话{_GAP}[(（/／、和及兼]{{1,2}}{_GAP}传{_GAP}真[)）]?"  # one number for both
_LABEL = re.compile(
    rf"(?<![{_HAN}])(?:(?P<both>{_BOTH})|"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")(?:\s?[(（][^()（）]{1,12}[)）])?\s?[:：为是]?\s?"
)
_HINT = re.compile("[址编话真邮箱拨致至]|[Mm]ail")  # stands in every label; most lines have none
_PHONE = (
    r"(?:[(（]?0\d{2,3}[)）]?\s?[-—–－]?\s?)?(?:\d{7,8}|\d{3,4}[-\s]\d{4})(?:\s?[-—–转]\s?\d{1,5})?"
    r"|1[3-9]\d{9}|400[-\s]?\d{3}[-\s]?\d{4}"
)
_VALUES = {
    "address": re.compile(rf"[^，,。；;\n]*?[{_HAN}][^，,。；;\n]*?(?=[，,。；;\n]|\s[{_HAN}]{{2,4}}[:：]|$)"),
    "postcode": re.compile(r"\d{6}(?!\d)"),
    "phone": re.compile(rf"(?:{_PHONE})(?!\d)"),
    "fax": re.compile(rf"(?:{_PHONE})(?!\d)"),
    "email": re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}", re.ASCII),
}
_LONGEST_VALUE = 100  # characters; an address has up to 60
# What a text says before it tells how to reach somebody, the plainest first.
_FOR_THE_REPORT = re.compile(
    r"报告.{0,40}(?:疑问|疑义|咨询|解释|意见|建议|联系|垂询)|年报.{0,40}(?:疑问|咨询|联系)", re.DOTALL
)
_FOR_THE_OFFICE = re.compile(
    r"联系方式|疑问.{0,40}联系|(?:信息|政务|警务|院务|校务)公开[^。\n]{0,30}(?:办公室|机构|科|处|股|中心|部门|联系)",
    re.DOTALL,
)
_SAID_BEFORE = 160  # characters before the first label
_LINES_BETWEEN = 1  # lines without a label inside one block, such as the office's name


@dataclass
class _Block:
    """Labels with their values that stand together."""

    start: int
    end: int
    line: int
    values: dict[str, str] = field(default_factory=dict)


def find_contact(text: str) -> Contact:
    """The contact that ``text``, a report's, gives for the report or for the body's office for information disclosure.

    Where several such places differ and none is plainly about the report, none is taken.
    """
    blocks = [block for block in _blocks(text) if len(block.values) > 1 or "phone" in block.values]
    for said in (_FOR_THE_REPORT, _FOR_THE_OFFICE):
        meant = [block for block in blocks if said.search(text, max(0, block.start - _SAID_BEFORE), block.end)]
        contacts = {Contact(**block.values) for block in meant}
        if contacts:
            return contacts.pop() if len(contacts) == 1 else Contact()
    return Contact()


def _blocks(text: str) -> list[_Block]:
    """The places with labels and values; those in one line or in neighbouring lines stand together."""
    blocks: list[_Block] = []
    position = 0
    for number, line in enumerate(text.split("\n")):
        matches = list(_LABEL.finditer(line)) if _HINT.search(line) else []
        ends = [*(match.start() for match in matches[1:]), len(line)]
        for match, end in zip(matches, ends, strict=False):
            name, value = _value(line, match, end)
            if not value:
                continue
            near = blocks and number - blocks[-1].line <= 1 + _LINES_BETWEEN
            if not near or any(part in blocks[-1].values for part in name):
                blocks.append(_Block(position + match.start(), 0, number))
            blocks[-1].values |= dict.fromkeys(name, value)
            blocks[-1].end, blocks[-1].line = position + match.end(), number
        position += len(line) + 1
    return blocks


def _value(line: str, label: re.Match[str], end: int) -> tuple[tuple[str, ...], str]:
    """The fields a label stands for, and its value; empty where what follows is none."""
    name = label.lastgroup or ""
    names = ("phone", "fax") if name == "both" else (name,)
    found = _VALUES[names[0]].match(line, label.end(), min(end, label.end() + _LONGEST_VALUE))
    value = found[0].rstrip(" (（").strip() if found else ""
    for opening, closing in ("()", "（）"):
        if value.count(closing) > value.count(opening):
            value = value[: value.rindex(closing)].strip()
    return names, "" if "://" in value else value
