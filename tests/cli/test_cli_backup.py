"""`anan backup` and `anan restore`: all comes back; what is damaged changes nothing; a kill leaves old or new."""

import contextlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
import zipfile
from pathlib import Path

import pytest

from assistant import backup as backing_up
from assistant.backup import finish_restore, make_backup, restore_backup
from assistant.desk import OPERATOR, Draft, opened_desk
from assistant.store import Store

PASSWORD = "灯塔下面的第七只灰雀"
# Restores killed at moments drawn at random; KILLS=20 in the environment for the number that is promised.
KILLS = int(os.environ.get("KILLS", "3"))


def fill(data: Path, mark: str) -> None:
    """A directory whose every kept part says ``mark``."""
    data.mkdir(parents=True, exist_ok=True)
    with opened_desk(data) as desk:
        desk.messages.receive(Draft("ask", f"留言{mark}"))
        desk.people.add_department(OPERATOR, f"部门{mark}")
    (data / "anan.toml").write_text(f'contact = "{mark}"\n', encoding="utf-8")
    (data / f"only-{mark}.txt").write_text(mark, encoding="utf-8")
    for folder in ("recordings", "index", "speech"):
        shutil.rmtree(data / folder, ignore_errors=True)
        (data / folder).mkdir()
        (data / folder / f"{mark}.audio").write_text(mark, encoding="utf-8")


def state(data: Path) -> str:
    """What every kept part says; a mixture where they do not agree."""
    finish_restore(data)
    with opened_desk(data) as desk:
        said = {each.text.removeprefix("留言") for each in desk.messages.newest(9)}
        said |= {name.removeprefix("部门") for name in desk.people.departments()}
        assert desk.audit.verify().broken_at is None
    said.add(json.loads((data / "anan.toml").read_text("utf-8").partition("=")[2]))
    said |= {path.name[5:-4] for path in data.glob("only-*.txt")}
    said |= {path.stem for path in (data / "recordings").iterdir()}
    assert not (data / ".restore" / "ready").exists()
    return "+".join(sorted(said))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A backup that says "new"."""
    fill(tmp_path / "first", "new")
    make_backup(tmp_path / "first", tmp_path / "new.zip")
    return tmp_path / "new.zip"


def test_everything_comes_back_and_everybody_is_signed_out(anan, data, tmp_path):
    fill(data, "new")
    anan("user", "add", "wang", "--role", "admin", typed=f"{PASSWORD}\n")
    with opened_desk(data) as desk:
        token = desk.signing_in.enter("wang", PASSWORD, "192.0.2.1").token
    file = tmp_path / "备份.zip"
    made = anan("backup", str(file))
    assert made.exit_code == 0 and "已备份" in made.output
    assert file.stat().st_mode & 0o077 == 0
    assert anan("backup", str(file)).exit_code == 2
    shutil.rmtree(data)
    fill(data, "old")
    assert anan("restore", str(file), typed="n\n").exit_code == 1
    assert state(data) == "old"
    done = anan("restore", str(file), "--yes")
    assert done.exit_code == 0 and "已恢复" in done.output
    assert state(data) == "new"
    assert not (data / "index").exists()
    assert (data / "speech").exists()
    with opened_desk(data) as desk:
        assert desk.signing_in.session(token) is None
        assert desk.signing_in.enter("wang", PASSWORD, "192.0.2.1")
        actions = [entry.action for entry in desk.audit._kept.entries(9)]
    assert actions[1:3] == ["store.restored", "store.backed_up"]


def test_a_backup_is_made_while_others_write(tmp_path, kept):
    data = tmp_path / "first"
    with Store.open(data / "anan.db") as store:
        with store._database.write() as connection:
            connection.exec_driver_sql("INSERT INTO departments VALUES ('not yet', '2026-01-01')")
        make_backup(data, tmp_path / "second.zip")
    with zipfile.ZipFile(tmp_path / "second.zip") as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [
            "anan.db",
            "anan.toml",
            "manifest.json",
            "only-new.txt",
            "recordings/new.audio",
        ]


def test_a_service_that_runs_is_not_pulled_from_under(tmp_path, kept):
    fill(tmp_path / "data", "old")
    with Store.open(tmp_path / "data" / "anan.db") as running:
        running.counts()
        with pytest.raises(backing_up.Busy, match="停止服务"):
            restore_backup(tmp_path / "data", kept)
    assert state(tmp_path / "data") == "old"


def rewritten(file: Path, change) -> None:
    with zipfile.ZipFile(file) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    change(held)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)


def manifest_with(**files):
    def change(held):
        told = json.loads(held["manifest.json"])
        told["files"].update(files)
        held["manifest.json"] = json.dumps(told).encode()

    return change


def damage(held):
    held["recordings/new.audio"] = b"other"


def newer(held):
    told = json.loads(held["manifest.json"])
    held["manifest.json"] = json.dumps({**told, "format": 99}).encode()


def empty(held):
    held["manifest.json"] = b'{"format": 1, "made": "2026", "version": "1", "files": {}}'


DAMAGES = {
    "a file": lambda file: rewritten(file, damage),
    "missing": lambda file: rewritten(file, lambda held: held.pop("only-new.txt")),
    "no manifest": lambda file: rewritten(file, lambda held: held.pop("manifest.json")),
    "no database": lambda file: rewritten(
        file, lambda held: held.update({"manifest.json": b'{"format": 1, "files": {}}'})
    ),
    "newer": lambda file: rewritten(file, newer),
    "outside": lambda file: rewritten(file, manifest_with(**{"../evil.txt": [1, "x"]})),
    "deep": lambda file: rewritten(file, manifest_with(**{"recordings/a/b.audio": [1, "x"]})),
    "program": lambda file: rewritten(file, manifest_with(**{"evil.py": [1, "x"]})),
    "huge": lambda file: rewritten(file, manifest_with(**{"huge.txt": [10**15, "x"]})),
    "cut off": lambda file: file.write_bytes(file.read_bytes()[:-100]),
    "no zip": lambda file: file.write_bytes(b"x" * 1000),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_backup_changes_nothing(tmp_path, kept, anan, data, kind):
    fill(data, "old")
    DAMAGES[kind](kept)
    refused = anan("restore", str(kept), "--yes")
    assert refused.exit_code == 2, refused.output
    assert state(data) == "old"


def test_a_damaged_database_in_a_whole_archive_changes_nothing(tmp_path, kept, anan, data):
    fill(data, "old")
    import hashlib

    junk = b"SQLite format 3\x00" + b"junk" * 5000

    def change(held):
        held["anan.db"] = junk
        manifest_with(**{"anan.db": [len(junk), hashlib.sha256(junk).hexdigest()]})(held)

    rewritten(kept, change)
    assert anan("restore", str(kept), "--yes").exit_code == 2
    assert state(data) == "old"


def test_a_damaged_directory_is_what_a_backup_is_for(kept, anan, data):
    fill(data, "old")
    (data / "anan.db").write_bytes(b"no database" * 1000)
    assert anan("restore", str(kept), "--yes").exit_code == 0
    assert state(data) == "new"


# What a restore does to the disk, each a place where it may be killed.
STEPS = (
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "mkdir"),
    (shutil, "rmtree"),
    (os, "fsync"),
    (sqlite3, "connect"),
)


def killed_at(number: int, data: Path, file: Path) -> bool:
    """Restores in a child that is killed (SIGKILL) before its step ``number``; whether it came that far."""
    child = os.fork()
    if child == 0:
        done = 0

        def counted(real):
            def step(*arguments, **options):
                nonlocal done
                done += 1
                if done == number:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*arguments, **options)

            return step

        try:
            for owner, name in STEPS:
                setattr(owner, name, counted(getattr(owner, name)))
            restore_backup(data, file)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_step_it_is_the_old_or_the_new_whole(tmp_path, kept):
    old = tmp_path / "old"
    fill(old, "old")
    outcomes = []
    for number in range(1, 200):
        data = tmp_path / f"killed-{number}"
        shutil.copytree(old, data)
        killed = killed_at(number, data, kept)
        outcomes.append(state(data))
        shutil.rmtree(data)
        if not killed:
            break
    print(f"killed at {len(outcomes) - 1} places: {outcomes.count('old')} old, {outcomes.count('new')} new")
    assert len(outcomes) > 20
    assert set(outcomes) == {"old", "new"}
    assert outcomes == sorted(outcomes, reverse=True)  # old up to the mark, new from it on


def killed_after(seconds: float, work, *arguments) -> bool:
    """Does work in a child that is killed (SIGKILL) after so long; whether it was at work still."""
    child = multiprocessing.get_context("fork").Process(target=work, args=arguments)
    child.start()
    child.join(seconds)
    child.kill()
    child.join()
    return child.exitcode == -signal.SIGKILL


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_moment_it_is_the_old_or_the_new_whole(tmp_path):
    """So is the process killed that opens the directory next, and finishes the restore."""
    chance, old, file = random.Random(17), tmp_path / "old", tmp_path / "long.zip"
    for mark in ("old", "new"):
        fill(tmp_path / mark, mark)
        (tmp_path / mark / "recordings" / f"{mark}.audio").write_bytes(chance.randbytes(16 * 1024 * 1024))
    make_backup(tmp_path / "new", file)
    begun = time.monotonic()
    restore_backup(shutil.copytree(old, tmp_path / "timed"), file)
    took = time.monotonic() - begun
    outcomes: list[str] = []
    for life in range(20 * KILLS):
        data = shutil.copytree(old, tmp_path / f"life-{life}")
        if killed_after(chance.uniform(0, took), restore_backup, data, file):
            killed_after(chance.uniform(0, took / 20), finish_restore, data)
            outcomes.append(state(data))
            with contextlib.closing(sqlite3.connect(data / "anan.db")) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            restore_backup(data, file)
            assert state(data) == "new", "a restore that was killed is in the way of none"
        shutil.rmtree(data)
        if len(outcomes) == KILLS:
            break
    print(f"killed {len(outcomes)} times: {outcomes.count('old')} old, {outcomes.count('new')} new")
    assert len(outcomes) == KILLS
    assert set(outcomes) <= {"old", "new"}
