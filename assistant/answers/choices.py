"""Buttons for a question that leaves open whose or of when: the same question of the other bodies and years."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from assistant.answers.finding import Found
from assistant.answers.library import Shelf
from assistant.answers.model import Answer
from assistant.answers.understanding import Question

# Buttons for bodies and for years; more would push out what else can be asked.
_BODIES = 2
_YEARS = 2
# Where nothing was found, so many bodies' questions are asked to see whether they have an answer.
_TRIED = 3
# Where nothing was found, bodies are offered only while they are few enough to choose from.
_FEW_BODIES = 6
# A longer question, one of several clauses, one that tells of the citizen or points at something (这份报告) makes no
# sense behind a body's name.
_LONGEST = 30
_STORY = re.compile(r"[,，。;；!！:：\n]|[?？].|[我俺咱您你]|请问|麻烦|[这那该本][份个家篇]|[本该](?:报告|局|单位)")
_NUMBERS = frozenset({"amount", "list", "who", "yes or no", "reason"})


def choices(
    question: Question, answer: Answer, shelf: Shelf, found: Sequence[Found], is_answered: Callable[[str], bool]
) -> tuple[str, ...]:
    """The same question of the bodies, then of the years, that it may mean as well; empty where it names both.

    Nor for what is no plain question: 教育局我家孩子上学要几年社保 is none that anybody would ask. Where the question
    has no answer by itself, only those are offered of which ``is_answered`` says that they have one.
    """
    scope = question.scope
    if len(question.folded) > _LONGEST or _STORY.search(question.folded):
        return ()
    if (scope.publishers and scope.years) or question.wanted.kind not in _NUMBERS or question.names:
        return ()
    shown = answer.evidence[0].report if answer.evidence else None
    offered: list[str] = []
    if not scope.publishers and len(shelf.reports_of) > 1:
        own = shown.publisher if shown else ""
        of_bodies: Iterator[str] = (f"{body}{question.folded}" for body in _bodies(shelf, found, own))
        if shown is None:
            of_bodies = filter(is_answered, islice(of_bodies, _TRIED))
        offered += islice(of_bodies, _BODIES)
    if not scope.years and shown is not None:
        body = "" if scope.publishers else shown.publisher
        years = {report.year for report in shelf.reports_of.get(shown.publisher, ()) if report.year is not None}
        other = sorted(years - {shown.year or 0}, reverse=True)[:_YEARS]
        offered += [f"{year}年{body}{question.folded}" for year in other]
    return tuple(offered)


def _bodies(shelf: Shelf, found: Sequence[Found], but: str) -> list[str]:
    """Other bodies whose reports speak of what was asked, the nearest first; all bodies where those are few."""
    near = [each.report.publisher for each in found if each.report.publisher]
    every = sorted(shelf.reports_of) if len(shelf.reports_of) <= _FEW_BODIES else []
    return [body for body in dict.fromkeys((*near, *every)) if body != but]
