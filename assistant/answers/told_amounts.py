"""Numbers told in prose, where neither a figure nor a passage by its words was surely meant.

Citizens tell what happened and ask for a number of it (临泽下大暴雨那年，微博五天里发了多少条消息): many words, of
which the figure's own name holds few. So the one report that is named is read sentence by sentence, as for why and
when. A number answers only if its sentences hold most of what is told, if it is counted in the very measure that is
asked for, and if it is the only such number there, or the only one that the asked words lead up to.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers.asked_for import VERB, CloseReading
from assistant.answers.counting import counts_flow, flows, is_former
from assistant.answers.everyday import stands
from assistant.answers.evidence import Sought, cover
from assistant.answers.library import Shelf
from assistant.answers.meant import only_body
from assistant.answers.model import Answer, Span
from assistant.answers.telling import Telling, Told, told_answer
from assistant.answers.telling_kinds import Kind
from assistant.answers.telling_words import SUBSTANCE, Matter
from assistant.answers.things import find_amounts, is_compared
from assistant.answers.understanding import Question
from assistant.language import fold, fold_text
from assistant.language.measures import LENGTHS, MEASURES, MONEY

_ASKED = re.compile(rf"(?:多少|几)({MEASURES}|钱)")
_HOW_LONG = re.compile(r"多长时间|多久")
# Says nothing of what is counted, so that must stand right before the number.
_OF_ANYTHING = "个"
_PEOPLE = frozenset("人 名 位".split())
# What leads up to a number begins behind the last of these.
_BREAK = re.compile(r"[,，、;；:：。]")
_CLAUSE = re.compile(r"[,，;；:：。]")
# 第一次 says which one, 15日 which day.
_WHICH = re.compile(r"第|[\d一二三四五六七八九十]{1,3}日$")
# What else numerals and measures say together.
_IDIOM = re.compile(r"十分(?!钟)|百分(?=之)|一次(?=性)|一部(?=分)|一起(?!案)")
# 组织一次培训 is hardly a count of them, 组织培训一次 is.
_ARTICLE = re.compile(rf"一(?:{MEASURES})次?")
_CLAUSE_ENDS = (*",，、;；:：。)） ", "")
_KIND = Kind("amount", re.compile(""), re.compile(rf"\d|[一二两三四五六七八九十百千](?:{MEASURES})"), None, 2, 0.55)
# The most that a verb of one character weighs beside what was told.
_A_VERB = 1.0
# How much of the question several sentences hold at least: they may be of several matters.
_LEAST_OVER_SENTENCES = 0.8
# So many things named are hardly told of together but where they are told of.
_SEVERAL = 3
# How much surer the telling sentences must be than any others that tell another number of the measure.
_MARGIN = 0.1


class ToldAmounts:
    """Answers with a number that a report's prose tells.

    Args:
        telling: reads the report that a question names.
        closely: puts the question's everyday words as reports write them.
    """

    def __init__(self, telling: Telling, closely: CloseReading) -> None:
        self._telling = telling
        self._closely = closely

    def answer(self, question: Question, conversation: str, shelf: Shelf) -> Answer | None:
        """The sentences that tell the number; None where none is asked for in a measure, or another may be meant."""
        measures = _asked_measures(question.folded)
        if question.wanted.kind != "amount" or question.wanted.change or not measures:
            return None
        sought = tuple(map(_verbs_less, self._closely.read(question).sought))
        own = question.scope.publishers or only_body(question, shelf)
        told = self._telling.told(question, _KIND, Matter(sought, (), ()), shelf)
        ranked = [each for each in told if not own or each.report.publisher in own]
        marked = [(each, marks) for each in ranked if (marks := _marks(question, sought, each, measures))]
        if not marked:
            return None
        best, marks = marked[0]
        if best.span != best.telling and best.cover < _LEAST_OVER_SENTENCES:
            return None
        if (
            ranked[0].score - best.score > _MARGIN
            or not _is_named(sought, best, marks)
            or any(_rivals(each, best) for each, _ in marked[1:])
        ):
            return None
        return told_answer(question, conversation, best, marks)


def _verbs_less(each: Sought) -> Sought:
    return replace(each, weight=min(each.weight, _A_VERB)) if VERB.fullmatch(each.word) else each


def _asked_measures(folded: str) -> list[frozenset[str]]:
    """For each number that is asked for the measures that answer it."""
    asked = [_answering(measure) for measure in _ASKED.findall(folded)]
    return [*asked, LENGTHS] if _HOW_LONG.search(folded) else asked


def _answering(measure: str) -> frozenset[str]:
    if measure == "钱":
        return MONEY
    return _PEOPLE if measure in _PEOPLE else frozenset({measure})


def _is_named(sought: Sequence[Sought], told: Told, marks: Sequence[Span]) -> bool:
    """Whether the sentences name enough of what is asked: several things, or all of them where the number is told."""
    of_substance = [each for each in sought if each.weight >= SUBSTANCE]
    text = told.passage.text
    run, telling = fold_text(text[slice(*told.span)]), fold_text(text[slice(*told.telling)])
    if sum(each.presence(run) == 1.0 for each in of_substance) >= _SEVERAL:
        return True
    lead = _BREAK.split(fold_text(text[told.telling[0] : marks[0][0]]))[-1]
    named = any(each.presence(lead) == 1.0 for each in of_substance)
    return named and all(each.presence(telling) == 1.0 for each in sought)


def _rivals(told: Told, best: Told) -> bool:
    """Whether another sentence may be meant as well."""
    is_same = told.passage.id == best.passage.id and told.telling == best.telling
    return not is_same and best.score - told.score < _MARGIN


def _marks(
    question: Question, sought: Sequence[Sought], told: Told, measures: Sequence[frozenset[str]]
) -> tuple[Span, ...]:
    """Where the numbers asked for stand in the passage; nothing where one of them is not plainly told."""
    start, end = told.span
    run = fold(told.passage.text[start:end])
    amounts = [_amount(run.text, span) for span in _joined(find_amounts(run.text)) if not _is_no_count(run.text, span)]
    plain = [each for each in amounts if not each.is_compared and _is_of(question, each)]
    marks = []
    for asked in measures:
        of_measure = [each for each in plain if each.measure in asked]
        if _OF_ANYTHING in asked:
            of_measure = [each for each in of_measure if _counts_asked(each, sought)]
        one = _only(of_measure, sought)
        if one is None:
            return ()
        first, last = run.span(*one.span)
        marks.append((start + first, start + last))
    within = told.telling
    return tuple(sorted(marks)) if all(within[0] <= first and last <= within[1] for first, last in marks) else ()


def _joined(spans: Sequence[Span]) -> list[Span]:
    """The spans with those that follow each other at once made one: 3小时20分钟."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_no_count(text: str, span: Span) -> bool:
    said = text[slice(*span)]
    is_article = _ARTICLE.fullmatch(said) is not None and text[span[1] : span[1] + 1] not in _CLAUSE_ENDS
    return is_article or bool(_WHICH.match(said) or _IDIOM.match(text, span[0]))


@dataclass(frozen=True)
class _Amount:
    """A number of a run of sentences.

    Attributes:
        span: its place in the run.
        measure: what it is counted in.
        before: all that stands before it.
        lead: what leads up to it, behind the last comma or the like.
        clause: its clause so far.
        is_compared: whether it only compares, or was before a change.
    """

    span: Span
    measure: str
    before: str
    lead: str
    clause: str
    is_compared: bool


def _amount(text: str, span: Span) -> _Amount:
    before = text[: span[0]]
    measure = re.search(rf"(?:{MEASURES})$", text[slice(*span)])
    lead, clause = _BREAK.split(before)[-1], _CLAUSE.split(before)[-1]
    compares = is_compared(before) or is_former(text, span)
    return _Amount(span, measure.group() if measure else "", before, lead, clause, compares)


def _is_of(question: Question, amount: _Amount) -> bool:
    """Whether what leads up to the number speaks of nothing that excludes what is asked, and of no more beside it.

    全年通过网站、微信、微博公开4480条 is no answer to how many 微博 there were.
    """
    asked, said = stands(question.folded), stands(amount.clause)
    places = {place for place, _ in asked}
    opposed = any(place in places and (place, side) not in asked for place, side in said)
    return not opposed and not counts_flow(question.folded, flows(amount.lead))


def _counts_asked(amount: _Amount, sought: Sequence[Sought]) -> bool:
    """Whether something that is asked about stands right before the number."""
    return any(amount.lead.endswith((each.word, *each.others)) for each in sought)


def _only(amounts: Sequence[_Amount], sought: Sequence[Sought]) -> _Amount | None:
    """The one amount; of several the one before which all that is asked was named, and that most of it leads up to.

    A sentence names its matter once and then counts parts of it: 收到申请28件，其中网络19件、信函7件.
    """
    named = [round(cover(sought, each.before), 3) for each in amounts]
    whole = [each for each, much in zip(amounts, named, strict=True) if much == max(named)]
    if len(amounts) == 1 or not whole:
        return next(iter(amounts), None)
    leads = sorted((round(cover(sought, each.lead), 3) for each in whole), reverse=True)
    if len(leads) > 1 and leads[0] == leads[1]:
        return None
    return max(whole, key=lambda each: cover(sought, each.lead))
