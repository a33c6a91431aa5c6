"""Answers that compare the same number of several years or bodies: a table, a sentence and a chart."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answers.changes import change
from assistant.answers.charts import bar_chart
from assistant.answers.comparing import MOST_ROWS, Comparing, compares_years_of_nobody, find_comparing
from assistant.answers.comparison_text import comparison_text, missing_text
from assistant.answers.counting import is_change
from assistant.answers.everyday import as_written
from assistant.answers.evidence import Sought, cover, weigh_words
from assistant.answers.figure_answers import figure_answer, printed_cell
from assistant.answers.figures import Figures, Fitting, Match
from assistant.answers.library import Shelf
from assistant.answers.model import Answer, Change, ComparedRow, Comparison, Evidence, MissingRow, Value, source_of
from assistant.answers.same_figure import Line, Named, best_line
from assistant.answers.scope import Scope
from assistant.answers.standard_questions import Counted, asked_of_every_report, items_change_asked
from assistant.answers.understanding import Question
from assistant.language import EMPTY_WORDS, Segmenter, fold_text, sentences
from assistant.language.measures import SHARES
from assistant.reports.model import Figure
from assistant.search import SearchIndex
from assistant.search.rarity import rarity
from assistant.store import ReportSummary

_Place = tuple[str, int, ReportSummary]
_FoundPlace = tuple[str, int, ReportSummary, Fitting]
# Said of anything, and found in too many words: 发 of 发的信息 in 发布会.
_LIGHT_VERBS = frozenset("发开收办印做搞花用建有出接")
# A place in an order: it is neither more nor less, and a higher one is a smaller number.
_RANK = "rank"
# Years times bodies that may be asked for, most of which may have no report; all those are named.
_MOST_ASKED = 96
_TOO_MANY = "要比较的年份和单位太多了，请写明是哪几家、哪几年。"
# Bodies that are tried where a question names none: each costs a look through its reports.
_LIKELY_BODIES = 3
_WHOSE = "不止一家单位的报告里有这样的数，请写明问的是哪个单位。"
# What stands before a number belongs to its name as far back as here.
_UNIVERSAL = frozenset({"政府", "信息", "公开", "政府信息", "信息公开", "政府信息公开"})
_LEAST_ABOUT = 0.7
# What every report is about, and what only says that something is counted.
_NOISE = re.compile("政府信息公开|信息公开|本年度?|全年度?|年内|共计?|数量|总数|总计|合计")
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
        """The comparison asked for; None when none is asked for.

        Where fewer than two of the numbers are there, the answer is none and says which are missing: one alone would
        be taken for the answer. But a report may tell itself how its year differs from the one before.
        """
        comparing = find_comparing(question, shelf, self._segmenter)
        return None if comparing is None else self._compare(question, conversation, shelf, comparing)

    def of_likely(self, question: Question, conversation: str, shelf: Shelf, bodies: Sequence[str]) -> Answer | None:
        """The comparison of a question that does not say whose numbers it compares.

        One of the likely bodies must have them and no other; a number of one year is never the answer.

        Args:
            question: the question.
            conversation: its conversation's id.
            shelf: what is published.
            bodies: those whose reports speak of what is asked, likeliest first.
        """
        if not compares_years_of_nobody(question):
            return None
        answers: dict[str, Answer] = {}
        likely = [body for body in dict.fromkeys(bodies) if body and all(name in body for name in question.names)]
        for body in likely[:_LIKELY_BODIES]:
            # 望溪县 of 望溪县人民政府 names the body, and is no part of what is counted.
            scope = Scope(question.scope.years, frozenset({body}), frozenset(question.names))
            of_body = replace(question, scope=scope)
            comparing = find_comparing(of_body, shelf, self._segmenter, (body,))
            if comparing is not None:
                answers[body] = self._compare(of_body, conversation, shelf, comparing)
        told = [body for body, answer in answers.items() if answer.kind != "none"]
        if len(told) == 1:
            return answers[told[0]]
        if told:
            offered = tuple(f"{body}{question.folded}" for body in told)
            return Answer(question.text, conversation, "none", _WHOSE, "", 0.0, (), offered)
        # Where the years are not named, one report may tell of them all.
        return next(iter(answers.values()), None) if len(question.scope.years) > 1 else None

    def _compare(self, question: Question, conversation: str, shelf: Shelf, comparing: Comparing) -> Answer:
        asked = len(comparing.bodies) * len(comparing.years)
        places, missing = _places(comparing, shelf) if asked <= _MOST_ASKED else ([], [])
        if asked > _MOST_ASKED or len(places) > MOST_ROWS:
            return Answer(question.text, conversation, "none", _TOO_MANY, "", 0.0)
        line = self._line(comparing, places) if len(places) > 1 else None
        if (line is None or line.found < 2) and comparing.in_people is not None and len(places) > 1:
            line = self._line(replace(comparing, core=comparing.in_people), places)
        told = self._told_change(question, conversation, comparing, places)
        if line is None or line.found < 2:
            return told or _not_comparable(question, conversation, comparing, places, missing)
        found = [(*place, each) for place, each in zip(places, line.members, strict=True) if each is not None]
        missing += [
            MissingRow(body, year, reported=True)
            for (body, year, _), each in zip(places, line.members, strict=True)
            if each is None
        ]
        missing.sort(key=lambda each: (each.publisher, each.year))
        answer = _answer(question, conversation, comparing, found, tuple(missing))
        return told if told is not None and _differs(told, answer) else answer

    def _told_change(
        self, question: Question, conversation: str, comparing: Comparing, places: Sequence[_Place]
    ) -> Answer | None:
        """What the later year's report says itself of the change against the year before."""
        report = next((report for _, year, report in places if year == comparing.years[-1]), None)
        if not comparing.before or report is None:
            return None
        years = frozenset({comparing.years[-1]})
        items = items_change_asked(comparing.core.folded, question.folded)
        cell = self._figures.standard(items, report.id, report.content_hash, years) if items else None
        if cell is not None:
            return figure_answer(question, conversation, _match(cell), ())
        core = replace(comparing.core, wanted=replace(comparing.core.wanted, change=True))
        for asked in (core, question):
            sought, counted = as_written(self._sought(asked)), asked_of_every_report(asked)
            match = self._figures.best(asked, sought, report.id, report.content_hash, years, counted)
            if match is not None and is_change(match.figure):
                return figure_answer(question, conversation, match, ())
        return None

    def _sought(self, core: Question) -> tuple[Sought, ...]:
        """The words that the figure should hold."""
        weighed = weigh_words(core.content, core.synonyms, self._index)
        return tuple(each for each in weighed if each.word not in _LIGHT_VERBS) or weighed

    def _line(self, comparing: Comparing, places: Sequence[_Place]) -> Line | None:
        core = comparing.core
        counted = asked_of_every_report(core) if not core.names else None
        if counted is not None:
            line = self._standard_line(counted, places)
            if line is not None:
                return line
        sought = self._sought(core)
        if not sought:
            return None
        columns = []
        for body, year, report in places:
            fitting = self._figures.fitting(core, sought, report.id, report.content_hash, frozenset({year}))
            columns.append([each for each in fitting if _is_of(body, each, core) and _is_about(sought, each)])
        known: dict[int, Named] = {}

        def named(fitting: Fitting) -> Named:
            if id(fitting) not in known:
                known[id(fitting)] = self._named(fitting, sought)
            return known[id(fitting)]

        return best_line(columns, named)

    def _standard_line(self, counted: Counted, places: Sequence[_Place]) -> Line | None:
        """What every report counts: of the years of prose as of those of tables it is known which number that is."""
        members = tuple(
            self._figures.standard(counted, report.id, report.content_hash, frozenset({year}))
            for _, year, report in places
        )
        there = [each for each in members if each is not None]
        return Line(there[0], members, sum(each.score for each in there)) if len(there) > 1 else None

    def _named(self, fitting: Fitting, sought: Sequence[Sought]) -> Named:
        """The words a figure is named with: its indicator's, and those of the question that stand before it."""
        ready = fitting.ready
        # Whole words: the parts of a long one would count it several times.
        cut = self._segmenter.words(fold_text(_NOISE.sub(",", fitting.figure.indicator)))
        own = [word for word in cut if word not in EMPTY_WORDS and word[0].isalnum()]
        before = f"{ready.name}\n{ready.lead}"
        held = [each for each in sought if each.presence(before) == 1.0]
        said_otherwise = {other for each in held for other in each.others}
        own_words = [word for word in own if word not in said_otherwise]
        asked = (each.word for each in held if not any(each.word in word for word in own_words))
        words = tuple(dict.fromkeys((*own_words, *asked)))
        total = self._index.passage_count
        weights = (rarity(known, total) for known in self._index.word_frequencies(words))
        number = ready.lead.rfind(fold_text(fitting.figure.text))
        return Named(dict(zip(words, weights, strict=True)), _BREAK.split(ready.lead[: max(number, 0)])[-1])


def _match(fitting: Fitting) -> Match:
    return Match(fitting.report, fitting.passage, fitting.figure, fitting.score, fitting.held)


def _places(comparing: Comparing, shelf: Shelf) -> tuple[list[_Place], list[MissingRow]]:
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


def _is_about(sought: Sequence[Sought], fitting: Fitting) -> bool:
    """Whether the figure holds what was asked beside what every report is about.

    信息 alone is no part of 政府信息公开申请, which counts applications.
    """
    ready = fitting.ready
    telling = tuple(each for each in sought if each.word not in _UNIVERSAL) or tuple(sought)
    return cover(telling, _NOISE.sub(",", f"{ready.name}\n{ready.lead}")) >= _LEAST_ABOUT


def _is_of(body: str, fitting: Fitting, core: Question) -> bool:
    """Whether the figure is the body's own or its account's, not one of another body that its report tells about."""
    figure = fitting.figure
    if figure.kind == "percent" and not core.wanted.measures & SHARES:
        return False
    own = figure.subject in ("", body) or figure.subject.startswith("@")
    return own or fold_text(figure.subject) in core.folded


def _differs(told: Answer, compared: Answer) -> bool:
    """Whether a report tells another change than comes out: its own word goes first, for it knows what it counted."""
    if told.value is None or compared.comparison is None:
        return False
    changes = compared.comparison.changes
    same_measure = any(row.value.unit == told.value.unit for row in compared.comparison.rows)
    return same_measure and all(abs(change.number) != abs(told.value.number) for change in changes)


def _not_comparable(
    question: Question, conversation: str, comparing: Comparing, places: Sequence[_Place], missing: Sequence[MissingRow]
) -> Answer:
    text = "没有找到可以比较的数。"
    if missing:
        text = f"没有可以比较的数：{missing_text(missing)}"
    there = sorted({year for _, year, _ in places} & set(comparing.years))
    if there:
        text += f"您可以单独问{'、'.join(f'{year}年' for year in there)}的数。"
    return Answer(question.text, conversation, "none", text, "", 0.0)


def _answer(
    question: Question,
    conversation: str,
    comparing: Comparing,
    found: Sequence[_FoundPlace],
    missing: tuple[MissingRow, ...],
) -> Answer:
    answering = _answering(found, comparing.aim)
    order = [answering, *(position for position in range(len(found)) if position != answering)]
    rows = _rows(found, order)
    newest = max(found, key=lambda place: place[1])[3].figure
    ranks = newest.kind == _RANK
    summed = comparing.total and not (missing or ranks or newest.kind == "percent")
    comparison = Comparison(
        indicator=newest.indicator,
        rows=rows,
        missing=missing,
        changes=() if ranks or summed else _told_changes(rows),
        total=sum((row.value.number for row in rows), Decimal(0)) if summed else None,
    )
    aim = "rank" if ranks else comparing.aim
    evidence = tuple(_evidence(found[position][3]) for position in order)
    return Answer(
        question=question.text,
        conversation=conversation,
        kind="comparison",
        text=comparison_text(comparison, aim),
        say="",
        confidence=round(min(1.0, min(place[3].held for place in found)), 3),
        evidence=evidence,
        value=rows[answering].value if comparing.aim in ("most", "least") else None,
        comparison=comparison if ranks else replace(comparison, chart=bar_chart(comparison)),
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
        rows.append(ComparedRow(body, year, _printed(figure), value, order.index(position), None))
        if figure.kind != _RANK and position and rows[position - 1].publisher == body:
            rows[position] = replace(rows[position], change=change(rows, position, position - 1))
    return tuple(rows)


def _printed(figure: Figure) -> str:
    return figure.text if figure.table is None else printed_cell(figure)


def _told_changes(rows: Sequence[ComparedRow]) -> tuple[Change, ...]:
    """From the first year to the last of one body; of several bodies in one year from the least to the most."""
    if len({row.publisher for row in rows}) == 1:
        return (change(rows, len(rows) - 1, 0),)
    if len({row.year for row in rows}) > 1:
        return ()
    by_value = sorted(range(len(rows)), key=lambda position: rows[position].value.number)
    return (change(rows, by_value[-1], by_value[0]),)


def _evidence(fitting: Fitting) -> Evidence:
    passage, figure = fitting.passage, fitting.figure
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
