"""An FAQ question in everyday words: recognised by what it is about, where no wording is near.

Citizens tell a story around what they ask (老伴的身份证下个月就到日子了，换张新的得多少钱). So whom it concerns and
when is left out, everyday words are put as the FAQ puts them (corpus/everyday.txt, corpus/synonyms.txt), and an entry
is judged by a few signs, of which a logistic regression makes a probability. Its weights were learned by leaving each
phrasing of the sample FAQ out and asking it, beside questions about other things; docs/confidence.md says how well.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass

from assistant.answers.everyday_words import Everyday
from assistant.answers.names import missing_names
from assistant.answers.scope import body_aliases
from assistant.language import Segmenter, fold_text, terms_of
from assistant.search.phrase_index import PhraseIndex
from assistant.store import FaqEntry

# Which body is meant says little of what is asked: reports are asked about by their bodies too.
_BODY_SHARE = 0.4
# Entries that are looked at more closely: bounds the work where there are thousands.
_CANDIDATES = 20
# What only the answer says counts less: phrasings say what an entry is about.
_ANSWER_SHARE = 0.4
# Learned as the module says, in the order of ``NearSigns``.
_WEIGHTS = (4.7, 1.9, 1.9)
_BIAS = -4.4


@dataclass(frozen=True)
class NearSigns:
    """What an entry is judged by.

    Attributes:
        cover: share of the question's weight that the entry holds.
        core: share of the weight of what the entry's phrasings repeat that the question holds.
        lead: how much both together are ahead of the next entry's; for any but the nearest how much behind it.
    """

    cover: float
    core: float
    lead: float


@dataclass(frozen=True)
class EverydayMatch:
    """An entry, with what speaks for it."""

    entry: FaqEntry
    signs: NearSigns

    @property
    def sureness(self) -> float:
        """The probability that the entry is what was asked."""
        score = _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, astuple(self.signs), strict=True))
        return 1 / (1 + math.exp(-score))


@dataclass(frozen=True)
class _Ready:
    """An entry made ready.

    Attributes:
        entry: the entry.
        core: features that its phrasings repeat, each with its share of their weight.
        held: all its features, with how much each counts as held.
        folded: all its words.
    """

    entry: FaqEntry
    core: dict[str, float]
    held: dict[str, float]
    folded: str


class EverydayMatcher:
    """All published entries, ready to be asked in everyday words.

    Args:
        entries: the entries.
        segmenter: makes the content words.
        everyday: puts everyday words as the FAQ puts them.
        make_index: makes the candidate index from the features of each entry.
    """

    def __init__(
        self,
        entries: Sequence[FaqEntry],
        segmenter: Segmenter,
        everyday: Everyday,
        make_index: Callable[[Sequence[Iterable[str]]], PhraseIndex],
    ) -> None:
        self._segmenter = segmenter
        self._everyday = everyday
        aliases = {alias for each in entries if each.publisher for alias in body_aliases(each.publisher)}
        self._of_bodies: frozenset[str] = frozenset().union(*map(self._features, aliases))
        read = [[self._features(text) for text in (each.question, *each.phrasings)] for each in entries]
        counts = Counter(feature for each in read for feature in frozenset[str]().union(*each))
        total = len(entries)
        self._weights = {
            feature: math.log(1 + (total - count + 0.5) / (count + 0.5)) for feature, count in counts.items()
        }
        self._unknown_weight = math.log(1 + (total + 0.5) / 0.5)
        self._ready = [self._prepare(entry, phrasings) for entry, phrasings in zip(entries, read, strict=True)]
        self._index = make_index([each.held for each in self._ready])

    def nearest(self, folded: str, names: Sequence[str] = ()) -> list[EverydayMatch]:
        """The nearest entries that hold every name, nearest first.

        Args:
            folded: the folded question.
            names: the places and bodies it names.
        """
        weights = {feature: self._weigh(feature) for feature in self._features(folded)}
        ready = (self._ready[position] for position in self._index.candidates(weights, _CANDIDATES))
        judged = [(each.entry, *_judge(weights, each)) for each in ready if not missing_names(names, each.folded)]
        judged.sort(key=lambda each: -(each[1] + each[2]))
        sums = [cover + core for _, cover, core in judged[:2]] + [0.0, 0.0]
        return [
            EverydayMatch(entry, NearSigns(cover, core, cover + core - sums[0 if place else 1]))
            for place, (entry, cover, core) in enumerate(judged)
        ]

    def _weigh(self, feature: str) -> float:
        weight = self._weights.get(feature, self._unknown_weight)
        return weight * _BODY_SHARE if feature in self._of_bodies else weight

    def _features(self, text: str) -> frozenset[str]:
        plain = self._everyday.plain(fold_text(text))
        terms = terms_of(plain, self._segmenter.words(plain), self._segmenter)
        return frozenset((*terms.words, *terms.bigrams))

    def _prepare(self, entry: FaqEntry, phrasings: Sequence[frozenset[str]]) -> _Ready:
        held = dict.fromkeys(self._features(entry.answer), _ANSWER_SHARE)
        held.update(dict.fromkeys(frozenset[str]().union(*phrasings), 1.0))
        times = Counter(feature for each in phrasings for feature in each)
        repeated = {feature: count * self._weigh(feature) for feature, count in times.items() if count > 1}
        core = repeated or {feature: self._weigh(feature) for feature in phrasings[0]}
        total = sum(core.values()) or 1.0
        texts = (entry.question, *entry.phrasings, entry.answer, entry.publisher, entry.source)
        shares = {feature: weight / total for feature, weight in core.items()}
        return _Ready(entry, shares, held, fold_text("\n".join(texts)))


def _judge(weights: dict[str, float], ready: _Ready) -> tuple[float, float]:
    """How much of the question's weight the entry holds, and how much of its core the question."""
    total = sum(weights.values()) or 1.0
    cover = sum(weight * ready.held.get(feature, 0.0) for feature, weight in weights.items()) / total
    return cover, sum(share for feature, share in ready.core.items() if feature in weights)
