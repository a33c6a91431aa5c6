"""What citizens say and what reports write for it, kept by staff in plain files.

A line is a group of words of one meaning, each said or written for any other. A line with ``>`` goes one way: what
stands before it is said, what stands behind it is written; nothing behind it says that the words name nothing at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from assistant.errors import BadInput
from assistant.language.folding import fold_text

_ONE_WAY = ">"
# A longer file is no list that anyone keeps; each word costs memory, and reading takes time at the start.
LONGEST_BYTES = 1_000_000


@dataclass(frozen=True)
class Said:
    """A word found in a text: where it stands, and what may be written for it (nothing where it names nothing)."""

    start: int
    end: int
    word: str
    written: tuple[str, ...]


class Ways:
    """Finds everyday words in a text.

    Args:
        written: by everyday word what may be written for it, folded.
        groups: the lines that go both ways.

    Attributes:
        written: as given.
        groups: as given.
    """

    def __init__(
        self, written: Mapping[str, tuple[str, ...]] | None = None, groups: Sequence[tuple[str, ...]] = ()
    ) -> None:
        self.written = dict(written or {})
        self.groups = tuple(groups)
        self._by_first: dict[str, tuple[str, ...]] = {}
        for word in sorted(self.written, key=len, reverse=True):
            self._by_first[word[0]] = (*self._by_first.get(word[0], ()), word)

    def joined(self, other: "Ways") -> "Ways":
        """These and the others; a word of both is written as in either."""
        words = {**self.written, **other.written}
        written = {word: _each_once((*self.of(word), *other.of(word))) for word in words}
        nothing = [word for table in (self.written, other.written) for word, others in table.items() if not others]
        written.update(dict.fromkeys(nothing, ()))
        return Ways(written, (*self.groups, *other.groups))

    def of(self, word: str) -> tuple[str, ...]:
        """What may be written for a word; nothing for one that is not kept."""
        return self.written.get(word, ())

    def find(self, folded: str, words: Sequence[str]) -> Iterator[Said]:
        """The everyday words of a folded text from left to right, the longest first, none over another.

        A single character is a word by itself; a longer one begins and ends where words of the text do.

        Args:
            folded: the text.
            words: its words, nothing left out.
        """
        edges = {0, *accumulate(map(len, words))}
        at = 0
        while at < len(folded):
            found = self._at(folded, at, edges)
            if found is not None:
                yield found
            at = found.end if found is not None else at + 1

    def _at(self, folded: str, at: int, edges: set[int]) -> Said | None:
        if at not in edges:
            return None
        for word in self._by_first.get(folded[at], ()):
            end = at + len(word)
            if end in edges and folded.startswith(word, at):
                return Said(at, end, word, self.written[word])
        return None


def read_ways(path: Path) -> Ways:
    """The ways of a file, ``#`` begins a comment. No file, no ways.

    Raises:
        BadInput: too large, not UTF-8, a word in two groups, or nothing before ``>``; the message names the line.
    """
    if not path.is_file():
        return Ways()
    if path.stat().st_size > LONGEST_BYTES:
        raise BadInput(f"词表 {path.name} 太大，最多 {LONGEST_BYTES} 字节")
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BadInput(f"词表 {path.name} 应为 UTF-8 编码的文本文件") from error
    written: dict[str, tuple[str, ...]] = {}
    groups: list[tuple[str, ...]] = []
    empty: set[str] = set()
    for number, line in enumerate(lines, start=1):
        before, mark, behind = line.partition("#")[0].partition(_ONE_WAY)
        said, others = _words(before), _words(behind)
        if mark and not said:
            raise BadInput(f"词表 {path.name} 第 {number} 行的“{_ONE_WAY}”前面没有词")
        if not mark:
            twice = set(said) & {word for group in groups for word in group}
            if twice:
                raise BadInput(f"词表 {path.name} 第 {number} 行的“{sorted(twice)[0]}”已在别的组里，一个词只能在一组")
            groups.append(said)
        if mark and not others:
            empty.update(said)
        for word in said if mark or len(said) > 1 else ():
            new = others if mark else tuple(other for other in said if other != word)
            written[word] = _each_once((*written.get(word, ()), *new))
    # A word that names nothing may stand for something where a group is read by itself.
    written.update(dict.fromkeys(empty, ()))
    return Ways(written, [group for group in groups if len(group) > 1])


def _words(text: str) -> tuple[str, ...]:
    return _each_once(fold_text(word) for word in text.split())


def _each_once(words: "Iterator[str] | Sequence[str]") -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
