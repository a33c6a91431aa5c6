"""The life of an FAQ entry: draft → review → published → archived, with versions, and four eyes on what is published.

Every save is a version. The published version stays live while a newer draft is edited and reviewed. Who changed
anything since the last review cannot be the reviewer. Whoever changes an entry says which version they saw; where it
is no longer the newest, nothing is written and they are told.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from typing import Any

from assistant.desk.faq_fields import INTERNAL, all_texts, changed_fields, checked
from assistant.desk.published_contacts import PublishedContacts
from assistant.desk.sensitive import Sensitive, find_sensitive
from assistant.errors import AnanError, BadInput, NotFound
from assistant.store import FaqEntry, Store
from assistant.store.faq_records import FaqHead, FaqTrial, FaqVersion
from assistant.store.faq_table import FaqChanging

STATE_NAMES = {"draft": "草稿", "review": "待审核", "published": "已发布", "archived": "已归档"}
NOTE_MOST = 500
# Entries changed in one go.
BULK_MOST = 10_000


class Conflict(AnanError):
    """Somebody else changed the entry meanwhile.

    Attributes:
        current: the entry as it stands now.
    """

    status = 409
    code = "faq_changed"

    def __init__(self, current: FaqHead) -> None:
        super().__init__(f"这一条刚改过，现在是第 {current.version} 版；您的改动没有保存，请对照后再存。")
        self.current = current


@dataclass(frozen=True)
class Readiness:
    """What a reviewer has to know before publishing.

    Attributes:
        head: the entry.
        sensitive: by field what was found in it.
        trial: what became of the golden questions with this version in; None where they were not asked.
        is_stale: whether something else was published since they were asked.
        authors: who changed it since the last review.
    """

    head: FaqHead
    sensitive: dict[str, tuple[Sensitive, ...]]
    trial: FaqTrial | None
    is_stale: bool
    authors: frozenset[str]

    @property
    def worse(self) -> int:
        """How many golden questions are answered worse with it."""
        return int(self.trial.result.get("worse", 0)) if self.trial else 0

    @property
    def needs_reason(self) -> bool:
        """Whether publishing it all the same has to be explained."""
        return self.worse > 0 or bool(self.sensitive)


@dataclass(frozen=True)
class BulkEdit:
    """What to do to many entries; None leaves a field as it is.

    Attributes:
        add_tags: tags to add.
        drop_tags: tags to take away.
        publisher: the department.
        owner: the owner's login.
        valid_until: the last day; ``date.max`` for none.
        archive: whether to archive them.
    """

    add_tags: tuple[str, ...] = ()
    drop_tags: tuple[str, ...] = ()
    publisher: str | None = None
    owner: str | None = None
    valid_until: date | None = None
    archive: bool = False

    def applied(self, entry: FaqEntry) -> FaqEntry:
        """The entry after it."""
        kept = [tag for tag in entry.tags if tag not in self.drop_tags]
        tags = tuple(dict.fromkeys((*kept, *self.add_tags)))
        until = entry.valid_until if self.valid_until is None else self.valid_until
        return replace(
            entry,
            tags=tags,
            publisher=entry.publisher if self.publisher is None else self.publisher,
            owner=entry.owner if self.owner is None else self.owner,
            valid_until=None if until == date.max else until,
        )


@dataclass(frozen=True)
class BulkDone:
    """What became of a bulk edit: how many changed, how many were so already, and those refused, with the reason."""

    changed: int
    same: int
    refused: tuple[tuple[str, str], ...]


class FaqDesk:
    """The rules; each method that changes something is one transaction, told to the audit log.

    Args:
        store: where the FAQ is.
        now: the clock.
        office: the contact of the settings, which is no private matter.
    """

    def __init__(
        self, store: Store, now: Callable[[], datetime] = lambda: datetime.now(timezone.utc), office: str = ""
    ) -> None:
        self._store = store
        self._faq = store.faq_table
        self._now = now
        self._is_public = PublishedContacts(store, office)

    # Looking

    def head(self, entry_id: str) -> FaqHead:
        """The entry as it stands.

        Raises:
            NotFound: there is none.
        """
        found = self._faq.head(entry_id)
        if found is None:
            raise _unknown(entry_id)
        return found

    def versions(self, entry_id: str) -> list[FaqVersion]:
        """All versions of an entry, the newest first.

        Raises:
            NotFound: there is no such entry.
        """
        found = self._faq.versions(entry_id)
        if not found:
            raise _unknown(entry_id)
        return found

    def live_entry(self, head: FaqHead) -> FaqEntry | None:
        """What citizens are answered from; None where it is nothing."""
        if head.live is None:
            return None
        if head.live == head.version:
            return head.entry
        return next(each.entry for each in self.versions(head.entry.id) if each.number == head.live)

    def sensitive(self, entry: FaqEntry) -> dict[str, tuple[Sensitive, ...]]:
        """By field what of the entry a person must look at; fields without any are left out."""
        words = self._faq.watch_words()
        found = {name: find_sensitive(text, words, self._is_public) for name, text in all_texts(entry).items()}
        return {name: finds for name, finds in found.items() if finds}

    def readiness(self, head: FaqHead) -> Readiness:
        """What a reviewer has to know before publishing."""
        trial = self._faq.trial(head.entry.id, head.version)
        stale = trial is not None and trial.revision != self._store.revision()
        authors = frozenset(each.author for each in self.versions(head.entry.id) if each.number > head.reviewed)
        return Readiness(head, self.sensitive(head.entry), trial, stale, authors)

    # Changing

    def save(self, login: str, entry: FaqEntry, base: int | None, note: str = "") -> FaqHead:
        """Saves a version; nothing where it says the same as the newest.

        A published entry becomes a draft again, whose former version stays live; it stays published where only what
        staff see for themselves changed.

        Args:
            login: whose change it is.
            entry: the content; its state is not looked at, and its id not where it is new.
            base: the version it was made from; None for a new entry.
            note: what was changed and why.

        Raises:
            BadInput: a field does not do.
            Conflict: ``base`` is not the newest version.
            NotFound: there is no such entry.
        """
        said = note.strip()[:NOTE_MOST]
        with self._faq.changing() as faq:
            if base is None:
                entry_id = entry.id or f"faq-{secrets.token_hex(6)}"
                new = checked(replace(entry, id=entry_id, state="draft"))
                if faq.head(entry_id) is not None:
                    raise BadInput(f"编号 {entry_id} 已经有了。", code="faq_duplicate_id")
                head = FaqHead(new, faq.next_ordinal(), 1, None, 0, login, self._now())
                faq.put([head], [self._version(head, said)], publishes=False)
                faq.record(login, "faq.added", f"faq:{entry_id}", {"version": 1})
                return head
            before = self._current(faq, entry.id, base)
            after = self._edited(before, checked(replace(entry, state=before.entry.state)), login)
            if after is None:
                return before
            # Either the live version stays, or only what citizens never see is different in the new one.
            faq.put([after], [self._version(after, said)], publishes=False)
            fields = changed_fields(before.entry, after.entry)
            faq.record(login, "faq.saved", f"faq:{entry.id}", {"version": after.version, "fields": list(fields)})
            return after

    def submit(self, login: str, entry_id: str, base: int) -> FaqHead:
        """Sends a draft to review."""
        return self._move(login, entry_id, base, "faq.submitted", ("draft",), "review")

    def withdraw(self, login: str, entry_id: str, base: int) -> FaqHead:
        """Takes an entry back from review."""
        return self._move(login, entry_id, base, "faq.withdrawn", ("review",), "draft")

    def send_back(self, login: str, entry_id: str, base: int, remark: str) -> FaqHead:
        """Sends an entry back from review to who wrote it, with the reason.

        Raises:
            BadInput: no reason was given, or the entry is not in review.
        """
        said = _reason(remark, "请写明退回的原因。")
        return self._move(login, entry_id, base, "faq.sent_back", ("review",), "draft", said)

    def publish(self, login: str, entry_id: str, base: int, reason: str = "") -> FaqHead:
        """Publishes the version under review: citizens are answered from it from now on.

        Args:
            login: the reviewer.
            entry_id: the entry.
            base: the version the reviewer saw.
            reason: why, where golden questions get worse or sensitive information was found; goes to the audit log.

        Raises:
            Conflict: another version is the newest by now.
            BadInput: not in review; the reviewer is one of the authors; the golden questions were not asked, or
                something else was published since; a reason is missing.
        """
        said = reason.strip()[:NOTE_MOST]
        findings = self.readiness(self.head(entry_id))
        with self._faq.changing() as faq:
            before = self._current(faq, entry_id, base)
            _must_be(before, ("review",))
            if login in faq.authors_since(entry_id, before.reviewed):
                raise BadInput("审核人不能是改动的作者，请换一位审核人。", code="faq_own_change", status=403)
            trial = faq.trial(entry_id, base)
            if findings.head.version != base or trial is None or trial.revision != faq.revision():
                raise BadInput(
                    "发布之前要先用标准问题检查这一版；检查之后又有别的改动发布，就要再检查一次。", code="faq_untried"
                )
            if findings.needs_reason and not said:
                raise BadInput(
                    "有标准问题会答得更差，或者有敏感信息；仍要发布，请写明原因。", code="faq_reason_missing"
                )
            entry = replace(before.entry, state="published")
            after = replace(before, entry=entry, live=base, reviewed=base, changed=self._now(), remark="")
            faq.put([after], publishes=True)
            sensitive = {name: [each.kind for each in finds] for name, finds in findings.sensitive.items()}
            details: dict[str, Any] = {"version": base, "worse": findings.worse, "sensitive": sensitive}
            faq.record(login, "faq.published", f"faq:{entry_id}", {**details, "reason": said})
            return after

    def archive(self, login: str, entry_id: str, base: int, reason: str = "", *, may_withdraw: bool = True) -> FaqHead:
        """Archives an entry: citizens are no longer answered from it.

        Raises:
            AnanError: they are answered from it, and it is not the person's to take away (403).
        """
        states = ("draft", "review", "published")
        return self._move(login, entry_id, base, "faq.archived", states, "archived", reason, may_withdraw=may_withdraw)

    def restore(self, login: str, entry_id: str, number: int, base: int) -> FaqHead:
        """Makes an earlier version the newest draft.

        Raises:
            NotFound: there is no such version.
            Conflict: ``base`` is not the newest version.
        """
        content = next((each.entry for each in self.versions(entry_id) if each.number == number), None)
        if content is None:
            raise NotFound(f"没有第 {number} 版。", code="faq_version_unknown")
        with self._faq.changing() as faq:
            before = self._current(faq, entry_id, base)
            entry = replace(content, state="draft")
            after = replace(
                before, entry=entry, version=before.version + 1, author=login, changed=self._now(), remark=""
            )
            faq.put([after], [self._version(after, f"恢复第 {number} 版")], publishes=False)
            faq.record(login, "faq.restored", f"faq:{entry_id}", {"version": after.version, "from": number})
            return after

    def bulk(self, login: str, ids: Sequence[str], edit: BulkEdit, may_withdraw: bool) -> BulkDone:
        """Does the same to many entries, in one transaction.

        Args:
            login: whose change it is.
            ids: the entries.
            edit: what to do.
            may_withdraw: whether the person may take away what citizens are answered from.

        Raises:
            BadInput: too many entries, or a field that does not do.
        """
        if len(ids) > BULK_MOST:
            raise BadInput(f"一次最多改 {BULK_MOST} 条。", code="faq_too_many")
        put: list[FaqHead] = []
        new: list[FaqVersion] = []
        refused: list[tuple[str, str]] = []
        same = 0
        with self._faq.changing() as faq:
            heads = faq.heads(ids)
            refused += [(each, "没有这一条") for each in dict.fromkeys(ids) if each not in heads]
            for entry_id, before in heads.items():
                if edit.archive:
                    after, why = self._archived(before, may_withdraw)
                else:
                    after, why = self._edited(before, checked(edit.applied(before.entry)), login), ""
                if why:
                    refused.append((entry_id, why))
                elif after is None:
                    same += 1
                else:
                    put.append(after)
                    new += [self._version(after, "批量修改")] if after.version != before.version else []
            withdrawn = edit.archive and any(heads[each.entry.id].live is not None for each in put)
            faq.put(put, new, publishes=withdrawn)
            if put:
                done = {"archive": edit.archive, "ids": [each.entry.id for each in put]}
                faq.record(login, "faq.bulk", "faq", done)
        return BulkDone(len(put), same, tuple(refused))

    def _archived(self, before: FaqHead, may_withdraw: bool) -> tuple[FaqHead | None, str]:
        if before.entry.state == "archived":
            return None, ""
        if before.live is not None and not may_withdraw:
            return None, "已发布的要由审核人归档"
        return replace(before, entry=replace(before.entry, state="archived"), live=None, changed=self._now()), ""

    def _edited(self, before: FaqHead, entry: FaqEntry, login: str) -> FaqHead | None:
        """The entry with new content; None where it says the same."""
        fields = changed_fields(before.entry, entry)
        if not fields:
            return None
        number = before.version + 1
        is_internal = before.entry.state == "published" and INTERNAL.issuperset(fields)
        state = "published" if is_internal else "draft"
        live, reviewed = (number, number) if is_internal else (before.live, before.reviewed)
        return replace(
            before,
            entry=replace(entry, state=state),
            version=number,
            live=live,
            reviewed=reviewed,
            author=login,
            changed=self._now(),
            remark="",
        )

    def _move(
        self,
        login: str,
        entry_id: str,
        base: int,
        action: str,
        states: tuple[str, ...],
        to: str,
        remark: str = "",
        *,
        may_withdraw: bool = True,
    ) -> FaqHead:
        said = remark.strip()[:NOTE_MOST]
        with self._faq.changing() as faq:
            before = self._current(faq, entry_id, base)
            _must_be(before, states)
            live = None if to == "archived" else before.live
            if live != before.live and not may_withdraw:
                raise AnanError("正在用来回答市民的，要由审核人来归档。", code="not_allowed", status=403)
            after = replace(before, entry=replace(before.entry, state=to), live=live, changed=self._now(), remark=said)
            faq.put([after], publishes=after.live != before.live)
            faq.record(login, action, f"faq:{entry_id}", {"version": base, "reason": said})
            return after

    def _current(self, faq: FaqChanging, entry_id: str, base: int) -> FaqHead:
        head = faq.head(entry_id)
        if head is None:
            raise _unknown(entry_id)
        if head.version != base:
            raise Conflict(head)
        return head

    def _version(self, head: FaqHead, note: str) -> FaqVersion:
        return FaqVersion(head.entry, head.version, head.author, head.changed, note)


def _must_be(head: FaqHead, states: tuple[str, ...]) -> None:
    if head.entry.state not in states:
        wanted = "、".join(STATE_NAMES[state] for state in states)
        raise BadInput(
            f"这一条现在是“{STATE_NAMES[head.entry.state]}”，只有“{wanted}”的才能这样做。", code="faq_state", status=409
        )


def _reason(text: str, missing: str) -> str:
    if not text.strip():
        raise BadInput(missing, code="faq_reason_missing")
    return text


def _unknown(entry_id: str) -> NotFound:
    return NotFound(f"没有编号为 {entry_id[:80]} 的常见问题。", code="faq_unknown")
