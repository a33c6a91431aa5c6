"""Questions to offer about one report: each makes sense by itself, and the report holds what answers it.

Made from what was read of the report, never from a heading as it stands: many a heading is a sentence (把规矩立起来),
and a body's name before it is no question.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.answers.counting import is_change
from assistant.answers.standard_figures import StandardFigures
from assistant.answers.standard_questions import Counted, counted_in
from assistant.language import fold_text
from assistant.reports.figures.words import PLAIN_VERBS
from assistant.reports.model import Figure
from assistant.store import ReportSummary, Store

# Questions of one report; more would fill the buttons with one body.
MOST = 16
# Of these so many about what its sentences count, in their order: reports tell first what matters most.
_TOLD_MOST = 6
# Reports whose questions are remembered.
_KEPT = 1000
# What every report counts, in the order that citizens ask for it.
_COUNTED = (
    (Counted("requests", "new", "total"), "收到多少件政府信息公开申请？"),
    (Counted("requests", "results.total", "total"), "办结了多少件政府信息公开申请？"),
    (Counted("requests", "results.disclosed", "total"), "予以公开的申请有多少件？"),
    (Counted("requests", "results.not_disclosed", "total"), "不予公开的申请有多少件？"),
    (Counted("disputes", "reconsideration", "total"), "发生了多少件行政复议？"),
    (Counted("disputes", "litigation", "total"), "发生了多少件行政诉讼？"),
    (Counted("disclosure", "20-5.licences", "decisions"), "作出行政许可决定多少件？"),
    (Counted("disclosure", "20-6.penalties", "decisions"), "作出行政处罚决定多少件？"),
    (Counted("disclosure", "20-1.normative_documents", "made"), "制发了多少件行政规范性文件？"),
)
# A short thing done and counted: 召开新闻发布会. What has signs, digits or letters in it is half a sentence.
_DONE = re.compile(rf"(?:主动公开|{PLAIN_VERBS})[\u4e00-\u9fff]{{2,12}}")
# Words that refer to what stood before, or compare with it.
_REFERS = re.compile(
    r"[其该此这那各均再又仍另把将被]|(?<=.)(?<![提派作推])出(?![台具口生入租版])|到$|达$|为$|到位$|比|同期|上年|去年|以上|以下|左右|等$|[的和及与]$|分别|占"
)
_MEASURES_OF_TIME = frozenset("年 月 日 天 周 工作日 小时 分钟 时 分 次年 季度 号 点 倍 位 名 第".split())
_NUMBERED = re.compile(r"^[(（]?[一二三四五六七八九十百\d]+[)）、.．]*\s*")
_LAST_SIGNS = re.compile(r"[。.:：\s]+$")
# Headings that name a matter: only what ends so, or what the State Council's format itself calls its parts.
_NAMES_A_MATTER = re.compile(
    r"[\u4e00-\u9fff、“”]{2,16}情况|主动公开|依申请公开|政府信息管理|(?:政府信息公开)?平台建设|监督保障|解读回应|政策解读|回应关切"
)
_SAYS_NOTHING = re.compile(
    r"(?:总体|基本|概括|概况|有关|其他|其它|相关|工作(?:推进|开展|落实)?)情况"
    # The parts that are tables: their figures are asked for one by one.
    r"|主动公开政府信息情况|(?:收到|受理|办理|答复|处理)(?:和|与|及).*情况|(?:政府信息公开)?行政复议、(?:行政)?诉讼情况"
)
_PROBLEMS = re.compile("(?:主要|存在|发现|突出).{0,4}(?:问题|不足|困难)|(?:问题|不足|困难)(?:和|与|及|以及)")
_PLANS = re.compile("改进(?:措施|打算|意见|情况)|下一步|(?:工作|今后)(?:打算|计划|安排|思路)|整改措施")


class ReportQuestions:
    """The questions to offer about reports, made once for each state of a report; usable from many threads.

    Args:
        store: where the reports are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._made: dict[str, tuple[str, tuple[str, ...]]] = {}

    def of(self, report: ReportSummary) -> tuple[str, ...]:
        """The questions about this report; takes some ten milliseconds when it is new."""
        content, questions = self._made.get(report.id, ("", ()))
        if content != report.content_hash:
            questions = report_questions(report, self._store.figures(report.id), self._store.headings(report.id))
            if len(self._made) >= _KEPT:
                self._made.clear()
            self._made[report.id] = report.content_hash, questions
        return questions


def section_question(report: ReportSummary, heading: str) -> str:
    """A heading as a question to offer: （二）依申请公开的情况。 → 安康市公安局2015年依申请公开的情况怎么样？

    Empty where the heading names no matter that can be asked for by itself, or the report no body or no year.
    """
    words = _LAST_SIGNS.sub("", _NUMBERED.sub("", fold_text(heading)))
    if not report.publisher or report.year is None:
        return ""
    whose = f"{report.publisher}{report.year}年"
    if _PROBLEMS.search(words):
        return f"{whose}存在哪些主要问题？"
    if _PLANS.search(words):
        return f"{whose}有哪些改进措施？"
    if _NAMES_A_MATTER.fullmatch(words) and not _SAYS_NOTHING.fullmatch(words):
        return f"{whose}{words if words.endswith('情况') else words + '情况'}怎么样？"
    return ""


def report_questions(report: ReportSummary, figures: Sequence[Figure], headings: Sequence[str]) -> tuple[str, ...]:
    """The questions to offer about a report, what is asked most first; none where it has no body or no year."""
    if not report.publisher or report.year is None:
        return ()
    whose = f"{report.publisher}{report.year}年"
    standard = StandardFigures(figures, report.publisher)
    counted = [f"{whose}{words}" for what, words in _COUNTED if standard.find(what, frozenset({report.year}))]
    told = [f"{whose}{words}" for words in _told(report, figures)][:_TOLD_MOST]
    asked = [section_question(report, heading) for heading in headings]
    mixed = (*counted[:1], *told[:2], *counted[1:], *told[2:], *filter(None, asked))
    return tuple(dict.fromkeys(mixed))[:MOST]


def _told(report: ReportSummary, figures: Sequence[Figure]) -> Iterator[str]:
    """What the report's own sentences count: 召开新闻发布会 5场 → 召开新闻发布会多少场？"""
    plain = [each for each in figures if _is_plain(report, each)]
    # Said of two things, or twice with different numbers, it would ask for none of them.
    often = Counter(fold_text(each.indicator) for each in plain)
    for each in plain:
        if often[fold_text(each.indicator)] == 1:
            yield f"{each.indicator}多少{each.unit}？"


def _is_plain(report: ReportSummary, figure: Figure) -> bool:
    """Whether the figure is the report's own, exact and of this year, and its name can be asked for by itself."""
    return (
        figure.kind == "count"
        and figure.table is None
        and bool(figure.value)
        and not figure.qualifier
        and figure.subject == report.publisher
        and figure.year == report.year
        and bool(figure.unit)
        and figure.unit.removeprefix("个") not in _MEASURES_OF_TIME
        and not is_change(figure)
        and _DONE.fullmatch(figure.indicator) is not None
        and _REFERS.search(figure.indicator) is None
        # What every report counts is asked for in words of our own.
        and not counted_in(fold_text(figure.indicator), "")
    )
