"""The audit log: whatever is edited, taken out, put in or moved behind the application's back is found."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.store import BEGINNING, Store
from assistant.store.audit_table import record

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
told = st.dictionaries(words, words | st.integers() | st.lists(words, max_size=2) | st.none(), max_size=3)
COLUMNS = ("at", "actor", "action", "subject", "details", "hash")
entries = st.lists(st.tuples(words, words, words, told), min_size=2, max_size=8)


def fill(store: Store, given_entries: list) -> None:
    with store._database.write() as connection:
        for each in given_entries:
            record(connection, *each)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, sqlite3.Connection]]:
    """One store for all examples, and a way into its file that does not go through the application."""
    path = tmp_path_factory.mktemp("audit") / "anan.db"
    with Store.open(path) as store:
        behind = sqlite3.connect(path, isolation_level=None)
        behind.execute("PRAGMA synchronous=OFF")
        yield store, behind
        behind.close()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), given_entries=entries)
def test_whatever_is_done_to_it_is_found(whole, data, given_entries: list) -> None:
    store, behind = whole
    behind.execute("DELETE FROM audit")
    fill(store, given_entries)
    verified = store.audit.verify()
    assert (verified.entries, verified.broken_at) == (len(given_entries), None)
    shown = [(each.actor, each.action, each.subject, each.details) for each in reversed(store.audit.entries(99))]
    assert shown == given_entries
    head, last = verified.head, len(given_entries)
    kind = data.draw(st.sampled_from(["edit", "remove", "swap", "insert", "cut"]))
    place = data.draw(st.integers(1, last))
    if kind == "edit":
        column = data.draw(st.sampled_from(COLUMNS))
        behind.execute(f"UPDATE audit SET {column} = {column} || 'x' WHERE sequence = ?", (place,))
    elif kind == "remove":
        behind.execute("DELETE FROM audit WHERE sequence = ?", (min(place, last - 1),))
    elif kind == "swap":
        for old, new in ((place, -1), (place % last + 1, place), (-1, place % last + 1)):
            behind.execute("UPDATE audit SET sequence = ? WHERE sequence = ?", (new, old))
    elif kind == "insert":
        sequence = data.draw(st.sampled_from([0, -5, last + 1, last + 7]))
        row = (sequence, "2026", "a", "b", "c", "{}", data.draw(st.sampled_from([head, BEGINNING])))
        behind.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    else:
        behind.execute("DELETE FROM audit WHERE sequence >= ?", (place,))
    after = store.audit.verify(head)
    if kind == "cut":  # nothing in the log itself tells; the hash noted down before does
        assert (after.broken_at, after.held_before) == (None, False)
    else:
        assert after.broken_at is not None


def test_an_entry_is_there_only_with_its_change(store: Store) -> None:
    with pytest.raises(RuntimeError), store._database.write() as connection:
        record(connection, "zhang", "person.changed", "person:li", {})
        raise RuntimeError
    assert store.audit.verify().entries == 0


def test_a_head_noted_down_is_found_again_later(store: Store) -> None:
    fill(store, [("a", "b", "c", {})])
    noted = store.audit.head()[1]
    fill(store, [("a", "b", "c", {"d": 1})])
    assert store.audit.verify(noted).held_before is True
    assert store.audit.verify("f" * 64).held_before is False
    assert store.audit.verify(BEGINNING).held_before is True
    assert store.audit.verify().held_before is None


def test_entries_are_chosen_by_what_fits(store: Store) -> None:
    fill(
        store,
        [("li", "person.added", "person:1", {}), ("li", "faq.published", "faq:1", {}), ("wang", "person", "x", {})],
    )
    chosen = store.audit.entries
    assert [each.sequence for each in chosen(9, actor="li")] == [2, 1]
    assert [each.sequence for each in chosen(9, action="person")] == [3, 1]
    assert [each.sequence for each in chosen(9, action="person.added")] == [1]
    assert chosen(9, action="p%") == []
    assert [each.sequence for each in chosen(1, before=3)] == [2]
    assert [each.sequence for each in chosen(9, subject="faq:1")] == [2]
    assert chosen(9, since="2999") == [] == chosen(9, until="2000")
    assert store.audit.actors() == ["li", "wang"]


WRITER = """
import sys
from assistant.store import Store
from assistant.store.audit_table import record
with Store.open(sys.argv[1]) as store:
    for number in range(20):
        with store._database.write() as connection:
            record(connection, sys.argv[2], "a", "b", {"number": number})
"""


def test_the_chain_holds_when_threads_and_processes_write_at_once(store: Store, path: Path) -> None:
    children = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(child)]) for child in range(2)]
    threads = [threading.Thread(target=fill, args=(store, [("t", "a", "b", {})])) for _ in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [child.wait(60) for child in children] == [0, 0]
    verified = store.audit.verify()
    assert (verified.entries, verified.broken_at) == (60, None)
