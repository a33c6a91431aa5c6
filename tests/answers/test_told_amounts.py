"""Numbers told in a report's prose, asked for by telling what happened; and numbers that are near and not asked for."""

import pytest

from assistant.services import Services


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
