"""What is done for the questions behind everything else: forgetting, counting anew, bringing groups together.

A thread wakes once a minute. What grows with the number of questions is done once a day, or when the program starts.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

from assistant.desk.periods import ROLLING, midnight
from assistant.desk.question_grouping import Clusters
from assistant.desk.question_log import QuestionLog
from assistant.desk.question_reading import Signature, signature_of
from assistant.errors import AnanError
from assistant.store import Store
from assistant.store.daily_table import local_day
from assistant.store.suggestion_table import Rephrasing

_WAKE_SECONDS = 60.0
# A conversation's number goes after so many days: until then verdicts and later questions may still refer to it.
CONVERSATION_DAYS = 2
# Groups brought together in one go, and a breath between so many that are looked at: answers come first.
_MERGED_MOST = 1_000
_LOOKED_AT_ONCE = 50
_BREATH_SECONDS = 0.01

# A complaint about an answer comes within so many seconds, and a second try after the first.
COMPLAINT_SECONDS = 600
REPHRASED_SECONDS = 300
# Questions looked at for rephrasings in one go.
_LOOKED_AT_MOST = 5_000

_LOGGER = logging.getLogger(__name__)


class QuestionUpkeep:
    """Looks after the questions of one store.

    Args:
        store: where they are kept.
        log: what writes them.
        days: questions are kept for so many days.
        now: the clock.
    """

    def __init__(
        self,
        store: Store,
        log: QuestionLog,
        days: int,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._store = store
        self._log = log
        self._days = days
        self._now = now
        self._done: date | None = None
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Starts the thread; the server does, a command need not."""
        if self._thread is None and not self._closed.is_set():
            self._thread = threading.Thread(target=self._go_on, name="question-upkeep", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stops it."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join()

    def each_minute(self) -> None:
        """Counts the verdicts of the last days by group, and learns from what was asked again in other words."""
        self.learn()
        today = local_day(self._now())
        for days in ROLLING:
            self._store.groups.judge(f"d{days}", midnight(today - timedelta(days=days - 1)))

    def learn(self) -> int:
        """Proposes what was asked in vain, and then in words that an entry answered, as its phrasings; how many."""
        before = self._now() - timedelta(seconds=COMPLAINT_SECONDS)
        last, found = self._store.suggestions.rephrasings(before, _LOOKED_AT_MOST)
        kept = [each for each in found if each.seconds <= REPHRASED_SECONDS and (each.praised or _are_near(each))]
        if kept or last:
            self._store.suggestions.propose(kept, last, self._now())
        return len(kept)

    def each_day(self) -> None:
        """Forgets what is old, brings groups together, and counts the last days anew."""
        today = local_day(self._now())
        self._store.questions.expire(midnight(today - timedelta(days=self._days)))
        self._store.questions.forget_conversations(self._now() - timedelta(days=CONVERSATION_DAYS))
        self.bring_together()
        for days in ROLLING:
            start = midnight(today - timedelta(days=days - 1))
            self._store.groups.recount(f"d{days}", start, midnight(today - timedelta(days=2 * days - 1)))

    def bring_together(self) -> int:
        """Puts a group to the older one that it is like by now; how many. What staff decided stays apart."""
        seen, merged = Clusters(), 0
        held = ((group, signature_of(made)) for group, made in self._store.groups.exemplars())
        by_group: dict[int, list[Signature]] = {}
        for group, signature in held:
            if signature is not None:
                by_group.setdefault(group, []).append(signature)
        for place, (group, signatures) in enumerate(sorted(by_group.items())):
            if self._closed.is_set() or merged >= _MERGED_MOST:
                break
            if place % _LOOKED_AT_ONCE == 0:
                time.sleep(_BREATH_SECONDS)
            older = seen.nearest(signatures[0])
            if older is not None and older.id is not None and self._may_join(older.id, group):
                self._store.groups.merge(older.id, group)
                merged += 1
            else:
                seen.load((group, each) for each in signatures)
        if merged:
            self._log.regroup()
        return merged

    def _may_join(self, older: int, newer: int) -> bool:
        gone = self._store.groups.get(newer)
        return gone is not None and gone.state == "open" and self._store.groups.get(older) is not None

    def _go_on(self) -> None:
        while True:
            try:
                if self._done != local_day(self._now()):
                    self.each_day()
                    self._done = local_day(self._now())
                self.each_minute()
            except AnanError as error:
                _LOGGER.warning("问题的整理没有做完：%s", error)
            if self._closed.wait(_WAKE_SECONDS):
                return


def _are_near(found: Rephrasing) -> bool:
    """Whether both questions share a word of what they are about."""
    one, other = map(signature_of, found.signatures)
    return one is not None and other is not None and bool(one.topic.keys() & other.topic.keys())
