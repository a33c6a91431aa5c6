"""Questions for a number, in everyday words, against the sample corpus."""

from dataclasses import replace

import pytest

from assistant.answers.verifying import unfounded
from assistant.services import Services


@pytest.mark.parametrize(
    ("question", "number"),
    [
        # Cells of the standard tables by what citizens call their rows and columns.
        ("公安局2021年企业申请公开的有几件", 5),
        ("2021年公安局因为是国家秘密没给公开的有几件", 0),
        ("公安局2021年复议维持原判的几件", 1),
        ("2021年公安局收费收了多少钱", 12_863_500),
        ("2022年教育局有几件是手里没这个信息的", 4),
        ("2022年律所向教育局申请了几件", 3),
        # The same of a report without tables, from its sentences; a city's own total is its government's.
        ("2018年全市有几件申请是同意公开的", 259),
        ("2018年信息公开的官司市政府赢了几场", 9),
        # No body is named, and one only has such a number.
        ("2021年电动车上牌登记了多少辆", 214_000),
        # A number said loosely is the exact one said again; what was answered is not what came in.
        ("市政府2018年总共主动公开了多少条信息", 103_297),
        ("2018年市长信箱回了多少封", 6973),
    ],
)
def test_a_number_is_given_with_its_indicator_and_year(sample: Services, question: str, number: float) -> None:
    answer = sample.answerer.ask(question)
    assert answer.kind == "figure", answer.text
    assert answer.value is not None and answer.value.number == number
    assert any(year in answer.text for year in ("2018年", "2021年", "2022年"))


@pytest.mark.parametrize(
    "question",
    [
        "2021年公安局关于征地的申请有几件",  # a word more narrows what is asked
        "2018年全市律所申请了几件公开",  # a report without the table says nothing of law firms
        "2022年教育局制定了几部规章",  # the cell says /
        "教育局2024年收到多少件申请",  # another year's number is no answer
        "2018年开了几场新闻发布会",  # several bodies did, and none is named
    ],
)
def test_no_number_is_given_where_none_is_clearly_meant(sample: Services, question: str) -> None:
    assert sample.answerer.ask(question).kind != "figure"


def test_a_subtotal_that_the_form_leaves_out_is_computed_and_shows_its_parts(sample: Services) -> None:
    answer = sample.answerer.ask("2021年公安局不予公开的申请有几件")
    assert answer.kind == "figure" and answer.value is not None
    assert answer.value.number == 0 + 1 + 0 + 2 + 1 + 0 + 7 + 2
    assert "计算得出：0＋1＋0＋2＋1＋0＋7＋2＝13" in answer.text
    assert len({each.passage for each in answer.evidence if "不予公开" in each.passage}) > 1


def test_a_sum_that_does_not_come_out_or_has_a_part_of_its_own_is_unfounded(sample: Services) -> None:
    answer = sample.answerer.ask("2021年公安局不予公开的申请有几件")
    assert unfounded(answer) == ()
    assert unfounded(replace(answer, text=answer.text.replace("＝13", "＝14")))
    assert unfounded(replace(answer, text="计算得出：5555＋1＝5556"))
