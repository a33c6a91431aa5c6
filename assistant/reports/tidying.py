"""One spelling of whitespace for everything that comes in, so that offsets are counted on what a citizen sees."""

import re
import unicodedata

from assistant.language import is_han

MAX_CHARACTERS = 2_000_000  # of a report's text; the longest real ones have under 50,000, and this takes seconds

_PLACEHOLDER = "\ufffc"  # stands where an object, such as a picture, was
_SPACES = re.compile(r"\s+")


def tidy_line(text: str) -> str:
    """``text`` as one line: unseen characters gone, every run of whitespace one space, none at the ends."""
    unseen = {ord(char): None for char in set(text) if _is_unseen(char)}
    return _SPACES.sub(" ", text.translate(unseen) if unseen else text).strip()


def _is_unseen(char: str) -> bool:
    """Whether nobody can see the character and it breaks matching: control, format, private-use, unassigned, surrogate.

    These are the characters that ``language.fold`` drops: a passage of nothing else could be neither found nor quoted.
    """
    if is_han(char):  # the newest are unassigned in an older Python's tables
        return False
    return char == _PLACEHOLDER or (unicodedata.category(char).startswith("C") and not char.isspace())
