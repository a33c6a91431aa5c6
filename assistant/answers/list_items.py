"""The items of an enumeration as published: 一是…；二是…, 第一，…, 1.…, sub-headings, or a run of whole sentences.

One section often holds several things one after another: what was wrong the year before, what is wrong now, what will
be done about it. So a section is first cut into parts by the words that lead over to the next.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.model import Span
from assistant.language import sentences
from assistant.reports.model import Section

PROBLEMS, MEASURES, PAST, OTHER = "problems", "measures", "past", "other"

_FAULT = r"(?:问题|不足|差距|短板|薄弱环节|薄弱之处|弱项|欠缺|困难|缺点)"
# That faults are told from here on: 仍存在三个问题, 主要不足有三条, 差距：.
_TELLS_FAULTS = re.compile(
    rf"(?:存在|有|是|表现|暴露|出现)[^,，。；;]{{0,15}}?{_FAULT}|"
    rf"{_FAULT}(?!整改|改进|解决|得到)[^,，。；;]{{0,10}}?(?:有|是|表现|如下|[:：])"
)
_TELLS_MEASURES = re.compile(
    rf"下一?步|下一年|针对(?:上述|以上|这些|存在|此|[^,，。；;]{{1,20}}{_FAULT})|"
    r"(?:改进|整改)的?(?:工作)?(?:措施|情况|办法|方向|打算)|今后|为此|我们将|[将拟](?:从|重点|着重|继续|进一步)|(?:采取|要采取)[^,，。；;]{0,8}措施"
)
# What an earlier report said (上年报告所列问题, 2019年报告所列三个问题) and has become of it.
_OF_BEFORE = (
    r"(?:年度?)?(?:工作)?(?:报告)?[中里]?所?(?:列出?|提出?|指出|反映|存在)?的?"
    rf"[^,，。；;:：]{{0,8}}?(?:{_FAULT}|措施)"
)
_BEFORE = re.compile(rf"(?:上一?年|去年|(20\d\d)年){_OF_BEFORE}")
_YEAR = re.compile(r"(20\d\d)年")
_TELLS_CONTACT = re.compile(
    r"联系方式|联系(?:单位|地址|电话|我们)|对?本?(?:年度)?报告.{0,20}(?:疑问|意见|建议|咨询)|^公众可"
)
# A sentence's first words say where it leads; what follows a colon or the second comma only fills it in.
_LEAD = re.compile(r"[^,，。；;:：]*(?:[,，][^,，。；;:：]*)?[:：]?")
_STRONG_END = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’』」）)】》\"']*|\n|$)")
_ORDINALS = "一二三四五六七八九十"
_MARKER = re.compile(
    rf"(?:^|(?<=[:：。；;，,！!？?\n]))\s*(?:(?P<is>[{_ORDINALS}])[是要]|第(?P<nth>[{_ORDINALS}])[，,、是:：]|"
    rf"其(?P<of>[{_ORDINALS}])[，,是:：]|[（(](?P<han>[{_ORDINALS}])[）)]|[（(](?P<bracket>[1-9])[）)]|(?P<dot>[1-9])[.．、](?!\d)|"
    r"(?P<circle>[①-⑨])|(?P<first>首先|其次|再次|最后)[，,]|(?P<dash>——))"
)
_CIRCLES = "①②③④⑤⑥⑦⑧⑨"
_SPOKEN = ("首先", "其次", "再次", "最后")


@dataclass(frozen=True)
class Item:
    """One item: where its words stand in the report's text, and where the text that explains it does.

    Attributes:
        span: the item as published; of a heading the heading alone.
        body: what is shown as evidence: the item itself, or the text under the heading.
    """

    span: Span
    body: Span


@dataclass(frozen=True)
class Part:
    """A run of sentences and headings about one thing.

    Attributes:
        about: problems, measures, past or other.
        spans: its sentences.
        headings: those of its sentences that are headings.
    """

    about: str
    spans: tuple[Span, ...]
    headings: frozenset[Span]


def parts(text: str, section: Section, inner: Sequence[Section], about: str, year: int | None) -> list[Part]:
    """A section cut into parts.

    Args:
        text: the report's text.
        section: the section.
        inner: the sections below it.
        about: what its own heading says it is about.
        year: the report's year: what the text says of earlier years is past, of later ones planned.
    """
    found: list[tuple[str, list[Span]]] = [(about, [])]
    headings = {each.start: (each.start, each.start + len(each.heading)) for each in inner}
    for span in _strong_sentences(text, section.start + len(section.heading), section.end, sorted(headings.values())):
        lead = _lead(text[slice(*span)])
        turn = _turn(lead, year) if lead else ""
        if turn and turn != found[-1][0]:
            found.append((turn, []))
        found[-1][1].append(span)
    marks = frozenset(headings.values())
    return [Part(about, tuple(spans), marks & set(spans)) for about, spans in found if spans]


def items(text: str, part: Part) -> tuple[Item, ...]:
    """The part's items in order: sub-headings, else marked items, else its sentences."""
    # A heading that itself says what the part is about (（二）存在的主要问题) is no item of it.
    heads = [span for span in part.spans if span in part.headings and not _turn(text[slice(*span)], None)]
    if len(heads) > 1:
        return tuple(_under_headings(part, heads))
    plain = [span for span in part.spans if span not in part.headings]
    marked = marked_items(text, plain)
    return marked or tuple(Item(span, span) for span in _sentences(text, plain))


def marked_items(text: str, spans: Sequence[Span]) -> tuple[Item, ...]:
    """The items that are marked one by one within a run of sentences; empty where fewer than two are."""
    if not spans:
        return ()
    start, end = spans[0][0], spans[-1][1]
    starts: list[int] = []
    style, last = "", 0
    for match in _MARKER.finditer(text, start, end):
        name, number = _numbered(match)
        if not starts and number == 1:
            style = name
        elif name != style or number != last + 1:
            continue
        starts.append(match.end() - len(match.group().lstrip()))
        last = 0 if name == "dash" else number
    if len(starts) < 2:
        return ()
    # The last item goes as far as its paragraph.
    paragraph = text.find("\n", starts[-1], end)
    ends = [*starts[1:], paragraph if paragraph >= 0 else end]
    found = (_trimmed(text, first, last) for first, last in zip(starts, ends, strict=True))
    return tuple(Item(span, span) for span in found)


def heading_about(heading: str, year: int | None) -> str:
    """What a heading says its section is about; empty where it says neither problems nor measures."""
    past = _BEFORE.search(heading)
    if past and (past[1] is None or (year is not None and int(past[1]) < year)):
        return PAST
    if re.search(_FAULT, heading):
        return PROBLEMS
    return MEASURES if re.search(r"改进|整改|下一?步|打算|(?:工作)?安排|计划|展望", heading) else ""


def _numbered(match: re.Match[str]) -> tuple[str, int]:
    """The marker's style and number; dashes have none and always continue."""
    name = match.lastgroup or ""
    said = match[name]
    if name == "dash":
        return name, 1
    for row in (_ORDINALS, _CIRCLES):
        if said in row:
            return name, row.index(said) + 1
    return name, _SPOKEN.index(said) + 1 if said in _SPOKEN else int(said)


def _turn(lead: str, year: int | None) -> str:
    """What the text is about from these words on; empty where they do not say."""
    if _TELLS_CONTACT.search(lead):
        return OTHER
    before = _BEFORE.search(lead)
    if before and before[1] is not None and (year is None or int(before[1]) >= year):
        before = None
    rest = lead[before.end() :] if before else lead
    faults = [match.start() for match in _TELLS_FAULTS.finditer(rest)]
    planned = [match.start() for match in _TELLS_MEASURES.finditer(rest)]
    planned += [match.start() for match in _YEAR.finditer(rest) if year is not None and int(match[1]) > year]
    if before and not faults:
        return PAST
    if not faults and not planned:
        return ""
    return PROBLEMS if not planned or (faults and faults[-1] > planned[-1]) else MEASURES


def _lead(sentence: str) -> str:
    """The words of a sentence that say what follows: all before its first marked item, else its beginning."""
    marker = _MARKER.search(sentence)
    if marker:
        return sentence[: marker.start()]
    lead = _LEAD.match(sentence)
    return lead.group() if lead else ""


def _strong_sentences(text: str, start: int, end: int, headings: Sequence[Span]) -> Iterator[Span]:
    """Sentences that end with a full stop or a paragraph, and the headings among them, in order."""
    for first, last in [*headings, (end, end)]:
        for match in _STRONG_END.finditer(text, start, first):
            if match.group().strip():
                yield _trimmed(text, *match.span())
        if first < last:
            yield (first, last)
        start = last


def _under_headings(part: Part, heads: Sequence[Span]) -> Iterator[Item]:
    """Each heading with the first sentence under it."""
    for head, end in zip(heads, [*(start for start, _ in heads[1:]), part.spans[-1][1]], strict=True):
        under = [span for span in part.spans if head[1] <= span[0] < end]
        yield Item(head, under[0] if under else head)


def _sentences(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The sentences of a part, statements chained by semicolons apart, without what only leads up to them."""
    for number, (start, end) in enumerate(spans):
        begin = start
        if number == 0:
            lead = _LEAD.match(text, start, end)
            if lead and lead.group().endswith((":", "：")):
                begin = lead.end()
        for first, last in sentences(text[begin:end]):
            yield begin + first, begin + last


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
