"""Numbers asked for in everyday words that stand in no report, and near misses that no report answers."""

import pytest

from assistant.services import Services


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("18年公安局往外公开了多少信息呀", "2801条"),
        ("2018年警方短视频拍了几部", "43部"),
        ("2018年公安局热线转来的事有多少件没按时办完", "41件"),
        ("2018年教育局考核排老几", "第3名"),
        ("2018年市政府公报一期印多少本", "6000册"),
        ("2017年教育局回信平均要几天", "4.5个工作日"),
        ("2018年全市政府网站最后剩下几家", "43家"),
    ],
)
def test_everyday_words_find_the_number(sample: Services, question: str, holds: str) -> None:
    answer = sample.answerer.ask(question)
    assert (answer.kind, holds in answer.text) == ("figure", True), answer.text


@pytest.mark.parametrize(
    "question",
    [
        "2018年公安局一共有多少警察",
        "2018年公安局抓了多少个贩毒的",
        "2018年教育局招了多少老师",
        "2018年澜江大桥维修花了多少钱",
        "2016年暴雨死了几个人",
        "2018年公安局抖音号有多少粉丝",
    ],
)
def test_what_no_report_counts_is_not_answered_by_what_sounds_like_it(sample: Services, question: str) -> None:
    assert sample.answerer.ask(question).kind == "none"


def test_where_only_the_whole_is_known_the_answer_says_so(sample: Services) -> None:
    """The police report of 2018 counts all channels together; that of the schools counts its site by itself."""
    whole = sample.answerer.ask("18年公安局网站一共发了多少信息").text
    assert "2801条" in whole and "各种渠道" in whole and "没有单说网站" in whole
    own = sample.answerer.ask("2018年教育局网站发了多少信息").text
    assert "2603条" in own and "各种渠道" not in own


def test_which_of_two_is_more_is_not_answered_by_one_of_them(sample: Services) -> None:
    answer = sample.answerer.ask("2018年教育局微信粉丝和微博粉丝哪个多")
    assert answer.kind in ("none", "comparison"), answer.text
