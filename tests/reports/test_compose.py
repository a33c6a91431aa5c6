"""compose(): outline, passages and identity of plain paragraphs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import Unreadable
from assistant.language import fold_text, sentences
from assistant.reports import Metadata, Report, compose
from assistant.reports.passages import LONGEST_SENTENCE, MOST

_META = Metadata("某局2015年政府信息公开工作年度报告", publisher="某局")

_pieces = st.lists(
    st.sampled_from(
        [
            "一、概述",
            "（一）",
            "(二)主要做法。",
            "1.完善制度。我局全年公开信息2600条。",
            "（1）培训",
            "一是抓制度。",
            "\n",
            "\r\n",
            "　　",
            "全年受理申请12件；",
            "没有收费",
            "，" * 40,
            "字" * 300,
            "。",
            "！”",
            "\u200b",
            "\x00",
            "\ufffd",
            "\U000f0000",
            "\U000e0041。",
            "\u0378\n",
            " ",
        ]
    )
    | st.text(max_size=20),
    max_size=40,
).map("".join)


def _check(report: Report) -> None:
    text = report.text
    assert report.passages
    for passage in report.passages:
        section = report.sections[passage.section]
        assert text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert fold_text(passage.text)
        assert section.start <= passage.start < passage.end <= section.end
        if passage.end - passage.start > MOST:
            assert len(sentences(passage.text)) == 1
            assert passage.end - passage.start <= LONGEST_SENTENCE
    for section in report.sections:
        assert text[section.start :].startswith(section.heading)
        assert bool(section.heading) == bool(section.level) == bool(section.path)
    in_order = [place for passage in report.passages for place in (passage.start, passage.end)]
    assert in_order == sorted(in_order)
    anchors = [part.anchor for part in (*report.passages, *report.sections)]
    assert len(anchors) == len(set(anchors))
    # Every visible character stands in a passage or in a heading, and never in both unless the heading is the passage.
    covered = bytearray(len(text))
    for passage in report.passages:
        covered[passage.start : passage.end] = b"\x01" * (passage.end - passage.start)
    for section in report.sections:
        heading_end = section.start + len(section.heading)
        overlap = sum(covered[section.start : heading_end])
        assert overlap in (0, len(section.heading))
        assert overlap == 0 or section.end == heading_end
        covered[section.start : heading_end] = b"\x01" * len(section.heading)
    assert not [char for char, seen in zip(text, covered, strict=True) if not seen and not char.isspace()]


@given(_pieces)
def test_offsets_hold_for_any_text(text: str) -> None:
    try:
        report = compose(_META, text)
    except Unreadable:
        return
    _check(report)
    again = compose(_META, report.text)
    assert again == report


def _outline(text: str) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in compose(_META, text).sections]


def test_four_levels() -> None:
    report = compose(
        _META,
        "前言。\n一、概述\n（一）主要做法\n1．完善制度\n（1）印发办法\n正文一。\n（2）开展培训\n正文二。\n2、加强考核\n正文三。\n二、问题\n正文四。",
    )
    assert [section.level for section in report.sections] == [0, 1, 2, 3, 4, 4, 3, 1]
    assert report.sections[5].path == ("一、概述", "（一）主要做法", "1．完善制度", "（2）开展培训")
    assert report.text[report.sections[2].start : report.sections[2].end].endswith("正文三。")
    assert [report.sections[passage.section].heading for passage in report.passages] == [
        "",
        "（1）印发办法",
        "（2）开展培训",
        "2、加强考核",
        "二、问题",
    ]


def test_heading_with_its_text_on_one_line() -> None:
    report = compose(_META, "一、做法\n1.完善制度。我局印发办法3件，全年培训2次。\n2.政务微博“公安”。发布信息100条。")
    assert [section.heading for section in report.sections] == ["一、做法", "1.完善制度。", "2.政务微博“公安”。"]
    assert [passage.text for passage in report.passages] == ["我局印发办法3件，全年培训2次。", "发布信息100条。"]


@pytest.mark.parametrize(
    "line",
    [
        "一是抓制度落实。二是抓培训。",
        "1.5万余人参加活动，发放资料3000份。",
        "2015.12 发布信息",
        "（三）不予公开3件。",
        "1.召开新闻发布会4次，发布7类44项便民利民措施。",
        "一、本年新收政府信息公开申请数量：自然人 12，总计 15。",
        "2.属于其他情形的，依照有关规定办理，并书面告知申请人不予公开的理由和依据，同时说明救济渠道和期限以及方式。",
    ],
)
def test_no_headings(line: str) -> None:
    assert _outline(f"前言。\n{line}") == [(0, "")]


def test_list_items_are_no_headings() -> None:
    assert _outline("存在问题：\n（一）意识不强；\n（二）培训不够；\n（三）指导不足。\n二、措施\n正文。") == [
        (0, ""),
        (1, "二、措施"),
    ]


def test_without_headings_one_section() -> None:
    report = compose(_META, "2015年，市局发布信息2600条。\n答复519条。")
    assert [(section.level, section.path, section.start, section.end) for section in report.sections] == [
        (0, (), 0, len(report.text))
    ]
    assert [passage.text for passage in report.passages] == [report.text]


def test_passages_are_whole_sentences_of_good_length() -> None:
    sentence = "全年通过门户网站主动公开政府信息二千六百条，其中动态类信息一千条。"
    report = compose(_META, "一、概述\n" + sentence * 30)
    lengths = [passage.end - passage.start for passage in report.passages]
    assert min(lengths) >= 120
    assert max(lengths) <= 250
    assert all(len(passage.text) % len(sentence) == 0 for passage in report.passages)


def test_endless_sentence_is_cut_at_punctuation() -> None:
    report = compose(_META, "发布信息若干条，" * 200)
    assert all(passage.text.endswith("，") for passage in report.passages)
    assert "".join(passage.text for passage in report.passages) == report.text


@pytest.mark.parametrize("text", ["0 " + "字" * 500, "字" * MOST + " " + "字" * 400, "字，" * 100 + " " + "字" * 400])
def test_an_endless_sentence_cut_at_a_space_loses_it(text: str) -> None:
    report = compose(_META, text)
    _check(report)
    assert "".join(passage.text for passage in report.passages).replace(" ", "") == text.replace(" ", "")


def test_identity_and_hash() -> None:
    meta = Metadata(
        "报告甲", publisher="某局", index_number="123-GK-1", published=date(2016, 1, 2), url="https://a.example/1"
    )
    report = compose(meta, "正文。")
    assert report.identity == "123-GK-1"
    assert compose(meta, "正文。") == report
    changed = compose(meta, "正文改了。")
    assert (changed.id, changed.content_hash != report.content_hash) == (report.id, True)
    assert compose(Metadata("报告甲", url="https://a.example/1"), "正文。").identity == "https://a.example/1"
    assert compose(Metadata("报告甲", publisher="某局"), "正文。").identity == "某局 报告甲"


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [("", "正文。", "no_title"), ("报告", " \n\u3000", "no_text"), ("报告", "字" * 2_000_001, "too_large")],
)
def test_refusals(title: str, text: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        compose(Metadata(title), text)
    assert refusal.value.code == code


@pytest.mark.parametrize("char", ["\ue000", "\U000f0000", "\U0010fffd", "\u0378", "\ud800", "\u061c", "\U000e0041"])
def test_what_nobody_can_see_is_no_text(char: str) -> None:
    report = compose(_META, f"{char}全年公开{char}信息12条。\n{char}{char}\n答复3条。{char}")
    assert report.text == "全年公开信息12条。\n答复3条。"
    with pytest.raises(Unreadable) as refusal:
        compose(_META, char * 3)
    assert refusal.value.code == "no_text"
