"""Reading FAQ entries once: what was read of one is kept for the next start, by its words and by what read them."""

import hashlib
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.language import fold_text
from assistant.search.kept_readings import KeptReadings
from assistant.store import FaqEntry

# Kept together: a start that is killed while it reads loses no more than these.
_AT_ONCE = 500
# The rooms whose code makes readings: when any of it changes, all is read anew.
_ROOMS = ("answers", "language")


@dataclass(frozen=True)
class Reader:
    """One way of reading entries.

    Attributes:
        kind: names it among others.
        version: of the word lists by which it reads.
        read: reads an entry; gives what JSON takes.
        kept: what was read earlier; None keeps nothing.
    """

    kind: str
    version: str
    read: Callable[[FaqEntry], Any]
    kept: KeptReadings | None

    def readings(self, entries: Sequence[FaqEntry], known: Container[FaqEntry]) -> Iterator[tuple[FaqEntry, Any]]:
        """Each entry that is not known with what was read of it, now or earlier; readings of others are forgotten."""
        unknown = [entry for entry in entries if entry not in known]
        if self.kept is None:
            yield from ((entry, self.read(entry)) for entry in unknown)
            return
        for start in range(0, len(unknown), _AT_ONCE):
            yield from self._some(unknown[start : start + _AT_ONCE], self.kept)
        self.kept.forget_others(self.kind, [key_of(entry) for entry in entries])

    def _some(self, entries: Sequence[FaqEntry], kept: KeptReadings) -> Iterator[tuple[FaqEntry, Any]]:
        version = f"{_code_version()} {self.version}"
        keys = [key_of(entry) for entry in entries]
        readings = kept.of(self.kind, version, keys)
        new = {key: self.read(entry) for key, entry in zip(keys, entries, strict=True) if key not in readings}
        if new:
            kept.keep(self.kind, version, new)
        readings |= new
        yield from ((entry, readings[key]) for key, entry in zip(keys, entries, strict=True))


def key_of(entry: FaqEntry) -> bytes:
    """Names the words that are read of an entry."""
    return hashlib.blake2b("\0".join(_texts(entry)).encode(), digest_size=16).digest()


def all_words(entry: FaqEntry) -> str:
    """All that an entry says, folded, each text on a line of its own."""
    return "\n".join(map(fold_text, _texts(entry)))


def _texts(entry: FaqEntry) -> tuple[str, ...]:
    return (entry.question, *entry.phrasings, entry.answer, entry.publisher, entry.source)


@cache
def _code_version() -> str:
    """Names the code that reads, so that no reading outlives a change of it."""
    digest = hashlib.blake2b(digest_size=8)
    package = Path(__file__).resolve().parent.parent
    for path in sorted(path for room in _ROOMS for path in (package / room).glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
