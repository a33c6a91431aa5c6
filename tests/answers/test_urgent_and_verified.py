"""Someone in danger is told whom to ring first; nothing leaves that its evidence does not hold."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.model import Answer, Evidence, Source
from assistant.answers.urgent import urgent
from assistant.answers.verifying import unfounded, verified
from assistant.services import open_services

IN_DANGER = {
    "119": ("我家着火了怎么办", "厨房起火了", "煤气泄漏了", "楼下冒烟了 怎么办", "家里好大的煤气味"),
    "120": ("有人晕倒在路边", "我妈叫不醒", "孩子触电了", "我爸喘不上气", "有个孩子掉进河里了"),
    "122": ("出车祸了怎么办", "撞到人了", "出了车祸，快来人"),
    "110": (
        "我被骗了三万块怎么办",
        "有人持刀",
        "我要报警",
        "家里进小偷了",
        "孩子走丢了",
        "救命",
        "有人拿刀砍人，快来人",
        "我女儿被绑走了",
    ),
    "12356": ("我不想活了", "活着没意思", "我儿子要跳楼", "我2020年开始就不想活了", "想自杀", "有人要跳河"),
}
ABOUT_REPORTS = (
    "2019年火灾起数是多少",
    "打击诈骗开展了哪些活动",
    "110接警多少次",
    "2021年处理了多少起持刀伤人案",
    "防溺水措施有哪些",
    "怎么防范入室盗窃",
    "有没有枪支管理的规定",
    "消防宣传活动有几场",
    "去年自杀的有多少",
    "受伤民警几名",
    "市公安局有没有被提起行政诉讼",
    "我被拒绝公开了怎么办",
    "行政处罚不服怎么办",
    "救命药进医保了吗",
    "报警电话是多少",
)


@pytest.mark.parametrize(("number", "question"), [(n, q) for n, questions in IN_DANGER.items() for q in questions])
def test_who_is_in_danger_is_told_whom_to_ring(number: str, question: str) -> None:
    help_ = urgent(question)
    assert help_ is not None and help_.number == number and number in help_.text


@pytest.mark.parametrize("question", ABOUT_REPORTS)
def test_a_question_about_what_was_published_is_not_urgent(question: str) -> None:
    assert urgent(question) is None


def test_urgent_help_comes_before_anything_that_is_published(tmp_path: Path) -> None:
    services = open_services(tmp_path)
    try:
        answer = services.answerer.ask("我家着火了怎么办")
    finally:
        services.close()
    assert (answer.kind, answer.evidence) == ("urgent", ())
    assert "119" in answer.text


SOURCE = Source("r", "某市水务局2016年年报", "某市水务局", "W-2016", date(2017, 3, 9), 2016, "")
PASSAGE = "2016年公开信息1,266条，其中微博占34%，印发《水务公开办法》。"


def answer(text: str) -> Answer:
    evidence = Evidence(SOURCE, ("一、概述",), PASSAGE, 0, (0, len(PASSAGE)), ((0, 5),), 1.0, "p1")
    return Answer("？", "c", "figure", text, "", 0.9, (evidence,))


@pytest.mark.parametrize(
    "text",
    [
        "2016年，某市水务局公开信息1266条。",
        "占34%。",
        "印发《水务公开办法》",
        "发布日期：2017-03-09",
        "2017年3月9日发布",
    ],
)
def test_what_the_evidence_holds_may_be_said(text: str) -> None:
    assert unfounded(answer(text)) == ()
    assert verified(answer(text)).text == text


@pytest.mark.parametrize(
    ("text", "missing"),
    [("公开信息266条。", "266"), ("占35%。", "35"), ("印发《水务条例》", "水务条例"), ("公开了一千二百条", "一千二百")],
)
def test_what_it_does_not_hold_gives_way_to_the_bare_passage(text: str, missing: str) -> None:
    assert missing in unfounded(answer(text))
    instead = verified(answer(text))
    assert (instead.kind, instead.text, instead.value) == ("passage", PASSAGE, None)


@given(st.integers(min_value=0, max_value=10**9))
def test_no_number_passes_that_does_not_stand_there(number: int) -> None:
    stands = number in {2016, 1266, 34, 2017, 3, 9}
    assert (str(number) in unfounded(answer(f"共{number}条"))) is not stands


def test_an_answer_without_evidence_is_left_alone() -> None:
    none = replace(answer("没有找到2031年的报告。"), kind="none", evidence=())
    assert verified(none) is none
