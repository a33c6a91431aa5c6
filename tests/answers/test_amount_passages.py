"""A question for a number gets that number or none, never another number that stands in the passage."""

import pytest

from assistant.services import Services


@pytest.mark.parametrize(
    "question",
    [
        "白水市教育局2018年开了几场新闻发布会",
        "我想问一下白水市教育局2018年开了几场新闻发布会",
        "教育局2018年副局长信箱收到多少封信",
        "教育局2018年市长信箱收到多少封来信",
        "市政府2019年有多少名专职工作人员",
        "公安局2020年抖音有多少粉丝",
        # 提出10件以上的有4人，合计73件: 几个 may ask for either.
        "2018年一个人一年申请10件以上的有几个",
        # How often it was read, nobody asked.
        "公安局2017年辟谣了几回",
    ],
)
def test_another_ones_number_is_no_answer(sample: Services, question: str) -> None:
    answer = sample.answerer.ask(question)
    assert (answer.kind, answer.value) == ("none", None)


@pytest.mark.parametrize(
    "question",
    [
        "我们市教育局2018年开了几场新闻发布会",
        "请问市教育局2018年开了几场新闻发布会",
        "青澜市教育局2018年开了几场新闻发布会",
    ],
)
def test_what_is_said_before_a_body_is_not_taken_for_a_place(sample: Services, question: str) -> None:
    answer = sample.answerer.ask(question)
    assert answer.value is not None
    assert answer.value.number == 5


def test_how_long_it_takes_to_get_through_is_no_telephone(sample: Services) -> None:
    answer = sample.answerer.ask("2018年热线平均多久能接通")
    assert answer.value is not None
    assert (answer.value.number, answer.value.unit) == (18, "秒")


def test_a_length_of_time_is_marked_whole(sample: Services) -> None:
    first = sample.answerer.ask("2020年市政府辟谣平均要多久").evidence[0]
    assert [first.passage[slice(*span)] for span in first.highlights] == ["1小时50分钟"]


def test_all_of_a_kind_is_asked_for_and_not_a_special_one(sample: Services) -> None:
    answer = sample.answerer.ask("2022年市政府一共开了几场新闻发布会")
    assert answer.value is not None
    assert answer.value.number == 46


def test_a_passage_marks_the_number_asked_for(sample: Services) -> None:
    answer = sample.answerer.ask("2020年教育局搞的空中课堂到四月底播了多少节课")
    first = answer.evidence[0]
    assert [first.passage[slice(*span)] for span in first.highlights] == ["2180节"]
    assert "2180节" in answer.text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("市公安局2022年报告里说110分给12345多少件不是警情的求助", 62000),
        ("12345转给教育局的事2018年按期办完的占百分之几", 99.3),
    ],
)
def test_everyday_words_find_the_figure(sample: Services, question: str, number: float) -> None:
    answer = sample.answerer.ask(question)
    assert answer.value is not None
    assert float(answer.value.number) == number
