"""Segmentation into words with jieba and the lexicon of user words."""

import hashlib
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jieba
import opencc

from assistant.errors import BadInput
from assistant.language.folding import fold_text

jieba.setLogLevel(logging.WARNING)

# Bump when folding or the way texts are cut changes: words that were kept are then made again.
_RULES = "1"

# Tags of places and organisations in jieba's dictionary and in the lexicon (ICTCLAS set).
_PLACE_TAGS = ("ns", "nt")


class Segmenter:
    """jieba with its own dictionary, lexicon and cache; safe to use from many threads.

    Attributes:
        version: names what cuts the words: dictionary, lexicon and rules. Words of one version fit each other.
        places: words that name a place or an organisation, by the dictionary and the lexicon.
        lexicon: as given.
        cache_folder: as given; with both another process makes the same segmenter.

    Args:
        lexicon: user words, one a line in jieba's format ``word [frequency] [part of speech]``; ``#`` starts a comment.
        cache_folder: where jieba keeps its compiled dictionary; jieba's own choice would be the system's temporary
            folder, outside the data directory.

    Raises:
        BadInput: the lexicon cannot be read; the message names the line.
    """

    def __init__(self, lexicon: Path | None, cache_folder: Path) -> None:
        self.lexicon = lexicon
        self.cache_folder = cache_folder
        entries = [] if lexicon is None else read_lexicon(lexicon)
        self._tokenizer = jieba.Tokenizer()
        cache_folder.mkdir(parents=True, exist_ok=True)
        self._tokenizer.tmp_dir = str(cache_folder)
        self._tokenizer.initialize()
        places = _dictionary_places(self._tokenizer, cache_folder)
        self._before = {word: self._tokenizer.FREQ.get(word, 0) for word, _, _ in entries}
        for word, frequency, tag in entries:
            self._tokenizer.add_word(word, frequency, tag)
        places |= {word for word, _, tag in entries if (tag or "").startswith(_PLACE_TAGS)}
        self.places = frozenset(places)
        lexicon_hash = hashlib.sha256(repr(entries).encode()).hexdigest()[:16]
        self.version = f"{_RULES} jieba {jieba.__version__} opencc {opencc.__version__} lexicon {lexicon_hash}"

    def words(self, text: str) -> list[str]:
        """The words of ``text`` in order, nothing left out: they join to ``text`` again."""
        return list(self._tokenizer.cut(text))

    def known_words(self, text: str) -> list[str]:
        """The words of ``text`` by the dictionary and the lexicon alone, and characters where there is no such word.

        jieba guesses words that it does not know, which finds names, but in short spoken questions also 人告 and 封信.
        """
        return list(self._tokenizer.cut(text, HMM=False))

    def search_parts(self, words: Iterable[str]) -> list[str]:
        """The words and the dictionary words of two and three characters inside them.

        What jieba's cut_for_search gives, without cutting the text a second time.
        """
        known = self._tokenizer.FREQ
        parts: list[str] = []
        for word in words:
            for size in (2, 3):
                if len(word) > size:
                    inside = (word[first : first + size] for first in range(len(word) - size + 1))
                    parts.extend(part for part in inside if known.get(part))
            parts.append(word)
        return parts

    def share(self, word: str) -> float:
        """How much of general Chinese text is this word, 0 to 1, by the dictionary and the lexicon; 0 for no word."""
        return float(self._tokenizer.FREQ.get(word, 0) / self._tokenizer.total)

    def general_share(self, word: str) -> float:
        """The same by the dictionary alone: what the lexicon makes of a word is said of this corpus."""
        frequency = self._before.get(word, self._tokenizer.FREQ.get(word, 0))
        return float(frequency / self._tokenizer.total)


def read_lexicon(path: Path) -> list[tuple[str, int | None, str | None]]:
    """The user words of a lexicon file: word, frequency or None, part of speech or None.

    Raises:
        BadInput: not UTF-8, or a line that is not of the format.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"词表 {path.name} 读不出来，应为 UTF-8 编码的文本文件") from error
    entries: list[tuple[str, int | None, str | None]] = []
    for number, line in enumerate(lines, start=1):
        parts = line.partition("#")[0].split()
        if not parts:
            continue
        if len(parts) > 3 or (len(parts) > 1 and not parts[1].isdigit() and len(parts) == 3):
            raise BadInput(f"词表 {path.name} 第 {number} 行看不懂：{line.strip()[:40]}（应为：词 [频次] [词性]）")
        frequency = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else None
        tag = parts[-1] if len(parts) > 1 and not parts[-1].isdigit() else None
        entries.append((fold_text(parts[0]), frequency, tag))
    return entries


def _dictionary_places(tokenizer: Any, cache_folder: Path) -> set[str]:
    """The places and organisations of jieba's dictionary, kept beside jieba's own cache.

    jieba.posseg would tag them too, but takes a second longer to start: it reads the whole dictionary every time.
    """
    cache = cache_folder / f"places-{jieba.__version__}.txt"
    if cache.is_file():
        return set(cache.read_text(encoding="utf-8").split())
    with tokenizer.get_dict_file() as dictionary:
        rows = [line.decode("utf-8").split() for line in dictionary]
    places = {row[0] for row in rows if len(row) == 3 and row[2].startswith(_PLACE_TAGS)}
    written = cache.with_suffix(f".{os.getpid()}.tmp")
    written.write_text("\n".join(sorted(places)), encoding="utf-8")
    written.replace(cache)
    return places
