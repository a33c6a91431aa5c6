"""Pinyin: how a text sounds, without tones, to forgive same-sounding slips."""

from collections.abc import Sequence
from typing import Any

from assistant.language.folding import fold_text


def pinyin_key(text: str) -> tuple[str, ...]:
    """The toneless syllables of the folded text; Latin words and digits stand as they are, punctuation is left out.

    Example:
        ``pinyin_key("依申请公开") == ("yi", "shen", "qing", "gong", "kai")``
    """
    pieces = _read(fold_text(text), _without_punctuation)
    return tuple(piece for piece in pieces if piece)


def syllables(folded: str) -> Sequence[str]:
    """One piece for each character of a folded text: its toneless syllable, or itself when it is no Chinese character.

    The whole text is read at once, because a character may sound otherwise in another word (银行, 行政).
    """
    return _read(folded, _each_character)


def _read(text: str, errors: Any) -> list[str]:
    # Its dictionary of phrases takes a quarter of a second to import, which most commands and a start can do without.
    from pypinyin import Style, lazy_pinyin

    pieces: list[str] = lazy_pinyin(text, style=Style.NORMAL, errors=errors)
    return pieces


def _each_character(piece: str) -> Any:
    """The characters of what is not Chinese, one by one (pypinyin takes a list, though its types do not say so)."""
    return list(piece)


def _without_punctuation(piece: str) -> str:
    """What stands between Chinese characters: words of letters and digits, punctuation dropped."""
    return "".join(char for char in piece if char.isalnum())
