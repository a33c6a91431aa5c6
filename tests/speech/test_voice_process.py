"""The real voice in its real process, with the process stopped and killed under it."""

import contextlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import soundfile

from assistant.errors import Busy, SettingsError
from assistant.speech.process_voice import Pyttsx3Voice
from assistant.speech.voice import VoiceFailed
from assistant.speech.voices import open_voice

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="speaks through espeak-ng and stops it by signals")

PATIENCE = 60


@pytest.fixture
def voice(tmp_path):
    voice = Pyttsx3Voice(tmp_path)
    yield voice
    if voice.pid:
        os.kill(voice.pid, signal.SIGCONT)
    voice.close()


def seconds(recording):
    info = soundfile.info(io.BytesIO(recording.sound))
    return info.frames / info.samplerate


def until(condition):
    """Waits for what another thread or process is about to do."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_longer_text_takes_longer_to_say(voice):
    one, two, ten = (seconds(voice.synthesize("公开政府信息" * times, PATIENCE)) for times in (1, 2, 10))
    assert 0.5 < one < two < ten
    assert ten == pytest.approx(10 * (two - one), rel=0.2)


def test_every_request_gets_its_own_text(voice):
    texts = ["公开" * times for times in (1, 5, 2, 9, 3, 7)]
    lengths = [seconds(voice.synthesize(text, PATIENCE)) for text in texts]
    again = [seconds(voice.synthesize(text, PATIENCE)) for text in reversed(texts)]
    assert lengths == pytest.approx(again[::-1], rel=0.05)
    assert sorted(range(6), key=lengths.__getitem__) == [0, 2, 4, 1, 5, 3]


def test_no_recording_lacks_its_end(voice):
    # pyttsx3 cut one in twenty off at a whole second; see worker.py.
    texts = ["公开" * times for times in range(2, 9)] * 20
    lengths = [seconds(voice.synthesize(text, PATIENCE)) for text in texts]
    for place, length in enumerate(lengths):
        assert length == pytest.approx(lengths[place % 7], rel=0.03)


def test_starts_only_when_needed(voice):
    assert voice.pid is None and not voice.state().ready
    voice.warm_up()
    assert voice.pid and voice.state().ready


def test_killed_while_idle_it_starts_again(voice):
    before = seconds(voice.synthesize("公开政府信息", PATIENCE))
    os.kill(voice.pid, signal.SIGKILL)
    assert seconds(voice.synthesize("公开政府信息", PATIENCE)) == pytest.approx(before, rel=0.05)
    assert voice.state().restarts == 1


def test_killed_in_the_midst_of_a_request_the_request_is_served_by_a_new_process(voice):
    voice.warm_up()
    first = voice.pid
    os.kill(first, signal.SIGSTOP)  # so that the request is surely in its hands when it is killed
    with ThreadPoolExecutor() as pool:
        reply = pool.submit(voice.synthesize, "公开政府信息", PATIENCE)
        until(voice._turn.locked)
        os.kill(first, signal.SIGKILL)
        assert seconds(reply.result(PATIENCE)) > 0.5
    assert voice.pid != first and voice.state().restarts == 1 and voice.state().error is None


def test_a_process_that_hangs_is_replaced(tmp_path):
    voice = Pyttsx3Voice(tmp_path, stall_seconds=2)
    voice.warm_up()
    first = voice.pid
    os.kill(first, signal.SIGSTOP)
    assert seconds(voice.synthesize("公开政府信息", PATIENCE)) > 0.5
    assert voice.pid != first and voice.state().restarts == 1
    assert not Path(f"/proc/{first}").exists()
    voice.close()


def test_waiting_for_a_turn_has_an_end(voice):
    voice.warm_up()
    os.kill(voice.pid, signal.SIGSTOP)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(voice.synthesize, "公开", PATIENCE)
        until(voice._turn.locked)
        with pytest.raises(Busy):
            voice.synthesize("信息", 0.1)
        os.kill(voice.pid, signal.SIGCONT)
        assert first.result(PATIENCE)


def test_when_it_cannot_start_the_error_is_clear_and_it_rests(voice, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/bin/false")
        for _ in range(3):
            with pytest.raises(VoiceFailed, match="播报的声音出了问题"):
                voice.synthesize("公开", PATIENCE)
    assert "code 1" in voice.state().error
    starts = voice.state().restarts
    with pytest.raises(VoiceFailed, match="暂时不可用"):
        voice.synthesize("公开", PATIENCE)
    assert voice.state().restarts == starts


def test_a_worker_that_cannot_be_run_at_all_is_a_clear_error_too(voice, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/nowhere/python")
        with pytest.raises(VoiceFailed):
            voice.synthesize("公开", PATIENCE)
    assert voice.synthesize("公开", PATIENCE)
    assert voice.state().error is None


def instead_of_python(folder, monkeypatch, script):
    executable = folder / "executable"
    executable.write_text(f"#!/bin/sh\n{script}\n")
    executable.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(executable))


def test_a_start_takes_no_longer_than_the_request_has(voice, tmp_path, monkeypatch):
    instead_of_python(tmp_path, monkeypatch, "exec sleep 600")
    with pytest.raises(VoiceFailed):
        voice.synthesize("公开", 2.5)
    assert float(re.search(r"no progress for ([\d.]+) s", voice.state().error)[1]) <= 2.5
    assert voice.pid is None and voice.state().restarts == 0


def test_a_second_try_is_made_only_if_there_is_time_for_start_and_sentence(voice, tmp_path, monkeypatch):
    instead_of_python(tmp_path, monkeypatch, "sleep 2; exit 1")
    with pytest.raises(VoiceFailed):
        voice.synthesize("公开", 4.5)  # of which 2.5 s are left, and a start takes 2 s
    assert voice.state().restarts == 0
    with pytest.raises(Busy, match="较多"):
        voice.synthesize("公开", 2.5)
    assert voice.state().restarts == 0
    with pytest.raises(VoiceFailed):
        voice.synthesize("公开", PATIENCE)
    assert voice.state().restarts == 2


def test_threads_take_turns(voice):
    texts = ["公开" * times for times in range(1, 9)]
    alone = [seconds(voice.synthesize(text, PATIENCE)) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = [seconds(sound) for sound in pool.map(lambda text: voice.synthesize(text, PATIENCE), texts)]
    assert together == pytest.approx(alone, rel=0.05)


def test_text_is_never_a_command(voice, tmp_path):
    marker = tmp_path / "marker"
    for text in (f"; touch {marker}", f"$(touch {marker})", f"`touch {marker}`", "-f /etc/passwd", '{"text": 1}\n'):
        assert voice.synthesize(f"公开{text}", PATIENCE)
    assert not marker.exists()


def test_nothing_is_left_or_written_elsewhere(tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(elsewhere))
    voice = Pyttsx3Voice(tmp_path / "speech")
    voice.synthesize("公开政府信息", PATIENCE)
    assert [path.name for path in (tmp_path / "speech").rglob("*.wav")] == []
    pid = voice.pid
    voice.close()
    voice.close()
    assert not Path(f"/proc/{pid}").exists()
    assert list((tmp_path / "speech").iterdir()) == [] and list(elsewhere.iterdir()) == []
    with pytest.raises(VoiceFailed, match="已经关闭"):
        voice.synthesize("公开", PATIENCE)


def test_the_process_ends_with_its_parent(tmp_path):
    code = (
        "import os, sys, signal, pathlib\n"
        "from assistant.speech.process_voice import Pyttsx3Voice\n"
        "voice = Pyttsx3Voice(pathlib.Path(sys.argv[1])); voice.warm_up()\n"
        "print(voice.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    parent = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, timeout=PATIENCE)
    worker = int(parent.stdout)
    until(lambda: has_ended(worker))


def has_ended(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"  # nobody may be there to collect it in a container


def test_remains_of_killed_runs_are_removed(tmp_path):
    old, young = tmp_path / "voice-old", tmp_path / "voice-young"
    for folder in (old, young):
        folder.mkdir()
    os.utime(old, (0, 0))
    voice = Pyttsx3Voice(tmp_path)
    assert not old.exists() and young.exists()
    voice.close()


def test_a_removed_folder_is_made_again(voice, tmp_path):
    voice.synthesize("公开", PATIENCE)
    for folder in tmp_path.iterdir():
        shutil.rmtree(folder)
    assert voice.synthesize("公开", PATIENCE)


def test_an_unknown_voice_is_a_setting_error(tmp_path):
    with pytest.raises(SettingsError, match="nobody"):
        open_voice("nobody", tmp_path)


def test_state_does_not_wait_for_a_request(voice):
    voice.warm_up()
    os.kill(voice.pid, signal.SIGSTOP)
    thread = threading.Thread(target=voice.synthesize, args=("公开", PATIENCE))
    thread.start()
    until(voice._turn.locked)
    assert voice.state().ready
    os.kill(voice.pid, signal.SIGCONT)
    thread.join()


def test_five_hundred_sentences_for_eight_threads_while_the_process_is_killed_ten_times(voice):
    texts = ["公开信息" * times for times in range(1, 6)]
    wanted = [seconds(voice.synthesize(text, PATIENCE)) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        replies = [(place % 5, pool.submit(voice.synthesize, texts[place % 5], PATIENCE)) for place in range(500)]
        for place in range(25, 500, 50):
            replies[place][1].result()  # in the midst of the rest
            with contextlib.suppress(ProcessLookupError, TypeError):  # it is just being started anew
                os.kill(voice.pid, signal.SIGKILL)
        assert all(seconds(reply.result()) == pytest.approx(wanted[which], rel=0.05) for which, reply in replies)
    assert voice.state().restarts >= 5
