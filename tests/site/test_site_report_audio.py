"""A whole report as one MP3, with the real voice."""

import io
from threading import BoundedSemaphore
from urllib.parse import quote

import pytest
import soundfile
from site_checks import assert_refused

from assistant.reports import Metadata, compose
from assistant.site import create_app, report_audio

TITLE = "测试局/2015年<报告>"
TEXT = "一、总体情况\n全年主动公开信息77条。比上年增加7条。\n二、收到申请\n收到申请15件，都答复了。"


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """However busy the machine, one request is given the time for the whole."""
    monkeypatch.setattr(report_audio, "_MAKING_SECONDS", 120.0)


@pytest.fixture(scope="module")
def report_id(services):
    report = compose(Metadata(title=TITLE, publisher="测试局", year=2015), TEXT)
    services.store.save(report)
    yield report.id
    services.store.remove(report.id)


def test_the_whole_report_can_be_taken_along(client, services, report_id):
    keys = [item["key"] for item in client.get(f"/api/v1/reports/{report_id}/utterances").get_json()["utterances"]]
    with client.get(f"/api/v1/reports/{report_id}/audio") as response:
        assert response.status_code == 200, response.text
        assert response.mimetype == "audio/mpeg"
        assert quote("测试局2015年报告.mp3") in response.headers["Content-Disposition"]
        sound, rate = soundfile.read(io.BytesIO(response.data))
    assert len(keys) == 5
    seconds = sum(services.speech.audio(key).seconds for key in keys)
    assert seconds <= len(sound) / rate <= seconds + 1
    with client.get(f"/api/v1/reports/{report_id}/audio?voice=pyttsx3") as response:
        assert response.status_code == 200
    assert_refused(client.get(f"/api/v1/reports/{report_id}/audio?voice=none"), 400, "no_such_voice")


def test_what_takes_long_is_made_in_several_requests(client, services, report_id, monkeypatch):
    report = compose(Metadata(title="另一份", publisher="测试局", year=2016), "全年公开信息901条。\n收到申请902件。")
    services.store.save(report)
    address = f"/api/v1/reports/{report.id}/audio"
    with monkeypatch.context() as patch:
        patch.setattr(report_audio, "_MAKING_SECONDS", -1.0)
        waiting = client.get(address)
    assert waiting.status_code == 503
    assert waiting.headers["Retry-After"]
    assert waiting.get_json()["error"] == {
        "code": "audio_not_ready",
        "message": "语音还在准备：共 2 句，做好了 0 句，请稍后再试。",
    }
    with client.get(address) as response:
        assert response.status_code == 200
    services.store.remove(report.id)


def test_bounds(client, services, report_id, monkeypatch):
    # What earlier tests began to take and never closed holds no place here.
    monkeypatch.setattr(report_audio, "_places", BoundedSemaphore(report_audio._AT_ONCE))
    address = f"/api/v1/reports/{report_id}/audio"
    held = [client.get(address, buffered=False) for _ in range(2)]
    assert [each.status_code for each in held] == [200, 200]
    assert client.get(address).status_code == 503
    for each in held:
        each.close()
    with client.get(address) as response:
        assert response.status_code == 200
    with client.head(address) as response:
        assert response.status_code == 200
    monkeypatch.setattr(report_audio, "_SENTENCES_MOST", 3)
    assert_refused(client.get(address), 422, "too_long_to_download")
    assert_refused(client.get("/api/v1/reports/none/audio"), 404, "not_found")
    fresh = create_app(services).test_client()
    assert [fresh.get("/api/v1/reports/none/audio").status_code for _ in range(13)].count(429) == 1
