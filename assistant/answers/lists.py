"""Answers that list: which problems there are, what is done about them, how something was gone about.

The items are those that the report itself enumerates, whole and in its order; nothing is put together that it does not
put together. A question that names a topic (哪些措施拓展渠道) is answered from a section whose heading names it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.library import Shelf
from assistant.answers.list_items import (
    MEASURES,
    OTHER,
    PROBLEMS,
    Item,
    Part,
    heading_about,
    items,
    marked_items,
    parts,
)
from assistant.answers.meant import report_meant
from assistant.answers.model import Answer, Evidence, Span, source_of
from assistant.answers.scope import without_scope
from assistant.answers.understanding import Question
from assistant.language import clauses, fold_text, sentences
from assistant.reports.model import Section
from assistant.store import Store, StoredPassage, StoredReport

# Items said in full take a screen of a telephone at most; longer ones are said by how they begin.
_WHOLE = 420
_BEGINNING = 60
# More items than any report enumerates at once.
_MOST_ITEMS = 15

_FAULTS = r"问题|不足|毛病|短板|薄弱环节|薄弱|差距|缺点|弱项|欠缺|困难|没做好|做得不(?:够)?好"
_PLANS = (
    r"下一?步|打算|计划|整改|改进|改正|今后|以后|(?:怎么|咋|如何)改|"
    r"(?:要|准备)(?:重点|着重)?(?:抓好?|做好?|干)(?=[哪什啥几])"
)
_WAYS = r"做法|举措|措施|经验|亮点|办法"
_MATTER = re.compile(rf"{_FAULTS}|{_PLANS}|{_WAYS}")
_GATE = re.compile(rf"{_FAULTS}|{_PLANS}|{_WAYS}|哪些|哪几")
_PLAN = re.compile(_PLANS)
_FAULT = re.compile(_FAULTS)
_WAY = re.compile(_WAYS)
_PRACTICE = re.compile("做法|经验|亮点")
_BOTH = re.compile(rf"(?:{_FAULTS})(?:以及|和|及|与|跟|、|还有)的?(?:{_PLANS}|{_WAYS})")
# Words that ask, or that any report's section of this kind could be asked by.
_FILLER = re.compile(
    r"政府信息公开|信息公开|政务公开|警务公开|校务公开|政府信息|公开|工作|报告|年报|年度|存在|主要|重点|自己|自我|自身|自查|查找|查摆|查出|找|查|发现|列|出来?|"
    r"暴露|承认|觉得|认为|说一?说|讲一?讲|说|讲|提到?|写|里面?|当中|其中|中|上|目前|当前|现在|如今|仍然?|还|哪些|哪几|哪|什么|啥|几|多少|怎么样?|咋|说一说|如何|怎样|有没有|有|是|"
    r"的|了|过|吗|呢|啊|呀|吧|给我|一下|请问?|我想|想|知道|告诉|问|方面|地方|事情?|情况|内容|个|条|项|点|些|要|需要|待|解决|采取|针对|对于?|上述|以上|这些|"
    r"那个?|这个?|那年|那会儿?|时候|年|都|各|着|到|来|去|和|与|及|以及|进行|抓好?|做好?|干|件|环节|将|会|能|可以|进一步|具体|详细|全部|所有|大概|分别|一共|就|把|从|"
    r"您|你们?|他们?|它们?|我|\W"
)
_RELATIVE = re.compile(r"去年|前年|今年|上一?年|近[几两三二]年|历年")
_WANTED = frozenset({"list", "passage"})


@dataclass(frozen=True)
class _Asked:
    """What a question wants listed.

    Attributes:
        about: the parts of a section that are meant, in order; empty where the section is named by its topic.
        topic: words that the heading must hold.
    """

    about: tuple[str, ...]
    topic: tuple[str, ...]


class ListAnswers:
    """Answers questions that want a list.

    Args:
        store: where the reports are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def answer(self, question: Question, conversation: str, shelf: Shelf) -> Answer | None:
        """The items with the places where they are printed; None where no list is wanted or none is clearly meant."""
        if question.wanted.kind not in _WANTED or not _GATE.search(question.folded):
            return None
        asked = _asked(question)
        summary = report_meant(_years(question, asked), question.scope.publishers, shelf) if asked else None
        report = self._store.report(summary.id) if summary else None
        if asked is None or report is None:
            return None
        found = _topical(report, asked) if asked.topic else _general(report, asked)
        evidence = tuple(_evidence(report, found)) if found else ()
        if not evidence:
            return None
        return Answer(question.text, conversation, "list", _text(report, found), "", 1.0, evidence)


def _asked(question: Question) -> _Asked | None:
    folded = question.folded
    matter = _MATTER.search(folded) is not None
    left = _left(without_scope(folded, question.scope))
    topic = tuple(word for word in question.content.words if len(word) > 1 and word in left)
    if topic:
        names_much = sum(map(len, topic)) >= 4
        return _Asked((), topic) if question.wanted.kind == "list" and (matter or names_much) else None
    if not matter or (_RELATIVE.search(folded) and not question.scope.years):
        return None
    if _BOTH.search(folded):
        return _Asked((PROBLEMS, MEASURES), ())
    if _PRACTICE.search(folded):
        return _Asked((), ("做法",))
    return _Asked((MEASURES,) if _PLAN.search(folded) or not _FAULT.search(folded) else (PROBLEMS,), ())


def _left(rest: str) -> str:
    """What is left of a question when all is taken away that only asks for a list or belongs to every report."""
    for pattern in (_FAULT, _PLAN, _WAY, _FILLER):
        rest = pattern.sub(" ", rest)
    return rest


def _years(question: Question, asked: _Asked | None) -> frozenset[int]:
    """The years whose report is meant: what the report of one year plans for the next is asked by both."""
    years = question.scope.years
    planned = asked is not None and MEASURES in asked.about
    if planned and len(years) == 2 and max(years) - min(years) == 1:
        return frozenset({min(years)})
    return years


def _general(report: StoredReport, asked: _Asked) -> tuple[Item, ...]:
    """The problems or measures of the section whose heading says that it holds them."""
    year = report.summary.year
    found: tuple[Item, ...] = ()
    for about in asked.about:
        for section in _outermost(report.sections, year):
            start = heading_about(section.heading, year)
            told = parts(report.text, section, _inner(report, section), start, year)
            ready = [each for part in told if part.about == about for each in items(report.text, part)]
            if ready:
                found += tuple(ready)
                break
    return found


def _outermost(sections: Sequence[Section], year: int | None) -> Iterator[Section]:
    """Sections about problems or measures that are in no other such section, the last first: reports end with them."""
    found: list[Section] = []
    for section in sections:
        outside = not found or section.start >= found[-1].end
        if section.level and outside and heading_about(section.heading, year) in (PROBLEMS, MEASURES):
            found.append(section)
    return reversed(found)


def _topical(report: StoredReport, asked: _Asked) -> tuple[Item, ...]:
    """The items of the smallest section whose own heading holds every word of the topic."""
    fits = [
        section
        for section in report.sections
        if section.level and all(word in fold_text(section.heading) for word in asked.topic)
    ]
    for section in sorted(fits, key=lambda each: each.end - each.start):
        told = parts(report.text, section, _inner(report, section), OTHER, None)
        spans = tuple(span for part in told for span in part.spans)
        headings = frozenset().union(*(part.headings for part in told))
        plain = [span for span in spans if span not in headings]
        whole = Part(OTHER, spans, headings)
        found = items(report.text, whole) if len(headings) > 1 else marked_items(report.text, plain)
        if found:
            return found
    return ()


def _inner(report: StoredReport, section: Section) -> list[Section]:
    """The sections one level below."""
    inside = [each for each in report.sections if section.start < each.start and each.end <= section.end]
    level = min((each.level for each in inside), default=0)
    return [each for each in inside if each.level == level]


def _evidence(report: StoredReport, found: Sequence[Item]) -> Iterator[Evidence]:
    """Each passage that holds items, with the items marked in it."""
    for passage in report.passages:
        spans = [
            (max(start, passage.start) - passage.start, min(end, passage.end) - passage.start)
            for start, end in (each.body for each in found[:_MOST_ITEMS])
            if start < passage.end and passage.start < end
        ]
        if spans:
            yield _marked(report, passage, spans)


def _marked(report: StoredReport, passage: StoredPassage, spans: Sequence[Span]) -> Evidence:
    return Evidence(
        report=source_of(report.summary),
        section=passage.section_path,
        passage=passage.text,
        start=passage.start,
        sentence=(spans[0][0], spans[-1][1]),
        highlights=tuple(spans),
        score=1.0,
        anchor=passage.anchor,
        recognised=passage.recognised,
    )


def _text(report: StoredReport, found: Sequence[Item]) -> str:
    """The items one a line, each whole or, where they are long, by how it begins."""
    said = [" ".join(report.text[slice(*each.span)].split()) for each in found[:_MOST_ITEMS]]
    if sum(map(len, said)) > _WHOLE:
        said = [_beginning(each) for each in said]
    summary = report.summary
    year = f"{summary.year}年" if summary.year else ""
    more = "\n……" if len(found) > _MOST_ITEMS else ""
    return f"{summary.publisher}{year}报告：\n" + "\n".join(said) + more


def _beginning(item: str) -> str:
    """The first sentence of an item, or of a long one its first clauses; …… says that it goes on."""
    first, last = next(iter(sentences(item)), (0, len(item)))
    end = last
    if last - first > _BEGINNING:
        ends = [stop for _, stop in clauses(item, first, last) if stop <= _BEGINNING]
        end = ends[-1] if ends else _BEGINNING
    return item if end >= len(item) else item[:end].rstrip("，,；;。") + "……"
