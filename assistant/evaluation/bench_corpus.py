"""A store and index of their own for a benchmark, in a temporary folder, filled through the same code as always."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.answers import Answerer, Conversations, Finder, Library, assemble, read_word_lists
from assistant.language import Segmenter
from assistant.reports.model import Report
from assistant.resources import corpus_folder
from assistant.search import SearchIndex
from assistant.search.indexing import Indexer
from assistant.search.tantivy_index import TantivyIndex
from assistant.settings import Settings
from assistant.store import FaqEntry, Store


@dataclass(frozen=True)
class BenchCorpus:
    """What a benchmark asks."""

    store: Store
    index: SearchIndex
    indexer: Indexer
    segmenter: Segmenter
    answerer: Answerer
    library: Library
    finder: Finder


@contextmanager
def bench_corpus(reports: Iterable[Report], faq: Iterable[FaqEntry] = ()) -> Iterator[BenchCorpus]:
    """Store and index the reports, hand them over, and leave nothing behind."""
    corpus = corpus_folder()
    with tempfile.TemporaryDirectory(prefix="anan-bench-") as name:
        folder = Path(name)
        store = Store.open(folder / "anan.db")
        index = TantivyIndex(folder / "index")
        segmenter = Segmenter(corpus / "lexicon.txt", folder / "cache")
        try:
            store.replace_faq(list(faq))
            for report in reports:
                store.save(report)
            indexer = Indexer(store, index, segmenter)
            indexer.settle()
            settings = Settings()
            conversations = Conversations(store, settings.conversation_hours)
            made = assemble(
                store,
                index,
                segmenter,
                read_word_lists(lambda name: corpus / name),
                conversations,
                spoken=str,
                threshold=settings.confidence_threshold,
                limit=max(settings.question_limit, 1000),
            )
            yield BenchCorpus(store, index, indexer, segmenter, made.answerer, made.library, made.finder)
            conversations.close()
        finally:
            index.close()
            store.close()
