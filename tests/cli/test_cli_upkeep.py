"""Looking after a data directory: FAQ files, the index, the doctor, settings."""

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from cli_checks import FAQ, Anan, is_chinese_line, process, run_anan

from assistant.doctor import examine
from assistant.resources import corpus_folder
from assistant.services import open_services
from assistant.store import Store

QUESTION = ("ask", "2017年主动公开了多少条政府信息？")
DAMAGES = {
    "cut short": lambda content: content[: len(content) // 2],
    "overwritten": lambda content: bytes(len(content)),
}
BROKEN_FAQ = {
    "unclosed": ("- question: a\n  answer: [b\n", "第 3 行"),
    "control character": ("- question: a\n  answer: \x01\n", "第 2 行"),
    "no list": ("question: a\n", "列表"),
    "empty": ("", "列表"),
    "no answer": ("- question: a\n", "第 1 条"),
    "unknown key": ("- question: a\n  answer: b\n  anwser: c\n", "anwser"),
    "no such day": ("- question: a\n  answer: b\n  updated: 2023-02-31\n", "日期"),
    "same id twice": ("- {id: x, question: a, answer: b}\n- {id: x, question: c, answer: d}\n", "x"),
    "Python object": ("- question: !!python/object/apply:os.getcwd []\n  answer: b\n", "第 1 行"),
    "contains itself": ("- question: &a [*a]\n  answer: b\n", "第 1 条"),
}


@pytest.fixture
def copied(filled: Path, data: Path) -> Path:
    """A filled data directory of this test alone."""
    shutil.copytree(filled, data)
    return data


def test_an_exported_faq_imports_as_the_same(anan: Anan, tmp_path: Path) -> None:
    out, again = str(tmp_path / "out.yaml"), str(tmp_path / "again.yaml")
    assert "新增 60 条" in anan("faq", "import", str(corpus_folder() / "faq.yaml")).stdout
    assert "60 条" in anan("faq", "export", out).stdout
    assert "新增 0 条，改动 0 条，删除 0 条" in anan("faq", "import", out).stdout
    anan("faq", "export", again)
    assert Path(again).read_bytes() == Path(out).read_bytes()
    entries = yaml.safe_load((corpus_folder() / "faq.yaml").read_text(encoding="utf-8"))
    assert {each["id"]: each for each in yaml.safe_load(Path(out).read_text(encoding="utf-8"))} == {
        each["id"]: each for each in entries
    }


def test_an_import_replaces_what_was_there(anan: Anan, tmp_path: Path) -> None:
    file = tmp_path / "faq.yaml"
    file.write_text(FAQ, encoding="utf-8")
    anan("faq", "import", str(file))
    file.write_text(FAQ.replace("60日内", "30日内").split("- question: 012345")[0], encoding="utf-8")
    assert "新增 0 条，改动 1 条，删除 1 条" in anan("faq", "import", str(file)).stdout
    assert "30日内" in anan("ask", "身份证丢了怎么补办").stdout


@pytest.mark.parametrize(("text", "named"), BROKEN_FAQ.values(), ids=BROKEN_FAQ.keys())
def test_a_broken_faq_file_is_refused_and_changes_nothing(filled: Path, tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "faq.yaml"
    file.write_text(text, encoding="utf-8")
    result = run_anan(filled, "faq", "import", str(file))
    assert (result.exit_code, is_chinese_line(result.stderr)) == (2, True), result.stderr
    assert named in result.stderr
    with closing(Store.open(filled / "anan.db")) as store:
        assert len(store.faq()) == 2


def test_a_file_of_brackets_does_not_take_the_process_down(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text("[" * 100_000, encoding="utf-8")
    done = process(filled, "faq", "import", tmp_path / "faq.yaml")
    assert (done.returncode, is_chinese_line(done.stderr.decode())) == (2, True)


@pytest.mark.parametrize("command", [("faq", "import"), ("faq", "export"), ("check",), ("bench", "retrieval")])
def test_files_that_are_not_there_are_named(filled: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    result = run_anan(filled, *command, str(tmp_path / "没有" / "x"))
    assert (result.exit_code, is_chinese_line(result.stderr)) == (2, True)


def test_reindex_brings_a_lost_index_back_from_the_store(copied: Path) -> None:
    shutil.rmtree(copied / "index")
    result = run_anan(copied, "reindex")
    assert result.exit_code == 0
    assert "1 份报告" in result.stdout
    assert "347条" in run_anan(copied, *QUESTION).stdout


def test_a_question_brings_a_lost_index_back_by_itself(copied: Path) -> None:
    shutil.rmtree(copied / "index")
    assert "347条" in run_anan(copied, *QUESTION).stdout


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
@pytest.mark.parametrize("kind", ["meta.json", "*.term", "*.fast"])
def test_a_damaged_index_comes_back_from_the_store(copied: Path, kind: str, damage: Callable[[bytes], bytes]) -> None:
    files = list((copied / "index").glob(f"*/{kind}"))
    assert files
    for file in files:
        file.write_bytes(damage(file.read_bytes()))
    assert run_anan(copied, "reindex").exit_code == 0
    with closing(open_services(copied)) as services:
        assert "347条" in services.answerer.ask(QUESTION[1]).text
        assert services.status()["status"] == "ok"


def test_doctor_tells_how_each_part_is(filled: Path) -> None:
    result = run_anan(filled, "doctor")
    assert result.exit_code == 0
    for words in (str(filled), "报告 1 份", "常见问题 2 条", "与数据库一致", "pyttsx3"):
        assert words in result.stdout
    found = {part["part"]: part for part in json.loads(run_anan(filled, "doctor", "--json").stdout)}
    assert {"数据库", "索引"} < set(found)
    for part in found.values():
        assert set(part) == {"part", "fine", "optional", "detail"}
        assert part["fine"] or part["optional"]
        assert part["detail"]


@pytest.mark.parametrize(
    ("toml", "named"), [("prot = 8080\n", "port"), ('port = "many"\n', "整数"), ("port = \n", "TOML")]
)
def test_a_wrong_setting_is_one_chinese_line(anan: Anan, data: Path, toml: str, named: str) -> None:
    data.mkdir()
    (data / "anan.toml").write_text(toml, encoding="utf-8")
    result = anan("ask", "你好")
    assert (result.exit_code, result.stdout, is_chinese_line(result.stderr)) == (2, "", True)
    assert named in result.stderr
    assert "anan.toml" in result.stderr or "port" in result.stderr


@pytest.mark.parametrize("below", [(), ("data",)])
def test_a_data_directory_that_is_a_file_is_refused(tmp_path: Path, below: tuple[str, ...]) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x")
    result = run_anan(file.joinpath(*below), "doctor")
    assert (result.exit_code, result.stdout, is_chinese_line(result.stderr)) == (2, "", True)
    assert str(file) in result.stderr
    assert file.read_bytes() == b"x"


@pytest.mark.parametrize("name", ["index", "index/passages", "cache", "speech"])
def test_a_part_of_the_data_directory_that_cannot_be_used_is_told(anan: Anan, data: Path, name: str) -> None:
    (data / name).parent.mkdir(parents=True)
    (data / name).write_bytes(b"x")
    result = anan("ask", "你好")
    assert (result.exit_code, result.stdout, is_chinese_line(result.stderr)) == (2, "", True)
    assert str(data / name) in result.stderr


def test_a_speech_cache_that_cannot_be_opened_is_told(anan: Anan, data: Path) -> None:
    (data / "speech" / "speech.sqlite3").mkdir(parents=True)
    result = anan("ask", "你好")
    assert (result.exit_code, result.stdout, is_chinese_line(result.stderr)) == (2, "", True)
    assert str(data / "speech") in result.stderr


def test_doctor_shows_why_the_voice_fails(data: Path) -> None:
    with closing(open_services(data)) as services:
        services.speech.close()
        [found] = [each for each in examine(services) if each.part == "播报"]
    assert not found.fine
    assert "speech cache" in found.detail


def test_the_data_directory_of_the_environment_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from assistant.cli import main

    monkeypatch.setenv("ANAN_DATA", str(tmp_path / "here"))
    assert CliRunner().invoke(main, ["doctor"]).exit_code == 0
    assert (tmp_path / "here" / "anan.db").is_file()


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_spreadsheet_of_the_faq_imports_as_the_same(filled: Path, tmp_path: Path, suffix: str) -> None:
    out = str(tmp_path / f"faq.{suffix}")
    assert "2 条" in run_anan(filled, "faq", "export", out).stdout
    assert run_anan(filled, "faq", "import", "--dry-run", out).stdout == ""
    assert "新增 0 条，改动 0 条，删除 0 条" in run_anan(filled, "faq", "import", out).stdout
    (tmp_path / "other.csv").write_text(
        "编号,问题,答案\ncard,身份证丢了怎么补办？,到派出所。\nx,新的？,新。", encoding="utf-8"
    )
    told = run_anan(filled, "faq", "import", "--dry-run", str(tmp_path / "other.csv")).stdout.splitlines()
    assert [line.split("\t")[0] for line in told] == ["改动", "新增", "删除"] and "答案" in told[0]
