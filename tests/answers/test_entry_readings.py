"""What was read of FAQ entries is kept for the next start: the same as reading anew, and never more than that."""

import sqlite3
from dataclasses import replace
from importlib.metadata import version

import pytest

from assistant.answers import entry_readings
from assistant.answers.entry_readings import EntryReader, key_of
from assistant.answers.everyday_faq import EverydayMatcher
from assistant.answers.everyday_words import Everyday
from assistant.answers.faq import FaqMatcher
from assistant.language import Synonyms
from assistant.resources import corpus_folder
from assistant.search.kept_readings import KeptReadings
from assistant.store import FaqEntry
from assistant.store.faq_file import read_faq

ENTRIES = [FaqEntry(f"e{number}", f"第{number}个问题？", (f"问法{number}",), f"答{number}。") for number in range(1200)]


@pytest.fixture
def kept(tmp_path):
    return KeptReadings(tmp_path / "cache" / "faq.sqlite3")


def read_through(kept, entries, version="1"):
    """The readings of these entries, and which of them were read anew for it."""
    read = []

    def reading(entry):
        read.append(entry.id)
        return [entry.question, entry.answer]

    reader = EntryReader("test", version, reading, kept)
    found = dict(reader.readings(entries))
    reader.forget_others(entries)
    assert found == {entry: [entry.question, entry.answer] for entry in entries}
    return read


def test_only_what_changed_is_read_and_what_is_gone_is_forgotten(kept, tmp_path):
    assert len(read_through(kept, ENTRIES)) == len(ENTRIES)
    assert read_through(kept, ENTRIES) == []
    changed = [replace(ENTRIES[0], answer="换了。"), replace(ENTRIES[1], owner="li"), *ENTRIES[3:]]
    assert read_through(kept, changed) == ["e0"]
    assert set(read_through(kept, ENTRIES)) == {"e0", "e2"}
    assert len(read_through(kept, ENTRIES, version="2")) == len(ENTRIES)
    rows = sqlite3.connect(tmp_path / "cache" / "faq.sqlite3").execute("SELECT count(*) FROM readings").fetchone()
    assert rows == (len(ENTRIES),)


@pytest.fixture
def anew_by_version():
    """Lets the version of what reads be looked at anew, and once more afterwards."""
    entry_readings._code_version.cache_clear()
    yield entry_readings._code_version.cache_clear
    entry_readings._code_version.cache_clear()


@pytest.mark.parametrize("library", ["jieba", "opencc", "pypinyin"])
def test_another_version_of_a_library_that_reads_reads_anew(kept, monkeypatch, anew_by_version, library):
    read_through(kept, ENTRIES[:3])
    monkeypatch.setattr(entry_readings, "version", lambda name: "9.9" if name == library else version(name))
    anew_by_version()
    assert len(read_through(kept, ENTRIES[:3])) == 3
    assert read_through(kept, ENTRIES[:3]) == []


def test_a_file_that_cannot_be_used_costs_time_and_nothing_else(kept, tmp_path):
    path = tmp_path / "cache" / "faq.sqlite3"
    read_through(kept, ENTRIES[:3])
    path.write_bytes(b"no database at all" * 100)
    assert len(read_through(kept, ENTRIES[:3])) == 3
    assert read_through(kept, ENTRIES[:3]) == []
    with sqlite3.connect(path) as database:
        database.execute("UPDATE readings SET reading = x'00' WHERE key = ?", (key_of(ENTRIES[0]),))
    assert len(read_through(kept, ENTRIES[:3])) == 3
    path.unlink()
    path.mkdir()
    assert len(read_through(kept, ENTRIES[:3])) == 3


def test_while_another_process_writes_nobody_waits_long(kept, tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.search.kept_readings._LOCK_SECONDS", 0.01)
    read_through(kept, ENTRIES[:3])
    with sqlite3.connect(tmp_path / "cache" / "faq.sqlite3") as other:
        other.execute("BEGIN EXCLUSIVE")
        assert len(read_through(kept, ENTRIES[:3])) == 3
    assert read_through(kept, ENTRIES[:3]) == []


def test_matchers_of_kept_readings_find_the_same(kept, make_segmenter, tmp_path):
    entries = read_faq(corpus_folder() / "faq.yaml")
    segmenter = make_segmenter(corpus_folder() / "lexicon.txt", tmp_path)
    everyday = Everyday(Synonyms([("身份证", "证件")]))
    anew = FaqMatcher(entries, segmenter), EverydayMatcher(entries, everyday)
    for _ in range(2):
        matcher = FaqMatcher(entries, segmenter, kept=kept)
        near = EverydayMatcher(entries, everyday, kept=kept)
        assert (matcher.words, [matcher.pairs_at(place) for place in range(60)]) == (
            anew[0].words,
            [anew[0].pairs_at(place) for place in range(60)],
        )
        for entry in entries:
            for question in entry.phrasings:
                words = segmenter.words(question)
                assert matcher.match(question, words, (), 8) == anew[0].match(question, words, (), 8)
                assert near.nearest(question) == anew[1].nearest(question)
