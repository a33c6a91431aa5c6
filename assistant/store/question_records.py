"""What the tables of what is asked take in and hand out: frozen records, detached from any connection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

# What became of a group: nothing yet, an entry drafted from it, its words added to an entry, a passage that answers it,
# or nothing that this service is for.
GROUP_STATES = ("open", "drafted", "phrased", "linked", "out_of_scope")


@dataclass(frozen=True)
class AskedQuestion:
    """One question and what came of it.

    Attributes:
        key: hash of its wording, by which its form is found.
        asked: when, an aware time.
        day: the same as a day at the server's place.
        kind: the answer's kind.
        answered: whether there was an answer.
        entry_id: the FAQ entry that answered; empty for any other answer.
        report_id: the report that answered, likewise.
        department: whose answer it is, or whom it names; empty where neither says.
        confidence_percent: the answer's, 0 to 100.
        milliseconds: what the answer took.
        spoken: whether it was spoken.
        conversation: a random number; None where it begins and ends with this question.
    """

    key: str
    asked: datetime
    day: date
    kind: str
    answered: bool
    entry_id: str
    report_id: str
    department: str
    confidence_percent: int
    milliseconds: int
    spoken: bool
    conversation: str | None


@dataclass(frozen=True)
class NewForm:
    """A wording that was not asked before.

    Attributes:
        key: hash of the text.
        text: the wording, personal data masked.
        group_id: its group; None where it belongs to none.
        exemplar: whether its group is compared by it from now on.
        signature: what it is compared by, as JSON can hold it.
    """

    key: str
    text: str
    group_id: int | None
    exemplar: bool
    signature: Sequence[Any]


@dataclass(frozen=True)
class Decision:
    """What staff decide about a group.

    Attributes:
        state: one of ``GROUP_STATES``; ``open`` takes an earlier decision back.
        note: why, in their words.
        entry_id: the FAQ entry that was drafted or got the group's words.
        report_id: the report with the passage that answers.
        passage: the anchor of that passage, a line feed, and its words.
    """

    state: str
    note: str = ""
    entry_id: str = ""
    report_id: str = ""
    passage: str = ""


class Exemplar(NamedTuple):
    """A wording that its group is compared by."""

    group_id: int
    signature: Sequence[Any]


@dataclass(frozen=True)
class QuestionGroup:
    """A group; ``state`` is one of ``GROUP_STATES``, and what staff decided stands in the fields after it."""

    id: int
    label: str
    department: str
    state: str
    note: str
    entry_id: str
    report_id: str
    passage: str
    decided_by: str
    decided: datetime | None
    first_asked: datetime
    last_asked: datetime


@dataclass(frozen=True)
class GroupCount:
    """A group within a period.

    Attributes:
        group: the group.
        asked: how often its questions were asked.
        unanswered: how often without an answer.
        before: how often within the period before.
        up: answers found good.
        down: answers found bad.
    """

    group: QuestionGroup
    asked: int
    unanswered: int
    before: int
    up: int
    down: int

    @property
    def answered_share(self) -> float:
        """The share answered, 0 to 1."""
        return 1 - self.unanswered / self.asked if self.asked else 0.0


class FormCount(NamedTuple):
    """A wording of a group and how often it was asked."""

    key: str
    text: str
    times: int


class GivenAnswer(NamedTuple):
    """What the questions of a group were answered with, and how often."""

    kind: str
    entry_id: str
    report_id: str
    times: int
