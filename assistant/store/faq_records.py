"""What the FAQ's tables hand out beside the entries themselves, free of connections."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from assistant.store.records import FaqEntry

FAQ_STATES = ("draft", "review", "published", "archived")


@dataclass(frozen=True)
class FaqHead:
    """An entry as it stands at the desk.

    Attributes:
        entry: the content of the newest version; its ``state`` is the entry's.
        ordinal: its place in the FAQ.
        version: the number of the newest version.
        live: the number of the version that citizens are answered from; None where there is none.
        reviewed: the number of the last version that a reviewer published; 0 where none was.
        author: the login of who made the newest version; empty where nobody did at the desk.
        changed: when the entry last changed, versions and states alike; an aware time in UTC.
        remark: what the reviewer said who sent it back, or who archived it.
    """

    entry: FaqEntry
    ordinal: int
    version: int
    live: int | None
    reviewed: int
    author: str
    changed: datetime
    remark: str = ""


@dataclass(frozen=True)
class FaqVersion:
    """One version of an entry.

    Attributes:
        entry: the content.
        number: counts from 1 within the entry.
        author: the login of who saved it; empty where nobody did at the desk.
        saved: when, an aware time in UTC.
        note: what was changed and why, in the author's words.
    """

    entry: FaqEntry
    number: int
    author: str
    saved: datetime
    note: str


@dataclass(frozen=True)
class FaqTrial:
    """What became of the golden questions with one version of an entry in.

    Attributes:
        entry_id: the entry.
        number: the version.
        revision: the store's revision when they were asked; another one means they have to be asked again.
        made: when, an aware time in UTC.
        result: as ``desk.trials`` makes it.
    """

    entry_id: str
    number: int
    revision: int
    made: datetime
    result: dict[str, Any]


@dataclass(frozen=True)
class FaqFilter:
    """Which entries to list; what is empty does not narrow.

    Attributes:
        state: one of ``FAQ_STATES``.
        publisher: the department.
        tag: a tag.
        owner: a login.
        text: words of the question, a phrasing, the answer or the id.
        until: only those whose validity ends on this day or before.
        sent_back: only those that a reviewer sent back to this login.
    """

    state: str = ""
    publisher: str = ""
    tag: str = ""
    owner: str = ""
    text: str = ""
    until: date | None = None
    sent_back: str = ""


class FaqAsked(NamedTuple):
    """What an entry may be asked by, and when it last changed: for finding its like among drafts and published ones."""

    id: str
    state: str
    changed: datetime
    question: str
    phrasings: tuple[str, ...]
