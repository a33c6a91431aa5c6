"""A report comes in: file → reader → store (one transaction) → index (committed after the store)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import AnanError
from assistant.reports import read_file
from assistant.search.indexing import Indexer
from assistant.store import Saved, Store

# What a folder is searched for; a file named outright is read whatever its name.
REPORT_SUFFIXES = (".html", ".htm", ".shtml", ".txt")


@dataclass(frozen=True)
class Ingested:
    """What became of one file.

    Attributes:
        path: the file.
        saved: added, replaced or unchanged; None when it failed.
        report_id: the report's id; empty when it failed.
        title: the report's title; empty when it failed.
        error: the reason in Chinese; empty when it went well.
    """

    path: Path
    saved: Saved | None
    report_id: str = ""
    title: str = ""
    error: str = ""


def report_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read: those named, and in folders all that look like reports, in a stable order.

    Hidden files and what lies in hidden folders are left out. A path that does not exist is kept: reading it gives the
    line that says so.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(sorted(each for each in path.rglob("*") if _looks_like_report(each, path)))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def ingest(
    files: Sequence[Path],
    store: Store,
    indexer: Indexer,
    limit_bytes: int,
    on_file: Callable[[Ingested], None],
) -> list[Ingested]:
    """Read, store and index the files.

    ``on_file`` is called as each file is done: from then on the report is acknowledged, it is in the store for good,
    and an index that did not get that far is brought up at the next start. One file's failure leaves the others.

    Raises:
        AnanError: the store itself cannot be written (disk full, locked): nothing after it would succeed either.
    """
    results: list[Ingested] = []
    for result in _ingest_each(files, store, limit_bytes):
        on_file(result)
        results.append(result)
    indexer.settle()
    return results


def _ingest_each(files: Sequence[Path], store: Store, limit_bytes: int) -> Iterator[Ingested]:
    for path in files:
        try:
            report = read_file(path, limit_bytes)
        except AnanError as error:
            yield Ingested(path, None, error=error.message)
            continue
        yield Ingested(path, store.save(report), report.id, report.title)


def _looks_like_report(path: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return not hidden and path.suffix.lower() in REPORT_SUFFIXES and path.is_file()
