"""The vectors of passages, in a file of their own in the data folder, and the semantic layer that reads them.

A vector is kept under the hash of its text, so a text is embedded once however often its report is taken in again.
Passage ids are never used twice, so what has vectors up to an id has them for good.
"""

import hashlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant.errors import AnanError, Busy
from assistant.search.semantic import Embedder, Vectors
from assistant.store import Store

_LOGGER = logging.getLogger(__name__)
# Held in memory, 1.5 kB each with 384 numbers; the newest beyond these are ranked without vectors.
MOST_PASSAGES = 100_000
# After a failure questions do without for so long, or each would wait for the endpoint again.
_REST_SECONDS = 60.0
_LOCK_SECONDS = 10.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS model (name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS vectors (hash BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passages (id INTEGER PRIMARY KEY, hash BLOB NOT NULL);
"""
_ALL = "SELECT id, vector FROM passages JOIN vectors USING (hash) ORDER BY id LIMIT ?"


class PassageVectors:
    """SemanticLayer over the passages of a store.

    Args:
        path: the file; made if missing, made anew where it is damaged.
        store: whose passages they are.
        embedder: makes the vectors.
    """

    def __init__(self, path: Path, store: Store, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = _opened(path)
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)  # all in it can be made again
            self._db = _opened(path)
        self._seen = -1
        self._ids = np.zeros(0, dtype=np.int64)
        self._rows: Vectors = np.zeros((0, 0), dtype=np.float32)
        self._rest_until = 0.0

    def settle(self, progress: Callable[[int], None] = lambda _: None) -> None:
        """Embed what the store holds and this file does not yet; a failure is logged and leaves the rest for later."""
        try:
            with self._lock:
                self._check_model()
                while waiting := self._store.passages_after(self._last(), self._embedder.at_once):
                    self._add({each.id: each.text for each in waiting})
                    progress(len(waiting))
        except (AnanError, sqlite3.Error) as error:
            _LOGGER.warning("semantic vectors are not complete: %s", getattr(error, "message", error))

    def rebuild(self, progress: Callable[[int], None] = lambda _: None) -> None:
        """Go through all passages again; what has a vector keeps it, and vectors of no passage go."""
        with self._lock, self._db:
            self._db.execute("DELETE FROM passages")
        self.settle(progress)
        with self._lock, self._db:
            self._db.execute("DELETE FROM vectors WHERE hash NOT IN (SELECT hash FROM passages)")

    @property
    def count(self) -> int:
        """How many passages have vectors of the model in use."""
        with self._lock:
            if self._db.execute("SELECT name FROM model").fetchall() != [(self._embedder.name,)]:
                return 0
            return int(self._db.execute("SELECT count(*) FROM passages").fetchone()[0])

    def nearest(self, question: str, ids: Sequence[int], others: int) -> dict[int, float]:
        """See SemanticLayer."""
        if time.monotonic() < self._rest_until:
            return {}
        try:
            held, rows = self._matrix()
            if not len(held):
                return {}
            asked = self._embedder.question(question)[0]
            if rows.shape[1] != len(asked):
                raise Busy("语义模型给出的向量长度变了，请运行 anan reindex")
        except (AnanError, sqlite3.Error) as error:
            self._rest_until = time.monotonic() + _REST_SECONDS
            _LOGGER.warning("answering without semantic vectors for a while: %s", getattr(error, "message", error))
            return {}
        near = rows @ asked
        best = np.argsort(-near)[: others + len(ids)]
        found = {int(held[place]): float(near[place]) for place in best}
        kept = dict([pair for pair in found.items() if pair[0] not in set(ids)][:others])
        for wanted in ids:
            place = int(np.searchsorted(held, wanted))
            if place < len(held) and held[place] == wanted:
                kept[wanted] = float(near[place])
        return kept

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _check_model(self) -> None:
        if self._db.execute("SELECT name FROM model").fetchall() != [(self._embedder.name,)]:
            with self._db:
                for table in ("model", "vectors", "passages"):
                    self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
                self._db.execute("INSERT INTO model VALUES (?)", (self._embedder.name,))

    def _last(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()[0])

    def _add(self, texts: dict[int, str]) -> None:
        hashes = {key: hashlib.sha256(text.encode()).digest() for key, text in texts.items()}
        known = "SELECT 1 FROM vectors WHERE hash = ?"
        new = {
            hashes[key]: text for key, text in texts.items() if not self._db.execute(known, (hashes[key],)).fetchone()
        }
        vectors: Sequence[Vectors] = list(self._embedder.passages(list(new.values()))) if new else []
        with self._db:
            rows = [(each, vector.tobytes()) for each, vector in zip(new, vectors, strict=True)]
            self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            self._db.executemany("INSERT OR REPLACE INTO passages VALUES (?, ?)", list(hashes.items()))

    def _matrix(self) -> tuple[np.typing.NDArray[np.int64], Vectors]:
        """The vectors in memory, read again when this or another process changed the file."""
        with self._lock:
            version = self._db.execute("PRAGMA data_version").fetchone()[0] * 2**32 + self._db.total_changes
            if version != self._seen:
                fits = self._db.execute("SELECT name FROM model").fetchall() == [(self._embedder.name,)]
                pairs = self._db.execute(_ALL, (MOST_PASSAGES,)).fetchall() if fits else []
                self._ids = np.array([pair[0] for pair in pairs], dtype=np.int64)
                joined = np.frombuffer(b"".join(pair[1] for pair in pairs), dtype=np.float32)
                self._rows = joined.reshape(len(pairs), -1) if pairs else joined.reshape(0, 0)
                self._seen = version
            return self._ids, self._rows


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_LOCK_SECONDS, check_same_thread=False)
    database.executescript(f"PRAGMA journal_mode=WAL; {_SCHEMA}")
    return database
