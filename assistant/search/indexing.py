"""Keeping the index in agreement with the store, which is the system of record.

The store notes every change of a report in its queue, in the transaction of the change. The index is brought up to the
queue, committed, and only then are the queue's entries settled. Whatever moment a process dies at, the entries of an
unfinished step are still there at the next start, and doing a step twice gives the same index.
"""

from collections.abc import Callable, Sequence

from assistant.language import Segmenter, index_terms
from assistant.search.protocol import IndexedPassage, IndexedReport, SearchIndex
from assistant.store import Store, StoredReport

# Reports per index commit: a commit costs some 0.1 s whatever its size, and holds this many reports' terms in memory.
_BATCH = 256


class Indexer:
    """Brings an index up to its store.

    Args:
        store: the system of record.
        index: the index to keep in agreement.
        segmenter: makes the terms; the same one must segment the questions.
    """

    def __init__(self, store: Store, index: SearchIndex, segmenter: Segmenter) -> None:
        self._store = store
        self._index = index
        self._segmenter = segmenter

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
        self._store.enqueue_all()
        waiting = self._store.index_queue()

        def load(report_id: str) -> IndexedReport | None:
            report = self._load(report_id)
            if progress is not None:
                progress(1)
            return report

        self._index.replace_all(dict.fromkeys(entry.report_id for entry in waiting), load)
        self._store.settle_index(entry.sequence for entry in waiting)

    def _disagrees(self) -> bool:
        counts = self._store.counts()
        held = (self._index.report_count, self._index.passage_count)
        return counts.waiting == 0 and held != (counts.reports, counts.passages)

    def _load(self, report_id: str) -> IndexedReport | None:
        report = self._store.report(report_id)
        return None if report is None else indexed_report(report, self._segmenter)


def indexed_report(report: StoredReport, segmenter: Segmenter) -> IndexedReport:
    """A stored report as the index takes it. Headings are segmented once per section, not once per passage."""
    headings: dict[tuple[str, ...], Sequence[str]] = {}
    passages: list[IndexedPassage] = []
    for passage in report.passages:
        if passage.section_path not in headings:
            headings[passage.section_path] = index_terms(" \n".join(passage.section_path), segmenter)[0]
        words, bigrams = index_terms(passage.text, segmenter)
        passages.append(IndexedPassage(passage.id, words, bigrams, headings[passage.section_path]))
    summary = report.summary
    title, _ = index_terms(f"{summary.publisher}\n{summary.title}", segmenter)
    return IndexedReport(summary.id, title, summary.publisher, summary.year, passages)
