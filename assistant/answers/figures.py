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

from assistant.answers.counting import counts_flow, flows, is_change, is_former, says_again
from assistant.answers.everyday import Stands, as_written, contradict, stands
from assistant.answers.evidence import Sought, cover
from assistant.answers.model import Span
from assistant.answers.names import is_body, missing_names
from assistant.answers.quoted_names import names_another
from assistant.answers.standard_figures import StandardFigures
from assistant.answers.standard_questions import Counted
from assistant.answers.understanding import Question
from assistant.answers.wanted import Wanted
from assistant.language import fold_text, sentences
from assistant.language.measures import MONEY, NOT_COUNTED, SHARES, answers_for
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
# All that the figure counts was asked for: it is no more special than the question.
_ALL_ASKED = 0.1
# Counted for another body than the report's own, and that one was not named.
_OTHERS_COST = 0.15
# Of a table's row the total is meant where no column is named.
_TOTAL_BONUS = 0.08
# A figure that less of the question leads to is not looked at further.
_NOT_LED = 0.25
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
# Reports kept ready: a report has some hundred figures, a megabyte at most.
KEPT_REPORTS = 64
_TOTALS = ("总计", "合计")
_ASKS_FORMER = re.compile(r"原来|原先|之前|以前|从多少|由多少")
# 收到政府信息公开申请 holds the words of 公开了多少信息, and counts something else.
_OWN_TOPIC = re.compile(r"申请|复议|诉讼")
_OWN_TOPIC_ASKED = re.compile(r"申请|复议|诉|官司|法[院庭]|要过?信息|要过?材料")
# What was left over from another year is what nobody means who does not say so.
_CARRIED = re.compile(r"结转")
_CARRIED_ASKED = re.compile(r"结转|没办完|未办结|上一?年|去年|留下|剩|转到|转入|遗留|接着办")
# What a body made public, all in all; and what else is said to be made public.
_ALL_DISCLOSED = re.compile(r"(?:全年|累计|共|一共)*主动公开(?:各类)?(?:政府|政务|警务)?信息(?:总数|数量)?")
_MADE_PUBLIC = re.compile(r"(?:公开|发布|更新)(?:各类)?(?:[\u4e00-\u9fff]{2})?信息|网站(?:公开|发布)")
_RANK = re.compile(r"第几|名次|排名|排(?:在|到|了)?(?:第?几|老几|多少)|排行老几")
# What all of a place's or a body's parts count is not its own number, and not the whole.
_OF_PARTS = re.compile(r"各(?!级)|部门|单位|县区")
# A sentence that goes on from the one before it: 其中…, or after a semicolon.
_GOES_ON = re.compile(r"^\s*(?:其中|其余|其他|其它|这[些其]|以上|上述|分别|该|对)")
_LINKED = ("；", ";")
_LINKS = 2
# 粉丝41.5万, 关注用户88.4万 count people without a word for it.
_PEOPLE = frozenset({"人", "名", "位", "人次", "个"})
_ARE_PEOPLE = re.compile("粉丝|用户|关注|人数|群众|居民|市民|学生|职工|人员|老年人|儿童|村民|旅客|游客")
# Points say by how much a share changed.
_POINTS = frozenset({"百分点", "个百分点"})
_NUMBERS = frozenset({"count", "money", "percent", "ratio", "rank"})


@dataclass(frozen=True)
class Ready:
    """A figure made ready to be matched, its texts folded.

    ``name`` is what is counted and whose, ``led`` adds the words before the number in its sentence, ``held`` what the
    sentence goes on from and the headings. ``printed`` is of the name what stands beside the number, ``told`` all the
    words before the number with what they go on from.
    """

    figure: Figure
    name: str
    lead: str
    led: str
    held: str
    printed: str
    told: str
    own_topic: bool
    is_carried: bool
    of_another: bool
    flow: tuple[str, ...]
    pairs: frozenset[str]
    stands: Stands
    is_change: bool
    is_former: bool
    is_total: bool


@dataclass(frozen=True)
class Fit:
    """How well a figure fits: its score, and the share of the question that it holds.

    ``own`` is what its name holds, ``led`` what the words before it add, ``held`` what the headings add to both;
    ``asked`` is the share of its name that was asked for; ``printed`` is what stands beside the number.
    """

    figure: Figure
    printed: str
    score: float
    own: float
    led: float
    held: float
    asked: float


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
        fits = _fits(question, sought, ready, years, closely=closely)
        best = _exact(fits)
        if best is None or best.held < _LEAST_HELD or best.led < _LEAST_LED:
            return None
        if best.score < (_LEAST_ALONE if _stands_alone(best, fits) else _LEAST_SCORE):
            return None
        passage = passage_of(report, best.figure.span)
        if passage is None or any(_rivals(fit, best) for fit in fits if fit is not best):
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
        return _fits(question, as_written(sought), held[1], years) if held is not None else []

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
            if not _admissible(question, each, years):
                continue
            fit = _weigh(question, sought, each)
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
        ready = tuple(_ready(report, figure, spans) for figure in numbers)
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


@lru_cache(maxsize=KEPT_REPORTS)
def _folded_head(names: tuple[str, ...]) -> str:
    return fold_text("\n".join(names))


def _ready(report: StoredReport, figure: Figure, spans: Sequence[Span]) -> Ready:
    place = bisect_right(spans, (figure.span[0], len(report.text)))
    sentence = spans[place - 1] if place else figure.span
    end = figure.indicator_span[1] if figure.indicator_span else figure.span[1]
    # A cell's names say it all; its row's text holds the other cells.
    lead = "" if figure.table is not None else fold_text(report.text[sentence[0] : max(end, figure.span[1])])
    before = "" if figure.table is not None else _before(report.text, spans, place - 1)
    passage = passage_of(report, figure.span)
    path = passage.section_path if passage else ()
    head = _folded_head((report.summary.publisher, report.summary.title, *path))
    indicator = fold_text(figure.indicator)
    name = fold_text(f"{figure.subject} {figure.indicator}")
    return Ready(
        figure=figure,
        name=name,
        lead=lead,
        led=f"{name}\n{lead}",
        held=f"{name}\n{lead}\n{before}\n{head}",
        printed=f"{fold_text(figure.subject)} {_printed(report.text, figure)}",
        told=f"{name}\n{before}\n{lead}",
        own_topic=_OWN_TOPIC.search(name) is not None,
        is_carried=_CARRIED.search(name) is not None,
        flow=flows(indicator),
        of_another=_is_another(fold_text(figure.subject), fold_text(report.summary.publisher)),
        pairs=frozenset(indicator[index : index + 2] for index in range(len(indicator) - 1)),
        stands=stands(name),
        is_change=is_change(figure),
        is_former=is_former(report.text, figure.span),
        is_total=any(indicator.endswith(total) for total in _TOTALS),
    )


def _printed(text: str, figure: Figure) -> str:
    """What is counted as it is printed beside the number, folded; a cell's names, which stand at its row and column."""
    if figure.table is not None or figure.indicator_span is None:
        return fold_text(figure.indicator)
    return fold_text(text[slice(*figure.indicator_span)])


def _before(text: str, spans: Sequence[Span], place: int) -> str:
    """What the sentence goes on from, folded; empty where it begins anew."""
    first = place
    while first > max(0, place - _LINKS) and _goes_on(text, spans[first - 1], spans[first]):
        first -= 1
    return fold_text(text[spans[first][0] : spans[place][0]]) if 0 <= first < place else ""


def _goes_on(text: str, last: Span, own: Span) -> bool:
    said = text[slice(*last)].rstrip()
    return "\n" not in text[last[0] : own[0]].strip() and (
        said.endswith(_LINKED) or _GOES_ON.match(text[slice(*own)]) is not None
    )


def _is_another(subject: str, publisher: str) -> bool:
    """Whether the number is another body's than the report's own, or that of all its parts."""
    return subject not in publisher and (is_body(subject) or _OF_PARTS.search(subject) is not None)


def passage_of(report: StoredReport, span: Span) -> StoredPassage | None:
    """The passage that a span of the report stands in."""
    return next((each for each in report.passages if each.start <= span[0] and span[1] <= each.end), None)


def _admissible(question: Question, ready: Ready, years: frozenset[int]) -> bool:
    """Whether the figure can be meant at all: of the year, counted as asked, of every body and place that is named."""
    figure, wanted = ready.figure, question.wanted
    if years and figure.year not in years:
        return False
    if (figure.kind == "rank") != (_RANK.search(question.folded) is not None):
        return False
    if ready.own_topic and not _OWN_TOPIC_ASKED.search(question.folded):
        return False
    if ready.is_carried and not _CARRIED_ASKED.search(question.folded):
        return False
    if counts_flow(question.folded, ready.flow):
        return False
    if ready.is_former and not _ASKS_FORMER.search(question.folded):
        return False
    if not _counted_as_asked(figure, wanted):
        return False
    return not missing_names(question.names, ready.held) and not names_another(question.folded, ready.lead)


def _begins_in(question: Question, subject: str) -> bool:
    """Whether the question names a body by the place that its name begins with, or the parts of which it is all."""
    parts = _OF_PARTS.search(subject)
    return (parts.group() if parts else fold_text(subject)[:2]) in question.folded


def _counted_as_asked(figure: Figure, wanted: Wanted) -> bool:
    """Whether the figure is counted in what was asked for: money for 多少钱, a share for 百分之几, 条 for 多少条."""
    measures = wanted.measures
    if figure.unit in _POINTS and not wanted.change:
        return False
    if figure.kind == "percent":
        return bool(measures & SHARES) or (wanted.change and not measures)
    if figure.kind == "money":
        return not measures or bool(measures & MONEY)
    if measures & (MONEY | SHARES):
        return False
    if not measures or (figure.unit and answers_for(figure.unit, measures)):
        return True
    if not figure.unit and measures & _PEOPLE and _ARE_PEOPLE.search(figure.indicator):
        return True
    # A cell and a zero in words have no measure of their own, and count things, no days; a bare number of a sentence
    # (80万) counts who knows what.
    return not figure.unit and (figure.table is not None or figure.value == 0) and not measures <= NOT_COUNTED


def _fits(
    question: Question,
    sought: Sequence[Sought],
    ready: Sequence[Ready],
    years: frozenset[int],
    *,
    closely: bool = False,
) -> list[Fit]:
    asked = stands(question.folded)
    weighed = (
        _weigh(question, sought, each, closely=closely)
        for each in ready
        if _admissible(question, each, years) and not contradict(asked, each.stands)
    )
    return sorted((fit for fit in weighed if fit is not None), key=lambda fit: -fit.score)


def _weigh(question: Question, sought: Sequence[Sought], ready: Ready, *, closely: bool = False) -> Fit | None:
    led = cover(sought, ready.told if closely else ready.led)
    if led < _NOT_LED:
        return None
    own = cover(sought, ready.printed if closely else ready.name)
    held = cover(sought, ready.held)
    asked = sum(pair in question.folded for pair in ready.pairs) / len(ready.pairs) if ready.pairs else 0.0
    score = own + _LEAD_SHARE * (led - own) + _HEAD_SHARE * (held - led) + _ASKED_SHARE * asked
    if question.wanted.measures and ready.figure.unit:
        score += _FITS_MEASURE
    if ready.is_change != question.wanted.change:
        score -= _CHANGE_COST
    if ready.is_total:
        score += _TOTAL_BONUS
    if asked == 1.0:
        score += _ALL_ASKED
    if ready.of_another and not _begins_in(question, ready.figure.subject):
        score -= _OTHERS_COST
    return Fit(ready.figure, ready.printed, score, own, led, held, asked)
