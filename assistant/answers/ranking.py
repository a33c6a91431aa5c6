"""Ranking: the passages that best match a question, by what they say and by what their report says.

Passage and report evidence are added. A passage alone misses the words its neighbours hold; a report alone does not say
where the answer stands. Equal weights were best or within .005 of best on all three public question sets measured
(policy, cmrc, drcd; weights 0, .3, .5, .7, 1), so there is nothing to tune per corpus.
"""

from dataclasses import dataclass

from assistant.answers.scope import Scope
from assistant.language import QuestionTerms
from assistant.search import Query, SearchIndex

_REPORT_WEIGHT = 0.5
# Passages and reports drawn from the index; the answer stands among the first few, the rest only feed the fusion.
PASSAGE_POOL = 100
REPORT_POOL = 100


@dataclass(frozen=True)
class RankedPassage:
    """A passage and its fused score."""

    id: int
    report_id: str
    score: float


def rank_passages(index: SearchIndex, terms: QuestionTerms, scope: Scope, limit: int) -> list[RankedPassage]:
    """The best passages within the scope, best first."""
    query = Query(terms.words, terms.bigrams, scope.years, scope.publishers)
    reports = {hit.report_id: hit.score for hit in index.search_reports(query, REPORT_POOL)}
    fused = [
        ((1 - _REPORT_WEIGHT) * hit.score + _REPORT_WEIGHT * reports.get(hit.report_id, 0.0), hit)
        for hit in index.search_passages(query, PASSAGE_POOL)
    ]
    fused.sort(key=lambda pair: -pair[0])
    return [RankedPassage(hit.id, hit.report_id, score) for score, hit in fused[:limit]]


def rank_reports(index: SearchIndex, terms: QuestionTerms, scope: Scope, limit: int) -> list[str]:
    """Ids of the best reports by the same fusion: each report by its best passage, or by itself alone."""
    query = Query(terms.words, terms.bigrams, scope.years, scope.publishers)
    scores = {hit.report_id: _REPORT_WEIGHT * hit.score for hit in index.search_reports(query, REPORT_POOL)}
    for passage in rank_passages(index, terms, scope, PASSAGE_POOL):
        scores[passage.report_id] = max(scores.get(passage.report_id, 0.0), passage.score)
    return sorted(scores, key=lambda report_id: -scores[report_id])[:limit]
