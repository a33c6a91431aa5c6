"""The corpus's own words by how often they occur, how they sound, and how they begin and end: what slips may mean.

Gathered from the index's term dictionary, which holds each word with its frequency, so no text is read again.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.language import is_han, syllables, word_syllables
from assistant.language.sounds import near_syllable

# Words kept, the most frequent first. 50,000 take some 25 MB and half a second to read aloud; the 8,467 passages of the
# three public question sets have 51,306, and what is beyond stands in one or two passages.
WORDS_LIMIT = 50_000
# No longer word is looked for: windows grow with it, and longer ones are made of words that are found.
LONGEST = 6
# Below this many characters one wrong character leaves too little to tell which word was meant.
_SHORTEST_TO_MEND = 3


class Vocabulary:
    """Words with their frequencies.

    Args:
        counted: words with the number of passages that hold them, the most frequent first; what is not Chinese is left
            out, and so is what is beyond the limit.
        extra: words that citizens may use though no passage does (synonyms, FAQ, names of bodies); they count as rare.

    Attributes:
        total: the sum of all frequencies.
        syllables: the toneless syllables that the words are made of.
    """

    def __init__(self, counted: Iterable[tuple[str, int]], extra: Iterable[str] = ()) -> None:
        own = ((word, count) for word, count in counted if len(word) <= LONGEST and all(map(is_han, word)))
        self._frequency = dict(itertools.islice(own, WORDS_LIMIT))
        for word in extra:
            if len(word) <= LONGEST and all(map(is_han, word)):
                self._frequency.setdefault(word, 1)
        self.total = sum(self._frequency.values())
        self._characters = Counter[str]()
        for word, count in self._frequency.items():
            for char in word:
                self._characters[char] += count
        self._written = sum(self._characters.values())
        self._by_sound: dict[str, list[str]] = {}
        self._by_ends: dict[str, list[str]] = {}
        known: set[str] = set()
        for word, heard in zip(self._frequency, word_syllables(list(self._frequency)), strict=True):
            known.update(heard)
            for key in {sound_key(heard), sound_key(syllables(word))}:
                self._by_sound.setdefault(key, []).append(word)
            if len(word) >= _SHORTEST_TO_MEND:
                for ends in {word[:2] + "-", "-" + word[-2:], word[0] + "-" + word[-1]}:
                    self._by_ends.setdefault(ends, []).append(word)
        self.syllables = frozenset(known)

    def __len__(self) -> int:
        return len(self._frequency)

    def __contains__(self, word: object) -> bool:
        return word in self._frequency

    def count(self, word: str) -> int:
        """How often the word occurs: in so many passages."""
        return self._frequency.get(word, 0)

    def character_share(self, char: str) -> float:
        """How much of all that is written is this character, above 0 and at most 1."""
        return (self._characters[char] + 1) / (self._written + len(self._characters) + 1)

    def sounding(self, key: str) -> Sequence[str]:
        """The words of this sound key."""
        return self._by_sound.get(key, ())

    def mended(self, written: str) -> Iterable[str]:
        """Words of three characters or more that share beginning or end, or both ends, with what is written.

        One wrong, missing or added character always leaves one of the three whole.
        """
        ends = (written[:2] + "-", "-" + written[-2:], written[0] + "-" + written[-1])
        return dict.fromkeys(word for end in ends for word in self._by_ends.get(end, ()))


def sound_key(heard: Sequence[str]) -> str:
    """Syllables as a key under which words that sound alike or nearly alike meet."""
    return " ".join(map(near_syllable, heard))
