"""`anan ingest`: what goes in, what is refused and why, and what becomes of a report that comes again."""

import json
import os
import re
from contextlib import closing
from pathlib import Path

import pytest
from cli_checks import Anan, is_chinese_line, process, report, run_anan

from assistant.resources import corpus_folder
from assistant.store import Store

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
ZIP = b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(64)
# Every fifth byte of UTF-8 is gone: neither UTF-8 nor GB18030 gives sensible text.
BROKEN = bytes(byte for place, byte in enumerate(("本机关公开政府信息若干条。" * 200).encode()) if place % 5)
REFUSED = {
    "空.txt": (b"", "空的"),
    "空白.txt": (b" \r\n\t\n", "空的"),
    "二进制.txt": (bytes(range(256)) * 8, "二进制"),
    "图片.html": (PNG, "图片"),
    "文档.html": (PDF, "PDF"),
    "压缩包.html": (ZIP, "压缩包"),
    "乱码.txt": (BROKEN, "编码"),
}


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def told(output: str) -> list[list[str]]:
    """The acknowledgements: word, report id, file name, title or reason."""
    return [line.split("\t") for line in output.splitlines() if "\t" in line]


def counted(data: Path) -> int:
    with closing(Store.open(data / "anan.db")) as store:
        return store.counts().reports


def test_a_file_goes_in_and_answers_at_once(anan: Anan, tmp_path: Path) -> None:
    result = anan("ingest", str(write(tmp_path / "da.txt", report())))
    assert result.exit_code == 0
    [[word, report_id, name, title]] = told(result.stdout)
    assert (word, name, title) == ("新增", "da.txt", "演示县档案局2017年政府信息公开工作年度报告")
    assert re.fullmatch("[0-9a-f]{12}", report_id)
    assert "347条" in anan("ask", "2017年主动公开了多少条政府信息？").stdout


def test_a_folder_goes_in_with_its_subfolders_and_without_what_is_no_report(anan: Anan, tmp_path: Path) -> None:
    folder = tmp_path / "年报"
    (folder / "2017").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    write(folder / "2017" / "da.TXT", report())
    (folder / "edu.html").write_bytes((corpus_folder() / "reports" / "edu-2016.html").read_bytes())
    write(folder / "说明.css", "不是报告")
    write(folder / "~$锁.docx", "Word 正开着的文件")
    write(folder / ".hidden" / "x.txt", report(index_number="DA-0"))
    result = anan("ingest", str(folder))
    assert result.exit_code == 0
    assert sorted(row[2] for row in told(result.stdout)) == ["da.TXT", "edu.html"]
    assert "成功 2 个，失败 0 个" in result.stderr


def test_failing_files_get_one_line_each_and_the_others_are_kept(anan: Anan, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, (content, _) in REFUSED.items():
        (folder / name).write_bytes(content)
    write(folder / "da.txt", report())
    missing = folder / "没有.html"
    result = anan("ingest", str(missing), str(folder))
    assert result.exit_code == 1
    for name, reason in {**{name: why for name, (_, why) in REFUSED.items()}, missing.name: "没有这个文件"}.items():
        [line] = [line for line in result.stderr.splitlines(keepends=True) if line.startswith(f"{folder / name}：")]
        assert reason in line
        assert is_chinese_line(line)
    assert [row[2] for row in told(result.stdout)] == ["da.txt"]
    assert f"成功 1 个，失败 {len(REFUSED) + 1} 个" in result.stderr
    assert "0309-5557788" in anan("ask", "县档案局的电话是多少？").stdout


def test_a_file_beyond_the_limit_is_refused(anan: Anan, data: Path, tmp_path: Path) -> None:
    data.mkdir()
    write(data / "anan.toml", "file_limit_mb = 1\n")
    result = anan("ingest", str(write(tmp_path / "da.txt", report() + "公开" * 200_000)))
    assert result.exit_code == 1
    assert "文件太大" in result.stderr


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["空文件夹"], 1)])
def test_nothing_to_ingest_is_said(anan: Anan, tmp_path: Path, arguments: list[str], status: int) -> None:
    (tmp_path / "空文件夹").mkdir()
    result = anan("ingest", *(str(tmp_path / name) for name in arguments))
    assert result.exit_code == status
    assert arguments == [] or (is_chinese_line(result.stderr) and ".html" in result.stderr)


def test_a_report_without_headings_goes_in(anan: Anan, tmp_path: Path) -> None:
    text = "演示县林业局2016年政府信息公开年度报告\n本局全年公开护林防火信息73条,没有收到公开申请。\n"
    result = anan("ingest", str(write(tmp_path / "ly.txt", text)))
    assert (result.exit_code, [row[0] for row in told(result.stdout)]) == (0, ["新增"])
    answer = json.loads(anan("ask", "林业局2016年公开了多少条护林防火信息？", "--json").stdout)
    assert "73条" in answer["text"]
    assert answer["evidence"][0]["section"] == []


def test_the_same_report_twice_changes_nothing(anan: Anan, data: Path, tmp_path: Path) -> None:
    first = anan("ingest", str(write(tmp_path / "da.txt", report())))
    again = anan("ingest", str(write(tmp_path / "又一份.txt", report())))
    assert again.exit_code == 0
    [[before, one, *_]], [[after, other, *_]] = told(first.stdout), told(again.stdout)
    assert (before, after) == ("新增", "没有变化")
    assert one == other
    assert counted(data) == 1


def test_a_report_changed_since_replaces_what_it_said(anan: Anan, data: Path, tmp_path: Path) -> None:
    question = ("ask", "2017年主动公开了多少条政府信息？", "--json")
    anan("ingest", str(write(tmp_path / "da.txt", report("347条"))))
    assert "347条" in anan(*question).stdout
    changed = anan("ingest", str(write(tmp_path / "da.txt", report("358条"))))
    assert (changed.exit_code, told(changed.stdout)[0][0]) == (0, "更新")
    answer = anan(*question).stdout
    assert "358条" in json.loads(answer)["text"]
    assert "347条" not in answer
    assert counted(data) == 1


def test_names_in_another_encoding_are_read_and_printed(data: Path, tmp_path: Path) -> None:
    """Old zip programs leave file names in GB18030, which no UTF-8 terminal can print as they are."""
    folder = os.fsencode(tmp_path) + b"/in"
    os.mkdir(folder)  # noqa: PTH102 - the name is bytes
    name = folder + b"/" + "护林报告".encode("gb18030") + b".txt"
    try:
        with open(name, "wb") as file:  # noqa: PTH123
            file.write("全年公开护林防火信息73条,没有收到公开申请。\n".encode())
    except OSError:
        pytest.skip("这个文件系统只收 UTF-8 文件名")
    done = process(data, "ingest", folder)
    assert done.returncode == 0, done.stderr.decode()
    [[word, _, _, title]] = told(done.stdout.decode())
    assert (word, title) == ("新增", "护林报告")
    assert "73条" in run_anan(data, "ask", "公开了多少条护林防火信息？").stdout
