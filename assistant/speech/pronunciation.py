"""How staff say names and terms: the file pronunciation.txt, words and their pinyin with tone numbers."""

import re
from dataclasses import dataclass
from pathlib import Path

# A list is written by hand; what is longer than this is some other file put in its place.
WORDS_LIMIT = 20_000
_WORD = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff]{1,30}")
_SYLLABLE = re.compile(r"[a-zü]{1,6}[1-5]")


@dataclass(frozen=True)
class Pronunciations:
    """A pronunciation file as read.

    Attributes:
        words: words with one syllable a character, such as ``("chong2", "qing4")``; the last line of a word counts.
        faults: what is wrong with the lines left out, in Chinese for staff.
    """

    words: dict[str, tuple[str, ...]]
    faults: tuple[str, ...]


def read_pronunciations(path: Path) -> Pronunciations:
    """Reads a pronunciation file: ``word syllable syllable …`` a line; ``#`` starts a comment.

    A line that is not of that form is left out and told among the faults: a slip of one line must not silence the rest.
    Never raises: nor does a file that cannot be read at all, since the voice can do without.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return Pronunciations({}, (f"读音表 {path.name} 读不出来，应为 UTF-8 编码的文本文件",))
    words: dict[str, tuple[str, ...]] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        parts = line.partition("#")[0].split()
        if not parts:
            continue
        word, syllables = parts[0], tuple(part.lower().replace("v", "ü") for part in parts[1:])
        fault = _fault(word, syllables)
        if fault is None and len(words) >= WORDS_LIMIT and word not in words:
            faults.append(f"读音表 {path.name} 超过 {WORDS_LIMIT} 个词，第 {number} 行起没有读入")
            break
        if fault is None:
            words[word] = syllables
        else:
            faults.append(f"读音表 {path.name} 第 {number} 行没有读入：{fault}")
    return Pronunciations(words, tuple(faults))


def _fault(word: str, syllables: tuple[str, ...]) -> str | None:
    if not _WORD.fullmatch(word):
        return f"“{word[:40]}”不是汉字词语（应为：词 拼音 拼音，如：重庆 chong2 qing4）"
    wrong = next((syllable for syllable in syllables if not _SYLLABLE.fullmatch(syllable)), None)
    if wrong is not None:
        return f"拼音“{wrong[:20]}”看不懂，应为字母加声调 1 至 5，如 qing4"
    if len(syllables) != len(word):
        return f"“{word}”有 {len(word)} 个字，拼音有 {len(syllables)} 个"
    return None
