"""Zip archives: their reports are found and read, whatever else lies in them is refused and named."""

import io
import stat
import struct
import sys
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import Unreadable
from assistant.search import archives
from assistant.search.archives import list_archive, read_member

LIMIT = 1_000_000
TEXT = "全年公开政府信息12条。".encode()


def zipped(path: Path, members: dict[str, bytes], method: int = ZIP_DEFLATED) -> Path:
    with ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def listed(path: Path) -> tuple[list[str], dict[str, str]]:
    """The members that can be read, and the reasons why others cannot."""
    listing = list_archive(path, LIMIT)
    return [source.member for source in listing.sources], {source.member: reason for source, reason in listing.problems}


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_reports_are_listed_and_read(tmp_path: Path, method: int) -> None:
    members = {"年报/2016.txt": TEXT, "年报/b/2017.HTML": TEXT * 2, "说明.css": b"x", "空/": b""}
    path = zipped(tmp_path / "a.zip", members, method)
    assert listed(path) == (["年报/2016.txt", "年报/b/2017.HTML"], {})
    sources = list_archive(path, LIMIT).sources
    assert [read_member(source, LIMIT) for source in sources] == [TEXT, TEXT * 2]


def test_names_of_chinese_windows_are_legible(tmp_path: Path) -> None:
    """Programs there write GB18030 and do not say so; the bytes of both names are as long as the stand-in."""
    for encoding in ("gb18030", "utf-8"):
        name = "护林年报/二〇一六.txt"
        raw = name.encode(encoding)
        stand_in = ("x" * (len(raw) - 4) + ".txt").encode()
        buffer = io.BytesIO()
        with ZipFile(buffer, "w") as archive:
            archive.writestr(stand_in.decode(), TEXT)
        path = tmp_path / f"{encoding}.zip"
        path.write_bytes(buffer.getvalue().replace(stand_in, raw))
        [source] = list_archive(path, LIMIT).sources
        assert source.member == name
        assert read_member(source, LIMIT) == TEXT


def test_hidden_files_and_those_of_systems_are_left_out(tmp_path: Path) -> None:
    names = (".x.txt", "__MACOSX/a.txt", "a/._b.txt", "~$年报.docx", ".git/c.txt", "d.txt")
    assert listed(zipped(tmp_path / "a.zip", dict.fromkeys(names, TEXT))) == (["d.txt"], {})


@pytest.mark.parametrize(
    "name", ["../x.txt", "a/../../x.txt", "/etc/x.txt", "..\\x.txt", "C:\\x.txt", "\\\\host\\x.txt"]
)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    sources, problems = listed(zipped(tmp_path / "a.zip", {name: TEXT, "ok.txt": TEXT}))
    assert sources == ["ok.txt"]
    assert [("路径" in reason) for reason in problems.values()] == [True]


def test_a_link_is_refused(tmp_path: Path) -> None:
    entry = ZipInfo("link.txt")
    entry.create_system = 3  # Unix
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    assert listed(tmp_path / "a.zip") == ([], {"link.txt": "压缩包里的链接不读"})


def test_archives_in_archives_are_named(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.txt": TEXT}).read_bytes()
    sources, problems = listed(zipped(tmp_path / "a.zip", {"b.zip": inner, "c.txt": TEXT}))
    assert (sources, list(problems)) == (["c.txt"], ["b.zip"])


def test_a_member_beyond_the_limit_is_refused_by_its_own_word(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"bomb.txt": bytes(50 * LIMIT), "ok.txt": TEXT})
    assert path.stat().st_size < LIMIT
    sources, problems = listed(path)
    assert (sources, list(problems)) == (["ok.txt"], ["bomb.txt"])
    assert "太大" in problems["bomb.txt"]


def test_a_member_that_lies_about_its_size_is_read_within_the_limit(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "a.zip", {"bomb.txt": bytes(50 * LIMIT)}).read_bytes())
    place = 0
    while (place := data.find(struct.pack("<I", 50 * LIMIT), place)) >= 0:
        data[place : place + 4] = struct.pack("<I", 100)
        place += 4
    (tmp_path / "a.zip").write_bytes(data)
    [source] = list_archive(tmp_path / "a.zip", LIMIT).sources
    with pytest.raises(Unreadable):
        read_member(source, LIMIT)


def test_all_of_it_together_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "a.zip", {f"{number}.txt": bytes(900_000) for number in range(20)})
    monkeypatch.setattr(archives, "UNPACKED_MOST_BYTES", 10_000_000)
    with pytest.raises(Unreadable, match="解开后"):
        list_archive(path, LIMIT)
    monkeypatch.setattr(archives, "MEMBERS_MOST", 19)
    with pytest.raises(Unreadable, match="20 个文件"):
        list_archive(path, LIMIT)


def test_a_document_called_an_archive_is_a_document(tmp_path: Path) -> None:
    for part in ("[Content_Types].xml", "OFD.xml"):
        path = zipped(tmp_path / "a.zip", {part: b"<x/>", "word/a.png": b"x"})
        listing = list_archive(path, LIMIT)
        assert [(source.path, source.member) for source in listing.sources] == [(path, "")]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>", bytes(5000), b"PK\x05\x06" + bytes(17)])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(Unreadable, match="zip"):
        list_archive(tmp_path / "a.zip", LIMIT)


def test_an_archive_without_reports_says_so(tmp_path: Path) -> None:
    assert listed(zipped(tmp_path / "a.zip", {"a.exe": b"x"})) == ([], {"": "压缩包里没有可以导入的报告"})
    assert listed(zipped(tmp_path / "b.zip", {})) == ([], {"": "压缩包里没有可以导入的报告"})


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_archive_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "a.zip"
    content = bytearray(zipped(path, {"年报.txt": TEXT * 20, "b/c.html": TEXT}).read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content)
    try:
        for source in list_archive(path, LIMIT).sources:
            assert len(read_member(source, LIMIT)) <= LIMIT
    except Unreadable as refusal:
        assert "\n" not in refusal.message


@pytest.mark.skipif(sys.platform == "win32", reason="rights are POSIX")
def test_an_archive_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="打不开"):
        list_archive(tmp_path / "a.zip", LIMIT)
