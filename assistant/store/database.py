"""Connections and transactions: everything that differs between one database engine and another is here."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool

from assistant.errors import os_reason
from assistant.store.errors import StoreError, told_in_chinese

# How long a writer waits for another one. The longest transaction, one report of some hundred pages, takes well under
# a second; ten seconds ride out a slow disk, and a person still gets an answer before a browser gives up.
BUSY_TIMEOUT_S = 10.0
# Connections kept open; more threads than this open further ones for as long as they need them.
_KEPT_CONNECTIONS = 8
# Pause between tries to switch a database to WAL, which SQLite refuses at once, without its own waiting, while another
# process has the file open in the old mode (two first starts at the same moment).
_WAL_RETRY_S = 0.02
_BEGIN = "anan_begin"


class Database:
    """One database: an SQLite file by path, or any database by SQLAlchemy URL.

    SQLite runs in WAL mode, so that readers never wait for a writer, with ``synchronous=FULL``: a commit returns only
    after the log has reached the disk. ``NORMAL`` would survive kill -9 as well, but after a power cut the last
    acknowledged reports could be gone; the price is one fsync a report, far below the time to segment it.
    """

    def __init__(self, target: str | Path, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        """Checks the address; opens nothing yet.

        Args:
            target: path of an SQLite file, or a URL such as ``sqlite:////srv/anan.db`` or ``postgresql+psycopg://…``.
            busy_timeout_s: how long a writer waits for another one, in seconds.

        Raises:
            StoreError: an address that is none, a driver that is not installed, a folder that cannot be made.
        """
        with told_in_chinese(str(target).rpartition("@")[2]):
            self._url = _url(target)
            self.name = self._url.render_as_string(hide_password=True)
            self.is_sqlite = self._url.get_backend_name() == "sqlite"
            if self.is_sqlite:
                self.name = _prepare_file(self._url)
            self._busy_timeout_s = busy_timeout_s
            engine = self._engine(pool_size=_KEPT_CONNECTIONS, max_overflow=-1)
        # Several SELECTs of one reader must see one state: a deferred BEGIN gives that in SQLite.
        self._reader = engine if self.is_sqlite else engine.execution_options(isolation_level="REPEATABLE READ")
        # A writer takes the write lock at once: one that starts as a reader cannot wait for another (SQLite refuses).
        self._writer = engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database throughout."""
        with told_in_chinese(self.name), self._reader.connect() as connection:
            yield connection

    @property
    def dialect(self) -> Dialect:
        """What statements are compiled for."""
        return self._writer.dialect

    def driver_rows(self, sql: str, parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of one SELECT, straight from the driver: one statement sees one state of the database by itself.

        Args:
            sql: the statement as compiled for ``dialect``.
            parameters: its parameters as the driver takes them.
        """
        with told_in_chinese(self.name):
            connection = self._writer.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute(sql, parameters)
                return list(cursor.fetchall())
            finally:
                connection.close()  # back to the pool, which ends the transaction where the driver began one

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: committed, and on disk, when the block ends; rolled back when it raises."""
        with told_in_chinese(self.name), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def migrate(self) -> Iterator[Connection]:
        """A transaction in which tables can be rebuilt: SQLite's foreign keys rest, for they would delete rows."""
        engine = self._engine(foreign_keys=False, poolclass=NullPool)
        with (
            told_in_chinese(self.name),
            engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"}).begin() as connection,
        ):
            yield connection
            if self.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise StoreError(
                    f"数据库 {self.name} 升级后内容不一致，已放弃升级；请联系维护人员", code="store_upgrade"
                )

    def use_wal(self) -> None:
        """Switches an SQLite file to WAL; the file remembers it, so that later calls change nothing."""
        if not self.is_sqlite:
            return
        deadline = time.monotonic() + self._busy_timeout_s
        with told_in_chinese(self.name), self._writer.connect() as connection:
            raw = connection.connection.cursor()
            while True:
                try:
                    raw.execute("PRAGMA journal_mode=WAL")
                    break
                except sqlite3.OperationalError as error:
                    if "locked" not in str(error) or time.monotonic() > deadline:
                        raise
                    time.sleep(_WAL_RETRY_S)

    def close(self) -> None:
        """Closes all connections; the last one folds the log into the SQLite file."""
        self._writer.dispose()

    def _engine(self, *, foreign_keys: bool = True, **options: Any) -> Engine:
        # What people wrote is in the parameters: no error may carry them to a log.
        common: dict[str, Any] = {"json_serializer": _json, "hide_parameters": True}
        if not self.is_sqlite:
            return create_engine(self._url, pool_pre_ping=True, **common, **options)
        engine = create_engine(self._url, **common, **options)
        pragmas = (
            f"PRAGMA busy_timeout={int(self._busy_timeout_s * 1000)}",
            "PRAGMA synchronous=FULL",
            f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}",
        )

        @event.listens_for(engine, "connect")
        def set_up(connection: Any, _record: object) -> None:
            connection.isolation_level = None  # sqlite3 shall begin nothing by itself: we say when and how
            for pragma in pragmas:
                connection.execute(pragma)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))

        return engine


_json = partial(json.dumps, ensure_ascii=False)


def _url(target: str | Path) -> URL:
    if isinstance(target, str) and "://" in target:
        return make_url(target)
    return URL.create("sqlite", database=str(target))


def _prepare_file(url: URL) -> str:
    """The file's path, with its folder made."""
    path = url.database or ""
    if path in ("", ":memory:") or path.startswith("file:"):
        raise StoreError("数据库必须是磁盘上的文件；请检查设置 database", code="store_address")
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"建不了数据库 {path} 的文件夹：{os_reason(error)}", code="store_unopenable") from error
    return path
