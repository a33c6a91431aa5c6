"""What is worked out from two numbers of one year, and a number held against one that the citizen names."""

from decimal import Decimal

import pytest

from assistant.answers.changes import times
from assistant.answers.model import Answer
from assistant.answers.worked_out import find_bound
from assistant.services import Services


def ask(sample: Services, question: str) -> Answer:
    return sample.answerer.ask(question)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2021年公安局行政处罚和行政许可哪个多", "少143324（计算得出：163942－20618＝143324）"),
        ("2018年教育局的微博和微信哪个发得多", "多212条（计算得出：860－648＝212）"),
        ("2022年市政府人大代表建议比政协提案少多少", "少62件（计算得出：215－153＝62）"),
        # With the unit that the numbers have, also where 万 stands before it, and points for shares.
        ("2022年教育局罚没金额比责令退还费用多多少", "多6.9万元（计算得出：38.6－31.7＝6.9）"),
        ("2018年市政府12345热线按时办结率比满意率高多少", "多4.5个百分点（计算得出：98.1－93.6＝4.5）"),
        ("2021年公安局行政处罚是行政许可的几倍", "0.13倍（计算得出：20618÷163942≈0.13）"),
        ("2021年公安局行政许可是行政处罚的几倍", "8倍（计算得出：163942÷20618≈8）"),
    ],
)
def test_two_numbers_of_a_year_are_compared_with_both_places(sample: Services, question: str, told: str) -> None:
    answer = ask(sample, question)
    assert answer.kind == "figure"
    assert told in answer.text
    assert len(answer.evidence) == 2
    marked = [each.passage[slice(*each.highlights[0])] for each in answer.evidence]
    assert all(number.rstrip("条件万元%") in told for number in marked)


@pytest.mark.parametrize(
    "question",
    [
        "2018年教育局的微博粉丝和全市学生哪个多",
        # Of one of the two alone nothing is told.
        "2018年教育局微信粉丝和微博粉丝哪个多",
        # People and 条 are not compared.
        "2018年教育局微博粉丝比微信推送多多少",
        "2022年教育局罚没金额比受理举报多多少",
        # One sentence names both, its figure one.
        "2022年教育局罚没金额比行政处罚多多少",
    ],
)
def test_what_cannot_be_compared_is_not_and_one_of_the_two_is_no_answer(sample: Services, question: str) -> None:
    assert ask(sample, question).kind == "none"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("2021年公安局收到的信息公开申请有没有超过30件", "超过了。"),
        ("2021年公安局收到的信息公开申请超过50件了吗", "没有超过。"),
        ("2021年公安局收到的信息公开申请有没有达到37件", "达到了。"),
        ("2021年公安局收到的信息公开申请是不是不到40件", "是的，不到。"),
        ("2021年公安局收到的信息公开申请是不是已经超过30件", "超过了。"),
    ],
)
def test_a_number_is_held_against_the_one_named(sample: Services, question: str, verdict: str) -> None:
    answer = ask(sample, question)
    assert (answer.kind, answer.value and answer.value.number) == ("figure", 37)
    assert answer.text.startswith(verdict)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("2021年公安局收到的申请有没有超过30件", "2021年公安局收到的申请有多少件"),
        ("2021年公安局收到的申请是不是已经突破了30件?", "2021年公安局收到的申请有多少件"),
        ("公安局是不是收到申请超过30件", "公安局收到申请有多少件"),
        ("公安局收到的申请超过30件了吗", "公安局收到的申请有多少件"),
    ],
)
def test_what_asks_whether_is_no_part_of_what_the_number_is_of(text: str, asked: str) -> None:
    bound = find_bound(text)
    assert bound is not None
    assert bound.asked == asked


@pytest.mark.parametrize(
    "text",
    [
        # Another year, no number of 件.
        "公安局2015年收到的申请有没有超过2014年",
        "公安局2015年收到的申请是不是多于2014",
        # May be asked for either way.
        "公安局收到的申请是不是没有超过30件",
    ],
)
def test_no_number_is_named_by_a_year_or_denied(text: str) -> None:
    assert find_bound(text) is None


def test_money_is_held_against_money_only(sample: Services) -> None:
    assert ask(sample, "2022年教育局罚没金额有没有超过30万元").text.startswith("超过了。")
    assert not ask(sample, "2022年教育局罚没金额有没有超过30").text.startswith(("超过", "没有超过"))


def test_so_many_times_is_not_said_where_it_is_next_to_none() -> None:
    assert times(Decimal(3), Decimal(163_942)) is None
    assert times(Decimal(0), Decimal(5)) is None


def test_what_a_slip_was_read_as_is_told(sample: Services) -> None:
    answer = ask(sample, "2021年公安局行政处罚和行正许可哪个多")
    assert "计算得出" in answer.text
    assert "行政许可" in answer.understood


def test_years_and_bodies_are_still_compared_in_a_table(sample: Services) -> None:
    assert ask(sample, "2022年比2021年市政府收到的申请少了多少").kind == "comparison"
    assert ask(sample, "公安局和教育局2021年哪个收到的申请多").kind == "comparison"
