"""Whatever is sent: a normal answer or the one error shape with a 4xx, never a failure of the server's own."""

import json

import pytest
from site_checks import assert_page_refused, assert_refused

# Questions that look like something else to an index, a shell, a template, a database or a browser.
ODD_QUESTIONS = {
    "emoji and words": "😀公开信息多少条👍",
    "control characters": "公开\x00\x01\x07\x1b[31m信息\x7f多少条\u200b\u202e？",
    "html": "<b>公开</b><img src=x onerror=alert(1)>信息",
    "script": "<script>alert('公开')</script>",
    "boolean operators": "AND (",
    "operators and words": "公开 AND NOT (信息 OR",
    "unbalanced quotes": '"公开信息',
    "field": "title:公开 publisher:公安局",
    "range": "[2015 TO 2016}",
    "wildcards": "公* ~2 ^9 +信息 -公开 /.*/",
    "sql": "'; DROP TABLE reports; --",
    "template": "{{ config }}{% raw %}",
    "surrogate pair": "𠀀𠀁信息",
    "combining": "a" + "\u0301" * 200,
    "traditional and full width": "２０１８年主動公開資訊多少條",
    "newlines": "公开\r\n\n信息\u2028多少",
    "path": "../../etc/passwd",
}
UNREADABLE = {"punctuation": "？？！！……", "emoji": "😀😀😀", "zero width": "\u200b\u200b", "control": "\x00\x01\x02"}


@pytest.mark.parametrize("question", ODD_QUESTIONS.values(), ids=ODD_QUESTIONS)
def test_odd_questions_get_an_ordinary_answer(client, question):
    response = client.post("/api/v1/ask", json={"question": question})
    assert response.status_code == 200
    assert response.get_json()["text"]
    page = client.get("/", query_string={"q": question})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


@pytest.mark.parametrize("question", UNREADABLE.values(), ids=UNREADABLE)
def test_questions_without_words_are_refused_kindly(client, question):
    assert_refused(client.post("/api/v1/ask", json={"question": question}), 400)
    page = client.get("/", query_string={"q": question})
    assert page.status_code == 400
    assert 'role="alert"' in page.text


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"question": ""}, "question_empty"),
        ({"question": " \n\u3000"}, "question_empty"),
        ({"question": None}, "question_empty"),
        ({}, "question_empty"),
        ({"question": "问" * 301}, "question_too_long"),
        ({"question": "问" * 5000}, "question_too_long"),
        ({"question": 5}, "bad_type"),
        ({"question": []}, "bad_type"),
        ({"question": {"a": 1}}, "bad_type"),
        ({"question": True}, "bad_type"),
        ({"question": "公开", "conversation": 7}, "bad_type"),
        ([], "bad_json"),
        ("公开", "bad_json"),
        (None, "bad_json"),
        (5, "bad_json"),
    ],
    ids=lambda value: json.dumps(value, ensure_ascii=False)[:30],
)
def test_wrong_bodies_are_refused(client, body, code):
    data = json.dumps(body, ensure_ascii=False).encode()
    assert_refused(client.post("/api/v1/ask", data=data, content_type="application/json"), 400, code)


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 400, "bad_json"),
        (b"{", 400, "bad_json"),
        (b'{"question": "\xe5\x85', 400, "bad_encoding"),
        ('{"question": "公开"}'.encode("gb18030"), 400, "bad_encoding"),
        ('{"question": "公开"}'.encode("utf-16"), 400, "bad_encoding"),
        (b'{"question": "\\ud83d"}', 400, "bad_encoding"),
        (b'{"question": "\\udc00\\ud800 1"}', 400, "bad_encoding"),
        (b'{"question": "a", "conversation": "\\ud800"}', 400, "bad_encoding"),
        (b'{"question": NaN}', 400, "bad_type"),
        (b'{"question": 1e999}', 400, "bad_type"),
        (b"[" * 16000, 400, "bad_json"),
        (b'{"a":' * 3000, 400, "bad_json"),
        (b'{"question": ' + b"9" * 8000 + b"}", 400, None),
        (b'{"question": "' + b"a" * 16384 + b'"}', 413, "body_too_large"),
        (b"x" * 5_000_000, 413, "body_too_large"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_broken_bodies_are_refused(client, data, status, code):
    assert_refused(client.post("/api/v1/ask", data=data, content_type="application/json"), status, code)


@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_only_json_is_taken_so_that_no_foreign_form_can_send_it(client, content_type):
    assert_refused(client.post("/api/v1/ask", data=b'{"question": "x"}', content_type=content_type), 415, "not_json")


@pytest.mark.parametrize("conversation", ["", "no-such", "0" * 32, "x" * 4000, "../..", "\u0000"])
def test_an_unknown_conversation_begins_a_new_one(client, conversation):
    response = client.post("/api/v1/ask", json={"question": "主动公开信息多少条？", "conversation": conversation})
    assert response.status_code == 200
    assert len(response.get_json()["conversation"]) == 32


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/ask"),
        ("PUT", "/api/v1/ask"),
        ("DELETE", "/api/v1/reports"),
        ("POST", "/api/v1/suggest"),
        ("PATCH", "/api/v1/health"),
        ("POST", "/healthz"),
        ("TRACE", "/api/v1/ask"),
    ],
)
def test_the_wrong_method_is_told_the_right_one(client, method, path):
    response = client.open(path, method=method)
    assert_refused(response, 405, "method_not_allowed")
    assert response.headers["Allow"]


WEIRD_NAMES = [
    "0",
    "000000000000",
    "x" * 5000,
    "..",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%5C..%5Cwindows",
    "%00",
    "%ff%fe",
    "%E5%85",
    "%F0%9F%98%80",
    "'%20OR%201=1--",
    "<script>",
    "faq:1",
    "%0d%0aSet-Cookie:x=1",
]


@pytest.mark.parametrize("name", WEIRD_NAMES, ids=lambda name: name[:20])
@pytest.mark.parametrize(
    "pattern", ["/api/v1/reports/{}", "/api/v1/reports/{}/utterances", "/api/v1/speech/{}", "/api/v1/{}"]
)
def test_names_of_nothing_are_not_found(client, pattern, name):
    assert_refused(client.get(pattern.format(name), follow_redirects=True), 404)


@pytest.mark.parametrize("name", WEIRD_NAMES, ids=lambda name: name[:20])
@pytest.mark.parametrize("pattern", ["/reports/{}", "/reports/{}/qr.svg", "/web/{}", "/web/templates/{}", "/{}"])
def test_pages_of_nothing_are_not_found(client, pattern, name):
    response = client.get(pattern.format(name), follow_redirects=True)
    assert "root:" not in response.text
    assert_page_refused(response, 404)


@pytest.mark.parametrize(
    "name", ["../pyproject.toml", "..%2fpyproject.toml", "templates/base.html", "site", "", "x.js", "..%2f..%2fx.js"]
)
def test_only_the_files_for_browsers_are_given(client, name):
    assert_page_refused(client.get(f"/web/{name}", follow_redirects=True), 404)


@pytest.mark.parametrize(
    "query",
    [
        "q",
        "q=",
        "q[]=1",
        "q=%ff%fe",
        "&&&=&",
        "q=a&q=b",
        "%00=%00",
        "year=2018&year=x",
        "publisher=%ff",
        ";;",
        "?" * 500,
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/v1/reports", "/api/v1/suggest", "/api/v1/health", "/healthz"])
def test_weird_query_strings_do_no_harm(client, path, query):
    response = client.get(f"{path}?{query}")
    assert response.status_code < 500
    if response.status_code >= 400 and path != "/":
        assert_refused(response)


@pytest.mark.parametrize("page", ["0", "-1", "999999999999999999999", "x", "", "١", "1e3"])
def test_a_page_that_is_none_shows_the_nearest(client, page):
    assert client.get("/", query_string={"page": page}).status_code == 200


def test_pages_answer_wrong_methods_with_a_page(client):
    assert_page_refused(client.post("/"), 405)
    assert_page_refused(client.delete("/no/such/page"), 404)
