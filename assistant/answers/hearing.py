"""What is likely to be said, before it is heard; and what was surely meant, after.

Recognition takes the words that it is told to listen for before others that sound alike, but has room for a few only:
the names of the bodies, which no recogniser knows, and the longer words that the passages use most.
"""

import itertools
import re
import threading

from assistant.answers.library import Library
from assistant.language import Segmenter, fold_text, is_han
from assistant.search import SearchIndex

# Words looked through and words given; a recogniser takes some twenty of them.
_LOOKED_THROUGH = 2_000
_GIVEN = 40
# Shorter words are everybody's, and a recogniser knows them.
_SHORTEST = 3
_COMMA = re.compile(r"(?<=[\u4e00-\u9fff]),")


class Hearing:
    """The corpus's side of listening; safe to use from many threads.

    Args:
        library: what is published.
        index: whose words count.
        segmenter: cuts what was heard into words.
    """

    def __init__(self, library: Library, index: SearchIndex, segmenter: Segmenter) -> None:
        self._library = library
        self._index = index
        self._segmenter = segmenter
        self._lock = threading.Lock()
        self._made: tuple[int, tuple[str, ...]] = (-1, ())

    def likely(self) -> tuple[str, ...]:
        """Words that are likely to be said, the likeliest first; made again when something was published."""
        shelf = self._library.shelf()
        with self._lock:
            if self._made[0] != shelf.revision:
                of = shelf.reports_of
                bodies = sorted(of, key=lambda body: -len(of[body]))
                frequent = (word for word, _ in self._index.vocabulary(_LOOKED_THROUGH))
                words = (word for word in frequent if len(word) >= _SHORTEST and all(map(is_han, word)))
                taking_turns = itertools.chain.from_iterable(itertools.zip_longest(bodies, words))
                given = itertools.islice(dict.fromkeys(filter(None, taking_turns)), _GIVEN)
                self._made = shelf.revision, tuple(given)
            return self._made[1]

    def meant(self, heard: str) -> str:
        """What was heard as it was surely meant: same-sounding slips mended, no full stop at its end."""
        folded = fold_text(heard).strip().rstrip(".。,!")
        meant = self._library.shelf().corrector.correct(folded, self._segmenter.words(folded)) if folded else ""
        return _COMMA.sub("，", meant).replace("?", "？")
