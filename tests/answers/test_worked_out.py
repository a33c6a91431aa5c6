"""What is worked out from two numbers of one year, and a number held against one that the citizen names."""

import pytest

from assistant.answers.model import Answer
from assistant.services import Services


def ask(sample: Services, question: str) -> Answer:
    return sample.answerer.ask(question)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2021年公安局行政处罚和行政许可哪个多", "少143324（计算得出：163942－20618＝143324）"),
        ("2018年教育局的微博和微信哪个发得多", "多212（计算得出：860－648＝212）"),
        ("2022年市政府人大代表建议比政协提案少多少", "少62（计算得出：215－153＝62）"),
        ("2021年公安局行政许可是行政处罚的几倍", "8倍（计算得出：163942÷20618≈8）"),
    ],
)
def test_two_numbers_of_a_year_are_compared_with_both_places(sample: Services, question: str, told: str) -> None:
    answer = ask(sample, question)
    assert answer.kind == "figure"
    assert told in answer.text
    assert len(answer.evidence) == 2
    marked = [each.passage[slice(*each.highlights[0])] for each in answer.evidence]
    assert all(number.rstrip("条件") in told for number in marked)


@pytest.mark.parametrize(
    "question",
    [
        "2018年教育局的微博粉丝和全市学生哪个多",
        # Of one of the two alone nothing is told.
        "2018年教育局微信粉丝和微博粉丝哪个多",
        # People and 条 are not compared.
        "2018年教育局微博粉丝比微信推送多多少",
    ],
)
def test_what_cannot_be_compared_is_not(sample: Services, question: str) -> None:
    assert "计算得出" not in ask(sample, question).text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("2021年公安局收到的信息公开申请有没有超过30件", "超过了。"),
        ("2021年公安局收到的信息公开申请超过50件了吗", "没有超过。"),
        ("2021年公安局收到的信息公开申请有没有达到37件", "达到了。"),
        ("2021年公安局收到的信息公开申请是不是不到40件", "是的，不到。"),
    ],
)
def test_a_number_is_held_against_the_one_named(sample: Services, question: str, verdict: str) -> None:
    answer = ask(sample, question)
    assert (answer.kind, answer.value and answer.value.number) == ("figure", 37)
    assert answer.text.startswith(verdict)


def test_years_and_bodies_are_still_compared_in_a_table(sample: Services) -> None:
    assert ask(sample, "2022年比2021年市政府收到的申请少了多少").kind == "comparison"
    assert ask(sample, "公安局和教育局2021年哪个收到的申请多").kind == "comparison"
