"""Questions about a report itself: how to reach the office behind it, when and by whom it was published, its 索引号.

Only a question that asks nothing else is answered here: once the words that name the report and ask for the fact are
taken away, nothing may be left. 举报电话是多少 is about 举报, and is looked for in the text like any other question.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answers.library import Shelf
from assistant.answers.meant import report_meant
from assistant.answers.model import Answer, Evidence, Span, source_of
from assistant.answers.scope import without_scope
from assistant.answers.understanding import Question
from assistant.language import sentences
from assistant.store import ReportSummary, Store, StoredReport

# Words that name the report or its office, or only make a sentence of the question.
_GENERAL = re.compile(
    r"政府信息公开|信息公开|依申请公开|政务公开|年度|工作|报告|年报|办公室|公开办|部门|单位|机构|机关|安排|"
    r"请问|麻烦|的话|写|叫|来|寄到|我想|想要?|问一?下|知道|告诉我|一下|你们|他们|它们|您|你|我|那|这|哪|份|个|家|篇|的|是|在|有|没有|了|过|"
    r"吗|呢|啊|呀|吧|得|给|要|去|到|上|里|面|能|可以|怎么|如何|怎样|多少|什么|几|号(?!码)|啥|谁|些|和|与|跟|也|都|最|新|近|"
    r"[^\w]"
)


@dataclass(frozen=True)
class _Fact:
    """One fact: how it is asked for, how it is named in the answer, and where a report keeps it."""

    name: str
    asked: re.Pattern[str]
    words: re.Pattern[str]
    read: Callable[[StoredReport], str]
    of_text: bool
    is_contact: bool = False


def _period(report: StoredReport) -> str:
    if report.period is None:
        return ""
    first, last = report.period
    return f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"


def _published(report: StoredReport) -> str:
    published = report.summary.published
    return published.isoformat() if published else ""


_CONTACT_WORDS = r"联系|咨询|打|拨|联络|反映|受理|寄|发|邮|写信|找"
# Several of those on how to reach the office may be asked at once; of the others the first that fits is meant.
_FACTS = (
    _Fact("传真", re.compile("传真"), re.compile(rf"传真|号码|{_CONTACT_WORDS}"), lambda r: r.contact.fax, True, True),
    _Fact(
        "邮编",
        re.compile("邮编|邮政编码"),
        re.compile(rf"邮编|邮政编码|{_CONTACT_WORDS}"),
        lambda r: r.contact.postcode,
        True,
        True,
    ),
    _Fact(
        "电子邮箱",
        re.compile("邮箱|电子邮件|e-?mail"),
        re.compile(rf"电子邮箱|电子邮件|邮箱|e-?mail|地址|{_CONTACT_WORDS}"),
        lambda r: r.contact.email,
        True,
        True,
    ),
    _Fact(
        "电话",
        re.compile("电话|联系方式|怎么联系|如何联系|怎样联系|(?<!传真)号码"),
        re.compile(rf"电话|号码|方式|{_CONTACT_WORDS}"),
        lambda r: r.contact.phone,
        True,
        True,
    ),
    _Fact(
        "地址",
        re.compile("(?<!邮箱)(?<!邮件)地址|在哪(?:里|儿)?(?:办公)?$|[什啥]么?地方|怎么走"),
        re.compile(rf"地址|地点|位置|办公|走|哪里|哪儿|地方|{_CONTACT_WORDS}"),
        lambda r: r.contact.address,
        True,
        True,
    ),
    _Fact(
        "索引号", re.compile("索引号|索引编号"), re.compile("索引编?号|索引"), lambda r: r.summary.index_number, False
    ),
    _Fact(
        "统计期限",
        re.compile("统计(?:期限|期间|时间|周期|范围)|数据.{0,4}(?:期限|期间|哪天到哪天|时间段|起止)"),
        re.compile("统计|数据|期限|期间|时间段?|周期|范围|起止|天|从|截止"),
        _period,
        True,
    ),
    _Fact(
        "发布日期",
        re.compile("(?:什么时候|何时|啥时候|哪一?天|几[月号日]|日期|时间).{0,6}|(?:发布|公布).{0,3}(?:日期|时间)"),
        re.compile("什么时候|何时|啥时候|时候|哪?一?天|几[月号日]|日期|时间|发布|公布|公开|发|出|挂|网"),
        _published,
        False,
    ),
    _Fact(
        "发布机构",
        re.compile("谁|哪(?:个|家)?(?:单位|部门|机构|机关|局)"),
        re.compile("发布|公布|公开|发|写|出|做|编制?"),
        lambda r: r.summary.publisher,
        False,
    ),
)
# What may be meant by a date or a body without more words is the report's own only if the report is spoken of.
_NAMES_THE_REPORT = re.compile("报告|年报|索引|发布|公布|公开")
_NEEDS_THE_REPORT = frozenset({"发布日期", "发布机构"})


class ReportFacts:
    """Answers what is asked about a report itself.

    Args:
        store: where the reports are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def answer(self, question: Question, conversation: str, shelf: Shelf) -> Answer | None:
        """The facts with the place where they are printed; None when something else is asked or they are not known."""
        facts = _asked_facts(question)
        summary = report_meant(question.scope.years, question.scope.publishers, shelf) if facts else None
        report = self._store.report(summary.id) if summary else None
        if report is None:
            return None
        known = [(fact, value) for fact in facts if (value := fact.read(report))]
        evidence = _evidence(report, known) if known else None
        return _answer(question, conversation, report.summary, known, evidence) if evidence else None


def _asked_facts(question: Question) -> list[_Fact]:
    rest = without_scope(question.folded, question.scope)
    asked = [fact for fact in _FACTS if fact.asked.search(rest)]
    facts = [fact for fact in asked if fact.is_contact] or asked[:1]
    if any(fact.name in _NEEDS_THE_REPORT for fact in facts) and not _NAMES_THE_REPORT.search(question.folded):
        return []
    for fact in facts:
        rest = fact.asked.sub("", rest)
    rest = _GENERAL.sub("", rest)
    for fact in facts:
        rest = fact.words.sub("", rest)
    return [] if _GENERAL.sub("", rest) else facts


def _evidence(report: StoredReport, known: Sequence[tuple[_Fact, str]]) -> Evidence | None:
    """Where the facts are printed: the report's head, or the passage that holds the first of them."""
    source = source_of(report.summary)
    fact, value = known[0]
    if not fact.of_text:
        printed = f"{fact.name}：{value}"
        start = len(fact.name) + 1
        return Evidence(source, (), printed, 0, (0, len(printed)), ((start, len(printed)),), 1.0, "")
    for passage in report.passages:
        if _spans(passage.text, value, fact.name):
            spans = sorted({span for each, text in known for span in _spans(passage.text, text, each.name)})
            return Evidence(
                report=source,
                section=passage.section_path,
                passage=passage.text,
                start=passage.start,
                sentence=_sentence(passage.text, (spans[0][0], spans[-1][1])),
                highlights=tuple(spans),
                score=1.0,
                anchor=passage.anchor,
                recognised=passage.recognised,
            )
    return None


def _sentence(passage: str, span: Span) -> Span:
    """The whole sentences that the span reaches over."""
    over = [(start, end) for start, end in sentences(passage) if start < span[1] and span[0] < end]
    return (over[0][0], over[-1][1]) if over else span


def _spans(passage: str, value: str, name: str) -> list[Span]:
    """Where the value is printed: as it is, or, for a period, its first and its last day."""
    if name != "统计期限":
        place = passage.find(value)
        return [(place, place + len(value))] if place >= 0 else []
    first, last = (re.compile(r"0?".join(re.split(r"(?<=[年月])", day))) for day in value.split("至"))
    match = first.search(passage)
    ending = match and (last.search(passage, match.end()) or _last_day(value).search(passage, match.end()))
    return [match.span(), ending.span()] if match and ending else []


def _last_day(value: str) -> re.Pattern[str]:
    """The last day printed without its year, as where both days are of one year."""
    return re.compile(value.split("至")[1].split("年")[1])


def _answer(
    question: Question, conversation: str, report: ReportSummary, known: Sequence[tuple[_Fact, str]], evidence: Evidence
) -> Answer:
    told = "，".join(f"{fact.name}：{value}" for fact, value in known)
    if known[0][0].is_contact:
        return Answer(
            question.text,
            conversation,
            "contact",
            f"{report.publisher or report.title}公布的{told}",
            "",
            1.0,
            (evidence,),
        )
    return Answer(question.text, conversation, "metadata", f"{report.title}，{told}", "", 1.0, (evidence,))
