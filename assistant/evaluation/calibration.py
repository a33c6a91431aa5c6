"""``anan bench confidence``: fit the confidence on question sets, and draw answered against right.

Each set's questions are asked of its own documents and of every other set's. Of its own, the answer is right when the
marked passage stands in a relevant document; of another's there is none. A logistic regression learns to tell right
from not right; half of the questions fit it, the other half give the figures and the curve.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from assistant.answers.confidence import BIAS, WEIGHTS, Features
from assistant.errors import BadInput
from assistant.evaluation.beir import QuestionSet
from assistant.evaluation.bench_corpus import BenchCorpus, bench_corpus
from assistant.evaluation.regression import Matrix, fit_logistic, probability
from assistant.evaluation.retrieval import as_reports

_THRESHOLDS = tuple(round(step * 0.05, 2) for step in range(1, 20))
# Tenths of sureness, for which sureness and truth are compared.
_BINS = 10
# A sureness of 0 or 1 would make a single error weigh without end.
_NEARLY = 1e-6


@dataclass(frozen=True)
class Judged:
    """One question asked of one corpus: the best candidate's features, and whether it was right."""

    features: Features
    answerable: bool
    right: bool


@dataclass(frozen=True)
class CurvePoint:
    """What a threshold would give on the held-out half.

    Attributes:
        threshold: answers below this confidence are none.
        answered: share of the answerable that get an answer.
        right: share of the answered (answerable or not) that are right.
        refused: share of the unanswerable that get none.
    """

    threshold: float
    answered: float
    right: float
    refused: float


@dataclass(frozen=True)
class ReliabilityBin:
    """Questions of the held-out half that were about as sure: a calibrated sureness is the share that is right.

    Attributes:
        least: their confidence is this or more, and less than a tenth above it.
        count: how many they are.
        sure: their mean confidence.
        right: share of them that are right.
    """

    least: float
    count: int
    sure: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """Fitted weights in the order of Features, the bias, and what they come to on the held-out half.

    Attributes:
        weights: by feature.
        bias: added to them.
        log_loss: mean surprise (nats) at what was right, with the fitted weights and with those in use; less is better.
        curve: what each threshold would give, with the fitted weights.
        reliability: confidence against right, by tenths; none without a question in it.
        curve_in_use: the curve with the weights in use.
        reliability_in_use: likewise.
    """

    weights: dict[str, float]
    bias: float
    log_loss: dict[str, float]
    curve: tuple[CurvePoint, ...]
    reliability: tuple[ReliabilityBin, ...]
    curve_in_use: tuple[CurvePoint, ...]
    reliability_in_use: tuple[ReliabilityBin, ...]


def calibrate(sets: Sequence[QuestionSet], limit: int | None = None) -> Calibration:
    """Fit on the even questions of each set (at most ``limit`` a set), measure on the odd ones.

    Raises:
        BadInput: fewer than two sets (there would be no question without an answer), or nothing found at all.
    """
    if len(sets) < 2:
        raise BadInput("拟合把握至少要两个问题集：要拿一个问题集的问题去问另一个的文档")
    judged = judge(sets, limit)
    if len(judged) < 2:
        raise BadInput("这些问题集里几乎没有一问找得到段落，无从拟合")
    fitted = _fit([each for number, each in enumerate(judged) if number % 2 == 0])
    held_out = [each for number, each in enumerate(judged) if number % 2 == 1]
    sure = probability(_rows(held_out), fitted)
    in_use = probability(_rows(held_out), np.array([*WEIGHTS, BIAS]))
    names = [item.name for item in fields(Features)]
    return Calibration(
        weights=dict(zip(names, (round(float(weight), 3) for weight in fitted[:-1]), strict=True)),
        bias=round(float(fitted[-1]), 3),
        log_loss={"fitted": _log_loss(held_out, sure), "in_use": _log_loss(held_out, in_use)},
        curve=_curve(held_out, sure),
        reliability=_reliability(held_out, sure),
        curve_in_use=_curve(held_out, in_use),
        reliability_in_use=_reliability(held_out, in_use),
    )


def judge(sets: Sequence[QuestionSet], limit: int | None) -> list[Judged]:
    """Ask every set's questions of every set's documents."""
    judged = []
    for documents in sets:
        with bench_corpus(as_reports(documents)) as corpus:
            for asked in sets:
                own = asked is documents
                for key, question in list(asked.questions.items())[:limit]:
                    one = _judge_one(corpus, question, asked.relevant[key] if own else frozenset())
                    if one is not None:
                        judged.append(one)
    return judged


def _judge_one(corpus: BenchCorpus, question: str, relevant: frozenset[str]) -> Judged | None:
    found = corpus.answerer.find(question)
    if not found:
        return None
    return Judged(found[0].features, bool(relevant), found[0].report.index_number in relevant)


def _fit(judged: Sequence[Judged]) -> Matrix:
    return fit_logistic(_rows(judged), np.array([each.right for each in judged], dtype=float))


def _rows(judged: Sequence[Judged]) -> Matrix:
    return np.array([[*each.features.values(), 1.0] for each in judged])


def _curve(judged: Sequence[Judged], sure: Matrix) -> tuple[CurvePoint, ...]:
    return tuple(_point(threshold, judged, sure) for threshold in _THRESHOLDS)


def _point(threshold: float, judged: Sequence[Judged], sure: Matrix) -> CurvePoint:
    answered = [each for each, value in zip(judged, sure, strict=True) if value >= threshold]
    answerable = sum(each.answerable for each in judged)
    unanswerable = len(judged) - answerable
    return CurvePoint(
        threshold=threshold,
        answered=round(sum(each.answerable for each in answered) / max(1, answerable), 4),
        right=round(sum(each.right for each in answered) / max(1, len(answered)), 4),
        refused=round(1 - sum(not each.answerable for each in answered) / max(1, unanswerable), 4),
    )


def _log_loss(judged: Sequence[Judged], sure: Matrix) -> float:
    right = np.array([each.right for each in judged])
    told = np.clip(np.where(right, sure, 1 - sure), _NEARLY, 1)
    return round(float(-np.log(told).mean()), 4)


def _reliability(judged: Sequence[Judged], sure: Matrix) -> tuple[ReliabilityBin, ...]:
    right = np.array([each.right for each in judged])
    places = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    return tuple(
        ReliabilityBin(
            least=place / _BINS,
            count=int(inside.sum()),
            sure=round(float(sure[inside].mean()), 4),
            right=round(float(right[inside].mean()), 4),
        )
        for place in range(_BINS)
        if (inside := places == place).any()
    )
