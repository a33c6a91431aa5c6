"""One spelling of whitespace for everything that comes in, so that offsets are counted on what a citizen sees."""

import re

MAX_CHARACTERS = 2_000_000  # of a report's text; the longest real ones have under 50,000, and this takes seconds

# Control, zero-width, direction, private-use and surrogate characters: nobody sees them, and they break matching.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ue000-\uf8ff"
    "\ufff9-\ufffc\U000f0000-\U0010ffff]"
)
_SPACES = re.compile(r"\s+")


def tidy_line(text: str) -> str:
    """``text`` as one line: unseen characters gone, every run of whitespace one space, none at the ends."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


def tidy_text(text: str) -> str:
    """``text`` as tidy lines, blank ones left out."""
    return "\n".join(line for line in map(tidy_line, text.splitlines()) if line)
