"""Text that a stranger typed, made plain: what is not seen goes, what cannot be kept is refused."""

import re
import unicodedata

from assistant.errors import BadInput

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*\n+")
# A joiner within emoji is no trick; everything else that is not seen may turn a line round or hide words.
_JOINERS = "\u200d\ufe0f"


def plain(text: str) -> str:
    """The text with one kind of line end and without control characters, invisible ones and long gaps."""
    lines = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    seen = "".join(char for char in lines if char == "\n" or char in _JOINERS or _is_seen(char))
    return _EMPTY_LINES.sub("\n\n", seen).strip()


def one_line(text: str) -> str:
    """The plain text with spaces for line ends."""
    return " ".join(plain(text).split())


def bounded(text: str, most: int, what: str) -> str:
    """The text if it is at most ``most`` characters long.

    Raises:
        BadInput: it is longer; ``what`` names it in the sentence.
    """
    if len(text) > most:
        raise BadInput(f"{what}最多 {most} 个字，现在有 {len(text)} 个字。", code="text_too_long")
    return text


def written(text: str, what: str) -> str:
    """The text if it says anything.

    Raises:
        BadInput: it holds no letter and no digit.
    """
    if not any(char.isalnum() for char in text):
        raise BadInput(f"请写下{what}。", code="text_empty")
    return text


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co")
