"""A small index in memory over short texts (FAQ entries): candidates by the features they share with a question.

Ranked by BM25 as any search engine does it. It is in arrays of our own because it changes in place of being built anew
when one of ten thousand texts changes, while others go on asking the one before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.search.rarity import rarity

# The usual saturation and the usual share that a text's length counts.
_K1, _B = 1.2, 0.75


class PhraseIndex:
    """Draws candidates; deciding between them is the caller's. Nothing of it changes once it is made.

    Args:
        texts: each text's features, each once, in the order their positions count.
    """

    def __init__(self, texts: Sequence[Iterable[str]]) -> None:
        holders: dict[str, list[int]] = {}
        lengths = np.zeros(len(texts))
        for position, features in enumerate(texts):
            for feature in features:
                holders.setdefault(feature, []).append(position)
                lengths[position] += 1
        self._lengths = lengths
        self._holders = {feature: np.array(places, dtype=np.int32) for feature, places in holders.items()}
        self._weights = _weights(lengths)

    def features(self) -> Iterator[str]:
        """Every feature that a text has, once."""
        return (feature for feature, places in self._holders.items() if len(places))

    def candidates(self, features: Iterable[str], limit: int) -> list[int]:
        """Positions of the texts that share most with the features, best first; the first of those that share alike."""
        scores = np.zeros(len(self._lengths))
        for feature in dict.fromkeys(features):
            places = self._holders.get(feature)
            if places is not None and len(places):
                scores[places] += rarity(len(places), len(scores))
        scores *= self._weights
        best = np.flatnonzero(scores)
        if len(best) > limit:
            worst = np.partition(scores[best], len(best) - limit)[len(best) - limit]
            best = best[scores[best] >= worst]
        ordered = best[np.argsort(-scores[best], kind="stable")]
        return [int(position) for position in ordered[:limit]]

    def changed(self, before: Mapping[int, Iterable[str]], after: Mapping[int, Iterable[str]]) -> "PhraseIndex":
        """The index with other texts at some positions, and more behind the last one.

        Args:
            before: the features of the texts that go, by position.
            after: of those that come; positions beyond the last follow each other without a gap.
        """
        lengths = np.concatenate([self._lengths, np.zeros(max(0, max(after, default=-1) + 1 - len(self._lengths)))])
        come = {position: list(features) for position, features in after.items()}
        for position in before:
            lengths[position] = 0
        for position, features in come.items():
            lengths[position] = len(features)
        moved = changed_holders(self._holders, before, come)
        made = PhraseIndex(())
        made._lengths, made._weights = lengths, _weights(lengths)
        made._holders = self._holders | {feature: np.array(places, dtype=np.int32) for feature, places in moved.items()}
        return made


def changed_holders(
    holders: Mapping[str, Iterable[int]], before: Mapping[int, Iterable[str]], after: Mapping[int, Iterable[str]]
) -> dict[str, list[int]]:
    """Where the features of texts that change stand afterwards, in order; those of no other feature change.

    Args:
        holders: the positions of the texts that have a feature, as they were; they stay as they are.
        before: the features of the texts that go, by position.
        after: of those that come.
    """
    gone, come = _by_feature(before), _by_feature(after)
    return {
        feature: sorted(set(map(int, holders.get(feature, ()))) - gone.get(feature, set()) | come.get(feature, set()))
        for feature in gone.keys() | come.keys()
    }


def _by_feature(texts: Mapping[int, Iterable[str]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for position, features in texts.items():
        for feature in features:
            found.setdefault(feature, set()).add(position)
    return found


def _weights(lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """What a shared feature counts in each text: it stands there once, and less in a long text."""
    mean = float(lengths.mean()) if len(lengths) else 1.0
    return (_K1 + 1) / (1 + _K1 * (1 - _B + _B * lengths / (mean or 1.0)))
