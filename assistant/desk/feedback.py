"""What citizens think of answers: thumbs up or down, once for each question of a conversation."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from assistant.desk.plain_text import bounded, one_line, written
from assistant.desk.sensitive import masked
from assistant.errors import BadInput
from assistant.store import FeedbackCount, Store, StoredFeedback

VERDICTS = ("up", "down")
# The kinds of answers, see ``answers.model.Answer``.
ANSWER_KINDS = (
    "faq",
    "figure",
    "comparison",
    "list",
    "contact",
    "metadata",
    "passage",
    "smalltalk",
    "urgent",
    "none",
)
# Reasons to choose from, and what citizens and staff read.
REASONS = {
    "wrong": "答得不对",
    "off_topic": "答非所问",
    "incomplete": "没说全",
    "unclear": "看不懂",
    "outdated": "内容过时",
}
# A reason of the citizen's own: one sentence.
REASON_MOST = 200
# A year of what one server of ours is asked; the oldest goes first.
MOST_KEPT = 100_000
_NEWEST_SHOWN = 20
_CONVERSATION = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class FeedbackSummary:
    """What staff see first.

    Attributes:
        counts: by kind of answer, the most judged first.
        down: the newest that were found bad.
    """

    counts: tuple[FeedbackCount, ...]
    down: tuple[StoredFeedback, ...]


class Feedback:
    """Keeps and sums up what citizens think.

    Args:
        store: where it is kept.
        days: for so many days.
        question_limit: characters a question may have.
        now: the clock.
    """

    def __init__(
        self,
        store: Store,
        days: int,
        question_limit: int,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._kept = store.feedback
        self._days = timedelta(days=days)
        self._question_limit = question_limit
        self._now = now

    def give(self, conversation: str, question: str, kind: str, verdict: str, reason: str = "") -> None:
        """Keeps a verdict, in the place of an earlier one of the same conversation and question.

        Personal data in question and reason is masked before it is kept.

        Raises:
            BadInput: something in it does not do; the sentence says what.
        """
        if not _CONVERSATION.fullmatch(conversation):
            raise BadInput("conversation 应当是回答里给出的对话编号。", code="bad_conversation")
        asked = bounded(written(one_line(question), "所评的问题"), self._question_limit, "问题")
        if kind not in ANSWER_KINDS:
            raise BadInput("kind 应当是回答里的 kind。", code="bad_kind")
        if verdict not in VERDICTS:
            raise BadInput("verdict 应当是 up 或 down。", code="bad_verdict")
        why = bounded(one_line(reason), REASON_MOST, "原因")
        now = self._now()
        given = StoredFeedback(conversation, masked(asked), kind, verdict, masked(why), now)
        self._kept.put(given, now - self._days, MOST_KEPT)

    def summary(self) -> FeedbackSummary:
        """What was given within the days it is kept for."""
        since = self._now() - self._days
        return FeedbackSummary(tuple(self._kept.counts(since)), tuple(self._kept.newest_down(since, _NEWEST_SHOWN)))


def reason_in_words(reason: str) -> str:
    """The reason as staff read it."""
    return REASONS.get(reason, reason)
