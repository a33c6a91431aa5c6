"""``anan bench offtopic``: with the sample corpus loaded, how many questions about other things are told there is none.

The questions of a public set (an encyclopaedia's, say) ask for what no report of the sample says: each answer but none
is a false one.
"""

import itertools
from collections import Counter
from dataclasses import dataclass

from assistant.evaluation.beir import QuestionSet
from assistant.evaluation.bench_corpus import bench_corpus
from assistant.reports import read_file
from assistant.resources import corpus_folder
from assistant.search.files import report_files
from assistant.store.faq_file import read_faq

_FILE_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True)
class OffTopicFigures:
    """What became of the questions.

    Attributes:
        queries: questions asked.
        none: share of them (0 to 1) that were told there is none.
        kinds: how many answers there were of each kind, the most frequent first.
        answered: the questions that got another answer than none, with its kind.
    """

    queries: int
    none: float
    kinds: dict[str, int]
    answered: tuple[dict[str, str], ...]


def measure_off_topic(questions: QuestionSet, limit: int | None = None) -> OffTopicFigures:
    """Ask the set's questions (the first ``limit`` of them, or all) of the sample corpus, each by itself."""
    corpus = corpus_folder()
    reports = [read_file(path, _FILE_LIMIT) for path in report_files([corpus / "reports"])]
    with bench_corpus(reports, read_faq(corpus / "faq.yaml")) as sample:
        asked = dict(itertools.islice(questions.questions.items(), limit))
        kinds = {text: sample.answerer.ask(text).kind for text in asked.values()}
    counts = Counter(kinds[text] for text in asked.values())
    return OffTopicFigures(
        queries=len(asked),
        none=round(counts["none"] / len(asked), 4),
        kinds=dict(counts.most_common()),
        answered=tuple({"question": text, "kind": kind} for text, kind in kinds.items() if kind != "none"),
    )
