"""Near sounds: syllables that many speakers, typists and recognisers take for one another, and syllables in letters.

Southern speakers do not tell zh from z, n from l, -n from -ng, h from f apart, and a recogniser follows them.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

_ALIKE_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("h", "f"))
_ALIKE_FINALS = re.compile(r"(?<=[aei]n)g$")
# No syllable has more letters: zhuang, chuang, shuang.
_LONGEST_SYLLABLE = 6


@lru_cache(maxsize=4096)
def near_syllable(syllable: str) -> str:
    """The one that stands for all syllables that sound near this toneless one: shen, sheng and sen are all ``sen``."""
    for initial, alike in _ALIKE_INITIALS:
        if syllable.startswith(initial):
            syllable = alike + syllable[len(initial) :]
            break
    return _ALIKE_FINALS.sub("", syllable)


def split_letters(letters: str, known: Collection[str], most: int) -> Iterator[tuple[str, ...]]:
    """Every way to read the beginning of ``letters`` as one to ``most`` syllables.

    Example:
        ``xian`` reads as ``("xi",)``, ``("xi", "an")`` and ``("xian",)``.

    Args:
        letters: lower case letters.
        known: the syllables there are.
        most: syllables a reading may have.
    """
    for size in range(1, min(_LONGEST_SYLLABLE, len(letters)) + 1):
        syllable = letters[:size]
        if syllable in known:
            yield (syllable,)
            if most > 1:
                for rest in split_letters(letters[size:], known, most - 1):
                    yield (syllable, *rest)
