"""Synonyms: groups of words that mean the same in this domain, kept by staff in a plain file."""

from collections.abc import Iterable
from pathlib import Path

from assistant.errors import BadInput
from assistant.language.folding import fold_text


class Synonyms:
    """Finds in a question the words that have others of the same meaning.

    Args:
        groups: each a group of words that mean the same, as they look after folding.
    """

    def __init__(self, groups: Iterable[tuple[str, ...]] = ()) -> None:
        self.groups = tuple(groups)
        self._group_of = {word: group for group in self.groups for word in group}
        # The longest first: of 行政复议 and 复议 the whole word is meant.
        self._words = sorted(self._group_of, key=len, reverse=True)

    def find(self, folded: str) -> dict[str, tuple[str, ...]]:
        """The words of a folded question that have synonyms, each with the others of its group; no overlaps."""
        found: dict[str, tuple[str, ...]] = {}
        rest = folded
        for word in self._words:
            if word in rest:
                found[word] = tuple(other for other in self._group_of[word] if other != word)
                rest = rest.replace(word, "\n")
        return found


def read_synonyms(path: Path) -> Synonyms:
    """Synonyms from a file: one group a line, separated by spaces, ``#`` starts a comment. No file, no synonyms.

    Raises:
        BadInput: not UTF-8, or a word in two groups; the message names the line.
    """
    if not path.is_file():
        return Synonyms()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BadInput(f"同义词表 {path.name} 应为 UTF-8 编码的文本文件") from error
    groups: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        group = tuple(dict.fromkeys(fold_text(word) for word in line.partition("#")[0].split()))
        twice = seen.intersection(group)
        if twice:
            raise BadInput(f"同义词表 {path.name} 第 {number} 行的“{sorted(twice)[0]}”已在别的组里，一个词只能在一组")
        seen.update(group)
        if len(group) > 1:
            groups.append(group)
    return Synonyms(groups)
