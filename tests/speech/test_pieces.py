"""In which pieces published text is said: exact places, tables row by row."""

from itertools import pairwise

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reports import read_file
from assistant.resources import corpus_folder
from assistant.speech.pieces import ROWS_READ, first_clause_apart, pieces
from assistant.speech.spoken import spoken_form

ROW = "一、本年新收：自然人 12345，法人或其他组织（商业企业 2，科研机构 0，其他 /），总计 12347。"
LINES = [
    ROW,
    "（三）不予公开 1.属于国家秘密：自然人 0，法人或其他组织（商业企业 0，科研机构 0，其他 0），总计 0。",
    "行政强制：本年处理决定数量 —。",
    "2015年,我局公开信息2,600条;办结12件。“好！”",
    "说明：（空）。",
    "自然人 0，总计 0",
    "  \t",
    "，、。",
]
TEXTS = st.lists(st.sampled_from(LINES) | st.text(alphabet="0123 ，：。（）/—年条\n"), max_size=12).map("\n".join)


def said(text, longest=200):
    return [piece.spoken for piece in pieces(text, longest) if piece.spoken]


@settings(deadline=None)  # the machine may be busy
@given(TEXTS, st.integers(5, 80))
def test_pieces_follow_each_other_and_leave_no_character_out(text, longest):
    end = 0
    for piece in pieces(text, longest):
        assert not text[end : piece.start].strip()
        assert piece.start < piece.end
        assert piece.end - piece.start <= longest or "均为" in piece.spoken
        end = piece.end
    assert not text[end:].strip()


@pytest.mark.parametrize(
    ("row", "spoken"),
    [
        (
            ROW,
            "一、本年新收：自然人 一万二千三百四十五，法人或其他组织，商业企业 二，科研机构 零，其他 空，"
            "总计 一万二千三百四十七。",
        ),
        ("第（一）项 规章：本年制发件数 0，本年废止件数 0，现行有效件数 /。", "第一项 规章：所填各项均为零。"),
        ("行政征收：本年 /，上年 —，合计 /。", "行政征收：各项均为空。"),
        ("行政许可：本年处理决定数量 0。", "行政许可：本年处理决定数量 零。"),
        ("收费：本年收费金额（单位：万元） 1,286.40。", "收费：本年收费金额，单位：万元，一千二百八十六点四零。"),
        (
            "窗口：年份 2015，办理量 20150309，电话 3237000，增减 -2。",
            "窗口：年份 二零一五，办理量 两千零一十五万零三百零九，电话 三二三七零零零，增减 负二。",
        ),
    ],
)
def test_a_row_is_said_with_its_names_and_its_numbers_as_counts(row, spoken):
    assert said(row) == [spoken]


def test_prose_is_no_row():
    assert said("全年受理：12345热线 3件，办结 2件。") == ["全年受理：幺二三四五热线 三件，办结 两件。"]


def test_a_table_without_end_is_cut_short_and_what_follows_is_said():
    rows = [f"第{number}街道：受理 {number}，办结 {number}。" for number in range(1, ROWS_READ + 31)]
    spoken = said("\n".join([*rows, "以上是全部情况。"]))
    assert len(spoken) == ROWS_READ + 2
    assert spoken[-2:] == ["这张表还有三十行，请看页面。", "以上是全部情况。"]


def test_every_row_of_a_published_report_is_marked_where_it_stands():
    report = read_file(corpus_folder() / "reports" / "edu-2021.html", 10_000_000)
    made = list(pieces(report.text, 40))
    assert len(report.tables) == 3
    for cell in (cell for table in report.tables for cell in table.cells if cell.span and cell.text):
        start, end = cell.span
        [piece] = [piece for piece in made if piece.start <= start and end <= piece.end]
        assert piece.spoken
        assert "第一列" not in piece.spoken


def first_said(text):
    return [text[each.start : each.end] for each in first_clause_apart(text, next(pieces(text, 200)), jieba.lcut)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("受理申请，全年公开政府信息两千六百条，比上年增加三百条。", "受理申请，"),
        # A title has no mark: before its year, or as late as a listener may wait for it.
        ("安康市公安局2015年政府信息公开年度报告", "安康市公安局"),
        ("安康市公安局关于进一步加强道路交通安全管理工作的通知", "安康市公安局关于进一步"),
        # Never in a number, nor behind 的.
        ("共1234567条政府信息已经向社会公布。", "共1234567条政府信息已经向社会公布。"),
        ("安康市的全部政府信息公开工作年度报告", "安康市的全部政府信息"),
        # Nothing to gain.
        ("今年公开信息十条。", "今年公开信息十条。"),
        (ROW, ROW),
    ],
)
def test_what_a_slow_voice_says_first(text, first):
    assert first_said(text)[0] == first


@settings(deadline=None)
@given(TEXTS, st.integers(5, 80))
def test_a_first_clause_apart_changes_nothing_that_is_said(text, longest):
    first = next(pieces(text, longest), None)
    if first is None:
        return
    made = list(first_clause_apart(text, first, jieba.lcut))
    assert (made[0].start, made[-1].end) == (first.start, first.end)
    assert all(one.end == other.start for one, other in pairwise(made))
    sounds = ["".join(filter(str.isalnum, "".join(each.spoken for each in row))) for row in (made, [first])]
    assert sounds[0] == sounds[1]
    assert len(made) == 1 or [each.spoken for each in made] == [spoken_form(text[e.start : e.end]) for e in made]
