"""What a report tells in its prose, asked in everyday words: why, when, where, which, how it was handled, whether."""

from pathlib import Path

import pytest

from assistant.answers import Answer
from assistant.resources import corpus_folder
from assistant.services import Services, open_services


def marked(answer: Answer) -> str:
    evidence = answer.evidence[0]
    return evidence.passage[slice(*evidence.sentence)]


@pytest.mark.parametrize(
    ("question", "year", "holds"),
    [
        ("2019年市公安局考核往后退了一位是怎么回事", 2019, "失分原因是"),
        ("2018年专职公开人员变少了，为什么？市政府的报告", 2018, "受人员划转影响"),
        ("市公安局2019年搬到哪里去了", 2019, "青澜大道199号"),
        ("2019年市公安局是哪天搬过去的", 2019, "9月16日"),
        ("2019年哪个县公安局按时更新的最少", 2019, "石岭县公安局仅有163项"),
        ("市政府2022年有个部门栏目一直空着，后来怎么处理的", 2022, "通报"),
        ("2020年公安局入户核对户口，收没收老百姓的钱", 2020, "没有收取群众任何费用"),
        ("2016年打12345的人最爱反映啥问题", 2016, "供水供暖"),
    ],
)
def test_everyday_words_find_what_is_told(sample: Services, question: str, year: int, holds: str) -> None:
    answer = sample.answerer.ask(question)
    assert (answer.kind, answer.evidence[0].report.year) == ("passage", year)
    assert holds in marked(answer)
    assert answer.confidence >= 0.5


def test_a_reason_told_after_what_happened_is_answered_with_both(sample: Services) -> None:
    answer = sample.answerer.ask("澜东区望江路自来水有味道是啥引起的 2017年市政府")
    assert "自来水有异味" in marked(answer)
    assert "藻类繁殖" in answer.text


def test_a_paragraph_that_was_cut_in_two_is_read_on(sample: Services) -> None:
    answer = sample.answerer.ask("2018年供暖头一天澜西区不热，到底是什么毛病")
    assert "给水泵故障" in answer.text


def test_the_date_of_something_is_not_when_it_had_not_happened_yet(sample: Services) -> None:
    """7月底至8月中旬举报电话尚未开通 does not tell when it was opened."""
    assert "8月27日" in marked(sample.answerer.ask("双减那个举报电话是哪天开通的，教育局2021"))


@pytest.mark.parametrize(
    "question",
    [
        "市公安局2018年派出所为什么撤并",
        "公安局2019年有没有民警受伤",
        "教育局2021年局长为什么换人",
        "教育局2019年哪天开的家长会",
        "2022年市政府的办公大楼搬到哪了",
        "教育局2017年校车出事是什么原因",
        "市政府2019年垃圾场着火是怎么处理的",
        # It rose in that year, or was of another number.
        "2017年市公安局考核往后退了一位是怎么回事",
        "市政府2016年有28件复文没公开，怎么回事",
    ],
)
def test_what_the_report_does_not_tell_gets_no_answer(sample: Services, question: str) -> None:
    assert sample.answerer.ask(question).kind == "none"


@pytest.mark.parametrize(
    "question",
    ["公安局2018年有没有被处罚", "公安局2020年有没有被处罚过", "公安局2019年有没有乱收费", "教育局2022年有没有乱收费"],
)
def test_what_others_suffered_or_paid_lawfully_decides_nothing(sample: Services, question: str) -> None:
    """Penalties that the body imposed are none of its own; the fee for information is no 乱收费."""
    assert sample.answerer.ask(question).kind == "none"


@pytest.mark.parametrize("question", ["澜西区小学门口抢孩子是真的吗", "2017年公安局澜西区小学门口有人抢孩子是不是真的"])
def test_a_rumour_is_told_with_what_is_true_of_it(sample: Services, question: str) -> None:
    answer = sample.answerer.ask(question)
    assert "查明系祖孙之间的家庭纠纷" in answer.text
    first = answer.evidence[0]
    assert "查明" in first.passage[slice(*first.highlights[0])]


def test_a_date_is_of_what_is_done_then(sample: Services) -> None:
    assert sample.answerer.ask("教师资格认定什么时候报名").kind == "none"
    assert "6月1日" in sample.answerer.ask("政府网站改版什么时候上线").text


def test_a_year_without_a_report_tells_nothing(sample: Services) -> None:
    assert sample.answerer.ask("2014年市公安局考核为什么掉了一名").kind == "none"


def test_this_year_of_everyday_life_is_no_report_of_this_year(sample: Services) -> None:
    answer = sample.answerer.ask("我家孩子今年六岁，小学怎么报名")
    assert (answer.kind, answer.evidence[0].report.id, answer.understood) == ("faq", "faq:faq-044", "")


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("安康警务微博是从什么时候开通的", "2012年11月"),
        ("2015年安康市公安局的信息公开工作为啥没做好", "制约工作发展的原因"),
        ("2015年有没有人因为信息公开告公安局", "未被提起行政诉讼"),
        ("公安局2015年公开信息要钱吗", "未收取"),
    ],
)
def test_the_real_page_tells(real_page: Services, question: str, holds: str) -> None:
    assert holds in marked(real_page.answerer.ask(question))


@pytest.mark.parametrize(
    "question", ["安康市公安局局长姓什么", "2015年公安局哪天搬的家", "岚皋县公安局的平台为什么停用了"]
)
def test_the_real_page_does_not_tell(real_page: Services, question: str) -> None:
    assert real_page.answerer.ask(question).kind == "none"


def test_staff_add_a_way_of_speaking(sample: Services, tmp_path: Path) -> None:
    """A word of their own in spoken.txt of the data directory counts from the next start."""
    question = "2019年公安局的传真咋个黄了，哪天黄的"
    assert sample.answerer.ask(question).kind == "none"
    own = (corpus_folder() / "spoken.txt").read_text(encoding="utf-8").replace("停用 ", "停用 黄了 黄的 ")
    (sample.data / "spoken.txt").write_text(own, encoding="utf-8")
    services = open_services(sample.data)
    try:
        assert "停用" in marked(services.answerer.ask(question))
    finally:
        services.close()
        (sample.data / "spoken.txt").unlink()


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        # 开的 of 公开的, 头年 of a wrongly cut 比头年少了.
        ("2022年申请公开的人怎么变少了，市政府", "申请量下降"),
        ("教育局2019年公开的信息比头年少了好多，是咋回事", "受迁移期间停更"),
        # Counted in 封 by one and in 件 by the other.
        ("教育局2016年有14封信没按时回是为什么", "12月下旬收到"),
    ],
)
def test_words_are_found_however_the_question_is_cut(sample: Services, question: str, holds: str) -> None:
    assert holds in marked(sample.answerer.ask(question))
