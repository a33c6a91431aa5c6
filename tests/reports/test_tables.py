"""Any table becomes rows with the full names of row and column, and every value stands where it says it does."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import Unreadable
from assistant.reports import Cell, Metadata, Report, compose, read_bytes
from assistant.reports.page import plain_page, table_lines
from assistant.reports.tables import RawCell, expand

_META = Metadata("某局工作报告")


def _rows(*rows: tuple[str | RawCell, ...]) -> list[list[RawCell]]:
    return [[cell if isinstance(cell, RawCell) else RawCell(cell) for cell in row] for row in rows]


def _wide(text: str, columns: int) -> RawCell:
    return RawCell(text, colspan=columns)


def _tall(text: str, rows: int) -> RawCell:
    return RawCell(text, rowspan=rows)


def _report(*rows: tuple[str | RawCell, ...], caption: str = "") -> Report:
    return compose(_META, table_lines(expand(_rows(*rows)), caption))


def _values(report: Report) -> dict[tuple[tuple[str, ...], tuple[str, ...]], str]:
    return {(cell.row_path, cell.column_path): cell.text for cell in _cells(report) if not cell.header}


def _cells(report: Report) -> list[Cell]:
    return [cell for table in report.tables for cell in table.cells]


def _check(report: Report) -> None:
    for table in report.tables:
        assert 0 <= table.start <= table.end <= len(report.text)
        assert [(cell.row, cell.column) for cell in table.cells] == sorted((c.row, c.column) for c in table.cells)
        for cell in table.cells:
            assert cell.row + cell.rowspan <= table.rows
            assert cell.column + cell.colspan <= table.columns
            if cell.header or not cell.text:
                assert cell.span is None
            else:
                assert cell.span is not None
                assert report.text[slice(*cell.span)] == cell.text
                assert table.start <= cell.span[0] < cell.span[1] <= table.end


_WORDS = "0 / — 12 1,286.40 3862.47万元 2015年 项目 信息内容 其他 第二十条第（一）项 ： （空） \u200b \ufffd".split()
_texts = st.sampled_from(["", "总 计", "法人或其他\n组织", "a\tb", "长" * 40, "12\n34", " 7 ", *_WORDS]) | st.text(
    max_size=6
)
_raw_cells = st.builds(
    RawCell, _texts, st.booleans(), st.sampled_from([1, 1, 1, 2, 3, 100_000]), st.sampled_from([1, 1, 1, 2, 3, 100_000])
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(_raw_cells, max_size=6), max_size=9), st.sampled_from(["", "表一", " \n"]))
def test_every_value_of_any_grid_stands_in_its_place(rows: list[list[RawCell]], caption: str) -> None:
    lines = table_lines(expand(rows), caption)
    said = sorted({cell.text for row in rows for cell in row if cell.text.strip().isdigit() and cell.text.isascii()})
    try:
        report = compose(_META, lines)
    except Unreadable:
        assert not lines
        return
    _check(report)
    assert len(report.tables) == bool(lines)
    # What lies beyond the last column is not looked at, and what is marked as a header may have nothing under it.
    if all(cell.colspan < 100 and not cell.header for row in rows for cell in row):
        for number in said:
            assert number.strip() in report.text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(_texts.map(RawCell), min_size=3, max_size=3), max_size=9))
def test_a_grid_without_any_markup_is_read_as_well(rows: list[list[RawCell]]) -> None:
    lines = table_lines(expand(rows))
    if lines:
        _check(compose(_META, lines))


def test_empty_zero_slash_and_dash_are_kept_apart() -> None:
    report = _report(("项目", "甲", "乙", "丙", "丁"), ("来信", "", "0", "/", "—"))
    empty, *others = [cell for cell in _cells(report) if not cell.header]
    assert (empty.text, empty.span) == ("", None)
    assert [cell.text for cell in others] == ["0", "/", "—"]
    assert report.text == "来信：乙 0，丙 /，丁 —。"


def test_headers_over_several_columns_and_rows() -> None:
    report = _report(
        (RawCell("项目", rowspan=3, colspan=2), _wide("申请人", 3)),
        (_wide("法人", 2), _tall("总计", 2)),
        ("企业", "其他"),
        (_tall("办理结果", 2), "公开", "1", "2", "3"),
        ("不予公开", "4", "5", "9"),
    )
    # 申请人 stands over all columns and tells none apart.
    assert _values(report) == {
        (("办理结果", "公开"), ("法人", "企业")): "1",
        (("办理结果", "公开"), ("法人", "其他")): "2",
        (("办理结果", "公开"), ("总计",)): "3",
        (("办理结果", "不予公开"), ("法人", "企业")): "4",
        (("办理结果", "不予公开"), ("法人", "其他")): "5",
        (("办理结果", "不予公开"), ("总计",)): "9",
    }
    head = report.tables[0].cells[0]
    assert (head.text, head.header, head.rowspan, head.colspan, head.row_path) == ("项目", True, 3, 2, ())


def test_names_that_are_spaced_or_wrapped_are_joined() -> None:
    report = _report(("项\n目", "总　　计", "社会公\n益组织"), ("来\n 信", "1 286", "2"))
    assert _values(report) == {(("来信",), ("总计",)): "1 286", (("来信",), ("社会公益组织",)): "2"}
    assert report.text == "来信：总计 1 286，社会公益组织 2。"


def test_bands_inside_a_table_name_the_rows_under_them() -> None:
    report = _report(
        (_wide("第一组", 3),),
        ("内容", "件数", "金额（万元）"),
        ("甲", "1", "2.5"),
        (_wide("第二组", 3),),
        ("内容", _wide("人次", 2)),
        ("乙", _wide("3", 2)),
    )
    assert _values(report) == {
        (("第一组", "甲"), ("件数",)): "1",
        (("第一组", "甲"), ("金额（万元）",)): "2.5",
        (("第二组", "乙"), ("人次",)): "3",
    }


def test_bands_at_the_side_with_a_header_each() -> None:
    report = _report(
        (_tall("第一组", 2), "内容", "件数", "金额"),
        ("甲", "1", "2"),
        (_tall("第二组", 3), "内容", _wide("人次", 2)),
        ("乙", _wide("", 2)),
        ("丙", _wide("3", 2)),
    )
    assert _values(report) == {
        (("第一组", "甲"), ("件数",)): "1",
        (("第一组", "甲"), ("金额",)): "2",
        (("第二组", "乙"), ("人次",)): "",
        (("第二组", "丙"), ("人次",)): "3",
    }


def test_one_text_over_the_whole_table_is_its_caption() -> None:
    report = _report((_wide("2015年信访情况", 3),), ("项目", "上半年", "下半年"), ("来信", "5", "6"))
    assert report.tables[0].caption == "2015年信访情况"
    assert report.text == "2015年信访情况\n来信：上半年 5，下半年 6。"
    assert _report(("项目", "上半年", "下半年"), ("来信", "5", "6"), caption="表 1").tables[0].caption == "表 1"


def test_blanks_of_a_text_layer_are_merged_cells() -> None:
    report = _report(
        ("项目", "", "自然人", "法人", "", "总计"),
        ("", "", "", "企业", "其他", ""),
        ("结果", "公开", "1", "2", "", "3"),
        ("", "不公开", "4", "", "6", "10"),
    )
    assert _values(report)[("结果", "不公开"), ("法人", "其他")] == "6"
    assert _values(report)[("结果", "公开"), ("法人", "其他")] == ""
    assert _values(report)[("结果", "不公开"), ("自然人",)] == "4"


def test_a_blank_before_a_name_belongs_to_the_name_above() -> None:
    report = _report(("类别", "项目", "数量"), ("信访", "来信", "5"), ("", "来访", "6"), ("合计", "", "11"))
    assert list(_values(report)) == [
        (("信访", "来信"), ("数量",)),
        (("信访", "来访"), ("数量",)),
        (("合计",), ("数量",)),
    ]


def test_running_numbers_and_years_name_rows() -> None:
    report = _report(("序号", "名称", "数量"), ("1", "来信", "6"), ("2", "来访", "8"))
    assert _values(report)[("2", "来访"), ("数量",)] == "8"
    report = _report(("年度", "来信", "来访"), ("2014年", "6", "7"), ("2015年", "8", "9"))
    assert _values(report)[("2015年",), ("来访",)] == "9"


def test_values_joined_over_other_columns_than_their_headers() -> None:
    report = _report(
        ("内容", "上年", _wide("增减", 2), "决定"),
        ("许可", _wide("1", 2), "-2", "3"),
        ("处罚", "4", "5", _wide("6", 2)),
    )
    assert _values(report) == {
        (("许可",), ("上年",)): "1",
        (("许可",), ("增减",)): "-2",
        (("许可",), ("决定",)): "3",
        (("处罚",), ("上年",)): "4",
        (("处罚",), ("增减",)): "5",
        (("处罚",), ("决定",)): "6",
    }


@pytest.mark.parametrize("rows", [2, 3, 4, 5, 9])
def test_a_row_span_of_the_wrong_length_is_mended(rows: int) -> None:
    report = _report(
        ("类别", "项目", "甲", "乙"),
        (_tall("信访", rows), "来信", "1", "2"),
        ("来访", "3", "4"),
        ("来电", "5", "6"),
        (_wide("合计", 2), "9", "12"),
        (_wide("上年", 2), "8", "11"),
    )
    values = _values(report)
    assert values[("信访", "来电"), ("甲",)] == "5"
    assert values[("合计",), ("乙",)] == "12"
    assert values[("上年",), ("甲",)] == "8"


def test_ragged_rows_are_read() -> None:
    report = _report(("项目", "甲", "乙"), ("来信", "1"), ("来访",), ("来电", "2", "3", "4"), ())
    _check(report)
    assert "来信：甲 1。" in report.text
    assert "4" in report.text


def test_a_table_knows_the_line_over_it() -> None:
    page = (
        "<html><p>全年公开信息12条，答复3条。</p><p>{}</p><table><tr><th>项目<th>甲<th>乙<tr><td>来信<td>1<td>2</table>"
    )
    assert read_bytes(page.format("二、信访情况").encode(), "a.html").tables[0].caption == "二、信访情况"
    assert read_bytes(page.format("信访情况见下，共两项。").encode(), "a.html").tables[0].caption == ""


def test_a_report_without_tables_has_none() -> None:
    assert compose(_META, "全年公开信息12条。").tables == ()


def test_what_was_recognised_from_a_picture_is_marked() -> None:
    table = [
        replace(line, recognised=True) for line in table_lines(expand(_rows(("项目", "甲", "乙"), ("来信", "5", "6"))))
    ]
    around = plain_page("一、概述\n全年公开信息12条。\n二、信访\n三、其他\n没有其他事项。").lines
    report = compose(_META, [*around[:3], *table, *around[3:]])
    assert [(passage.text, passage.recognised) for passage in report.passages] == [
        ("全年公开信息12条。", False),
        ("来信：甲 5，乙 6。", True),
        ("没有其他事项。", False),
    ]
    assert report.tables[0].recognised
