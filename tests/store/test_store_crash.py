"""What holds while others write, and when a writer dies."""

import random
import re
import signal
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import saving_child
from forking import forking_from
from store_samples import is_whole, make_report

from assistant.store import Store

REPORTS = 6
PASSAGES = 150  # large reports, so that the child spends most of its life inside a transaction


@pytest.fixture(scope="module")
def context():
    with forking_from("saving_child") as context:
        yield context


def start(context, work, *arguments):
    """A process at this work, and what it tells; it has begun."""
    told, tell = context.Pipe(duplex=False)
    child = context.Process(target=work, args=(*arguments, tell))
    child.start()
    tell.close()
    return child, told


def start_saving(context, path, first, count, passages, versions, version=1):
    child, told = start(context, saving_child.save_and_tell, path, first, count, passages, versions, version)
    assert told.recv() == "opening"
    return child, told


def kill_at_any_moment(child, within_s, chance):
    """Spreads the kills over the child's work; whichever moment is hit, what the test asserts must hold."""
    child.join(timeout=chance.uniform(0, within_s))
    child.kill()


def rest_of(told):
    """What was told before the process was gone; the last word may have been cut off."""
    try:
        while True:
            yield told.recv()
    except (EOFError, OSError):
        told.close()


def version_of(stored):
    return int(re.search(r"第(\d+)版", stored.summary.title)[1])


def sound(path):
    connection = sqlite3.connect(path)
    checks = [
        connection.execute("PRAGMA integrity_check").fetchall(),
        connection.execute("PRAGMA foreign_key_check").fetchall(),
    ]
    connection.close()
    return checks == [[("ok",)], []]


@pytest.mark.parametrize("seed", range(6))
def test_kill_9_loses_no_acknowledged_report(context, path, seed):
    chance = random.Random(seed)
    acknowledged = {}
    for life in range(3):
        child, told = start_saving(context, path, 0, REPORTS, PASSAGES, versions=0, version=life * 1000 + 1)
        acknowledged.update(told.recv() for _ in range(chance.randint(1, 2 * REPORTS)))
        kill_at_any_moment(child, within_s=0.03, chance=chance)
        acknowledged.update(rest_of(told))
        child.join()
        assert child.exitcode == -signal.SIGKILL  # it was saving to the end
        with Store.open(path) as store:
            queued = {entry.report_id for entry in store.index_queue()}
            for number, version in acknowledged.items():
                stored = store.report(make_report(number).id)
                assert version_of(stored) >= version
                assert is_whole(stored, make_report(number, version_of(stored), passages=PASSAGES))
                assert stored.summary.id in queued
            counts = store.counts()
            held = sum(len(store.report(summary.id).passages) for summary in store.reports())
            assert counts.reports <= len(acknowledged) + 1
            assert counts.passages == counts.reports * PASSAGES == held
        assert sound(path)


@pytest.mark.parametrize("seed", range(4))
def test_kill_9_while_the_tables_are_made(context, path, seed):
    child, _ = start_saving(context, path, 0, 1, 1, versions=1)
    kill_at_any_moment(child, within_s=0.2, chance=random.Random(seed))
    child.join()
    with Store.open(path) as store:
        store.save(make_report(7))
        assert is_whole(store.report(make_report(7).id), make_report(7))
    assert sound(path)


@pytest.mark.parametrize("kilobytes", [4, 12, 24, 48])
def test_making_the_tables_is_all_or_nothing(context, path, kilobytes):
    child, told = start(context, saving_child.open_and_tell, path, kilobytes * 1024)
    assert told.recv() == "store_io"
    child.join()
    with Store.open(path) as store:
        store.save(make_report(7))
    assert sound(path)


def test_two_processes_and_this_one_write_side_by_side(context, path):
    children = [start_saving(context, path, first, 20, 5, versions=2) for first in (0, 10)]
    with Store.open(path) as store:
        for number in range(30, 50):
            store.save(make_report(number, passages=5))
        for child, told in children:
            assert len(list(rest_of(told))) == 40
            child.join()
            assert child.exitcode == 0
        assert store.counts().reports == 50
        for number in range(50):
            stored = store.report(make_report(number).id)
            assert is_whole(stored, make_report(number, version_of(stored), passages=5))
            assert version_of(stored) == (1 if number >= 30 else version_of(stored))
        assert len(store.index_queue()) == 50
    assert sound(path)


def test_readers_never_see_half_a_replacement(store):
    store.save(make_report(1, 1, passages=30))
    report_id = make_report(1).id
    done = threading.Event()
    ready = threading.Barrier(5)

    def read():
        ready.wait()
        seen = set()
        while True:
            last = done.is_set()
            stored = store.report(report_id)
            version = version_of(stored)
            assert is_whole(stored, make_report(1, version, passages=30))
            passages = store.report(report_id).passages
            assert len({p.text.split("版")[0] for p in passages}) == 1
            assert set(store.passages(p.id for p in passages).values()) <= set(passages)
            seen.add(version)
            if last:
                return seen

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        ready.wait()
        try:
            for version in range(2, 40):
                store.save(make_report(1, version, passages=30))
        finally:
            done.set()
        for reader in readers:
            assert 39 in reader.result()
