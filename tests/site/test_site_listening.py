"""Spoken questions at the door: what is refused, and, where the model can be had, what is heard and what is kept."""

import os
import signal
import sys
import threading
from copy import copy
from dataclasses import replace

import numpy as np
import pytest
from site_checks import assert_refused
from spoken_question import spoken_question, wav
from whisper_packages import installed_whisper_folder

from assistant.services import open_services
from assistant.site import create_app
from assistant.site.listen_api import RECORDING_BYTES
from assistant.speech.kept_recordings import KeptRecordings

LISTEN = "/api/v1/listen"
HUM = wav((np.sin(np.arange(16_000) / 20) / 3).astype(np.float32), 16_000)
LONG = wav(np.zeros(4_000 * 31, dtype=np.float32), 4_000)
GARBAGE = {
    "empty": b"",
    "text": "你好".encode() * 99,
    "a WAV's head": HUM[:30],
    "a WAV of ones": HUM[:44] + b"\xff" * 9,
    "a WebM's head": b"\x1a\x45\xdf\xa3",
    "a WebM without end": b"\x1a\x45\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff" + bytes(9_000),
    "an Ogg of pages": b"OggS" * 9_000,
    "a play list": b"#EXTM3U\nhttp://127.0.0.1/\n",
    "too long": LONG,
}


def post(client, data, kind="audio/wav", **headers):
    return client.post(LISTEN, data=data, content_type=kind, headers=headers)


def test_without_a_recogniser_it_says_so(client):
    assert client.get(LISTEN).get_json() == {"works": False, "seconds": 30, "bytes": RECORDING_BYTES, "kept_days": 0}
    assert client.get("/api/v1/health").get_json()["listening"] == {"works": False}
    refused = post(client, HUM)
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (501, "cannot_listen")
    assert "打字" in refused.get_json()["error"]["message"]


@pytest.mark.parametrize("kind", [None, "", "text/plain", "application/json", "multipart/form-data", "audioplain"])
def test_only_sound_is_taken_so_that_no_foreign_form_can_send_it(client, kind):
    assert_refused(post(client, HUM, kind), 415, "not_audio")


def test_a_recording_is_of_bounded_size_and_comes_at_a_bounded_rate(client):
    assert_refused(post(client, b"0" * (RECORDING_BYTES + 1)), 413, "body_too_large")
    replies = [post(client, HUM) for _ in range(25)]
    assert_refused(replies[-1], 429, "too_many_requests")
    assert int(replies[-1].headers["Retry-After"]) > 0


def test_own_pages_may_use_the_microphone_and_named_sites_may_send(services):
    site = "https://www.example.gov.cn"
    app = create_app(replace(services, settings=replace(services.settings, allowed_origins=site)))
    asked = app.test_client().options(LISTEN, headers={"Origin": site, "Access-Control-Request-Method": "POST"})
    assert asked.headers["Access-Control-Allow-Origin"] == site
    assert "Content-Type" in asked.headers["Access-Control-Allow-Headers"]
    assert "microphone=(self)" in app.test_client().get("/").headers["Permissions-Policy"]


def test_recordings_go_when_their_days_are_over_or_none_may_be_kept(tmp_path):
    keeping = KeptRecordings(tmp_path / "kept", 30)
    keeping.keep(HUM, "听到的话")
    [audio] = (tmp_path / "kept").glob("*.audio")
    assert audio.read_bytes() == HUM
    assert audio.with_suffix(".txt").read_text("utf-8") == "听到的话"
    KeptRecordings(tmp_path / "kept", 30)
    assert audio.exists()
    os.utime(audio, (0, 0))
    KeptRecordings(tmp_path / "kept", 30)
    assert list((tmp_path / "kept").iterdir()) == []
    keeping.keep(HUM, "")
    KeptRecordings(tmp_path / "kept", 0).keep(HUM, "")
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.fixture(scope="module")
def hearing(services, tmp_path_factory):
    """The services with real ears."""
    model = installed_whisper_folder(tmp_path_factory)
    data = tmp_path_factory.mktemp("hearing")
    (data / "anan.toml").write_text(f"listen_model = '{model}'\nlisten_rate = '999 per minute'", "utf-8")
    own = open_services(data)
    eared = copy(own)
    eared.store, eared.answerer, eared.hearing = services.store, services.answerer, services.hearing
    yield eared
    own.close()


@pytest.fixture
def ears(app_over, hearing):
    return app_over(hearing).test_client()


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_is_refused_and_the_next_is_heard(ears, name):
    assert_refused(post(ears, GARBAGE[name], "audio/webm"), 400)
    assert post(ears, HUM).get_json()["text"] == ""


def test_a_question_is_heard_kept_nowhere_and_written_to_no_log(ears, hearing, tmp_path_factory, caplog):
    said = spoken_question(tmp_path_factory)
    before = {path for path in hearing.data.rglob("*") if path.is_file()}
    with caplog.at_level("DEBUG"):
        reply = post(ears, said)
    heard = reply.get_json()
    assert set(heard) == {"text", "heard", "confidence", "seconds"}
    assert "2018年主动公开信息多少" in heard["text"].replace("，", "")
    assert heard["text"][-1] not in "。.,"
    assert 0.3 < heard["confidence"] <= 1 and 4 < heard["seconds"] < 12
    assert {path for path in hearing.data.rglob("*") if path.is_file()} == before
    assert "2018" not in caplog.text


def test_where_the_operator_keeps_recordings_the_page_is_told(hearing):
    kept = hearing.data / "recordings"
    client = create_app(replace(hearing, recordings=KeptRecordings(kept, 7))).test_client()
    assert client.get(LISTEN).get_json()["kept_days"] == 7
    assert post(client, HUM).status_code == 200
    assert len(list(kept.glob("*.audio"))) == 1


def test_more_than_can_be_heard_are_told_to_come_back(hearing):
    app = create_app(hearing)
    replies = []
    together = threading.Barrier(6)

    def speak():
        client = app.test_client()
        together.wait()
        replies.append(post(client, HUM))

    threads = [threading.Thread(target=speak) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {reply.status_code for reply in replies} == {200, 503}
    assert all(int(reply.headers["Retry-After"]) > 0 for reply in replies if reply.status_code == 503)


@pytest.mark.skipif(sys.platform != "linux", reason="stops the process by a signal")
def test_a_decoder_that_hangs_is_given_up_and_the_next_is_heard(ears, hearing):
    hearing.listening.warm_up()
    os.kill(hearing.listening.pid, signal.SIGSTOP)
    assert_refused(post(ears, HUM), 400, "bad_recording")
    assert post(ears, HUM).status_code == 200
