"""A real page saved as text, kept outside the repository: the reader must find in it what a person finds."""

from datetime import date
from pathlib import Path

import pytest

from assistant.reports import Report, read_file

_PAGE = Path(__file__).parents[2].parent / "shared/reports/ankang-police-2015.txt"


@pytest.fixture(scope="module")
def report() -> Report:
    if not _PAGE.is_file():
        pytest.skip("the real page is not beside this checkout")
    return read_file(_PAGE, 1_000_000)


def test_metadata(report: Report) -> None:
    assert report.title == "市公安局2015年政府信息公开工作年度报告"
    assert report.index_number == report.identity == "719776475-GK-2016-91826"
    assert report.published == date(2016, 3, 9)
    assert report.publisher == "安康市公安局"
    assert report.year == 2015
    assert report.summary == "市公安局2015年政府信息公开工作年度报告"
    assert len(report.id) == 12


def test_outline(report: Report) -> None:
    headings = [(section.level, section.heading) for section in report.sections]
    assert headings == [
        (0, ""),
        (1, "一、概述"),
        (2, "(一)突出重点,不断深化政府信息公开工作。"),
        (2, "(二)拓展渠道,不断提升和优化信息公开服务。"),
        (2, "(三)多措并举,促进政府信息公开工作稳步推进。"),
        (1, "二、主动和依申请公开政府信息、政府信息公开收费及因政府信息公开申请行政复议、提起行政诉讼的情况"),
        (2, "(一)主动公开政府信息的情况。"),
        (2, "(二)依申请公开政府信息的情况。"),
        (2, "(三)政府信息公开收费的情况。"),
        (2, "(四)因政府信息公开申请行政复议、提起行政诉讼的情况。"),
        (1, "三、政府信息公开工作存在的主要问题及改进措施"),
    ]
    charges = report.sections[8]
    assert charges.path == (report.sections[5].heading, "(三)政府信息公开收费的情况。")
    assert report.sections[5].end == report.sections[9].end


def test_no_page_furniture(report: Report) -> None:
    assert report.text.startswith("根据《中华人民共和国政府信息公开条例》")
    assert report.text.endswith("传真:0915-3237000)。")
    for furniture in ("扫一扫", "我是安安", "字体", "语音播报", "切换", "索引号", "内容概述"):
        assert furniture not in report.text


def test_passages_hold_whole_facts(report: Report) -> None:
    asked = next(passage for passage in report.passages if "受理网民提问531条,回复519条" in passage.text)
    assert report.sections[asked.section].heading == "(一)主动公开政府信息的情况。"
    assert asked.text.startswith("2015年,市公安局通过门户网站")
    charges = [passage.text for passage in report.passages if passage.section == 8]
    assert charges == ["2015年,市公安局未收取任何政府信息公开费用。"]
