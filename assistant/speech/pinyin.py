"""Spoken text as pinyin with tone numbers, for espeak-ng: it reads Hanzi badly but says pinyin syllables rightly."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pypinyin import Style, lazy_pinyin, load_phrases_dict
from pypinyin.contrib.tone_convert import to_tone

from assistant.speech.letters import read_letters

_HANZI = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
# 一 keeps its first tone as a digit said by itself, in ordinals and at the end of a word (统一, 之一). pypinyin does
# not tell these from 一个 and 一条, where the tone bends, and leaves it unbent in some words (一律).
_DIGITS = "零〇一二三四五六七八九"
_FLAT_YI = re.compile(
    rf"(?<=[第十{_DIGITS}点统唯单专逐初之])一|(?<=分之)一|(?<!一周)(?<=周)一|(?<=星期)一|(?<![综联结整组配融]合)(?<=合)一"
    rf"|一(?=[月日号级期是季楼审类线十又{_DIGITS}]|点[{_DIGITS}]|[至到比][{_DIGITS}十]|等[奖功品]|把手|$)"
)
# 为 is a copula before a number and after these; 长 means long before these, though 市 or 局 stands before it.
_COPULA = re.compile(
    rf"为(?=[百千]分之|[{_DIGITS[2:]}十两负约]|一[点{_DIGITS}十百千万亿])|(?<=[率量额数均])为|(?<=分别)为"
)
_LONG = re.compile(r"(?<=[市县区镇乡省村院校局处科所站会社家])长(?=期(?![望待间])|[效远假途江]|三角|治市)")
# Syllables that espeak-ng 1.52 does not know in this spelling and would read as English, and the spelling it knows.
_RESPELT = {"jiong": "jong", "qiong": "qong", "xiong": "xong", "hm": "heng", "m": "mu"}
_SYLLABLE = re.compile(r"([a-zêü]+)([1-5])")
_LATIN = re.compile(r"[A-Za-z]+")
# The letters as Chinese speakers name them: GDP is ji di pi.
_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            "ei1|bi4|xi1|di4|yi4|ai2 fu5|ji4|ai2 chi5|ai4|zhei4|kei4|ai2 lou5|ai2 mu5|en1|ou1|pi4|kiu1|a4|ai2 si5|ti4"
            "|you1|wei1|da2 bu5 liu5|ai2 ke5 si5|wai4|zei4"
        ).split("|"),
        strict=True,
    )
)
# One entry a character even where none is known, so that places in a run and in its syllables agree.
_NOTHING: Any = lambda unknown: [""] * len(unknown)  # noqa: E731 - pypinyin's types do not know that a list may be given
# espeak-ng makes about 0.1 s of silence of a lone dash: the light pause of a spoken form's space.
_LIGHT_PAUSE = " - "


def pinyin(spoken: str) -> str:
    """The syllables of a spoken form, in espeak-ng's spelling, its pauses kept.

    Latin letters are read as ``speech.letters`` says: espeak-ng would say them all in English.

    Example:
        ``pinyin("两千条，好。") == "liang3 qian1 tiao2， hao3。"``
    """
    pieces: list[str] = []
    end = 0
    for run in _HANZI.finditer(spoken):
        pieces += [_between(spoken[end : run.start()], outer=not pieces), _syllables(run.group())]
        end = run.end()
    pieces.append(_between(spoken[end:], outer=True))
    return re.sub(r"\s+([。？！；：，、])", r"\1", " ".join(piece for piece in pieces if piece))


def _between(text: str, *, outer: bool) -> str:
    """What stands between two runs of Hanzi: a bare space is a light pause; punctuation stays."""
    if text.isspace() and not outer:
        return _LIGHT_PAUSE.strip()
    return _LATIN.sub(lambda run: _latin(run.group()), text).strip()


def _latin(run: str) -> str:
    """A run of Latin letters in syllables; a word that people say in English stays."""
    reading = read_letters(run)
    if reading.kind == "word":
        return run
    if reading.kind == "name":
        return " ".join(_respelt(f"{each}1") for each in reading.parts)
    if run.lower() == "www":
        return f"san1 {_LETTERS['w']}"
    return " ".join(_LETTERS[letter] for letter in reading.parts)


def syllables(run: str) -> list[str]:
    """The syllable of each character of a run of Hanzi, with its tone as a digit; empty where none is known.

    Tones are as spoken: 不 and 一 bent by what follows, a third tone before another one of its word risen.
    """
    said = lazy_pinyin(run, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True, errors=_NOTHING)
    if len(said) != len(run):
        return said
    for found in _COPULA.finditer(run):
        said[found.start()] = "wei2"
    for found in _LONG.finditer(run):
        said[found.start()] = "chang2"
    flat = {found.start() for found in _FLAT_YI.finditer(run)}
    for at, character in enumerate(run):
        if character == "一" and said[at].startswith("yi"):
            said[at] = "yi1" if at in flat else _bent_yi(said[at + 1])
    return said


def _bent_yi(following: str) -> str:
    """一 before a fourth tone, or a neutral one that was a fourth (一个), rises; before the others it falls."""
    return "yi2" if following.endswith(("4", "5")) else "yi4"


def _syllables(run: str) -> str:
    return " ".join(_respelt(syllable) for syllable in _risen([each for each in syllables(run) if each]))


def _risen(said: list[str]) -> list[str]:
    """Third tones in a row in twos, the last three together: all but the last of a group rise (五百五: 2 2 3).

    pypinyin does so within the words that it knows; espeak-ng says every tone as it is written. Kokoro does it itself.
    """
    risen = list(said)
    start = 0
    while start < len(risen):
        end = start
        while end < len(risen) and risen[end].endswith("3"):
            end += 1
        while end - start > 1:
            group = 3 if end - start == 3 else 2
            for at in range(start, start + group - 1):
                risen[at] = f"{risen[at][:-1]}2"
            start += group
        start = max(end, start) + 1
    return risen


def _respelt(syllable: str) -> str:
    found = _SYLLABLE.fullmatch(syllable)
    return _RESPELT.get(found[1], found[1]) + found[2] if found else syllable


def say_as(words: Mapping[str, Sequence[str]]) -> None:
    """From now on says these words by the syllables given, one a character (``("chong2", "qing4")``), in this process.

    The longest word that fits a place counts, whether it is one of these or of pypinyin's own.
    """
    load_phrases_dict({word: [[to_tone(each)] for each in syllables] for word, syllables in words.items()})
