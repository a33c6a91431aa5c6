"""Real files damaged in every way: a reader reads them or refuses them, and nothing else.

``ANAN_FUZZ`` says how many damaged files each reader gets (a hundred unless it is set).
"""

import contextlib
import io
import os
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from damaged_files import small_docx, small_xlsx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from test_form_refusals import small_ofd

from assistant.errors import Unreadable
from assistant.reports import read_bytes
from assistant.reports.forms import images, scan

HOW_MANY = int(os.environ.get("ANAN_FUZZ", "100"))
fuzzed = settings(
    max_examples=HOW_MANY,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
TELLING = [b"-1", b"0", b"99999999999", b"<", b">>", b"R", b"1 0 R", b"\xff" * 8]
EDITS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from(("change", "drop", "double", "insert", "cut")),
        st.one_of(st.binary(max_size=8), st.sampled_from(TELLING)),
    ),
    min_size=1,
    max_size=12,
)
Edits = list[tuple[float, str, bytes]]
_VALUE = re.compile(rb"(?<==\")[^\"<>]*(?=\")|(?<=>)[^<>]+(?=<)")
_LOOKS = re.compile(r"styles|theme|fontTable|settings|docProps|thumbnail", re.IGNORECASE)
VALUES = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.one_of(
            st.sampled_from(
                [b"", b"-1", b"0", b"1", b"7", b"99999999999", b"1e308", b"NaN", b"inf", b"0.0.0", b"../x"]
            ),
            st.sampled_from(
                [b"A1:XFD1048576", b"continue", b"restart", b"g 3 -1", b"M 0 0 L 1 nan", b"%1.%2", b"\xe7\x94\xb2"]
            ),
        ),
    ),
    min_size=1,
    max_size=6,
)


def damaged(data: bytes, edits: Edits) -> bytes:
    found = bytearray(data)
    for share, kind, payload in edits:
        at = int(share * len(found))
        if kind == "change":
            found[at : at + len(payload)] = payload
        elif kind == "drop":
            del found[at : at + 1 + len(payload) * 3]
        elif kind == "double":
            found[at:at] = found[at : at + 4 + len(payload) * 20]
        elif kind == "insert":
            found[at:at] = payload
        elif share > 0.5:
            del found[at:]
    return bytes(found)


def damaged_part(data: bytes, which: float, edits: Edits) -> bytes:
    """A package that is whole, one of its parts damaged."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        names = old.namelist()
        chosen = names[min(int(which * len(names)), len(names) - 1)]
        for name in names:
            part = old.read(name)
            new.writestr(name, damaged(part, edits) if name == chosen else part)
    return stream.getvalue()


def other_values(data: bytes, values: list[tuple[float, bytes]]) -> bytes:
    """A package whose XML is whole, some values in it others: what is read after the parser has had its say."""
    parts, places = _values_of(data)
    changed = dict(parts)
    chosen = {places[min(int(share * len(places)), len(places) - 1)]: value for share, value in values}
    for (name, start, end), value in sorted(chosen.items(), reverse=True):
        changed[name] = changed[name][:start] + value + changed[name][end:]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name, part in changed.items():
            new.writestr(name, part)
    return stream.getvalue()


@cache
def _values_of(data: bytes) -> tuple[dict[str, bytes], list[tuple[str, int, int]]]:
    """The parts of a package, and where a value stands in those that say more than what things look like."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    told = {name: part for name, part in parts.items() if not _LOOKS.search(name)}
    return parts, [(name, *match.span()) for name, part in told.items() for match in _VALUE.finditer(part)]


def plain_pdf() -> bytes:
    """A page with words and a ruled table, its parts not packed, so that damage reaches them."""
    content = b"BT /F1 12 Tf 72 700 Td (In 2016 there were 12 reports.) Tj ET\n"
    content += b"".join(
        b"72 %d m 300 %d l S\n%d 500 m %d 560 l S\n" % (y, y, x, x) for x, y in ((72, 500), (186, 530), (300, 560))
    )
    content += b"BT /F1 10 Tf 80 540 Td (Item) Tj 110 0 Td (12) Tj ET\n"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%sendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    found = bytearray(b"%PDF-1.4\n")
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(found)
    found += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    found += b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
    return bytes(found)


def test_the_plain_pdf_is_read() -> None:
    report = read_bytes(plain_pdf(), "a.pdf")
    assert (report.title, report.text) == ("In 2016 there were 12 reports.", "Item：12。")


def test_a_pdf_whose_references_go_in_a_ring_is_read_to_the_end() -> None:
    # Padded, for the table of places says where each object begins.
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    alone = plain_pdf().replace(pages, b"2 0 R".ljust(len(pages)))
    assert read_bytes(alone, "a.pdf").text == "Item：12。"  # the page is found without the list of pages

    begin = b"<< /Type /Page /Parent 2 0 R"
    in_pair = plain_pdf().replace(pages, b"3 0 R".ljust(len(pages))).replace(begin, b"2 0 R".ljust(len(begin)))
    with pytest.raises(Unreadable):
        read_bytes(in_pair, "a.pdf")


@fuzzed
@given(edits=EDITS)
def test_pdf(edits: Edits) -> None:
    with contextlib.suppress(Unreadable):
        read_bytes(damaged(plain_pdf(), edits), "a.pdf")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder: Path = tmp_path_factory.mktemp("fuzz")
    return {"docx": small_docx(), "xlsx": small_xlsx(), "ofd": small_ofd(folder)}


@pytest.mark.parametrize("form", ["docx", "xlsx", "ofd"])
@pytest.mark.parametrize("how", ["whole", "part"])
@fuzzed
@given(which=st.floats(0, 1), edits=EDITS)
def test_packages(form: str, how: str, packages: dict[str, bytes], which: float, edits: Edits) -> None:
    data = packages[form]
    changed = damaged(data, edits) if how == "whole" else damaged_part(data, which, edits)
    with contextlib.suppress(Unreadable):
        read_bytes(changed, f"a.{form}")


@pytest.mark.parametrize("form", ["docx", "xlsx", "ofd"])
@fuzzed
@given(values=VALUES)
def test_values_in_packages(form: str, packages: dict[str, bytes], values: list[tuple[float, bytes]]) -> None:
    with contextlib.suppress(Unreadable):
        read_bytes(other_values(packages[form], values), f"a.{form}")


MARKDOWN = """# 报告

一、概述

| 项目 | 数量 |
| --- | --- |
| 答复 | 3 |

1. 甲
2. 乙

> 引文

```
码
```
""".encode()


@fuzzed
@given(edits=EDITS)
def test_markdown(edits: Edits) -> None:
    with contextlib.suppress(Unreadable):
        read_bytes(damaged(MARKDOWN, edits), "a.md")


# Markup and text with what the readers of each look for; the edits take it apart in bytes and in characters.
PAGE = """<!DOCTYPE html><html><head><meta charset="gbk"><title>某局2016年报告</title>
<meta name="ContentSource" content="某局"><meta name="PubDate" content="2017-01-05"></head><body><div class="nav"><a
href="/">首页</a></div><table><tr><td>索引号</td><td>XA-1</td></tr></table><h1>某局2016年报告</h1><div id="zoom"><p>一、
<span>概</span>述</p><p>全年公开&nbsp;信息12条，答复<b>3</b>条。</p><table><tr><th rowspan="2" colspan="2">项目</th><th
colspan="3">申请人</th></tr><tr><th>自然人</th><th>企业</th><th>总计</th></tr><tr><td colspan=2>新收</td><td>1</td><td>2
</td><td>3</td></tr></table><p>联系电话：0915-1234567</p></div><script>var x="<p>";</script><!-- 版权 -->
</body></html>"""
TEXT = """某局2016年政府信息公开工作报告

一、概述
（一）主动公开。全年公开信息1266余条，比上年增长34.5%，投入近70万元，列第4名；受理网民提问531条，回复519条。
1.开展消防知识讲座四次，参加两千余人。2016年1月1日至12月31日未收到申请。
二、收到和处理申请情况
项目	数量
新收	3
某局
2017年1月5日
"""
PIECES = [
    "<table>", "</table>", "<td rowspan=99999999 colspan=-1>", "</td>", "<tr>", "<!--", "]]>", "<p", "&#0;", "&nbsp;",
    "&#x110000;", "<script>", "<frameset>", "<svg><p>", "<h1>", "百分之", "千万亿", "第", "2016年13月45日", "至",
    "9" * 40, "一" * 60, "１２．５％", "\u202e", "\x00", "\ud7ff", "\u3000", "，" * 50, "（（（（", "》", "\n\n", "\t",
]  # fmt: skip
MIXED = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 0.3), st.one_of(st.sampled_from(PIECES), st.text(max_size=10))),
    min_size=1,
    max_size=12,
)


def mixed(text: str, edits: list[tuple[float, float, str]]) -> str:
    """``text`` with pieces put in, in the place of what stood there for a share of the text, or beside it."""
    for at, share, piece in edits:
        start = int(at * len(text))
        text = text[:start] + piece + text[start + int(share * share * len(text)) :]
    return text


@pytest.mark.parametrize(("source", "name"), [(PAGE, "a.html"), (TEXT, "a.txt")], ids=["html", "text"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@fuzzed
@given(changes=MIXED, edits=st.one_of(st.just([]), EDITS))
def test_pages_and_text(
    source: str, name: str, encoding: str, changes: list[tuple[float, float, str]], edits: Edits
) -> None:
    data = mixed(source, changes).encode(encoding, errors="replace")
    with contextlib.suppress(Unreadable):
        read_bytes(damaged(data, edits), name)


def _picture(form: str) -> bytes:
    stream = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).save(stream, form)
    return stream.getvalue()


PICTURES: dict[str, Callable[[], bytes]] = {
    form: (lambda form=form: _picture(form)) for form in ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
}


@pytest.mark.parametrize("form", PICTURES)
@fuzzed
@given(edits=EDITS)
def test_pictures(form: str, edits: Edits) -> None:
    """The decoding of pictures, all that the bytes of a file reach."""
    with contextlib.suppress(Unreadable):
        for frame in images._frames(damaged(PICTURES[form](), edits)):
            assert frame.ndim == 2


@pytest.mark.skipif(not scan.available(), reason="the extra ocr is not installed")
@settings(parent=fuzzed, max_examples=max(HOW_MANY // 100, 3))
@given(form=st.sampled_from(sorted(PICTURES)), edits=EDITS)
def test_recognised_pictures(form: str, edits: Edits) -> None:
    """The same through recognition, of which each page takes a while: fewer."""
    with contextlib.suppress(Unreadable):
        read_bytes(damaged(_written(form), edits), f"a.{form.lower()}")


@cache
def _written(form: str) -> bytes:
    """A page with words and ruled lines."""
    page = Image.new("L", (400, 160), 255)
    pen = ImageDraw.Draw(page)
    pen.text((20, 15), "Report 2016: 12 items", fill=0, font_size=24)
    for y in (60, 100, 140):
        pen.line((20, y, 380, y), fill=0, width=2)
    for x in (20, 200, 380):
        pen.line((x, 60, x, 140), fill=0, width=2)
    pen.text((40, 66), "Item", fill=0, font_size=24)
    pen.text((220, 66), "12", fill=0, font_size=24)
    stream = io.BytesIO()
    page.save(stream, form)
    return stream.getvalue()
