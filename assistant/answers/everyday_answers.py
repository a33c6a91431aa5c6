"""When an FAQ entry that the question does not name in its own words is the answer, and when it is only offered."""

import re
from collections.abc import Sequence

from assistant.answers.everyday_faq import EverydayMatch, EverydayMatcher
from assistant.answers.faq import FaqMatch, holds_wanted
from assistant.answers.scope import find_years
from assistant.answers.understanding import Question
from assistant.language import fold_text

# How sure the nearest entry must be to be the answer. Leaving the phrasing out, .87 of what is this sure finds its own
# entry, most others a neighbouring one; of 929 public questions about other things 3 pass.
_SURE = 0.55
# An entry this near is worth a button: 您是不是想问.
_WORTH_OFFERING = 0.1
# How sure an entry near in wording must be in what it is about: 公务员考试成绩怎么查 is near 中考成绩怎么查, and asks
# something else. Of own questions about things the sample FAQ does not hold, four in five fall here; of those it
# holds, one in twenty.
_NOT_UNLIKELY = 0.35
# All but a slip or a particle of an entry's own phrasing needs no second opinion.
_OWN_WORDING = 0.95
# Of a year's report, not of how something is done.
# Who has a child to enrol this year asks for no report of this year (孙女今年满六岁，怎么报名).
_THIS_YEAR = re.compile("[今明]年")
_YEAR = re.compile(r"\d{4}年")
_OF_A_YEAR = re.compile(r"[去前]年|上一?年|近[几两三四五]年|历年")


def everyday_matches(question: Question, matcher: EverydayMatcher) -> list[EverydayMatch]:
    """The entries near enough to be offered, nearest first; none to a question about a year, which reports answer."""
    folded = question.folded
    if _THIS_YEAR.search(fold_text(question.text)) and len(question.scope.years) == 1:
        folded = _YEAR.sub("今年", folded)
    if find_years(folded) or _OF_A_YEAR.search(folded):
        return []
    near = matcher.nearest(folded, question.names)
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
    """Whether an entry that is near in wording or sound is also about what was asked about."""
    if match.wording >= _OWN_WORDING:
        return True
    near = matcher.nearest(question.folded, question.names)
    return any(each.entry.id == match.entry.id and each.sureness >= _NOT_UNLIKELY for each in near)
