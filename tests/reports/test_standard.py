"""The standard tables are known in whatever markup and wording a site prints them, and their sums are checked."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed_forms import COLUMNS, DONE, NOTE, ROWS, balanced, blank_rows, expected, found, html, marked_rows, report_of

from assistant.reports import Imbalance, Report, read_bytes
from assistant.reports.books import number_in
from assistant.reports.tables import RawCell

_RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
_KEYS = ["upheld", "corrected", "other", "pending", "total"]
_GROUPS = ["reconsideration", "litigation.direct", "litigation.after_reconsideration"]


def _cells(*rows: str) -> list[list[RawCell]]:
    return [[RawCell(text.strip()) for text in row.split("|")] for row in rows]


def _renamed(change: Callable[[str], str]) -> list[list[RawCell]]:
    return [[replace(cell, text=change(cell.text)) for cell in row] for row in marked_rows(balanced())]


_OTHER_WORDS = {
    "一、本年新收政府信息公开申请数量": "一、本年新收",
    "二、上年结转政府信息公开申请数量": "二、上年度结转申请数量",
    "1.属于国家秘密": "1.国家秘密",
    "8.属于行政查询事项": "⑧行政查询事项",
    "（七）总计": "（七）合计",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开",
    "5.要求行政机关确认或重新出具已获取信息": "5.要求行政机关确认或者重新出具已获取的信息",
    "1.本机关不掌握相关政府信息": "1.本机关不掌握相关信息",
    "四、结转下年度继续办理": "四、结转下年度继续办理数量",
    "3.其他": "3.其它",
    "总计": "合计",
}
_DRIFT: dict[str, Callable[[str], str]] = {
    "as printed": lambda text: text,
    "half width": lambda text: unicodedata.normalize("NFKC", text),
    "full width": lambda text: text.replace(".", "．").replace("1", "１") if not text.isdigit() else text,
    "spaced": lambda text: text if text.isdigit() else "　".join(text),
    "wrapped": lambda text: text if text.isdigit() else "\n".join(re.findall(".{1,4}", text)),
    "without numbers": lambda text: re.sub(r"^(?:[一二三四]、|（[一二三四五六七]）|\d\.)(?=\D)", "", text),
    "with other numbers": lambda text: re.sub(r"^\d\.(?=\D)", "（1）", text),
    "in other words": lambda text: _OTHER_WORDS.get(text, text),
}


@pytest.mark.parametrize("change", _DRIFT.values(), ids=_DRIFT.keys())
def test_table_three_in_any_wording(change: Callable[[str], str]) -> None:
    report = report_of(_renamed(change))
    expected_texts = {name: change(text) for name, text in expected(balanced()).items()}
    assert found(report) == expected_texts
    assert [(table.kind, table.form) for table in report.tables] == [("requests", "2021")]
    assert report.imbalances == ()


def _total_first() -> list[list[RawCell]]:
    top, second, third, *rest = marked_rows(balanced())
    return [top, [second[2], *second[:2]], third, *([*row[:-7], row[-1], *row[-7:-1]] for row in rest)]


def _one_header() -> list[list[RawCell]]:
    header = [RawCell("", colspan=3), *(RawCell(path[-1]) for path, _ in COLUMNS)]
    return [header, *marked_rows(balanced())[3:]]


def _flat(name: Callable[[tuple[str, ...]], str]) -> list[list[RawCell]]:
    header = [RawCell("项目"), *(RawCell(path[-1]) for path, _ in COLUMNS)]
    rows = zip(ROWS, balanced(), strict=True)
    return [header, *([RawCell(name(path)), *map(RawCell, line)] for (path, _), line in rows)]


def _split_labels() -> list[list[RawCell]]:
    """The numbers of the rows, and half of their names, in cells of their own."""
    header = [RawCell("", colspan=6), *(RawCell(path[-1]) for path, _ in COLUMNS)]
    rows = []
    for (path, _), line in zip(ROWS, balanced(), strict=True):
        names = [part for name in path for part in re.split(r"(?<=[、）.])", name, maxsplit=1) if part]
        names[-1:] = [names[-1][:3], names[-1][3:]]
        names = names[-6:] + [""] * (6 - len(names))
        rows.append([*map(RawCell, names), *map(RawCell, line)])
    return [header, *rows]


def _long_span(text: str, by: int) -> list[list[RawCell]]:
    return [
        [replace(cell, rowspan=cell.rowspan + by) if cell.text == text else cell for cell in row]
        for row in marked_rows(balanced())
    ]


_MARKUP = {
    "a PDF's blanks": lambda: blank_rows(balanced()),
    "total first": _total_first,
    "one header row": _one_header,
    "whole names in one cell": lambda: _flat("".join),
    "last names only": lambda: _flat(lambda path: path[-1]),
    "names in pieces": _split_labels,
    "rows in another order": lambda: [_flat("".join)[0], *_flat("".join)[:0:-1]],
    "span too long": lambda: _long_span(DONE, 1),
    "span past the end": lambda: _long_span(DONE, 50),
    "span too short": lambda: _long_span(DONE, -2),
    "inner span too long": lambda: _long_span("（三）不予公开", 1),
    "inner span too short": lambda: _long_span("（五）不予处理", -2),
    "header span too long": lambda: _long_span(NOTE, 1),
}


@pytest.mark.parametrize("rows", _MARKUP.values(), ids=_MARKUP.keys())
def test_table_three_in_any_markup(rows: Callable[[], list[list[RawCell]]]) -> None:
    report = report_of(rows())
    assert found(report) == expected(balanced())
    assert report.imbalances == ()


_blank = st.sampled_from(["", "0", "/", "—", "1"])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(_blank, min_size=7, max_size=7), min_size=len(ROWS), max_size=len(ROWS)), st.booleans())
def test_whatever_is_left_blank_the_others_keep_their_places(values: list[list[str]], as_blanks: bool) -> None:
    report = report_of(blank_rows(values) if as_blanks else marked_rows(values))
    if any(map(any, values)) or not as_blanks:
        assert found(report) == expected(values)


def test_full_paths() -> None:
    cells = {cell.canonical: cell for cell in report_of(marked_rows(balanced())).tables[0].cells}
    cell = cells["requests.results.not_disclosed.state_secret.companies"]
    assert cell.row_path == (DONE, "（三）不予公开", "1.属于国家秘密")
    assert cell.column_path == ("法人或其他组织", "商业企业")


def test_the_form_of_2019_has_one_row_for_other_results() -> None:
    values = balanced()
    rows = [row for row in marked_rows(values) if not row[0].text.startswith(("2.申请人逾期", "3.其他"))]
    at = next(at for at, row in enumerate(rows) if row[0].text == "（六）其他处理")
    rows[at] = [RawCell("（六）其他处理", colspan=2), *rows[at][2:]]
    rows[5] = [replace(rows[5][0], rowspan=20), *rows[5][1:]]
    report = report_of(rows, 2020)
    assert [(table.kind, table.form) for table in report.tables] == [("requests", "2019")]
    assert found(report)["requests.results.other.natural_person"] == values[20][0]
    # The two rows that are gone are missing in the sums.
    assert {imbalance.rule for imbalance in report.imbalances} == {"各项办理结果之和＝办理结果总计"}


def _table_two_of_2021(article: str = "第二十条第（{}）项") -> list[list[RawCell]]:
    one, five, six, eight = (article.format(number) for number in "一五六八")
    return _cells(
        f"{one}|||",
        "信息内容|本年制发件数|本年废止件数|现行有效件数",
        "规章||/|7",
        "行政规范性文件|3|5|17",
        f"{five}|||",
        "信息内容|本年处理决定数量||",
        "行政许可|96||",
        f"{six}|||",
        "信息内容|本年处理决定数量||",
        "行政处罚|7||",
        "行政强制|0||",
        f"{eight}|||",
        "信息内容|本年收费金额（单位：万元）||",
        "行政事业性收费|1286.40||",
    )


@pytest.mark.parametrize("article", ["第二十条第（{}）项", "第二十条第({})项", "第二十条 第（{}）项"])
def test_table_two_of_2021(article: str) -> None:
    report = report_of(_table_two_of_2021(article))
    assert [(table.kind, table.form) for table in report.tables] == [("disclosure", "2021")]
    assert found(report) == {
        "disclosure.20-1.rules.made": "",
        "disclosure.20-1.rules.repealed": "/",
        "disclosure.20-1.rules.in_force": "7",
        "disclosure.20-1.normative_documents.made": "3",
        "disclosure.20-1.normative_documents.repealed": "5",
        "disclosure.20-1.normative_documents.in_force": "17",
        "disclosure.20-5.licences.decisions": "96",
        "disclosure.20-6.penalties.decisions": "7",
        "disclosure.20-6.coercion.decisions": "0",
        "disclosure.20-8.fees.amount": "1286.40",
    }
    fees = next(cell for cell in report.tables[0].cells if cell.canonical == "disclosure.20-8.fees.amount")
    assert fees.column_path == ("本年收费金额（单位：万元）",)  # the unit is in it


def test_table_two_of_2019() -> None:
    report = report_of(
        _cells(
            "第二十条第（一）项|||",
            "信息内容|本年新制作数量|本年新公开数量|对外公开总数量",
            "规章|2|3|7",
            "规范性文件|68|69|742",
            "第二十条第（五）项|||",
            "信息内容|上一年项目数量|本年增/减|处理决定数量",
            "行政许可|1284|-96|386420",
            "其他对外管理服务事项|3462|+118|1204587",
            "第二十条第（九）项|||",
            "信息内容|采购项目数量|采购总金额|",
            "政府集中采购|3217|186413.70万元|",
        )
    )
    assert [(table.kind, table.form) for table in report.tables] == [("disclosure", "2019")]
    assert found(report) == {
        "disclosure.20-1.rules.made": "2",
        "disclosure.20-1.rules.published": "3",
        "disclosure.20-1.rules.published_in_all": "7",
        "disclosure.20-1.normative_documents.made": "68",
        "disclosure.20-1.normative_documents.published": "69",
        "disclosure.20-1.normative_documents.published_in_all": "742",
        "disclosure.20-5.licences.items_last_year": "1284",
        "disclosure.20-5.licences.items_change": "-96",
        "disclosure.20-5.licences.decisions": "386420",
        "disclosure.20-5.other_services.items_last_year": "3462",
        "disclosure.20-5.other_services.items_change": "+118",
        "disclosure.20-5.other_services.decisions": "1204587",
        "disclosure.20-9.procurement.purchases": "3217",
        "disclosure.20-9.procurement.amount": "186413.70万元",
    }


_DISPUTES = [["1", "2", "", "0", "3"], ["4", "/", "0", "5", "9"], ["6", "7", "8", "9", "30"]]
_DISPUTE_TABLES = {
    "wide": _cells(
        "行政复议|||||行政诉讼|||||||||",
        "|".join([*_RESULTS, "未经复议直接起诉", "", "", "", "", "复议后起诉", "", "", "", ""]),
        "|".join(["", "", "", "", "", *_RESULTS, *_RESULTS]),
        "|".join(text for line in _DISPUTES for text in line),
    ),
    "a row for each": _cells(
        "|".join(["类别", *_RESULTS]),
        *(
            "|".join([name, *line])
            for name, line in zip(["行政复议", "未经复议直接起诉", "复议后起诉"], _DISPUTES, strict=True)
        ),
    ),
}


@pytest.mark.parametrize("rows", _DISPUTE_TABLES.values(), ids=_DISPUTE_TABLES.keys())
def test_table_four(rows: list[list[RawCell]]) -> None:
    report = report_of(rows, 2023)
    assert [(table.kind, table.form) for table in report.tables] == [("disputes", "2021")]
    assert found(report) == {
        f"disputes.{group}.{key}": text
        for group, line in zip(_GROUPS, _DISPUTES, strict=True)
        for key, text in zip(_KEYS, line, strict=True)
    }
    assert [(i.rule, i.left, i.right) for i in report.imbalances] == []


@pytest.mark.parametrize(
    "rows",
    [
        _cells("项目|上半年|总计", "来信|5|6", "重复申请|7|8", "其他|1|2"),
        _cells("部门|行政许可|行政处罚", "市局|5|6", "县局|7|8", "分局|7|8"),
        _cells("结果|数量", "维持|5", "纠正|6", "总计|11"),
    ],
)
def test_other_tables_are_none_of_the_three(rows: list[list[RawCell]]) -> None:
    report = report_of(rows)
    assert [(table.kind, table.form) for table in report.tables] == [("", "")]
    assert found(report) == {}


def test_what_is_not_plain_gets_no_name() -> None:
    strange = {"1.属于国家秘密": "1.涉及其他事项", "（一）予以公开": "（一）公开"}
    report = report_of(_renamed(lambda text: strange.get(text, text)))
    gone = {name for name in expected(balanced()) if "state_secret" in name or ".results.disclosed" in name}
    assert set(found(report)) == set(expected(balanced())) - gone
    # A sum that the unknown rows may belong to is not called wrong.
    assert report.imbalances == ()


def _imbalances(change: dict[tuple[int, int], str]) -> tuple[Report, tuple[Imbalance, ...]]:
    values = balanced()
    for (row, column), text in change.items():
        values[row][column] = text
    report = report_of(marked_rows(values))
    return report, report.imbalances


def test_each_imbalance_is_recorded_with_its_cells() -> None:
    report, [flow, applicants] = _imbalances({(0, 0): "99"})
    done, on = int(balanced()[-2][0]), int(balanced()[-1][0])
    assert flow == Imbalance(
        table=0,
        rule="本年新收＋上年结转＝办理结果总计＋结转下年度",
        column=("自然人",),
        left=Decimal(99 + 11),
        right=Decimal(done + on),
        cells=((3, 3), (4, 3), (26, 3), (27, 3)),
    )
    assert applicants.rule == "自然人＋法人或其他组织各类之和＝总计"
    assert applicants.column == ("一、本年新收政府信息公开申请数量",)
    texts = {(cell.row, cell.column): cell.text for cell in report.tables[0].cells}
    assert texts[flow.cells[0]] == "99"

    report, found_now = _imbalances({(5, 1): "0", (5, 6): str(int(balanced()[5][6]) - int(balanced()[5][1]))})
    assert [(i.rule, i.column) for i in found_now] == [
        ("各项办理结果之和＝办理结果总计", ("法人或其他组织", "商业企业")),
        ("各项办理结果之和＝办理结果总计", ("总计",)),
    ]


@pytest.mark.parametrize("text", ["见附件", "3件", "？"])
def test_a_sum_with_words_in_it_is_not_checked(text: str) -> None:
    assert _imbalances({(0, 0): text})[1] == ()


def test_totals_and_parts_that_are_left_empty_are_not_wrong() -> None:
    only_totals = {(row, column): "" for row in range(2, len(ROWS) - 2) for column in range(7)}
    assert _imbalances(only_totals)[1] == ()
    assert _imbalances({(row, 6): "" for row in range(2, len(ROWS) - 2)})[1] == ()
    # 0 and / say something.
    assert len(_imbalances({(3, column): "/" for column in range(6)})[1]) == 7


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 0), ("/", 0), ("—", 0), ("－", 0), ("０", 0), ("1,286", 1286), ("1 286", 1286), ("12.5", "12.5"), ("-3", -3)],
)
def test_numbers_in_cells(text: str, number: int | str) -> None:
    assert number_in(text) == Decimal(number)


@pytest.mark.parametrize("text", ["无", "3件", "1.2.3", "见附件", "12,5", "٣x"])
def test_words_in_cells(text: str) -> None:
    assert number_in(text) is None


def _page(*parts: str) -> bytes:
    body = "".join(parts)
    return (
        "<html><body><h1>临江市水务局2021年政府信息公开工作年度报告</h1><div><p>根据条例的规定，编制本报告。</p>"
        f"<p>三、收到和处理政府信息公开申请情况</p>{body}<p>四、其他事项</p><p>没有其他需要报告的事项，特此报告。</p>"
        "</div></body></html>"
    ).encode()


def test_a_table_over_two_elements_is_one() -> None:
    rows = marked_rows(balanced())
    first, second = rows[:18], rows[18:]
    first[5] = [replace(first[5][0], rowspan=13), *first[5][1:]]
    named = [[RawCell(DONE, rowspan=9), *second[0]], *second[1:]]
    blank = [[RawCell(""), *row] for row in second[:-1]] + second[-1:]
    for parts in (
        [html(first), html(named)],
        [html(first), "<p>&nbsp;</p>", html(rows[:3] + named)],
        [f"<div>{html(first)}</div>", f"<div><br>{html(blank)}</div>"],
    ):
        report = read_bytes(_page(*parts), "a.html")
        assert len(report.tables) == 1
        assert found(report) == expected(balanced())
        assert report.text.count(NOTE) == 1
    report = read_bytes(_page(html(first), "<p>以下是另一张表，情况不同。</p>", html(rows)), "a.html")
    assert len(report.tables) == 2
