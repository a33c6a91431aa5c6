"""What was heard, held against the passages that are found for it.

A recogniser does not know a corpus's names and terms, and takes for them words it knows that sound near (攻击金 for
公积金). What it gets right beside them is mostly enough to find the passages that were spoken of, and there the word
stands. What stands in those passages itself was heard rightly. It is only proposed here: the recording decides (see
``hearing``).
"""

import itertools
import re
from collections.abc import Callable, Mapping, Sequence

from assistant.answers.library import Library
from assistant.answers.same_sounding import Change
from assistant.answers.understanding import understand
from assistant.language import Segmenter, fold_text, is_han, syllable_parts, syllables, word_syllables
from assistant.language.measures import NUMERALS
from assistant.search import Query, SearchIndex
from assistant.store import StoredPassage

# Passages whose words are looked through, each to so many characters.
_PASSAGES = 8
_PASSAGE_MOST = 1_000
_SHORTEST = 2
# Beginnings and endings of syllables that may differ: one in a word of two characters, two in a longer one.
_APART_IN_TWO = 1
_APART_MOST = 2
# That the passages found have the word and not what was heard, as a logarithm: against what is no word at all, and
# against a word, which may be what was said (fitted on 60 sentences of the sample reports and 60 questions of the
# policy set: 44 such changes right and 2 wrong; with 2 and 1 it is 30 and 1, with 5 and 4 it is 52 and 4, and more of
# questions in everyday words comes out wrong).
_NO_WORD = 3.5
_A_WORD = 3.0

Passages = Callable[[Sequence[int]], Mapping[int, StoredPassage]]


class NearSounding:
    """Finds such words; safe to use from many threads.

    Args:
        library: what is published.
        index: where passages are found.
        segmenter: cuts text into words.
        passages: the passages of these ids.
    """

    def __init__(self, library: Library, index: SearchIndex, segmenter: Segmenter, passages: Passages) -> None:
        self._library = library
        self._index = index
        self._segmenter = segmenter
        self._passages = passages

    def changes(self, folded: str) -> list[Change]:
        """Words of the passages found that sound near a stretch of what was heard, those that sound nearest first.

        A stretch is one or more whole words as they were heard, which those passages do not have; numbers stay as they
        are. Stretches may overlap.

        Args:
            folded: what was heard.
        """
        heard, edges = syllables(folded), _edges(self._segmenter.words(folded))
        texts, found = [self._segmenter.words(text) for text in self._texts(folded)], []
        standing = [("".join(words), _edges(words)) for words in texts]
        for word in dict.fromkeys(itertools.chain.from_iterable(texts)):
            if len(word) < _SHORTEST or not _is_plain(word):
                continue
            said = word_syllables([word])[0]
            for start in edges:
                end = start + len(word)
                stretch = folded[start:end]
                if end in edges and _is_plain(stretch):
                    apart = _apart(said, heard[start:end])
                    near = apart <= (_APART_IN_TWO if len(word) == _SHORTEST else _APART_MOST)
                    if near and not any(_stands(stretch, *each) for each in standing):
                        likely = _A_WORD if self._segmenter.share(stretch) > 0 else _NO_WORD
                        found.append((apart, Change(start, end, word, likely)))
        return [change for _, change in sorted(found, key=lambda each: each[0])]

    def _texts(self, folded: str) -> list[str]:
        """The passages found, the best first, each with the title of its report; folded."""
        shelf = self._library.shelf()
        question = understand(folded, shelf, self._segmenter)
        years = question.scope.years & shelf.years
        query = Query(question.terms.words, question.terms.bigrams, years, question.scope.publishers)
        hits = self._index.search_passages(query, _PASSAGES)
        passages = self._passages([hit.id for hit in hits])
        texts = []
        for passage in filter(None, (passages.get(hit.id) for hit in hits)):
            report = shelf.reports.get(passage.report_id)
            texts.append(fold_text(f"{passage.text[:_PASSAGE_MOST]}\n{report.title if report else ''}"))
        return texts


def _edges(words: Sequence[str]) -> dict[int, None]:
    """Where words begin and end, in order."""
    edges, at = {0: None}, 0
    for word in words:
        at += len(word)
        edges[at] = None
    return edges


def _stands(stretch: str, text: str, edges: Mapping[int, None]) -> bool:
    """Whether the text has the stretch in whole words or within one: 组织战 of 党组织 and 战斗 is neither."""
    for start in (found.start() for found in re.finditer(re.escape(stretch), text)):
        end = start + len(stretch)
        whole = start in edges and end in edges
        if whole or edges.keys().isdisjoint(range(start + 1, end)):
            return True
    return False


def _is_plain(text: str) -> bool:
    return all(map(is_han, text)) and NUMERALS.isdisjoint(text)


def _apart(said: Sequence[str], heard: Sequence[str]) -> int:
    """In how many beginnings and endings of syllables what may have been said differs from what was heard."""
    return sum(
        one != other
        for pair in zip(said, heard, strict=True)
        for one, other in zip(*map(syllable_parts, pair), strict=True)
    )
