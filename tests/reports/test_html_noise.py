"""Web pages as offices make them: tables in tables, words cut by markup, wrong labels, leavings of word processors."""

# ruff: noqa: E501  (markup reads better unbroken)

import pytest

from assistant.reports import Report, read_bytes

_TITLE = "临江市水务局2021年政府信息公开工作年度报告"
_TABLE = (
    "<table><tr><td rowspan=2>项目</td><td colspan=2>法人</td><td rowspan=2>总计</td></tr><tr><td>企业</td><td>其他</td></tr>"
    "<tr><td>新收</td><td>12</td><td>/</td><td>12</td></tr><tr><td>结转</td><td></td><td>0</td><td>—</td></tr></table>"
)
_VALUES = {
    (("新收",), ("法人", "企业")): "12",
    (("新收",), ("法人", "其他")): "/",
    (("新收",), ("总计",)): "12",
    (("结转",), ("法人", "企业")): "",
    (("结转",), ("法人", "其他")): "0",
    (("结转",), ("总计",)): "—",
}
_LINES = [
    "新收：法人（企业 12，其他 /），总计 12。",
    "结转：法人（其他 0），总计 —。",
]
_BEFORE, _AFTER = "根据条例的规定，编制本报告，向社会公布。", "没有其他需要报告的事项，特此报告。"


def _page(table: str, head: str = "") -> str:
    return (
        f"<html><head>{head}</head><body><div><a href=/>首页</a> <a href=/a>政务公开</a></div><h1>{_TITLE}</h1>"
        f"<div>【字体：大 中 小】 打印 关闭</div><div><p>{_BEFORE}</p>{table}<p>{_AFTER}</p></div>"
        "<div>扫一扫在手机打开当前页</div><div>主办：临江市水务局 备案号：ICP备00000000号</div></body></html>"
    )


def _check(report: Report) -> None:
    assert report.text.split("\n") == [_BEFORE, *_LINES, _AFTER]
    [table] = report.tables
    assert {(cell.row_path, cell.column_path): cell.text for cell in table.cells if not cell.header} == _VALUES
    for cell in table.cells:
        if cell.span:
            assert report.text[slice(*cell.span)] == cell.text


_WORD_CELL = (
    '<td width=94 valign=top style="width:70.9pt;mso-border-alt:solid windowtext .5pt"><p class=MsoNormal align=center>'
    '<span lang=EN-US style="font-size:10.5pt;mso-font-kerning:0pt">{}</span><o:p></o:p></p></td>'
)
_NOISE = {
    "plain": _TABLE,
    "th everywhere": _TABLE.replace("<td", "<th").replace("</td", "</th"),
    "sections of a table": _TABLE.replace("<table>", "<table><colgroup><col><col></colgroup><tbody>"),
    "no end tags": _TABLE.replace("</td>", "").replace("</tr>", ""),
    "padding": _TABLE.replace("新收", "&nbsp;&nbsp;新&emsp;收&#12288;").replace(">12<", ">&nbsp;12&nbsp;<"),
    "spans inside words": _TABLE.replace("新收", "<span>新</span>收").replace("总计", "总<font><b>计</b></font>"),
    "spans inside numbers": _TABLE.replace(">12<", "><span>1</span><span style='color:red'>2</span><"),
    "paragraphs and breaks in cells": _TABLE.replace("法人", "<p>法</p><p>人</p>").replace("企业", "企<br/>业"),
    "source broken anywhere": _TABLE.replace("新收", "\r\n\t新\r\n  收\r\n").replace("<tr>", "\n<tr>\n"),
    "in a cell of a layout table": f"<table width=100%><tr><td width=190><a href=1>公开指南</a></td><td><table><tr><td>{_TABLE}</td></tr></table></td></tr></table>",
    "in a box of its own": f'<div class="table-wrap"><center><div>{_TABLE}</div></center></div>',
    "blank rows and columns": _TABLE.replace("<tr><td>结转", "<tr><td></td><td></td><td></td><td>&nbsp;</td></tr><tr><td>结转"),
    "comments and scripts": _TABLE.replace("<tr>", "<!-- <td>9</td> --><script>var a='<td>8</td>'</script><tr>"),
    "hidden cells": _TABLE.replace("<td>结转", "<td style='display:none'>隐藏</td><td>结转").replace("<td>新收", "<td hidden>隐藏</td><td>新收"),
    "row spans past the end": _TABLE.replace("<td>—", "<td rowspan=99>—").replace("<td>0", "<td rowspan=2>0"),
    "spans that are no numbers": _TABLE.replace("<td>12", "<td rowspan='' colspan=x>12").replace("<td>/", "<td colspan=-1>/"),
    "word processor": "".join(
        [
            "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->",
            "<xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml>",
            '<v:shapetype id="_x0000_t75"><v:stroke joinstyle="miter"/></v:shapetype><v:shape style="width:1pt"></v:shape>',
            "<style>@font-face{font-family:仿宋}</style><st1:chsdate w:st='on' year='2021'></st1:chsdate>",
            _TABLE.replace("<td>12</td>", _WORD_CELL.format("12")).replace("<td>0</td>", _WORD_CELL.format("0")),
        ]
    ),
}  # fmt: skip


@pytest.mark.parametrize("table", _NOISE.values(), ids=_NOISE.keys())
def test_a_table_in_any_noise(table: str) -> None:
    _check(read_bytes(_page(table).encode(), "a.html"))


@pytest.mark.parametrize("declared", ["", "<meta charset=utf-8>", "<meta charset=gb2312>", "<meta charset=big5>"])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
def test_a_table_in_any_encoding_however_labelled(encoding: str, declared: str) -> None:
    report = read_bytes(_page(_TABLE, declared).encode(encoding), "a.html")
    _check(report)
    assert (report.title, report.publisher, report.year) == (_TITLE, "临江市水务局", 2021)


def test_characters_that_gb2312_lacks_are_read() -> None:
    name = "㙍镕"  # in GBK or GB18030 only, on a page that calls itself GB2312
    page = _page(_TABLE, "<meta charset=gb2312>").replace("向社会公布", f"由{name}公布")
    assert name in read_bytes(page.encode("gb18030"), "a.html").text


def test_a_table_over_two_elements_with_its_header_repeated() -> None:
    header = _TABLE[: _TABLE.index("<tr><td>新收")]
    first, second = _TABLE.replace("<tr><td>结转", "</table>|<tr><td>结转").split("|")
    for between in ("", "<br>", "<p>&nbsp;</p>", "<hr>", "<!-- 第2页 -->"):
        _check(read_bytes(_page(f"{first}{between}{header}{second}").encode(), "a.html"))
        _check(read_bytes(_page(f"{first}{between}<table>{second}").encode(), "a.html"))
        boxed = f"<div>{first}</div>{between}<div><div>{header}{second}</div></div>"
        _check(read_bytes(_page(boxed).encode(), "a.html"))


def test_two_tables_that_only_look_alike_stay_two() -> None:
    report = read_bytes(_page(_TABLE + _TABLE).encode(), "a.html")
    assert len(report.tables) == 2
    assert report.text.split("\n") == [_BEFORE, *_LINES, *_LINES, _AFTER]


def test_rows_that_look_like_furniture_stay() -> None:
    table = "<table><tr><th>渠道<th>条数<th>比重<tr><td>微信<td>5<td>—<tr><td>微博<td>/<td>—</table>"
    assert read_bytes(_page(table).encode(), "a.html").text.split("\n")[1:-1] == [
        "微信：条数 5，比重 —。",
        "微博：条数 /，比重 —。",
    ]
