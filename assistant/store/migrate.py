"""Brings a database to this program's tables.

Alembic is imported only when there is something to do: it takes half a second, and most starts find the newest tables.
"""

import threading
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from assistant.store.database import Database
from assistant.store.errors import StoreError

# The newest revision under migrations/versions; a test holds it equal to the scripts' head.
NEWEST = "r0013"
# Not alembic's own name, so that a PostgreSQL database is never mistaken for another program's.
VERSION_TABLE = "anan_version"
MIGRATIONS = Path(__file__).resolve().parent / "migrations"

# Alembic keeps its context in globals, so threads of one process take turns; processes do by the database's own lock.
_ONE_AT_A_TIME = threading.Lock()


def bring_up_to_date(database: Database) -> None:
    """Creates or upgrades the tables where needed, in one transaction.

    Raises:
        StoreError: the database is newer than this program, or belongs to another one.
    """
    with database.read() as connection:
        if stored_revision(connection) == NEWEST:
            return
    with _ONE_AT_A_TIME, database.migrate() as connection:
        stored = stored_revision(connection)  # again, under the lock: another process may have been quicker
        if stored != NEWEST:
            _upgrade(connection, stored, database.name)


def stored_revision(connection: Connection) -> str | None:
    """The revision of the tables there are; None where there are none of ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
    return found


def _upgrade(connection: Connection, stored: str | None, name: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    if stored is None and inspect(connection).get_table_names():
        raise StoreError(f"数据库 {name} 里是别的程序的数据；请给安安一个单独的空数据库", code="store_foreign")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if stored is not None:
        try:
            ScriptDirectory.from_config(config).get_revision(stored)
        except CommandError as error:
            message = f"数据库 {name} 由更新版本的安安建立（{stored}），本版本读不了；请升级安安，或从备份恢复"
            raise StoreError(message, code="store_newer") from error
    command.upgrade(config, "head")
