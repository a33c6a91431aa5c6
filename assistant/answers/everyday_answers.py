"""When an FAQ entry that the question does not name in its own words is the answer, and when it is only offered."""

import re
from collections.abc import Sequence

from assistant.answers.everyday_faq import EverydayMatch, EverydayMatcher
from assistant.answers.faq import FaqMatch, holds_wanted, same_wording
from assistant.answers.understanding import Question

# How sure the nearest entry must be to be the answer; docs/confidence.md shows what other values would give.
_SURE = 0.5
# An entry this near is worth a button: 您是不是想问.
_WORTH_OFFERING = 0.1
# How sure an entry near in wording must be in what it is about: 公务员考试成绩怎么查 is near 中考成绩怎么查, and asks
# something else.
_NOT_UNLIKELY = 0.45
# All but a slip or a particle of an entry's own phrasing needs no second opinion.
_OWN_WORDING = 0.95
# An entry that holds so much of the question's weight lacks nothing of it.
_HOLDS_ALL = 0.95
# Kinds of questions that a story about this year (孩子今年六岁了) may ask.
_OF_A_STORY = frozenset({"passage", "yes or no"})
_THIS_YEAR = re.compile(r"\d{4}年")
# Of a year's report, not of how something is done.
_OF_A_YEAR = re.compile(r"[去前]年|上一?年|近[几两三四五]年|历年")


def everyday_matches(question: Question, matcher: EverydayMatcher) -> list[EverydayMatch]:
    """The entries near enough to be offered, nearest first; none to a question about a year, which reports answer."""
    asked = question.folded
    if question.scope.years:
        if "今年" not in question.text or question.wanted.kind not in _OF_A_STORY:
            return []
        asked = _THIS_YEAR.sub("", asked)
    if _OF_A_YEAR.search(asked):
        return []
    near = matcher.nearest(asked, question.names)
    return [match for match in near if match.sureness >= _WORTH_OFFERING]


def surely_asked(question: Question, near: Sequence[EverydayMatch]) -> FaqMatch | None:
    """The nearest entry where it surely is what was asked, of the body asked and with the kind of thing asked for."""
    if not near or near[0].sureness < _SURE:
        return None
    entry = near[0].entry
    bodies = question.scope.publishers
    if bodies and entry.publisher and entry.publisher not in bodies:
        return None
    match = FaqMatch(entry, 0.0, near[0].sureness)
    return match if holds_wanted(question.wanted, match) else None


def is_about(question: Question, match: FaqMatch, matcher: EverydayMatcher) -> bool:
    """Whether an entry that is near in wording or sound is also about what was asked about.

    One that words the same and holds all that is asked is, though what it is about is what many entries are about.
    """
    if match.wording >= _OWN_WORDING:
        return True
    words_the_same = same_wording([match])
    near = [each for each in matcher.nearest(question.folded, question.names) if each.entry.id == match.entry.id]
    return any(
        each.likelihood >= _NOT_UNLIKELY
        and (not each.is_of_another or (words_the_same and each.signs.cover >= _HOLDS_ALL))
        for each in near
    )
