"""The spoken form of published text: what a newsreader would say, as plain words and pauses."""

import re
import unicodedata

from assistant.language.sentences import sentences
from assistant.speech.numerals import one_by_one, quantity
from assistant.speech.rules import RULES

# The pauses of a spoken form, strongest first; a space is the lightest.
PAUSES = "。？！；：，、 "
# Longer sentences are worked on in parts, since some rules take time with the square of the length.
_WINDOW = 400
_WIDE_LETTERS = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
_WIDE = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in _WIDE_LETTERS}
    | {"％": "%", "．": ".", "－": "-", "＋": "+", "／": "/", "＠": "@", "∶": ":", "\u3000": " "}
)
# Brackets and dashes set words apart; quotation and title marks only lean on them; the half-width marks that typists
# use in Chinese text mean the full-width ones.
_MARKS = str.maketrans(
    dict.fromkeys("()（）[]【】〔〕{}｛｝—–…", "，")
    | dict.fromkeys("《》〈〉“”‘’「」『』\"'", " ")
    | {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", "｡": "。", "､": "、"}
    | {"&": "和", "=": "等于", "+": "加", "％": "", "%": ""}
)
_PAUSE_RUN = re.compile(rf"[{PAUSES}\s]+")
# Any space that Unicode knows, as one ASCII space: the rules need not know the others, and a pattern with several \s*
# in a row would take time with a power of a run's length.
_SPACES = re.compile(r"\s+")
# Between a whole number and the fraction after it: 1½.
_MIXED = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])['’](?=[A-Za-z])")


def spoken_form(text: str) -> str:
    """How ``text`` is said: Chinese words, Latin words as they stand, and the pauses ``。？！；：，、`` and space.

    No digit is left and no mark that a voice might read out. A text with nothing to say gives an empty string. Never
    raises.

    Example:
        ``spoken_form("2015年,公开信息2600条。") == "二零一五年，公开信息两千六百条。"``
    """
    pieces = [_piece(text[start:end][at : at + _WINDOW]) for start, end in sentences(text)
              for at in range(0, end - start, _WINDOW)]  # fmt: skip
    said = "".join(piece if piece.endswith(tuple(PAUSES)) else f"{piece}。" for piece in pieces if piece)
    # A full stop that is not in the text stands between lines only.
    return said[:-1] if pieces and not pieces[-1].endswith("。") and said.endswith("。") else said


def _piece(text: str) -> str:
    mixed = _MIXED.sub("又", text.translate(_WIDE))
    said = _SPACES.sub(" ", _plain_digits(mixed))
    for rule in RULES:
        said = rule.pattern.sub(rule.replacement, said)
    return _with_pauses(said)


def _plain_digits(text: str) -> str:
    """Digits of every script as ASCII ones, and single-character numbers (①, Ⅱ, ½) as words."""
    return text if text.isascii() else "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category not in ("No", "Nl") or char in "〇²³":  # the squares and cubes belong to a unit of measure
        return char
    value = unicodedata.numeric(char)
    if value == int(value):
        # Circled and bracketed numbers, and those with a full stop, stand before an item of a list.
        made_of = unicodedata.decomposition(char)
        pause = "，" if made_of.startswith(("<circle>", "<compat> 0028")) or made_of.endswith(" 002E") else ""
        return quantity(str(int(value))) + pause
    low = next((bottom for bottom in range(2, 17) if (value * bottom).is_integer()), None)
    return f"{quantity(str(low))}分之{quantity(str(int(value * low)))}" if low and value > 0 else " "


def _with_pauses(text: str) -> str:
    marked = _APOSTROPHE.sub("", text).translate(_MARKS)
    kept = "".join(char if _is_word(char) or char in PAUSES else " " for char in one_by_one(marked))
    said = _PAUSE_RUN.sub(lambda run: min(run.group(), key=_strength), kept)
    return said.lstrip(PAUSES).rstrip(" ，、：") if any(map(_is_word, said)) else ""


def _is_word(char: str) -> bool:
    return char.isalpha() or char == "〇"  # which Unicode holds for a number


def _strength(pause: str) -> int:
    place = PAUSES.find(pause)
    return place if place >= 0 else len(PAUSES)
