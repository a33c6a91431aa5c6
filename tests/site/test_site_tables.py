"""The page of a report with tables, and what the interface says of them, as browsers and programs get them."""

from dataclasses import replace

import pytest
from report_samples import table_report
from selectolax.lexbor import LexborHTMLParser

from assistant.site import create_app

REPORT = table_report()


@pytest.fixture
def client(app, services):
    services.store.save(REPORT)
    yield app.test_client()
    services.store.remove(REPORT.id)


@pytest.fixture
def page(client):
    return LexborHTMLParser(client.get(f"/reports/{REPORT.id}").text)


def test_the_page_shows_tables_as_tables(page):
    assert len(page.css(".report-text table")) == 2
    assert page.css_first("#t2 caption").text() == "附表：机构情况"
    assert "由图片识别" in page.css_first("#t2").text()
    assert "由图片识别" not in page.css_first("#t1").text()
    assert [node.attributes["aria-label"] for node in page.css("[role=region][tabindex='0']")] == [
        "第 1 张表",
        "附表：机构情况",
    ]
    assert page.css_first("#t1 th[rowspan='8']").text() == "三、本年度办理结果"
    assert len(page.css("#t1 td.number")) == 11 * 7 - 1


def test_every_run_says_where_its_words_stand_and_ids_are_unique(page):
    for span in page.css(".report-text [data-start]"):
        start, end = int(span.attributes["data-start"]), int(span.attributes["data-end"])
        assert span.text() == REPORT.text[start:end]
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    for number, figure in enumerate(REPORT.figures, 1):
        assert page.css_first(f"#f{number}").text() == figure.text
    assert {item.anchor for item in REPORT.passages} <= set(ids)


def test_words_of_a_table_are_shown_as_text(page):
    assert not page.css("#t2 i")
    assert page.css_first("#t2 tbody tr:last-child th").text() == "<i>培训</i>次数"


def test_a_link_marks_its_figure_in_place(client):
    figure = next(item for item in client.get(f"/api/v1/reports/{REPORT.id}").get_json()["figures"] if item["cell"])
    address, _, anchor = figure["link"].partition("#")
    page = LexborHTMLParser(client.get(address).text)
    assert [node.text() for node in page.css("mark")] == [figure["text"]]
    assert page.css_first(f"#{anchor} mark")


def test_the_interface_gives_tables_figures_period_and_contact(client):
    given = client.get(f"/api/v1/reports/{REPORT.id}").get_json()
    assert given["period"] == ["2021-01-01", "2021-12-31"]
    assert given["contact"]["address"] == "演示市文苑路3号"
    first = given["tables"][0]
    assert (first["kind"], first["rows"], first["columns"], first["anchor"]) == ("requests", 14, 10, "t1")
    assert len(given["figures"]) == len(REPORT.figures)
    for item in given["figures"]:
        start, end = item["span"]
        assert given["text"][start:end] == item["text"]
        if item["cell"]:
            cells = given["tables"][item["cell"]["table"]]["cells"]
            cell = next(c for c in cells if (c["row"], c["column"]) == (item["cell"]["row"], item["cell"]["column"]))
            assert cell["text"] == item["text"]
    values = {item["text"]: item["value"] for item in given["figures"]}
    assert (values["2600余条"], values["34.5%"], values["100%"]) == (2600, 34.5, 100)
    assert type(values["2600余条"]) is int


def test_a_note_stands_once_over_words_that_were_recognised(services):
    passages = tuple(replace(item, recognised=item.end < REPORT.tables[0].start) for item in REPORT.passages)
    services.store.save(replace(REPORT, passages=passages, content_hash="recognised"))
    page = LexborHTMLParser(create_app(services).test_client().get(f"/reports/{REPORT.id}").text)
    services.store.remove(REPORT.id)
    assert [node.text() for node in page.css("p.recognised-note")] == [
        "以下文字由图片识别，可能有误",
        "本表由图片识别，可能有误",
    ]
    assert page.css_first("p.recognised").text().startswith("全年主动公开")
