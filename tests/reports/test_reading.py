"""Files in all conditions: what is refused is refused in one clear Chinese sentence, and nothing else is raised."""

# ruff: noqa: E501  (markup reads better unbroken)

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import Unreadable
from assistant.reports import read_bytes, read_file
from assistant.reports.about import year_of
from assistant.reports.furniture import is_furniture
from assistant.reports.markup import slim


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"", "empty_file", "空"),
        (b" \r\n\t", "empty_file", "空"),
        (b"Rar!\x1a\x07\x00" + b"\x00" * 20, "binary_file", "压缩包"),
        ("正文".encode() + b"\x00\x01", "binary_file", "二进制"),
        (bytes(range(128, 256)) * 40, "bad_encoding", "编码"),
        ("政府資訊公開工作報告，共計十二條。".encode("big5") * 20, "bad_encoding", "编码"),
        (b"<html><body><a href=1>a</a></body></html>", "no_text", "正文"),
        ("<html><body><script>正文</script><a href='/'>首页</a></body></html>".encode(), "no_text", "正文"),
        (b"<div>" * 3000 + "深处的文字，有一句。".encode(), "too_deep", "嵌套"),
        (b"<div><span>" * 3000 + "深处的文字，有一句。".encode(), "too_deep", "嵌套"),
        (b"<span><div></span></div>" * 3000 + "深处的文字，有一句。".encode(), "too_deep", "嵌套"),
        (b"<html>" + b"<p>" * 500_001, "too_large", "标签"),
    ],
)
def test_refusals(data: bytes, code: str, says: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_bytes(data, "文件.html")
    assert refusal.value.code == code
    assert says in refusal.value.message


def test_file_limits(tmp_path: Path) -> None:
    path = tmp_path / "某局2016年政府信息公开工作年度报告.txt"
    path.write_text("2016年，我局公开信息12条。", encoding="utf-8")
    assert read_file(path, 1000).title == "某局2016年政府信息公开工作年度报告"
    with pytest.raises(Unreadable, match="太大"):
        read_file(path, 10)
    with pytest.raises(Unreadable, match="打不开"):
        read_file(tmp_path / "没有.txt", 10)
    with pytest.raises(Unreadable, match="打不开"):
        read_file(tmp_path, 10)


@pytest.mark.parametrize(
    ("text", "title", "first"),
    [
        ("某局2016年工作报告\n\n2016年，我局公开信息12条。", "某局2016年工作报告", "2016年，我局公开信息12条。"),
        ("关于加强信息公开工作的说明\n各单位：\n请按时公开信息，不得拖延。", "关于加强信息公开工作的说明", "各单位："),
        ("2016年，我局公开信息12条。\n答复3条。", "文件", "2016年，我局公开信息12条。"),
        ("一、概述\n2016年，我局公开信息12条。", "文件", "一、概述"),
        ("没有标点的短文", "文件", "没有标点的短文"),
    ],
)
def test_plain_text_titles(text: str, title: str, first: str) -> None:
    report = read_bytes(text.encode("gb18030"), "文件.txt")
    assert report.title == title
    assert report.text.split("\n")[0] == first


@pytest.mark.parametrize(
    ("title", "sentence", "year"),
    [
        ("某局2016年度工作报告", "", 2016),
        ("某局二〇一六年工作报告", "", 2016),
        ("某校2015-2016学年信息公开工作报告", "", None),
        ("某局工作报告", "数据的统计期限自2016年1月1日起至2016年12月31日止。", 2016),
        ("某局工作报告", "统计期限为2016年1月1日至12月31日。", 2016),
        ("某局工作报告", "活动从2016年1月1日起至2016年12月31日止。", None),
        ("某局工作报告", "统计期限自2015年1月1日起至2016年12月31日止。", None),
        ("某局工作报告", "发布日期是2017年1月5日，共12条。", None),
    ],
)
def test_year_is_stated_or_none(title: str, sentence: str, year: int | None) -> None:
    report = read_bytes(f"{title}\n发布日期：2017-01-20\n本报告由我局编制，向社会公布。{sentence}".encode(), "a.txt")
    assert report.year == year


@pytest.mark.parametrize("source", ["本站", "本网", "原创"])
def test_words_that_name_nobody_are_no_publisher(source: str) -> None:
    assert read_bytes(f"工作情况报告\n来源：{source}\n全年公开信息12条，答复3条。".encode(), "a.txt").publisher == ""


def test_sentences_about_page_words_stay() -> None:
    body = "1月起，群众扫码办理业务1.2万件，扫一扫即可打开办事指南。\n下一条措施是增加语音播报功能。\n主办单位：市公安局共举办培训3期。"
    assert read_bytes(f"某局2016年工作报告\n{body}\n扫一扫在手机打开当前页\n".encode(), "a.txt").text == body


_TAGS = [
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td colspan=9>",
    "<td rowspan=0>",
    "</table>",
    "<div class=nav>",
    "</div>",
    "<br>",
]
_WORDS = [
    "<a href=1>",
    "</a>",
    "<pre>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "索引号：",
    "发布日期",
    "2016-13-45",
    "一、概述",
    "&#0;",
]
_MORE = [
    "来源",
    "：",
    "12",
    "/",
    "全年公开信息12条，答复3条。",
    "<title>",
    "</title>",
    "<h1>",
    "</h1>",
    "\n",
    "扫一扫",
    "<span>",
    "<",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_TAGS + _WORDS + _MORE) | st.text(max_size=5), max_size=40).map("".join), st.booleans())
def test_any_markup_is_read_or_refused(source: str, is_page: bool) -> None:
    _read_or_refuse((("<html>" if is_page else "") + source).encode("utf-8"))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=100).map(lambda text: text.encode("gb18030")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _read_or_refuse(data)
    _read_or_refuse(b"<html><body>" + data)


def _read_or_refuse(data: bytes) -> None:
    try:
        report = read_bytes(data, "文件")
    except Unreadable as refusal:
        assert refusal.message
        return
    assert report.title
    for passage in report.passages:
        assert report.text[passage.start : passage.end] == passage.text


@pytest.mark.parametrize(
    ("source", "title", "body"),
    [
        ("临江市水务局办公室", "临江市水务局2017年政府信息公开工作年度报告", "临江市水务局"),
        ("临江市水务局（测试）", "临江市水务局2017年政府信息公开工作年度报告", "临江市水务局"),
        ("临江市水务局", "市水务局2017年政府信息公开工作年度报告", "临江市水务局"),
        ("临江市水务局", "关于节约用水的通知", "临江市水务局"),
    ],
)
def test_the_body_that_answers_is_named_not_its_office(source: str, title: str, body: str) -> None:
    page = f"{title}\n来源：{source}\n全年公开信息12条，答复3条。"
    assert read_bytes(page.encode(), "a.txt").publisher == body


@pytest.mark.parametrize(
    ("source", "title", "publisher"),
    [
        ("临江市水务局办公室", "临江市水务局2016年工作报告", "临江市水务局"),
        ("临江市水务局（演示）", "水务工作报告", "临江市水务局"),
        ("临江市水务局", "市水务局2016年工作报告", "临江市水务局"),
        ("临江日报", "临江市水务局2016年工作报告", "临江日报"),
        ("", "2016年临江市水务局政府信息公开工作年度报告", "临江市水务局"),
    ],
)
def test_publisher_is_the_body_that_answers(source: str, title: str, publisher: str) -> None:
    text = f"{title}\n来源：{source}\n全年公开信息12条，答复3条。"
    assert read_bytes(text.encode(), "a.txt").publisher == publisher


def test_absurd_spans_end_in_bounds() -> None:
    long_label = "<td rowspan=99999>" + "长" * 1900
    table = f"<table><tr>{long_label}<td>1<td>2</tr>" + "<tr><td>1<td>2</tr>" * 3000 + "</table>"
    with pytest.raises(Unreadable, match="表格太大"):
        read_bytes(f"<html><p>全年公开信息12条，答复3条。</p>{table}".encode(), "a.html")
    wide = "<table>" + "<tr><td colspan=99999 rowspan=99999>1<td>2</tr>" * 3000 + "</table>"
    assert read_bytes(f"<html><p>全年公开信息12条，答复3条。</p>{wide}".encode(), "a.html").passages


@pytest.mark.parametrize(
    "line",
    [
        "您" + "所在的" * 3000 + "某",
        "<" + "a" * 300_000,
        "<p " * 100_000,
        "2015年1月1日至12月31日，" * 20_000,
    ],
    ids=["place", "open tag", "open tags", "periods"],
)
def test_repetition_is_read_in_one_pass(line: str) -> None:
    # Each of these took minutes or for ever with a pattern that can read it in many ways.
    page = f"<html><body><p>全年公开信息12条，答复3条。</p><p>{line}</p></body></html>"
    with contextlib.suppress(Unreadable):
        assert read_bytes(page.encode(), "a.html").passages


def test_characters_of_old_private_fonts_are_nobody_s_text() -> None:
    report = read_bytes("一、飞船\n\U000f0001\U000f0002\n全年公开信息12条。".encode(), "a.txt")
    assert "\U000f0001" not in report.text
    assert "全年公开信息12条。" in report.text


@pytest.mark.parametrize("words", ["所在的", "所在", "当前的", "现在的", "的"])
def test_the_way_to_a_page_is_furniture_however_it_is_put(words: str) -> None:
    assert is_furniture(f"您{words}位置：首页")
    assert is_furniture("您" + words * 40 + "位置：首页")
    assert not is_furniture("您" + words * 60 + "位子")


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("<p\nclass=x>a</p >", "<p\nclass=x>a</p >"),
        ("<br/>a<b/x>b</b>", "<br/>a<wbr>b<wbr>"),
        ("<o:p>a</o:p>", "<o:p>a</o:p>"),
        (f"<img src='{'x' * 1_000_000}'>", "<img>"),
        (f"<{'x' * 1_000_000}<p>正文", f"<{'x' * 1_000_000}<p>正文"),
        (f"<p {'a=1 ' * 250_000}", f"<p {'a=1 ' * 250_000}"),
        ("1 < 2 <p", "1 < 2 <p"),
    ],
    ids=lambda text: text[:20],
)
def test_tags_are_told_from_text(source: str, kept: str) -> None:
    assert slim(source) == kept


def test_tags_with_long_names_are_counted_too() -> None:
    with pytest.raises(Unreadable, match="嵌套"):
        slim(f"<{'x' * 100}>" * 3000)
    with pytest.raises(Unreadable, match="标签"):
        slim(f"<{'x' * 100}></{'x' * 100}>" * 250_001)


def test_a_year_is_stated_in_its_sentence_or_shortly_before() -> None:
    period = "自2016年1月1日起至2016年12月31日止"
    assert year_of("某局工作报告", f"统计期限{'，' * 100}{period}") == 2016
    assert year_of("某局工作报告", f"统计期限{'，' * 1000}{period}") is None
    assert year_of("某局工作报告", f"统计期限见下。{period}") is None
    assert year_of("某局工作报告", f"统计期限见下\n{period}") is None
    assert year_of("某局工作报告", period * 80_000) is None
    assert year_of("某局工作报告", f"统计期限{period}" * 60_000) == 2016
