"""Keeping the index in agreement with the store, which is the system of record.

The store notes every change of a report in its queue, in the transaction of the change. The index is brought up to the
queue, committed, and only then are the queue's entries settled. Whatever moment a process dies at, the entries of an
unfinished step are still there at the next start, and doing a step twice gives the same index.
"""

from collections.abc import Callable, Iterator

from assistant.language import Segmenter, index_terms
from assistant.reports import ReportWords
from assistant.search.protocol import IndexedPassage, IndexedReport, SearchIndex
from assistant.search.reading import Recipe, cut_in_worker
from assistant.search.words import Texts, cut, texts_of
from assistant.search.workers import Lost, Workers
from assistant.store import Indexable, Store

# Reports per index commit: a commit costs some 0.1 s whatever its size, and holds this many reports' terms in memory.
_BATCH = 256
# From this many reports on, cutting them anew is worth the second that it takes each process to load the dictionary.
_MANY = 8
# The longest report there is takes a quarter of a minute; this leaves room for a busy machine.
_CUT_SECONDS = 300.0


class Indexer:
    """Brings an index up to its store.

    Args:
        store: the system of record.
        index: the index to keep in agreement.
        segmenter: makes the terms; the same one must segment the questions.

    Attributes:
        segmenter: as given.
    """

    def __init__(self, store: Store, index: SearchIndex, segmenter: Segmenter) -> None:
        self._store = store
        self._index = index
        self.segmenter = segmenter

    def settle(self, progress: Callable[[int], None] | None = None) -> int:
        """Index what waits in the store's queue by now; what another process saves meanwhile is that one's to settle.

        Args:
            progress: told the number of reports done in each step.

        Returns:
            How many queue entries were settled.

        Raises:
            Busy: another process holds the index and did not finish in time; the queue is kept.
        """
        waiting = self._store.index_queue()
        for first in range(0, len(waiting), _BATCH):
            batch = waiting[first : first + _BATCH]
            report_ids = list(dict.fromkeys(entry.report_id for entry in batch))
            self._index.update(report_ids, self._load)
            self._store.settle_index(entry.sequence for entry in batch)
            if progress is not None:
                progress(len(report_ids))
        return len(waiting)

    def agrees(self) -> bool:
        """Whether nothing waits and the index holds as many reports and passages as the store."""
        counts = self._store.counts()
        return (
            counts.waiting == 0
            and counts.reports == self._index.report_count
            and counts.passages == self._index.passage_count
        )

    def recover(self) -> None:
        """Bring the index into agreement after whatever happened to the last process; cheap when it agrees."""
        self.settle()
        # Looked at twice: between the store's counts and the index's another process may have committed.
        if self._disagrees() and self._disagrees():
            self.rebuild()

    def rebuild(self, progress: Callable[[int], None] | None = None) -> None:
        """Build the index again from the store alone; questions asked meanwhile are answered from the old one.

        Everything is queued first: should the process die, the next start brings the old index up report by report.
        """
        self._cut_anew()
        self._store.enqueue_all()
        waiting = self._store.index_queue()

        def load(report_id: str) -> IndexedReport | None:
            report = self._load(report_id)
            if progress is not None:
                progress(1)
            return report

        self._index.replace_all(dict.fromkeys(entry.report_id for entry in waiting), load)
        self._store.settle_index(entry.sequence for entry in waiting)

    def _cut_anew(self) -> None:
        """Cut on all cores what is not yet cut by this dictionary and lexicon."""
        stale = self._store.without_words(self.segmenter.version)
        if len(stale) < _MANY:
            return  # cut as they are loaded
        hashes: dict[str, str] = {}

        def texts() -> Iterator[tuple[str, Texts]]:
            for report_id in stale:
                report = self._store.indexable(report_id, self.segmenter.version)
                if report is not None:
                    hashes[report_id] = report.summary.content_hash
                    yield report_id, texts_of(report)

        with Workers(cut_in_worker, Recipe.of(self.segmenter), _CUT_SECONDS) as workers:
            for (report_id, _), words in workers.map(texts()):
                # What a process was lost over is cut by this one, as it is loaded.
                if not isinstance(words, Lost):
                    self._store.keep_words(report_id, hashes.pop(report_id), words)

    def _disagrees(self) -> bool:
        counts = self._store.counts()
        held = (self._index.report_count, self._index.passage_count)
        return counts.waiting == 0 and held != (counts.reports, counts.passages)

    def _load(self, report_id: str) -> IndexedReport | None:
        report = self._store.indexable(report_id, self.segmenter.version)
        if report is None:
            return None
        words = report.words
        if words is None:
            words = cut(texts_of(report), self.segmenter)
            self._store.keep_words(report_id, report.summary.content_hash, words)
        return indexed_report(report, words, self.segmenter)


def read_anew(store: Store, report_id: str, segmenter: Segmenter) -> IndexedReport | None:
    """A report as the index takes it, cut by this segmenter now; nothing of that is kept in the store."""
    report = store.indexable(report_id, segmenter.version)
    if report is None:
        return None
    return indexed_report(report, report.words or cut(texts_of(report), segmenter), segmenter)


def indexed_report(report: Indexable, words: ReportWords, segmenter: Segmenter) -> IndexedReport:
    """A stored report as the index takes it, from the words of its texts."""
    headings = {
        heading: index_terms(cut_heading, segmenter)[0]
        for heading, cut_heading in zip(report.headings, words.headings, strict=True)
    }
    passages = [
        IndexedPassage(
            passage.id,
            *index_terms(cut_passage, segmenter),
            [word for heading in passage.section_path for word in headings[heading]],
        )
        for passage, cut_passage in zip(report.passages, words.passages, strict=True)
    ]
    summary = report.summary
    title, _ = index_terms(words.title, segmenter)
    return IndexedReport(summary.id, title, summary.publisher, summary.year, passages)
