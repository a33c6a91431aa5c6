"""Headers, other sites' permission, rates, and what a failure shows."""

from dataclasses import replace

import pytest
from site_checks import assert_page_refused, assert_refused

from assistant.errors import SettingsError
from assistant.services import open_services
from assistant.site import create_app
from assistant.store import StoreError

SITE = "https://www.example.gov.cn"


@pytest.fixture
def client_with(services):
    def make(**settings):
        return create_app(replace(services, settings=replace(services.settings, **settings))).test_client()

    return make


@pytest.mark.parametrize(
    "path", ["/", "/no-page", "/api/v1/health", "/api/v1/none", "/widget.js", "/healthz", "/web/site.css"]
)
def test_every_response_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_no_other_site_may_use_the_api_unless_named(client_with):
    assert "Access-Control-Allow-Origin" not in client_with().get("/api/v1/health", headers={"Origin": SITE}).headers
    named = client_with(allowed_origins=f"https://other.example {SITE}/")
    for path in ("/api/v1/health", "/api/v1/none", "/widget.js", "/web/widget/widget-define.js"):
        response = named.get(path, headers={"Origin": SITE})
        assert response.headers["Access-Control-Allow-Origin"] == SITE
        assert "Origin" in response.headers["Vary"]
        assert "Access-Control-Allow-Credentials" not in response.headers
        stranger = named.get(path, headers={"Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in stranger.headers
    assert "Access-Control-Allow-Origin" not in named.get("/", headers={"Origin": SITE}).headers


def test_a_named_site_may_ask(client_with):
    named = client_with(allowed_origins=SITE)
    asked = {"Origin": SITE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    response = named.options("/api/v1/ask", headers=asked)
    assert response.status_code == 200
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert response.headers["Access-Control-Allow-Headers"] == "Content-Type"


@pytest.mark.parametrize("origins", ["*", "www.example.gov.cn", "ftp://x", "https://x/path", "null"])
def test_an_origin_that_is_none_is_told_at_the_start(client_with, origins):
    with pytest.raises(SettingsError, match="allowed_origins"):
        client_with(allowed_origins=origins)


def test_a_rate_that_is_none_is_told_at_the_start(client_with):
    with pytest.raises(SettingsError, match="ask_rate"):
        client_with(ask_rate="often")


def test_asking_too_often_is_refused_with_a_time_to_wait(client_with):
    client = client_with(ask_rate="2 per hour")
    assert client.post("/api/v1/ask", json={"question": "你好"}).status_code == 200
    assert client.get("/?q=你好").status_code == 200
    refused = client.post("/api/v1/ask", json={"question": "你好"})
    assert_refused(refused, 429, "too_many_requests")
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert_page_refused(client.get("/?q=你好"), 429)
    assert client.get("/").status_code == 200
    assert client.get("/api/v1/suggest").status_code == 200
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.post("/api/v1/ask", json={"question": "你好"}, environ_base=elsewhere).status_code == 200


def test_head_counts_as_get_does(client_with):
    client = client_with(ask_rate="2 per hour", speech_rate="1 per hour")
    assert [client.head("/?q=你好").status_code for _ in range(3)] == [200, 200, 429]
    assert [client.head("/api/v1/suggest").status_code for _ in range(2)] == [200, 429]
    assert client.options("/api/v1/ask").status_code == 200


def test_addresses_behind_a_trusted_proxy_are_told_apart(client_with):
    client = client_with(ask_rate="1 per hour", trusted_proxies=1)
    for address in ("192.0.2.1", "192.0.2.2"):
        headers = {"X-Forwarded-For": f"10.9.9.9, {address}"}
        assert client.post("/api/v1/ask", json={"question": "你好"}, headers=headers).status_code == 200
        assert client.post("/api/v1/ask", json={"question": "你好"}, headers=headers).status_code == 429


def test_nobody_gets_a_new_address_by_claiming_one(client_with):
    client = client_with(ask_rate="1 per hour")
    statuses = [
        client.post("/api/v1/ask", json={"question": "你好"}, headers={"X-Forwarded-For": address}).status_code
        for address in ("192.0.2.1", "192.0.2.2")
    ]
    assert statuses == [200, 429]


def test_a_failure_is_logged_and_shows_nothing_of_itself(app, caplog, monkeypatch):
    def broken():
        raise RuntimeError("secret of the house")

    monkeypatch.setitem(app.view_functions, "api.health", broken)
    monkeypatch.setitem(app.view_functions, "pages.home", broken)
    client = app.test_client()
    failed = client.get("/api/v1/health")
    assert failed.status_code == 500
    assert failed.get_json()["error"]["code"] == "internal_error"
    page = client.get("/?q=私下的问题")
    assert_page_refused(page, 500)
    assert "secret" not in failed.text + page.text
    assert "secret of the house" in caplog.text
    assert "私下的问题" not in caplog.text


@pytest.fixture
def own(tmp_path):
    """Services of this test alone, to be broken."""
    services = open_services(tmp_path / "data")
    yield services
    services.close()


def test_a_broken_store_is_told_to_staff_and_not_to_the_public(own, caplog):
    own.store.close()
    for path in own.data.glob("anan.db*"):
        path.write_bytes(b"no database" * 1000)
    client = create_app(own).test_client()
    replies = {path: client.get(path) for path in ("/", "/?q=私下的问题", "/reports/x", "/api/v1/reports", "/healthz")}
    for path, reply in replies.items():
        assert reply.status_code == 503, path
        assert int(reply.headers["Retry-After"]) > 0
        assert "安安正忙，请稍后再试。" in reply.text
        assert "anan.db" not in reply.text
    assert replies["/healthz"].get_json()["error"]["code"] == "store_not_database"
    logged = [record.getMessage() for record in caplog.records if record.name == "assistant.site.errors"]
    assert len(logged) >= len(replies)
    assert all(str(own.data / "anan.db") in message for message in logged)
    assert not [word for word in ("私下", "127.0.0.1") if word in caplog.text]


def test_a_store_that_fails_while_answering_is_told_in_general_words(app, services, monkeypatch, caplog):
    def full(*_):
        raise StoreError("磁盘已满：/srv/anan.db", code="store_full", status=507)

    monkeypatch.setattr(type(services.answerer), "ask", full)
    client = app.test_client()
    page = client.get("/?q=私下的问题")
    asked = client.post("/api/v1/ask", json={"question": "私下的问题"})
    assert (page.status_code, asked.status_code) == (507, 507)
    assert 'role="alert"' in page.text
    assert asked.get_json()["error"]["code"] == "store_full"
    assert not [words for words in ("/srv", "磁盘") if words in page.text + asked.text]
    assert caplog.text.count("/srv/anan.db") == 2
    assert "私下" not in caplog.text


def test_health_says_whether_the_voice_works_and_nothing_more_of_it(own):
    client = create_app(own).test_client()
    for path in ("/api/v1/health", "/healthz"):
        assert client.get(path).get_json()["voice"] == {"works": True, "stand_in": False}
    own.speech.close()
    assert own.speech.status()["error"]
    for path in ("/api/v1/health", "/healthz"):
        assert client.get(path).get_json()["voice"] == {"works": False, "stand_in": False}
