"""Zip archives of folders of reports: what is in one, and the bytes of one of its files.

Nothing is ever unpacked to disk, so that no name in an archive can lead out of a folder. Names are UTF-8 or, from
Chinese Windows, GB18030.
"""

import lzma
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from assistant.errors import Unreadable, os_reason
from assistant.search.files import Source, is_archive, is_report

# A body's reports of ten years with their attachments are some hundred files; these leave room for a whole province's.
MEMBERS_MOST = 10_000
UNPACKED_MOST_BYTES = 2 * 1024**3
# Office and OFD documents are zip archives as well; these parts tell them.
_DOCUMENT_PARTS = frozenset({"[Content_Types].xml", "OFD.xml"})
_ENCRYPTED = 0x1  # flag bits of the format (APPNOTE 4.4.4)
_NAME_IS_UTF8 = 0x800


@dataclass(frozen=True)
class Listing:
    """What is in an archive.

    Attributes:
        sources: what can be read.
        problems: what is left out although it is called like a report, each with the reason in Chinese; the archive
            itself where the reason is about all of it.
    """

    sources: tuple[Source, ...]
    problems: tuple[tuple[Source, str], ...]


def list_archive(path: Path, limit_bytes: int) -> Listing:
    """The reports in the archive ``path``; a document that is called an archive is itself the one source.

    Raises:
        Unreadable: it cannot be opened, is no zip archive or a damaged one, or holds more than the bounds.
    """
    with _told(), ZipFile(path) as archive:
        entries = archive.infolist()
    if any(entry.filename in _DOCUMENT_PARTS for entry in entries):
        return Listing((Source(path),), ())
    if len(entries) > MEMBERS_MOST:
        raise Unreadable(f"压缩包里有 {len(entries)} 个文件，最多 {MEMBERS_MOST} 个，没有读入", code="too_large")
    sources: list[Source] = []
    problems: list[tuple[Source, str]] = []
    locked = unpacked = 0
    for index, entry in enumerate(entries):
        source = Source(path, _legible(entry), index)
        if entry.filename.endswith("/") or not is_report(_parts(source.member)):
            continue
        if entry.flag_bits & _ENCRYPTED:
            locked += 1
        elif reason := _unfit(entry, source.member, limit_bytes):
            problems.append((source, reason))
        else:
            sources.append(source)
            unpacked += entry.file_size
    if unpacked > UNPACKED_MOST_BYTES:
        size, most = unpacked // 1024**2, UNPACKED_MOST_BYTES // 1024**2
        raise Unreadable(f"压缩包解开后有 {size} MB，最多 {most} MB，没有读入", code="too_large")
    if locked:
        problems.append((Source(path), f"压缩包里有 {locked} 个文件加了密码，请解开后再导入"))
    elif not sources and not problems:
        problems.append((Source(path), "压缩包里没有可以导入的报告"))
    return Listing(tuple(sources), tuple(problems))


def read_member(source: Source, limit_bytes: int) -> bytes:
    """The bytes of a file in an archive.

    Raises:
        Unreadable: it is larger than ``limit_bytes``, damaged, or packed in a way that cannot be read.
    """
    with _told():
        state = source.path.stat()
        archive = _opened(source.path, state.st_mtime_ns, state.st_size)
        with archive.open(archive.infolist()[source.index]) as member:
            data = member.read(limit_bytes + 1)
    if len(data) > limit_bytes:
        raise _too_large(limit_bytes)
    return data


@lru_cache(maxsize=1)
def _opened(path: Path, modified: int, size: int) -> ZipFile:
    """Kept open between two of its files: the list of a large archive takes a second to read."""
    return ZipFile(path)


@contextmanager
def _told() -> Iterator[None]:
    """What the format's reader raises, as one sentence."""
    try:
        yield
    except (NotImplementedError, RuntimeError) as error:
        raise Unreadable("压缩包的压缩方式不支持，请用普通的 zip 重新压缩", code="bad_archive") from error
    except (BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, IndexError) as error:
        raise Unreadable("不是有效的 zip 压缩包，或者已经损坏", code="bad_archive") from error
    except OSError as error:
        raise Unreadable(f"文件打不开：{os_reason(error)}", code="cannot_open") from error


def _unfit(entry: ZipInfo, name: str, limit_bytes: int) -> str:
    """Why an entry is left out; empty when it is not."""
    parts = _parts(name)
    if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0]:
        return "压缩包里的路径指向外面，没有读入"
    if stat.S_ISLNK(entry.external_attr >> 16):  # the upper half holds the Unix mode
        return "压缩包里的链接不读"
    if is_archive(parts):
        return "压缩包里的压缩包不读，请先解开"
    return _too_large(limit_bytes).message if entry.file_size > limit_bytes else ""


def _too_large(limit_bytes: int) -> Unreadable:
    return Unreadable(f"文件太大：最大 {limit_bytes / 1024 / 1024:g} MB", code="too_large")


def _legible(entry: ZipInfo) -> str:
    """An entry's name as text; the standard library takes what is not marked as UTF-8 for the DOS character set."""
    if entry.flag_bits & _NAME_IS_UTF8:
        return entry.filename
    try:
        data = entry.filename.encode("cp437")
    except UnicodeEncodeError:  # it found the name elsewhere, as text
        return entry.filename
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _parts(name: str) -> PurePosixPath:
    return PurePosixPath(name.replace("\\", "/"))
