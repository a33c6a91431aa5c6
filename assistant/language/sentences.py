"""Sentences with exact offsets into the original text."""

import re

_CLOSERS = "”’』」）)】》〉\"'"
# A sentence ends after 。！？；… (also the half-width !?; that typists mix in) with its closing quotes, or at a line
# break. The full-width semicolon ends one because reports chain whole statements with it. Within a web address none
# does: http://a.example/list?page=2.
_WEB_ADDRESS = r"https?://[!-~]*[A-Za-z0-9/=]"
_SENTENCE = re.compile(rf"(?:{_WEB_ADDRESS}|[^。！？!?；;…\n\r])*(?:[。！？!?；;…]+[{_CLOSERS}]*|[\n\r]+|$)")


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans ``(start, end)`` of the sentences of ``text``, in order and without overlap.

    A span starts and ends at a visible character; together the spans hold every visible character of the text.
    """
    spans: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(text):
        piece = match.group()
        stripped = piece.strip()
        if stripped:
            start = match.start() + piece.index(stripped)
            spans.append((start, start + len(stripped)))
    return spans
