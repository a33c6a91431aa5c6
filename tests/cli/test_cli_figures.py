"""`anan figures`: the numbers of a report for people, for spreadsheets and for programs."""

import csv
import json
import os
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from cli_checks import Anan, is_chinese_line, report, run_anan
from report_samples import table_report

from assistant.reports.model import Figure, Report
from assistant.store import Store

REPORT = table_report()
EVIL = Figure("count", "＝1+1", (0, 2), Decimal(-3), "=cmd|x", "", "@某局", "+86\n电话", None, 2021)


@pytest.fixture
def held(data: Path) -> Report:
    """A report with tables and figures in the data directory, and one figure that means ill to spreadsheets."""
    held = replace(REPORT, figures=(EVIL, *REPORT.figures))
    data.mkdir()
    store = Store.open(data / "anan.db")
    store.save(held)
    store.close()
    return held


def test_each_figure_is_a_line_with_its_meaning_and_its_place(anan: Anan, held: Report) -> None:
    lines = [line.split("\t") for line in anan("figures", held.id).stdout.splitlines()]
    assert lines[0] == ["原文", "数值", "指标", "主体", "年度", "约数", "位置"]
    assert lines[2] == ["2600余条", "2600条", "主动公开政府信息", "演示市档案局", "2021", "余", "一、总体情况"]
    assert lines[3][:3] == ["34.5%", "34.5%", "微信推送"]
    in_table = next(line for line in lines if line[2].startswith("三、本年度办理结果"))
    assert in_table[6] == "二、收到和处理政府信息公开申请情况 › 第1张表：三、本年度办理结果 › （一）予以公开 × 自然人"
    assert [f"共 {len(held.figures)} 个数字。"] in lines


def test_what_needs_staff_is_said_in_plain_words(anan: Anan, held: Report) -> None:
    told = anan("figures", held.id).stdout
    assert "表里有 1 处合计对不上" in told
    assert "法人或其他组织 › 商业企业：本年新收＋上年结转＝总计＋结转下年度，左边是 13，右边是 15" in told
    assert "一、本年新收政府信息公开申请数量 × 法人或其他组织 › 商业企业 3；" in told
    assert "报告里没有找到：发布日期、索引号。" in told


def test_the_csv_file_opens_in_a_spreadsheet_and_runs_nothing(anan: Anan, held: Report, tmp_path: Path) -> None:
    file = tmp_path / "数字.csv"
    assert "数字.csv" in anan("figures", held.id, "--csv", str(file)).stderr
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == len(held.figures)
    evil, first = rows[:2]
    assert [evil[name] for name in ("原文", "数值", "单位", "指标", "主体")] == [
        "'＝1+1", "-3", "'=cmd|x", "'+86 电话", "'@某局",
    ]  # fmt: skip
    assert (first["原文"], first["数值"], first["单位"], first["约数"]) == ("2600余条", "2600", "条", "余")
    for row in rows:
        assert not [cell for cell in row.values() if cell[:1] in tuple("=+@＝＋－＠")]
    for row, figure in zip(rows, held.figures, strict=True):
        assert (int(row["正文起"]), int(row["正文止"])) == figure.span


def test_json_is_for_programs(anan: Anan, held: Report) -> None:
    given = json.loads(anan("figures", held.id, "--json").stdout)
    assert (given["id"], given["missing"]) == (held.id, ["发布日期", "索引号"])
    assert [item["text"] for item in given["figures"]] == [figure.text for figure in held.figures]
    assert given["imbalances"][0]["cells"] == [[3, 4], [4, 4], [12, 4], [13, 4]]
    assert (given["imbalances"][0]["left"], given["figures"][2]["value"]) == (13, 34.5)


def test_a_file_is_read_and_not_stored(anan: Anan, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "da.txt"
    file.write_text(report(), encoding="utf-8")
    result = anan("figures", str(file), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["title"] == "演示县档案局2017年政府信息公开工作年度报告"
    assert not data.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes are POSIX")
def test_a_file_that_never_ends_is_given_up_as_ingest_does(anan: Anan, data: Path, tmp_path: Path) -> None:
    data.mkdir()
    (data / "anan.toml").write_text("file_seconds = 1\n", encoding="utf-8")
    os.mkfifo(tmp_path / "年报.html")  # who opens it waits for somebody to write
    result = anan("figures", str(tmp_path / "年报.html"))
    assert (result.exit_code, is_chinese_line(result.stderr), result.stdout) == (2, True, "")
    assert "1 秒" in result.stderr


@pytest.mark.parametrize("name", ["0123456789ab", "没有.html", "x\ty\n", "\x00", "a" * 5000])
def test_what_is_neither_report_nor_file_is_not_found(filled: Path, name: str) -> None:
    result = run_anan(filled, "figures", name)
    assert (result.exit_code, is_chinese_line(result.stderr), result.stdout) == (2, True, "")


def test_a_file_that_is_no_report_and_a_csv_that_cannot_be_written_are_refused(
    anan: Anan, held: Report, tmp_path: Path
) -> None:
    (tmp_path / "x.txt").write_bytes(b"")
    for arguments in ([str(tmp_path / "x.txt")], [str(tmp_path)], [held.id, "--csv", str(tmp_path)]):
        result = anan("figures", *arguments)
        assert (result.exit_code, is_chinese_line(result.stderr), result.stdout) == (2, True, "")
