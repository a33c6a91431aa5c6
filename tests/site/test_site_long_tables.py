"""A table of more rows than a page shows, as browsers get it: part by part, and every place in it can be linked to."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from assistant.reports import Report, read_bytes
from assistant.services import Services
from assistant.site import create_app

ROWS = 1_203
GROUP = 40  # rows under one name: some of them lie on both sides of a part's edge


def _page() -> str:
    rows = []
    for row in range(ROWS):
        name = f'<td rowspan="{min(GROUP, ROWS - row)}">第{row // GROUP}类</td>' if row % GROUP == 0 else ""
        rows.append(f"<tr>{name}<td>第{row}项</td><td>{row + 7}</td><td>{row % 9}</td></tr>")
    head = '<tr><th colspan="2" rowspan="2">项目</th><th colspan="2">数量</th></tr><tr><th>受理</th><th>办结</th></tr>'
    return (
        "<h1>演示县档案局2021年政府信息公开工作年度报告</h1><p>一、办理情况</p><p>全年公开信息12条。</p>"
        f"<table>{head}{''.join(rows)}</table><p>二、存在的问题</p><p>公开形式不多。</p>"
        "<table><tr><th>名称</th><th>数量</th></tr><tr><td>窗口</td><td>3</td></tr></table>"
    )


@pytest.fixture(scope="module")
def report() -> Report:
    return read_bytes(_page().encode(), "a.html")


@pytest.fixture
def client(services: Services, report: Report) -> Iterator[FlaskClient]:
    services.store.save(report)
    yield create_app(services).test_client()
    services.store.remove(report.id)


def _shown(client: FlaskClient, address: str) -> LexborHTMLParser:
    response = client.get(address)
    assert response.status_code == 200
    return LexborHTMLParser(response.text)


def _items(page: LexborHTMLParser) -> list[str]:
    return [node.text() for node in page.css("#t1 th, #t1 td") if node.text().endswith("项")]


def test_every_row_is_on_one_of_the_parts_each_under_the_head(client: FlaskClient, report: Report) -> None:
    address, seen, parts = f"/reports/{report.id}", [], 0
    while address:
        page = _shown(client, address)
        seen += _items(page)
        parts += 1
        assert [node.text() for node in page.css("#t1 tr")[0].css("th")] == ["项目", "数量"]
        assert [node.text() for node in page.css("#t1 tr")[1].css("th")] == ["受理", "办结"]
        assert page.css_first("#t1 tbody tr:first-child th").text().endswith("类")
        assert len(page.css("#t1 tr")) <= 502
        assert page.css_first("#t2 td.number").text() == "3"
        assert f"全表 {ROWS + 2} 行" in page.css_first("#t1 .pager").text()
        assert not page.css("#t2 .pager")
        further = page.css_first("#t1 a[rel=next]")
        address = further.attributes["href"] if further else ""
    assert seen == [f"第{row}项" for row in range(ROWS)]
    assert parts == 3
    assert _items(_shown(client, page.css_first("#t1 a[rel=prev]").attributes["href"]))[-1] == "第997项"


def test_each_part_says_where_its_words_stand(client: FlaskClient, report: Report) -> None:
    for row in (1, 600, ROWS):
        page = _shown(client, f"/reports/{report.id}?table=1&row={row}")
        runs = page.css(".report-text [data-start]")
        for node in runs:
            assert node.text() == report.text[int(node.attributes["data-start"]) : int(node.attributes["data-end"])]
        assert len(runs) > 600
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids))


def test_the_link_of_any_figure_leads_to_the_part_that_shows_it(client: FlaskClient, report: Report) -> None:
    figures = client.get(f"/api/v1/reports/{report.id}").get_json()["figures"]
    assert len(figures) > 2 * ROWS
    for figure in (*figures[:3], *figures[3:-3:173], *figures[-3:]):
        address, _, anchor = figure["link"].partition("#")
        page = _shown(client, address)
        assert [node.text() for node in page.css("mark")] == [figure["text"]]
        assert page.css_first(f"#{anchor} mark")


@pytest.mark.parametrize("asked", ["table=1&row=0", "table=1&row=99999", "table=9&row=1", "table=x&row=", "row=600"])
def test_what_is_not_there_shows_the_first_part(client: FlaskClient, report: Report, asked: str) -> None:
    assert _items(_shown(client, f"/reports/{report.id}?{asked}"))[0] == "第0项"
