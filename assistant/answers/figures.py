"""From a question for a number to the figure that answers it: what is counted, by whom, in which year.

Figures were read with their meaning when the report came in. Here each figure of the reports that can be meant is
weighed by how much of the question its indicator and subject hold, how much the words before it in its sentence and the
headings add, and how much of the indicator was asked for at all. One is given only when it fits clearly better than any
other figure with another value; in doubt the passage speaks for itself.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers.evidence import Sought, cover
from assistant.answers.model import Span
from assistant.answers.names import missing_names
from assistant.answers.understanding import Question
from assistant.answers.wanted import Wanted
from assistant.language import fold_text, sentences
from assistant.language.measures import MONEY, SHARES, answers_for
from assistant.reports.model import Figure
from assistant.store import Store, StoredPassage, StoredReport

# Shares of what the words before the number, and the headings, add to what the indicator itself holds.
_LEAD_SHARE = 0.4
_HEAD_SHARE = 0.2
# An indicator that says more than was asked counts something more special.
_ASKED_SHARE = 0.25
_FITS_MEASURE = 0.1
# 条 is answered by 件 as well, but likelier by 条; all of a comparison must be told from what else is counted.
_EXACT_MEASURE = 0.06
# A change against another year, where no change is asked for, and the other way round.
_CHANGE_COST = 0.3
# Of a table's row the total is meant where no column is named.
_TOTAL_BONUS = 0.08
# The least share of the question that figure and lead hold, that the headings with them hold, and the least score.
_LEAST_LED = 0.55
_LEAST_HELD = 0.75
_LEAST_SCORE = 0.6
# The same share where several reports' figures are compared: the headings of one say little about another's.
_LEAST_TOGETHER = 0.7
# How much better than the next figure of another value; less is a guess.
_MARGIN = 0.05
# Reports kept ready: a report has some hundred figures, a megabyte at most.
_KEPT_REPORTS = 64
_TOTALS = ("总计", "合计")
_CHANGES = ("比上年 同比 比去年 较上年 较去年 相比 环比 增加 增长 减少 下降 上升 多出 提高").split()
# How the standard tables' names of such cells end: 本年增/减.
_CHANGE_CELL = "_change"
_RANK = re.compile(r"第几|名次|排名|排(?:在|到|了)?(?:第?几|多少)")
_NUMBERS = frozenset({"count", "money", "percent", "ratio", "rank"})


@dataclass(frozen=True)
class Ready:
    """A figure made ready to be matched: its texts folded."""

    figure: Figure
    name: str
    lead: str
    head: str
    pairs: frozenset[str]
    is_change: bool
    is_total: bool


@dataclass(frozen=True)
class _Fit:
    """How well a figure fits: its score, and the share of the question held without and with the headings."""

    figure: Figure
    score: float
    led: float
    held: float


@dataclass(frozen=True)
class Match:
    """A figure with how well it fits, and the passage it stands in."""

    report: StoredReport
    passage: StoredPassage
    figure: Figure
    score: float
    held: float


@dataclass(frozen=True)
class Fitting:
    """A figure that can be meant, with how well it fits."""

    report: StoredReport
    passage: StoredPassage
    ready: Ready
    score: float
    held: float

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.ready.figure


class Figures:
    """The figures of the reports, made ready when first asked for.

    Args:
        store: where they are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._of_version = lru_cache(maxsize=_KEPT_REPORTS)(self._make_ready)

    def best(
        self, question: Question, sought: Sequence[Sought], report_id: str, content_hash: str, years: frozenset[int]
    ) -> Match | None:
        """The figure of the report that is clearly meant; None when none is, or two are.

        Args:
            question: what is asked.
            sought: its content words, weighed.
            report_id: the report to look in.
            content_hash: of the report as the shelf knows it; a changed report is made ready again.
            years: the years that the figure may be about; empty for any.
        """
        held = self._of_version(report_id, content_hash)
        if held is None:
            return None
        report, ready = held
        fits = [_weigh(question, sought, each) for each in ready if _admissible(question, each, years)]
        fits.sort(key=lambda fit: -fit.score)
        best = fits[0] if fits else None
        if best is None or best.score < _LEAST_SCORE or best.held < _LEAST_HELD or best.led < _LEAST_LED:
            return None
        rival = next((fit for fit in fits if fit.figure.value != best.figure.value), None)
        passage = _passage_of(report, best.figure.span)
        if passage is None or (rival is not None and best.score - rival.score < _MARGIN):
            return None
        return Match(report, passage, best.figure, best.score, best.held)

    def fitting(
        self, question: Question, sought: Sequence[Sought], report_id: str, content_hash: str, years: frozenset[int]
    ) -> list[Fitting]:
        """All figures of the report that can be meant, best first; no changes against another year.

        For comparisons, which need the same figure of several reports and so choose for all of them at once. The
        arguments are those of ``best``.
        """
        held = self._of_version(report_id, content_hash)
        if held is None:
            return []
        report, ready = held
        found = []
        for each in ready:
            # Most figures hold too little of the question, which is told soonest.
            if each.is_change or cover(sought, f"{each.name}\n{each.lead}") < _LEAST_TOGETHER:
                continue
            if not _admissible(question, each, years):
                continue
            fit = _weigh(question, sought, each)
            passage = _passage_of(report, each.figure.span)
            if passage is not None and fit.score >= _LEAST_SCORE and fit.held >= _LEAST_HELD:
                exact = _EXACT_MEASURE if each.figure.unit in question.wanted.measures else 0.0
                found.append(Fitting(report, passage, each, fit.score + exact, fit.held))
        return sorted(found, key=lambda fitting: -fitting.score)

    def _make_ready(self, report_id: str, content_hash: str) -> tuple[StoredReport, tuple[Ready, ...]] | None:
        report = self._store.report(report_id)
        if report is None or report.summary.content_hash != content_hash:
            return None
        spans = sentences(report.text)
        numbers = (each for each in report.figures if each.kind in _NUMBERS and each.value is not None)
        return report, tuple(_ready(report, figure, spans) for figure in numbers)


def _ready(report: StoredReport, figure: Figure, spans: Sequence[Span]) -> Ready:
    place = bisect_right(spans, (figure.span[0], len(report.text)))
    sentence = spans[place - 1] if place else figure.span
    end = figure.indicator_span[1] if figure.indicator_span else figure.span[1]
    lead = fold_text(report.text[sentence[0] : max(end, figure.span[1])])
    passage = _passage_of(report, figure.span)
    path = passage.section_path if passage else ()
    head = fold_text("\n".join((report.summary.publisher, report.summary.title, *path)))
    indicator = fold_text(figure.indicator)
    return Ready(
        figure=figure,
        name=fold_text(f"{figure.subject} {figure.indicator}"),
        lead=lead,
        head=head,
        pairs=frozenset(indicator[index : index + 2] for index in range(len(indicator) - 1)),
        is_change=is_change(figure),
        is_total=any(indicator.endswith(total) for total in _TOTALS),
    )


def is_change(figure: Figure) -> bool:
    """Whether the figure says by how much something was more or less."""
    indicator = fold_text(figure.indicator)
    return figure.canonical.endswith(_CHANGE_CELL) or any(word in indicator for word in _CHANGES)


def _passage_of(report: StoredReport, span: Span) -> StoredPassage | None:
    return next((each for each in report.passages if each.start <= span[0] and span[1] <= each.end), None)


def _admissible(question: Question, ready: Ready, years: frozenset[int]) -> bool:
    """Whether the figure can be meant at all: of the year, counted as asked, of every body and place that is named."""
    figure, wanted = ready.figure, question.wanted
    if years and figure.year not in years:
        return False
    if (figure.kind == "rank") != (_RANK.search(question.folded) is not None):
        return False
    if not _counted_as_asked(figure, wanted):
        return False
    return not missing_names(question.names, f"{ready.name}\n{ready.lead}\n{ready.head}")


def _counted_as_asked(figure: Figure, wanted: Wanted) -> bool:
    """Whether the figure is counted in what was asked for: money for 多少钱, a share for 百分之几, 条 for 多少条."""
    measures = wanted.measures
    if figure.kind == "percent":
        return bool(measures & SHARES) or wanted.change
    if figure.kind == "money":
        return not measures or bool(measures & MONEY)
    if measures & (MONEY | SHARES):
        return False
    if not measures or (figure.unit and answers_for(figure.unit, measures)):
        return True
    # A cell and a zero in words have no measure of their own; a bare number of a sentence (80万) counts who knows what.
    return not figure.unit and (figure.table is not None or figure.value == 0)


def _weigh(question: Question, sought: Sequence[Sought], ready: Ready) -> _Fit:
    own = cover(sought, ready.name)
    led = cover(sought, f"{ready.name}\n{ready.lead}")
    held = cover(sought, f"{ready.name}\n{ready.lead}\n{ready.head}")
    asked = sum(pair in question.folded for pair in ready.pairs) / len(ready.pairs) if ready.pairs else 0.0
    score = own + _LEAD_SHARE * (led - own) + _HEAD_SHARE * (held - led) + _ASKED_SHARE * asked
    if question.wanted.measures and ready.figure.unit:
        score += _FITS_MEASURE
    if ready.is_change != question.wanted.change:
        score -= _CHANGE_COST
    if ready.is_total:
        score += _TOTAL_BONUS
    return _Fit(ready.figure, score, led, held)
