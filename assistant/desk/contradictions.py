"""Figures in an FAQ answer that disagree with the reports': found by asking the reports for each of them.

Each number of the answer is read with its meaning, as those of reports are; then 安安 is asked for it as a citizen
would ask, without the FAQ. Where the reports give another number, a person has to look which is right.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.answers import Answer, Answerer
from assistant.answers.plain_words import plain_words
from assistant.language.measures import answers_for
from assistant.reports.figures import find_figures
from assistant.reports.model import Figure
from assistant.store import FaqEntry

# Figures of one answer that are asked for: each costs a question.
_ASKED_MOST = 12
_KINDS = frozenset({"count", "money", "percent"})
_LEAST_NAME = 2


@dataclass(frozen=True)
class Contradiction:
    """A figure that disagrees.

    Attributes:
        start: offset in the answer's plain words.
        end: offset behind it.
        text: the figure as the entry has it.
        asked: what was asked of the reports.
        reported: what the reports say instead.
        answer: the whole answer, with its evidence.
    """

    start: int
    end: int
    text: str
    asked: str
    reported: str
    answer: Answer


def find_contradictions(entry: FaqEntry, ask_reports: Callable[[], Answerer]) -> list[Contradiction]:
    """The figures of an entry's answer that disagree with what the reports say.

    Args:
        entry: the entry.
        ask_reports: makes an answerer without any FAQ; called only where there is something to ask.
    """
    words = plain_words(entry.answer)
    figures = list(_figures(words, entry.publisher))[:_ASKED_MOST]
    if not figures:
        return []
    answerer = ask_reports()
    found = []
    for figure in figures:
        question = _question(figure, entry.publisher)
        answer = answerer.ask_alone(question)
        if _disagrees(figure, answer):
            found.append(Contradiction(*figure.span, figure.text, question, answer.text, answer))
    return found


def _figures(words: str, publisher: str) -> Iterator[Figure]:
    """The figures that say what they count."""
    for figure in find_figures(words, (), publisher, None):
        if figure.kind in _KINDS and figure.value is not None and len(figure.indicator) >= _LEAST_NAME:
            yield figure


def _question(figure: Figure, publisher: str) -> str:
    year = f"{figure.year}年" if figure.year else ""
    much = "百分之几" if figure.kind == "percent" else f"多少{'钱' if figure.kind == 'money' else figure.unit}"
    return f"{year}{figure.subject or publisher}{figure.indicator}{much}？"


def _disagrees(figure: Figure, answer: Answer) -> bool:
    value = answer.value
    if answer.kind != "figure" or value is None or figure.value is None or value.number == figure.value:
        return False
    # 约300件 and 296件 do not disagree: an inexact number is one near the exact one.
    near = abs(value.number - figure.value) * 20 <= abs(figure.value)
    if near and (value.qualifier or figure.qualifier):
        return False
    return value.unit == figure.unit or answers_for(value.unit, frozenset({figure.unit}))
