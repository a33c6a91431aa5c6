"""Half a question, which only the one before would complete, gets no number of its own."""

import pytest

from assistant.answers.fragments import is_fragment
from assistant.answers.wanted import find_wanted


@pytest.mark.parametrize("question", ["那2014年呢?", "其中微博呢", "粉丝呢", "公安局呢？", "那教育局", "副组长呢"])
def test_half_a_question_is_told_apart(question: str) -> None:
    assert is_fragment(question, find_wanted(question))


@pytest.mark.parametrize(
    "question",
    [
        "电话是多少呢",
        "依申请公开怎么办",
        "报告什么时候发布的呢",
        "公安局有哪些问题呢",
        "2015年公安局主动公开政府信息的情况怎么样呢",
        "那年公安局在网站上一共公开了多少条信息",
    ],
)
def test_a_whole_question_is_asked(question: str) -> None:
    assert not is_fragment(question, find_wanted(question))
