import sqlite3

import pytest

from assistant.speech.cache import SpeechCache
from assistant.speech.sound import Audio


def entry(number):
    return (f"key{number}", f"text {number}", f"spoken {number}")


def sound(size):
    return Audio(bytes(size), 1.5)


@pytest.fixture
def cache(tmp_path):
    cache = SpeechCache(tmp_path / "speech.sqlite3", "voice/1", limit_bytes=10_000, texts_limit=10)
    yield cache
    cache.close()


def test_only_the_registered_is_found(cache):
    cache.register([entry(1)])
    assert cache.find("key1").spoken == "spoken 1"
    assert cache.find("key2") is None


def test_audio_comes_back_as_it_was_kept(cache):
    cache.register([entry(1)])
    assert cache.find("key1").audio is None
    cache.keep("key1", Audio(b"sound", 2.5))
    assert cache.find("key1").audio == Audio(b"sound", 2.5)


def test_audio_of_an_unknown_key_is_not_kept(cache):
    cache.keep("key1", sound(100))
    assert cache.find("key1") is None
    assert cache.sizes() == (0, 0)


def test_the_longest_unused_audio_goes_first_and_its_text_stays(cache):
    cache.register(entry(number) for number in range(4))
    for number in range(3):
        cache.keep(f"key{number}", sound(3_000))
    cache.find("key0")
    cache.keep("key3", sound(3_000))
    assert [cache.find(f"key{number}").audio is not None for number in range(4)] == [True, False, True, True]
    assert cache.sizes() == (4, 9_000)


def test_the_longest_unused_texts_go_with_their_audio(cache):
    for number in range(10):
        cache.register([entry(number)])
        cache.keep(f"key{number}", sound(10))
    cache.find("key0")
    cache.register([entry(10)])
    assert cache.find("key0") and cache.find("key10")
    assert cache.find("key1") is None
    texts, size = cache.sizes()
    assert texts <= 10 and size == 10 * (texts - 1)


def test_the_limits_hold_however_much_is_added(tmp_path):
    cache = SpeechCache(tmp_path / "speech.sqlite3", "voice/1", limit_bytes=1_000_000, texts_limit=1_000)
    for start in range(0, 3_000, 7):
        cache.register(entry(number) for number in range(start, start + 7))
        cache.keep(f"key{start}", sound(9_000))
        texts, size = cache.sizes()
        assert texts <= 1_020 and size <= 1_020_000
    cache.close()


def test_registering_again_counts_as_use_and_keeps_the_audio(cache):
    cache.register(entry(number) for number in range(10))
    cache.keep("key9", sound(10))
    cache.register([entry(9)])
    cache.register([entry(11)])
    assert cache.find("key9").audio


def test_a_reopened_cache_has_everything(tmp_path):
    path = tmp_path / "deep" / "speech.sqlite3"
    first = SpeechCache(path, "voice/1", 10_000)
    first.register([entry(1)])
    first.keep("key1", sound(7))
    first.close()
    second = SpeechCache(path, "voice/1", 10_000)
    assert second.find("key1").audio == sound(7)
    second.close()


def test_a_smaller_limit_holds_from_the_next_opening(tmp_path):
    first = SpeechCache(tmp_path / "speech.sqlite3", "voice/1", 10_000)
    first.register(entry(number) for number in range(3))
    for number in range(3):
        first.keep(f"key{number}", sound(3_000))
    first.close()
    second = SpeechCache(tmp_path / "speech.sqlite3", "voice/1", 4_000)
    assert second.sizes() == (3, 3_000)
    assert second.find("key2").audio
    second.close()


def test_another_voice_does_not_answer_for_this_one(tmp_path):
    path = tmp_path / "speech.sqlite3"
    with_one, with_two = SpeechCache(path, "voice/1", 10_000), SpeechCache(path, "voice/2", 10_000)
    with_one.register([entry(1)])
    assert with_one.find("key1") and with_two.find("key1") is None
    with_one.close()
    with_two.close()


@pytest.mark.parametrize("damage", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_damaged_file_is_begun_anew(tmp_path, damage):
    path = tmp_path / "speech.sqlite3"
    path.write_bytes(damage)
    cache = SpeechCache(path, "voice/1", 10_000)
    cache.register([entry(1)])
    assert cache.find("key1")
    cache.close()


PAGE = 4096


@pytest.fixture
def filled(tmp_path):
    """The file of a closed cache with many pages."""
    path = tmp_path / "speech.sqlite3"
    cache = SpeechCache(path, "voice/1", 10_000_000)
    cache.register(entry(number) for number in range(1_000))
    for number in range(100):
        cache.keep(f"key{number}", sound(10_000))
    cache.close()
    return path


def overwrite(path):
    with path.open("r+b") as file:
        file.seek(3 * PAGE)
        file.write(b"\xff" * (path.stat().st_size - 3 * PAGE))


def cut(path):
    with path.open("r+b") as file:
        file.truncate(3 * PAGE)


@pytest.mark.parametrize("damage", [overwrite, cut])
def test_damage_behind_the_first_pages_is_begun_anew_too(filled, damage):
    damage(filled)
    cache = SpeechCache(filled, "voice/1", 10_000_000)
    assert cache.sizes() == (0, 0)
    cache.register([entry(1)])
    cache.keep("key1", sound(7))
    assert cache.find("key1").audio == sound(7)
    cache.close()


@pytest.mark.parametrize(
    "use",
    [
        lambda cache: cache.find("key77"),
        lambda cache: cache.register([entry(77)]),
        lambda cache: cache.keep("key77", sound(7)),
    ],
    ids=["find", "register", "keep"],
)
def test_damage_at_run_time_is_begun_anew(filled, use):
    cache = SpeechCache(filled, "voice/1", 10_000_000)
    overwrite(filled)
    use(cache)
    assert cache.sizes()[0] <= 1
    cache.register([entry(77)])
    cache.keep("key77", sound(7))
    assert cache.find("key77").audio == sound(7)
    cache.close()
    reopened = SpeechCache(filled, "voice/1", 10_000_000)
    assert reopened.find("key77").audio == sound(7)
    reopened.close()


def test_what_is_no_damage_costs_nothing_that_is_kept(filled):
    cache = SpeechCache(filled, "voice/1", 10_000_000)
    cache._db.execute("PRAGMA query_only = ON")  # as with a file that may not be written
    with pytest.raises(sqlite3.OperationalError):
        cache.register([entry(2_000)])
    assert cache.sizes() == (1_000, 1_000_000) and cache.find("key77").audio
    cache.close()


def test_after_closing_it_stays_closed(filled):
    cache = SpeechCache(filled, "voice/1", 10_000_000)
    cache.close()
    cache.close()
    with pytest.raises(sqlite3.Error):
        cache.find("key77")
