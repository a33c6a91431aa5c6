"""Pinyin: how a text sounds, without tones, to forgive same-sounding slips."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from assistant.language.folding import fold_text, is_han

# Words whose syllables are remembered: more than a vocabulary holds.
_WORDS_KEPT = 100_000
_WORDS_HEARD: dict[str, tuple[str, ...]] = {}


def pinyin_key(text: str) -> tuple[str, ...]:
    """The toneless syllables of the folded text; Latin words and digits stand as they are, punctuation is left out.

    Example:
        ``pinyin_key("依申请公开") == ("yi", "shen", "qing", "gong", "kai")``
    """
    pieces = _read(fold_text(text), _without_punctuation)
    return tuple(piece for piece in pieces if piece)


def syllables(folded: str) -> list[str]:
    """One piece for each character of a folded text: its toneless syllable, or itself if it is no Chinese character.

    Each character is read alone: one that sounds otherwise in another word (银行, 行政) has one key all the same on
    both sides of a comparison, and reading words costs a quarter of a millisecond a question.
    """
    return [_syllable(char) for char in folded]


def word_syllables(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The toneless syllables of each word of Chinese characters, read as a word: 银行 is ``("yin", "hang")``."""
    if len(_WORDS_HEARD) > _WORDS_KEPT:
        _WORDS_HEARD.clear()
    # The words of what is published are read again whenever some of it changes, and nearly all are the same.
    known = {word: kept for word in words if (kept := _WORDS_HEARD.get(word)) is not None}
    new = [word for word in dict.fromkeys(words) if word not in known]
    heard = iter(_read_words(new))
    read = {word: tuple(next(heard) for _ in word) for word in new}
    _WORDS_HEARD.update(read)
    known |= read
    return [known[word] for word in words]


@lru_cache(maxsize=2048)
def syllable_parts(syllable: str) -> tuple[str, str]:
    """How a toneless syllable begins and ends: zhong is ``("zh", "ong")``, yi ``("y", "i")``, er ``("", "er")``."""
    from pypinyin.contrib.tone_convert import to_finals, to_initials

    return to_initials(syllable, strict=False), to_finals(syllable, strict=False)


@lru_cache(maxsize=32768)
def readings(char: str) -> frozenset[str]:
    """Every way to read a Chinese character, with tones: 行 is ``hang2``, ``xing2`` and some rare ones."""
    from pypinyin import Style, pinyin

    return frozenset(pinyin(char, style=Style.TONE3, heteronym=True)[0])


@lru_cache(maxsize=32768)
def _syllable(char: str) -> str:
    pieces = _read(char, _without_punctuation) if is_han(char) else []
    return (pieces and pieces[0]) or char


def _read(text: str, errors: Any) -> list[str]:
    # Its dictionary of phrases takes a quarter of a second to import, which most commands and a start can do without.
    from pypinyin import Style, lazy_pinyin

    pieces: list[str] = lazy_pinyin(text, style=Style.NORMAL, errors=errors)
    return pieces


def _read_words(words: Sequence[str]) -> list[str]:
    """One piece for each character of the words; a list says where words end, so that none is read across the next."""
    from pypinyin import Style, lazy_pinyin

    return list(lazy_pinyin(list(words), style=Style.NORMAL, errors=_apart))


def _apart(unread: str) -> Any:
    """Each character that has no reading as a piece of its own."""
    return list(unread)


def _without_punctuation(piece: str) -> str:
    """What stands between Chinese characters: words of letters and digits, punctuation dropped."""
    return "".join(char for char in piece if char.isalnum())
