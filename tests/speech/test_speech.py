"""Published text in, audio out, with the real voice."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import Busy, NotFound
from assistant.services import open_services
from assistant.speech import Speech
from assistant.speech.process_voice import Pyttsx3Voice

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stops the voice's process by signals")

PATIENCE = 60
TEXT = "2015年,市公安局发布警务公开信息2600条。受理网民提问531条,回复519条!召开新闻发布会4次。"


class CountingVoice(Pyttsx3Voice):
    """The real voice, and how often it was asked."""

    asked = 0

    def synthesize(self, spoken, timeout):
        self.asked += 1
        return super().synthesize(spoken, timeout)


@pytest.fixture(scope="module")
def speech(tmp_path_factory):
    speech = Speech(tmp_path_factory.mktemp("speech"))
    yield speech
    speech.close()


@pytest.fixture
def own(tmp_path):
    """One whose process may be stopped and killed."""
    speech = Speech(tmp_path, CountingVoice(tmp_path), queue_limit=8)
    yield speech
    if speech.voice.pid:
        os.kill(speech.voice.pid, signal.SIGCONT)
    speech.close()


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def heard(audio):
    return soundfile.info(io.BytesIO(audio.data)).duration


def test_text_is_read_sentence_by_sentence(speech):
    utterances = speech.utterances(TEXT)
    assert [one.text for one in utterances] == [
        "2015年,市公安局发布警务公开信息2600条。",
        "受理网民提问531条,回复519条!",
        "召开新闻发布会4次。",
    ]
    lengths = []
    for one in utterances:
        audio = speech.audio(one.key)
        assert audio.media_type == "audio/mpeg"
        assert heard(audio) == pytest.approx(audio.seconds, abs=0.15)
        lengths.append(audio.seconds)
    assert lengths[0] > lengths[1] > lengths[2] > 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(text=st.text(alphabet="公开信息2,，、。！；\n 《》()…a", max_size=400))
def test_pieces_are_the_text_itself_in_order(speech, text):
    utterances = speech.utterances(text)
    end = 0
    for one in utterances:
        assert end <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert len(one.text) <= 80
        end = one.end
    said = "".join(one.text for one in utterances)
    assert sum(map(said.count, "公开信息2a")) == sum(map(text.count, "公开信息2a"))


def test_a_long_sentence_is_cut_at_its_pauses(speech):
    text = "全面落实各级关于深化政务公开的要求，" * 10 + "有序发展。"
    pieces = [one.text for one in speech.utterances(text)]
    assert "".join(pieces) == text
    assert len(pieces) > 1 and all(piece.endswith(("，", "。")) and len(piece) <= 80 for piece in pieces)


def test_a_cut_does_not_part_a_number(speech):
    text = "信" * 76 + "1,266条" + "息" * 40
    assert not any(one.text.endswith("1,") for one in speech.utterances(text))


@pytest.mark.parametrize("text", ["", " \n", "……", "——《》（）", "😀", "%", "\x00\x07"])
def test_what_cannot_be_said_gives_no_utterance(speech, text):
    assert speech.utterances(text) == []


@pytest.mark.parametrize("key", ["", "0" * 32, "../speech.sqlite3", "公开信息", "' OR 1=1 --", "x" * 10_000])
def test_an_unknown_key_is_not_found(speech, key):
    with pytest.raises(NotFound):
        speech.audio(key)


def test_text_that_was_not_published_cannot_be_had(speech, tmp_path):
    elsewhere = Speech(tmp_path)
    key = elsewhere.utterances("这句话没有在本站发布过。")[0].key
    elsewhere.close()
    with pytest.raises(NotFound):
        speech.audio(key)


def test_the_key_depends_on_what_is_said_alone(speech):
    first, second = speech.utterances("公开信息2600条。\n公开信息2,600条。")
    assert first.key == second.key != speech.utterances("公开信息2601条。")[0].key


def test_it_is_told_what_is_at_hand(own):
    text = "公开信息2600条。收到申请34件。"
    first, second = own.utterances(text)
    assert not first.kept and not second.kept
    own.audio(second.key)
    assert [each.kept for each in own.utterances(text)] == [False, True]


def test_asked_again_the_voice_is_not_needed(own):
    key = own.utterances(TEXT)[0].key
    assert own.audio(key) == own.audio(key)
    assert own.voice.asked == 1


def test_reopened_it_still_serves(tmp_path):
    first = Speech(tmp_path)
    said, unsaid, _ = first.utterances(TEXT)
    audio = first.audio(said.key)
    first.close()
    second = Speech(tmp_path)
    assert second.audio(said.key) == audio
    assert not second.status()["ready"]  # it came from the cache
    assert second.audio(unsaid.key).seconds > 1
    second.close()


def test_eight_threads_at_once(own):
    keys = [own.utterances("公开" * times + "。")[0].key for times in range(1, 9)]
    with ThreadPoolExecutor(8) as pool:
        lengths = [audio.seconds for audio in pool.map(own.audio, keys)]
    assert lengths == sorted(lengths) and lengths[-1] > 4 * lengths[0]
    assert own.voice.asked == 8


def test_one_sentence_wanted_by_eight_is_made_once(own):
    key = own.utterances(TEXT)[0].key
    together = threading.Barrier(8)

    def ask(_):
        together.wait()
        return own.audio(key)

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(ask, range(8)))
    assert len(set(replies)) == 1 and own.voice.asked == 1


def test_a_full_queue_says_busy_and_the_waiting_are_served(own):
    own.warm_up()
    *waiting, late = [own.utterances("公开" * times + "。")[0].key for times in range(1, 10)]
    os.kill(own.voice.pid, signal.SIGSTOP)
    with ThreadPoolExecutor(8) as pool:
        replies = [pool.submit(own.audio, key) for key in waiting]
        until(lambda: own.status()["queue"] == 8)
        with pytest.raises(Busy):
            own.audio(late)
        os.kill(own.voice.pid, signal.SIGCONT)
        assert all(reply.result(PATIENCE).data for reply in replies)
    assert own.audio(late).data and own.status()["queue"] == 0


def test_the_site_keeps_threads_free_for_questions(tmp_path, monkeypatch):
    limits = []
    for threads in (1, 4, 8):
        monkeypatch.setenv("ANAN_THREADS", str(threads))
        services = open_services(tmp_path)
        limits.append(services.speech.status()["queue_limit"])
        services.close()
    assert limits == [1, 2, 6]


def test_what_is_kept_is_served_while_the_queue_is_full(own):
    kept, *waiting = [own.utterances("公开" * times + "。")[0].key for times in range(1, 10)]
    own.audio(kept)
    os.kill(own.voice.pid, signal.SIGSTOP)
    with ThreadPoolExecutor(8) as pool:
        replies = [pool.submit(own.audio, key) for key in waiting]
        until(lambda: own.status()["queue"] == 8)
        assert own.audio(kept).data
        os.kill(own.voice.pid, signal.SIGCONT)
        assert all(reply.result(PATIENCE).data for reply in replies)


def test_killed_in_mid_work_the_request_and_the_next_are_answered(own):
    own.warm_up()
    first, second, _ = own.utterances(TEXT)
    pid = own.voice.pid
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor() as pool:
        reply = pool.submit(own.audio, first.key)
        until(lambda: own.voice.asked == 1)
        os.kill(pid, signal.SIGKILL)
        assert reply.result(PATIENCE).seconds > 2
    assert own.audio(second.key).seconds > 1
    assert own.status()["restarts"] == 1 and own.status()["error"] is None


def test_a_failure_reaches_everybody_who_waits_and_is_not_kept(own, monkeypatch):
    key = own.utterances(TEXT)[0].key
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/bin/false")
        with pytest.raises(Busy):
            own.audio(key)
    assert own.status()["error"]
    assert own.audio(key).seconds > 1
    assert own.status()["error"] is None


def test_a_small_cache_drops_audio_and_makes_it_again(tmp_path):
    voice = CountingVoice(tmp_path)
    speech = Speech(tmp_path, voice, cache_mb=0.02)
    keys = [one.key for one in speech.utterances(TEXT)]
    for key in keys * 2:
        assert speech.audio(key).data
    assert voice.asked > 3 and speech.status()["cached_mb"] <= 0.02
    speech.close()


def test_a_full_disk_costs_the_cache_and_no_answer(own):
    key = own.utterances(TEXT)[0].key
    own._cache._db.execute("PRAGMA max_page_count = 1")  # what SQLite has by now is then all that it may have
    assert own.utterances("".join(f"这是第{number}句。" for number in range(500))) == []
    assert own.audio(key).seconds > 2


def test_a_cache_that_cannot_be_used_costs_reading_aloud_and_no_answer(own, caplog):
    key = own.utterances(TEXT)[0].key
    own._cache.close()
    assert own.utterances(TEXT) == []
    with pytest.raises(Busy, match="播报暂时用不了"):
        own.audio(key)
    status = own.status()
    assert status["texts"] == 0 and "cache" in status["error"]
    assert caplog.text and "2015" not in caplog.text and "二零一五" not in caplog.text


def test_a_cache_damaged_under_way_is_begun_anew(tmp_path):
    speech = Speech(tmp_path)
    speech.utterances("".join(f"公开信息{number}条。" for number in range(500)))
    speech.close()
    speech = Speech(tmp_path)
    path = tmp_path / "speech.sqlite3"
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * (path.stat().st_size - 3 * 4096))
    utterances = speech.utterances(TEXT)
    assert len(utterances) == 3
    assert all(speech.audio(one.key).seconds > 1 for one in utterances)
    speech.close()


def test_a_new_sentence_is_written_once(own):
    key = own.utterances(TEXT)[0].key
    before = own._cache._db.total_changes
    own.audio(key)
    assert own._cache._db.total_changes - before == 2  # the audio and its size beside the text


def test_what_was_acknowledged_outlives_kill_9(tmp_path):
    code = (
        "import sys, pathlib, itertools\n"
        "from assistant.speech import Speech\n"
        "speech = Speech(pathlib.Path(sys.argv[1]))\n"
        "for number in itertools.count():\n"
        "    key = speech.utterances(f'公开信息{number}条。')[0].key\n"
        "    print(key, speech.audio(key).seconds, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) as child:
        lines = [child.stdout.readline().split() for _ in range(5)]
        child.kill()
        lines += [line.split() for line in child.stdout.read().splitlines() if line.count(".") == 1]
    speech = Speech(tmp_path)
    for key, seconds in lines:
        assert heard(speech.audio(key)) == pytest.approx(float(seconds), abs=0.15)
    assert not speech.status()["ready"]  # all of it came from the cache
    speech.close()


def test_everything_stays_in_the_folder(tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(elsewhere))
    speech = Speech(tmp_path / "speech")
    speech.audio(speech.utterances(TEXT)[0].key)
    speech.close()
    speech.close()
    assert [path.name for path in (tmp_path / "speech").iterdir()] == ["speech.sqlite3"]
    assert list(elsewhere.iterdir()) == []
