"""Ranking: the passages that best match a question, by what they say and by what their report says.

First the index draws passages and reports by BM25, and the two are added: a passage alone misses the words its
neighbours hold, a report alone does not say where the answer stands. Then the first few passages are read again: the
index knows which terms they hold, but not whether these stand together as they do in the question.

The three weights were learned on half of the questions of three public sets; docs/ranking.md says how and shows the
figures for both halves.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import partial_ratio

from assistant.answers.scope import Scope
from assistant.answers.understanding import Question
from assistant.language import Folded, fold
from assistant.search import PassageHit, Query, SearchIndex
from assistant.store import Store, StoredPassage

_REPORT_WEIGHT = 0.7
_RUN_WEIGHT = 0.45
_STRETCH_WEIGHT = 0.45
# A run of characters weighs its length to this power: one of four says more than two of two, and less than four of one
# would at twice the weight. Between 1.3 and 1.5 nothing changes; at 2 a single long run drowns the rest.
_RUN_POWER = 1.5
# Shorter ones are everywhere.
_SHORTEST_RUN = 2
# Passages and reports drawn from the index; the answer stands among the first few, the rest only feed the fusion.
PASSAGE_POOL = 100
REPORT_POOL = 100
# Passages read again. The right one is among them for all but one question in fifty; each costs some 40 microseconds.
_READ_AGAIN = 10


@dataclass(frozen=True)
class RankedPassage:
    """A passage read again, and how well it matches: its score compares with others of the same question only."""

    passage: StoredPassage
    folded: Folded
    score: float


def rank_passages(
    index: SearchIndex, store: Store, question: Question, scope: Scope, limit: int
) -> list[RankedPassage]:
    """The best passages within the scope, best first; at most ``limit``, and no more than are read again."""
    return _read_again(store, question, _draw(index, question, scope)[0])[:limit]


def rank_reports(index: SearchIndex, store: Store, question: Question, scope: Scope, limit: int) -> list[str]:
    """Ids of the best reports in the same order: by their best passage; below those, by what the index says of them."""
    drawn, reports = _draw(index, question, scope)
    ranked = [each.passage.report_id for each in _read_again(store, question, drawn)]
    ranked += [hit.report_id for hit in drawn[_READ_AGAIN:]]
    ranked += reports
    return list(dict.fromkeys(ranked))[:limit]


def _draw(index: SearchIndex, question: Question, scope: Scope) -> tuple[list[PassageHit], Iterable[str]]:
    """What the index gives: passages with the fused score, best first, and the ids of reports, best first."""
    terms = question.terms
    query = Query(terms.words, terms.bigrams, scope.years, scope.publishers)
    reports = {hit.report_id: hit.score for hit in index.search_reports(query, REPORT_POOL)}
    fused = [
        replace(hit, score=(1 - _REPORT_WEIGHT) * hit.score + _REPORT_WEIGHT * reports.get(hit.report_id, 0.0))
        for hit in index.search_passages(query, PASSAGE_POOL)
    ]
    return sorted(fused, key=lambda hit: -hit.score), reports


def _read_again(store: Store, question: Question, drawn: list[PassageHit]) -> list[RankedPassage]:
    """The first of the passages drawn, best first by the index's score (the best one's is 1) and by their wording."""
    first = drawn[:_READ_AGAIN]
    passages = store.passages([hit.id for hit in first])
    ranked = []
    for hit in first:
        passage = passages.get(hit.id)
        # It may be gone: replaced between the index's answer and now.
        if passage is not None:
            folded = fold(passage.text)
            score = hit.score / first[0].score + wording_score(question.folded, folded.text)
            ranked.append(RankedPassage(passage, folded, score))
    return sorted(ranked, key=lambda each: -each.score)


def wording_score(question: str, passage: str) -> float:
    """What a passage's wording adds to its score: shared runs of characters, and the stretch most like the question.

    Args:
        question: the whole folded question: the small words between the others count, where they stand together.
        passage: the folded passage.
    """
    return _RUN_WEIGHT * run_share(question, passage) + _STRETCH_WEIGHT * partial_ratio(question, passage) / 100


def run_share(question: str, passage: str) -> float:
    """How much of the question stands in the passage in long runs of characters.

    The question is cut from the left into the longest runs that the passage holds; each counts its length to the power
    of 1.5, and the sum is divided by the question's length. 0 when the passage shares no two neighbouring characters.
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
