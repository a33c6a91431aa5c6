"""Scripts without what only their readers need: comments, indentation, and the blanks between signs.

Nothing is renamed or put elsewhere, and lines end where they ended: what runs is, sign by sign, what stands in the
repository.
"""

import re
from collections.abc import Iterator

_SIGN = re.compile(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|[\w$#]+|\s+|.")
_PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/\w*")
# A slash after one of these begins a pattern; after anything else it divides.
_BEFORE_PATTERN = frozenset(
    ("", *"(,=:[!&|?{};><*%/^~", *"return case delete do else in instanceof throw typeof void".split())
)
_WORD = re.compile(r"[\w$#]")


def trimmed(code: str) -> str:
    """The same module, shorter; ``code`` is one that runs."""
    kept: list[str] = []
    gap = ""
    for sign in _signs(code):
        if sign.isspace():
            gap = "\n" if "\n" in sign + gap else " "
            continue
        if kept and (gap == "\n" or (gap and _run_together(kept[-1][-1], sign[0]))):
            kept.append(gap)
        kept.append(sign)
        gap = ""
    return "".join(kept) + "\n"


def _run_together(last: str, first: str) -> bool:
    """Whether two signs would be read as one without the blank between them."""
    if last == first and last in "+-/":
        return True
    return bool(_WORD.match(last) and _WORD.match(first)) or (last.isdigit() and first == ".")


def _signs(code: str) -> Iterator[str]:
    """The code in pieces, texts and patterns whole; a comment is a blank, or a line's end where it holds one."""
    at, before = 0, ""
    while at < len(code):
        if code.startswith(("//", "/*"), at):
            end = _comment_end(code, at)
            yield "\n" if "\n" in code[at:end] else " "
            at = end
            continue
        end = _end(code, at, before)
        sign = code[at:end]
        yield sign
        before = before if sign.isspace() else sign
        at = end


def _comment_end(code: str, at: int) -> int:
    if code[at + 1] == "*":
        return code.index("*/", at) + 2
    end = code.find("\n", at)
    return len(code) if end < 0 else end


def _end(code: str, at: int, before: str) -> int:
    if code[at] == "`":
        return _template_end(code, at)
    pattern = _PATTERN.match(code, at) if before in _BEFORE_PATTERN else None
    found = pattern or _SIGN.match(code, at)
    return found.end() if found else at + 1


def _template_end(code: str, at: int) -> int:
    """Behind a text in backticks, whatever stands in its ``${…}``."""
    at += 1
    depth = 0
    while code[at] != "`" or depth:
        if code[at] == "\\":
            at += 2
        elif not depth and code.startswith("${", at):
            at, depth = at + 2, 1
        elif depth and code[at] in "`'\"":
            at = _end(code, at, "x")
        else:
            depth += depth and (code[at] == "{") - (code[at] == "}")
            at += 1
    return at + 1
