"""Sentences: exact spans that together hold all that is visible."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.language import sentences

TEXT = st.text(alphabet=st.sampled_from("市公安局发布2600条,，。！？!?；;…”’）)\n\r \u3000一是"), max_size=120)


def test_sentences_end_after_their_closing_quotes() -> None:
    text = "坚持“涉密信息不上网。”一是公开；二是答复！\n第三行"
    assert [text[start:end] for start, end in sentences(text)] == [
        "坚持“涉密信息不上网。”",
        "一是公开；",
        "二是答复！",
        "第三行",
    ]


def test_a_web_address_is_kept_whole_with_what_it_asks_for() -> None:
    text = "请登录http://a.example/list?page=2;all=1。电话?110"
    assert [text[start:end] for start, end in sentences(text)] == [
        "请登录http://a.example/list?page=2;all=1。",
        "电话?",
        "110",
    ]


def test_a_comma_or_a_point_in_a_number_ends_no_sentence() -> None:
    text = "发布信息1,266条,占34.5%"
    assert sentences(text) == [(0, len(text))]


@given(TEXT)
def test_spans_are_ordered_and_hold_every_visible_character(text: str) -> None:
    spans = sentences(text)
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert not text[last:start].strip()
        last = end
    assert not text[last:].strip()
