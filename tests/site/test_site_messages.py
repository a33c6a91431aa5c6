"""Messages, their replies and feedback over HTTP and on the pages."""

import re
from dataclasses import replace

import pytest
from site_checks import assert_page_refused, assert_refused

from assistant.services import open_services
from assistant.site import create_app

OWN = {"Sec-Fetch-Site": "same-origin"}
FORM = {"kind": "correct", "text": "第二节的数字错了"}
DRAFT = {"kind": "ask", "text": "周末开门吗？<script>alert(1)</script>"}


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    services = open_services(tmp_path_factory.mktemp("desk") / "data")
    yield services
    services.close()


@pytest.fixture
def client_with(services):
    def make(**settings):
        return create_app(replace(services, settings=replace(services.settings, **settings))).test_client()

    return make


def leave(client, **more):
    return client.post("/api/v1/messages", json={**DRAFT, **more})


def test_a_message_and_its_reply(services, client, caplog):
    left = leave(client, contact="张三 13800138000", consent=True, question="周末开门吗", report="0123456789ab")
    assert left.status_code == 201
    received = left.get_json()
    assert set(received) == {"receipt", "kind", "state", "created"}
    address = f"/api/v1/messages/{received['receipt']}"
    before = client.get(address)
    assert before.headers["Cache-Control"] == "no-store"
    assert before.get_json() == {**received, "text": DRAFT["text"], "reply": None, "closed": None}
    services.desk.messages.reply(received["receipt"], "周末休息。")
    after = client.get(f"/api/v1/messages/{' '.join(re.findall('....', received['receipt']))}")
    assert (after.get_json()["state"], after.get_json()["reply"]["text"]) == ("answered", "周末休息。")
    assert "13800138000" not in after.text + before.text
    assert not [word for word in ("13800138000", "周末", received["receipt"]) if word in caplog.text]
    page = client.get("/messages", query_string={"receipt": received["receipt"]})
    assert "周末休息。" in page.text
    assert "<script>alert" not in page.text
    assert "13800138000" not in page.text


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "shout"}, "bad_kind"),
        ({"kind": None}, "bad_kind"),
        ({"kind": 5}, "bad_type"),
        ({"text": " \n…"}, "text_empty"),
        ({"text": "问" * 1001}, "text_too_long"),
        ({"contact": "13800138000"}, "consent_missing"),
        ({"contact": "13800138000", "consent": False}, "consent_missing"),
        ({"contact": "1" * 101, "consent": True}, "text_too_long"),
        ({"contact": "1", "consent": "yes"}, "bad_type"),
        ({"question": "问" * 301}, "text_too_long"),
        ({"report": "../etc"}, "bad_report"),
    ],
)
def test_a_message_that_does_not_do_is_refused(services, client, more, code):
    kept = len(services.desk.messages.newest(1000))
    assert_refused(leave(client, **more), 400, code)
    assert len(services.desk.messages.newest(1000)) == kept


def test_other_bodies_are_refused(client):
    assert_refused(client.post("/api/v1/messages", data="kind=ask&text=x"), 415, "not_json")
    assert_refused(client.post("/api/v1/messages", json=[1]), 400, "bad_json")
    half = b'{"kind": "ask", "text": "\\ud800"}'
    assert_refused(client.post("/api/v1/messages", data=half, content_type="application/json"), 400, "bad_encoding")
    assert_refused(leave(client, more="x" * 41000), 413, "body_too_large")
    assert_refused(client.post("/api/v1/feedback", data="x"), 415, "not_json")


def test_receipts_that_are_none(client):
    assert_refused(client.get("/api/v1/messages/123"), 400, "receipt_mistyped")
    assert_refused(client.get("/api/v1/messages/0000000000000001"), 400, "receipt_mistyped")
    assert_refused(client.get("/api/v1/messages/0000000000000000"), 404, "message_unknown")
    assert_refused(client.get("/api/v1/messages/%00%ff"), 400, "receipt_mistyped")
    assert client.get("/messages?receipt=<b>").status_code == 400
    assert "没有这个回执号" in client.get("/messages?receipt=0000-0000-0000-0000").text


def test_trying_receipts_and_flooding_come_to_an_end(client_with):
    client = client_with(receipt_rate="2 per hour", message_rate="2 per day")
    tried = [client.get("/api/v1/messages/0000000000000000").status_code for _ in range(3)]
    assert tried == [404, 404, 429]
    assert_page_refused(client.get("/messages?receipt=0000000000000000"), 429)
    assert client.get("/messages").status_code == 200
    assert [leave(client).status_code for _ in range(2)] == [201, 201]
    assert_refused(leave(client), 429, "too_many_requests")
    assert_page_refused(client.post("/messages/new", data=FORM, headers=OWN), 429)
    assert client.get("/messages/new").status_code == 200


def test_where_nothing_is_found_a_message_can_be_left(client):
    link = re.search(r'href="(/messages/new[^"]+)"', client.get("/?q=火星上的氧气多少钱").text)
    assert "您问过：火星上的氧气多少钱" in client.get(link[1]).text


def test_the_page_without_javascript(services, client):
    page = client.get("/messages/new", query_string={"question": '"><b>问', "report": "0123456789ab"})
    assert "&#34;&gt;&lt;b&gt;问" in page.text
    refused = client.post("/messages/new", data={**FORM, "contact": "<i>1"}, headers=OWN)
    assert refused.status_code == 400
    assert 'role="alert"' in refused.text
    assert "第二节的数字错了</textarea>" in refused.text and "&lt;i&gt;1" in refused.text
    left = client.post("/messages/new", data={**FORM, "contact": "<i>1", "consent": "1"}, headers=OWN)
    assert left.status_code == 303
    shown = client.get(left.headers["Location"])
    assert shown.headers["Cache-Control"] == "no-store"
    receipt = re.search(r"<strong>([\d ]{19})</strong>", shown.text)[1]
    assert services.desk.messages.look_up(receipt).contact == "<i>1"
    assert "第二节的数字错了" in shown.text and "等待答复" in shown.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Referer": "https://evil.example/localhost"}, 403),
        ({"Origin": "http://[", "Referer": ""}, 403),
        ({}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Referer": "http://localhost/messages/new"}, 303),
        ({"Origin": "https://anan.example.gov.cn"}, 303),
    ],
)
def test_only_our_own_pages_may_send_the_form(client_with, headers, status):
    client = client_with(public_url="https://anan.example.gov.cn/")
    assert client.post("/messages/new", data=FORM, headers=headers).status_code == status


def test_feedback(services, client):
    given = {"conversation": "c" * 32, "question": "几点开门", "kind": "faq", "verdict": "down", "reason": "unclear"}
    assert client.post("/api/v1/feedback", json=given).status_code == 204
    assert client.post("/api/v1/feedback", json={**given, "verdict": "up", "reason": None}).status_code == 204
    assert [tuple(each) for each in services.desk.feedback.summary().counts] == [("faq", 1, 0)]
    for wrong, code in [
        ({"conversation": "x"}, "bad_conversation"),
        ({"question": ""}, "text_empty"),
        ({"question": "问" * 301}, "text_too_long"),
        ({"kind": "joke"}, "bad_kind"),
        ({"verdict": "meh"}, "bad_verdict"),
        ({"verdict": True}, "bad_type"),
        ({"reason": "因" * 201}, "text_too_long"),
    ]:
        assert_refused(client.post("/api/v1/feedback", json={**given, **wrong}), 400, code)
