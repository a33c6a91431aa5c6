"""Fifty people who listen at once, over real sockets and with the real voice."""

import contextlib
import json
import os
import signal
import subprocess
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from test_site_serving import port_of, serving

from assistant.services import open_services
from assistant.store import FaqEntry

MANY = 50
PATIENCE = 120
ANSWER = "".join(f"第{number}项已经办结，结果已经告知申请人。" for number in range(1, 61))


@pytest.fixture(scope="module")
def listening(tmp_path_factory):
    """A server, and the keys of the sixty sentences of a published answer."""
    data = tmp_path_factory.mktemp("listeners")
    with contextlib.closing(open_services(data)) as services:
        services.store.replace_faq([FaqEntry("sixty", phrasings=(), question="六十项办结了吗？", answer=ANSWER)])
    with serving(data, voice="pyttsx3", speech_rate="100000 per minute") as process:
        address = f"http://127.0.0.1:{port_of(process)}"
        body = json.dumps({"question": "六十项办结了吗？"}).encode()
        ask = urllib.request.Request(f"{address}/api/v1/ask", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(ask, timeout=PATIENCE) as response:
            keys = [each["key"] for each in json.load(response)["utterances"]]
        assert len(keys) == 60
        yield address, keys, process


def heard(url):
    """Status, media type, body or Retry-After."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as response:
            return response.status, response.headers["Content-Type"], response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.headers["Retry-After"]


def all_at_once(urls):
    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(heard, urls))


def test_fifty_hear_what_is_rendered_without_an_error(listening):
    address, keys, _ = listening
    first = heard(f"{address}/api/v1/speech/{keys[0]}")
    assert first[:2] == (200, "audio/mpeg")
    assert set(all_at_once([f"{address}/api/v1/speech/{keys[0]}"] * MANY)) == {first}


def test_fifty_who_ask_for_what_is_not_rendered_hear_it_or_are_told_when_to_come_back(listening):
    address, keys, _ = listening
    replies = all_at_once([f"{address}/api/v1/speech/{key}" for key in keys[-MANY:]])
    assert {status for status, *_ in replies} <= {200, 503}
    assert sum(status == 200 for status, *_ in replies) >= 6
    for status, kind, rest in replies:
        if status == 200:
            assert kind == "audio/mpeg" and len(rest) > 5_000
        else:
            assert kind == "application/json" and int(rest) > 0
    # Whoever comes back hears it.
    assert all(heard(f"{address}/api/v1/speech/{key}")[0] == 200 for key in keys[-MANY:])


def test_questions_are_answered_while_the_voice_hangs(listening):
    address, keys, process = listening
    [worker] = [
        int(pid)
        for pid in subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
    ]
    with ThreadPoolExecutor(MANY) as pool:
        os.kill(worker, signal.SIGSTOP)
        try:
            waiting = [pool.submit(heard, f"{address}/api/v1/speech/{key}") for key in keys[1:10]]
            with urllib.request.urlopen(f"{address}/healthz", timeout=PATIENCE) as response:
                assert response.status == 200
        finally:
            os.kill(worker, signal.SIGCONT)
        assert {each.result()[0] for each in waiting} <= {200, 503}


def test_a_voice_and_a_form_are_chosen_by_name(listening):
    address, keys, _ = listening
    with urllib.request.urlopen(f"{address}/api/v1/voices", timeout=PATIENCE) as response:
        offered = json.load(response)
    assert offered["formats"][:2] == ["mp3", "opus"]
    [usual] = [each for each in offered["voices"] if each["default"]]
    assert usual == {"name": "pyttsx3", "label": "系统语音", "sex": "unknown", "neural": False, "default": True}
    speech = f"{address}/api/v1/speech/{keys[0]}"
    status, kind, opus = heard(f"{speech}?voice=pyttsx3&format=opus")
    assert (status, kind, opus[:4]) == (200, "audio/ogg; codecs=opus", b"OggS")
    assert len(opus) < len(heard(speech)[2])
    if "webm" in offered["formats"]:
        status, kind, webm = heard(f"{speech}?format=webm")
        assert (status, kind, webm[:4]) == (200, "audio/webm; codecs=opus", b"\x1aE\xdf\xa3")
    for wrong in ("voice=nobody", "format=wav", "voice=../../etc/passwd"):
        assert heard(f"{speech}?{wrong}")[:2] == (400, "application/json")
    assert heard(f"{address}/api/v1/speech/{'0' * 32}?voice=pyttsx3&format=opus")[0] == 404
