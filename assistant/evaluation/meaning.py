"""``anan bench semantic``: what the optional semantic layer adds to the ranking, by how much it weighs.

Vectors cost far more than all else (0.15 s a passage on two cores), so they are kept in a file and a run that was cut
off goes on where it stopped. The even questions are to choose the weight by, the odd ones are held out.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answers.drawing import Drawing
from assistant.answers.ranking import rank_reports
from assistant.errors import Busy
from assistant.evaluation.beir import QuestionSet
from assistant.evaluation.bench_corpus import BenchCorpus, bench_corpus
from assistant.evaluation.retrieval import as_reports, first_right, scoped
from assistant.search.embedders import LocalEmbedder
from assistant.search.semantic import SemanticLayer
from assistant.search.vectors import PassageVectors

WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0)
_DEPTH = 10


@dataclass(frozen=True)
class WeightFigures:
    """Shares (0 to 1) of the questions whose right document comes first, or among the first ten.

    Attributes:
        weight: what nearness in meaning counts; None without the layer.
        chosen_1: first, of the even questions, to choose the weight by.
        held_out_1: first, of the odd ones.
        chosen_10: among the first ten, of the even questions.
        held_out_10: the same of the odd ones.
    """

    weight: float | None
    chosen_1: float
    held_out_1: float
    chosen_10: float
    held_out_10: float


class _Remembering:
    """A layer that is asked the same for every weight, and works it out once."""

    def __init__(self, layer: SemanticLayer) -> None:
        self._layer = layer
        self._known: dict[tuple[str, tuple[int, ...], int], dict[int, float]] = {}

    def nearest(self, question: str, ids: Sequence[int], others: int) -> dict[int, float]:
        """See SemanticLayer."""
        key = (question, tuple(ids), others)
        if key not in self._known:
            self._known[key] = self._layer.nearest(question, ids, others)
        return self._known[key]


def measure_semantic(
    questions: QuestionSet, vectors: Path, limit: int | None, tell: Callable[[int], None]
) -> list[WeightFigures]:
    """Rank the set's documents without the layer, and with it at each of ``WEIGHTS``.

    Args:
        questions: the set.
        vectors: the file that keeps its passages' vectors; made if missing.
        limit: questions at most.
        tell: told how many passages have vectors, as it goes.

    Raises:
        Busy: the vectors could not all be made (the log says why); those made are kept.
    """
    asked = dict(itertools.islice(questions.questions.items(), limit))
    with bench_corpus(as_reports(questions)) as corpus:
        layer = PassageVectors(vectors, corpus.store, LocalEmbedder(None))
        try:
            layer.rebuild(tell)
            if layer.count < corpus.index.passage_count:
                raise Busy("段落的向量没有做全，原因见日志；做好的已经留下，可以再运行一次")
            remembered = _Remembering(layer)
            plain = _figures(None, _places(corpus, questions, asked, None, 0.0))
            return [plain] + [
                _figures(weight, _places(corpus, questions, asked, remembered, weight)) for weight in WEIGHTS
            ]
        finally:
            layer.close()


def _places(
    corpus: BenchCorpus,
    questions: QuestionSet,
    asked: Mapping[str, str],
    layer: SemanticLayer | None,
    weight: float,
) -> list[int | None]:
    names = {summary.id: summary.index_number for summary in corpus.store.reports()}
    places = []
    for key, text in asked.items():
        question, scope = scoped(corpus, text)
        drawing = Drawing(corpus.index, question, scope)
        ranked = rank_reports(drawing, corpus.store, question, _DEPTH, layer, weight)
        places.append(first_right([names[report_id] for report_id in ranked], questions.relevant[key]))
    return places


def _figures(weight: float | None, places: Sequence[int | None]) -> WeightFigures:
    def share(half: Sequence[int | None], depth: int) -> float:
        return round(sum(place is not None and place <= depth for place in half) / max(1, len(half)), 4)

    chosen, held_out = places[::2], places[1::2]
    return WeightFigures(weight, share(chosen, 1), share(held_out, 1), share(chosen, 10), share(held_out, 10))
