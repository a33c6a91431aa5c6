"""``anan bench ranking``: learn the ranking's weights on question sets, and show how it ranks with those in use.

Each question's few best passages are a choice: a softmax over their scores gives each a probability, and the weights
are those under which the passages of relevant documents are likeliest (listwise, as in Cao et al. 2007). The even
questions of each set teach, the odd ones are held out; sets count alike, however many questions they have.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from assistant.answers.drawing import Drawing
from assistant.answers.ranking import WEIGHTS, Signs, rank_passages
from assistant.errors import BadInput
from assistant.evaluation.beir import QuestionSet
from assistant.evaluation.bench_corpus import bench_corpus
from assistant.evaluation.retrieval import as_reports, scoped

# A light ridge keeps weights finite where a sign separates perfectly.
_RIDGE = 1.0
# Newton steps, each halved until it gains; four weights settle within ten.
_STEPS = 50
_HALVINGS = 20

_Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """A question's best passages: their signs, a row each, and which of them stand in a relevant document."""

    signs: _Matrix
    right: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Learned:
    """What was learned.

    Attributes:
        weights: by sign, scaled so that those of passage and report add up to 1.
        shares: for each set, the share of questions whose first passage is right: with the learned weights and with
            those in use, on the half that taught and on the half held out.
    """

    weights: dict[str, float]
    shares: tuple[dict[str, str | float], ...]


def learn(sets: Sequence[QuestionSet], limit: int | None = None) -> Learned:
    """Learn on the even questions of each set (at most ``limit`` a set).

    Raises:
        BadInput: not one question has a right passage to be told from a wrong one.
    """
    choices = {each.name: _choices(each, limit) for each in sets}
    taught = [(choice, 1 / len(some)) for some in choices.values() for choice in some[::2] if choice.right.any()]
    if all(choice.right.all() for choice, _ in taught):
        raise BadInput("这些问题集里没有一问既找得到对的段落、又找得到不对的，无从学习")
    total = sum(weight for _, weight in taught)
    weights = _fit([(choice, weight * len(taught) / total) for choice, weight in taught])
    scaled = weights / weights[:2].sum()
    return Learned(
        weights=dict(zip([item.name for item in fields(Signs)], np.round(scaled, 3).tolist(), strict=True)),
        shares=tuple(_shares(name, some, scaled) for name, some in choices.items()),
    )


def _choices(questions: QuestionSet, limit: int | None) -> list[Choice]:
    found = []
    with bench_corpus(as_reports(questions)) as corpus:
        names = {summary.id: summary.index_number for summary in corpus.store.reports()}
        for key, text in list(questions.questions.items())[:limit]:
            question, scope = scoped(corpus, text)
            ranked = rank_passages(Drawing(corpus.index, question, scope), corpus.store, question)
            right = [names[each.passage.report_id] in questions.relevant[key] for each in ranked]
            signs = np.array([each.signs.values() for each in ranked], dtype=float).reshape(-1, len(WEIGHTS))
            found.append(Choice(signs, np.array(right, dtype=bool)))
    return found


def _fit(taught: Sequence[tuple[Choice, float]]) -> _Matrix:
    """The weights of least loss, by Newton's method with halved steps."""
    weights = np.zeros(len(WEIGHTS))
    loss, gradient, curve = _loss(weights, taught)
    for _ in range(_STEPS):
        step = np.linalg.solve(curve, gradient)
        for _ in range(_HALVINGS):
            new = _loss(weights - step, taught)
            if new[0] <= loss:
                break
            step = step / 2
        gained = loss - new[0]
        if gained <= 0:
            break
        weights, (loss, gradient, curve) = weights - step, new
        if gained < 1e-6:
            break
    return weights


def _loss(weights: _Matrix, taught: Sequence[tuple[Choice, float]]) -> tuple[float, _Matrix, _Matrix]:
    """Minus the log probability that the right passages are chosen, its gradient, and a curvature that is positive."""
    loss = _RIDGE / 2 * float(weights @ weights)
    gradient = _RIDGE * weights
    curve = _RIDGE * np.eye(len(weights))
    for choice, count in taught:
        scores = choice.signs @ weights
        likely = np.exp(scores - scores.max())
        hoped = np.where(choice.right, likely, 0.0)
        loss += count * float(np.log(likely.sum()) - np.log(hoped.sum()))
        likely, hoped = likely / likely.sum(), hoped / hoped.sum()
        mean = likely @ choice.signs
        gradient = gradient + count * (mean - hoped @ choice.signs)
        curve = curve + count * ((choice.signs * likely[:, None]).T @ choice.signs - np.outer(mean, mean))
    return loss, gradient, curve


def _shares(name: str, choices: Sequence[Choice], learned: _Matrix) -> dict[str, str | float]:
    in_use = np.array(WEIGHTS)
    return {
        "set": name,
        "learned_taught": _right(choices[::2], learned),
        "learned_held_out": _right(choices[1::2], learned),
        "in_use_taught": _right(choices[::2], in_use),
        "in_use_held_out": _right(choices[1::2], in_use),
    }


def _right(choices: Sequence[Choice], weights: _Matrix) -> float:
    first = [len(each.right) > 0 and bool(each.right[(each.signs @ weights).argmax()]) for each in choices]
    return round(sum(first) / max(1, len(first)), 4)
