"""What the page adds to a question, the files that browsers get, and the page for frames."""

import gzip
from dataclasses import replace

import pytest
from site_checks import assert_refused

from assistant.resources import web_folder
from assistant.site import create_app
from assistant.site.trimming import trimmed
from assistant.store import FaqEntry

POLICE, SCHOOLS = "青澜市公安局", "青澜市教育局"
SITE = "https://www.example.gov.cn"


@pytest.fixture
def ask(client):
    def answer(question, about, conversation=None):
        body = {"question": question, "about": about, "conversation": conversation}
        response = client.post("/api/v1/ask", json=body)
        assert response.status_code == 200
        return response.get_json()

    return answer


def bodies(answer):
    return {each["report"]["publisher"] for each in answer["evidence"]}


def test_a_question_is_of_the_report_that_the_page_shows(ask, report_of):
    for body, number in ((SCHOOLS, "46"), (POLICE, "")):
        answer = ask("收到多少件政府信息公开申请", {"report": report_of(body).id})
        assert bodies(answer) == {body} and number in answer["text"]
        assert body in answer["understood"] and str(report_of(body).year) in answer["understood"]
    later = ask("那答复了多少件", None, answer["conversation"])
    assert bodies(later) <= {POLICE}


def test_what_a_question_says_itself_stays(ask, report_of):
    page = {"report": report_of(SCHOOLS).id}
    named = ask("市公安局2018年主动公开信息多少条？", page)
    assert bodies(named) == {POLICE} and "2801条" in named["text"]
    assert ask("你好", page)["kind"] == "smalltalk"
    assert ask("有人落水了怎么办", page)["kind"] == "urgent"
    assert SCHOOLS in ask("2018年收到多少件申请", page)["understood"]
    assert "2021" not in ask("哪年收到的申请最多", page)["understood"]


@pytest.mark.parametrize(
    "question", ["报告什么时候发布的", "这份报告什么时候发布的？", "本报告什么时候公布", "年报几月份出来"]
)
def test_the_report_is_the_one_of_the_page(ask, services, report_of, question):
    entry = FaqEntry("f1", "信息公开年度报告什么时候公布？", ("年报几月份出来",), "每年1月31日前公布。")
    services.store.replace_faq([entry])
    page = {"report": report_of(POLICE).id}
    answer = ask(question, page)
    assert answer["kind"] == "metadata" and "发布日期：2019-01-22" in answer["text"]
    # The entry's own question is a button elsewhere, and without a report there is none to mean.
    general = "信息公开年度报告什么时候公布？"
    assert [ask(general, about)["kind"] for about in (page, None)] == ["faq", "faq"]
    services.store.replace_faq([])


def test_a_body_alone_and_nothing_known(ask):
    assert bodies(ask("收到多少件政府信息公开申请", {"body": SCHOOLS})) == {SCHOOLS}
    for nothing in ({}, {"report": "gone"}, {"report": None, "body": None, "year": None}):
        assert ask("你好", nothing)["kind"] == "smalltalk"
    assert ask("收到多少件申请", {"body": "某某县农业农村局", "year": 2021})["kind"] == "none"


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ("x", "bad_type"),
        ([], "bad_type"),
        ({"body": 1}, "bad_type"),
        ({"body": "局" * 101}, "bad_request"),
        ({"year": "2021"}, "bad_year"),
        ({"year": True}, "bad_year"),
        ({"year": 10**9}, "bad_year"),
        ({"report": ["a"]}, "bad_type"),
    ],
)
def test_another_shape_is_refused(client, about, code):
    assert_refused(client.post("/api/v1/ask", json={"question": "收到多少件申请", "about": about}), 400, code)


def test_a_report_is_found_by_what_names_it(client, report_of):
    report = report_of(SCHOOLS)
    for query in ({"id": report.id}, {"index_number": report.index_number}, {"url": report.url}):
        found = client.get("/api/v1/reports", query_string=query).get_json()["reports"]
        assert [each["id"] for each in found] == [report.id]
    assert client.get("/api/v1/reports", query_string={"url": "' or 1=1"}).get_json() == {"reports": []}


def test_scripts_come_packed_and_without_comments(client):
    packed = client.get("/web/widget/api.js", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/web/widget/api.js")
    assert packed.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    again = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    assert client.get("/web/widget/api.js", headers=again).status_code == 304
    code = (web_folder() / "widget" / "api.js").read_text("utf-8")
    assert plain.text == trimmed(code) and len(plain.text) < 0.6 * len(code)
    for path in ("/web/../pyproject.toml", "/web/templates/base.html", "/web/none.js", "/web/widget", "/web/..%2fx.js"):
        assert client.get(path).status_code == 404


def test_only_named_sites_may_frame_the_page_for_frames(services, client):
    assert client.get("/embed").headers["X-Frame-Options"] == "SAMEORIGIN"
    named = create_app(replace(services, settings=replace(services.settings, allowed_origins=SITE))).test_client()
    framed = named.get("/embed", query_string={"body": '"><script>', "server": "https://evil.example", "color": "#a00"})
    assert framed.headers["Content-Security-Policy"].endswith(f"frame-ancestors 'self' {SITE}")
    assert "X-Frame-Options" not in framed.headers
    assert 'body="&#34;&gt;&lt;script&gt;"' in framed.text and 'color="#a00"' in framed.text
    assert "evil" not in framed.text
    assert SITE not in named.get("/").headers["Content-Security-Policy"]
