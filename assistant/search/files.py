"""Which files are read: those named, those in folders that look like reports, and those in zip archives."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

# What a folder or an archive is searched for; a file named outright is read whatever its name.
REPORT_SUFFIXES = (
    ".html",
    ".htm",
    ".shtml",
    ".txt",
    ".md",
    ".pdf",
    ".docx",
    ".ofd",
    ".xlsx",
    ".png",
    ".jpg",
    ".jpeg",
    ".tif",
    ".tiff",
    ".bmp",
    ".webp",
)
ARCHIVE_SUFFIX = ".zip"


@dataclass(frozen=True)
class Source:
    """Where a report is read from.

    Attributes:
        path: the file, or the archive it lies in.
        member: its path inside the archive, legible; empty for a file of its own.
        index: its place in the archive's list.
    """

    path: Path
    member: str = ""
    index: int = 0


def report_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read: those named, and in folders all that look like reports or archives, in a stable order.

    Hidden files and what lies in hidden folders are left out. A path that does not exist is kept: reading it gives the
    line that says so.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(sorted(each for each in path.rglob("*") if _is_wanted(each, path)))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def is_archive(path: PurePath) -> bool:
    """Whether it is called a zip archive."""
    return path.suffix.lower() == ARCHIVE_SUFFIX


def is_report(name: PurePath) -> bool:
    """Whether it is called like a report and is none of a system's own files (hidden, or the lock of an open one)."""
    own = any(part.startswith((".", "~$")) or part == "__MACOSX" for part in name.parts if part != "..")
    return not own and name.suffix.lower() in (*REPORT_SUFFIXES, ARCHIVE_SUFFIX)


def _is_wanted(path: Path, root: Path) -> bool:
    return is_report(path.relative_to(root)) and path.is_file()
