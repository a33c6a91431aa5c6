"""What people ask, as staff look at it and act on it: groups, decisions, proposed phrasings.

Every decision is told to the audit log in its transaction. An FAQ entry that is written from here is a draft like any
other: it is reviewed before a citizen is answered from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from rapidfuzz import fuzz, process

from assistant.desk.faq import FaqDesk
from assistant.desk.faq_fields import PHRASINGS_MOST
from assistant.desk.periods import Period, before, read_period
from assistant.desk.plain_text import bounded, one_line, written
from assistant.errors import BadInput, NotFound
from assistant.store import FaqEntry, Store
from assistant.store.daily_table import local_day
from assistant.store.faq_records import FaqHead
from assistant.store.group_table import FILTERS
from assistant.store.question_records import Decision, FormCount, GivenAnswer, GroupCount, QuestionGroup
from assistant.store.suggestion_table import Suggestion

PER_PAGE = 50
NOTE_MOST = 300
WORD_MOST = 60
# Wordings that a group's page shows, of which some are offered for an entry.
_FORMS_SHOWN = 30
_SUGGESTIONS_SHOWN = 100
_ENTRIES_SHOWN = 8
_FARTHEST_PAGE = 400


@dataclass(frozen=True)
class GroupsPage:
    """Some of the groups of a period.

    Attributes:
        period: the period.
        rows: the groups, in order.
        earlier: how often each was asked in the period before, by group.
        page: which page it is, from 1 on.
        more: whether there are others after it.
    """

    period: Period
    rows: tuple[GroupCount, ...]
    earlier: dict[int, int]
    page: int
    more: bool


@dataclass(frozen=True)
class GroupView:
    """One group.

    Attributes:
        group: the group.
        forms: its wordings, those asked most first.
        answers: what it was answered with lately.
        counts: its counts by the name of the period.
    """

    group: QuestionGroup
    forms: tuple[FormCount, ...]
    answers: tuple[GivenAnswer, ...]
    counts: dict[str, GroupCount]


class Asked:
    """What people ask.

    Args:
        store: where it is kept.
        now: the clock.
    """

    def __init__(self, store: Store, now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)) -> None:
        self._store = store
        self._faq = FaqDesk(store)
        self._now = now

    def period(self, name: str) -> Period:
        """The period of that name, the last thirty days for any other."""
        today = local_day(self._now())
        found = read_period(name, today) or read_period("d30", today)
        assert found is not None  # noqa: S101 - d30 is a period on every day
        return found

    def page(self, period: str, wanted: str, *, department: str = "", word: str = "", page: int = 1) -> GroupsPage:
        """Groups of a period; what is not understood of the wishes is left out.

        Args:
            period: the name of the period.
            wanted: one of ``FILTERS``.
            department: of this department only.
            word: with this in their label.
            page: from 1 on.
        """
        chosen = self.period(period)
        place = min(max(page, 1), _FARTHEST_PAGE)
        kind = wanted if wanted in FILTERS else FILTERS[0]
        rows = self._store.groups.page(
            chosen.name,
            kind,
            department=department,
            word=one_line(word)[:WORD_MOST],
            offset=(place - 1) * PER_PAGE,
            limit=PER_PAGE + 1,
        )
        shown = rows[:PER_PAGE]
        return GroupsPage(chosen, tuple(shown), self._earlier(chosen, shown), place, len(rows) > PER_PAGE)

    def group(self, group: int) -> GroupView:
        """One group.

        Raises:
            NotFound: there is none with this id.
        """
        found = self._there(group)
        groups = self._store.groups
        forms, answers = groups.forms(group, _FORMS_SHOWN), groups.answers(group)
        return GroupView(found, tuple(forms), tuple(answers), groups.in_periods(group))

    def write_entry(
        self, login: str, group: int, question: str, answer: str, publisher: str, phrasings: Sequence[str] = ()
    ) -> FaqHead:
        """Drafts an FAQ entry that answers a group.

        Raises:
            BadInput: a field of the entry does not do.
            NotFound: there is no such group.
        """
        self._there(group)
        said = tuple(phrasings)[:PHRASINGS_MOST]
        entry = FaqEntry("", question, said, answer, publisher=publisher, owner=login, state="draft")
        head = self._faq.save(login, entry, None, "由市民的问题起草")
        self._decide(group, Decision("drafted", entry_id=head.entry.id), login)
        return head

    def add_phrasings(self, login: str, group: int, entry_id: str, phrasings: Sequence[str]) -> FaqHead:
        """Adds a group's wordings to an entry, as a new version of it.

        Raises:
            BadInput: none was chosen, or one does not do.
            NotFound: there is no such group or entry.
        """
        self._there(group)
        if not phrasings:
            raise BadInput("请选择要加的问法。", code="phrasings_missing")
        head = self._add(login, entry_id, phrasings)
        self._decide(group, Decision("phrased", entry_id=entry_id), login)
        return head

    def link_passage(self, login: str, group: int, report_id: str, anchor: str) -> None:
        """Says which passage of a report answers a group.

        Raises:
            NotFound: there is no such group or passage.
        """
        self._there(group)
        passages = self._store.report_passages(report_id)
        found = next((each for each in passages if each.anchor == anchor), None)
        if found is None:
            raise NotFound("没有这个段落，报告可能已经更新。")
        self._decide(group, Decision("linked", report_id=report_id, passage=f"{anchor}\n{found.text}"), login)

    def out_of_scope(self, login: str, group: int, note: str) -> None:
        """Says that this service is not for what a group asks.

        Raises:
            BadInput: no reason, or one that is too long.
            NotFound: there is no such group.
        """
        said = written(bounded(one_line(note), NOTE_MOST, "理由"), "理由")
        self._decide(group, Decision("out_of_scope", note=said), login)

    def undo(self, login: str, group: int) -> None:
        """Takes back what was decided; an entry that was drafted stays.

        Raises:
            NotFound: there is no such group.
        """
        self._decide(group, Decision("open"), login)

    def nearest_entries(self, label: str) -> list[FaqEntry]:
        """The entries whose questions are nearest to a group's, for its words to be added to."""
        texts = self._store.faq_table.questions()
        best = process.extract(label, texts, scorer=fuzz.token_ratio, limit=_ENTRIES_SHOWN)
        heads = self._store.faq_table.heads([entry_id for _, _, entry_id in best])
        return [heads[entry_id].entry for _, _, entry_id in best if entry_id in heads]

    def suggestions(self) -> list[tuple[Suggestion, FaqEntry]]:
        """The wordings that wait for a yes, each with the entry that it is proposed for."""
        waiting = self._store.suggestions.waiting(_SUGGESTIONS_SHOWN)
        heads = self._store.faq_table.heads({each.entry_id for each in waiting})
        return [(each, heads[each.entry_id].entry) for each in waiting if each.entry_id in heads]

    def settle(self, login: str, key: str, entry_id: str, *, accepted: bool) -> None:
        """Says yes or no to a proposed wording; a yes adds it to the entry, as a new version of it.

        Raises:
            NotFound: it does not wait any more.
        """
        waiting = self._store.suggestions.waiting(_SUGGESTIONS_SHOWN)
        found = next((each for each in waiting if (each.key, each.entry_id) == (key, entry_id)), None)
        if found is None:
            raise NotFound("这条建议已经有人处理过了。")
        if accepted:
            self._add(login, entry_id, (found.text,))
        self._store.suggestions.settle(found, "accepted" if accepted else "refused", login)

    def _add(self, login: str, entry_id: str, phrasings: Sequence[str]) -> FaqHead:
        head = self._faq.head(entry_id)
        said = tuple(dict.fromkeys((*head.entry.phrasings, *phrasings)))
        return self._faq.save(login, replace(head.entry, phrasings=said), head.version, "加了市民的问法")

    def _there(self, group: int) -> QuestionGroup:
        found = self._store.groups.get(group)
        if found is None:
            raise _unknown()
        return found

    def _decide(self, group: int, decision: Decision, login: str) -> None:
        if not self._store.groups.decide(group, decision, login, self._now()):
            raise _unknown()

    def _earlier(self, period: Period, rows: Sequence[GroupCount]) -> dict[int, int]:
        """How often the groups were asked in the period before."""
        if period.name.startswith("d"):
            return {row.group.id: row.before for row in rows}
        earlier = before(period, local_day(self._now()))
        if earlier is None:
            return {}
        return self._store.groups.asked_in(earlier.name, [row.group.id for row in rows])


def _unknown() -> NotFound:
    return NotFound("没有这组问题，它可能已经合到别的组，或者太久没有人问了。", code="group_unknown")
