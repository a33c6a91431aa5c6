"""The audit log as staff read it: which entries are wanted, and whether the chain holds."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from assistant.store import AuditEntry, Store, Verified

PER_PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which entries are wanted.

    Attributes:
        actor: of this person; empty for everybody.
        action: of ``ACTIONS``, or what stands before the dot; empty for all.
        subject: done to this; empty for anything.
        first: from this day on, by the clock of the server's place.
        last: up to this day.
        before: with a lower sequence, for the next page.
    """

    actor: str = ""
    action: str = ""
    subject: str = ""
    first: date | None = None
    last: date | None = None
    before: int | None = None


class Audit:
    """Reads and checks the log; what is done is entered by whoever does it (``store.audit_table.record``)."""

    def __init__(self, store: Store) -> None:
        self._kept = store.audit

    def entries(self, wanted: Wanted, limit: int = PER_PAGE) -> list[AuditEntry]:
        """The newest entries that are wanted, the newest first."""
        return self._kept.entries(
            limit,
            before=wanted.before,
            actor=wanted.actor,
            action=wanted.action,
            subject=wanted.subject,
            since=_start(wanted.first),
            until=_start(wanted.last + timedelta(days=1)) if wanted.last and wanted.last < date.max else "",
        )

    def actors(self) -> list[str]:
        """Everybody who did something."""
        return self._kept.actors()

    def head(self) -> tuple[int, str]:
        """The sequence and the hash of the newest entry: to be noted down elsewhere."""
        return self._kept.head()

    def count(self, action: str, since: datetime) -> int:
        """How many entries of an action there are since then."""
        return self._kept.count(action=action, since=_utc(since))

    def verify(self, head: str = "") -> Verified:
        """Whether every entry follows from the one before; ``head`` was the newest hash once."""
        return self._kept.verify(head.strip().lower())


def moment(entry: AuditEntry) -> datetime:
    """When it was, by the clock of the server's place."""
    return datetime.fromisoformat(entry.at).astimezone()


def _start(day: date | None) -> str:
    """The beginning of a day of the server's place, as the log writes times."""
    if day is None or day == date.min:
        return ""
    return _utc(datetime.combine(day, time()).astimezone())


def _utc(at: datetime) -> str:
    return at.astimezone(timezone.utc).isoformat(timespec="microseconds")
