"""Questions about a report itself: how to reach the office behind it, when and by whom it was published, its 索引号.

Only a question that asks nothing else is answered here: once the words that name the report and ask for the fact are
taken away, nothing may be left. 举报电话是多少 is about 举报, and is looked for in the text like any other question.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.library import Shelf
from assistant.answers.meant import report_meant
from assistant.answers.model import Answer, Evidence, Span, source_of
from assistant.answers.office import office_hours, web_address
from assistant.answers.scope import without_scope
from assistant.answers.understanding import Question
from assistant.language import sentences
from assistant.store import ReportSummary, Store, StoredPassage, StoredReport

# Reports looked through for what seldom changes; each is read whole.
_LOOKED_THROUGH = 6
# Words that name the report or its office, or only make a sentence of the question.
_GENERAL = re.compile(
    r"政府信息公开|信息公开|依申请公开|政务公开|年度|工作|报告|年报|办公室|公开办|部门|单位|机构|机关|科室?|安排|"
    r"您好|你好|喂|嗯|请问|麻烦|的话|写|留|叫|来|寄到|我想|想要?|问一?下|问问?|知道|告诉我|告诉|一下|你们|他们|它们|您|你|我|那边|这边|那个|那|这|哪|份|个|家|篇|的|"
    r"是|在|有|没有|了|过|吗|呢|啊|呀|吧|得|给|要|去|到|上|里|面|能不能|可不可以|能|可以|怎么|如何|怎样|多少|什么|几|号(?!码)|啥|谁|些|和|与|跟|也|都|各|分别|最|新|"
    r"近|该|应该|往|向|对|把|用|就|现在|目前|后来|以后|之后|[^\w]"
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


_CONTACT_WORDS = (
    r"联系|咨询|打|拨|联络|反映|反馈|受理|寄送?|发|邮件?|写信|书信|信件?|找|上门|当面|意见|建议|疑问|搬家|搬迁|迁址|"
    r"热线(?=电话)"
)
_HOURS_ASKED = (
    r"(?:办公|受理|上班|接待|咨询|工作)(?:的)?时间|几点.{0,4}几点|几点(?:钟)?(?:能|可以|才|开始|就)?(?:上班|下班|办公|开门|关门|受理|打)|"
    r"(?:什么|啥)(?:时间|时候)(?:能|可以|才)?(?:上班|下班|办公|打电话|去)"
)
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
        re.compile(
            "(?<!邮箱)(?<!邮件)(?<!网站)地址|在哪(?:里|儿)?(?:办公)?(?:$|[?,。])|[什啥]么?地方|怎么走|哪条[路街]|"
            "寄(?:到|往|去|给)?(?:哪|什么地方|啥地方)"
        ),
        re.compile(rf"地址|地点|位置|办公(?!室)|走|哪里|哪儿|里|地方|[路街]|{_CONTACT_WORDS}"),
        lambda r: r.contact.address,
        True,
        True,
    ),
    _Fact(
        "办公时间",
        re.compile(_HOURS_ASKED),
        re.compile(rf"时间|电话|办公(?!室)|上班|下班|钟|{_CONTACT_WORDS}"),
        lambda r: office_hours(r.text),
        True,
        True,
    ),
    _Fact(
        "网址",
        re.compile("网址|(?:网站|官网)(?:的)?(?:地址|是(?:多少|什么|哪个|啥))|官网"),
        re.compile(rf"网址|门户|官方|网站|官网|地址|登录?|上网|查|{_CONTACT_WORDS}"),
        lambda r: web_address(r.text),
        True,
        True,
    ),
    _Fact(
        "索引号", re.compile("索引号|索引编号"), re.compile("索引编?号|索引"), lambda r: r.summary.index_number, False
    ),
    _Fact(
        "统计期限",
        re.compile(
            "统计(?:期限|期间|时间|周期|范围)|数据?.{0,4}(?:期限|期间|时间段|起止)|"
            "(?:从|自)?(?:哪|几)[一个]?[天月日号].{0,4}(?:到|至)(?:哪|几)[一个]?[天月日号]|哪(?:一?段|个)(?:时间|期间|时期)"
        ),
        re.compile(
            "发布|公布|统计|数据?|算|期限|期间|时间段?|周期|范围|起止|天|从|自|截止|截至|开始|结束|包括|涵盖|覆盖"
        ),
        _period,
        True,
    ),
    _Fact(
        "最新的年报",
        re.compile("最(?:新|近|后)(?!几).{0,8}(?:哪一?年|哪年|几几年|何年|哪个年份)"),
        re.compile("期|年|度|发布|公布|出"),
        lambda r: r.summary.title,
        False,
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
_NEEDS_THE_REPORT = frozenset({"最新的年报", "发布日期", "发布机构"})
# Where the newest report does not give them, an older one may, and its year is told: they seldom change.
_OF_ANY_YEAR = frozenset({"网址", "办公时间"})


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
        for report in self._reports(question, shelf, facts):
            known = [(fact, value) for fact in facts if (value := fact.read(report))]
            evidence = _evidence(report, known) if known else ()
            if evidence:
                newest = report_meant((), (report.summary.publisher,), shelf)
                is_newest = newest is not None and newest.id == report.summary.id
                return _answer(question, conversation, report.summary, known, evidence, is_newest)
        return None

    def _reports(self, question: Question, shelf: Shelf, facts: Sequence[_Fact]) -> Iterator[StoredReport]:
        """The report that is meant, and the older ones of its body where its year matters little."""
        scope = question.scope
        meant = report_meant(scope.years, scope.publishers, shelf) if facts else None
        if meant is None:
            return
        summaries = [meant]
        if not scope.years and all(fact.name in _OF_ANY_YEAR for fact in facts):
            summaries = sorted(shelf.reports_of.get(meant.publisher, summaries), key=lambda each: -(each.year or 0))
        for summary in summaries[:_LOOKED_THROUGH]:
            report = self._store.report(summary.id)
            if report is not None:
                yield report


def _asked_facts(question: Question) -> list[_Fact]:
    """The facts that are asked for and nothing else: those on how to reach the office, one other, or all of them."""
    rest = without_scope(question.folded, question.scope)
    asked = [fact for fact in _FACTS if fact.asked.search(rest)]
    names_report = _NAMES_THE_REPORT.search(question.folded) is not None
    for facts in ([fact for fact in asked if fact.is_contact], asked[:1], asked):
        spoken_of = names_report or not any(fact.name in _NEEDS_THE_REPORT for fact in facts)
        if facts and spoken_of and not _beside(facts, rest):
            return facts
    return []


def _beside(facts: Sequence[_Fact], rest: str) -> str:
    """What a question says beside asking for these facts."""
    for fact in facts:
        rest = fact.asked.sub(" ", rest)
    for _ in range(2):  # what stands between two filling words may be another one
        for fact in facts:
            rest = fact.words.sub(" ", rest)
        rest = _GENERAL.sub("", rest)
    return rest


def _evidence(report: StoredReport, known: Sequence[tuple[_Fact, str]]) -> tuple[Evidence, ...]:
    """Where the facts are printed: the report's head, or the passage that holds most of them and those for the rest."""
    found = [_head(report, fact, value) for fact, value in known if not fact.of_text]
    waiting = [each for each in known if each[0].of_text]
    while waiting:
        held, passage = max(
            ((_held(passage.text, waiting), passage) for passage in report.passages),
            key=lambda each: len(each[0]),
            default=((), None),
        )
        if passage is None or not held:
            return ()
        found.append(_marked(report, passage, held))
        waiting = [each for each in waiting if each not in held]
    return tuple(found)


def _head(report: StoredReport, fact: _Fact, value: str) -> Evidence:
    """A fact as the report's head prints it."""
    printed = f"{fact.name}：{value}"
    start = len(fact.name) + 1
    return Evidence(source_of(report.summary), (), printed, 0, (0, len(printed)), ((start, len(printed)),), 1.0, "")


def _held(text: str, known: Sequence[tuple[_Fact, str]]) -> list[tuple[_Fact, str]]:
    """Those of the facts that the text holds."""
    return [(fact, value) for fact, value in known if _spans(text, value, fact.name)]


def _marked(report: StoredReport, passage: StoredPassage, held: Sequence[tuple[_Fact, str]]) -> Evidence:
    spans = sorted({span for fact, value in held for span in _spans(passage.text, value, fact.name)})
    return Evidence(
        report=source_of(report.summary),
        section=passage.section_path,
        passage=passage.text,
        start=passage.start,
        sentence=_sentence(passage.text, (spans[0][0], spans[-1][1])),
        highlights=tuple(spans),
        score=1.0,
        anchor=passage.anchor,
        recognised=passage.recognised,
    )


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
    question: Question,
    conversation: str,
    report: ReportSummary,
    known: Sequence[tuple[_Fact, str]],
    evidence: tuple[Evidence, ...],
    is_newest: bool,
) -> Answer:
    told = "，".join(f"{fact.name}：{value}" for fact, value in known)
    if all(fact.is_contact for fact, _ in known):
        when = "" if is_newest or report.year is None else f"{report.year}年报告"
        text = f"{report.publisher or report.title}{when}公布的{told}"
        return Answer(question.text, conversation, "contact", text, "", 1.0, evidence)
    text = told if known[0][1] == report.title else f"{report.title}，{told}"
    return Answer(question.text, conversation, "metadata", text, "", 1.0, evidence)
