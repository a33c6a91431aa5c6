"""What a recogniser is told to listen for, and what is made of what it wrote, on the sample corpus."""

import re
from collections.abc import Sequence

import pytest

from assistant.language import fold_text, syllables
from assistant.services import Services


def test_the_corpus_words_that_no_recogniser_knows_come_first(sample: Services) -> None:
    words = sample.hearing.likely()
    assert {"青澜市公安局", "政府信息公开", "行政复议", "办结"} <= set(words)
    assert not {"工作", "办公室", "公室", "进一步"} & set(words)
    assert words == sample.hearing.likely()


def equally(texts: Sequence[str]) -> list[float]:
    """A recogniser to which all that sounds alike is alike, and what sounds otherwise unlikely."""
    return [0.0 if syllables(text) == syllables(texts[0]) else -20.0 for text in texts]


def no_matter(texts: Sequence[str]) -> list[float]:
    """A recogniser to which everything is alike."""
    return [0.0] * len(texts)


def unsure(texts: Sequence[str]) -> list[float]:
    """A recogniser to which what it wrote is a little likelier than anything else."""
    return [0.0, *[-3.0] * (len(texts) - 1)]


# As Whisper wrote down what was said rightly.
@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("不与公开的有多少件。", "不予公开的有多少件？"),
        ("行政富翼和行政诉讼各有几件?", "行政复议和行政诉讼各有几件？"),
        ("公安局办结了二十九建", "公安局办结了二十九件"),
        ("教育局在42个市值部门中列第6名", "教育局在42个市直部门中列第6名"),
        # Each word is known: it is what stands beside it that tells.
        ("交警支队领导报点治理9处点位", "交警支队领导包点治理9处点位"),
    ],
)
def test_words_that_sound_alike_are_read_as_the_corpus_has_them(sample: Services, heard: str, meant: str) -> None:
    assert sample.hearing.meant(heard, equally) == meant


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("公安局霸力了多少件依申请公开", "公安局办理了多少件依申请公开？"),
        ("公安局收到细寒多少件", "公安局收到信函多少件？"),
        ("网站设了局长信乡", "网站设了局长信箱"),
    ],
)
def test_words_of_the_passages_found_are_read_for_what_sounds_near(sample: Services, heard: str, meant: str) -> None:
    assert sample.hearing.meant(heard, unsure) == meant


@pytest.mark.parametrize(
    "heard",
    [
        "2014年市公安局网站公开了多少条信息？",
        "2019年公安局一年作出多少件行政许可决定？",
        "公安局19年请群众先读政策解读，读不懂退回重写的有几件？",
    ],
)
def test_what_stands_in_the_passages_found_was_heard_rightly(sample: Services, heard: str) -> None:
    assert sample.hearing.meant(heard, no_matter) == heard


def test_what_sounds_otherwise_stands_where_the_recording_tells_it_apart(sample: Services) -> None:
    heard = "公安局收到细寒多少件"
    assert sample.hearing.meant(heard, equally) == f"{heard}？"


def test_what_the_recogniser_holds_for_unlikely_is_not_read(sample: Services) -> None:
    def sure(texts: Sequence[str]) -> list[float]:
        return [0.0, *[-20.0 * len(text) for text in texts[1:]]]

    heard = "去年市政府一共开了几场新闻发布会"
    assert sample.hearing.meant(heard, sure) == f"{heard}？"
    # Only what the corpus does not know is mended, as where the recogniser can tell nothing.
    assert sample.hearing.meant("公安局半节了二十九建", sure) == sample.hearing.meant(
        "公安局半节了二十九建", lambda texts: ()
    )


@pytest.mark.parametrize(
    "heard", ["二零一八年收到三百八十建", "第7名是水", "一十二月下行办了1.1万次", "四是四,十是十", "两建事,半年半节"]
)
def test_no_number_is_heard_otherwise(sample: Services, heard: str) -> None:
    for recogniser in (equally, no_matter):
        meant = fold_text(sample.hearing.meant(heard, recogniser))
        assert re.findall("[0-9零一二三四五六七八九十百千万亿两半]", meant) == re.findall(
            "[0-9零一二三四五六七八九十百千万亿两半]", heard
        )
    assert syllables(fold_text(sample.hearing.meant(heard, equally))) == syllables(heard)
