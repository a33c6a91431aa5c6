"""``anan backup`` and ``anan restore``: the truth of a data directory in one file, and back.

What is kept: the database, the settings, the word lists that staff keep, the recordings. The rest (index, caches,
voices) is made from it or installed again.

A restore unpacks beside what is there, checks everything, and then sets a mark; only after the mark is anything
replaced. A process that dies before the mark leaves the old state (and ``.restore``, which the next restore clears
away); one that dies after it leaves a restore that the next program to open the directory finishes first
(``finish_restore``), so nobody ever sees half of it.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath
from typing import IO, Any

from filelock import FileLock

from assistant import __version__
from assistant.errors import AnanError, BadInput, Busy, os_reason
from assistant.settings import load_settings
from assistant.store import Store
from assistant.store.migrate import NEWEST, VERSION_TABLE

# A year of a province's recordings and reports is far below; a file that claims more is no backup of ours.
BACKUP_MOST_BYTES = 64 * 1024**3
BACKUP_MOST_FILES = 20_000
_MANIFEST_MOST_BYTES = 8 * 1024 * 1024
_FORMAT = 1
_DATABASE = "anan.db"
_MANIFEST = "manifest.json"
_RECORDINGS = "recordings"
# Made from the database: removed by a restore, made anew at the next start.
_DERIVED = ("index",)
_STAGE = ".restore"
_MARK = "ready"
_PIECE = 1024 * 1024
_OPERATOR = "命令行"


@dataclass(frozen=True)
class Backup:
    """What a backup holds.

    Attributes:
        made: when, in UTC, ISO 8601.
        version: of the 安安 that made it.
        files: size in bytes and SHA-256 by name.
    """

    made: str
    version: str
    files: dict[str, tuple[int, str]]

    @property
    def size(self) -> int:
        """Bytes of all files, unpacked."""
        return sum(size for size, _ in self.files.values())


def make_backup(data: Path, file: Path) -> Backup:
    """Writes the truth of ``data`` to ``file``, whole or not at all; the service may go on working meanwhile.

    Raises:
        BadInput: no data directory, the file is there already, or the database is not in the directory.
        AnanError: it cannot be written.
    """
    finish_restore(data)
    _check_own_database(data)
    if not (data / _DATABASE).is_file():
        raise BadInput(f"数据目录 {data} 里没有数据库，没有可以备份的。", code="nothing_to_back_up")
    if file.exists():
        raise BadInput(f"文件 {file} 已经存在，请换一个名字。", code="backup_exists")
    with _told(file), tempfile.TemporaryDirectory(prefix=".anan-backup-", dir=file.resolve().parent) as scratch:
        _note(data / _DATABASE, "store.backed_up", {"file": file.name})
        copy = Path(scratch) / _DATABASE
        _copy_database(data / _DATABASE, copy)
        packed = Path(scratch) / "backup.zip"
        made = _pack(data, copy, packed)
        packed.chmod(0o600)  # it holds what citizens wrote and how to reach them
        packed.replace(file)
        _settle_folder(file.resolve().parent)
    return made


def restore_backup(data: Path, file: Path) -> Backup:
    """Puts what ``file`` holds in the place of what ``data`` holds; everybody is signed out of the desk.

    Raises:
        BadInput: not a backup of ours, damaged, or of a newer 安安; nothing was changed.
        Busy: the service is running; nothing was changed.
        AnanError: it cannot be written.
    """
    with _told(file):
        data.mkdir(parents=True, exist_ok=True)
        finish_restore(data)
        _check_own_database(data)
        stage = data / _STAGE
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir()
        try:
            held = _unpack(file, stage)
            _check_database(stage / _DATABASE)
            _note(stage / _DATABASE, "store.restored", {"made": held.made}, sign_out=True)
            _hold_still(data / _DATABASE)
            for each in sorted(stage.rglob("*")):
                _settle(each)
            names = [name for name in held.files if name != _DATABASE]
            (stage / "manifest.tmp").write_text(json.dumps(names), encoding="utf-8")
            _settle(stage / "manifest.tmp")
        except BaseException:
            shutil.rmtree(stage, ignore_errors=True)
            raise
        (stage / "manifest.tmp").replace(stage / _MARK)  # from here on the new state counts
        _settle_folder(stage)
        finish_restore(data)
    return held


def finish_restore(data: Path) -> None:
    """Finishes a restore that was under way when its process died; does nothing where there is none.

    Whoever opens a data directory calls it first.
    """
    stage = data / _STAGE
    if not (stage / _MARK).is_file():
        return
    with FileLock(data / ".restore.lock"):
        if not (stage / _MARK).is_file():  # another process was quicker
            return
        names = set(json.loads((stage / _MARK).read_text(encoding="utf-8")))
        if (stage / _DATABASE).is_file():
            for ending in ("-wal", "-shm", "-journal"):
                (data / f"{_DATABASE}{ending}").unlink(missing_ok=True)
            (stage / _DATABASE).replace(data / _DATABASE)
        for each in _kept_files(data):
            if each.name not in names:
                each.unlink(missing_ok=True)
        for each in [each for each in stage.iterdir() if each.is_file() and each.name != _MARK]:
            each.replace(data / each.name)
        _replace_recordings(data, stage, names)
        for name in _DERIVED:
            shutil.rmtree(data / name, ignore_errors=True)
        _settle_folder(data)
        (stage / _MARK).unlink()
        shutil.rmtree(stage, ignore_errors=True)


def _replace_recordings(data: Path, stage: Path, names: set[str]) -> None:
    staged = stage / _RECORDINGS
    if staged.is_dir():
        shutil.rmtree(data / _RECORDINGS, ignore_errors=True)
        staged.replace(data / _RECORDINGS)
    elif not any(name.startswith(f"{_RECORDINGS}/") for name in names):
        shutil.rmtree(data / _RECORDINGS, ignore_errors=True)


def _check_own_database(data: Path) -> None:
    if load_settings(data).database:
        raise BadInput(
            "数据库由设置 database 放在别处：请用它自己的办法备份和恢复（PostgreSQL 用 pg_dump 和 pg_restore），"
            f"另外把 {data} 里的 anan.toml、词表和 recordings 一起存好。",
            code="database_elsewhere",
        )


def _kept_files(data: Path) -> list[Path]:
    """The settings and the word lists of the directory."""
    return [
        each
        for each in sorted(data.iterdir())
        if each.is_file() and not each.is_symlink() and _is_kept(PurePosixPath(each.name))
    ]


def _is_kept(path: PurePosixPath) -> bool:
    """Whether a file of this name is one of what is kept beside the database."""
    plain = all(part not in ("", ".", "..") and not part.startswith(".") for part in path.parts)
    if len(path.parts) == 1:
        return plain and path.suffix in (".toml", ".txt", ".yaml")
    return plain and len(path.parts) == 2 and path.parts[0] == _RECORDINGS


def _copy_database(source: Path, copy: Path) -> None:
    """One state of the database, however many write to it meanwhile."""
    with (
        contextlib.closing(sqlite3.connect(source, timeout=30)) as live,
        contextlib.closing(sqlite3.connect(copy)) as kept,
    ):
        live.backup(kept)
        kept.execute("PRAGMA journal_mode=DELETE")
    _check_database(copy)


def _check_database(path: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            revision = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608
    except sqlite3.Error as error:
        raise BadInput("备份里的数据库已损坏或不是安安的，没有恢复。", code="backup_damaged") from error
    if not sound or revision is None:
        raise BadInput("备份里的数据库已损坏，没有恢复。", code="backup_damaged")
    if revision[0] > NEWEST:
        raise BadInput("备份由更新版本的安安做成，本版本读不了；请先升级安安。", code="backup_newer")


def _note(database: Path, action: str, details: dict[str, Any], *, sign_out: bool = False) -> None:
    """An entry in the audit log of this database, which is brought up to date by the way."""
    with Store.open(database) as store:
        store.note(_OPERATOR, action, "store", details)
        if sign_out:
            store.sessions.close_everybody()


def _hold_still(database: Path) -> None:
    """Folds the log of the database that is there into its file; only possible while nobody has it open.

    Raises:
        Busy: somebody has.
    """
    if not database.is_file():
        return
    try:
        with contextlib.closing(sqlite3.connect(database, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise Busy("安安正在运行，请先停止服务再恢复。", code="service_running") from error
        raise
    except sqlite3.DatabaseError:
        return  # what is there is damaged: the best reason to restore


def _pack(data: Path, database: Path, packed: Path) -> Backup:
    recordings = sorted((data / _RECORDINGS).glob("*")) if (data / _RECORDINGS).is_dir() else []
    named = {_DATABASE: database}
    named.update({each.name: each for each in _kept_files(data)})
    named.update({f"{_RECORDINGS}/{each.name}": each for each in recordings if each.is_file()})
    files: dict[str, tuple[int, str]] = {}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, path in named.items():
            with contextlib.suppress(FileNotFoundError), path.open("rb") as source:  # a recording may end meanwhile
                files[name] = _packed(archive, name, source)
        made = datetime.now(timezone.utc).isoformat(timespec="seconds")
        shape = {"format": _FORMAT, "made": made, "version": __version__, "files": files}
        archive.writestr(_MANIFEST, json.dumps(shape, ensure_ascii=False, indent=1))
    _settle(packed)
    return Backup(made, __version__, files)


def _packed(archive: zipfile.ZipFile, name: str, source: IO[bytes]) -> tuple[int, str]:
    with archive.open(name, "w", force_zip64=True) as target:
        return _copied(source, target, BACKUP_MOST_BYTES)


def _unpack(file: Path, stage: Path) -> Backup:
    try:
        with zipfile.ZipFile(file) as archive:
            held = _manifest(archive)
            for name, (size, digest) in held.files.items():
                target = stage / name
                target.parent.mkdir(exist_ok=True)
                with archive.open(name) as source, target.open("wb") as kept:
                    if _copied(source, kept, size) != (size, digest):
                        raise BadInput(f"备份里的 {name} 已损坏，没有恢复。", code="backup_damaged")
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadInput(f"{file} 不是完整的备份，没有恢复。", code="backup_damaged") from error
    return held


def _manifest(archive: zipfile.ZipFile) -> Backup:
    """What the archive says that it holds; every name is one that we keep.

    Raises:
        BadInput: it says nothing, or something that no backup of ours says.
    """
    try:
        with archive.open(_MANIFEST) as source:
            told = json.loads(source.read(_MANIFEST_MOST_BYTES))
        if told["format"] != _FORMAT:
            raise BadInput("备份由更新版本的安安做成，本版本读不了；请先升级安安。", code="backup_newer")
        files = {str(name): (int(size), str(digest)) for name, (size, digest) in told["files"].items()}
        held = Backup(str(told["made"]), str(told["version"]), files)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput("这不是安安的备份，没有恢复。", code="not_a_backup") from error
    foreign = [name for name in files if name != _DATABASE and not _is_kept(PurePosixPath(name))]
    sizes = [size for size, _ in files.values()]
    too_much = sum(sizes) > BACKUP_MOST_BYTES or len(sizes) > BACKUP_MOST_FILES or min(sizes, default=0) < 0
    if foreign or too_much or _DATABASE not in files:
        raise BadInput("这不是安安的备份，没有恢复。", code="not_a_backup")
    return held


def _copied(source: IO[bytes], target: IO[bytes], most: int) -> tuple[int, str]:
    """Copies up to one byte more than ``most``; size and SHA-256 of what was copied."""
    digest, size = hashlib.sha256(), 0
    while size <= most and (piece := source.read(min(_PIECE, most + 1 - size))):
        target.write(piece)
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


@contextlib.contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AnanError(f"{error.filename or file}：{os_reason(error)}。", code="backup_failed", status=507) from error
    except sqlite3.Error as error:
        raise AnanError(f"数据库读写出错：{error}。", code="backup_failed", status=507) from error


def _settle(path: Path) -> None:
    """On the disk, not only on its way there."""
    if path.is_dir():
        _settle_folder(path)
        return
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _settle_folder(path: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
