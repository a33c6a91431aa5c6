"""Bringing FAQ entries in from a file: first what would become of each row, then all of them in one transaction.

What comes in is drafts: nothing is published by a file. A row finds its entry by its number, or, without one, by the
very same question; what a file has no column for stays as it is.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from assistant.desk.faq_fields import FIELDS, changed_fields, checked
from assistant.desk.faq_sheets import SheetRow, read_sheet
from assistant.errors import BadInput
from assistant.store import FaqEntry, Store
from assistant.store.faq_records import FAQ_STATES, FaqHead, FaqVersion

FATES = {"new": "新增", "changed": "改动", "same": "相同", "refused": "不收", "removed": "删除"}
# Written to the database between two looks at the progress.
_AT_ONCE = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Fate:
    """What becomes of one row.

    Attributes:
        number: the row's number in the file.
        fate: one of ``FATES``.
        id: the entry; empty where it has no number yet.
        question: what it asks.
        reason: why it is refused, or which fields change.
        version: of the entry that it was compared with; 0 where there is none yet.
    """

    number: int
    fate: str
    id: str
    question: str
    reason: str = ""
    version: int = 0


@dataclass(frozen=True)
class PlannedImport:
    """A file that was read: its name and rows, and what would become of each."""

    name: str
    rows: list[SheetRow]
    fates: list[Fate]


def entries_of(rows: Sequence[SheetRow], name: str) -> list[FaqEntry]:
    """The entries of a table in which every row does, each in the state it names, published where it names none.

    Raises:
        BadInput: the first row that does not; the message names it.
    """
    entries = []
    for row in rows:
        where = f"{name} 第 {row.number} 行"
        if row.problem:
            raise BadInput(f"{where}：{row.problem}")
        state = str(row.fields.get("state") or "published")
        if state not in FAQ_STATES:
            raise BadInput(f"{where}：状态应当是 {'、'.join(FAQ_STATES)} 之一")
        given = {key: row.fields[key] for key in FIELDS if key in row.fields}
        entry_id = str(row.fields.get("id") or row.fields["question"])
        try:
            entries.append(checked(replace(FaqEntry(entry_id, "", (), "", state=state), **given)))
        except BadInput as error:
            raise BadInput(f"{where}：{error.message}") from error
    return entries


def fates_of_replacement(store: Store, entries: Sequence[FaqEntry]) -> list[Fate]:
    """What would become of each entry, and of each that is not among them, if they replaced the whole FAQ."""
    before = {entry.id: entry for entry in store.faq(state=None)}
    fates = []
    for number, entry in enumerate(entries, start=1):
        old = before.pop(entry.id, None)
        if old is None:
            fates.append(Fate(number, "new", entry.id, entry.question))
        else:
            names = [FIELDS[name] for name in changed_fields(old, entry)] + ["状态"] * (old.state != entry.state)
            fates.append(Fate(number, "changed" if names else "same", entry.id, entry.question, "、".join(names)))
    return [*fates, *(Fate(0, "removed", entry.id, entry.question) for entry in before.values())]


@dataclass(frozen=True)
class _Planned:
    fate: Fate
    head: FaqHead | None = None


class FaqImport:
    """Plans imports and carries them out.

    Args:
        store: where the FAQ is.
        now: the clock.
    """

    def __init__(self, store: Store, now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)) -> None:
        self._faq = store.faq_table
        self._now = now

    def plan(self, rows: Sequence[SheetRow], on_progress: Progress = lambda _done, _total: None) -> list[Fate]:
        """What would become of each row; nothing is written."""
        ids, by_question = self._known()
        heads = self._faq.heads(ids & {str(row.fields.get("id") or "") for row in rows} | set(by_question.values()))
        return [each.fate for each in _planned(rows, heads, by_question, "", self._now(), on_progress, {})]

    def read(self, name: str, data: bytes, on_progress: Progress = lambda _done, _total: None) -> PlannedImport:
        """Reads a file and plans its import; nothing is written.

        Raises:
            BadInput: the file cannot be read.
        """
        rows = read_sheet(data, name)
        return PlannedImport(name, rows, self.plan(rows, on_progress))

    def carry_out(
        self,
        login: str,
        rows: Sequence[SheetRow],
        name: str,
        on_progress: Progress = lambda _done, _total: None,
        seen: Sequence[Fate] = (),
    ) -> list[Fate]:
        """Brings the rows in, all in one transaction; what became of each, which may differ from the plan.

        Args:
            login: whose import it is.
            rows: the rows.
            name: the file's name, for the audit log.
            on_progress: told how many of how many are done.
            seen: the plan that was looked at: an entry that somebody changed since then is not overwritten.
        """
        versions = {fate.number: fate.version for fate in seen}
        with self._faq.changing() as faq:
            ids, by_question = self._known()
            heads = faq.heads(ids & {str(row.fields.get("id") or "") for row in rows} | set(by_question.values()))
            planned = _planned(rows, heads, by_question, login, self._now(), on_progress, versions)
            ordinal = faq.next_ordinal()
            put: list[FaqHead] = []
            for each in planned:
                if each.head is not None and each.fate.fate == "new":
                    put.append(replace(each.head, ordinal=ordinal))
                    ordinal += 1
                elif each.head is not None:
                    put.append(each.head)
            for start in range(0, len(put), _AT_ONCE):
                some = put[start : start + _AT_ONCE]
                faq.put(some, [_version(head, f"导入 {name}") for head in some], publishes=False)
                on_progress(len(rows) + start + len(some), len(rows) + len(put))
            counts = Counter(each.fate.fate for each in planned)
            if put:
                details: dict[str, Any] = {"file": name[:200], **counts, "ids": [head.entry.id for head in put]}
                faq.record(login, "faq.imported", "faq", details)
        return [each.fate for each in planned]

    def _known(self) -> tuple[set[str], dict[str, str]]:
        """The ids there are, and by question the entry that asks it first."""
        by_question: dict[str, str] = {}
        asked = self._faq.asked()
        for each in asked:
            if each.state != "archived":
                by_question.setdefault(each.question, each.id)
        return {each.id for each in asked}, by_question


def _planned(
    rows: Sequence[SheetRow],
    heads: dict[str, FaqHead],
    by_question: dict[str, str],
    login: str,
    now: datetime,
    on_progress: Progress,
    versions: dict[int, int],
) -> list[_Planned]:
    seen: set[str] = set()
    planned = []
    for place, row in enumerate(rows, start=1):
        planned.append(_plan_row(row, heads, by_question, seen, login, now, versions))
        if place % 100 == 0 or place == len(rows):
            on_progress(place, len(rows))
    return planned


def _plan_row(
    row: SheetRow,
    heads: dict[str, FaqHead],
    by_question: dict[str, str],
    seen: set[str],
    login: str,
    now: datetime,
    versions: dict[int, int],
) -> _Planned:
    question = str(row.fields.get("question") or "")
    entry_id = str(row.fields.get("id") or "") or by_question.get(question, "")
    if row.problem:
        return _Planned(Fate(row.number, "refused", entry_id, question, row.problem))
    entry_id = entry_id or question
    if entry_id in seen:
        return _Planned(Fate(row.number, "refused", entry_id, question, "文件里前面已有同一条"))
    seen.add(entry_id)
    before = heads.get(entry_id)
    given = {name: row.fields[name] for name in FIELDS if name in row.fields}
    base = before.entry if before is not None else FaqEntry(entry_id, "", (), "", state="draft")
    try:
        entry = checked(replace(base, **given))
    except BadInput as error:
        return _Planned(Fate(row.number, "refused", entry_id, question, error.message))
    version = before.version if before is not None else 0
    if before is not None and not changed_fields(before.entry, entry):
        return _Planned(Fate(row.number, "same", entry_id, entry.question, version=version))
    if versions.get(row.number, version) != version:
        reason = "看过之后有人改过这一条，没有覆盖；请重新选文件，对照后再导入"
        return _Planned(Fate(row.number, "refused", entry_id, question, reason))
    if before is None:
        head = FaqHead(replace(entry, state="draft"), 0, 1, None, 0, login, now)
        return _Planned(Fate(row.number, "new", entry_id, entry.question), head)
    fields = changed_fields(before.entry, entry)
    names = "、".join(FIELDS[name] for name in fields)
    head = replace(
        before,
        entry=replace(entry, state="draft"),
        version=before.version + 1,
        author=login,
        changed=now,
        remark="",
    )
    return _Planned(Fate(row.number, "changed", entry_id, entry.question, names, version), head)


def _version(head: FaqHead, note: str) -> FaqVersion:
    return FaqVersion(head.entry, head.version, head.author, head.changed, note[:200])
