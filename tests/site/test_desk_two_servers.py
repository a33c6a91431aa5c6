"""Two `anan serve` on one data directory: what is published in one answers the next questions put to the other."""

import io
import json
import time
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from desk_checks import add_people
from real_server import serving
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from assistant.desk import ACTING, SCOPES
from assistant.reports import Metadata, compose
from assistant.services import open_services

QUESTIONS = """\
- {id: q1, question: 县民政局2020年主动公开政府信息多少条？, expected: {report: MZ-2020, contains: [347条]}}
"""
REPORT = compose(
    Metadata(
        title="演示县民政局2020年政府信息公开工作年度报告", publisher="演示县民政局", year=2020, index_number="MZ-2020"
    ),
    "一、概述\n2020年，县民政局主动公开政府信息347条。",
)
# Asked without a pause until it is so; that it is not so by then ends the test. It takes a quarter of a second.
_MOST_SECONDS = 60


class Server:
    """A running server, and who works there by token."""

    def __init__(self, address, secrets):
        self.address, self.secrets = address, secrets

    def ask(self, question):
        return self._sent("/api/v1/ask", {"question": question})

    def get(self, login, path):
        return self._sent(f"/api/v1/desk{path}", None, self.secrets[login])

    def post(self, login, path, **body):
        return self._sent(f"/api/v1/desk{path}", body, self.secrets[login])

    def upload(self, login, name, data):
        boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(data.encode()), name)})
        return self._sent(
            "/api/v1/desk/reports", body, self.secrets[login], f"multipart/form-data; boundary={boundary}"
        )

    def _sent(self, path, body, secret="", kind="application/json"):
        headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {secret}"} if secret else {})
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        with urlopen(Request(self.address + path, data, headers), timeout=60) as answer:
            return json.load(answer)


def until(look):
    """What ``look`` gives, once it gives something; each look waits for the server's own answer."""
    last = time.monotonic() + _MOST_SECONDS
    while not (found := look()):
        assert time.monotonic() < last
    return found


@pytest.fixture(scope="module")
def secrets_and_data(tmp_path_factory):
    """A data directory with a report and two tokens that may do all, for an editor and a reviewer."""
    data = tmp_path_factory.mktemp("two") / "data"
    services = open_services(data)
    (data / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    services.store.save(REPORT)
    services.settle()
    add_people(services)
    secrets = {}
    for login in ("editor", "reviewer"):
        scopes = [scope for scope in SCOPES if login in ACTING.get(scope, {login})]
        secrets[login] = services.desk.tokens.make(login, login, scopes, 1, login)[1]
    services.close()
    return secrets, data


@pytest.fixture(scope="module")
def servers(secrets_and_data):
    secrets, data = secrets_and_data
    often = {"ask_rate": "100000 per minute", "desk_rate": "100000 per minute"}
    with serving(data, **often) as one, serving(data, **often) as other:
        yield Server(one, secrets), Server(other, secrets)


def test_an_entry_published_in_one_server_is_the_answer_of_the_other(servers):
    one, other = servers
    made = one.post("editor", "/faq/entry", question="殡仪馆几点开门？", answer="每天 8:00 开门。")
    seen = {"id": made["id"], "version": 1}
    one.post("editor", "/faq/submit", **seen)
    one.post("reviewer", "/faq/try", id=made["id"])
    review = f"/faq/review?id={quote(made['id'])}"
    tried = until(lambda: (now := one.get("reviewer", review))["trying"]["state"] != "running" and now)
    assert tried["trial"]["worse"] == 0, tried
    assert other.ask("殡仪馆几点开门")["kind"] != "faq"
    one.post("reviewer", "/faq/publish", **seen)
    assert one.ask("殡仪馆几点开门")["text"] == "每天 8:00 开门。"
    assert until(lambda: [other.ask("殡仪馆几点开门")["text"]] == ["每天 8:00 开门。"])
    other.post("reviewer", "/faq/archive", **seen)
    assert other.ask("殡仪馆几点开门")["kind"] != "faq"
    assert until(lambda: one.ask("殡仪馆几点开门")["kind"] != "faq")


def test_a_report_published_in_one_server_is_the_answer_of_the_other(servers):
    one, other = servers
    page = "<h1>演示县林草局2031年政府信息公开工作年度报告</h1><p>一、概述</p><p>2031年公开政府信息41条。</p>"
    filed = one.upload("editor", "林草局.html", page)
    address = f"/reports/{filed['id']}"
    seen = until(lambda: (now := other.get("editor", address))["state"] == "uploaded" and now)
    question = "县林草局2031年公开政府信息多少条"
    assert "41条" not in other.ask(question)["text"]
    one.post("reviewer", f"{address}/publish", edits=seen["edits"])
    assert "41条" in one.ask(question)["text"]
    assert until(lambda: "41条" in other.ask(question)["text"])
