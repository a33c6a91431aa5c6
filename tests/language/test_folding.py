"""Folding makes one spelling of what a reader takes for the same text, and always knows the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import fold, fold_text

CHINESE = st.text(
    alphabet=st.one_of(
        st.sampled_from("市公安局政府信息公开2600条,。;:“”()【】 　\n\t\u200b\ufeffＡａ１２％乾隆歐洲學術①㎡…"),
        st.characters(),
    ),
    max_size=80,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("２６００条", "2600条"),
        ("依申請公開政府信息", "依申请公开政府信息"),
        ("索 引 号", "索引号"),
        ("信息\u200b公开\x00", "信息公开"),
        ("ＡＢＣ Def", "abc def"),
        ("发布　信息", "发布信息"),
        ("概述\n一、二", "概述 一、二"),
        ("（一）", "(一)"),
        ("34％", "34%"),
        ("  \n ", ""),
        ("\U000323af局", "\U000323af局"),
    ],
)
def test_one_spelling(written: str, folded: str) -> None:
    assert fold_text(written) == folded


@given(CHINESE)
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)
    for position, char in enumerate(folded.text):
        start, end = folded.span(position, position + 1)
        assert end == start + 1 <= len(text)
        if char != " ":
            assert char in fold_text(text[start:end]) or fold_text(text[start:end]) != ""


@given(CHINESE)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold_text(text)
    assert fold_text(once) == once


def test_a_span_covers_the_original_characters() -> None:
    text = "依 申請 公開　２６００ 条"
    folded = fold(text)
    start = folded.text.index("2600")
    assert text[slice(*folded.span(start, start + 4))] == "２６００"
