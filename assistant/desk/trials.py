"""Before an FAQ entry is published: the golden questions with it and without it, and how it will answer and sound.

Nothing here changes what citizens are answered from: the change is tried in memory, behind the page.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from assistant.answers import Answer, Answerer
from assistant.desk.jobs import Job, Jobs
from assistant.evaluation.golden import GoldenQuestion, Outcome, check
from assistant.store import FaqEntry, Store
from assistant.store.faq_records import FaqHead, FaqTrial

# Phrasings of an entry that a preview asks.
PREVIEWED_MOST = 20
# Rows kept of what differs; the counts are of all.
_ROWS_MOST = 200
# A wrong number is the worst failure, silence better than any wrong answer.
_RANK = {"right": 3, "silent": 2, "wrong": 1, "wrong figure": 0}

_KIND = "faq-trial"

Trying = Callable[[Iterable[FaqEntry]], Answerer]
# The revision of the store and the entries that citizens are answered from at it.
Published = Callable[[], tuple[int, Sequence[FaqEntry]]]


@dataclass(frozen=True)
class Previewed:
    """How a question would be answered with a draft in.

    Attributes:
        question: as the entry asks it.
        answer: the answer.
        is_own: whether it is the draft that answers.
    """

    question: str
    answer: Answer
    is_own: bool


class Trials:
    """Tries drafts.

    Args:
        jobs: where trials are run, and found again by who began them.
        store: where trials are kept.
        published: what is published; at hand, for reading ten thousand entries takes a page longer than it may.
        trying: makes an answerer over other FAQ entries.
        questions: reads the golden questions.
    """

    def __init__(
        self,
        jobs: Jobs,
        store: Store,
        published: Published,
        trying: Trying,
        questions: Callable[[], Sequence[GoldenQuestion]],
    ) -> None:
        self._jobs = jobs
        self._store = store
        self._published = published
        self._trying = trying
        self._questions = questions
        self._lock = threading.Lock()
        self._before: tuple[int, list[GoldenQuestion], list[Outcome]] | None = None

    def start(self, login: str, head: FaqHead) -> Job:
        """Begins a trial of the newest version of an entry; its result is what ``run`` keeps.

        Raises:
            Busy: so much is under way already.
        """
        return self._jobs.start(_KIND, login, _version_of(head), lambda progress: self.run(head, progress))

    def latest(self, login: str, head: FaqHead) -> Job | None:
        """The newest trial of this version that this person began; None where there is none."""
        return self._jobs.latest(login, _KIND, _version_of(head))

    def run(self, head: FaqHead, on_progress: Callable[[int, int], None] = lambda _done, _total: None) -> FaqTrial:
        """Asks the golden questions without and with the newest version of an entry, and keeps what differs.

        Args:
            head: the entry.
            on_progress: told how many of how many were asked.

        Raises:
            BadInput: the golden questions cannot be read.
        """
        revision, result = self.compare([head.entry], on_progress)
        trial = FaqTrial(head.entry.id, head.version, revision, datetime.now(timezone.utc), result)
        self._store.faq_table.keep_trial(trial)
        return trial

    def compare(
        self, entries: Sequence[FaqEntry], on_progress: Callable[[int, int], None]
    ) -> tuple[int, dict[str, Any]]:
        """What asking the golden questions without and with these entries in gives, and the store's revision then.

        Raises:
            BadInput: the golden questions cannot be read.
        """
        questions = list(self._questions())
        revision, published = self._published()
        asked = 0

        def count() -> None:
            nonlocal asked
            asked += 1
            on_progress(asked, 2 * len(questions))

        before = self._outcomes_before(questions, revision, published, count)
        after = check(self._trying(_with_drafts(published, entries)), questions, count)
        return revision, compared(before, after)

    def preview(self, entry: FaqEntry) -> list[Previewed]:
        """How the entry's own question and phrasings would be answered with it in."""
        answerer = self._trying(_with_drafts(self._published()[1], [entry]))
        found = []
        for question in (entry.question, *entry.phrasings)[: PREVIEWED_MOST + 1]:
            answer = answerer.ask(question)
            is_own = bool(answer.evidence) and answer.evidence[0].report.id == f"faq:{entry.id}"
            found.append(Previewed(question, answer, is_own))
        return found

    def _outcomes_before(
        self,
        questions: list[GoldenQuestion],
        revision: int,
        published: Sequence[FaqEntry],
        count: Callable[[], None],
    ) -> list[Outcome]:
        """The outcomes as things are, asked once as long as nothing is published."""
        with self._lock:
            if self._before is None or self._before[:2] != (revision, questions):
                self._before = revision, questions, check(self._trying(published), questions, count)
            else:
                for _ in questions:
                    count()
            return self._before[2]


def _version_of(head: FaqHead) -> str:
    return f"{head.entry.id} {head.version}"


def _with_drafts(published: Sequence[FaqEntry], entries: Sequence[FaqEntry]) -> list[FaqEntry]:
    """What is published with these entries in their places; or behind, where they are new."""
    drafts = {each.id: each for each in entries}
    known = {each.id for each in published}
    return [drafts.get(each.id, each) for each in published] + [each for each in entries if each.id not in known]


def compared(before: Sequence[Outcome], after: Sequence[Outcome]) -> dict[str, Any]:
    """What differs between two runs of the same questions: counts, and the rows themselves, the worse first."""
    rows = []
    for old, new in zip(before, after, strict=True):
        if _told(old) == _told(new):
            continue
        change = "worse" if _rank(new) < _rank(old) else "better" if _rank(new) > _rank(old) else "other"
        question = old.golden.question
        rows.append(
            {"id": old.golden.id, "question": question, "change": change, "before": _told(old), "after": _told(new)}
        )
    order = {"worse": 0, "better": 1, "other": 2}
    rows.sort(key=lambda row: order[str(row["change"])])
    counts = {change: sum(row["change"] == change for row in rows) for change in order}
    return {"questions": len(before), **counts, "rows": rows[:_ROWS_MOST]}


def _rank(outcome: Outcome) -> int:
    return _RANK["wrong figure" if outcome.wrong_figure else outcome.verdict]


def _told(outcome: Outcome) -> dict[str, Any]:
    source = outcome.answer.evidence[0].report.title if outcome.answer.evidence else ""
    return {
        "verdict": "wrong figure" if outcome.wrong_figure else outcome.verdict,
        "kind": outcome.answer.kind,
        "text": outcome.answer.text,
        "source": source,
    }
