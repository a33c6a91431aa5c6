"""What may be asked for and what has been said: registered texts and their audio, in one SQLite file.

Audio lies in the database rather than in files beside it: a sentence is 10 to 40 kB, which SQLite reads as fast as a
file, and a process killed at any moment leaves no half-written audio and none that is not counted.
"""

import contextlib
import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assistant.speech.sound import Audio

_LOGGER = logging.getLogger(__name__)
_Result = TypeVar("_Result")

# About 300 bytes each, so 60 MB at most; 200 reports of 150 sentences are 30,000.
TEXTS_LIMIT = 200_000
# Eviction goes a little below the limit, so that it does not happen at every new sentence, and is thought of only after
# so much has been added: counting a full table takes ten milliseconds. The limits hold within this share.
_ROOM = 0.95
_SLACK = 0.01
_LOCK_SECONDS = 5.0  # another process (a command beside the server) may be writing
_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE texts (
    key TEXT PRIMARY KEY,
    rendering TEXT NOT NULL,
    text TEXT NOT NULL,
    spoken TEXT NOT NULL,
    used INTEGER NOT NULL,              -- when last asked for, nanoseconds since 1970
    size INTEGER NOT NULL DEFAULT 0     -- bytes of audio, 0 while there is none
) WITHOUT ROWID;
CREATE INDEX texts_by_use ON texts (used, size);
CREATE TABLE audio (key TEXT PRIMARY KEY, seconds REAL NOT NULL, data BLOB NOT NULL);
"""
_WITH_AUDIO = "SELECT key FROM texts WHERE key IN (SELECT value FROM json_each(?)) AND size > 0"
_TOTALS = "SELECT count(*), coalesce(sum(size), 0) FROM texts"


@dataclass(frozen=True)
class Registered:
    """A text that may be asked for, with its audio if that is at hand."""

    spoken: str
    audio: Audio | None


class SpeechCache:
    """Registered texts and audio, both bounded; the longest unused go first. Safe for threads and processes.

    A file that is damaged is begun anew whenever that shows: all in it can be made again.

    Args:
        path: the database file; made if missing.
        rendering: which voice it serves unless told otherwise; texts of another are not found.
        limit_bytes: of audio.
        texts_limit: how many texts stay registered.

    Raises:
        sqlite3.Error: the file cannot be used (locked, no permission, disk full), from every method but ``close``.
    """

    def __init__(self, path: Path, rendering: str, limit_bytes: int, texts_limit: int = TEXTS_LIMIT) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._rendering = rendering
        self._limit = limit_bytes
        self._texts_limit = texts_limit
        self._lock = threading.Lock()
        self._added_texts = 0
        self._added_bytes = 0
        self._closed = False
        self._db: sqlite3.Connection | None = None
        self._run(self._trim)

    def register(self, entries: Iterable[tuple[str, str, str]], rendering: str | None = None) -> frozenset[str]:
        """Makes (key, text, spoken form) entries known, or known anew, of this rendering or its own.

        Returns:
            the keys of those whose audio is at hand.
        """
        now = time.time_ns()
        # Each a little older than the one before, so that of one long text the beginning is kept longest.
        of = rendering or self._rendering
        rows = [(key, of, text, spoken, now - place) for place, (key, text, spoken) in enumerate(entries)]

        def insert(db: sqlite3.Connection) -> frozenset[str]:
            db.executemany(
                "INSERT INTO texts (key, rendering, text, spoken, used) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (key) DO UPDATE SET used = excluded.used",
                rows,
            )
            self._added(db, texts=len(rows))
            keys = json.dumps([row[0] for row in rows])
            return frozenset(key for (key,) in db.execute(_WITH_AUDIO, (keys,)))

        return self._run(insert)

    def find(self, key: str, rendering: str | None = None) -> Registered | None:
        """What is registered under ``key`` of this rendering, or its own.

        Finding audio counts as use, and so will keeping it.
        """

        def select(db: sqlite3.Connection) -> Registered | None:
            row = db.execute(
                "SELECT spoken, seconds, data FROM texts LEFT JOIN audio USING (key) WHERE key = ? AND rendering = ?",
                (key, rendering or self._rendering),
            ).fetchone()
            if row is None:
                return None
            spoken, seconds, data = row
            if data is None:
                return Registered(spoken, None)
            with contextlib.suppress(sqlite3.OperationalError):  # a full disk: found all the same
                db.execute("UPDATE texts SET used = ? WHERE key = ?", (time.time_ns(), key))
            return Registered(spoken, Audio(data, seconds))

        return self._run(select)

    def keep(self, key: str, audio: Audio) -> None:
        """Keeps the audio of a registered text; of one that is no longer registered nothing is kept."""

        def insert(db: sqlite3.Connection) -> None:
            known = db.execute(
                "UPDATE texts SET size = ?, used = ? WHERE key = ?", (len(audio.data), time.time_ns(), key)
            )
            if known.rowcount:
                db.execute(
                    "INSERT OR REPLACE INTO audio (key, seconds, data) VALUES (?, ?, ?)",
                    (key, audio.seconds, audio.data),
                )
                self._added(db, size=len(audio.data))

        self._run(insert)

    def sizes(self) -> tuple[int, int]:
        """Number of registered texts and bytes of audio kept."""

        def total(db: sqlite3.Connection) -> tuple[int, int]:
            texts, size = db.execute(_TOTALS).fetchone()
            return int(texts), int(size)

        return self._run(total)

    def close(self) -> None:
        """Closes the file. May be called again."""
        with self._lock:
            self._closed = True
            self._disconnect()

    def _run(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """``work`` in a transaction; should the file prove damaged, once more in a new one."""
        with self._lock:
            if self._closed:
                raise sqlite3.ProgrammingError("the speech cache is closed")
            try:
                return self._attempt(work)
            except sqlite3.DatabaseError as error:
                # Its subclasses (locked, no permission, disk full, closed) are nothing that a new file would mend.
                if type(error) is not sqlite3.DatabaseError:
                    raise
            _LOGGER.warning("the speech cache is damaged and is begun anew")
            self._disconnect()
            _remove(self._path)
            return self._attempt(work)

    def _attempt(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        if self._db is None:
            self._db = _connected(self._path)
        with self._db:
            return work(self._db)

    def _disconnect(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _added(self, db: sqlite3.Connection, texts: int = 0, size: int = 0) -> None:
        self._added_texts += texts
        self._added_bytes += size
        if self._added_texts > self._texts_limit * _SLACK or self._added_bytes > self._limit * _SLACK:
            self._trim(db)

    def _trim(self, db: sqlite3.Connection) -> None:
        """Drops the longest unused beyond the limits: texts with their audio, then audio alone."""
        self._added_texts = self._added_bytes = 0
        texts, size = db.execute(_TOTALS).fetchone()
        if texts > self._texts_limit:
            surplus = texts - int(self._texts_limit * _ROOM)
            oldest = "SELECT key FROM texts ORDER BY used LIMIT ?"
            db.execute(f"DELETE FROM audio WHERE key IN ({oldest})", (surplus,))  # noqa: S608 - constant text
            db.execute(f"DELETE FROM texts WHERE key IN ({oldest})", (surplus,))  # noqa: S608
            size = db.execute("SELECT coalesce(sum(size), 0) FROM texts").fetchone()[0]
        if size > self._limit:
            _drop_audio(db, size - int(self._limit * _ROOM))


def _drop_audio(db: sqlite3.Connection, surplus: int) -> None:
    dropped = []
    for key, size in db.execute("SELECT key, size FROM texts WHERE size > 0 ORDER BY used"):
        if surplus <= 0:
            break
        dropped.append((key,))
        surplus -= size
    db.executemany("DELETE FROM audio WHERE key = ?", dropped)
    db.executemany("UPDATE texts SET size = 0 WHERE key = ?", dropped)


def _remove(path: Path) -> None:
    try:
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)
    except OSError as error:  # on Windows another process that has it open
        raise sqlite3.OperationalError(f"the damaged file cannot be removed: {error}") from error


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_LOCK_SECONDS, check_same_thread=False)
    try:
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")  # counts only in a new file
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost the last sentences, never the file
        with db:
            db.execute("BEGIN IMMEDIATE")
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version != _SCHEMA_VERSION:
                for table in ("texts", "audio"):
                    db.execute(f"DROP TABLE IF EXISTS {table}")
                for statement in _SCHEMA.split(";\n"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
        db.execute("PRAGMA incremental_vacuum").fetchall()  # gives back what eviction freed since
    except BaseException:
        db.close()
        raise
    return db
