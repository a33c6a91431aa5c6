"""The site's own pages beside the reports' text: looking around, how they look, the manifest, refusals."""

import io
import json

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser


def page_of(response, status=200):
    assert response.status_code == status, response.text
    return LexborHTMLParser(response.text)


def texts(tree, selector):
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_home_shows_the_newest_reports_first_and_the_years(client):
    tree = page_of(client.get("/"))
    dates = texts(tree, ".newest time")
    assert len(dates) == 2
    assert dates == sorted(dates, reverse=True)
    assert texts(tree, ".by-year a") == ["全部年度", "2021年", "2018年", "2014年"]


@pytest.mark.parametrize(
    ("query", "bodies"),
    [
        ("body=公安", ["青澜市公安局"]),
        ("year=2021", ["青澜市教育局"]),
        ("year=2021&body=公安", []),
        ("year=abc&body=%20%20", None),
        ("body=<script>", []),
    ],
)
def test_reports_are_found_by_body_and_year(client, query, bodies):
    tree = page_of(client.get(f"/?{query}"))
    found = texts(tree, "table.reports tbody th")
    if bodies is None:
        assert len(found) == 3
    else:
        assert found == bodies
        assert bodies or "没有这样的报告" in tree.body.text()


def test_a_question_about_a_report_is_begun_and_not_asked(client, report_of):
    tree = page_of(client.get(f"/?about={report_of('青澜市公安局').id}"))
    assert tree.css_first("input[name=q]").attributes["value"] == "青澜市公安局2018年"
    assert not tree.css(".answer")
    assert not page_of(client.get("/?about=nobody")).css_first("input[name=q]").attributes["value"]


def test_the_look_is_switched_on_and_off_without_javascript(client):
    assert "data-elder" not in page_of(client.get("/")).css_first("html").attributes
    reply = client.post("/look", data={"elder": "1", "next": "/?year=2021"})
    assert (reply.status_code, reply.headers["Location"]) == (303, "/?year=2021")
    shown = client.get("/")
    tree = page_of(shown)
    assert "data-elder" in tree.css_first("html").attributes
    assert "Cookie" in shown.headers["Vary"]
    elder = tree.css_first("button[name=elder]").attributes
    assert (elder["aria-pressed"], elder["value"]) == ("true", "0")
    client.post("/look", data={"contrast": "1"})
    assert page_of(client.get("/no-page"), 404).css_first("html").attributes["data-contrast"] == "high"
    client.post("/look", data={"elder": "0"})
    assert "data-elder" not in page_of(client.get("/")).css_first("html").attributes


@pytest.mark.parametrize(
    "next_page",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a\r\nX: y", "/" * 3000]
)  # fmt: skip
def test_nobody_is_led_to_another_site(client, next_page):
    reply = client.post("/look", data={"elder": "1", "next": next_page})
    assert (reply.status_code, reply.headers["Location"]) == (303, "/")


def test_a_look_that_is_none_changes_nothing(client):
    reply = client.post("/look", data={"elder": "<x>", "theme": "1"})
    assert reply.status_code == 303
    assert "Set-Cookie" not in reply.headers
    assert client.get("/look").status_code == 405


def test_the_site_can_be_installed(client):
    tree = page_of(client.get("/"))
    reply = client.get(tree.css_first("link[rel=manifest]").attributes["href"])
    assert reply.mimetype == "application/manifest+json"
    manifest = json.loads(reply.text)
    assert (manifest["start_url"], manifest["lang"]) == ("/", "zh-CN")
    for icon in manifest["icons"]:
        drawn = client.get(f"/web/site/{icon['src']}")
        assert drawn.mimetype == icon["type"]
        if icon["type"] == "image/png":
            assert "x".join(map(str, Image.open(io.BytesIO(drawn.data)).size)) == icon["sizes"]


def test_a_refused_question_is_kept_for_another_try(app, services):
    client = app.test_client()
    for _ in range(int(services.settings.ask_rate.split()[0])):
        client.get("/?q=你好")
    tree = page_of(client.get("/?q=怎样<b>申请"), 429)
    assert tree.css_first("input[name=q]").attributes["value"] == "怎样<b>申请"
    assert tree.css_first(".ways a").attributes["href"].startswith("/?q=")
    assert not page_of(client.post("/reports/x"), 405).css(".ways a[href^='/reports']")
