"""Comparisons over years and bodies: what is compared, that it is the same thing, and that the sums are right."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.changes import change, percent_change, written
from assistant.answers.charts import bar_chart
from assistant.answers.comparing_words import without_comparing
from assistant.answers.comparison_check import read_number
from assistant.answers.comparison_text import comparison_text
from assistant.answers.model import Answer, Change, ComparedRow, Comparison, Evidence, MissingRow, Source, Value
from assistant.answers.verifying import unfounded, verified
from assistant.services import Services

POLICE, SCHOOLS, CITY = "青澜市公安局", "青澜市教育局", "青澜市人民政府"


def compared(services: Services, question: str) -> tuple[Answer, Comparison]:
    answer = services.answerer.ask(question)
    assert answer.kind == "comparison", answer.text
    assert answer.comparison is not None
    return answer, answer.comparison


def cells(comparison: Comparison) -> list[tuple[str, int, Decimal]]:
    return [(row.publisher, row.year, row.value.number) for row in comparison.rows]


@pytest.mark.parametrize(
    ("question", "body", "numbers"),
    [
        ("市政府2020年、2021年、2022年收到的申请分别是多少件", CITY, {2020: 589, 2021: 647, 2022: 612}),
        ("从2020年到2022年教育局收到的申请怎么变化", SCHOOLS, {2020: 33, 2021: 46, 2022: 39}),
        ("教育局最近两年收到的公开申请对比", SCHOOLS, {2021: 46, 2022: 39}),
        ("2020年以来市公安局收到的申请趋势", POLICE, {2020: 29, 2021: 37, 2022: 34}),
        ("2022年公安局的发布会比上年多了几场", POLICE, {2021: 6, 2022: 8}),
        ("公安局的粉丝2022年比2021年涨了多少", POLICE, {2021: 389_000, 2022: 413_000}),
        ("20年到22年公安局收到的申请各有多少", POLICE, {2020: 29, 2021: 37, 2022: 34}),
    ],
)
def test_years_are_compared(sample: Services, question: str, body: str, numbers: dict[int, int]) -> None:
    _, comparison = compared(sample, question)
    assert cells(comparison) == [(body, year, number) for year, number in numbers.items()]
    assert comparison.missing == ()


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("2022年哪个局收到的申请多", {POLICE: 34, SCHOOLS: 39}),
        ("2022年各单位收到的申请多少件", {CITY: 612, POLICE: 34, SCHOOLS: 39}),
        ("2022年三家收到的申请各有多少", {CITY: 612, POLICE: 34, SCHOOLS: 39}),
        ("教育局2022年收到的申请比公安局多多少", {POLICE: 34, SCHOOLS: 39}),
        ("公安局和教育局谁收到的申请多", {POLICE: 34, SCHOOLS: 39}),
    ],
)
def test_bodies_are_compared(sample: Services, question: str, numbers: dict[str, int]) -> None:
    _, comparison = compared(sample, question)
    assert {body: number for body, _, number in cells(comparison)} == numbers
    assert {row.year for row in comparison.rows} == {2022}


def test_bodies_and_years_make_one_table(sample: Services) -> None:
    _, comparison = compared(sample, "公安局和教育局2021年、2022年收到的申请各多少")
    assert cells(comparison) == [(POLICE, 2021, 37), (POLICE, 2022, 34), (SCHOOLS, 2021, 46), (SCHOOLS, 2022, 39)]
    # The other body's number is no earlier one.
    assert [row.change is None for row in comparison.rows] == [True, False, True, False]


def test_each_number_is_marked_in_a_place_of_its_own_and_the_answering_one_comes_first(sample: Services) -> None:
    answer, comparison = compared(sample, "市公安局哪一年开的新闻发布会最多？")
    assert len(answer.evidence) == len(comparison.rows) > 3
    for row in comparison.rows:
        place = answer.evidence[row.evidence]
        assert (place.report.publisher, place.report.year) == (row.publisher, row.year)
        assert place.passage[slice(*place.highlights[0])] == row.printed
    most = max(comparison.rows, key=lambda row: row.value.number)
    assert most.evidence == 0
    assert answer.value == most.value
    assert f"{most.year}年最多" in answer.text


def test_differences_are_said_to_be_worked_out_and_of_what(sample: Services) -> None:
    answer, _ = compared(sample, "公安局2022年的行政处罚比2021年少了多少件")
    assert "少1714，下降8.3%（计算得出：20618－18904）" in answer.text
    answer, _ = compared(sample, "公安局的粉丝2022年比2021年涨了多少")
    assert "多2.4万人" in answer.text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("从2019年起，市政府收到的申请是不是一年比一年多", "不是一年比一年多"),
        ("2019年到2021年市政府收到的申请是逐年增加吗", "是一年比一年多"),
        ("教育局2021年收到的申请比2020年多吗", "增加了"),
        ("教育局2022年收到的申请比2021年多吗", "没有增加，减少了"),
    ],
)
def test_yes_or_no_is_said_first(sample: Services, question: str, begins: str) -> None:
    answer, _ = compared(sample, question)
    assert answer.text.startswith(begins)


def test_a_sum_that_is_asked_for_is_given_with_its_parts(sample: Services) -> None:
    answer, comparison = compared(sample, "2020年到2022年公安局一共收到多少件申请")
    assert comparison.total == 29 + 37 + 34
    assert "合计100（计算得出：29＋37＋34）" in answer.text
    lacking, comparison = compared(sample, "2021年到2023年公安局一共收到多少件申请")
    assert (comparison.total, comparison.missing[0].year) == (None, 2023)
    assert "合计" not in lacking.text


def test_numbers_keep_the_unit_that_their_table_gives(sample: Services) -> None:
    answer, comparison = compared(sample, "教育局2021年和2022年的行政事业性收费金额")
    assert [(row.printed, row.value.number) for row in comparison.rows] == [
        ("1286.40万元", Decimal(12_864_000)),
        ("1352.75万元", Decimal(13_527_500)),
    ]
    assert "多66.35万元" in answer.text


def test_a_single_number_keeps_its_tables_unit_too(sample: Services) -> None:
    answer = sample.answerer.ask("教育局2022年行政事业性收费多少钱")
    assert answer.value is not None
    assert (answer.value.number, "1352.75万元" in answer.text) == (Decimal(13_527_500), True)


@pytest.mark.parametrize("years", ["、".join(f"{year}年" for year in range(1981, 2020)), "1900年到2099年"])
def test_a_table_that_nobody_reads_is_not_made(sample: Services, years: str) -> None:
    answer = sample.answerer.ask(f"公安局、教育局和市政府{years}收到的申请各多少件")
    assert len(answer.text) < 300
    assert answer.comparison is None or len(answer.comparison.rows) <= 24


def test_ranks_are_told_and_not_reckoned_with(sample: Services) -> None:
    answer, comparison = compared(sample, "公安局2020年和2021年政务微博排名各是第几")
    assert [row.printed for row in comparison.rows] == ["第1名", "第2名"]
    assert (comparison.changes, comparison.chart) == ((), "")
    assert "计算" not in answer.text


def test_the_difference_is_the_one_that_the_report_tells_itself(sample: Services) -> None:
    _, comparison = compared(sample, "公安局2020年比2019年多公开了多少条信息")
    assert [change.number for change in comparison.changes] == [688]


def test_what_is_missing_is_named_and_never_filled(sample: Services) -> None:
    answer, comparison = compared(sample, "2021年到2024年公安局收到的申请各多少件")
    assert [year for _, year, _ in cells(comparison)] == [2021, 2022]
    assert [(each.year, each.reported) for each in comparison.missing] == [(2023, False), (2024, False)]
    assert "没有青澜市公安局2023—2024年的报告" in answer.text
    alone = sample.answerer.ask("公安局2023年收到的申请比2022年多了多少件")
    assert alone.kind == "none"
    assert "没有青澜市公安局2023年的报告" in alone.text


def test_numbers_of_other_things_are_not_compared(sample: Services) -> None:
    """The penalties that a report of 2018 counts are those it published, those of 2021 all that were decided."""
    _, comparison = compared(sample, "2018年到2022年公安局的行政处罚多少件")
    assert 2018 in {each.year for each in comparison.missing}
    assert {row.year for row in comparison.rows} == {2019, 2020, 2021, 2022}


@pytest.mark.parametrize(
    "question",
    [
        # 废止 stands in the form of one year only; what both have is 制发.
        "公安局2021年废止规范性文件比2020年多几件",
        # Five kinds are told apart, and none is all of them.
        "教育局每年不予处理的申请",
        # 信息 alone is no 信息公开申请.
        "教育局2016年到2022年哪一年发的信息最少",
        # Complaints are not applications about complaints.
        "哪年市政府收到的举报最多",
    ],
)
def test_what_is_only_similar_is_not_compared(sample: Services, question: str) -> None:
    assert sample.answerer.ask(question).kind != "comparison"


@pytest.mark.parametrize(
    "question",
    [
        "公安局2022年收到多少件申请",
        "公安局哪一年开通的微博",
        "公安局2020年和教育局联合发了什么通知",
        "2021年公安局有哪些不足",
        "近三年教育局的联系电话",
        "2012年比2011年公安局收到的申请多了多少",
        "公安局历年养了多少头牛",
        "公安局每年都开新闻发布会吗",
        "近三年有啥变化",
    ],
)
def test_what_compares_nothing_is_no_comparison(sample: Services, question: str) -> None:
    assert sample.answerer.ask(question).kind != "comparison"


@pytest.mark.parametrize(
    ("rest", "core"),
    [
        ("收到的申请是不是一年比一年多", "收到的申请"),
        ("的发布会比上年多了几场", "的发布会,几场"),
        ("少发了多少条", "发了多少条"),
        ("收到的申请有啥变化", "收到的申请"),
        ("处罚了多少件", "处罚了多少件"),
        ("多媒体有多少件", "多媒体有多少件"),
    ],
)
def test_only_the_comparing_words_are_taken_out(rest: str, core: str) -> None:
    assert without_comparing(rest) == core


def test_the_answer_as_json_tells_the_table(sample: Services) -> None:
    answer, _ = compared(sample, "公安局2022年的行政处罚比2021年少了多少件")
    shape = answer.to_dict()["comparison"]
    first, last = shape["rows"]
    assert (first["year"], first["value"]["number"], first["change"]) == (2021, 20618, None)
    assert last["change"] == {"of": 1, "than": 0, "number": -1714, "percent": -8.3, "text": "-1714"}
    assert shape["chart"].startswith("<svg ")
    assert sample.answerer.ask("你好").to_dict()["comparison"] is None


# --- made tables: what no corpus holds ---


def row(year: int, printed: str, number: str, unit: str = "件", body: str = "某局", at: int = 0) -> ComparedRow:
    return ComparedRow(body, year, printed, Value(Decimal(number), unit, None), at, None)


def made(*rows: ComparedRow, missing: tuple[MissingRow, ...] = ()) -> Comparison:
    changed = [rows[0]]
    for place in range(1, len(rows)):
        changed.append(replace(rows[place], change=change(rows, place, place - 1)))
    comparison = Comparison("收到申请", tuple(changed), missing, (change(rows, len(rows) - 1, 0),))
    return replace(comparison, chart=bar_chart(comparison))


def said(comparison: Comparison, aim: str = "each") -> Answer:
    evidence = []
    for each in comparison.rows:
        source = Source(
            f"r{each.year}", f"{each.year}年年报", each.publisher, "", date(each.year + 1, 1, 9), each.year, ""
        )
        passage = f"全年收到申请{each.printed}。"
        at = passage.index(each.printed)
        span = (at, at + len(each.printed))
        evidence.append(Evidence(source, (), passage, 0, (0, len(passage)), (span,), 1.0, "p1"))
    text = comparison_text(comparison, aim)
    return Answer("？", "c", "comparison", text, "", 0.9, tuple(evidence), comparison=comparison)


FOUR = made(row(2019, "1.2万件", "12000", at=0), row(2020, "9000件", "9000", at=1), row(2021, "未收到", "0", at=2))


def test_a_true_comparison_leaves_as_it_is() -> None:
    assert unfounded(said(FOUR)) == ()
    assert verified(said(FOUR)) == said(FOUR)


def with_rows(**changed: object) -> Comparison:
    return replace(FOUR, rows=(FOUR.rows[0], replace(FOUR.rows[1], **changed), FOUR.rows[2]))  # type: ignore[arg-type]


FALSE_ONES = {
    "another value": with_rows(value=Value(Decimal(900), "件", None)),
    "another year": with_rows(year=2018),
    "another body": with_rows(publisher="别局"),
    "another place": with_rows(evidence=0),
    "no place": with_rows(evidence=9),
    "a wrong difference": with_rows(change=Change(1, 0, Decimal(-3001), Decimal("-25.0"), "-3001件")),
    "a wrong percentage": with_rows(change=Change(1, 0, Decimal(-3000), Decimal("-30.0"), "-3000件")),
    "a difference shown wrongly": with_rows(change=Change(1, 0, Decimal(-3000), Decimal("-25.0"), "-300件")),
    "a wrong sum": replace(FOUR, total=Decimal(21_001)),
    "a sum with a number missing": replace(
        FOUR, total=Decimal(21_000), missing=(MissingRow("某局", 2022, reported=False),)
    ),
    "a unit that is printed nowhere": with_rows(printed="9000件万元", value=Value(Decimal(90_000_000), "元", None)),
    "a row that is not there": with_rows(change=Change(7, 0, Decimal(-3000), Decimal("-25.0"), "-3000件")),
}


@pytest.mark.parametrize("comparison", FALSE_ONES.values(), ids=FALSE_ONES)
def test_a_comparison_that_does_not_come_out_is_not_given(comparison: Comparison) -> None:
    instead = verified(replace(said(FOUR), comparison=comparison))
    assert (instead.kind, instead.comparison, instead.evidence) == ("none", None, ())


def test_no_other_number_may_be_said_of_a_comparison() -> None:
    answer = said(FOUR)
    assert "13" in unfounded(replace(answer, text=f"{answer.text}共13件。"))


@given(st.lists(st.integers(min_value=0, max_value=10**7), min_size=2, max_size=8))
def test_whatever_the_numbers_the_words_and_the_check_agree(numbers: list[int]) -> None:
    rows = [row(2001 + place, f"{number}件", str(number), at=place) for place, number in enumerate(numbers)]
    comparison = made(*rows)
    for aim in ("each", "most", "least", "rising", "falling", "grew", "shrank"):
        answer = said(comparison, aim)
        assert unfounded(answer) == ()
        steady = all(first < last for first, last in pairwise(numbers))
        if aim == "rising":
            assert answer.text.startswith("是一年比一年多" if steady else "不是一年比一年多")


def test_a_steady_rise_with_a_gap_is_no_plain_yes() -> None:
    gap = made(row(2019, "1件", "1"), row(2021, "2件", "2", at=1), missing=(MissingRow("某局", 2020, reported=True),))
    text = said(gap, "rising").text
    assert text.startswith("在有数字的年份里")
    assert "某局2020年的报告里没有找到这个数" in text
    assert unfounded(said(gap, "rising")) == ()


def test_inexact_numbers_differ_by_about_so_much() -> None:
    rows = [row(2019, "30余件", "30"), row(2020, "近50件", "50", at=1)]
    rows[0] = replace(rows[0], value=Value(Decimal(30), "件", "余"))
    assert "多约20件，增长约66.7%" in said(made(*rows)).text


def test_shares_differ_in_points_and_by_no_percentage() -> None:
    shares = made(row(2019, "98.5%", "98.5", unit="%"), row(2020, "99%", "99", unit="%", at=1))
    assert "多0.5个百分点（" in said(shares).text
    assert unfounded(said(shares)) == ()


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1,266件", "1266"),
        ("近1.2万件", "12000"),
        ("三十二件", "32"),
        ("未收到", "0"),
        ("/", "0"),
        ("3亿元", "300000000"),
    ],
)
def test_numbers_are_read_from_print(printed: str, value: str) -> None:
    assert read_number(printed) == Decimal(value)


def test_words_that_hold_no_number_are_none() -> None:
    assert read_number("若干") is None


@given(st.decimals(min_value=0, max_value=10**12, places=2), st.decimals(min_value=0, max_value=10**12, places=2))
def test_percentages_are_of_what_was_before(number: Decimal, than: Decimal) -> None:
    percent = percent_change(number, than)
    assert (percent is None) == (than == 0)
    if percent is not None:
        assert abs(than * (100 + percent) / 100 - number) <= than * Decimal("0.0006")
        assert re.fullmatch(r"\d+(\.\d)?", written(percent))


# --- the chart ---


def test_the_chart_says_everything_in_words_too() -> None:
    chart = ElementTree.fromstring(FOUR.chart)
    texts = [each.text for each in chart.iter("{http://www.w3.org/2000/svg}text")]
    assert {"2019年", "1.2万件", "2020年", "9000件", "2021年", "未收到"} == set(texts)
    described = chart.findtext("{http://www.w3.org/2000/svg}desc")
    assert described is not None
    assert all(each.printed in described and str(each.year) in described for each in FOUR.rows)


def test_the_chart_holds_nothing_that_a_page_would_run_or_fetch() -> None:
    hostile = made(
        row(2019, "1件", "1", body='<script>alert(1)</script>"'), row(2019, "2件", "2", body="b<image href=x>", at=1)
    )
    chart = ElementTree.fromstring(hostile.chart)
    assert {each.tag.partition("}")[2] for each in chart.iter()} == {"svg", "title", "desc", "text", "rect"}
    assert not {name for each in chart.iter() for name in each.attrib} & {"style", "id", "class", "href", "onclick"}


def test_bars_of_several_bodies_differ_without_colour() -> None:
    bodies = [row(2019, f"{place + 1}件", str(place + 1), body=f"{place}局", at=place) for place in range(4)]
    bars = ElementTree.fromstring(made(*bodies).chart).iter("{http://www.w3.org/2000/svg}rect")
    geometry = {"x", "y", "width", "height"}
    looks = [tuple(sorted((key, value) for key, value in bar.items() if key not in geometry)) for bar in bars]
    assert len(set(looks)) == 4


def test_what_bars_cannot_show_is_not_drawn() -> None:
    assert bar_chart(made(row(2019, "-1件", "-1"), row(2020, "2件", "2", at=1))) == ""


def test_the_years_of_prose_are_compared_with_those_of_tables(sample: Services) -> None:
    answer = sample.answerer.ask("教育局2020年收到的申请比2018年多了多少")
    assert answer.comparison is not None
    assert [(row.year, row.value.number) for row in answer.comparison.rows] == [(2018, 21), (2020, 33)]


def test_a_comparison_that_names_no_body_is_of_the_only_one_that_counts_it(sample: Services) -> None:
    answer = sample.answerer.ask("市长信箱收到的来信2018年比2016年多了多少封")
    assert answer.comparison is not None
    assert [row.value.number for row in answer.comparison.rows] == [5814, 7043]
    several = sample.answerer.ask("2018年到2020年新闻发布会各开了几场")
    assert (several.kind, several.evidence) == ("none", ())
    offered = [each for each in several.suggestions if each.endswith("2018年到2020年新闻发布会各开了几场")]
    assert len(offered) > 1


@pytest.mark.parametrize("question", ["县长信箱2022年比2018年多了多少封", "县长信箱收的信2023年比2018年多了多少封"])
def test_two_years_are_never_answered_by_a_number_of_one(sample: Services, question: str) -> None:
    assert sample.answerer.ask(question).kind == "none"


def test_how_many_items_more_stands_in_the_table_itself(sample: Services) -> None:
    answer = sample.answerer.ask("教育局2019年的行政许可项目比上一年增减了几项")
    assert answer.value is not None
    assert answer.value.number == -1
