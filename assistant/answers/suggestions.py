"""Questions to offer: what the corpus can surely answer, each a sensible question by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answers.faq import FaqMatch
from assistant.answers.finding import Found
from assistant.answers.library import Shelf
from assistant.answers.offering import section_question
from assistant.answers.typed_index import TypedIndex, plain_form

_OFFERED = 3
# An FAQ question less near than this has nothing to do with what was asked. Being offered asks less than answering:
# a wrong button costs a glance.
_RELATED = 0.2
# Of the newest reports so many are looked at for what to ask where the FAQ is empty.
_OPENING_REPORTS = 3
# What a report that is read answers goes before what goes as well by this much.
_OWN = 0.1


def popular_questions(shelf: Shelf, limit: int = _OFFERED) -> tuple[str, ...]:
    """The first FAQ questions, as staff put first what is asked most; then what the newest reports answer."""
    asked = [entry.question for entry in shelf.faq.entries[:limit]]
    if len(asked) < limit:
        asked += _in_turns([shelf.read_questions(report) for report in shelf.newest[:_OPENING_REPORTS]])
    return tuple(dict.fromkeys(asked))[:limit]


def related_questions(shelf: Shelf, matches: Sequence[FaqMatch], found: Sequence[Found]) -> tuple[str, ...]:
    """Near FAQ questions, then what the sections that candidates stand in tell; popular ones where there are none."""
    near = [match.entry.question for match in matches if match.nearness >= _RELATED]
    headings = ((each.report, heading) for each in found for heading in reversed(each.passage.section_path))
    sections = [question for report, heading in headings if (question := section_question(report, heading))]
    return tuple(dict.fromkeys([*near, *sections]))[:_OFFERED] or popular_questions(shelf)


def typed_suggestions(typed: str, shelf: Shelf, limit: int, report_id: str = "") -> list[str]:
    """Questions of the FAQ and about the reports that go with what has been typed, in characters or in pinyin.

    Where a report is read, its own come first; for nothing typed they are all there is, if it has any.
    """
    report = shelf.reports.get(report_id)
    own = shelf.read_questions(report) if report else ()
    if not plain_form(typed):
        return list(own or popular_questions(shelf, limit))[:limit]
    found = [*shelf.faq.typed.find(typed, limit), *shelf.typed.find(typed, limit)]
    if own:
        found += (replace(each, score=each.score + _OWN) for each in TypedIndex(own).find(typed, limit))
    # Of those that go equally well staff's own questions stand first, for they come first in the list.
    found.sort(key=lambda each: -round(each.score, 2))
    return list(dict.fromkeys(each.question for each in found))[:limit]


def _in_turns(lists: Sequence[Sequence[str]]) -> Iterator[str]:
    for turn in range(max(map(len, lists), default=0)):
        yield from (each[turn] for each in lists if turn < len(each))
