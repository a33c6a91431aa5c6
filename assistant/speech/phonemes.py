"""Spoken text as the phonemes that Kokoro was trained on: misaki's Mandarin ones, words apart by spaces.

Needs the extra ``voice``.
"""

import re
from collections.abc import Iterator

import jieba
from misaki.zh import ZHG2P

from assistant.speech.latin import latin_phonemes
from assistant.speech.pinyin import syllables

_RUNS = re.compile(r"(?P<han>[\u3007\u3400-\u9fff]+)|(?P<latin>[A-Za-z]+)|(?P<mark>[。？！；：，、])|(?P<rest>\s+|.)")
_MARKS = {"。": ".", "？": "?", "！": "!", "；": ";", "：": ":", "，": ",", "、": ","}


def phonemes(spoken: str) -> str:
    """The phonemes of a spoken form; for its Latin words see ``speech.latin``."""
    text = ""
    for piece in _pieces(spoken):
        # A mark belongs to what goes before it.
        text += piece if not text or piece in _MARKS.values() else f" {piece}"
    return text


def _pieces(spoken: str) -> Iterator[str]:
    for run in _RUNS.finditer(spoken):
        if run["han"]:
            yield from _words(run["han"])
        elif run["latin"]:
            yield latin_phonemes(run["latin"])
        elif run["mark"]:
            yield _MARKS[run["mark"]]


def _words(run: str) -> Iterator[str]:
    """The words of a run of Chinese characters; it is read as a whole, for a word's neighbours bend its tones."""
    said = syllables(run)
    if len(said) != len(run):
        yield "".join(map(_phonemes_of, said))
        return
    start = 0
    for word in jieba.cut(run):
        end = start + len(word)
        sounds = "".join(_phonemes_of(each) for each in said[start:end] if each)
        start = end
        if sounds:
            yield sounds


def _phonemes_of(syllable: str) -> str:
    try:
        return str(ZHG2P.py2ipa(syllable)).replace(chr(815), "")
    except (ValueError, AssertionError):
        return ""  # an interjection that the table does not know
