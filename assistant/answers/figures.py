"""From a question for a number to the figure that answers it: what is counted, by whom, in which year.

Figures were read with their meaning when the report came in. Here each figure of the reports that can be meant is
weighed by how much of the question its indicator and subject hold, how much the words before it in its sentence and the
headings add, and how much of the indicator was asked for at all. One is given only when it fits clearly better than any
other figure with another value; in doubt the passage speaks for itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers.counting import says_again
from assistant.answers.everyday import as_written
from assistant.answers.evidence import Sought, cover
from assistant.answers.names import missing_names
from assistant.answers.ready_figures import KEPT_REPORTS, Ready, made_ready, passage_of
from assistant.answers.standard_figures import StandardFigures
from assistant.answers.standard_questions import Counted
from assistant.answers.understanding import Question
from assistant.answers.weighing import Fit, admissible, fits_of, leads, weighed_with
from assistant.language import fold_text, sentences
from assistant.reports.model import Figure
from assistant.store import Store, StoredPassage, StoredReport

# 条 is answered by 件 as well, but likelier by 条; all of a comparison must be told from what else is counted.
_EXACT_MEASURE = 0.06
# The least share of the question that figure and lead hold, that the headings with them hold, and the least score.
_LEAST_LED = 0.55
_LEAST_HELD = 0.75
_LEAST_SCORE = 0.6
# The same share where several reports' figures are compared: the headings of one say little about another's.
_LEAST_TOGETHER = 0.7
# Where all that is asked leads to one figure and at most so much to any other, this score does.
_LEAST_ALONE = 0.4
_LED_WHOLE = 0.9
_LED_HALF = 0.75
# How much better than the next figure of another value; less is a guess.
_MARGIN = 0.05
# A figure asked for by what every report counts was read as a whole: above any that is weighed.
_STANDARD_SCORE = 2.0
# How much more of the question another figure's lead may hold; where it was read closely, and the least score of such a
# figure; and the least share of what the best figure counts that must have been asked for then.
_LED_MORE = 0.1
_LED_A_LITTLE_MORE = 0.05
_LEAST_RIVAL = 0.5
_MOSTLY_ASKED = 0.4
# What a body made public, all in all; and what else is said to be made public.
_ALL_DISCLOSED = re.compile(r"(?:全年|累计|共|一共)*主动公开(?:各类)?(?:政府|政务|警务)?信息(?:总数|数量)?")
_MADE_PUBLIC = re.compile(r"(?:公开|发布|更新)(?:各类)?(?:[\u4e00-\u9fff]{2})?信息|网站(?:公开|发布)")
_NUMBERS = frozenset({"count", "money", "percent", "ratio", "rank"})


@dataclass(frozen=True)
class Match:
    """A figure with how well it fits, and the passage it stands in.

    ``parts`` are the figures that it is the sum of, where the report does not print it: its value is theirs together,
    its place that of the first.
    """

    report: StoredReport
    passage: StoredPassage
    figure: Figure
    score: float
    held: float
    parts: tuple[Figure, ...] = ()


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
        self._of_version = lru_cache(maxsize=KEPT_REPORTS)(self._make_ready)

    def best(
        self,
        question: Question,
        sought: Sequence[Sought],
        report_id: str,
        content_hash: str,
        years: frozenset[int],
        counted: Counted | None,
        *,
        closely: bool = False,
    ) -> Match | None:
        """The figure of the report that is clearly meant; None when none is, or two are.

        Args:
            question: what is asked.
            sought: its content words, weighed, with what reports write for them.
            report_id: the report to look in.
            content_hash: of the report as the shelf knows it; a changed report is made ready again.
            years: the years that the figure may be about; empty for any.
            counted: what every report counts, where the question asks for that.
            closely: whether everyday words were put as reports write them, and words were left out; then most of what
                the figure counts must have been asked for, and no other figure may hold more of the question.
        """
        held = self._of_version(report_id, content_hash)
        if held is None:
            return None
        report, ready, standard = held
        if counted is not None and not missing_names(question.names, _head(report)):
            told = standard.find(counted, years)
            passage = passage_of(report, told.figure.span) if told else None
            if told is not None and passage is not None:
                return Match(report, passage, told.figure, _STANDARD_SCORE, 1.0, told.parts)
            if counted.kind != "disclosure" and standard.has_table(counted.kind):
                # The table has a place for it, and nothing, or nothing plain, stands there.
                return None
        fits = fits_of(question, sought, ready, years, closely=closely)
        best = _exact(fits)
        if best is None or best.held < _LEAST_HELD or best.led < _LEAST_LED:
            return None
        if best.score < (_LEAST_ALONE if _stands_alone(best, fits) else _LEAST_SCORE):
            return None
        passage = passage_of(report, best.figure.span)
        if passage is None or any(_rivals(fit, best) or leads(fit, best) for fit in fits if fit is not best):
            return None
        if closely and not _surely_meant(question, sought, best, fits):
            return None
        return Match(report, passage, best.figure, best.score, best.held)

    def likeliest(
        self, question: Question, sought: Sequence[Sought], report_id: str, content_hash: str, years: frozenset[int]
    ) -> list[Fit]:
        """All figures of the report that can be meant, best first, however little of the question they hold.

        The arguments are those of ``best``.
        """
        held = self._of_version(report_id, content_hash)
        return fits_of(question, as_written(sought), held[1], years) if held is not None else []

    def disclosed(self, report_id: str, content_hash: str, years: frozenset[int], channel: str) -> Match | None:
        """How much information the body made public by itself, all in all; None where the report does not say it once.

        Args:
            report_id: the report to look in.
            content_hash: of the report as the shelf knows it.
            years: the years that the figure may be about; empty for any.
            channel: the channel that was asked for; where the report counts that by itself, the whole is no answer.
        """
        held = self._of_version(report_id, content_hash)
        if held is None:
            return None
        report, ready, _ = held
        plain = [each for each in ready if not each.is_change and (not years or each.figure.year in years)]
        if channel and any(channel in each.led and _MADE_PUBLIC.search(each.led) for each in plain if _is_items(each)):
            return None
        whole = [each.figure for each in plain if _is_items(each) and _is_whole(each, report)]
        exact = [figure for figure in whole if not figure.qualifier] or whole
        if len({figure.value for figure in exact}) != 1:
            return None
        passage = passage_of(report, exact[0].span)
        return Match(report, passage, exact[0], _STANDARD_SCORE, 1.0) if passage is not None else None

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
        report, ready, _ = held
        found = []
        for each in ready:
            # Most figures hold too little of the question, which is told soonest.
            if each.is_change or cover(sought, each.led) < _LEAST_TOGETHER:
                continue
            if not admissible(question, each, years):
                continue
            fit = weighed_with(question, sought, each)
            passage = passage_of(report, each.figure.span)
            if fit is not None and passage is not None and fit.score >= _LEAST_SCORE and fit.held >= _LEAST_HELD:
                exact = _EXACT_MEASURE if each.figure.unit in question.wanted.measures else 0.0
                found.append(Fitting(report, passage, each, fit.score + exact, fit.held))
        return sorted(found, key=lambda fitting: -fitting.score)

    def standard(self, counted: Counted, report_id: str, content_hash: str, years: frozenset[int]) -> Fitting | None:
        """The figure of what every report counts, from its standard table or its sentences, as ``best`` has it.

        A sum that the report does not print has no place of its own, and is none here.
        """
        held = self._of_version(report_id, content_hash)
        if held is None:
            return None
        report, ready, standard = held
        told = standard.find(counted, years)
        if told is None or told.parts:
            return None
        passage = passage_of(report, told.figure.span)
        own = next((each for each in ready if each.figure is told.figure), None)
        return Fitting(report, passage, own, _STANDARD_SCORE, 1.0) if own is not None and passage is not None else None

    def _make_ready(
        self, report_id: str, content_hash: str
    ) -> tuple[StoredReport, tuple[Ready, ...], StandardFigures] | None:
        report = self._store.report(report_id)
        if report is None or report.summary.content_hash != content_hash:
            return None
        spans = sentences(report.text)
        numbers = [each for each in report.figures if each.kind in _NUMBERS and each.value is not None]
        ready = tuple(made_ready(report, figure, spans) for figure in numbers)
        return report, ready, StandardFigures(numbers, report.summary.publisher)


def _is_items(ready: Ready) -> bool:
    return ready.figure.kind == "count" and ready.figure.unit == "条"


def _is_whole(ready: Ready, report: StoredReport) -> bool:
    """Whether it counts all information that the report's own body made public."""
    own = not ready.figure.subject or fold_text(ready.figure.subject) in fold_text(report.summary.publisher)
    return own and _ALL_DISCLOSED.fullmatch(fold_text(ready.figure.indicator)) is not None


def _head(report: StoredReport) -> str:
    return fold_text(f"{report.summary.publisher} {report.summary.title}")


def _exact(fits: Sequence[Fit]) -> Fit | None:
    """The best figure; the exact one where that only says it loosely (突破200万) and as much leads to both."""
    if not fits or not fits[0].figure.qualifier:
        return fits[0] if fits else None
    best = fits[0]
    same = (fit for fit in fits if not fit.figure.qualifier and says_again(best.figure, fit.figure))
    return next((fit for fit in same if fit.led >= best.led and best.score - fit.score < _MARGIN), best)


def _stands_alone(best: Fit, fits: Sequence[Fit]) -> bool:
    """Whether all that is asked leads to this figure, and much less of it to any other value."""
    return best.led >= _LED_WHOLE and all(
        fit.led < _LED_HALF or fit.figure.value == best.figure.value for fit in fits if fit is not best
    )


def _rivals(fit: Fit, best: Fit) -> bool:
    """Whether another value may be meant as well: it fits nearly as well, or words that are asked lead to it alone."""
    if says_again(fit.figure, best.figure):
        return False
    return best.score - fit.score < _MARGIN or (fit.led - best.led > _LED_MORE and fit.score > _LEAST_LED)


def _surely_meant(question: Question, sought: Sequence[Sought], best: Fit, fits: Sequence[Fit]) -> bool:
    """Whether what the figure counts was asked for, and no other figure may be meant by words that this one lacks."""
    if best.figure.kind != "rank" and _asked_share(question, sought, best) < _MOSTLY_ASKED:
        return False
    others = [fit for fit in fits if fit.figure.value != best.figure.value and not says_again(fit.figure, best.figure)]
    own = [each for each in sought if each.presence(best.printed)]
    return not any(
        fit.led - best.led > -_LED_A_LITTLE_MORE
        and any(each.presence(fit.printed) == 1.0 for each in sought if each not in own)
        for fit in others
    ) and not any(fit.led - best.led > _LED_A_LITTLE_MORE and fit.score > _LEAST_RIVAL for fit in others)


def _asked_share(question: Question, sought: Sequence[Sought], fit: Fit) -> float:
    """The share of the characters of what the figure counts that the question asks for."""
    name = fold_text(fit.figure.indicator)
    asked = [False] * len(name)
    words = [word for each in sought for word in (each.word, *each.others)]
    pairs = [question.folded[at : at + 2] for at in range(len(question.folded) - 1)]
    for word in (*words, *pairs):
        at = name.find(word)
        while at >= 0:
            asked[at : at + len(word)] = [True] * len(word)
            at = name.find(word, at + 1)
    return sum(asked) / len(name) if name else 0.0
