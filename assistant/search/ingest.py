"""Reports come in: files → readers, in processes of their own → store (one transaction each) → index (after the store).

Only this process writes: results arrive in the order of the files, and each is stored before it is acknowledged.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from assistant.errors import Unreadable
from assistant.reports import Report, missing
from assistant.search.archives import Listing
from assistant.search.files import Source, is_archive
from assistant.search.indexing import Indexer
from assistant.search.reading import Reading, Recipe, list_in_worker, read_in_worker
from assistant.search.workers import Lost, Workers
from assistant.store import Saved, Store

# How long one file may take where nobody says; as the setting's default.
FILE_SECONDS = 120
# Below this many files this process, which has its dictionary loaded, cuts them sooner than others could load theirs.
_FEW = 8


@dataclass(frozen=True)
class Ingested:
    """What became of one file.

    Attributes:
        source: the file.
        saved: added, replaced or unchanged; None when it failed.
        report_id: the report's id; empty when it failed.
        title: the report's title; empty when it failed.
        error: the reason in Chinese; empty when it went well.
        tables: how many tables the report has.
        figures: how many figures.
        unbalanced: whether sums in its tables do not come out.
        missing: what the report does not say of itself, in Chinese (发布机构, 年度, …).
    """

    source: Source
    saved: Saved | None
    report_id: str = ""
    title: str = ""
    error: str = ""
    tables: int = 0
    figures: int = 0
    unbalanced: bool = False
    missing: tuple[str, ...] = ()


def ingest(
    files: Sequence[Path],
    store: Store,
    indexer: Indexer,
    limit_bytes: int,
    on_file: Callable[[Ingested], None],
    *,
    seconds: float = FILE_SECONDS,
    on_total: Callable[[int], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> list[Ingested]:
    """Read, store and index the files, and those in archives.

    ``on_file`` is called as each file is done: from then on the report is acknowledged, it is in the store for good,
    and an index that did not get that far is brought up at the next start. One file's failure leaves the others.

    Args:
        files: what to read.
        store: where reports go.
        indexer: brought up at the end.
        limit_bytes: how large a file may be.
        on_file: told what became of each file.
        seconds: how long reading one file may take.
        on_total: told how many files there are, once what is in the archives is known.
        stopped: asked after each file whether to leave it at that.

    Raises:
        AnanError: the store itself cannot be written (disk full, locked): nothing after it would succeed either.
    """
    results: list[Ingested] = []
    sources, failed = _unpacked(files, limit_bytes, seconds)
    on_total(len(sources) + len(failed))
    with closing(_ingest_each(sources, store, indexer, limit_bytes, seconds)) as read:
        for result in chain(failed, read):
            on_file(result)
            results.append(result)
            if stopped():
                break
    indexer.settle()
    return results


def read_bounded(path: Path, limit_bytes: int, seconds: float) -> Report:
    """The report in one file, read in a process of its own within the bounds of every file that comes in.

    Args:
        path: the file.
        limit_bytes: how large it may be.
        seconds: how long reading it may take.

    Raises:
        Unreadable: it is no report, or reading it goes beyond the bounds.
    """
    reading = Reading(limit_bytes, None, frozenset())
    with Workers(read_in_worker, reading, seconds, count=1) as workers:
        [(_, result)] = workers.map([Source(path)])
    if isinstance(result, Lost):
        raise Unreadable(result.reason)
    return result[0]


def _unpacked(files: Sequence[Path], limit_bytes: int, seconds: float) -> tuple[list[Source], list[Ingested]]:
    """The files with archives replaced by what is in them, and what cannot be read of these."""
    sources: list[Source] = []
    failed: list[Ingested] = []
    with Workers(list_in_worker, limit_bytes, seconds) as workers:
        listings = workers.map(path for path in files if is_archive(path))
        for path in files:
            if not is_archive(path):
                sources.append(Source(path))
                continue
            _, listing = next(listings)
            if isinstance(listing, Listing):
                sources += listing.sources
                failed += [Ingested(source, None, error=reason) for source, reason in listing.problems]
            else:
                failed.append(Ingested(Source(path), None, error=listing.reason))
    return sources, failed


def _ingest_each(
    sources: Sequence[Source], store: Store, indexer: Indexer, limit_bytes: int, seconds: float
) -> Generator[Ingested, None, None]:
    recipe = Recipe.of(indexer.segmenter) if len(sources) >= _FEW else None
    reading = Reading(limit_bytes, recipe, store.content_hashes())
    with Workers(read_in_worker, reading, seconds) as workers:
        for source, result in workers.map(sources):
            if isinstance(result, Lost):
                yield Ingested(source, None, error=result.reason)
                continue
            report, words = result
            yield _ingested(source, store.save(report, words), report)


def _ingested(source: Source, saved: Saved, report: Report) -> Ingested:
    return Ingested(
        source,
        saved,
        report.id,
        report.title,
        tables=len(report.tables),
        figures=len(report.figures),
        unbalanced=bool(report.imbalances),
        missing=missing(report),
    )
