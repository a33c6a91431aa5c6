"""`anan ingest` on folders as people keep them: archives, files of every kind of damage, a folder that is watched."""

import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from cli_checks import ANAN, is_chinese_line, report, run_anan
from damaged_files import BOMB, OLE, locked_pdf, repacked, saved, small_docx, small_pdf, small_xlsx

from assistant.services import open_services
from assistant.store import Store

BODIES = ["林业局", "水利局", "民政局", "教育局", "财政局", "交通局", "卫生局", "体育局", "商务局", "审计局"]


def of_body(body: str, published: str = "347条") -> str:
    return report(published, f"{body}-2018").replace("档案局", body)


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def encrypted(path: Path) -> Path:
    """An archive whose one entry says that it is encrypted, in both places where the format says so."""
    data = bytearray(zipped(path, {"年报.txt": report().encode()}).read_bytes())
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    return path


def acknowledged(stdout: str) -> list[tuple[str, str]]:
    """Word and name of each line."""
    return [(row[0], row[2]) for row in (line.split("\t") for line in stdout.splitlines())]


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes are POSIX")
def test_a_folder_of_good_and_bad_files_goes_in_as_far_as_it_can(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "年报"
    data.mkdir()
    folder.mkdir()
    (data / "anan.toml").write_text("file_seconds = 10\n", encoding="utf-8")
    for body in BODIES:
        (folder / f"{body}.txt").write_text(of_body(body), encoding="utf-8")
    zipped(folder / "好.zip", {"县里/档案局.txt": report().encode("gb18030"), "readme": b"x"})
    bad = {
        "0字节.txt": b"",
        "二进制.html": bytes(range(256)) * 500,
        "乱码.txt": bytes(byte for place, byte in enumerate(("本机关公开信息。" * 300).encode()) if place % 5),
        "扩展名不对.html": b"\x89PNG\r\n\x1a\n" + bytes(500),
        "截断.zip": b"PK\x03\x04" + bytes(300),
        "不是.zip": b"<html>",
    }
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    zipped(folder / "炸弹.zip", {"炸弹.txt": bytes(200_000_000)})
    zipped(folder / "穿越.zip", {"../../../穿越.txt": report().encode()})
    encrypted(folder / "加密.zip")
    os.mkfifo(folder / "读不完.html")  # who opens it waits for somebody to write
    bad["读不完.html"] = b""
    told = {**dict.fromkeys(bad), "炸弹.zip/炸弹.txt": None, "穿越.zip/../../../穿越.txt": None, "加密.zip": None}

    result = run_anan(data, "ingest", str(folder), str(folder / "读不完.html"))

    assert result.exit_code == 1
    assert sorted(acknowledged(result.stdout)) == sorted(
        ("新增", name) for name in (*(f"{body}.txt" for body in BODIES), "好.zip/县里/档案局.txt")
    )
    lines = [line for line in result.stderr.splitlines(keepends=True) if str(folder) in line]
    assert sorted(line.partition("：")[0] for line in lines) == sorted(f"{folder}/{name}" for name in told)
    assert all(map(is_chinese_line, lines))
    [endless] = [line for line in lines if "读不完" in line]
    assert "10 秒" in endless
    assert f"成功 {len(BODIES) + 1} 个，失败 {len(told)} 个" in result.stderr
    assert not (tmp_path / "穿越.txt").exists()
    assert "347条" in run_anan(data, "ask", "县水利局2017年主动公开了多少条政府信息？").stdout
    services = open_services(data)
    assert services.indexer.agrees()
    services.close()


def test_the_summary_tells_what_came_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for body in BODIES:
        (folder / f"{body}.txt").write_text(of_body(body), encoding="utf-8")
    (folder / "无名.txt").write_text("全年公开护林防火信息73条。\n", encoding="utf-8")
    first = run_anan(tmp_path / "data", "ingest", str(folder))
    (folder / "水利局.txt").write_text(of_body("水利局", "358条"), encoding="utf-8")
    second = run_anan(tmp_path / "data", "ingest", str(folder))

    def summary(stderr: str) -> dict[str, str]:
        return dict(line.strip().split("\t")[:2] for line in stderr.splitlines() if "\t" in line)

    assert summary(first.stderr)["新增"] == "11"
    counts = summary(second.stderr)
    assert (counts["新增"], counts["更新"], counts["没有变化"], counts["失败"]) == ("0", "1", "10", "0")
    assert {"表格", "数字"} < set(counts)
    assert "没有写明发布机构\t1\t无名.txt" in second.stderr


def test_names_that_would_break_the_lines_do_not(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"年\n报\t\u202e.txt": report().encode(), "坏\n的.txt": b""})
    result = run_anan(tmp_path / "data", "ingest", str(path))
    assert [len(line.split("\t")) for line in result.stdout.splitlines()] == [4]
    [line] = [line for line in result.stderr.splitlines() if line.startswith(str(path))]
    assert line.endswith("空的")


def test_words_are_cut_once_and_again_after_a_new_lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cuts them in this process is made to fail: all that follows must live on the words that are kept."""
    data, folder = tmp_path / "data", tmp_path / "in"
    folder.mkdir()
    for body in BODIES:
        (folder / f"{body}.txt").write_text(of_body(body) + "全县推行青苗贷试点。\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("assistant.search.indexing.cut", None)
        assert run_anan(data, "ingest", str(folder)).exit_code == 0
        assert run_anan(data, "ingest", str(folder)).exit_code == 0
        assert run_anan(data, "reindex").exit_code == 0
        (data / "lexicon.txt").write_text("青苗贷\n", encoding="utf-8")
        assert run_anan(data, "reindex").exit_code == 0
    services = open_services(data)
    assert services.index.word_frequencies(["青苗贷"]) == [len(BODIES)]
    assert services.store.without_words(services.indexer.segmenter.version) == []
    services.close()


def test_few_reports_are_cut_once_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, file = tmp_path / "data", tmp_path / "a.txt"
    file.write_text(report() + "全县推行青苗贷试点。\n", encoding="utf-8")
    run_anan(data, "ingest", str(file))
    with monkeypatch.context() as patch:
        patch.setattr("assistant.search.indexing.cut", None)
        assert run_anan(data, "ingest", str(file)).exit_code == 0
        assert run_anan(data, "reindex").exit_code == 0
    (data / "lexicon.txt").write_text("青苗贷\n", encoding="utf-8")
    run_anan(data, "reindex")
    services = open_services(data)
    assert services.index.word_frequencies(["青苗贷"]) == [1]
    services.close()


class Watching:
    """`anan ingest --watch` in a process of its own; what it says is waited for, line by line."""

    def __init__(self, data: Path, folder: Path) -> None:
        command = [str(ANAN), "--data", str(data), "ingest", "--watch", "--every", "0.1", str(folder)]
        environ = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", env=environ
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def next(self) -> str:
        return self._lines.get(timeout=60)

    def end(self, how: int) -> list[str]:
        """Ends it; what it said after what was asked for."""
        self.process.send_signal(how)
        assert self.process.wait(timeout=60) == 0
        rest = [self.next()]
        while rest[-1] != "已停止。\n":
            rest.append(self.next())
        return rest


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_watched_folder(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "投递"
    folder.mkdir()
    (folder / "已有.txt").write_text(report(), encoding="utf-8")
    assert run_anan(data, "ingest", str(folder)).exit_code == 0
    watching = Watching(data, folder)
    try:
        assert "正在看着" in watching.next()
        (folder / "林业局.txt").write_text(of_body("林业局"), encoding="utf-8")
        assert acknowledged(watching.next()) == [("新增", "林业局.txt")]
        (folder / "林业局.txt").write_text(of_body("林业局", "358条"), encoding="utf-8")
        assert acknowledged(watching.next()) == [("更新", "林业局.txt")]
        (folder / "空.txt").write_bytes(b"")
        assert watching.next() == f"{folder / '空.txt'}：文件是空的\n"
        (folder / "再来一份.txt").write_text(report(), encoding="utf-8")  # held already: nothing to say
        zipped(folder / "新.zip", {"水利局.txt": of_body("水利局").encode()})
        assert acknowledged(watching.next()) == [("新增", "新.zip/水利局.txt")]
        assert watching.end(signal.SIGINT) == ["已停止。\n"]
    finally:
        watching.process.kill()
        watching.process.wait()
    with Store.open(data / "anan.db") as store:
        assert store.counts()[:1] == (3,)
        assert store.index_queue() == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_service_that_watches_is_stopped_as_services_are(filled: Path, tmp_path: Path) -> None:
    watching = Watching(filled, tmp_path)
    try:
        assert "正在看着" in watching.next()
        assert watching.end(signal.SIGTERM) == ["已停止。\n"]
    finally:
        watching.process.kill()
        watching.process.wait()


def test_only_folders_are_watched(tmp_path: Path) -> None:
    result = run_anan(tmp_path / "data", "ingest", "--watch", str(tmp_path / "没有"))
    assert (result.exit_code, is_chinese_line(result.stderr)) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes are POSIX")
def test_each_report_is_acknowledged_as_it_is_stored(tmp_path: Path) -> None:
    """The last file is a pipe that nobody fills: what came before it is told all the same."""
    folder = tmp_path / "in"
    folder.mkdir()
    files = [folder / f"{body}.txt" for body in BODIES]
    for path, body in zip(files, BODIES, strict=True):
        path.write_text(of_body(body), encoding="utf-8")
    os.mkfifo(folder / "waits.txt")
    command = [str(ANAN), "--data", str(tmp_path / "data"), "ingest", *map(str, files), str(folder / "waits.txt")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        assert process.stdout is not None
        assert [acknowledged(process.stdout.readline())[0][1] for _ in files] == [path.name for path in files]
    finally:
        process.kill()
        process.communicate()
    with Store.open(tmp_path / "data" / "anan.db") as store:
        assert store.counts().reports == len(files)


def office_files() -> dict[str, tuple[bytes, str]]:
    """Damaged and hostile office files by name, each with a word of the reason that is told."""
    word, book, pdf = small_docx(), small_xlsx(), small_pdf()
    return {
        "截断.pdf": (pdf[: len(pdf) // 3], "坏"),
        "截断.docx": (word[: len(word) // 2], "坏"),
        "截断.xlsx": (book[: len(book) - 30], "坏"),
        "加密.pdf": (locked_pdf(), "密码"),
        "加密.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        "旧版.doc.docx": (OLE + "WordDocument".encode("utf-16-le"), "另存为"),
        "五百页.pdf": (small_pdf(500), "500 页"),
        "空白.pdf": (pdf, "没有文字"),
        "实体.docx": (repacked(word, lambda name, part: BOMB if name.endswith("document.xml") else part), "XML 声明"),
        "膨胀.docx": (repacked(word, lambda name, part: bytes(2**28) if name.endswith("styles.xml") else part), "太大"),
        "穿越.ofd": (repacked(word, lambda _, part: part).replace(b"word/", b"../x/"), "压缩包"),
        "图片.png": (b"\x89PNG\r\n\x1a\n" + bytes(500), "坏"),
        "空.xlsx": (b"", "空的"),
    }


def test_office_files_of_every_damage_leave_the_good_ones_in(tmp_path: Path) -> None:
    folder = tmp_path / "年报"
    folder.mkdir()
    damaged = office_files()
    for name, (content, _) in damaged.items():
        (folder / name).write_bytes(content)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("明细")
    for number in range(20_001):
        sheet.append([f"第{number}项", number] if number else ["编号", "数量"])
    good = {"两万行.xlsx": saved(book), "林业局.docx": small_docx(), "扩展名是网页.html": small_xlsx()}
    for name, content in good.items():
        (folder / name).write_bytes(content)

    result = run_anan(tmp_path / "data", "ingest", str(folder))

    assert result.exit_code == 1
    assert sorted(acknowledged(result.stdout)) == sorted(("新增", name) for name in good)
    lines = [line for line in result.stderr.splitlines(keepends=True) if str(folder) in line]
    assert all(map(is_chinese_line, lines))
    told = {line.partition("：")[0].removeprefix(f"{folder}/"): line for line in lines}
    assert len(told) == len(lines)
    assert told.keys() == damaged.keys()
    for name, (_, reason) in damaged.items():
        assert reason in told[name]
    figures = run_anan(tmp_path / "data", "figures", acknowledged_id(result.stdout, "两万行.xlsx"))
    assert "共 20000 个数字。" in figures.stdout


def acknowledged_id(stdout: str, name: str) -> str:
    [found] = [row[1] for row in (line.split("\t") for line in stdout.splitlines()) if row[2] == name]
    return found
