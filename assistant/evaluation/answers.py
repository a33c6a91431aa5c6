"""``anan bench answers``: whether the sentence that an answer marks is the one that holds the known answer.

The file of known answers stands beside the question set (BEIR layout): one JSON object a line, ``_id`` of the question
and ``answers``, the texts that answer it, any of them right. Every question goes through ``ask`` as a citizen's does;
an answer that there is none marks nothing and counts as wrong. The baseline is the first sentence of the passage that
the ranking puts first.
"""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answers.drawing import Drawing
from assistant.answers.ranking import rank_passages
from assistant.errors import BadInput
from assistant.evaluation.beir import QuestionSet, json_lines, read_question_set
from assistant.evaluation.bench_corpus import BenchCorpus, bench_corpus
from assistant.evaluation.retrieval import as_reports, scoped
from assistant.language import fold_text, sentences


@dataclass(frozen=True)
class MarkFigures:
    """How well marked texts meet the known answers, as shares (0 to 1) of the questions.

    Attributes:
        holds: the marked text holds a known answer whole, spaces and punctuation aside.
        holds_or_within: it does, or lies whole within one: known answers of several sentences fit in no single one.
        f1: mean F1 of the marked text's characters against the nearest known answer's (as multisets, spaces and
            punctuation aside; Rajpurkar et al. 2016, by characters instead of words).
    """

    holds: float
    holds_or_within: float
    f1: float


@dataclass(frozen=True)
class AnswerFigures:
    """What was measured.

    Attributes:
        queries: questions asked: those of the set that have a known answer.
        answered: share of them that get an answer at all.
        marked: of the answers' marked sentences, over all questions; one that is refused has marked nothing.
        marked_of_answered: the same over the questions that got an answer.
        first_sentence: the baseline, over all questions: the first sentence of the best passage.
        first_sentence_of_answered: the baseline over the questions that got an answer.
    """

    queries: int
    answered: float
    marked: MarkFigures
    marked_of_answered: MarkFigures
    first_sentence: MarkFigures
    first_sentence_of_answered: MarkFigures


def read_answers(file: Path) -> dict[str, tuple[str, ...]]:
    """The known answers by question id.

    Raises:
        BadInput: the file is missing, or a line is not as described; the message names file and line.
    """
    known: dict[str, tuple[str, ...]] = {}
    for row, where in json_lines(file):
        key, texts = row.get("_id"), row.get("answers")
        if not isinstance(key, str) or not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise BadInput(f"{where}应有 _id（文字）和 answers（文字的列表）")
        told = tuple(text for text in texts if _bare(text))
        if told:
            known[key] = told
    return known


def measure_answers(file: Path, limit: int | None = None) -> AnswerFigures:
    """Ask the questions of the set around ``file`` (the first ``limit`` that have a known answer, or all).

    Raises:
        BadInput: as ``read_answers`` and ``read_question_set``, or no question of the set has a known answer.
    """
    known = read_answers(file)
    questions = read_question_set(file.parent)
    asked = dict(itertools.islice(((key, text) for key, text in questions.questions.items() if key in known), limit))
    if not asked:
        raise BadInput(f"{file.name} 里没有 queries.jsonl 中任何一问的答案，无从评测")
    return _measure(questions, asked, known)


def _measure(questions: QuestionSet, asked: Mapping[str, str], known: Mapping[str, Sequence[str]]) -> AnswerFigures:
    marked, first = [], []
    answered = []
    with bench_corpus(as_reports(questions)) as corpus:
        for key, text in asked.items():
            sentence = _marked(corpus, text)
            answered.append(sentence is not None)
            marked.append(_meets(sentence or "", known[key]))
            first.append(_meets(_first_sentence(corpus, text), known[key]))
    return AnswerFigures(
        queries=len(asked),
        answered=round(sum(answered) / len(asked), 4),
        marked=_figures(marked),
        marked_of_answered=_figures([each for each, given in zip(marked, answered, strict=True) if given]),
        first_sentence=_figures(first),
        first_sentence_of_answered=_figures([each for each, given in zip(first, answered, strict=True) if given]),
    )


def _marked(corpus: BenchCorpus, question: str) -> str | None:
    """The sentence that the answer marks; None where there is no answer from a report."""
    answer = corpus.answerer.ask(question)
    if answer.kind == "none" or not answer.evidence:
        return None
    best = answer.evidence[0]
    return best.passage[slice(*best.sentence)]


def _first_sentence(corpus: BenchCorpus, text: str) -> str:
    question, scope = scoped(corpus, text)
    ranked = rank_passages(Drawing(corpus.index, question, scope), corpus.store, question)
    if not ranked:
        return ""
    passage = ranked[0].passage.text
    return passage[slice(*next(iter(sentences(passage)), (0, len(passage))))]


def _meets(marked: str, known: Sequence[str]) -> MarkFigures:
    """One marked text against the known answers of its question."""
    said, right = _bare(marked), [_bare(text) for text in known]
    holds = any(text in said for text in right)
    within = bool(said) and any(said in text for text in right)
    return MarkFigures(float(holds), float(holds or within), max(character_f1(said, text) for text in right))


def character_f1(said: str, right: str) -> float:
    """F1 (0 to 1) of the characters of two texts as multisets."""
    shared = sum((Counter(said) & Counter(right)).values())
    return 2 * shared / (len(said) + len(right)) if shared else 0.0


def _bare(text: str) -> str:
    """Folded, letters and digits only: known answers are cut out of their text with or without its punctuation."""
    return "".join(char for char in fold_text(text) if char.isalnum())


def _figures(met: Sequence[MarkFigures]) -> MarkFigures:
    def mean(values: Sequence[float]) -> float:
        return round(sum(values) / max(1, len(values)), 4)

    return MarkFigures(
        holds=mean([each.holds for each in met]),
        holds_or_within=mean([each.holds_or_within for each in met]),
        f1=mean([each.f1 for each in met]),
    )
