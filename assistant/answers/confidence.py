"""How sure an answer is: a calibrated probability that the marked sentence answers the question.

A logistic regression over a few features of the best candidate. Its weights were fitted by ``anan bench confidence`` on
public question sets asked of their own corpus (answerable) and of another one (not answerable); the sample corpus and
its golden questions took no part. docs/confidence.md says how, and shows answered against right.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Features:
    """What confidence is judged by; all between 0 and 1.

    Attributes:
        passage_cover: share of the question's weight that the passage with its headings and title holds.
        sentence_cover: the same for the marked sentence with half of what its headings and the sentence before add.
        bigram_cover: share of the question's bigrams that the passage with its headings and title holds.
        holds_wanted: 1 when the sentence holds the kind of thing asked for, else 0.
    """

    passage_cover: float
    sentence_cover: float
    bigram_cover: float
    holds_wanted: float

    def values(self) -> tuple[float, float, float, float]:
        """The features in the order of ``WEIGHTS``."""
        return self.passage_cover, self.sentence_cover, self.bigram_cover, self.holds_wanted


# Refit with `anan bench confidence` when ranking or evidence changes.
WEIGHTS = (4.195, 2.449, 2.9, 0.915)
BIAS = -6.124


def confidence(features: Features) -> float:
    """The probability, 0 to 1, that the marked sentence answers the question."""
    score = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, features.values(), strict=True))
    return 1 / (1 + math.exp(-score))
