import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from store_samples import is_whole, make_report

from assistant.errors import AnanError, Busy
from assistant.store import Store
from assistant.store.migrate import MIGRATIONS, NEWEST, VERSION_TABLE
from assistant.store.models import Base


def tables(path):
    """The clauses of each CREATE statement, whatever their order: columns, types, keys, AUTOINCREMENT and all."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {
        name: sorted(re.split(r", (?![^(]*\))", " ".join(sql.split()).partition("(")[2].removesuffix(")").strip()))
        for name, sql in rows
        if name not in (VERSION_TABLE, "sqlite_sequence")
    }


def test_the_newest_revision_is_the_scripts_head():
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [NEWEST]


def test_migrations_make_the_tables_the_program_expects(store, path, tmp_path):
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        options = {"compare_type": True, "version_table": VERSION_TABLE}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []
    engine.dispose()
    fresh = create_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    Base.metadata.create_all(fresh)
    fresh.dispose()
    assert tables(path) == tables(tmp_path / "fresh.db")


def test_opening_again_changes_nothing_and_does_not_load_alembic(store, path):
    store.save(make_report())
    code = (
        "import sys; from assistant.store import Store; store = Store.open(sys.argv[1]);"
        "print(store.counts().reports, 'alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "False"]


def test_many_threads_may_open_a_new_store_at_once(path):
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(Store.open, [path] * 8))
    stores[0].save(make_report())
    assert {opened.counts().reports for opened in stores} == {1}
    for opened in stores:
        opened.close()


def test_the_log_is_kept_ahead_and_reaches_the_disk(store, path):
    with store._database.write() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_a_database_that_another_program_holds_is_told_so(path):
    Store.open(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA journal_mode=DELETE")
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy, match="稍后再试"):
        Store.open(path, busy_timeout_s=0.05)
    holder.execute("ROLLBACK")
    holder.close()
    Store.open(path).close()


def test_a_closed_store_is_one_file(path):
    with Store.open(path) as store:
        store.save(make_report())
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_a_url_opens_the_same_file(store, path):
    store.save(make_report())
    with Store.open(f"sqlite:///{path}") as other:
        assert is_whole(other.report(make_report().id), make_report())


def test_a_newer_database_is_refused_and_left_alone(path):
    Store.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = 'r9999'")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(AnanError, match=r"更新版本.*r9999") as refusal:
        Store.open(path)
    assert refusal.value.code == "store_newer"
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (id INTEGER)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(AnanError, match="别的程序"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "报告.docx"
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40)
    before = path.read_bytes()
    with pytest.raises(AnanError, match="不是数据库文件"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_damaged_database_is_told_so(path):
    with Store.open(path) as store:
        for number in range(40):
            store.save(make_report(number, passages=30))
    content = bytearray(path.read_bytes())
    content[8192:-4096] = b"\xff" * len(content[8192:-4096])
    path.write_bytes(content)
    with pytest.raises(AnanError) as refusal, Store.open(path) as store:
        for number in range(40):
            store.report(make_report(number).id)
    assert refusal.value.code == "store_corrupt"
    assert "备份" in refusal.value.message


def test_a_folder_in_the_files_place_is_refused(tmp_path):
    with pytest.raises(AnanError, match="打不开"):
        Store.open(tmp_path)


def test_a_file_in_the_folders_place_is_refused(tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(AnanError, match="文件夹"):
        Store.open(tmp_path / "data" / "anan.db")


@pytest.mark.parametrize(
    ("address", "words"),
    [("nonsense://host/db", "数据库"), ("://", "地址"), ("sqlite://", "磁盘上"), ("sqlite:///:memory:", "磁盘上")],
)
def test_an_address_that_leads_nowhere_is_refused(address, words):
    with pytest.raises(AnanError, match=words):
        Store.open(address)


def test_a_password_is_never_shown():
    with pytest.raises(AnanError) as refusal:
        Store.open("nonsense://user:geheim@host/db")
    assert "geheim" not in refusal.value.message


def test_a_full_disk_is_told_and_loses_nothing(store):
    store.save(make_report(1))
    with store._database.read() as connection:  # the one pooled connection of this thread keeps the limit
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(AnanError, match="磁盘已满") as refusal:
        store.save(make_report(2, passages=2000))
    assert refusal.value.status == 507
    with store._database.read() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert is_whole(store.report(make_report(1).id), make_report(1))
    store.save(make_report(2, passages=2000))
    assert store.counts().reports == 2
