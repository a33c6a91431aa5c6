"""What is published at this moment, as the answers need it at hand: bodies, years, the FAQ ready to be matched.

Made once and made again only when the store's revision changes, so that a question costs no listing of reports.
"""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from assistant.answers.correcting import Corrector
from assistant.answers.everyday_faq import EverydayMatcher
from assistant.answers.everyday_words import Everyday
from assistant.answers.faq import FaqMatcher
from assistant.answers.scope import BodyNames
from assistant.answers.typed_index import TypedIndex
from assistant.language import EMPTY_WORDS, Segmenter, Synonyms, fold_text
from assistant.search import SearchIndex
from assistant.search.phrase_index import TantivyPhraseIndex
from assistant.store import FaqEntry, ReportSummary, Store

# What another process published is answered this much later at most; asking the database costs a tenth of an answer.
_LOOK_SECONDS = 0.25
# Reports whose questions are offered, the newest: of forty bodies ten years.
_OFFERED_REPORTS = 400


@dataclass(frozen=True)
class PublishedFaq:
    """The FAQ entries in the order staff gave them, made ready to be matched when first asked."""

    entries: tuple[FaqEntry, ...]
    segmenter: Segmenter
    words: Everyday

    @cached_property
    def matcher(self) -> FaqMatcher:
        """Takes a third of a second for sixty entries, which a start need not wait for."""
        return FaqMatcher(self.entries, self.segmenter, TantivyPhraseIndex)

    @cached_property
    def everyday(self) -> EverydayMatcher:
        """Made when a question is first asked that nothing else answers."""
        return EverydayMatcher(self.entries, self.words)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """All neighbouring characters of all entries, folded."""
        texts = (text for entry in self.entries for text in (entry.question, *entry.phrasings, entry.answer))
        folded = map(fold_text, texts)
        return frozenset(text[at : at + 2] for text in folded for at in range(len(text) - 1))

    @cached_property
    def typed(self) -> TypedIndex:
        """The questions, to be found by what is typed of them."""
        return TypedIndex([entry.question for entry in self.entries])


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


class Library:
    """Hands out the shelf of the store's present revision.

    Args:
        store: the system of record.
        segmenter: for the FAQ's candidate index.
        synonyms: words that mean the same.
        index: whose words questions are corrected by.
        everyday: everyday words that the FAQ puts otherwise; they count for the FAQ only.
        read_questions: gives the questions to offer about a report; none are offered without it.
    """

    def __init__(
        self,
        store: Store,
        segmenter: Segmenter,
        synonyms: Synonyms,
        index: SearchIndex,
        everyday: Synonyms | None = None,
        read_questions: Callable[[ReportSummary], tuple[str, ...]] = lambda _: (),
    ) -> None:
        self._store = store
        self._index = index
        self._segmenter = segmenter
        self._synonyms = synonyms
        self._everyday = Everyday(everyday or Synonyms(), synonyms)
        self._read_questions = read_questions
        self._lock = threading.Lock()
        self._own_changes = -1
        self._next_look = 0.0
        self._shelf = self._make()

    def shelf(self) -> Shelf:
        """The shelf as of now. While one thread makes a new one, others go on with the last."""
        if self._is_due() and self._store.revision() != self._shelf.revision and self._lock.acquire(blocking=False):
            try:
                self._shelf = self._make()
            finally:
                self._lock.release()
        return self._shelf

    def _is_due(self) -> bool:
        """Whether the revision should be looked up: at once after this process wrote, else at most so often."""
        own, now = self._store.own_changes, time.monotonic()
        if own == self._own_changes and now < self._next_look:
            return False
        self._own_changes, self._next_look = own, now + _LOOK_SECONDS
        return True

    def _make(self) -> Shelf:
        revision = self._store.revision()
        reports = {summary.id: summary for summary in self._store.reports()}
        entries = tuple(self._store.faq())
        last = getattr(self, "_shelf", None)
        same = last is not None and last.faq.entries == entries
        faq = last.faq if last is not None and same else PublishedFaq(entries, self._segmenter, self._everyday)
        publishers = {summary.publisher for summary in reports.values() if summary.publisher}
        bodies = BodyNames(publishers, self._synonyms.groups)
        return Shelf(
            revision=revision,
            reports=reports,
            years=frozenset(summary.year for summary in reports.values() if summary.year is not None),
            bodies=bodies,
            faq=faq,
            synonyms=self._synonyms,
            corrector=Corrector(
                self._index,
                self._segmenter,
                partial(_words_beside, faq, bodies, self._synonyms),
                lambda: faq.pairs,
                partial(bodies.slips, self._segmenter.share),
            ),
            read_questions=self._read_questions,
        )
