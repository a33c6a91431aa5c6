"""Yes or no: whether the body was sued, lost a case, was asked to reconsider, or took fees.

Citizens ask for these in everyday words (打官司, 告到法院, 要钱) that no report uses; each report tells them in one
sentence, often as 没有 or 未发生. That sentence is the answer; no 是 or 否 is made of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.evidence import Sought
from assistant.answers.library import Shelf
from assistant.answers.meant import report_meant
from assistant.answers.model import Answer, Evidence, Span, source_of
from assistant.answers.names import missing_names
from assistant.answers.scope import without_scope
from assistant.answers.understanding import Question
from assistant.language import fold_text, sentences
from assistant.store import Store, StoredPassage, StoredReport

_YES_NO = re.compile(
    r"有没有|有无|没有[?]?$|[吗么没][?]?$|吗[,?]|是否|是不是|会不会|要不要|(.)没\1|(.)不\2|还是|没有[,?]|过没|(?:钱|费)没"
)


@dataclass(frozen=True)
class _Matter:
    """Something that every report tells about.

    Attributes:
        asked: how it is asked about.
        told: what a sentence about it holds.
        first: what a sentence that decides more narrowly holds (败诉 for who asks whether a case was lost).
    """

    asked: re.Pattern[str]
    told: re.Pattern[str]
    first: re.Pattern[str] | None = None


_SUED = (
    r"官司|告上|告到|被[^,。?]{0,6}告(?!知|诉)|告过?[^,。?知诉]{0,8}(?:法院|法庭)|起诉|被诉|应诉|诉讼|"
    r"(?<![通公报广警布转预宣])告(?:过|了)?[^,。?知诉示]{0,6}(?:局|政府|机关|委|部门|单位|你们)"
)
_MATTERS = (
    _Matter(
        re.compile(rf"(?:{_SUED})[^。?]{{0,20}}(?:输|赢|败|胜)|(?:输|赢|败|胜)[^。?]{{0,10}}(?:{_SUED})|败诉|胜诉"),
        re.compile("诉讼|起诉|败诉|胜诉|诉讼请求"),
        re.compile("败诉|胜诉|驳回|诉讼请求"),
    ),
    _Matter(re.compile(_SUED), re.compile("诉讼|起诉")),
    _Matter(re.compile("复议"), re.compile("复议")),
    _Matter(
        re.compile(
            r"要钱|(?<!乱)[收花交](?:[没不][收花交])?[过了]?(?:任何|什么|公开|信息|处理|群众|老百姓|市民|申请人|人家?|的)*[钱费]|(?<!乱)收费|免费"
        ),
        re.compile(r"收取|收费|免费|免收|费用|(?:信息)?处理费"),
    ),
)
# The least share of the topic's words that the sentence and what stands before it hold.
_HOLDS_TOPIC = 0.4
# A sentence decides when it says that nothing happened, or how often or how much.
_DECIDES = re.compile(
    r"没有|未|无(?!法|关|障碍)|零|不收|不再|停止|免费|免收|全免|\d[\d.,]*[万余多]*(?:件|起|次|例|元|宗)"
)
_NOTHING = re.compile(r"没有|未|无(?!法|关|障碍)|为零|零|免费|免收")
# What belongs to every question of this kind, beside the matter itself.
_FILLER = re.compile(
    r"政府信息公开|信息公开|政务公开|依申请公开|申请公开|公开申请|公开|信息|申请|政府|工作|报告|年报|怎么说|咋说|有没有|没有|有人|有无|人家|别人|老百姓|群众|"
    r"结果|还是|因为|是否|是不是|会不会|要不要|你好|您好|喂|我想|请问|问|想|知道|说|讲|提到|写|里面?|中|上|全年|一年|那年|年|这|那个?|就是|事情?|情况|"
    r"的|了|过|吗|么|没|呢|啊|呀|吧|被|把|给|向|跟|找|到|去|来|和|与|因|为|有|是|都|也|要|会|能|就|人|再|又|谁|什么|啥|哪|或者|或|及|提起|行政|任何|"
    r"法院|法庭|\W"
)


class Deciding:
    """Answers yes-or-no questions about what every report tells.

    Args:
        store: where the reports are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def answer(self, question: Question, conversation: str, shelf: Shelf) -> Answer | None:
        """The sentence that decides, with its place; None where no such question is asked or none decides it."""
        matter = _asked(question.folded)
        summary = report_meant(question.scope.years, question.scope.publishers, shelf) if matter else None
        report = self._store.report(summary.id) if summary else None
        if matter is None or report is None:
            return None
        topic = _topic(question, matter)
        told = [each for each in _told(report, matter) if _is_about(report, each, topic, question.names)]
        best = max(told, key=lambda each: _fit(each, matter), default=None)
        if best is None:
            return None
        passage, span = best.passage, best.span
        evidence = Evidence(
            report=source_of(report.summary),
            section=passage.section_path,
            passage=passage.text,
            start=passage.start,
            sentence=span,
            highlights=(span,),
            score=1.0,
            anchor=passage.anchor,
            recognised=passage.recognised,
        )
        text = " ".join(passage.text[slice(*span)].split()).rstrip("，,；;")
        return Answer(question.text, conversation, "passage", text, "", 1.0, (evidence,))


@dataclass(frozen=True)
class _Told:
    """A sentence about the matter, folded, with what stands before it in its passage."""

    passage: StoredPassage
    span: Span
    text: str
    before: str


def _asked(folded: str) -> _Matter | None:
    if not _YES_NO.search(folded):
        return None
    return next((matter for matter in _MATTERS if matter.asked.search(folded)), None)


def _topic(question: Question, matter: _Matter) -> tuple[str, ...]:
    """The words that name a topic of its own (电动车上牌): what is left when the matter and the fillers are gone."""
    rest = without_scope(question.folded, question.scope)
    left = _FILLER.sub(" ", matter.asked.sub(" ", rest))
    words = [word for word in question.content.words if len(word) > 1 and word in left]
    return tuple(word for word in words if not any(word != other and word in other for other in words))


def _told(report: StoredReport, matter: _Matter) -> Iterator[_Told]:
    """The sentences of the report that say something of the matter and decide it."""
    for passage in report.passages:
        if not matter.told.search(passage.text):
            continue
        for start, end in sentences(passage.text):
            text = fold_text(passage.text[start:end])
            if matter.told.search(text) and _DECIDES.search(text):
                yield _Told(passage, (start, end), text, fold_text(passage.text[:start]))


def _is_about(report: StoredReport, told: _Told, topic: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the sentence is about the topic asked for; without one, about the body's disclosure of information."""
    heading = fold_text("\n".join(told.passage.section_path))
    if topic:
        around = f"{heading}\n{told.before}{told.text}"
        held = sum(Sought(word, 1.0).presence(around) for word in topic)
        return held >= _HOLDS_TOPIC * len(topic) and not missing_names(names, around)
    title = fold_text(report.summary.title)
    return not missing_names(names, f"{title}\n{heading}\n{told.text}") and (
        re.search("公开|复议|诉讼|收费|处理费", heading + told.text) is not None
    )


def _fit(told: _Told, matter: _Matter) -> tuple[int, ...]:
    """What speaks for a sentence: the narrower word, the heading, that it is prose, that it says none at all."""
    heading = fold_text("\n".join(told.passage.section_path[-1:]))
    return (
        bool(matter.first and matter.first.search(told.text)),
        not re.search(r"总计|：|:", told.text),
        "公开" in told.text,
        bool(matter.told.search(heading)),
        bool(_NOTHING.search(told.text)),
        -told.passage.start,
    )
