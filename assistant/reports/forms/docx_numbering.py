"""The numbers that Word sets before paragraphs by itself, 一、 （一） 1., as the words they are printed as."""

import re
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_DIGITS = "〇一二三四五六七八九"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseDigitalTenThousand",
}
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class _Level:
    """How one level of a list is numbered: the form of its number, the text around it, where it begins."""

    form: str
    text: str
    start: int


class Numbering:
    """Counts along with Word; one for each document, asked in the order of its paragraphs."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}  # by the number of the list
        self._lists: dict[str, str] = {}  # list -> what it counts with: lists of one kind count on
        self._counts: dict[str, list[int]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is not None:
            self._read(part.element)
        for style in document.styles.element.findall(f"{_W}style"):
            wanted = _wanted(style.find(f"{_W}pPr"))
            if wanted:
                self._styles[style.get(f"{_W}styleId") or ""] = wanted

    def _read(self, root: Any) -> None:
        kinds: dict[str, dict[int, _Level]] = {}
        for kind in root.findall(f"{_W}abstractNum"):
            levels = (_level(each) for each in kind.findall(f"{_W}lvl"))
            kinds[kind.get(f"{_W}abstractNumId") or ""] = dict(levels)
        for each in root.findall(f"{_W}num"):
            name = each.get(f"{_W}numId") or ""
            kind = _value(each, "abstractNumId")
            levels_of = dict(kinds.get(kind, {}))
            self._lists[name] = kind
            for override in each.findall(f"{_W}lvlOverride"):
                index = _number(override.get(f"{_W}ilvl"), 0)
                self._lists[name] = f"list {name}"  # begins anew
                if (own := override.find(f"{_W}lvl")) is not None:
                    levels_of[index] = _level(own)[1]
                begin = _value(override, "startOverride")
                if begin and index in levels_of:
                    was = levels_of[index]
                    levels_of[index] = _Level(was.form, was.text, _number(begin, 1))
            self._levels[name] = levels_of

    def number(self, properties: Any, style: str) -> str:
        """The number of the next paragraph, with these properties and this style; empty when it has none."""
        wanted = _wanted(properties) or self._styles.get(style)
        if wanted and not wanted[0] and style in self._styles:  # a level only: the style says which list
            wanted = (self._styles[style][0], wanted[1])
        if not wanted or wanted[0] not in self._levels:
            return ""
        name, index = wanted
        levels = self._levels[name]
        level = levels.get(index)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._lists[name], [0] * _LEVELS)
        counts[index] = counts[index] + 1 if counts[index] else level.start
        counts[index + 1 :] = [0] * (_LEVELS - index - 1)
        if level.form in ("bullet", "none"):
            return ""

        def printed(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = levels.get(place, level)
            return _written(counts[place] or other.start, other.form)

        return _PLACE.sub(printed, level.text)


def _wanted(properties: Any) -> tuple[str, int] | None:
    """List and level that paragraph properties ask for; a list "0" switches numbers off."""
    numbering = properties.find(f"{_W}numPr") if properties is not None else None
    if numbering is None:
        return None
    return _value(numbering, "numId"), min(_number(_value(numbering, "ilvl"), 0), _LEVELS - 1)


def _level(element: Any) -> tuple[int, _Level]:
    index = min(_number(element.get(f"{_W}ilvl"), 0), _LEVELS - 1)
    start = _number(_value(element, "start"), 1)
    return index, _Level(_value(element, "numFmt") or "decimal", _value(element, "lvlText"), start)


def _value(element: Any, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else found.get(f"{_W}val") or ""


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else otherwise


def _written(number: int, form: str) -> str:
    if form in _CHINESE:
        return _chinese(number)
    if form in _CIRCLED and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("upperLetter", "lowerLetter") and number >= 1:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 % 10 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    return {
        "decimalZero": f"{number:02}",
        "decimalEnclosedParen": f"({number})",
        "decimalEnclosedFullstop": f"{number}.",
    }.get(form, str(number))


def _chinese(number: int) -> str:
    """1 to 99 in Chinese numerals, as headings have them; larger ones in digits."""
    if not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}"


def _roman(number: int) -> str:
    signs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split(), strict=True
    )
    text = ""
    for value, sign in signs:
        text += sign * min(number // value, 20)
        number %= value
    return text
