"""``anan bench retrieval``: how often the ranking that ``ask`` uses puts the right document first, and how fast."""

import itertools
import re
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.answers.drawing import Drawing
from assistant.answers.ranking import rank_reports
from assistant.answers.scope import Scope
from assistant.answers.understanding import Question, understand
from assistant.evaluation.beir import QuestionSet
from assistant.evaluation.bench_corpus import BenchCorpus, bench_corpus
from assistant.evaluation.slips import with_slips
from assistant.language import fold_text
from assistant.reports import Metadata, Report, compose

_DEPTH = 10
# A document's headline: up to the first break, no stop or comma in it, and the text goes on behind it. What ends in a
# letter, a digit or a colon is a sentence that a space broke.
_HEADLINE = re.compile(r"\s*([^\s。；，;,]{5,79}[^\s。；，;,：:、a-zA-Z0-9])\s+\S")


@dataclass(frozen=True)
class RetrievalFigures:
    """What was measured; recall and reciprocal rank are shares of the questions, times are milliseconds."""

    queries: int
    recall_1: float
    recall_5: float
    recall_10: float
    mrr_10: float
    p50_ms: float
    p95_ms: float

    def to_dict(self) -> dict[str, float]:
        """The JSON shape of DESIGN.md."""
        return {
            "queries": self.queries,
            "recall@1": self.recall_1,
            "recall@5": self.recall_5,
            "recall@10": self.recall_10,
            "mrr@10": self.mrr_10,
            "p50_ms": self.p50_ms,
            "p95_ms": self.p95_ms,
        }


@dataclass(frozen=True)
class SlipFigures:
    """The figures of the questions as they are, and of the same with slips made in them.

    Attributes:
        original: of the questions as they are.
        slipped: of the questions with their most telling word written by its sound.
        lost: how much recall@1 falls.
        restored: share of the slipped questions that were understood just as they were before the slip.
        touched: share of the original questions that were taken for slips.
    """

    original: RetrievalFigures
    slipped: RetrievalFigures
    lost: float
    restored: float
    touched: float

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {**asdict(self), "original": self.original.to_dict(), "slipped": self.slipped.to_dict()}


def measure_retrieval(questions: QuestionSet, limit: int | None = None) -> RetrievalFigures:
    """Rank the set's documents for its questions (the first ``limit`` of them, or all)."""
    with bench_corpus(as_reports(questions)) as corpus:
        return _measure(corpus, questions, first_questions(questions, limit))[0]


def measure_slips(questions: QuestionSet, limit: int | None = None) -> SlipFigures:
    """Rank the set's documents for its questions as they are, and with slips that always are the same."""
    with bench_corpus(as_reports(questions)) as corpus:
        asked = {key: fold_text(text) for key, text in first_questions(questions, limit).items()}
        slips = with_slips(asked, corpus.index, corpus.segmenter)
        original, understood = _measure(corpus, questions, asked)
        slipped, forgiven = _measure(corpus, questions, slips)
    restored = sum(forgiven[key] == asked[key] for key in asked)
    touched = sum(understood[key] != asked[key] for key in asked)
    return SlipFigures(
        original=original,
        slipped=slipped,
        lost=round(original.recall_1 - slipped.recall_1, 4),
        restored=round(restored / len(asked), 4),
        touched=round(touched / len(asked), 4),
    )


def measure_wordings(
    corpus: BenchCorpus, questions: QuestionSet, *wordings: Mapping[str, str]
) -> list[RetrievalFigures]:
    """Rank the set's documents, which ``corpus`` holds, for its questions in other words.

    Args:
        corpus: of ``as_reports(questions)``.
        questions: the set.
        wordings: question id to wording, the same ids in each.
    """
    return [_measure(corpus, questions, wording)[0] for wording in wordings]


def first_questions(questions: QuestionSet, limit: int | None) -> dict[str, str]:
    """The first so many questions of a set, or all, by their ids."""
    return dict(itertools.islice(questions.questions.items(), limit))


def _measure(
    corpus: BenchCorpus, questions: QuestionSet, asked: Mapping[str, str]
) -> tuple[RetrievalFigures, dict[str, str]]:
    """The figures of the questions asked, and what each was understood as, folded."""
    names = {summary.id: summary.index_number for summary in corpus.store.reports()}
    ranks: list[int | None] = []
    times: list[float] = []
    understood: dict[str, str] = {}
    for key, question in asked.items():
        begin = time.perf_counter()
        ranked, understood[key] = _rank(corpus, question)
        times.append((time.perf_counter() - begin) * 1000)
        ranks.append(first_right([names[report_id] for report_id in ranked], questions.relevant[key]))
    return _figures(ranks, times), understood


def as_reports(questions: QuestionSet) -> list[Report]:
    """The set's documents as reports; the document's id stands as 索引号.

    A report always has a title; a document without one goes by the headline that its text begins with, else by its id.
    """
    return [
        compose(Metadata(title=title or _headline(text) or key, index_number=key), text)
        for key, (title, text) in questions.documents.items()
    ]


def _headline(text: str) -> str:
    found = _HEADLINE.match(text)
    return found[1] if found else ""


def scoped(corpus: BenchCorpus, text: str) -> tuple[Question, Scope]:
    """A question as ``ask`` understands it, and where it then looks first."""
    shelf = corpus.library.shelf()
    question = understand(text, shelf, corpus.segmenter)
    return question, Scope(question.scope.years & shelf.years, question.scope.publishers)


def _rank(corpus: BenchCorpus, text: str) -> tuple[list[str], str]:
    question, scope = scoped(corpus, text)
    return rank_reports(Drawing(corpus.index, question, scope), corpus.store, question, _DEPTH), question.folded


def first_right(ranked: Sequence[str], right: frozenset[str]) -> int | None:
    """The place of the first right document, from 1; None when there is none."""
    return next((place for place, key in enumerate(ranked, start=1) if key in right), None)


def _figures(ranks: Sequence[int | None], times: Sequence[float]) -> RetrievalFigures:
    def recall(depth: int) -> float:
        return round(sum(rank is not None and rank <= depth for rank in ranks) / len(ranks), 4)

    return RetrievalFigures(
        queries=len(ranks),
        recall_1=recall(1),
        recall_5=recall(5),
        recall_10=recall(10),
        mrr_10=round(sum(1 / rank for rank in ranks if rank is not None) / len(ranks), 4),
        p50_ms=round(statistics.median(times), 2),
        p95_ms=round(percentile(times, 0.95), 2),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, int(share * len(ordered) + 0.999999) - 1))]
