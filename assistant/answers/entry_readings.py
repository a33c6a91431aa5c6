"""Reading FAQ entries once: what was read of one is kept for the next start, by its words and by what read them."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol, TypeVar

from assistant.language import fold_text
from assistant.search.kept_readings import KeptReadings
from assistant.store import FaqEntry

# Kept together: a start that is killed while it reads loses no more than these.
_AT_ONCE = 500
# Of more entries that changed at once all are counted anew: taking them out one by one would be the longer way.
_CHANGED_MOST = 200
# The rooms whose code makes readings: when any of it changes, all is read anew.
_ROOMS = ("answers", "language")
# And what of other people's making those readings rest on: sounds, simplified script, words.
_LIBRARIES = ("jieba", "opencc", "pypinyin")


class _HasEntry(Protocol):
    @property
    def entry(self) -> FaqEntry: ...


_Ready = TypeVar("_Ready", bound=_HasEntry)


@dataclass(frozen=True)
class EntryReader:
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

    def readings(self, entries: Sequence[FaqEntry]) -> Iterator[tuple[FaqEntry, Any]]:
        """Each entry with what was read of it, now or earlier."""
        if self.kept is None:
            yield from ((entry, self.read(entry)) for entry in entries)
            return
        for start in range(0, len(entries), _AT_ONCE):
            yield from self._some(entries[start : start + _AT_ONCE], self.kept)

    def forget(self, entries: Sequence[FaqEntry]) -> None:
        """Keeps nothing of these any more."""
        if self.kept is not None and entries:
            self.kept.forget(self.kind, [key_of(entry) for entry in entries])

    def forget_others(self, entries: Sequence[FaqEntry]) -> None:
        """Keeps nothing of any but these any more."""
        if self.kept is not None:
            self.kept.forget_others(self.kind, [key_of(entry) for entry in entries])

    def _some(self, entries: Sequence[FaqEntry], kept: KeptReadings) -> Iterator[tuple[FaqEntry, Any]]:
        read_by = f"{_code_version()} {self.version}"
        keys = [key_of(entry) for entry in entries]
        readings = kept.of(self.kind, read_by, keys)
        new = {key: self.read(entry) for key, entry in zip(keys, entries, strict=True) if key not in readings}
        if new:
            kept.keep(self.kind, read_by, new)
        readings |= new
        yield from ((entry, readings[key]) for key, entry in zip(keys, entries, strict=True))


def entries_ready(
    entries: Sequence[FaqEntry], last: Sequence[_Ready], reader: EntryReader, make: Callable[[FaqEntry, Any], _Ready]
) -> list[_Ready]:
    """What is made of each entry: the same as last time where it is the same entry, else made of its reading.

    Args:
        entries: the entries.
        last: what was made of those before; most of the time nearly all are equal and stand where they stood.
        reader: reads those that are new.
        make: makes an entry ready by its reading.
    """
    found: list[_Ready | None] = [
        each if each is not None and (each.entry is entry or each.entry == entry) else None
        for entry, each in zip(entries, (*last, *[None] * len(entries)), strict=False)
    ]
    if last and not all(found):
        moved = {each.entry: each for each in last}
        found = [each or moved.get(entry) for entry, each in zip(entries, found, strict=True)]
    unknown = [entry for entry, each in zip(entries, found, strict=True) if each is None]
    new = {entry: make(entry, reading) for entry, reading in reader.readings(unknown)}
    ready = [each or new[entry] for entry, each in zip(entries, found, strict=True)]
    if last:
        held = set(map(id, ready))
        reader.forget([each.entry for each in last if id(each) not in held])
    else:
        reader.forget_others(entries)
    return ready


def changed_places(before: Sequence[object], now: Sequence[object]) -> list[int] | None:
    """The places at which something else stands than before, those behind the last one among them.

    None where things moved, or more than a few changed: then all is better counted anew.
    """
    if len(now) < len(before):
        return None
    changed = [place for place, (old, new) in enumerate(zip(before, now, strict=False)) if old is not new]
    changed += range(len(before), len(now))
    return changed if len(changed) <= _CHANGED_MOST else None


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
    """Names the code that reads, ours and that of the libraries it reads by: no reading outlives a change of it."""
    digest = hashlib.blake2b(" ".join(map(version, _LIBRARIES)).encode(), digest_size=8)
    package = Path(__file__).resolve().parent.parent
    for path in sorted(path for room in _ROOMS for path in (package / room).glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
