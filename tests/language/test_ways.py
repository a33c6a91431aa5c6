"""What citizens say and what reports write for it: the files that staff keep."""

from pathlib import Path

import pytest

from assistant.errors import BadInput
from assistant.language import Ways, read_ways
from assistant.resources import corpus_folder


def ways_of(tmp_path: Path, text: str) -> Ways:
    path = tmp_path / "spoken.txt"
    path.write_text(text, encoding="utf-8")
    return read_ways(path)


def test_a_group_goes_both_ways_and_a_mark_goes_one_way(tmp_path: Path) -> None:
    ways = ways_of(tmp_path, "减少 下降 少了  # 组\n开 开了 > 召开 举办\n开了 > 开通\n往外 拢共 >\n")
    assert ways.of("少了") == ("减少", "下降")
    assert ways.of("开了") == ("召开", "举办", "开通")
    assert ways.of("召开") == ()
    assert ways.written["往外"] == ()
    assert ways.groups == (("减少", "下降", "少了"),)


def test_a_word_that_names_nothing_stands_for_nothing_in_any_line(tmp_path: Path) -> None:
    ways = ways_of(tmp_path, "事项 事\n事 >\n")
    assert ways.written["事"] == () and ways.of("事项") == ("事",)


def test_words_are_found_whole_and_the_longest_first(tmp_path: Path) -> None:
    ways = ways_of(tmp_path, "办 > 举办\n办完 > 办结\n没按时办完 > 逾期\n")
    words = ["多少", "件", "没", "按时", "办完", "，", "办公"]
    assert [(each.word, each.written) for each in ways.find("".join(words), words)] == [("没按时办完", ("逾期",))]


@pytest.mark.parametrize(
    ("text", "says"),
    [("甲 乙\n乙 丙\n", "第 2 行的“乙”已在别的组里"), ("> 召开\n", "第 1 行的“>”前面没有词")],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        ways_of(tmp_path, text)


def test_no_file_is_no_ways_and_a_broken_one_is_told(tmp_path: Path) -> None:
    assert read_ways(tmp_path / "none.txt").written == {}
    path = tmp_path / "spoken.txt"
    path.write_bytes("发放".encode("gb18030"))
    with pytest.raises(BadInput, match="UTF-8"):
        read_ways(path)
    path.write_bytes(b"#" * 1_000_001)
    with pytest.raises(BadInput, match="太大"):
        read_ways(path)


@pytest.mark.parametrize("name", ["spoken.txt", "spoken-things.txt"])
def test_the_files_that_come_along_can_be_read(name: str) -> None:
    assert len(read_ways(corpus_folder() / name).groups) > 5
