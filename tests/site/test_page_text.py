"""The blocks of a report page hold the report's own characters, each once, whatever the report is like."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reports.model import Passage, Section
from assistant.site.page_text import blocks, outline
from assistant.site.page_words import pieces, title_parts

TEXT = "前言一句。\n一、概述\n第一句。第二句。\n（一）公开 情况良好。共2600条。\n\n末段。"


def section(heading, level, number, text=TEXT):
    start = text.index(heading) if heading else 0
    return Section(heading, level, (heading,), start, len(text), f"s{number}")


def passage(words, number, text=TEXT):
    start = text.index(words)
    return Passage(words, start, start + len(words), 0, f"p{number}")


SECTIONS = [section("", 0, 0), section("一、概述", 1, 1), section("（一）公开", 2, 2)]
PASSAGES = [passage("前言一句。", 0), passage("第一句。第二句。\n（一）公开 情况良好。", 1), passage("末段。", 2)]


def shown(block):
    return "".join(piece.text for run in block.runs for piece in run.pieces)


def marked(made):
    return [piece.text for block in made for run in block.runs for piece in run.pieces if piece.marked]


def test_lines_become_headings_and_paragraphs():
    made = list(blocks(TEXT, SECTIONS, PASSAGES, None))
    assert [(block.tag, block.anchor, shown(block)) for block in made] == [
        ("p", "", "前言一句。"),
        ("h2", "s1", "一、概述"),
        ("p", "", "第一句。第二句。"),
        ("p", "", "（一）公开 情况良好。共2600条。"),
        ("p", "", "末段。"),
    ]


def test_a_heading_that_opens_a_paragraph_keeps_its_anchor():
    runs = list(blocks(TEXT, SECTIONS, PASSAGES, None))[3].runs
    assert [(run.heading_anchor, run.heading, run.passage) for run in runs] == [
        ("s2", True, True),
        ("", False, True),
        ("", False, False),
    ]


def test_a_passage_over_two_paragraphs_has_one_anchor_and_a_run_in_each():
    runs = [run for block in blocks(TEXT, SECTIONS, PASSAGES, None) for run in block.runs if run.passage]
    assert [run.anchor for run in runs] == ["p0", "p1", "", "", "p2"]
    assert "".join(TEXT[run.start : run.end] for run in runs[1:4]) == "第一句。第二句。（一）公开 情况良好。"


def test_exactly_the_span_is_marked_over_lines_and_runs():
    start, end = TEXT.index("第二句"), TEXT.index("2600条") + 4
    assert "".join(marked(blocks(TEXT, SECTIONS, PASSAGES, (start, end)))) == TEXT[start:end].replace("\n", "")
    assert marked(blocks(TEXT, SECTIONS, PASSAGES, None)) == []


def test_deep_levels_share_the_smallest_heading():
    text = "1.甲\n（1）乙\n①丙"
    sections = [section("1.甲", 3, 0, text), section("（1）乙", 4, 1, text), section("①丙", 5, 2, text)]
    assert [block.tag for block in blocks(text, sections, [], None)] == ["h4", "h5", "h5"]


@st.composite
def reports(draw):
    text = draw(st.text(alphabet="一二三。\n <&😀\r\u2028", max_size=60))
    edges = draw(st.lists(st.integers(0, len(text)), max_size=10).map(sorted))
    spans = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]
    made = [Passage(text[a:b], a, b, 0, f"p{number}") for number, (a, b) in enumerate(spans)]
    starts = sorted(draw(st.sets(st.integers(0, max(0, len(text) - 1)), max_size=4))) if text else []
    sections = [Section(text[at : at + 2], 1, (), at, len(text), f"s{number}") for number, at in enumerate(starts)]
    mark = draw(st.none() | st.tuples(st.integers(0, 70), st.integers(0, 70)))
    return text, sections, made, mark


@given(reports())
def test_every_character_is_shown_once_at_its_place(report):
    text, sections, passages, mark = report
    made = list(blocks(text, sections, passages, mark))
    assert "\n".join(map(shown, made)) == "\n".join(line for line in text.split("\n") if line.strip())
    for block in made:
        for run in block.runs:
            assert "".join(piece.text for piece in run.pieces) == text[run.start : run.end]
    anchors = [run.anchor for block in made for run in block.runs if run.anchor]
    assert len(anchors) == len(set(anchors))
    inside = {at for item in passages for at in range(item.start, item.end)}
    for block in made:
        for run in block.runs:
            assert {at in inside for at in range(run.start, run.end)} == {run.passage}


@given(st.text(max_size=20), st.lists(st.tuples(st.integers(-3, 25), st.integers(-3, 25)), max_size=4))
def test_pieces_together_are_the_text(text, marks):
    assert "".join(piece.text for piece in pieces(text, marks, (2, 9))) == text


def test_the_outline_drops_deep_levels_before_it_gets_too_long():
    many = [Section(f"{n}", 1 if n % 10 == 0 else 2, (), n, n + 1, f"s{n}") for n in range(200)]
    assert [item.level for item in outline(many)] == [1] * 20
    assert len(outline([Section(f"{n}", 1, (), n, n + 1, f"s{n}") for n in range(500)])) == 60
    assert outline(SECTIONS) == SECTIONS[1:]


def test_paragraphs_that_were_recognised_say_so():
    recognised = [replace(PASSAGES[0], recognised=True), *PASSAGES[1:]]
    assert [block.recognised for block in blocks(TEXT, SECTIONS, recognised, None)] == [True] + [False] * 4


@pytest.mark.parametrize(
    ("title", "publisher", "parts"),
    [
        (
            "临江市水务局2015年政府信息公开工作年度报告（演示）",
            "临江市水务局",
            "临江市水务局|2015年|政府信息公开|工作|年度报告|（演示）",
        ),
        ("临江市水务局2021年度政府信息公开工作情况的报告", "", "临江市水务局2021年度|政府信息公开|工作|情况|的报告"),
        ("", "临江市水务局", ""),
    ],
)
def test_a_title_may_break_between_its_parts(title: str, publisher: str, parts: str) -> None:
    assert "|".join(title_parts(title, publisher)) == parts
    assert "".join(title_parts(title, publisher)) == title
