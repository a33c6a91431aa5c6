"""What differs between two texts, and between two versions of an FAQ entry, for a person to see at a glance."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, NamedTuple

from assistant.desk.faq_fields import FIELDS, changed_fields
from assistant.language import sentences
from assistant.store import FaqEntry

# Longer changed stretches are shown whole: comparing them by character takes the square of their length.
_BY_CHARACTER_MOST = 1_000
# So few characters that happen to be the same amid a change only make it hard to read.
_TOO_FEW = 2


class Piece(NamedTuple):
    """A stretch of text: ``same`` in both, ``gone`` from the first, or ``new`` in the second."""

    kind: str
    text: str


@dataclass(frozen=True)
class FieldDifference:
    """A field that differs, by its Chinese name, and how."""

    name: str
    label: str
    pieces: tuple[Piece, ...]


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """How the second text came out of the first: by sentences, and within changed sentences by characters.

    The pieces that are not new make the first text, those that are not gone the second.
    """
    old, new = _sentences(before), _sentences(after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, added = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal":
            pieces.append(Piece("same", gone))
        else:
            pieces += _by_character(gone, added)
    return tuple(_joined(pieces))


def entry_differences(before: FaqEntry, after: FaqEntry) -> tuple[FieldDifference, ...]:
    """The fields that differ between two versions of an entry, in the order they are edited."""
    return tuple(
        FieldDifference(
            name, FIELDS[name], differences(_written(getattr(before, name)), _written(getattr(after, name)))
        )
        for name in changed_fields(before, after)
    )


def _sentences(text: str) -> list[str]:
    spans = sentences(text)
    cuts = [0, *(end for _, end in spans)]
    if cuts[-1] != len(text):
        cuts.append(len(text))
    return [text[start:end] for start, end in pairwise(cuts) if start != end]


def _by_character(gone: str, added: str) -> list[Piece]:
    if not gone or not added or len(gone) > _BY_CHARACTER_MOST or len(added) > _BY_CHARACTER_MOST:
        return _replaced(gone, added)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, gone, added, autojunk=False).get_opcodes():
        if kind == "equal" and (b - a > _TOO_FEW or not pieces or b == len(gone)):
            pieces.append(Piece("same", gone[a:b]))
        else:
            pieces += _replaced(gone[a:b], added[c:d])
    return pieces


def _replaced(gone: str, added: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in (("gone", gone), ("new", added)) if text]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbouring changes as one: first all that is gone, then all that is new."""
    joined: list[Piece] = []
    gone = new = ""
    for piece in [*pieces, Piece("same", "")]:
        if piece.kind == "gone":
            gone += piece.text
        elif piece.kind == "new":
            new += piece.text
        else:
            joined += _replaced(gone, new)
            gone = new = ""
            if joined and joined[-1].kind == "same":
                joined[-1] = Piece("same", joined[-1].text + piece.text)
            elif piece.text:
                joined.append(piece)
    return joined


def _written(value: Any) -> str:
    """A field as one text."""
    if isinstance(value, tuple):
        return "\n".join(value)
    return value.isoformat() if isinstance(value, date) else str(value or "")
