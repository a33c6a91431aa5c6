"""Answers that give a number: which reports can be meant, and how the figure is said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answers.asked_for import AskedFor, CloseReading
from assistant.answers.comparison_check import LARGE_MONEY, read_number
from assistant.answers.counting import is_change
from assistant.answers.everyday import as_written
from assistant.answers.evidence import Sought, weigh_words
from assistant.answers.figures import Figures, Match
from assistant.answers.finding import Found
from assistant.answers.library import Shelf
from assistant.answers.meant import only_body
from assistant.answers.model import Answer, Evidence, Span, Value, source_of
from assistant.answers.ready_figures import passage_of
from assistant.answers.standard_questions import Counted, asked_of_every_report
from assistant.answers.understanding import Question
from assistant.language import sentences
from assistant.reports.model import Figure
from assistant.search import SearchIndex
from assistant.store import ReportSummary, Store, StoredPassage

# Reports whose figures are looked through for one question, the newest of a body.
_REPORTS = 6
# A printed stretch longer than this between indicator and number is no short answer.
_LONGEST = 80
# Passages shown; those that hold the parts of a sum are all shown.
_EVIDENCE_SHOWN = 3
# Where there are no more bodies than these, a question of a year and of nobody is put to all of them.
_FEW_BODIES = 6
# Of several bodies' reports one answers only if it holds nearly all that was asked.
_SURELY_HELD = 0.9
# Different characters that the words asked for must have for it.
_TELLING = 4
# What a question for all that was made public may say.
_INFORMATION = re.compile(r"(?:政府|政务|警务)?信息|消息")
_DISCLOSED = re.compile(r"(?:主动)?公开(?:信息)?|公布了?|发布?[了过]?|往外发了?|放到网上|放出来|晒出来")
_SITE = re.compile(r"网站|官网|网页|网上|门户")
_OF_ALL = "这是各种渠道主动公开的总数，报告没有单说{channel}的。"
_HOW_MANY = re.compile(r"多少|几(?![乎内])")


@dataclass(frozen=True)
class _Looked:
    """What is looked for: the words, what every report counts where that is asked for, and whether read closely."""

    sought: tuple[Sought, ...]
    counted: Counted | None
    closely: bool = False


class FigureAnswers:
    """Answers questions that want a number.

    Args:
        store: where the figures are kept.
        index: tells how telling a word is.
        closely: reads the question closely where its words as they stand find nothing.

    Attributes:
        figures: the figures themselves; shared, for they are kept ready once made so.
    """

    def __init__(self, store: Store, index: SearchIndex, closely: CloseReading) -> None:
        self.figures = Figures(store)
        self._index = index
        self._closely = closely

    def answer(self, question: Question, conversation: str, shelf: Shelf, found: Sequence[Found]) -> Answer | None:
        """The figure asked for, with its place; None when no number is wanted or none is clearly meant."""
        # Two things asked at once are both in the passage; one number would be half an answer.
        if question.wanted.kind != "amount" or len(_HOW_MANY.findall(question.folded)) > 1:
            return None
        reports = _meant(question, shelf)
        others = [] if reports else _of_bodies_found(question, shelf, found)
        if not reports and not others:
            return None
        match = self._match(question, self._as_asked(question), reports, others)
        if match is None:
            asked = self._closely.read(question)
            if asked.is_spoken and not asked.is_negated:
                plain = asked_of_every_report(replace(question, folded=asked.plain))
                match = self._match(question, _Looked(asked.sought, plain, closely=True), reports, others)
            if match is None and (channel := _all_disclosed(question, asked)) is not None:
                return self._disclosed(question, conversation, reports, channel, found)
        return figure_answer(question, conversation, match, found) if match is not None else None

    def _disclosed(
        self,
        question: Question,
        conversation: str,
        reports: Sequence[ReportSummary],
        channel: str,
        found: Sequence[Found],
    ) -> Answer | None:
        """How much information was made public; where a channel was asked for, that it is of all channels is said."""
        for report in reports:
            match = self.figures.disclosed(report.id, report.content_hash, question.scope.years, channel)
            if match is not None:
                answer = figure_answer(question, conversation, match, found)
                return replace(answer, text=f"{answer.text}{_OF_ALL.format(channel=channel) if channel else ''}")
        return None

    def _as_asked(self, question: Question) -> "_Looked":
        sought = weigh_words(question.content, question.synonyms, self._index)
        return _Looked(as_written(sought), asked_of_every_report(question))

    def _match(
        self,
        question: Question,
        looked: "_Looked",
        reports: Sequence[ReportSummary],
        others: Sequence[ReportSummary],
    ) -> Match | None:
        if not looked.sought and looked.counted is None:
            return None
        return next(self._matches(question, looked, reports), None) or self._of_one_body(question, looked, others)

    def _matches(self, question: Question, looked: "_Looked", reports: Sequence[ReportSummary]) -> Iterator[Match]:
        for report in reports:
            years = question.scope.years
            match = self.figures.best(
                question,
                looked.sought,
                report.id,
                report.content_hash,
                years,
                looked.counted,
                closely=looked.closely,
            )
            if match is not None and (len(years) < 2 or _tells_the_change(match.figure, years)):
                yield match

    def _of_one_body(self, question: Question, looked: "_Looked", reports: Sequence[ReportSummary]) -> Match | None:
        """The figure of the only body that has one for all that is asked; None where several have.

        What every report counts is nobody's where nobody is named, and so is what one short word names (办结了几件).
        """
        named = {char for each in looked.sought for char in each.word}
        if len(named) < _TELLING or looked.counted is not None:
            return None
        matches = list(self._matches(question, looked, reports))
        return matches[0] if len(matches) == 1 and matches[0].held >= _SURELY_HELD else None


def _all_disclosed(question: Question, asked: AskedFor) -> str | None:
    """Whether only the amount of information made public is asked for: the channel it names, or empty; else None."""
    words = [each.word for each in asked.sought]
    if question.wanted.change or not any(_INFORMATION.fullmatch(word) for word in words):
        return None
    if not all(_DISCLOSED.fullmatch(word) or _INFORMATION.fullmatch(word) or _SITE.fullmatch(word) for word in words):
        return None
    return "网站" if any(_SITE.fullmatch(word) for word in words) else ""


def _tells_the_change(figure: Figure, years: frozenset[int]) -> bool:
    """Whether it says how two years differ; of several years any other number would be half an answer."""
    return is_change(figure) and figure.year is not None and years == {figure.year - 1, figure.year}


def _meant(question: Question, shelf: Shelf) -> list[ReportSummary]:
    """The reports to look in, the newest first: whoever names no year means the newest report that says it.

    A number is somebody's: where no body is named and there are several, none is picked here, and the passages show
    whose they are.
    """
    scope = question.scope
    bodies = scope.publishers or only_body(question, shelf)
    reports = [report for body in bodies for report in shelf.reports_of.get(body, ())]
    if scope.years & shelf.years:
        reports = [report for report in reports if report.year in scope.years]
    return sorted(reports, key=lambda report: (-(report.year or 0), report.id))[:_REPORTS]


def _of_bodies_found(question: Question, shelf: Shelf, found: Sequence[Found]) -> list[ReportSummary]:
    """Where neither a body nor a place is named: of each body found the report of the year, or its newest."""
    years = question.scope.years & shelf.years
    if question.scope.years - shelf.years or question.scope.publishers:
        return []
    bodies = list(dict.fromkeys(each.report.publisher for each in found))
    if years and len(shelf.publishers) <= _FEW_BODIES:
        # Few enough to look through them all: what is found by words in a citizen's question may be another's.
        bodies = sorted(shelf.publishers)
    newest = []
    for body in bodies:
        reports = [each for each in shelf.reports_of.get(body, ()) if not years or each.year in years]
        newest += sorted(reports, key=lambda report: (-(report.year or 0), report.id))[:1]
    return newest[:_REPORTS]


def figure_answer(question: Question, conversation: str, match: Match, found: Sequence[Found]) -> Answer:
    """The figure as an answer, its place first among the evidence."""
    figure, report = match.figure, match.report.summary
    spans = [part.span for part in match.parts] or [figure.span]
    passages = {each.id: each for span in spans if (each := passage_of(match.report, span)) is not None}
    own = [_evidence(match, passage, spans) for passage in passages.values()]
    others = [each.evidence for each in found if each.passage.id not in passages]
    return Answer(
        question=question.text,
        conversation=conversation,
        kind="figure",
        text=sum_sentence(match.parts, figure, report.publisher)
        if match.parts
        else figure_sentence(match.report.text, figure, report.publisher),
        say="",
        confidence=round(min(1.0, match.held), 3),
        evidence=(*own, *others[: max(0, _EVIDENCE_SHOWN - len(own))]),
        value=Value(figure.value, figure.unit, figure.qualifier or None) if figure.value is not None else None,
    )


def _evidence(match: Match, passage: StoredPassage, spans: Sequence[Span]) -> Evidence:
    """The passage with the numbers of it that answer."""
    within = [span for span in spans if passage.start <= span[0] and span[1] <= passage.end]
    marks = tuple(sorted((first - passage.start, last - passage.start) for first, last in within))
    start, end = marks[0][0], marks[-1][1]
    over = [span for span in sentences(passage.text) if span[0] < end and start < span[1]]
    return Evidence(
        report=source_of(match.report.summary),
        section=passage.section_path,
        passage=passage.text,
        start=passage.start,
        sentence=(over[0][0], over[-1][1]) if over else (start, end),
        highlights=marks,
        score=round(match.score, 4),
        anchor=passage.anchor,
        recognised=passage.recognised,
    )


def sum_sentence(parts: Sequence[Figure], total: Figure, publisher: str) -> str:
    """A sum that the report does not print: said to be computed, with its parts as they are named there.

    What all the parts are called (不予公开, 总计) is said once.
    """
    year = f"{total.year}年，" if total.year is not None else ""
    names = [part.indicator.split("，") for part in parts]
    common = [name for name in names[0] if all(name in other for other in names[1:])]
    own = ["，".join(name for name in each if name not in common) for each in names]
    shown = "＋".join(part.text for part in parts)
    named = "，".join(f"{name} {part.text}" for name, part in zip(own, parts, strict=True))
    what = "，".join((publisher, *common))
    return f"{year}{what}：{total.text}（计算得出：{shown}＝{total.text}；{named}）。"


def figure_sentence(text: str, figure: Figure, publisher: str) -> str:
    """The figure in one sentence: the year, whose it is, what is counted, and the number as printed."""
    who = figure.subject or publisher
    year = f"{figure.year}年，" if figure.year is not None else ""
    if figure.table is not None:
        return f"{year}{who}，{figure.indicator}：{printed_cell(figure)}。"
    said = _said(text, figure)
    return f"{year}{'' if said.startswith(who) else who}{said}。"


def printed_cell(figure: Figure) -> str:
    """A cell's number with its unit: 1107.6 of a column in 万元 with that, not with the 元 its value is kept in."""
    number = read_number(figure.text)
    for unit, size in LARGE_MONEY.items():
        if figure.kind == "money" and figure.value and number and number * size == figure.value:
            return f"{figure.text}{unit}"
    return figure.text if figure.unit in figure.text else f"{figure.text}{figure.unit}"


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
