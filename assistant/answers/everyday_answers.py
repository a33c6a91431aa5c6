"""When an FAQ entry that the question does not name in its own words is the answer, and when it is only offered."""

import re
from dataclasses import dataclass
from functools import cached_property

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


@dataclass(frozen=True)
class EverydayEntries:
    """The entries that a question asked in everyday words may mean; looked for once, when first needed.

    Attributes:
        question: the question.
        matcher: the entries.
    """

    question: Question
    matcher: EverydayMatcher

    @cached_property
    def _whole(self) -> list[EverydayMatch]:
        return self.matcher.nearest(self.question.folded, self.question.names)

    @cached_property
    def offered(self) -> list[EverydayMatch]:
        """Those near enough to be offered, nearest first; none to a question about a year, which reports answer."""
        question, of_a_story = self.question, False
        if question.scope.years:
            of_a_story = "今年" in question.text and question.wanted.kind in _OF_A_STORY
            if not of_a_story:
                return []
        asked = _THIS_YEAR.sub("", question.folded) if of_a_story else question.folded
        if _OF_A_YEAR.search(asked):
            return []
        near = self.matcher.nearest(asked, question.names) if of_a_story else self._whole
        return [match for match in near if match.sureness >= _WORTH_OFFERING]

    def surely_asked(self) -> FaqMatch | None:
        """The nearest where it surely is what was asked, of the body asked and with the kind of thing asked for."""
        if not self.offered or self.offered[0].sureness < _SURE:
            return None
        entry = self.offered[0].entry
        bodies = self.question.scope.publishers
        if bodies and entry.publisher and entry.publisher not in bodies:
            return None
        match = FaqMatch(entry, 0.0, self.offered[0].sureness)
        return match if holds_wanted(self.question.wanted, match) else None

    def is_about(self, match: FaqMatch) -> bool:
        """Whether an entry that is near in wording or sound is also about what was asked about.

        One that words the same and holds all that is asked is, though what it is about is what many entries are about.
        """
        if match.wording >= _OWN_WORDING:
            return True
        words_the_same = same_wording([match])
        return any(
            each.likelihood >= _NOT_UNLIKELY
            and (not each.is_of_another or (words_the_same and each.signs.cover >= _HOLDS_ALL))
            for each in self._whole
            if each.entry.id == match.entry.id
        )
