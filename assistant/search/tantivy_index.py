"""The embedded engine: tantivy, fed with terms prepared by us.

Two indexes stand side by side, passages and whole reports, because BM25 weighs a term by the average length of what it
searches: one index for both would weigh each wrongly. Terms are joined by spaces and split by tantivy's whitespace
tokenizer; no query string is ever parsed, so nothing a citizen types can be query syntax.
"""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from tantivy import Document, Index, Occur, SchemaBuilder
from tantivy import Query as EngineQuery

from assistant.errors import Busy
from assistant.search.protocol import IndexedReport, PassageHit, Query, ReportHit

# Bump when the fields or the way terms are made change: an index of another format is dropped and built again.
FORMAT = "2"
# One thread writes: tantivy then makes few segments, and a query pays per segment.
_WRITER_THREADS = 1
_WRITER_HEAP_BYTES = 128_000_000
# tantivy allows one writer per folder; another process's ingest may hold it this long before we give up.
_LOCK_WAIT_SECONDS = 60.0
_LOCK_RETRY_SECONDS = 0.1
# tantivy refuses tokens above 65,530 bytes by leaving them out; a term longer than this is no word anyone asks for.
_LONGEST_TERM = 64
# Each term is written so many times: tantivy fixes BM25's k1 at 1.2, and a text n times over is scored as with k1 / n
# (its length and every frequency grow alike). Learned, see docs/ranking.md: how many of the question's terms a passage
# holds says more than how often it repeats one.
_WRITTEN = 2
# How much a word of the heading or title counts beside one of the passage: found there it says what the passage is
# about, but every passage of the section shares it.
_SECTION_BOOST = 1.0
_TITLE_BOOST = 0.2
# A word of two characters is counted twice, as itself and as a bigram; a single character, a number or a Latin word
# has no bigram and is counted for both.
_LONE_BOOST = 2.0


class TantivyIndex:
    """SearchIndex on tantivy in a folder.

    Args:
        folder: made when absent. A folder of another format or one that cannot be read is emptied: the store is the
            system of record, and ``SearchIndex`` users refill an index whose counts disagree with it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        parts = _prepare(folder)
        self._passages: _Part = parts["passages"]
        self._reports: _Part = parts["reports"]

    def search_passages(self, query: Query, limit: int) -> list[PassageHit]:
        """See SearchIndex."""
        rows = self._passages.search(query, limit, ("id", "report"))
        return [PassageHit(int(row[0]), _report_id(row[1]), score) for score, row in rows]

    def search_reports(self, query: Query, limit: int) -> list[ReportHit]:
        """See SearchIndex."""
        rows = self._reports.search(query, limit, ("report",))
        return [ReportHit(_report_id(row[0]), score) for score, row in rows]

    def word_frequencies(self, words: Sequence[str]) -> list[int]:
        """See SearchIndex."""
        return self._passages.frequencies("words", words)

    def bigram_frequencies(self, bigrams: Sequence[str]) -> list[int]:
        """See SearchIndex."""
        return self._passages.frequencies("bigrams", bigrams)

    def vocabulary(self, limit: int) -> list[tuple[str, int]]:
        """See SearchIndex."""
        return self._passages.vocabulary(("words", "section", "title"), limit)

    def update(self, report_ids: Iterable[str], load: Callable[[str], IndexedReport | None]) -> None:
        """See SearchIndex.

        Passages are committed first, then reports: after a crash between the two, the store's queue still holds the
        reports, so that the next start does both again.
        """
        with self._reports.writer() as whole, self._passages.writer() as passages:
            for report_id in report_ids:
                self._passages.drop(passages, report_id)
                self._reports.drop(whole, report_id)
                _add(passages, whole, load(report_id))

    def replace_all(self, report_ids: Iterable[str], load: Callable[[str], IndexedReport | None]) -> None:
        """See SearchIndex. One commit holds it all, so no question ever meets a half-filled index."""
        with self._reports.writer() as whole, self._passages.writer() as passages:
            passages.delete_all_documents()
            whole.delete_all_documents()
            for report_id in report_ids:
                _add(passages, whole, load(report_id))

    @property
    def passage_count(self) -> int:
        """See SearchIndex."""
        return self._passages.count

    @property
    def report_count(self) -> int:
        """See SearchIndex."""
        return self._reports.count

    def close(self) -> None:
        """Nothing stays open between calls: writers are closed after each update."""


class _Part:
    """One tantivy index: opening, reading what other processes committed, writing under its lock."""

    def __init__(self, folder: Path, schema: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = schema
        self._index = Index(schema, path=str(folder))
        # "manual" costs no watcher thread; the file below changes with every commit, of this process or another.
        self._index.config_reader(reload_policy="manual")
        self._meta = folder / "meta.json"
        self._seen = 0
        self._searcher = self._index.searcher()

    def _fresh_searcher(self) -> Any:
        try:
            changed = self._meta.stat().st_mtime_ns
        except FileNotFoundError:
            # Another process is making the folder anew; what was open still answers.
            return self._searcher
        if changed != self._seen:
            self._index.reload()
            self._searcher = self._index.searcher()
            self._seen = changed
        return self._searcher

    @property
    def count(self) -> int:
        return int(self._fresh_searcher().num_docs)

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        searcher = self._fresh_searcher()
        return [int(searcher.doc_freq(field, term)) for term in terms]

    def vocabulary(self, fields: Iterable[str], limit: int) -> list[tuple[str, int]]:
        """The terms of the fields, each with its highest count, the most frequent first."""
        searcher = self._fresh_searcher()
        counts: dict[str, int] = {}
        for field in fields:
            for term, count in searcher.terms_with_prefix(field, "", limit=limit):
                counts[term] = max(count, counts.get(term, 0))
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def search(self, query: Query, limit: int, columns: tuple[str, ...]) -> list[tuple[float, tuple[int, ...]]]:
        built = self._build(query)
        if built is None or limit < 1:
            return []
        searcher = self._fresh_searcher()
        hits = searcher.search(built, limit=limit, count=False).hits
        addresses = [address for _, address in hits]
        values = [searcher.fast_field_values(column, addresses) for column in columns]
        return [(score, row) for (score, _), row in zip(hits, zip(*values, strict=True), strict=True)]

    def _build(self, query: Query) -> Any | None:
        lone = [word for word in query.words if len(word) == 1 or word.isascii()]
        terms = [self._term("words", word) for word in query.words if word not in lone]
        terms += [EngineQuery.boost_query(self._term("words", word), _LONE_BOOST) for word in lone]
        terms += [self._term("bigrams", bigram) for bigram in query.bigrams]
        terms += [EngineQuery.boost_query(self._term("section", word), _SECTION_BOOST) for word in query.words]
        terms += [EngineQuery.boost_query(self._term("title", word), _TITLE_BOOST) for word in query.words]
        if not terms:
            return None
        any_term = EngineQuery.boolean_query([(Occur.Should, term) for term in terms])
        filters = self._any_of("year", query.years) + self._any_of("publisher", query.publishers)
        if not filters:
            return any_term
        return EngineQuery.boolean_query([(Occur.Must, any_term), *((Occur.Must, each) for each in filters)])

    def _term(self, field: str, value: str) -> Any:
        return EngineQuery.term_query(self._schema, field, value, "freq")

    def _any_of(self, field: str, values: Iterable[Any]) -> list[Any]:
        options = [(Occur.Should, EngineQuery.term_query(self._schema, field, value)) for value in sorted(values)]
        # A filter decides membership only; its constant score of nearly nothing leaves the ranking to the terms.
        return [EngineQuery.const_score_query(EngineQuery.boolean_query(options), 1e-6)] if options else []

    def drop(self, writer: Any, report_id: str) -> None:
        """Take a report's documents out. By a query: delete_documents_by_term takes no unsigned number (0.27)."""
        writer.delete_documents_by_query(EngineQuery.term_query(self._schema, "report", _report_number(report_id)))

    @contextmanager
    def writer(self) -> Iterator[Any]:
        """A writer whose work is committed on leaving, or given up on an error."""
        writer = self._locked_writer()
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            # Waits for merges and releases the folder's lock.
            writer.wait_merging_threads()
        self._index.reload()

    def _locked_writer(self) -> Any:
        deadline = time.monotonic() + _LOCK_WAIT_SECONDS
        while True:
            try:
                return self._index.writer(_WRITER_HEAP_BYTES, _WRITER_THREADS)
            except ValueError as error:
                if "Lock" not in str(error):
                    raise
                if time.monotonic() > deadline:
                    raise Busy("索引正被另一个程序写入，请稍后再试") from error
                time.sleep(_LOCK_RETRY_SECONDS)


def _prepare(folder: Path) -> "dict[str, _Part]":
    """Both parts opened; the folder is emptied first unless it holds an index of this format.

    Under a lock, which the system lets go of when its holder is killed: of two processes that start at once the second
    must not take what the first is making for something broken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    marker = folder / "FORMAT"
    schemas = {"passages": _passage_schema(), "reports": _report_schema()}
    with _opening(folder / "opening.lock"):
        fits = marker.is_file() and marker.read_bytes() == FORMAT.encode()
        if not fits or not all(_readable(folder / name) for name in schemas):
            for name in schemas:
                shutil.rmtree(folder / name, ignore_errors=True)
        parts = {name: _Part(folder / name, schema) for name, schema in schemas.items()}
        if not fits:
            marker.write_bytes(FORMAT.encode())
    return parts


@contextmanager
def _opening(path: Path) -> Iterator[None]:
    try:
        with FileLock(path, timeout=_LOCK_WAIT_SECONDS):
            yield
    except Timeout as error:
        raise Busy("索引正被另一个程序打开，请稍后再试") from error


def _add(passages: Any, whole: Any, report: IndexedReport | None) -> None:
    if report is not None:
        for document in _passage_documents(report):
            passages.add_document(document)
        whole.add_document(_report_document(report))


def _readable(part: Path) -> bool:
    if not part.is_dir():
        return False
    try:
        Index.open(str(part)).searcher()
    except (ValueError, OSError):
        return False
    except BaseException as error:
        # What tantivy panics at comes as pyo3's PanicException: no Exception, and nowhere to import it from.
        if type(error).__name__ != "PanicException":
            raise
        return False
    return True


def _passage_schema() -> Any:
    builder = _common_fields(SchemaBuilder())
    builder.add_unsigned_field("id", indexed=True, fast=True)
    return builder.build()


def _report_schema() -> Any:
    return _common_fields(SchemaBuilder()).build()


def _common_fields(builder: Any) -> Any:
    for name in ("words", "bigrams", "section", "title"):
        # Frequencies are enough for BM25; positions would double the index and slow every query.
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("publisher", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("year", indexed=True)
    builder.add_unsigned_field("report", indexed=True, fast=True)
    return builder


def _passage_documents(report: IndexedReport) -> Iterator[Any]:
    for passage in report.passages:
        document = _document(report)
        document.add_unsigned("id", passage.id)
        document.add_text("words", _joined(passage.words))
        document.add_text("bigrams", _joined(passage.bigrams))
        document.add_text("section", _joined(passage.section))
        yield document


def _report_document(report: IndexedReport) -> Any:
    """The report as a whole: the terms of all its passages, so that no text is segmented twice."""
    document = _document(report)
    document.add_text("words", _joined(word for passage in report.passages for word in passage.words))
    document.add_text("bigrams", _joined(bigram for passage in report.passages for bigram in passage.bigrams))
    headings = {tuple(passage.section) for passage in report.passages}
    document.add_text("section", _joined(word for heading in sorted(headings) for word in heading))
    return document


def _document(report: IndexedReport) -> Any:
    document = Document()
    document.add_unsigned("report", _report_number(report.id))
    document.add_text("title", _joined(report.title))
    document.add_text("publisher", report.publisher)
    if report.year is not None:
        document.add_unsigned("year", report.year)
    return document


def _joined(terms: Iterable[str]) -> str:
    return " ".join([term for term in terms if len(term) <= _LONGEST_TERM] * _WRITTEN)


def _report_number(report_id: str) -> int:
    """A report's id is 12 hexadecimal characters: 48 bits, which a fast field holds as a number."""
    return int(report_id, 16)


def _report_id(number: int) -> str:
    return f"{int(number):012x}"
