"""Pinyin typed for characters: yishenqing gongkai → 依申请公开, with or without spaces, among Chinese or alone."""

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers.rereading import Reader, read_aloud
from assistant.answers.vocabulary import LONGEST, sound_key
from assistant.language import is_han, syllables
from assistant.language.measures import MEASURES, NUMERALS
from assistant.language.sounds import split_letters

# Tones may be written: gōng'ān. ü is typed as v.
_TONELESS = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü", "aaaaeeeeiiiioooouuuuvvvvv")
_TONES = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]")
_LETTERS = re.compile(r"(?<![a-z])[a-z](?:[a-z']| (?=[a-z]))+(?![a-z])")
_HOW_MANY = ("少", "几")
_MEASURE = re.compile(rf"{MEASURES}|[月日号]")
# A longer run of letters is no Chinese that somebody typed, and has more readings than there is time for.
_MOST_LETTERS = 80
# What a letter costs that is left as it is: one in ten, as letters follow each other in Latin words.
_LATIN_LETTER = math.log(1 / 10)
# Where every chunk is pinyin, a sentence of it was typed: hardly one of them is Latin all the same.
_LATIN_AMONG_PINYIN = math.log(1 / 1000)
# Of so few chunks each may be pinyin by chance.
_FEW_CHUNKS = 2
# A year said digit by digit: er ling er yi nian.
_DIGITS = ("ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu")
_YEAR = re.compile(rf"(?<![a-z])((?:er ?ling|yi ?jiu)(?: ?(?:{'|'.join(_DIGITS)})){{2}}) ?nian(?=[^a-z]|$| )")
_DIGIT = re.compile("|".join(_DIGITS))
# One syllable alone stands for dozens of characters; its character must stand well beside another.
_ALONE = math.log(1e-3)
# Measures that 几 is typed with, and how likely each is: one word in five hundred.
_ASKED_MEASURES = ("件", "次", "条", "场", "个", "期", "篇", "家", "名", "封", "项", "人")
_ASKED = math.log(2e-3)
# A word that stands beside the last as it does in the corpus.
_AT_HOME = math.log(8)


@dataclass(frozen=True)
class _Row:
    """The likeliest reading of the letters up to some place: a logarithm, and what is read."""

    score: float
    text: str


def read_letters(folded: str, reader: Reader) -> str:
    """The folded text with runs of pinyin read as the corpus's words; what is no pinyin, or likelier Latin, stands."""
    if _TONES.search(folded):
        folded = folded.translate(_TONELESS)
    folded = _YEAR.sub(_year, folded)
    return _LETTERS.sub(lambda found: _read(found, folded, reader), folded)


def _year(found: re.Match[str]) -> str:
    return "".join(str(_DIGITS.index(digit)) for digit in _DIGIT.findall(found[1])) + "年"


def has_letters(folded: str) -> bool:
    """Whether there is anything that might be pinyin."""
    return _LETTERS.search(folded) is not None or _TONES.search(folded) is not None


def _read(found: re.Match[str], folded: str, reader: Reader) -> str:
    written = found.group()
    letters = written.replace(" ", "").replace("'", "")
    if len(letters) > _MOST_LETTERS:
        return written
    starts = _starts(written)
    latin = _latin_letter(letters, starts, reader)
    before = folded[: found.start()].rstrip()[-1:]
    best: list[_Row | None] = [_Row(0.0, before), *[None] * len(letters)]
    for place in range(len(letters)):
        row = best[place]
        if row is not None:
            for end, score, text in _words(letters, place, starts, row.text[-1:], reader, latin):
                last = best[end]
                if last is None or row.score + score > last.score:
                    best[end] = _Row(row.score + score, row.text + text)
    read = best[-1]
    text = written if read is None else read.text[len(before) :]
    # With no word read in them, the letters stand just as they were typed.
    return text.strip() if any(map(is_han, text)) else written


def _starts(written: str) -> list[int]:
    """Places in the letters, spaces left out, where a chunk between spaces begins; last the number of letters."""
    places, count = [], 0
    for chunk in written.replace("'", "").split(" "):
        places.append(count)
        count += len(chunk)
    return [*places, count]


def _latin_letter(letters: str, starts: list[int], reader: Reader) -> float:
    """What a letter costs that is left as it is."""
    chunks = [letters[start:end] for start, end in itertools.pairwise(starts)]
    known = reader.vocabulary.syllables
    pinyin = [chunk for chunk in chunks if _is_pinyin(chunk, known)]
    return _LATIN_AMONG_PINYIN if len(chunks) > _FEW_CHUNKS and len(pinyin) == len(chunks) else _LATIN_LETTER


def _is_pinyin(chunk: str, known: frozenset[str]) -> bool:
    return any(len("".join(heard)) == len(chunk) for heard in split_letters(chunk, known, LONGEST))


def _words(
    letters: str, place: int, starts: list[int], before: str, reader: Reader, latin: float
) -> Iterator[tuple[int, float, str]]:
    """What may stand at a place: its end, how likely it is, and how it is written."""
    if place in starts:
        end = starts[starts.index(place) + 1]
        chunk = letters[place:end]
        yield end, 0.0 if reader.is_used(chunk) else latin * len(chunk), f" {chunk} "
    yield from _how_many(letters, place, starts)
    known = reader.vocabulary.syllables
    for heard in split_letters(letters[place : place + 6 * LONGEST], known, LONGEST):
        end = place + len("".join(heard))
        if _crosses(place, heard, starts):
            continue
        for word in reader.vocabulary.sounding(sound_key(heard)):
            if NUMERALS.isdisjoint(word) and heard in (read_aloud(word), tuple(syllables(word))):
                beside = _beside(before, word, reader)
                yield end, math.log(reader.share(word)) + beside, word


def _how_many(letters: str, place: int, starts: list[int]) -> Iterator[tuple[int, float, str]]:
    """几件, 几次 and the like: numerals are not read in letters, but these ask for one."""
    for heard, asked in _asking():
        if letters.startswith(heard, place) and not _crosses(place, (heard[:2], heard[2:]), starts):
            yield place + len(heard), _ASKED, asked


@lru_cache(maxsize=1)
def _asking() -> tuple[tuple[str, str], ...]:
    """How 几 sounds with each everyday measure, and how it is written."""
    return tuple((f"ji{''.join(syllables(measure))}", f"几{measure}") for measure in _ASKED_MEASURES)


def _beside(before: str, word: str, reader: Reader) -> float:
    """What the character before says for the word: it stands beside it in the corpus, or counts what it measures."""
    counted = before.isdigit() or before in _HOW_MANY
    if (counted and _MEASURE.fullmatch(word)) or reader.stands(before + word[0]):
        return _AT_HOME
    return _ALONE if len(word) == 1 else 0.0


def _crosses(place: int, heard: tuple[str, ...], starts: list[int]) -> bool:
    """Whether a syllable reaches over a space."""
    for syllable in heard:
        if any(place < start < place + len(syllable) for start in starts):
            return True
        place += len(syllable)
    return False
