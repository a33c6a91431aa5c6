"""Answers that give a number: which reports can be meant, and how the figure is said."""

import re
from collections.abc import Sequence

from assistant.answers.evidence import weigh_words
from assistant.answers.figures import Figures, Match, is_change
from assistant.answers.finding import Found
from assistant.answers.library import Shelf
from assistant.answers.model import Answer, Evidence, Span, Value, source_of
from assistant.answers.understanding import Question
from assistant.language import sentences
from assistant.reports.model import Figure
from assistant.search import SearchIndex
from assistant.store import ReportSummary, Store

# Reports whose figures are looked through for one question, the newest of a body.
_REPORTS = 6
# A printed stretch longer than this between indicator and number is no short answer.
_LONGEST = 80
_HOW_MANY = re.compile(r"多少|几(?![乎内])")


class FigureAnswers:
    """Answers questions that want a number.

    Args:
        store: where the figures are kept.
        index: tells how telling a word is.

    Attributes:
        figures: the figures themselves; shared, for they are kept ready once made so.
    """

    def __init__(self, store: Store, index: SearchIndex) -> None:
        self.figures = Figures(store)
        self._index = index

    def answer(self, question: Question, conversation: str, shelf: Shelf, found: Sequence[Found]) -> Answer | None:
        """The figure asked for, with its place; None when no number is wanted or none is clearly meant."""
        # Two things asked at once are both in the passage; one number would be half an answer.
        if question.wanted.kind != "amount" or len(_HOW_MANY.findall(question.folded)) > 1:
            return None
        reports = _meant(question, shelf)
        sought = weigh_words(question.content, question.synonyms, self._index) if reports else ()
        if not sought:
            return None
        years = question.scope.years
        for report in reports:
            match = self.figures.best(question, sought, report.id, report.content_hash, years)
            if match is not None and (len(years) < 2 or _tells_the_change(match.figure, years)):
                return figure_answer(question, conversation, match, found)
        return None


def _tells_the_change(figure: Figure, years: frozenset[int]) -> bool:
    """Whether it says how two years differ; of several years any other number would be half an answer."""
    return is_change(figure) and figure.year is not None and years == {figure.year - 1, figure.year}


def _meant(question: Question, shelf: Shelf) -> list[ReportSummary]:
    """The reports to look in, the newest first: whoever names no year means the newest report that says it.

    A number is somebody's: where no body is named and there are several, none is picked here, and the passages show
    whose they are.
    """
    scope = question.scope
    bodies = scope.publishers or (shelf.publishers if len(shelf.publishers) == 1 else ())
    reports = [report for body in bodies for report in shelf.reports_of.get(body, ())]
    if scope.years & shelf.years:
        reports = [report for report in reports if report.year in scope.years]
    return sorted(reports, key=lambda report: (-(report.year or 0), report.id))[:_REPORTS]


def figure_answer(question: Question, conversation: str, match: Match, found: Sequence[Found]) -> Answer:
    """The figure as an answer, its place first among the evidence."""
    figure, passage, report = match.figure, match.passage, match.report.summary
    start, end = (offset - passage.start for offset in figure.span)
    over = [span for span in sentences(passage.text) if span[0] < end and start < span[1]]
    first = Evidence(
        report=source_of(report),
        section=passage.section_path,
        passage=passage.text,
        start=passage.start,
        sentence=(over[0][0], over[-1][1]) if over else (start, end),
        highlights=((start, end),),
        score=round(match.score, 4),
        anchor=passage.anchor,
        recognised=passage.recognised,
    )
    return Answer(
        question=question.text,
        conversation=conversation,
        kind="figure",
        text=figure_sentence(match.report.text, figure, report.publisher),
        say="",
        confidence=round(min(1.0, match.held), 3),
        evidence=(first, *(each.evidence for each in found if each.passage.id != passage.id)),
        value=Value(figure.value, figure.unit, figure.qualifier or None) if figure.value is not None else None,
    )


def figure_sentence(text: str, figure: Figure, publisher: str) -> str:
    """The figure in one sentence: the year, whose it is, what is counted, and the number as printed."""
    who = figure.subject or publisher
    year = f"{figure.year}年，" if figure.year is not None else ""
    if figure.table is not None:
        unit = "" if figure.unit and figure.unit in figure.text else figure.unit
        return f"{year}{who}，{figure.indicator}：{figure.text}{unit}。"
    said = _said(text, figure)
    return f"{year}{'' if said.startswith(who) else who}{said}。"


def _said(text: str, figure: Figure) -> str:
    """Indicator and number in the order they are printed; what only says zero in words as it is printed."""
    span = figure.indicator_span or figure.span
    printed: Span = (min(span[0], figure.span[0]), max(span[1], figure.span[1]))
    words = " ".join(text[slice(*printed)].split())
    if not any(char.isdigit() for char in figure.text) and figure.value == 0 and len(words) <= _LONGEST:
        return words
    if span[0] >= figure.span[1]:
        return f"{figure.text}{figure.indicator}"
    return f"{figure.indicator}{figure.text}"
