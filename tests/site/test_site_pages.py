"""The pages as people and browsers get them, without JavaScript."""

import re
from datetime import datetime, timezone
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from assistant.site.grid import BODIES_PER_PAGE, grid
from assistant.store import ReportSummary, Store


def read(response, status=200):
    assert response.status_code == status, response.text
    assert response.mimetype == "text/html"
    return LexborHTMLParser(response.text)


def text_of(tree, selector):
    return [re.sub(r"\s+", " ", node.text()).strip() for node in tree.css(selector)]


def test_home_lists_the_reports_by_body_and_year(client, report_of):
    tree = read(client.get("/"))
    assert text_of(tree, "table.reports thead th") == ["发布机构", "2021年", "2018年", "2014年"]
    rows = {row.css_first("th").text(): row for row in tree.css("table.reports tbody tr")}
    assert text_of(rows["青澜市公安局"], "td") == ["–", "2018年度", "–"]
    assert rows["青澜市公安局"].css_first("a").attributes["href"] == f"/reports/{report_of('青澜市公安局').id}"


def test_home_answers_without_javascript(client):
    question = "青澜市公安局2018年全年主动公开信息多少条？"
    tree = read(client.get("/", query_string={"q": question}))
    assert tree.css_first("input[name=q]").attributes["value"] == question
    assert tree.css_first(".answer-text").text()
    assert "2801条" in tree.css_first(".evidence").text()
    assert text_of(tree, ".evidence mark")
    link = tree.css_first(".evidence figcaption a").attributes["href"]
    page = read(client.get(link.partition("#")[0]))
    marked = "".join(node.text() for node in page.css("mark"))
    assert marked
    assert marked in tree.css_first(".evidence blockquote").text().replace("\n", "")


def test_home_says_what_was_understood_instead_and_nothing_otherwise(client):
    asked, meant = "青澜市公按局2018年全年主动公开信息多少条", "青澜市公安局2018年全年主动公开信息多少条"
    tree = read(client.get("/", query_string={"q": asked}))
    assert text_of(tree, ".understood") == [f"您是想问“{meant}”吗？"]
    assert tree.css_first("input[name=q]").attributes["value"] == asked
    assert not read(client.get("/", query_string={"q": meant})).css(".understood")


def test_home_says_what_is_wrong_with_a_question(client):
    tree = read(client.get("/?q="), 400)
    assert text_of(tree, "[role=alert]") == ["请先输入您的问题。"]
    assert tree.css_first("table.reports")


def test_a_report_page_shows_where_it_comes_from(client, report_of):
    tree = read(client.get(f"/reports/{report_of('青澜市公安局').id}"))
    assert tree.css_first("html").attributes["lang"] == "zh-CN"
    assert text_of(tree, "h1") == ["青澜市公安局2018年政府信息公开工作年度报告(演示)"]
    facts = dict(zip(text_of(tree, ".facts dt"), text_of(tree, ".facts dd"), strict=True))
    assert facts["索引号"] == "010203122-GK-2019-00243"
    assert facts["发布日期"] == "2019-01-22"
    assert facts["来源"] == "青澜市公安局"
    assert facts["内容概述"] == "青澜市公安局2018年政府信息公开工作年度报告"


def test_every_section_and_passage_has_its_anchor_and_its_words(client, services, report_of):
    report = services.store.report(report_of("青澜市公安局").id)
    tree = read(client.get(f"/reports/{report.summary.id}"))
    for section in report.sections:
        if section.heading:
            assert tree.css_first(f"#{section.anchor}").text() == section.heading
    for passage in report.passages:
        assert passage.text.startswith(tree.css_first(f"#{passage.anchor}.passage").text())
    for span in tree.css(".report-text [data-start]"):
        start, end = int(span.attributes["data-start"]), int(span.attributes["data-end"])
        assert span.text() == report.text[start:end]
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    for link in tree.css(".outline a"):
        assert link.attributes["href"].removeprefix("#") in ids


@pytest.mark.parametrize("span", ["0-9", "5-400", "0-99999999"])
def test_exactly_the_highlighted_characters_are_marked(client, services, report_of, span):
    report = services.store.report(report_of("青澜市公安局").id)
    tree = read(client.get(f"/reports/{report.summary.id}?highlight={span}"))
    start, end = map(int, span.split("-"))
    assert "".join(node.text() for node in tree.css("mark")) == report.text[start:end].replace("\n", "")


@pytest.mark.parametrize("span", ["", "x", "5", "9-5", "5-5", "-1-5", "1-2-3", "99999999-999999999", "<mark>", "٣-٩"])
def test_a_highlight_that_is_none_marks_nothing(client, report_of, span):
    tree = read(client.get(f"/reports/{report_of('青澜市公安局').id}", query_string={"highlight": span}))
    assert not tree.css("mark")


def test_a_report_that_tries_to_break_the_page_is_shown_as_text(client, report_of):
    report_id = report_of('<b onclick="x">测试局</b>').id
    for path in (f"/reports/{report_id}?highlight=2-60", "/", "/?q=测试局2014年主动公开信息多少条"):
        tree = read(client.get(path))
        assert {node.attributes.get("src") for node in tree.css("script")} <= {
            "/widget.js",
            "/web/reader/reader-define.js",
            "/web/site/early.js",
            "/web/site/looks.js",
            "/web/site/report-tools.js",
            "/web/site/report.js",
        }
        assert not [node for node in tree.css("*") if any(name.startswith("on") for name in node.attributes)]
        assert not tree.css("svg, b[onclick], img[src=x], style, [style]")
        assert not [link for link in tree.css("a") if link.attributes["href"].startswith("javascript")]
    page = read(client.get(f"/reports/{report_id}"))
    assert "alert(1)" in page.css_first(".report-text").text()
    assert "{{ 7 * 7 }}" in page.css_first(".report-text").text()


def test_the_code_for_telephones_leads_to_the_public_address(client, report_of):
    report_id = report_of("青澜市公安局").id
    response = client.get(f"/reports/{report_id}/qr.svg", base_url="https://anan.example:8443")
    assert response.mimetype == "image/svg+xml"
    assert ElementTree.fromstring(response.data).tag == "{http://www.w3.org/2000/svg}svg"
    for host in ("a b", "x" * 3000, "evil.example/path", "<x>"):
        odd = client.get(f"/reports/{report_id}/qr.svg", headers={"Host": host})
        assert odd.status_code == 400


def test_the_code_for_telephones_needs_no_text(client, report_of, monkeypatch):
    report_id = report_of("青澜市公安局").id
    monkeypatch.delattr(Store, "report")  # a report's text may be megabytes
    assert client.get(f"/reports/{report_id}/qr.svg").status_code == 200
    assert client.get("/reports/000000000000/qr.svg").status_code == 404


def test_pages_name_only_files_that_are_there(client, report_of):
    for path in ("/", f"/reports/{report_of('青澜市公安局').id}"):
        tree = read(client.get(path))
        named = [node.attributes.get("src") for node in tree.css("script, img")]
        named += [node.attributes["href"] for node in tree.css("link")]
        for address in named:
            assert client.get(address).status_code == 200, address


def test_modules_are_given_as_javascript_and_asked_for_again(client):
    response = client.get("/widget.js")
    assert response.mimetype == "text/javascript"
    assert response.headers["Cache-Control"] == "no-cache"
    assert client.get("/widget.js", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def summary(number, publisher, year):
    now = datetime(2026, 1, 1, tzinfo=timezone.utc)
    return ReportSummary(f"{number:012x}", "", f"报告{number}", publisher, "", None, year, "", "", "", now, 1)


def test_the_table_is_cut_into_pages_of_bodies():
    reports = [summary(number, f"机构{number:03}", 2000 + number % 3) for number in range(BODIES_PER_PAGE + 5)]
    first, last = grid(reports, "1"), grid(reports, "2")
    assert (len(first.rows), len(last.rows), first.pages, first.reports) == (BODIES_PER_PAGE, 5, 2, len(reports))
    assert grid(reports, "9").page == 2
    assert grid([], "").rows == ()


def test_reports_of_one_body_and_year_share_a_cell_and_those_without_year_come_last():
    table = grid([summary(1, "局", 2020), summary(2, "局", 2020), summary(3, "局", None), summary(4, "", 2021)], "")
    assert table.years == (2021, 2020, None)
    assert {row.publisher: [len(cell) for cell in row.cells] for row in table.rows} == {"": [1, 0, 0], "局": [0, 2, 1]}
