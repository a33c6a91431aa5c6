"""What is published at this moment, as the answers need it at hand: bodies, years, the FAQ ready to be matched.

Made once and made again only when the store's revision changes, so that a question costs no listing of reports.
"""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Protocol

from assistant.answers.correcting import Corrector
from assistant.answers.entry_readings import changed_places
from assistant.answers.everyday_faq import EverydayMatcher
from assistant.answers.everyday_words import Everyday
from assistant.answers.faq import FaqMatcher
from assistant.answers.plain_words import plain_words
from assistant.answers.scope import BodyNames
from assistant.answers.typed_index import TypedIndex
from assistant.language import EMPTY_WORDS, Segmenter, Synonyms
from assistant.search import SearchIndex
from assistant.search.kept_readings import KeptReadings
from assistant.store import FaqEntry, ReportSummary, Store

# What another process published is answered this much later at most; asking the database costs a tenth of an answer.
_LOOK_SECONDS = 0.25
# Reports whose questions are offered, the newest: of forty bodies ten years.
_OFFERED_REPORTS = 400


@dataclass(frozen=True)
class PublishedFaq:
    """The FAQ entries in the order staff gave them, made ready to be matched when first asked.

    Attributes:
        entries: the entries; their answers are plain words, without the marks of Markdown.
        segmenter: cuts them.
        words: puts everyday words as the FAQ puts them.
        kept: what was read of entries, for the next start; None keeps nothing.
    """

    entries: tuple[FaqEntry, ...]
    segmenter: Segmenter
    words: Everyday
    kept: KeptReadings | None = None

    @cached_property
    def matcher(self) -> FaqMatcher:
        """Takes a third of a second for sixty entries, which a start need not wait for."""
        return FaqMatcher(self.entries, self.segmenter, kept=self.kept)

    @cached_property
    def everyday(self) -> EverydayMatcher:
        """Made when a question is first asked that nothing else answers."""
        return EverydayMatcher(self.entries, self.words, kept=self.kept)

    @property
    def pairs(self) -> Set[str]:
        """All neighbouring characters of all entries, folded."""
        return self.pair_counts.keys()

    @cached_property
    def pair_counts(self) -> Counter[str]:
        """Neighbouring characters, with how many entries hold them."""
        return Counter(pair for place in range(len(self.entries)) for pair in self.matcher.pairs_at(place))

    @cached_property
    def typed(self) -> TypedIndex:
        """The questions, to be found by what is typed of them."""
        return TypedIndex([entry.question for entry in self.entries])

    def make_ready(self) -> None:
        """Make now what the first question would otherwise wait for."""
        self.matcher, self.everyday, self.pair_counts, self.typed  # noqa: B018 - made when first read

    def with_entries(self, entries: tuple[FaqEntry, ...], kept: KeptReadings | None = None) -> "PublishedFaq":
        """The same with other entries, as ready as this is: only what differs is read, for no question shall wait.

        Args:
            entries: the entries.
            kept: where what is read of them is kept; None, for what is not published, keeps nothing.
        """
        # What is equal is the same object from here on, which is quicker to tell.
        before = (*self.entries, *entries[len(self.entries) :])
        entries = tuple(old if old == entry else entry for old, entry in zip(before, entries, strict=False))
        new = PublishedFaq(entries, self.segmenter, self.words, kept)
        changed = changed_places(self.entries, entries)
        if changed is None and 2 * len(set(self.entries) & set(entries)) < len(self.entries):
            return new  # taking the others out one by one would be the longer way
        ready, made = vars(self), vars(new)
        if "matcher" in ready:
            made["matcher"] = FaqMatcher(entries, self.segmenter, self.matcher, kept)
        if "everyday" in ready:
            made["everyday"] = EverydayMatcher(entries, self.words, self.everyday, kept)
        if "pair_counts" in ready and changed is not None:
            counts = self.pair_counts.copy()
            for place in changed:
                counts.update(new.matcher.pairs_at(place))
                if place < len(self.entries):
                    counts.subtract(self.matcher.pairs_at(place))
            made["pair_counts"] = +counts
        return new


@dataclass(frozen=True)
class Shelf:
    """One state of what is published.

    Attributes:
        revision: the store's revision it was made from.
        reports: all reports by id.
        years: the years there are reports of.
        bodies: the known bodies and their names.
        faq: the FAQ.
        synonyms: words that mean the same.
        corrector: forgives slips.
        read_questions: gives the questions to offer about a report.
    """

    revision: int
    reports: dict[str, ReportSummary]
    years: frozenset[int]
    bodies: BodyNames
    faq: PublishedFaq
    synonyms: Synonyms
    corrector: Corrector
    read_questions: Callable[[ReportSummary], tuple[str, ...]]

    @cached_property
    def reports_of(self) -> dict[str, list[ReportSummary]]:
        """The reports by body; those of no known body are left out."""
        found: dict[str, list[ReportSummary]] = {}
        for report in self.reports.values():
            if report.publisher:
                found.setdefault(report.publisher, []).append(report)
        return found

    @cached_property
    def newest(self) -> tuple[ReportSummary, ...]:
        """The reports whose questions are offered, the newest first."""
        ordered = sorted(self.reports.values(), key=lambda each: (-(each.year or 0), each.publisher, each.id))
        return tuple(ordered[:_OFFERED_REPORTS])

    @cached_property
    def typed(self) -> TypedIndex:
        """The questions about reports, to be found by what is typed of them; made when first typed or warmed up."""
        asked = [self.read_questions(report) for report in self.newest]
        # The first of each report before the second of any: what is asked most, of all bodies.
        turns = itertools.chain.from_iterable(itertools.zip_longest(*asked))
        return TypedIndex(list(dict.fromkeys(filter(None, turns))))

    @property
    def publishers(self) -> frozenset[str]:
        """The bodies there are reports of."""
        return frozenset(self.reports_of)


def _words_beside(faq: PublishedFaq, bodies: BodyNames, synonyms: Synonyms) -> Iterator[str]:
    """The words that citizens may use though no report does."""
    yield from EMPTY_WORDS
    yield from bodies.aliases
    yield from itertools.chain.from_iterable(synonyms.groups)
    yield from faq.matcher.words


class Shelves(Protocol):
    """Hands out what is published."""

    def shelf(self) -> Shelf:
        """The shelf to answer from."""

    def newest(self) -> Shelf:
        """The shelf with all that is published now in it, which may take a while."""


@dataclass(frozen=True)
class FixedShelf:
    """One shelf and no other: for trying what is not published."""

    kept: Shelf

    def shelf(self) -> Shelf:
        """See Shelves."""
        return self.kept

    def newest(self) -> Shelf:
        """See Shelves."""
        return self.kept


class Library:
    """Hands out the shelf of the store's present revision.

    Args:
        store: the system of record.
        segmenter: for the FAQ's candidate index.
        synonyms: words that mean the same.
        index: whose words questions are corrected by.
        everyday: everyday words that the FAQ puts otherwise; they count for the FAQ only.
        read_questions: gives the questions to offer about a report; none are offered without it.
        kept: what was read of FAQ entries at an earlier start.
        today: the day by which entries are valid.
    """

    def __init__(
        self,
        store: Store,
        segmenter: Segmenter,
        synonyms: Synonyms,
        index: SearchIndex,
        everyday: Synonyms | None = None,
        read_questions: Callable[[ReportSummary], tuple[str, ...]] = lambda _: (),
        kept: KeptReadings | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._store = store
        self._index = index
        self._segmenter = segmenter
        self._synonyms = synonyms
        self._everyday = Everyday(everyday or Synonyms(), synonyms)
        self._read_questions = read_questions
        self._kept = kept
        self._today = today
        self._lock = threading.Lock()
        self._own_changes = -1
        self._next_look = 0.0
        self._made_on = today()
        self._shelf = self._make(PublishedFaq((), segmenter, self._everyday, kept))

    def shelf(self) -> Shelf:
        """The shelf as of now. While one thread makes a new one, others go on with the last."""
        if self._is_due() and self._is_stale():
            if self._lock.acquire(blocking=False):
                try:
                    self._make_anew()
                finally:
                    self._lock.release()
            else:  # what is being made may be older than what was written since: looked at again the next time
                self._own_changes = -1
        return self._shelf

    def newest(self) -> Shelf:
        """The shelf of what is published now, waited for where one is being made: for whoever just published."""
        with self._lock:
            if self._is_stale():
                self._make_anew()
            return self._shelf

    def trial(self, entries: Iterable[FaqEntry]) -> Shelf:
        """The shelf as it would be if exactly these entries were published today; its own ones are plain already."""
        faq = self.shelf().faq
        own = set(map(id, faq.entries))
        return self.shelf_with(faq.with_entries(tuple(each if id(each) in own else _plain(each) for each in entries)))

    def shelf_with(self, faq: PublishedFaq) -> Shelf:
        """The shelf as it would be with this FAQ."""
        shelf = self.shelf()
        return replace(shelf, faq=faq, corrector=self._corrector(faq, shelf.bodies))

    def _is_due(self) -> bool:
        """Whether the revision should be looked up: at once after this process wrote, else at most so often."""
        own, now = self._store.own_changes, time.monotonic()
        if own == self._own_changes and now < self._next_look:
            return False
        self._own_changes, self._next_look = own, now + _LOOK_SECONDS
        return True

    def _is_stale(self) -> bool:
        return self._store.revision() != self._shelf.revision or self._today() != self._made_on

    def _make_anew(self) -> None:
        self._made_on = self._today()
        self._shelf = self._make(self._shelf.faq)

    def _make(self, before: PublishedFaq) -> Shelf:
        revision = self._store.revision()
        reports = {summary.id: summary for summary in self._store.reports()}
        entries = tuple(_plain(entry) for entry in self._store.faq() if entry.is_valid_on(self._made_on))
        faq = before if before.entries == entries else before.with_entries(entries, self._kept)
        publishers = {summary.publisher for summary in reports.values() if summary.publisher}
        bodies = BodyNames(publishers, self._synonyms.groups)
        return Shelf(
            revision=revision,
            reports=reports,
            years=frozenset(summary.year for summary in reports.values() if summary.year is not None),
            bodies=bodies,
            faq=faq,
            synonyms=self._synonyms,
            corrector=self._corrector(faq, bodies),
            read_questions=self._read_questions,
        )

    def _corrector(self, faq: PublishedFaq, bodies: BodyNames) -> Corrector:
        return Corrector(
            self._index,
            self._segmenter,
            partial(_words_beside, faq, bodies, self._synonyms),
            lambda: faq.pairs,
            partial(bodies.slips, self._segmenter.share),
        )


def _plain(entry: FaqEntry) -> FaqEntry:
    """The entry with its answer as citizens read it."""
    answer = plain_words(entry.answer)
    return entry if answer == entry.answer else replace(entry, answer=answer)
