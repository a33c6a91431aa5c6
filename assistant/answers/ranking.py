"""Ranking: the passages that best match a question, by what they say and by what their report says.

First the index draws passages and reports by BM25, and the two are added: a passage alone misses the words its
neighbours hold, a report alone does not say where the answer stands. Then the first few passages are read again: the
index knows which terms they hold, but not whether these stand together as they do in the question.

The weights were learned by ``anan bench ranking`` on half of the questions of three public sets; docs/ranking.md says
how, and shows the figures for both halves.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import NamedTuple

from rapidfuzz.fuzz import partial_ratio

from assistant.answers.drawing import Drawing
from assistant.answers.scope import Scope
from assistant.answers.understanding import Question
from assistant.language import Folded, fold
from assistant.search import PassageHit
from assistant.search.semantic import SemanticLayer
from assistant.store import Store, StoredPassage

# How much the report's BM25 counts beside the passage's, of 1.
_REPORT_WEIGHT = 0.7
_RUN_WEIGHT = 0.45
_STRETCH_WEIGHT = 0.45
# A run of characters weighs its length to this power: longer ones say more, but at 2 a single long one (the name of a
# body, say) drowned the rest.
_RUN_POWER = 1.5
# Single characters are everywhere.
_SHORTEST_RUN = 2
# Passages read again: 8 lose a little, 20 and 40 gain nothing, and each costs as much as a hundredth of an answer.
_READ_AGAIN = 6
# Behind those, what each further passage drawn from the same report costs: a long one has some words of any question.
_SPREAD_COST = 0.01

# With a semantic layer: passages it looks at, those it may add, and how much nearness counts, scaled within these.
_LOOKED_AT_BY_MEANING = 20
_ADDED_BY_MEANING = 6
_MEANING_WEIGHT = 0.3


@dataclass(frozen=True)
class Signs:
    """What a passage is ranked by.

    Attributes:
        passage: its BM25, as a share of the best fused score that the index gave for the question.
        report: its report's BM25, likewise.
        run: how much of the question it holds in long runs (``run_share``).
        stretch: how like the question its most similar stretch of the same length is, 0 to 1.
    """

    passage: float
    report: float
    run: float
    stretch: float

    def values(self) -> tuple[float, float, float, float]:
        """The signs in the order of ``WEIGHTS``."""
        return self.passage, self.report, self.run, self.stretch


WEIGHTS = (1 - _REPORT_WEIGHT, _REPORT_WEIGHT, _RUN_WEIGHT, _STRETCH_WEIGHT)


@dataclass(frozen=True)
class RankedPassage:
    """A passage read again, and how well it matches: its score compares with others of the same question only."""

    passage: StoredPassage
    folded: Folded
    signs: Signs
    score: float


class _Drawn(NamedTuple):
    """A passage as the index gave it, with its report's score and both fused."""

    hit: PassageHit
    report: float
    fused: float


def rank_passages(
    drawing: Drawing, store: Store, question: Question, semantic: SemanticLayer | None = None
) -> list[RankedPassage]:
    """The few best of the passages drawn for a question, best first."""
    drawn, reports = _fused(drawing)
    if semantic is not None:
        return _with_meaning(store, question, drawing.scope, drawn, reports, semantic)
    return _read_again(store, question, drawn[:_READ_AGAIN])


def rank_reports(
    drawing: Drawing,
    store: Store,
    question: Question,
    limit: int,
    semantic: SemanticLayer | None = None,
    meaning_weight: float = _MEANING_WEIGHT,
) -> list[str]:
    """Ids of the best reports by the same ranking: each by its best passage, below those by what the index says."""
    drawn, reports = _fused(drawing)
    if semantic is not None:
        first = _with_meaning(store, question, drawing.scope, drawn, reports, semantic, meaning_weight)
    else:
        first = _read_again(store, question, drawn[:_READ_AGAIN])
    ranked = [each.passage.report_id for each in first]
    ranked += [each.hit.report_id for each in _narrower_first(drawn)[_READ_AGAIN:]]
    ranked += reports
    return list(dict.fromkeys(ranked))[:limit]


def _fused(drawing: Drawing) -> tuple[list[_Drawn], dict[str, float]]:
    """What was drawn: passages by the fused score, best first, and the reports with their scores, best first."""
    hits, reports = drawing.read()
    drawn = [
        _Drawn(hit, report, (1 - _REPORT_WEIGHT) * hit.score + _REPORT_WEIGHT * report)
        for hit in hits
        for report in [reports.get(hit.report_id, 0.0)]
    ]
    return sorted(drawn, key=attrgetter("fused"), reverse=True), reports


def _narrower_first(drawn: list[_Drawn]) -> list[_Drawn]:
    """The drawn again, behind the first few those of reports with fewer of them sooner than by their score alone."""
    of_report = Counter(each.hit.report_id for each in drawn)

    def cost(each: _Drawn) -> float:
        return _SPREAD_COST * (of_report[each.hit.report_id] - 1) - each.fused / drawn[0].fused

    return drawn[:_READ_AGAIN] + sorted(drawn[_READ_AGAIN:], key=cost)


def _with_meaning(
    store: Store,
    question: Question,
    scope: Scope,
    drawn: list[_Drawn],
    reports: dict[str, float],
    semantic: SemanticLayer,
    weight: float = _MEANING_WEIGHT,
) -> list[RankedPassage]:
    """The best passages by their signs and by what they mean; by their signs alone where the layer says nothing."""
    looked_at = drawn[:_LOOKED_AT_BY_MEANING]
    # What it adds is of any report, so it adds only where any report will do.
    others = 0 if scope.years or scope.publishers else _ADDED_BY_MEANING
    near = semantic.nearest(question.folded, [each.hit.id for each in looked_at], others)
    if not near or not drawn:
        return _read_again(store, question, drawn[:_READ_AGAIN])
    known = {each.hit.id for each in drawn}
    added = store.passages([each for each in near if each not in known])
    for passage in added.values():
        report = reports.get(passage.report_id, 0.0)
        looked_at.append(_Drawn(PassageHit(passage.id, passage.report_id, 0.0), report, _REPORT_WEIGHT * report))
    least, most = min(near.values()), max(near.values())
    means = {key: weight * (value - least) / ((most - least) or 1.0) for key, value in near.items()}
    looked_at.sort(key=lambda each: -(each.fused / drawn[0].fused + means.get(each.hit.id, 0.0)))
    chosen = sorted(looked_at[: 2 * _READ_AGAIN], key=attrgetter("fused"), reverse=True)
    ranked = _read_again(store, question, chosen)
    return sorted(
        (replace(each, score=each.score + means.get(each.passage.id, 0.0)) for each in ranked),
        key=lambda each: -each.score,
    )


def _read_again(store: Store, question: Question, drawn: Sequence[_Drawn]) -> list[RankedPassage]:
    """These passages, best first by all their signs."""
    passages = store.passages([each.hit.id for each in drawn])
    ranked = []
    for each in drawn:
        passage = passages.get(each.hit.id)
        # It may be gone: replaced between the index's answer and now.
        if passage is not None:
            folded = fold(passage.text)
            signs = Signs(
                passage=each.hit.score / drawn[0].fused,
                report=each.report / drawn[0].fused,
                run=run_share(question.folded, folded.text),
                stretch=partial_ratio(question.folded, folded.text) / 100,
            )
            score = sum(weight * sign for weight, sign in zip(WEIGHTS, signs.values(), strict=True))
            ranked.append(RankedPassage(passage, folded, signs, score))
    return sorted(ranked, key=lambda each: -each.score)


def run_share(question: str, passage: str) -> float:
    """How much of the question stands in the passage in long runs of characters.

    The question is cut from the left into the longest runs that the passage holds; each counts its length to the power
    of 1.5, and the sum is divided by the question's length. 0 when the two share no two neighbouring characters; the
    square root of the question's length when the passage holds it whole.

    Args:
        question: the whole folded question: small words count too where they stand as they do in the question.
        passage: the folded passage.
    """
    total = 0.0
    start, length = 0, len(question)
    while start + _SHORTEST_RUN <= length:
        end = start + _SHORTEST_RUN
        if question[start:end] not in passage:
            start += 1
            continue
        while end < length and question[start : end + 1] in passage:
            end += 1
        total += (end - start) ** _RUN_POWER
        start = end
    return total / length if length else 0.0
