"""Reading web pages: odd markup, odd encodings, furniture, metadata."""

# ruff: noqa: E501  (markup reads better unbroken)

from datetime import date

import pytest

from assistant.errors import Unreadable
from assistant.reports import Report, read_bytes

_TITLE = "临江市水务局2017年政府信息公开工作年度报告"
_BODY = (
    "根据《中华人民共和国政府信息公开条例》的规定，编制本报告，所列数据统计期限自2017年1月1日起至2017年12月31日止。",
    "一、概述",
    "2017年，市水务局主动公开政府信息1286条，比上年增加102条，召开新闻发布会3次。",
    "二、存在的问题",
    "一是公开意识有待增强，二是队伍建设仍待加强。",
)
_PARAGRAPHS = "".join(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{line}</p>" for line in _BODY)
_NAV = '<div><a href="/">首页</a> | <a href="/a">政务公开</a> | <a href="/b">办事服务</a></div>'
_CRUMBS = '<div>您的位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; 正文</div>'
_TOOLS = '<div>【字体：<a href="#">大</a> 中 小】 分享 打印 关闭</div>'
_FOOT = (
    "<div>扫一扫在手机打开当前页</div><div>上一篇：<a href='1'>二〇一六年报告</a></div><p>下一篇：没有了</p>"
    "<h3>相关链接</h3><ul><li><a href='2'>公开指南</a></li></ul>"
    "<div><p>晚上好!我是小水</p><p>点击我为您语音播报</p><p>切换</p></div>"
    "<div>主办：临江市水务局 承办：办公室<br>备案号：ICP备00000000号 <a href='/m'>网站地图</a></div>"
)


def _page(block: str, body: str = _PARAGRAPHS, head: str = "") -> str:
    return (
        f"<html><head><title>{_TITLE}-临江市水务局</title>{head}</head><body>{_NAV}{_CRUMBS}<h1>{_TITLE}</h1>"
        f"{block}{_TOOLS}<div>{body}</div>{_FOOT}</body></html>"
    )


def _read(page: str, encoding: str = "utf-8") -> Report:
    return read_bytes(page.encode(encoding), "页面.html")


_BLOCKS = {
    "table": "<table><tr><td>索 引 号</td><td>0102-GK-2018-1</td><td>发布日期</td><td>2018-01-20 10:00</td></tr>"
    "<tr><td>来　　源</td><td>临江市水务局</td><td>内容概述</td><td>水务局2017年的公开情况，共五部分。</td></tr></table>",
    "table of columns": "<table><tr><th>索引号</th><th>发布日期</th><th>来源</th><th>内容概述</th></tr><tr><td>0102-GK-2018-1</td>"
    "<td>2018年1月20日</td><td>临江市水务局</td><td>水务局2017年的公开情况，共五部分。</td></tr></table>",
    "cells with label and value": "<table><tr><td>索引号：0102-GK-2018-1</td><td>发布日期：2018/1/20</td></tr>"
    "<tr><td>来源：临江市水务局</td><td>内容概述：水务局2017年的公开情况，共五部分。</td></tr></table>",
    "list": "<ul><li><b>索引号</b>0102-GK-2018-1</li><li><b>发布日期：</b>2018-01-20</li><li>来源： 临江市水务局</li>"
    "<li><label>内容概述</label><span>水务局2017年的公开情况，共五部分。</span></li></ul>",
    "spans in one line": "<div><span>索引号：0102-GK-2018-1</span><span>发布日期：2018-01-20</span><span>来源：临江市水务局</span>"
    "<span>内容概述：水务局2017年的公开情况，共五部分。</span></div>",
    "definitions": "<dl><dt>索引号</dt><dd>0102-GK-2018-1</dd><dt>发布日期</dt><dd>2018-01-20</dd><dt>来源</dt><dd>临江市水务局</dd>"
    "<dt>内容概述</dt><dd>水务局2017年的公开情况，共五部分。</dd></dl>",
    "no colons": "<p>索引号 0102-GK-2018-1 发布日期 2018-01-20 09:30</p><p>来源 临江市水务局</p>"
    "<p>内容概述 水务局2017年的公开情况，共五部分。</p>",
}


@pytest.mark.parametrize("block", _BLOCKS.values(), ids=_BLOCKS.keys())
def test_own_lines_of_the_page(block: str) -> None:
    report = _read(_page(block))
    assert report.title == _TITLE
    assert report.index_number == "0102-GK-2018-1"
    assert report.published == date(2018, 1, 20)
    assert report.publisher == "临江市水务局"
    assert report.summary == "水务局2017年的公开情况，共五部分。"
    assert report.year == 2017
    assert report.text == "\n".join(_BODY)


def test_meta_tags() -> None:
    head = (
        f'<meta name="ArticleTitle" content="{_TITLE}"><meta name="PubDate" content="2018-01-20 10:00">'
        '<meta name="ContentSource" content="临江市水务局"><meta name="Description" content="公开情况">'
        '<meta name="Url" content="https://sw.example/1.html">'
    )
    report = _read(_page("", head=head))
    assert (report.title, report.published, report.publisher) == (_TITLE, date(2018, 1, 20), "临江市水务局")
    assert (report.summary, report.url, report.identity) == (
        "公开情况",
        "https://sw.example/1.html",
        "https://sw.example/1.html",
    )
    assert report.text == "\n".join(_BODY)


def test_without_metadata_nothing_is_guessed() -> None:
    report = _read(f"<div><p>{'</p><p>'.join(line for line in _BODY[1:])}</p></div>")
    assert (report.title, report.publisher, report.index_number) == ("页面", "", "")
    assert (report.published, report.year, report.summary, report.url) == (None, None, "", "")
    assert report.text == "\n".join(_BODY[1:])


def test_publisher_from_a_plain_title_only() -> None:
    assert _read(_page("")).publisher == "临江市水务局"
    assert read_bytes("2017年临江市政府信息公开工作年度报告\n正文内容，共计一条。".encode(), "a.txt").publisher == ""


def test_nested_layout_tables_and_breaks() -> None:
    lines = "<br>\n".join(
        f"&nbsp;&nbsp;&nbsp;&nbsp;<font size=3><span>{line[:3]}</span>{line[3:]}</font>" for line in _BODY
    )
    page = (
        f"<table><tr><td>{_NAV}</td></tr><tr><td><table><tr><td width=190><table><tr><td><a href=1>公开指南</a></td></tr>"
        f"<tr><td><a href=2>公开目录</a></td></tr></table></td><td><table><tr><td><font size=5><b>{_TITLE}</b></font></td></tr>"
        f"<tr><td>{_TOOLS}</td></tr><tr><td>{lines}</td></tr></table></td></tr></table></td></tr><tr><td>{_FOOT}</td></tr></table>"
    )
    report = _read(page)
    assert report.title == _TITLE
    assert report.text == "\n".join(_BODY)
    assert [section.heading for section in report.sections] == ["", "一、概述", "二、存在的问题"]


def test_title_over_two_lines() -> None:
    page = _page("").replace(f"<h1>{_TITLE}</h1>", "<h1>临江市水务局<br>2017年政府信息公开工作年度报告</h1>")
    report = _read(page)
    assert report.title == _TITLE
    assert report.text == "\n".join(_BODY)


def test_source_line_breaks_and_markup_inside_words() -> None:
    report = _read(
        _page("", "<p>全年公开政府\n   信息<span>12</span><b>86</b>条，\n 答<i>复</i>3条。使用 WPS Office 编制。</p>")
    )
    assert report.text == "全年公开政府信息1286条，答复3条。使用 WPS Office 编制。"


def test_hidden_and_scripted_text_is_left_out() -> None:
    hidden = "<p style='display: none'>隐藏的文字，不应读入。</p><script>var a='<p>脚本里的文字，不应读入。';</script><!-- 注释。 -->"
    assert _read(_page("", hidden + _PARAGRAPHS)).text == "\n".join(_BODY)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", '<meta charset="utf-8">'),
        ("utf-8", '<meta charset="gb2312">'),
        ("utf-8", ""),
        ("utf-8-sig", '<meta charset="gbk">'),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
        ("gb18030", "<meta charset=gbk>"),
        ("gb18030", '<meta charset="utf-8">'),
        ("gb18030", ""),
        ("utf-16", ""),
    ],
)
def test_encodings_however_labelled(encoding: str, declared: str) -> None:
    assert _read(_page("", head=declared), encoding).text == "\n".join(_BODY)


def test_a_cut_character_beside_the_report_does_no_harm() -> None:
    data = (
        _page("", head="<meta charset=gb2312>")
        .encode("gb18030")
        .replace("政务公开".encode("gb18030"), b"\xd5\xfe\xce...")
    )
    assert read_bytes(data, "a.html").text == "\n".join(_BODY)


def test_a_lost_character_in_the_report_is_refused() -> None:
    for encoding in ("utf-8", "gb18030"):
        data = _page("").encode(encoding).replace("概述".encode(encoding), "概述".encode(encoding)[:-1] + b"<i>")
        with pytest.raises(Unreadable) as refusal:
            read_bytes(data, "a.html")
        assert refusal.value.code == "bad_encoding"


def test_data_table_rows_are_sentences() -> None:
    table = (
        "<table><tr><td rowspan=3 colspan=3>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan=4>申请人情况</td></tr>"
        "<tr><td rowspan=2>自然人</td><td colspan=2>法人或其<br>他组织</td><td rowspan=2>总计</td></tr><tr><td>商业企业</td><td>其他</td></tr>"
        "<tr><td colspan=3>一、本年新收政府信息公开申请数量</td><td>12</td><td>3</td><td>0</td><td>15</td></tr>"
        "<tr><td rowspan=3>三、本年度办理结果</td><td colspan=2>（一）予以公开</td><td>10</td><td>/</td><td></td><td>10</td></tr>"
        "<tr><td rowspan=2>（六）其他处理</td><td>1.申请人逾期不补正</td><td>1</td><td>0</td><td>0</td><td>1</td></tr>"
        "<tr><td>3.其他</td><td></td><td></td><td></td><td></td></tr></table>"
    )
    report = _read(
        _page(
            "", f"{_PARAGRAPHS}<p>三、收到和处理申请情况</p>{table}<p>四、其他事项</p><p>没有其他需要报告的事项。</p>"
        )
    )
    lines = report.text.split("\n")
    assert lines[5:] == [
        "三、收到和处理申请情况",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        "一、本年新收政府信息公开申请数量：自然人 12，法人或其他组织（商业企业 3，其他 0），总计 15。",
        "三、本年度办理结果 （一）予以公开：自然人 10，法人或其他组织（商业企业 /），总计 10。",
        "三、本年度办理结果 （六）其他处理 1.申请人逾期不补正：自然人 1，法人或其他组织（商业企业 0，其他 0），总计 1。",
        "三、本年度办理结果 （六）其他处理 3.其他：（空）。",
        "四、其他事项",
        "没有其他需要报告的事项。",
    ]
    assert [section.heading for section in report.sections][3:] == ["三、收到和处理申请情况", "四、其他事项"]


def test_table_with_captions_and_one_without_row_names() -> None:
    table = (
        "<table><tr><td colspan=3>第二十条第（一）项</td></tr><tr><td>信息内容</td><td>本年制发件数</td><td>现行有效件数</td></tr>"
        "<tr><td>规章</td><td>0</td><td>7</td></tr><tr><td colspan=3>第二十条第（八）项</td></tr>"
        "<tr><td>信息内容</td><td colspan=2>本年收费金额（单位：万元）</td></tr><tr><td>行政事业性收费</td><td colspan=2>1286.40</td></tr>"
        "</table><table><tr><td colspan=2>行政复议</td><td colspan=2>行政诉讼</td></tr><tr><td>结果维持</td><td>总计</td>"
        "<td>结果维持</td><td>总计</td></tr><tr><td>1</td><td>2</td><td>3</td><td>4</td></tr></table>"
    )
    assert _read(_page("", _PARAGRAPHS + table)).text.split("\n")[5:] == [
        "第二十条第（一）项 规章：本年制发件数 0，现行有效件数 7。",
        "第二十条第（八）项 行政事业性收费：本年收费金额（单位：万元） 1286.40。",
        "行政复议：结果维持 1，总计 2。",
        "行政诉讼：结果维持 3，总计 4。",
    ]


def test_pairs_table() -> None:
    table = (
        "<table><tr><td>办公地址</td><td>临江市滨河路1号</td></tr><tr><td>电话</td><td>0000-1234567</td></tr></table>"
    )
    assert _read(_page("", _PARAGRAPHS + table)).text.split("\n")[5:] == [
        "办公地址：临江市滨河路1号。",
        "电话：0000-1234567。",
    ]
