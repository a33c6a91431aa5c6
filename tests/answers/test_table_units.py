"""Numbers of tables that give one unit for a whole column: said with it, and compared in it."""

from collections.abc import Iterator

import pytest

from assistant.search.ingest import ingest
from assistant.services import Services, open_services

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>云岭市财政局2022年政府信息公开工作年度报告</title></head><body>
<h1>云岭市财政局2022年政府信息公开工作年度报告</h1><p>发布日期：2023-01-20　来源：云岭市财政局</p>
<h2>一、总体情况</h2><p>2022年，云岭市财政局认真做好政府信息公开工作，主动公开预算和决算。</p>
<h2>二、收费情况</h2><p>全年收费情况见下表。</p>
<table><caption>{caption}</caption><tr><th>项目</th><th>金额</th></tr>
<tr><td>行政事业性收费</td><td>1107.6</td></tr><tr><td>政府性基金收入</td><td>1087.3</td></tr></table></body></html>"""


@pytest.fixture(scope="module", params=["千元", "万元"])
def in_large_units(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Services, str]]:
    """Services over one report whose table is in a large unit of money, and that unit."""
    folder = tmp_path_factory.mktemp("units")
    page = folder / "report.html"
    page.write_text(_PAGE.format(caption=f"收费情况表（单位：{request.param}）"), "utf-8")
    services = open_services(folder / "data")
    results = []
    ingest([page], services.store, services.indexer, 1_000_000, results.append)
    assert [result.saved is not None for result in results] == [True]
    yield services, request.param
    services.close()


def test_a_number_is_said_in_the_unit_of_its_table(in_large_units: tuple[Services, str]) -> None:
    services, unit = in_large_units
    answer = services.answerer.ask("2022年云岭市财政局行政事业性收费是多少")
    assert (answer.kind, f"1107.6{unit}。" in answer.text) == ("figure", True), answer.text
