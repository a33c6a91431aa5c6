"""Every question asked at the site's door, written down behind the answers.

A question takes its place in a bounded queue, which costs microseconds; a thread masks personal data, groups new
wordings, and writes what waits once a second in one transaction. A stop writes everything down; a crash loses the last
second of questions at most. Neither address nor account nor cookie is kept: of a conversation its random number, for
some days.
"""

import hashlib
import logging
import threading
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from assistant.answers.model import FAQ_SOURCE, Answer
from assistant.desk.periods import periods_of
from assistant.desk.plain_text import one_line
from assistant.desk.question_grouping import Cluster, Clusters
from assistant.desk.question_reading import QuestionReader, Signature, signature_of
from assistant.desk.sensitive import masked
from assistant.errors import AnanError
from assistant.store import Store
from assistant.store.daily_table import Counted, local_day
from assistant.store.question_records import AskedQuestion, NewForm

# Questions that wait to be written: a minute of the most that one server answers; more are dropped and counted.
WAITING_MOST = 20_000
# Written in one transaction.
_AT_ONCE = 500
_WRITE_SECONDS = 1.0
# A question so short may lean on the one before it; then what it was understood as is what was asked.
_FOLLOW_UP_LONGEST = 16
# Greetings and thanks are counted, and belong to no group.
_UNGROUPED = frozenset(("smalltalk",))
_UNANSWERED = "none"

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Noted:
    """A question as it waits."""

    asked: datetime
    answer: Answer
    seconds: float
    spoken: bool
    continued: bool


@dataclass(frozen=True)
class LogState:
    """How the writing goes: questions that wait, that were dropped, and whether the last try failed."""

    waiting: int
    dropped: int
    failing: bool


class QuestionLog:
    """Takes questions in, never keeping an answer waiting; usable from many threads.

    Args:
        store: where they are kept.
        reader: reads what a question is about, for its group; as long as there is none questions are not grouped.
        now: the clock.
    """

    def __init__(
        self,
        store: Store,
        reader: QuestionReader | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._store = store
        self._reader = reader
        self._now = now
        self._waiting: deque[_Noted] = deque()
        self._counts: Counter[Counted] = Counter()
        self._dropped = 0
        self._failing = False
        self._clusters: Clusters | None = None
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._closed = threading.Event()
        self._work = threading.Event()
        self._writer: threading.Thread | None = None

    def read_by(self, reader: QuestionReader) -> None:
        """Reads questions by this one from now on: the word lists changed."""
        self._reader = reader

    def note(self, answer: Answer, seconds: float, *, spoken: bool = False, continued: bool = False) -> None:
        """Puts down a question with its answer.

        Args:
            answer: what was answered.
            seconds: what it took.
            spoken: whether the question was spoken.
            continued: whether it was asked within a conversation.
        """
        noted = _Noted(self._now(), answer, seconds, spoken, continued)
        with self._lock:
            if len(self._waiting) >= WAITING_MOST:
                self._dropped += 1
                return
            self._waiting.append(noted)
            self._start_writer()
        if not self._work.is_set():
            self._work.set()

    def count(self, measure: str, department: str = "") -> None:
        """Counts something else of today, written with the questions.

        Args:
            measure: what is counted, as ``DailyTable`` names it.
            department: whose; there are as many as bodies with reports.
        """
        with self._lock:
            self._counts[Counted(local_day(self._now()), measure, department)] += 1
            self._start_writer()
        self._work.set()

    @property
    def state(self) -> LogState:
        """How the writing goes."""
        return LogState(len(self._waiting), self._dropped, self._failing)

    def write(self) -> None:
        """Writes down what waits; what cannot be written now waits for the next time, what never can be is dropped."""
        with self._writing:
            self._write_counts()
            at_once = _AT_ONCE
            while self._waiting:
                some = [self._waiting[place] for place in range(min(at_once, len(self._waiting)))]
                try:
                    self._keep(some)
                except AnanError as error:
                    self._failing = True
                    self._clusters = None  # groups that were founded for these are not kept
                    _LOGGER.warning("问题没有记下来：%s", error)
                    return
                except Exception:  # whatever one question does to it, the others are kept
                    _LOGGER.exception("问题没有记下来")
                    self._clusters = None
                    if len(some) > 1:
                        at_once = 1  # which of them it is shows when each is written by itself
                        continue
                    with self._lock:
                        self._dropped += 1
                        self._waiting.popleft()
                    continue
                self._failing = False
                with self._lock:
                    for _ in some:
                        self._waiting.popleft()

    def regroup(self) -> None:
        """Takes the groups from the store anew before the next question: they were changed behind this log."""
        with self._writing:
            self._clusters = None

    def close(self) -> None:
        """Writes down all that was asked; to be called before the store closes."""
        self._closed.set()
        self._work.set()
        if self._writer is not None:
            self._writer.join()
        self.write()

    def _start_writer(self) -> None:
        if self._writer is None and not self._closed.is_set():
            self._writer = threading.Thread(target=self._write_behind, name="questions", daemon=True)
            self._writer.start()

    def _write_counts(self) -> None:
        with self._lock:
            some, self._counts = self._counts, Counter()
        if not some:
            return
        try:
            self._store.daily.add(some)
        except AnanError as error:
            _LOGGER.warning("数目没有记下来：%s", error)
            with self._lock:
                self._counts.update(some)

    def _write_behind(self) -> None:
        while not self._closed.is_set():
            self._work.wait()
            self._work.clear()
            self._closed.wait(_WRITE_SECONDS)
            try:
                self.write()
            except Exception:  # the writer outlives whatever happens to it
                _LOGGER.exception("问题没有记下来")

    def _keep(self, some: Sequence[_Noted]) -> None:
        texts = [_wording(each) for each in some]
        keys = [key_of(text) for text in texts]
        known = self._store.questions.known(keys)
        read: dict[str, tuple[Signature, str]] = {}
        departments = []
        for each, text, key in zip(some, texts, keys, strict=True):
            department = _publisher(each.answer)
            if self._reader is not None and (key not in known or not department):
                if key not in read:
                    read[key] = self._reader.read(text, _entry(each.answer))
                department = department or read[key][1]
            departments.append(department)
        forms = self._new_forms(some, texts, keys, known, read, departments)
        asked = [
            AskedQuestion(
                key=key,
                asked=each.asked,
                day=local_day(each.asked),
                kind=each.answer.kind,
                answered=each.answer.kind != _UNANSWERED,
                entry_id=_entry(each.answer),
                report_id=_report(each.answer),
                department=department,
                confidence_percent=round(each.answer.confidence * 100),
                milliseconds=round(each.seconds * 1000),
                spoken=each.spoken,
                conversation=each.answer.conversation or None,
            )
            for each, key, department in zip(some, keys, departments, strict=True)
        ]
        self._store.questions.keep(asked, forms, periods_of)

    def _new_forms(
        self,
        some: Sequence[_Noted],
        texts: Sequence[str],
        keys: Sequence[str],
        known: frozenset[str],
        read: dict[str, tuple[Signature, str]],
        departments: Sequence[str],
    ) -> list[NewForm]:
        """The wordings that are new, each with its group; the groups that are new are founded first."""
        placed: dict[str, tuple[str, Cluster | None, bool]] = {}
        founded: dict[int, tuple[Cluster, str, str]] = {}
        for each, text, key, department in zip(some, texts, keys, departments, strict=True):
            if key in known or key in placed:
                continue
            cluster, exemplar = None, False
            if key in read and each.answer.kind not in _UNGROUPED:
                cluster, exemplar = self._groups().place(read[key][0])
            if cluster is not None and cluster.id is None and id(cluster) not in founded:
                founded[id(cluster)] = cluster, text, department
            placed[key] = text, cluster, exemplar
        labels = [(text, department) for _, text, department in founded.values()]
        for (cluster, _, _), made in zip(
            founded.values(), self._store.groups.create(labels, self._now()) if labels else (), strict=True
        ):
            cluster.id = made
        return [
            NewForm(key, text, cluster.id if cluster else None, exemplar, read[key][0].to_list() if key in read else [])
            for key, (text, cluster, exemplar) in placed.items()
        ]

    def _groups(self) -> Clusters:
        if self._clusters is None:
            clusters = Clusters()
            held = ((group, signature_of(made)) for group, made in self._store.groups.exemplars())
            clusters.load((group, signature) for group, signature in held if signature is not None)
            self._clusters = clusters
        return self._clusters


def key_of(text: str) -> str:
    """What a wording is found by; the verdicts on answers use the same."""
    return hashlib.sha256(text.encode()).hexdigest()


def _wording(noted: _Noted) -> str:
    """What was asked, personal data masked: of a follow-up the whole question that it was understood as."""
    answer = noted.answer
    leans = noted.continued and answer.understood and len(answer.question) <= _FOLLOW_UP_LONGEST
    return masked(one_line(answer.understood if leans else answer.question))


def _entry(answer: Answer) -> str:
    if answer.kind != "faq" or not answer.evidence:
        return ""
    return answer.evidence[0].report.id.removeprefix(FAQ_SOURCE)


def _report(answer: Answer) -> str:
    return answer.evidence[0].report.id if answer.evidence and answer.evidence[0].report.is_report else ""


def _publisher(answer: Answer) -> str:
    return answer.evidence[0].report.publisher if answer.evidence else ""
