"""A small index in memory over short texts (FAQ entries): candidates by the features they share with a question.

Ranked by BM25 as any search engine does it. It is in arrays of our own because it changes in place of being built anew
when one of ten thousand texts changes, while others go on asking the one before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

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
                scores[places] += log(1 + (len(scores) - len(places) + 0.5) / (len(places) + 0.5))
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
        gone: dict[str, set[int]] = {}
        come: dict[str, set[int]] = {}
        for texts, by_feature in ((before, gone), (after, come)):
            for position, features in texts.items():
                held = list(features)
                lengths[position] = len(held)
                for feature in held:
                    by_feature.setdefault(feature, set()).add(position)
        holders = dict(self._holders)
        for feature in gone.keys() | come.keys():
            places: set[int] = set(holders[feature].tolist()) if feature in holders else set()
            places = places - gone.get(feature, set()) | come.get(feature, set())
            holders[feature] = np.array(sorted(places), dtype=np.int32)
        made = PhraseIndex(())
        made._lengths, made._holders, made._weights = lengths, holders, _weights(lengths)
        return made


def _weights(lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """What a shared feature counts in each text: it stands there once, and less in a long text."""
    mean = float(lengths.mean()) if len(lengths) else 1.0
    return (_K1 + 1) / (1 + _K1 * (1 - _B + _B * lengths / (mean or 1.0)))
