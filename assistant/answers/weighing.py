"""How well a figure fits a question: whether it can be meant at all, and how much of the question it holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.counting import counts_flow
from assistant.answers.everyday import contradict, stands
from assistant.answers.evidence import Sought, cover
from assistant.answers.names import missing_names
from assistant.answers.quoted_names import names_another
from assistant.answers.ready_figures import OF_PARTS, Ready
from assistant.answers.understanding import Question
from assistant.answers.wanted import Wanted
from assistant.language import fold_text
from assistant.language.measures import MONEY, NOT_COUNTED, SHARES, answers_for
from assistant.reports.model import Figure

# Shares of what the words before the number, and the headings, add to what the indicator itself holds.
_LEAD_SHARE = 0.4
_HEAD_SHARE = 0.2
# An indicator that says more than was asked counts something more special.
_ASKED_SHARE = 0.25
_FITS_MEASURE = 0.1
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
_ASKS_FORMER = re.compile(r"原来|原先|之前|以前|从多少|由多少")
_OWN_TOPIC_ASKED = re.compile(r"申请|复议|诉|官司|法[院庭]|要过?信息|要过?材料")
_AUDIENCE_ASKED = re.compile(r"[阅读看听转播点访]|浏览|流量|上网|登录|打开|检索|查询|热度")
_CARRIED_ASKED = re.compile(r"结转|没办完|未办结|上一?年|去年|留下|剩|转到|转入|遗留|接着办")
_RANK = re.compile(r"第几|名次|排名|排(?:在|到|了)?(?:第?几|老几|多少)|排行老几")
# 粉丝41.5万, 关注用户88.4万 count people without a word for it.
_PEOPLE = frozenset({"人", "名", "位", "人次", "个"})
_ARE_PEOPLE = re.compile("粉丝|用户|关注|人数|群众|居民|市民|学生|职工|人员|老年人|儿童|村民|旅客|游客")
# Points say by how much a share changed.
_POINTS = frozenset({"百分点", "个百分点"})


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


def admissible(question: Question, ready: Ready, years: frozenset[int]) -> bool:
    """Whether the figure can be meant at all: of the year, counted as asked, of every body and place that is named."""
    figure, wanted = ready.figure, question.wanted
    if years and figure.year not in years:
        return False
    if (figure.kind == "rank") != (_RANK.search(question.folded) is not None):
        return False
    if ready.own_topic and not _OWN_TOPIC_ASKED.search(question.folded):
        return False
    if ready.is_part:  # the hours of 1小时50分钟 are no answer
        return False
    if ready.of_audience and not _AUDIENCE_ASKED.search(question.folded):
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
    parts = OF_PARTS.search(subject)
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


def fits_of(
    question: Question,
    sought: Sequence[Sought],
    ready: Sequence[Ready],
    years: frozenset[int],
    *,
    closely: bool = False,
) -> list[Fit]:
    """The figures that can be meant, the best first; the arguments are those of ``Figures.best``."""
    asked = stands(question.folded)
    weighed = (
        weighed_with(question, sought, each, closely=closely)
        for each in ready
        if admissible(question, each, years) and not contradict(asked, each.stands)
    )
    return sorted((fit for fit in weighed if fit is not None), key=lambda fit: -fit.score)


def leads(fit: Fit, other: Fit) -> bool:
    """Whether it stands in what the other counts: 几个 of 10件以上的有4人，合计73件 may ask for either."""
    counts = other.figure.indicator_span
    return counts is not None and counts[0] <= fit.figure.span[0] and fit.figure.span[1] <= counts[1]


def weighed_with(question: Question, sought: Sequence[Sought], ready: Ready, *, closely: bool = False) -> Fit | None:
    """How well one figure fits; None where too little of the question leads to it."""
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
