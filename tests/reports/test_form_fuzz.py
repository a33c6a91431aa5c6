"""Real files damaged in every way: a reader reads them or refuses them, and nothing else.

``ANAN_FUZZ`` says how many damaged files each reader gets (some hundreds unless it is set).
"""

import contextlib
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from test_form_refusals import small_docx, small_ofd, small_xlsx

from assistant.errors import Unreadable
from assistant.reports import read_bytes
from assistant.reports.forms import images

HOW_MANY = int(os.environ.get("ANAN_FUZZ", "200"))
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
