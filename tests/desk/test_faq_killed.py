"""kill -9 while FAQ entries are written, reviewed and published: what was acknowledged stands, nothing by halves."""

import contextlib
import multiprocessing
import random
import signal
import sqlite3
from datetime import datetime, timezone

import pytest

from assistant.desk.faq import FaqDesk
from assistant.store import FaqEntry, Store
from assistant.store.faq_records import FaqTrial

LIVES = 20
ENTRIES = [FaqEntry(f"e{number}", f"第{number}个问题？", (f"问法{number}",), "答零。", "演示局") for number in range(5)]


def publish_on_and_on(path, life, told):
    """Version after version of each entry, from the draft to publishing; tells of each step that is acknowledged."""
    with Store.open(path) as store:
        desk = FaqDesk(store)
        for turn in range(1000):
            head = desk.head(ENTRIES[turn % len(ENTRIES)].id)
            if head.entry.state != "review":
                entry = FaqEntry(**{**vars(head.entry), "answer": f"答{life}之{turn}。"})
                head = desk.save("li", entry, head.version)
                told.send(("saved", head.entry.id, head.version, head.entry.answer))
                head = desk.submit("li", head.entry.id, head.version)
                told.send(("submitted", head.entry.id, head.version, head.entry.answer))
            tried = FaqTrial(head.entry.id, head.version, store.revision(), datetime.now(timezone.utc), {})
            store.faq_table.keep_trial(tried)
            head = desk.publish("wang", head.entry.id, head.version)
            told.send(("published", head.entry.id, head.version, head.entry.answer))


def lived(context, path, life, chance):
    """What one life acknowledged before it was killed, at some moment within a step."""
    seen, tell = context.Pipe(duplex=False)
    child = context.Process(target=publish_on_and_on, args=(path, life, tell))
    child.start()
    tell.close()
    told = [seen.recv() for _ in range(chance.randint(1, 12))]
    child.join(chance.uniform(0, 0.01))
    child.kill()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    with contextlib.suppress(EOFError):
        while True:
            told.append(seen.recv())
    return told


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="processes are not forked here")
def test_killed_while_publishing_twenty_times(tmp_path):
    chance, context, path = random.Random(11), multiprocessing.get_context("fork"), tmp_path / "anan.db"
    with Store.open(path) as store:
        store.replace_faq(ENTRIES)
        before = store.revision()
    acknowledged = {}
    for life in range(LIVES):
        for step, entry_id, version, answer in lived(context, path, life, chance):
            acknowledged[entry_id, version] = step, answer
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()
        with Store.open(path) as store:
            check_whole(store, before)
            check_kept(store, acknowledged)
    assert sum(step == "published" for step, _ in acknowledged.values()) >= LIVES


def check_whole(store, before):
    """Versions, what stands, what answers, the log and the count that caches go by tell the same."""
    live = {entry.id: entry.answer for entry in store.faq()}
    published = 0
    for entry in ENTRIES:
        head, versions = store.faq_table.head(entry.id), store.faq_table.versions(entry.id)
        assert [each.number for each in versions] == list(range(head.version, 0, -1))
        assert versions[0].entry.answer == head.entry.answer
        assert live[entry.id] == versions[head.version - head.live].entry.answer
        deeds = store.audit.entries(10_000, action="faq.published", subject=f"faq:{entry.id}")
        assert head.live == (deeds[0].details["version"] if deeds else 1) == head.reviewed
        published += len(deeds)
    assert store.revision() - before == published
    assert store.audit.verify().broken_at is None


def check_kept(store, acknowledged):
    """Each acknowledged step is there; a later one may have followed it."""
    for (entry_id, version), (step, answer) in acknowledged.items():
        head = store.faq_table.head(entry_id)
        found = {each.number: each.entry.answer for each in store.faq_table.versions(entry_id)}
        assert found[version] == answer
        if step == "published":
            assert head.live >= version
        elif step == "submitted" and head.version == version:
            assert head.entry.state in ("review", "published")
