"""Answers that compare the same number of several years or bodies: a table, a sentence and a chart."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answers.changes import change
from assistant.answers.charts import bar_chart
from assistant.answers.comparing import MOST_ROWS, Comparing, find_comparing
from assistant.answers.comparison_text import comparison_text, missing_text
from assistant.answers.evidence import Sought, weigh_words
from assistant.answers.figures import Figures, Fitting
from assistant.answers.library import Shelf
from assistant.answers.model import Answer, Change, ComparedRow, Comparison, Evidence, MissingRow, Value, source_of
from assistant.answers.same_figure import Line, Named, best_line
from assistant.answers.understanding import Question
from assistant.language import Segmenter, fold_text, question_terms, sentences
from assistant.language.measures import SHARES
from assistant.search import SearchIndex
from assistant.store import ReportSummary

_TOO_MANY = "要比较的年份和单位太多了，请写明是哪几家、哪几年。"
# What stands before a number belongs to its name as far back as here.
_BREAK = re.compile(r"[,，;；。:：、\d]")


class ComparisonAnswers:
    """Answers questions that compare.

    Args:
        figures: finds the figure that is meant in one report.
        index: tells how telling a word is.
        segmenter: cuts questions and the names of figures into words.
    """

    def __init__(self, figures: Figures, index: SearchIndex, segmenter: Segmenter) -> None:
        self._figures = figures
        self._index = index
        self._segmenter = segmenter

    def answer(self, question: Question, conversation: str, shelf: Shelf) -> Answer | None:
        """The comparison asked for; None when none is asked for or the reports hold nothing to compare.

        Where only one of the numbers is there, the answer is none and says which are missing: that one alone would
        be taken for the answer.
        """
        comparing = find_comparing(question, shelf, self._segmenter)
        if comparing is None:
            return None
        places, missing = _places(comparing, shelf)
        if len(places) > MOST_ROWS:
            return Answer(question.text, conversation, "none", _TOO_MANY, "", 0.0)
        if len(places) < 2:
            its_own = comparing.before and any(year == comparing.years[-1] for _, year, _ in places)
            return None if its_own else _not_comparable(question, conversation, missing)
        line = self._line(comparing, places)
        if line is None or not line.found:
            return None
        found = [(*place, each) for place, each in zip(places, line.members, strict=True) if each is not None]
        missing += [
            MissingRow(body, year, reported=True)
            for (body, year, _), each in zip(places, line.members, strict=True)
            if each is None
        ]
        missing.sort(key=lambda each: (each.publisher, each.year))
        if len(found) < 2:
            return None if comparing.before else _not_comparable(question, conversation, missing)
        return _answer(question, conversation, comparing, found, tuple(missing))

    def _line(self, comparing: Comparing, places: Sequence[tuple[str, int, ReportSummary]]) -> Line | None:
        core = comparing.core
        sought = weigh_words(core.content, core.synonyms, self._index)
        if not sought:
            return None
        columns = []
        for body, year, report in places:
            fitting = self._figures.fitting(core, sought, report.id, report.content_hash, frozenset({year}))
            columns.append([each for each in fitting if _is_of(body, each, core)])
        known: dict[int, Named] = {}

        def named(fitting: Fitting) -> Named:
            if id(fitting) not in known:
                known[id(fitting)] = self._named(fitting, sought)
            return known[id(fitting)]

        return best_line(columns, named)

    def _named(self, fitting: Fitting, sought: Sequence[Sought]) -> Named:
        """The words a figure is named with: its indicator's, and those of the question that stand before it."""
        ready = fitting.ready
        own = question_terms(fitting.figure.indicator, self._segmenter).words
        before = f"{ready.name}\n{ready.lead}"
        words = tuple(dict.fromkeys((*own, *(each.word for each in sought if each.word in before))))
        total = self._index.passage_count
        counts = (min(known, total) for known in self._index.word_frequencies(words))
        weights = (math.log(1 + (total - count + 0.5) / (count + 0.5)) for count in counts)
        number = ready.lead.rfind(fold_text(fitting.figure.text))
        return Named(dict(zip(words, weights, strict=True)), _BREAK.split(ready.lead[: max(number, 0)])[-1])


def _places(comparing: Comparing, shelf: Shelf) -> tuple[list[tuple[str, int, ReportSummary]], list[MissingRow]]:
    """Body, year and report of each number asked for, and what there is no report of."""
    places, missing = [], []
    for body in comparing.bodies:
        of_year: dict[int, ReportSummary] = {}
        for report in sorted(shelf.reports_of.get(body, ()), key=lambda report: report.id):
            if report.year is not None:
                of_year.setdefault(report.year, report)
        for year in comparing.years:
            if year in of_year:
                places.append((body, year, of_year[year]))
            else:
                missing.append(MissingRow(body, year, reported=False))
    return places, missing


def _is_of(body: str, fitting: Fitting, core: Question) -> bool:
    """Whether the figure is the body's own or its account's, not one of another body that its report tells about."""
    figure = fitting.figure
    if figure.kind == "percent" and not core.wanted.measures & SHARES:
        return False
    own = figure.subject in ("", body) or figure.subject.startswith("@")
    return own or fold_text(figure.subject) in core.folded


_FoundPlace = tuple[str, int, ReportSummary, Fitting]


def _not_comparable(question: Question, conversation: str, missing: Sequence[MissingRow]) -> Answer:
    text = f"没有可以比较的数：{missing_text(missing)}您可以单独问有报告的年份。"
    return Answer(question.text, conversation, "none", text, "", 0.0)


def _answer(
    question: Question,
    conversation: str,
    comparing: Comparing,
    found: Sequence[_FoundPlace],
    missing: tuple[MissingRow, ...],
) -> Answer | None:
    places = [(place, _evidence(place[3])) for place in found]
    if any(evidence is None for _, evidence in places):
        return None
    answering = _answering(found, comparing.aim)
    order = [answering, *(position for position in range(len(found)) if position != answering)]
    rows = _rows(found, order)
    newest = max(found, key=lambda place: place[1])[3].figure
    comparison = Comparison(newest.indicator, rows, missing, _told_changes(rows))
    evidence = tuple(each for position in order if (each := places[position][1]) is not None)
    return Answer(
        question=question.text,
        conversation=conversation,
        kind="comparison",
        text=comparison_text(comparison, comparing.aim),
        say="",
        confidence=round(min(1.0, min(place[3].held for place in found)), 3),
        evidence=evidence,
        value=rows[answering].value if comparing.aim in ("most", "least") else None,
        comparison=replace(comparison, chart=bar_chart(comparison)),
    )


def _answering(found: Sequence[_FoundPlace], aim: str) -> int:
    """The row that answers: the one with most or least where that was asked, else the newest year's."""

    def value(position: int) -> float:
        return float(found[position][3].figure.value or 0)

    if aim == "most":
        return max(range(len(found)), key=value)
    if aim == "least":
        return min(range(len(found)), key=value)
    return max(range(len(found)), key=lambda position: found[position][1])


def _rows(found: Sequence[_FoundPlace], order: Sequence[int]) -> tuple[ComparedRow, ...]:
    rows: list[ComparedRow] = []
    for position, (body, year, _, fitting) in enumerate(found):
        figure = fitting.figure
        # Figures that can be meant all have a value (Figures keeps no other).
        value = Value(figure.value or Decimal(0), figure.unit, figure.qualifier or None)
        rows.append(ComparedRow(body, year, figure.text, value, order.index(position), None))
        if position and rows[position - 1].publisher == body:
            rows[position] = replace(rows[position], change=change(rows, position, position - 1))
    return tuple(rows)


def _told_changes(rows: Sequence[ComparedRow]) -> tuple[Change, ...]:
    """From the first year to the last of one body; of several bodies in one year from the least to the most."""
    if len({row.publisher for row in rows}) == 1:
        return (change(rows, len(rows) - 1, 0),)
    if len({row.year for row in rows}) > 1:
        return ()
    by_value = sorted(range(len(rows)), key=lambda position: rows[position].value.number)
    return (change(rows, by_value[-1], by_value[0]),)


def _evidence(fitting: Fitting) -> Evidence | None:
    passage, figure = fitting.passage, fitting.figure
    if passage is None:
        return None
    start, end = (offset - passage.start for offset in figure.span)
    over = [span for span in sentences(passage.text) if span[0] < end and start < span[1]]
    return Evidence(
        report=source_of(fitting.report.summary),
        section=passage.section_path,
        passage=passage.text,
        start=passage.start,
        sentence=(over[0][0], over[-1][1]) if over else (start, end),
        highlights=((start, end),),
        score=round(fitting.score, 4),
        anchor=passage.anchor,
        recognised=passage.recognised,
    )
