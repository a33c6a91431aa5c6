"""What sounds alike and what looks alike."""

import pytest

from assistant.language import syllables, word_syllables
from assistant.language.shapes import look_alike, look_alikes
from assistant.language.sounds import near_syllable, split_letters


@pytest.mark.parametrize(
    ("one", "other"),
    [("zhi", "zi"), ("chu", "cu"), ("shen", "sen"), ("lan", "nan"), ("ban", "bang"), ("xin", "xing"), ("fu", "hu")],
)
def test_syllables_that_many_confuse_are_near(one: str, other: str) -> None:
    assert near_syllable(one) == near_syllable(other)


@pytest.mark.parametrize(("one", "other"), [("ba", "pa"), ("gong", "gen"), ("shen", "shan"), ("ju", "zu")])
def test_other_syllables_are_not(one: str, other: str) -> None:
    assert near_syllable(one) != near_syllable(other)


def test_letters_are_read_in_every_way() -> None:
    known = {"xi", "an", "xian", "shi"}
    assert set(split_letters("xianshi", known, 2)) == {("xi",), ("xi", "an"), ("xian",), ("xian", "shi")}
    assert list(split_letters("wifi", known, 3)) == []


def test_words_are_read_as_words_and_characters_alone() -> None:
    assert word_syllables(["银行", "行政", "𠮷野"]) == [("yin", "hang"), ("xing", "zheng"), ("𠮷", "ye")]
    assert syllables("行") == ["xing"]


@pytest.mark.parametrize("pair", ["请情", "未末", "已己", "侯候", "拆折", "申甲", "费弗", "土士", "部陪", "育肓"])
def test_look_alikes(pair: str) -> None:
    assert look_alike(*pair)
    assert look_alike(pair[1], pair[0])
    assert pair[1] in look_alikes(pair[0])
    assert pair[0] in look_alikes(pair[1])


@pytest.mark.parametrize("pair", ["按拔", "财邮", "总支", "起依", "公公", "退花", "a公"])
def test_what_shares_a_common_part_or_nothing_is_not_alike(pair: str) -> None:
    assert not look_alike(*pair)
    assert pair[1] not in look_alikes(pair[0])
