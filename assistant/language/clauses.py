"""Clauses: the pieces of a sentence between its commas, with exact offsets."""

import re

_END = re.compile(r"[，,；;：:。！？!?\n]")


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the clauses of ``text[start:end]``, each with its closing mark; they tile the span.

    A comma or colon between digits (1,266; 9:30) closes none.
    """
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if not (match.group() in ",:：" and before.isdigit() and after.isdigit()):
            spans.append((begin, match.end()))
            begin = match.end()
    if begin < end:
        spans.append((begin, end))
    return spans
