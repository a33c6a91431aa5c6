"""How bodies are called for short: 卫生健康委员会 is 卫健委, 人力资源和社会保障局 人社局, 县人民政府 县政府.

A short name keeps the first character, leaves others out, and keeps the end of the full name. Which of the others stay
is custom and not rule, so any choice of two or more characters is understood; a choice that fits two bodies means both.
"""

import re
from collections.abc import Collection, Iterable

# The end of a body's name, and how it is said for short.
_ENDS = (
    ("委员会", "委(?:员?会)?"),
    ("办公室", "办(?:公室)?"),
    ("局", "局"),
    ("厅", "厅"),
    ("署", "署"),
    ("院", "院"),
    ("中心", "中心"),
)


class ShortNames:
    """Finds bodies called by a short name.

    Args:
        names: of each body its full name as printed and, folded, all the names that leave places out.
    """

    def __init__(self, names: Iterable[tuple[str, Collection[str]]]) -> None:
        self._patterns = {
            publisher: re.compile(pattern) for publisher, known in names if (pattern := _pattern(known)) is not None
        }
        alike = dict.fromkeys(pattern.pattern for pattern in self._patterns.values())
        self._any = re.compile("|".join(alike)) if alike else None

    def find(self, folded: str) -> tuple[set[str], set[str]]:
        """The bodies meant in a folded question, and the words that named them."""
        publishers: set[str] = set()
        used: set[str] = set()
        for match in self._any.finditer(folded) if self._any else ():
            used.add(match.group())
            publishers |= {name for name, pattern in self._patterns.items() if pattern.fullmatch(match.group())}
        return publishers, used

    def is_name(self, folded: str) -> bool:
        """Whether the whole text is a short name of a body."""
        return self._any is not None and self._any.fullmatch(folded) is not None

    def ends_in_name(self, folded: str) -> bool:
        """Whether the text ends with a short name of a body."""
        return any(match.end() == len(folded) for match in self._any.finditer(folded)) if self._any else False


def _pattern(names: Collection[str]) -> str | None:
    """What matches all short names of a body, with its place or without; None when its name has no known end."""
    bare = min(names, key=len, default="")
    for end, said in _ENDS:
        core = bare.removesuffix(end)
        if core != bare and len(core) > 2:
            places = sorted((name.removesuffix(bare) for name in names if name.endswith(bare)), key=len, reverse=True)
            before = "|".join(map(re.escape, places))
            others = "".join(f"{re.escape(char)}?" for char in core[1:])
            # At least two characters before the end: 人局 names nothing.
            return f"(?:{before}){re.escape(core[0])}(?!{end[0]}){others}{said}"
    return None
