"""What was read of short texts (FAQ entries), in a file of its own: reading ten thousand takes half a minute.

A reading is kept under the hash of what was read and names the version of what read it; nothing that is no longer in
use stays. All of it can be made again: the file may be deleted, and where it fails readings are simply made anew.
"""

import json
import logging
import sqlite3
import zlib
from collections.abc import Callable, Collection, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, TypeVar

_T = TypeVar("_T")
_LOGGER = logging.getLogger(__name__)
# Another process that starts at the same time keeps its readings: they are the same, and not worth a longer wait.
_LOCK_SECONDS = 1.0
# A reading takes some two kilobytes: several share such a page, where the usual one would hold one.
_PAGES = "PRAGMA page_size = 16384"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS readings
(kind TEXT NOT NULL, key BLOB NOT NULL, version TEXT NOT NULL, reading BLOB NOT NULL, PRIMARY KEY (kind, key))
"""
_ONE = "SELECT reading FROM readings WHERE kind = ? AND key = ? AND version = ?"
_KEEP = "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)"
_DROP = "DELETE FROM readings WHERE kind = ? AND key = ?"


class KeptReadings:
    """Readings as JSON takes them, by kind and key; usable from many threads and processes.

    No method raises: where the file cannot be used nothing is kept, which costs time and nothing else.

    Args:
        path: the file; made with its folder if missing, made anew where it is damaged.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, kind: str, version: str, keys: Collection[bytes]) -> dict[bytes, Any]:
        """The readings of this kind and version among these keys."""

        def look_up(database: sqlite3.Connection) -> dict[bytes, Any]:
            found = {key: database.execute(_ONE, (kind, key, version)).fetchone() for key in keys}
            return {key: json.loads(zlib.decompress(row[0])) for key, row in found.items() if row is not None}

        return self._attempt(look_up, {})

    def keep(self, kind: str, version: str, readings: Mapping[bytes, Any]) -> None:
        """Keeps these readings, in the place of those of other versions."""
        rows = [(kind, key, version, _packed(each)) for key, each in readings.items()]
        self._attempt(lambda database: database.executemany(_KEEP, rows), None)

    def forget(self, kind: str, keys: Collection[bytes]) -> None:
        """Drops the readings of this kind under these keys."""
        self._attempt(lambda database: database.executemany(_DROP, [(kind, key) for key in keys]), None)

    def forget_others(self, kind: str, keys: Collection[bytes]) -> None:
        """Drops the readings of this kind under any but these keys."""

        def forget(database: sqlite3.Connection) -> None:
            held = {row[0] for row in database.execute("SELECT key FROM readings WHERE kind = ?", (kind,))}
            database.executemany(_DROP, [(kind, key) for key in held.difference(keys)])

        self._attempt(forget, None)

    def _attempt(self, work: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        """What this gives as one transaction on the file; ``otherwise`` where that fails."""
        try:
            with closing(_connected(self._path)) as database, database:
                return work(database)
        except (sqlite3.OperationalError, OSError) as error:  # locked, or no room: another time
            _LOGGER.warning("what was read of the FAQ is not kept: %s", error)
        except (sqlite3.DatabaseError, zlib.error, ValueError) as error:
            _LOGGER.warning("what was read of the FAQ is damaged and read anew: %s", error)
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        return otherwise


def _packed(reading: Any) -> bytes:
    return zlib.compress(json.dumps(reading, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def _connected(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    # With a rollback journal it is one file, whole after a kill, and may be deleted whenever nobody writes.
    database = sqlite3.connect(path, timeout=_LOCK_SECONDS)
    try:
        database.execute(_PAGES)
        database.execute(_SCHEMA)
    except BaseException:
        database.close()
        raise
    return database
