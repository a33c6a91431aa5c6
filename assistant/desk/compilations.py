"""Compilations of what was asked most (热点问题汇编): begun from the groups of a period, edited, published by another.

A question stands in a published compilation with its answer or not at all. Answers are taken from FAQ entries as they
are published; what an editor changes is read by a reviewer before a citizen reads it.
"""

import io
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from typing import Any

from docx import Document
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from assistant.answers.plain_words import plain_words
from assistant.desk.differences import FieldDifference, differences
from assistant.desk.faq_sheets import neutral
from assistant.desk.handling import REASON_MOST
from assistant.desk.periods import Period
from assistant.desk.plain_text import bounded, one_line, plain, written
from assistant.desk.published_contacts import PublishedContacts
from assistant.desk.sensitive import Sensitive, find_sensitive
from assistant.errors import AnanError, BadInput, NotFound
from assistant.store import Store
from assistant.store.compilation_table import Compilation, CompilationText, CompiledItem

TITLE_MOST, INTRO_MOST, QUESTION_MOST, ANSWER_MOST = 100, 2_000, 200, 5_000
ITEMS_MOST = 30
# Compilations that a list shows.
LISTED = 100


class Compilations:
    """The compilations of one store.

    Args:
        store: where they are kept.
        now: the clock.
        office: the contact of the settings, which is no private matter.
    """

    def __init__(
        self, store: Store, now: Callable[[], datetime] = lambda: datetime.now(timezone.utc), office: str = ""
    ) -> None:
        self._store = store
        self._kept = store.compilations
        self._now = now
        self._is_public = PublishedContacts(store, office)

    def begin(self, login: str, period: Period, department: str) -> int:
        """Begins one with the groups asked most in a period and the published answers there are; its id.

        Raises:
            BadInput: nothing was asked then.
        """
        rows = self._store.groups.page(period.name, "all", department=department, limit=ITEMS_MOST)
        rows = [row for row in rows if row.group.state != "out_of_scope"]
        if not rows:
            raise BadInput("这段时间没有问题可以汇编。", code="compilation_empty")
        published = {entry.id: plain_words(entry.answer) for entry in self._store.faq()}
        items = []
        for row in rows:
            given = [row.group.entry_id, *(each.entry_id for each in self._store.groups.answers(row.group.id))]
            entry_id = next((each for each in given if each in published), "")
            items.append(
                CompiledItem(row.group.label[:QUESTION_MOST], published.get(entry_id, ""), row.asked, entry_id)
            )
        title = f"{department}热点问题汇编（{period.words}）"
        text = CompilationText(title[:TITLE_MOST], "", tuple(items))
        return self._kept.create(period.first, period.last, department, text, login, self._now())

    def get(self, compilation: int) -> Compilation:
        """A compilation in its newest version.

        Raises:
            NotFound: there is none.
        """
        found = self._kept.get(compilation)
        if found is None:
            raise _unknown()
        return found

    def public(self, compilation: int) -> Compilation:
        """A compilation as the public reads it.

        Raises:
            NotFound: there is none, or it is not public.
        """
        found = self._kept.public(compilation)
        if found is None:
            raise _unknown()
        return found

    def save(self, login: str, compilation: int, base: int, text: CompilationText) -> None:
        """Saves a new version.

        Raises:
            BadInput: something in it does not do.
            AnanError: somebody else saved meanwhile (409).
            NotFound: there is no such compilation.
        """
        self.get(compilation)
        if not self._kept.save(compilation, base, _checked(text), login, self._now()):
            raise AnanError("别人刚刚改过这份汇编，请看过新的一版再改。", code="compilation_changed", status=409)

    def authors(self, found: Compilation) -> frozenset[str]:
        """Who saved one of the versions since the last that was public."""
        return self._kept.editors_since(found.id, found.published_version or 0)

    def sensitive(self, text: CompilationText) -> list[tuple[str, str, tuple[Sensitive, ...]]]:
        """What of a compilation a person must look at: where it stands, the text there, and the finds in it."""
        words = self._store.faq_table.watch_words()
        found = [(where, said, find_sensitive(said, words, self._is_public)) for where, said in _places(text).items()]
        return [(where, said, finds) for where, said, finds in found if finds]

    def publish(self, login: str, compilation: int, version: int, reason: str = "") -> None:
        """Makes the newest version public; with sensitive information in it only for a reason, which is logged.

        Raises:
            BadInput: a question has no answer, who publishes it saved one of the versions that are new, or a reason
                is missing.
            AnanError: it is not the newest version any more (409).
        """
        found = self.get(compilation)
        if found.version != version:
            raise AnanError("别人刚刚改过这份汇编，请看过新的一版再公布。", code="compilation_changed", status=409)
        # Whoever saves last adds little: all whose words are new since the last version that was public count.
        if login in self.authors(found):
            raise BadInput("自己改的要由别人公布。", code="own_change")
        if not found.text.items or not all(item.answer for item in found.text.items):
            raise BadInput("还有问题没有答案；请补上，或去掉这个问题。", code="compilation_unanswered")
        said = bounded(one_line(reason), REASON_MOST, "理由")
        kinds = Counter(each.kind for _, _, finds in self.sensitive(found.text) for each in finds)
        if kinds and not said:
            raise BadInput("里面有像是敏感信息的；核对后仍要公布，请写明理由。", code="sensitive", status=409)
        told: dict[str, Any] = {"sensitive": dict(kinds), "reason": said} if kinds else {}
        self._kept.publish(compilation, version, login, self._now(), told)

    def withdraw(self, login: str, compilation: int) -> None:
        """Takes back what is public.

        Raises:
            NotFound: there is no such compilation.
        """
        if not self._kept.publish(compilation, None, login, self._now()):
            raise _unknown()


def text_differences(before: CompilationText, after: CompilationText) -> tuple[FieldDifference, ...]:
    """What differs between two versions, place by place."""
    old, new = _places(before), _places(after)
    return tuple(
        FieldDifference("", where, differences(old.get(where, ""), new.get(where, "")))
        for where in {**old, **new}
        if old.get(where, "") != new.get(where, "")
    )


def _places(text: CompilationText) -> dict[str, str]:
    """Each text of a compilation by where it stands."""
    places = {"标题": text.title, "说明": text.intro}
    for at, item in enumerate(text.items, start=1):
        places |= {f"第 {at} 个问题": item.question, f"第 {at} 个答案": item.answer}
    return places


def as_docx(compilation: Compilation) -> bytes:
    """The compilation as a Word file."""
    made = Document()
    made.add_heading(_plain(compilation.text.title), 0)
    if compilation.text.intro:
        made.add_paragraph(_plain(compilation.text.intro))
    for number, item in enumerate(compilation.text.items, start=1):
        made.add_heading(f"{number}. {_plain(item.question)}", 2)
        for line in _plain(item.answer).splitlines():
            made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def as_xlsx(compilation: Compilation) -> bytes:
    """The compilation as a spreadsheet; no cell of it can be taken for a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("热点问题汇编")
    sheet.freeze_panes = "A2"
    for column, width in (("A", 8), ("B", 40), ("C", 90), ("D", 10)):
        sheet.column_dimensions[column].width = width
    rows: list[Sequence[str | int]] = [("序号", "问题", "答案", "问过次数")]
    rows += [(at, item.question, item.answer, item.times) for at, item in enumerate(compilation.text.items, start=1)]
    for place, row in enumerate(rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=neutral(_plain(value)) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=place == 0)
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _checked(text: CompilationText) -> CompilationText:
    if len(text.items) > ITEMS_MOST:
        raise BadInput(f"一份汇编最多 {ITEMS_MOST} 个问题。", code="compilation_long")
    title = written(bounded(one_line(text.title), TITLE_MOST, "标题"), "标题")
    intro = bounded(plain(text.intro), INTRO_MOST, "说明")
    items = tuple(
        CompiledItem(
            written(bounded(one_line(item.question), QUESTION_MOST, "问题"), "问题"),
            bounded(plain(item.answer), ANSWER_MOST, "答案"),
            item.times,
            item.entry_id,
        )
        for item in text.items
    )
    return CompilationText(title, intro, items)


def _plain(text: str) -> str:
    """Without what neither Word nor Excel can hold."""
    return "".join(char for char in text if char in "\n\t" or char.isprintable())


def _unknown() -> NotFound:
    return NotFound("没有这份热点问题汇编，它可能已经撤下。", code="compilation_unknown")
