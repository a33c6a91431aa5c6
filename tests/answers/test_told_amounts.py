"""Numbers told in a report's prose, asked for by telling what happened; and numbers that are near and not asked for."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.search.ingest import ingest
from assistant.services import Services, open_services


@pytest.mark.parametrize(
    ("question", "year", "number"),
    [
        ("2018年澜江大桥封闭维修，封桥期间市政府一共公布了多少次进度", 2018, "25次"),
        ("2018年校外培训机构摸排，证照齐全没问题首批进白名单的有多少家", 2018, "217家"),
        ("2022年体验官吐槽的意见里头被采纳了多少条", 2022, "267条"),
        # What was before the change is no answer, and of several numbers the one that is led up to.
        ("2022年入学报名要交的材料减到几份了，市教育局", 2022, "2份"),
        ("2019年公安局请群众先读解读，读不懂退回重写的有几件", 2019, "4件"),
    ],
)
def test_the_number_of_what_happened_is_marked(sample: Services, question: str, year: int, number: str) -> None:
    answer = sample.answerer.ask(question)
    evidence = answer.evidence[0]
    assert (answer.kind, evidence.report.year) == ("passage", year)
    assert [evidence.passage[slice(*span)] for span in evidence.highlights] == [number]


@pytest.mark.parametrize(
    "question",
    [
        "2018年澜江大桥封闭维修花了多少钱",
        "2016年临泽下大暴雨冲走了多少辆车",
        "2017年澜西区小学门口抢孩子的谣言，有多少人转发",
        "2018年供暖第一天不热，锅炉修了多少钱",
        "2021年电动车被偷了多少辆",
        # Several channels together are no number of one of them.
        "教育局2020年微博发了多少条",
        # A number of another matter in the next sentence.
        "市政府2021年为十四五规划征集的建议，听取了多少条",
    ],
)
def test_another_number_of_the_same_matter_is_none(sample: Services, question: str) -> None:
    assert sample.answerer.ask(question).kind == "none"


PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>云岭市应急管理局2022年政府信息公开工作年度报告</title></head>
<body><h1>云岭市应急管理局2022年政府信息公开工作年度报告</h1><p>发布日期：2023-01-20　来源：云岭市应急管理局</p>
<h2>一、总体情况</h2>
<p>八月大风刮倒广告牌，商户围着城管队员问赔偿。我局派人上门当面说明情况两次，媒体跟进报道3次。</p>
<p>南湖泵站进水停电，居民打不通热线，第一次停电当晚在群里解释原因，泵站修好之前在小区门口贴进度表5次。</p></body></html>"""


@pytest.fixture(scope="module")
def in_words(sample_data: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Services over the sample corpus and one report that counts in Chinese numerals too."""
    folder = tmp_path_factory.mktemp("numerals")
    page = folder / "report.html"
    page.write_text(PAGE, "utf-8")
    services = open_services(sample_data(folder / "data"))
    ingest([page], services.store, services.indexer, 1_000_000, lambda result: None)
    yield services
    services.close()


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("2022年大风刮倒广告牌，商户围着问赔偿，应急管理局上门当面讲了几次", "两次"),
        # 第一次 is no number of times.
        ("2022年应急管理局南湖泵站进水停电那阵子居民打不通热线，在小区门口贴了几次进度", "5次"),
    ],
)
def test_numbers_in_words_count_and_ordinals_do_not(in_words: Services, question: str, number: str) -> None:
    evidence = in_words.answerer.ask(question).evidence[0]
    assert [evidence.passage[slice(*span)] for span in evidence.highlights] == [number]
