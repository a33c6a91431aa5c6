"""What conversations remember: at hand in memory, and written behind the answers so that a restart keeps it.

A write with every question would cost a disk's flush, more than the question itself. So what was said is written once a
second in one transaction, and when the program closes: a crash forgets a second of talk at most, and then the citizen
is asked for the whole question. Nothing is kept but the question as it was understood; no address, no account.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields

from assistant.errors import AnanError
from assistant.store import Remembered, Store

# Conversations kept: so many people do not ask within a day where one server of ours stands; a row takes 1 KB.
MOST_KEPT = 20_000
# Of these what was said is at hand without asking the database.
MOST_AT_HAND = 2_000
# Written together after this time.
_WRITE_SECONDS = 1.0
_HOUR = 3600

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class Said:
    """What a conversation remembers of its last question.

    Attributes:
        question: the whole question as it was understood.
        topic: what the conversation is about, less years, bodies and what is asked; empty to be told from ``question``.
        part: what the last follow-up asked about within the topic (个人 of 其中个人的呢); empty for a whole question.
        faq: the FAQ question that answered; empty for any other answer.
        asked_more: how many times more was asked for (再详细点).
        told: ``question`` as one would say it; empty where it is said so already.
    """

    question: str
    topic: str = ""
    part: str = ""
    faq: str = ""
    asked_more: int = 0
    told: str = ""


# When something was last said, in seconds of Unix time, and what.
_Kept = tuple[int, Said]
_TYPES = {each.name: int if each.type is int else str for each in fields(Said)}


class Conversations:
    """The memory of all conversations; usable from many threads.

    Args:
        store: where it survives a restart.
        hours: after so many without a question a conversation is forgotten.
        now: the clock, in seconds of Unix time.
        kept: False for talk that nobody comes back to, as a trial's: it is at hand only.
    """

    def __init__(self, store: Store, hours: int, now: Callable[[], float] = time.time, *, kept: bool = True) -> None:
        self._store = store
        self._seconds = hours * _HOUR
        self._now = now
        self._is_kept = kept
        self._at_hand: OrderedDict[str, _Kept] = OrderedDict()
        self._unwritten: dict[str, _Kept] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._waiting = threading.Event()
        self._writer: threading.Thread | None = None

    def recall(self, conversation: str) -> Said | None:
        """What was last said in a conversation; None when it is unknown, or too long ago."""
        with self._lock:
            kept = self._at_hand.get(conversation)
        if kept is None:
            kept = self._read(conversation)
        if kept is None or kept[0] < self._now() - self._seconds:
            return None
        return kept[1]

    def note(self, conversation: str, said: Said) -> None:
        """Remember what was said now."""
        kept = int(self._now()), said
        with self._lock:
            self._at_hand[conversation] = kept
            self._at_hand.move_to_end(conversation)
            if len(self._at_hand) > MOST_AT_HAND:
                self._at_hand.popitem(last=False)
            if not self._is_kept:
                return
            self._unwritten[conversation] = kept
            if len(self._unwritten) > MOST_KEPT:  # the database cannot be written: no memory grows for that
                del self._unwritten[next(iter(self._unwritten))]
            if self._writer is None and not self._closed.is_set():
                self._writer = threading.Thread(target=self._write_behind, name="conversations", daemon=True)
                self._writer.start()
        if not self._waiting.is_set():
            self._waiting.set()

    def write(self) -> None:
        """Write down what is not written yet; what cannot be written now waits for the next time."""
        with self._lock:
            some, self._unwritten = self._unwritten, {}
        if not some:
            return
        rows = [Remembered(conversation, said_at, asdict(said)) for conversation, (said_at, said) in some.items()]
        try:
            self._store.keep_conversations(rows, int(self._now()) - self._seconds, MOST_KEPT)
        except AnanError as error:
            _LOGGER.warning("对话没有记下来：%s", error)
            with self._lock:
                self._unwritten = {**some, **self._unwritten}

    def close(self) -> None:
        """Write down all that was said; to be called before the store closes."""
        self._closed.set()
        self._waiting.set()
        if self._writer is not None:
            self._writer.join()
        self.write()

    def _write_behind(self) -> None:
        while not self._closed.is_set():
            self._waiting.wait()
            self._waiting.clear()
            self._closed.wait(_WRITE_SECONDS)
            self.write()

    def _read(self, conversation: str) -> _Kept | None:
        try:
            row = self._store.conversation(conversation)
        except AnanError as error:  # an answer without what was said before is better than none
            _LOGGER.warning("前面的对话读不出来：%s", error)
            return None
        said = _said(row) if row is not None else None
        return None if row is None or said is None else (row.said_at, said)


def _said(kept: Remembered) -> Said | None:
    """What was kept, if this version of the program can read it."""
    if set(kept.said) != set(_TYPES) or not all(type(kept.said[name]) is _TYPES[name] for name in _TYPES):
        return None
    return Said(**kept.said)
