"""What is done in the workers' processes: listing an archive, reading a file, cutting a report's texts into words."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath

from assistant.errors import AnanError
from assistant.language import Segmenter
from assistant.reports import Report, ReportWords, read_bytes, read_file
from assistant.search.archives import Listing, list_archive, read_member
from assistant.search.files import Source
from assistant.search.words import Texts, cut, texts_of
from assistant.search.workers import Lost


@dataclass(frozen=True)
class Recipe:
    """What another process needs to make the same segmenter."""

    lexicon: Path | None
    cache_folder: Path

    @classmethod
    def of(cls, segmenter: Segmenter) -> "Recipe":
        """The recipe of a segmenter."""
        return cls(segmenter.lexicon, segmenter.cache_folder)


@dataclass(frozen=True)
class Reading:
    """How files are read.

    Attributes:
        limit_bytes: how large a file may be.
        recipe: what to cut with; None leaves that to the one who asked.
        known: content hashes of what is held already and need not be cut.
    """

    limit_bytes: int
    recipe: Recipe | None
    known: frozenset[str]


def list_in_worker(limit_bytes: int, path: Path) -> Listing | Lost:
    """What is in an archive."""
    try:
        return list_archive(path, limit_bytes)
    except AnanError as error:
        return Lost(error.message)


def read_in_worker(reading: Reading, source: Source) -> tuple[Report, ReportWords | None] | Lost:
    """The report in a file, and its words unless they are not wanted."""
    try:
        report = _read(source, reading.limit_bytes)
    except AnanError as error:
        return Lost(error.message)
    if reading.recipe is None or report.content_hash in reading.known:
        return report, None
    return report, cut(texts_of(report), _segmenter(reading.recipe))


def read_upload_in_worker(limit_bytes: int, upload: tuple[str, bytes]) -> Report | Lost:
    """The report in an uploaded file, given by its name and its bytes."""
    name, data = upload
    if len(data) > limit_bytes:
        return Lost(f"文件太大：最大 {limit_bytes / 1024 / 1024:g} MB")
    try:
        return read_bytes(data, name)
    except AnanError as error:
        return Lost(error.message)


def cut_in_worker(recipe: Recipe, texts: tuple[str, Texts]) -> ReportWords:
    """The words of a report's texts, which come with its id."""
    return cut(texts[1], _segmenter(recipe))


def _read(source: Source, limit_bytes: int) -> Report:
    if not source.member:
        return read_file(source.path, limit_bytes)
    return read_bytes(read_member(source, limit_bytes), PurePath(source.member.replace("\\", "/")).name)


@lru_cache(maxsize=1)
def _segmenter(recipe: Recipe) -> Segmenter:
    """Made when first needed: it takes half a second."""
    return Segmenter(recipe.lexicon, recipe.cache_folder)
