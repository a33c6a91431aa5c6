"""Slips made on purpose: the most telling word of a question written with other characters that sound the same."""

import random
from collections.abc import Mapping
from functools import cache

from assistant.language import EMPTY_WORDS, Segmenter, fold_text, is_han, syllables
from assistant.search import SearchIndex

_SEED = 20160309
# GB 2312's first level: the 3,755 characters in everyday use, in rows B0 to D7, whose last has five places empty.
_FIRST_LEVEL = (range(0xB0, 0xD8), range(0xA1, 0xFF))


def with_slips(questions: Mapping[str, str], index: SearchIndex, segmenter: Segmenter) -> dict[str, str]:
    """Each question, folded, with every character of its rarest known word replaced by one of the same syllable.

    Rarest is: of two Chinese characters or more, in the fewest passages, but in some. A question without such a word
    stays as it is. The same questions and index always give the same slips.
    """
    chance = random.Random(_SEED)  # noqa: S311 - makes test questions, guards nothing
    return {key: _slipped(fold_text(text), index, segmenter, chance) for key, text in questions.items()}


def _slipped(folded: str, index: SearchIndex, segmenter: Segmenter, chance: random.Random) -> str:
    words = [
        word for word in segmenter.words(folded) if len(word) > 1 and all(map(is_han, word)) and word not in EMPTY_WORDS
    ]
    counted = zip(index.word_frequencies(words), words, strict=True)
    telling = min((pair for pair in counted if pair[0]), default=None)
    if telling is None:
        return folded
    word = telling[1]
    others = [[other for other in _homophones().get(heard, ()) if other != char] for char, heard in _heard(word)]
    slip = "".join(chance.choice(each) if each else char for each, char in zip(others, word, strict=True))
    return folded.replace(word, slip, 1)


def _heard(word: str) -> list[tuple[str, str]]:
    return list(zip(word, syllables(word), strict=True))


@cache
def _homophones() -> dict[str, list[str]]:
    """Everyday characters by toneless syllable."""
    rows, places = _FIRST_LEVEL
    found: dict[str, list[str]] = {}
    for code in (bytes((row, place)) for row in rows for place in places):
        for char in code.decode("gb2312", errors="ignore"):
            found.setdefault(syllables(char)[0], []).append(char)
    return found
