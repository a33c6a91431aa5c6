"""The outline: sections by Chinese heading numbers, 一、 （一） 1. (1)."""

import re
from dataclasses import dataclass

from assistant.reports.model import Section

_CHINESE = "[一二三四五六七八九十百]{1,4}"
_NUMBERS = (
    rf"{_CHINESE}\s?[、．.](?!\d)",
    rf"[（(]\s?{_CHINESE}\s?[)）]\s?[、．.]?",
    r"[0-9０-９]{1,2}\s?[.．、](?![0-9０-９])",
    r"[（(]\s?[0-9０-９]{1,2}\s?[)）]\s?[、．.]?",
)
HEADING_NUMBER = re.compile("|".join(f"(?P<l{level}>{number})" for level, number in enumerate(_NUMBERS, 1)))

_LONGEST_OPEN = 80  # characters of a heading line that ends without a full stop
_LONGEST_CLOSED = 40  # … that ends with one
_LONGEST_INLINE = 32  # … of a first sentence that is the heading of the text behind it
_END = re.compile(r"[。！？!?]")
_CLAUSE = re.compile(r"[，,]")
_FIGURE = re.compile(r"\d")
_YEARS = re.compile(r"(?:19|20)\d{2}\s*年?度?|12345|“?十[一二三四五]五”?")
_COLON_INSIDE = re.compile(r"[:：](?!$)")
_ITEM_END = "；;，,"


@dataclass(frozen=True)
class Heading:
    """A heading found in a text: its level and where it stands."""

    level: int
    start: int
    end: int


def find_headings(text: str) -> list[Heading]:
    """The headings of a tidy text (one paragraph a line), in order."""
    headings: list[Heading] = []
    position = 0
    list_level = 0  # the level of the list whose last item ended with a semicolon
    for line in text.split("\n"):
        match = HEADING_NUMBER.match(line)
        level = int((match.lastgroup or "l0")[1:]) if match else 0
        if match and level != list_level:
            length = _heading_length(line, match.end())
            if length:
                headings.append(Heading(level, position, position + length))
        if level:
            list_level = level if line[-1] in _ITEM_END else 0
        position += len(line) + 1
    return headings


def _heading_length(line: str, number_end: int) -> int:
    """How many characters of ``line`` are a heading: all, its first sentence, or none (0).

    A first sentence with figures in it tells something and heads nothing, and so does one with a colon inside.
    """
    stop = _END.search(line, number_end)
    first = stop.end() if stop else len(line)
    body = _YEARS.sub("", line[number_end:first])
    if (
        not body.strip(" 。！？!?")
        or line[first - 1] in _ITEM_END
        or _COLON_INSIDE.search(line[number_end:first].rstrip())
    ):
        return 0
    if not stop:
        return len(line) if len(line) <= _LONGEST_OPEN else 0
    if _FIGURE.search(body):
        return 0
    if first == len(line):
        return first if first <= _LONGEST_CLOSED else 0
    return first if first <= _LONGEST_INLINE and len(_CLAUSE.findall(body)) <= 2 else 0


def outline(text: str, headings: list[Heading]) -> tuple[Section, ...]:
    """The sections of a tidy text, in order; one of level 0 for what stands before the first heading."""
    starts = [heading.start for heading in headings]
    first = starts[0] if starts else len(text)
    sections: list[Section] = []
    if text[:first].strip():
        sections.append(Section("", 0, (), 0, len(text[:first].rstrip()), "s1"))
    ends = _ends(headings, len(text))
    above: list[Heading] = []
    for heading, end in zip(headings, ends, strict=True):
        above = [*(upper for upper in above if upper.level < heading.level), heading]
        path = tuple(text[upper.start : upper.end] for upper in above)
        while text[end - 1].isspace():
            end -= 1
        sections.append(Section(path[-1], heading.level, path, heading.start, end, f"s{len(sections) + 1}"))
    return tuple(sections)


def _ends(headings: list[Heading], length: int) -> list[int]:
    """For each heading where the next one of its level or above begins, or the text ends."""
    ends = [length] * len(headings)
    waiting: list[int] = []
    for index, heading in enumerate(headings):
        while waiting and headings[waiting[-1]].level >= heading.level:
            ends[waiting.pop()] = heading.start
        waiting.append(index)
    return ends
