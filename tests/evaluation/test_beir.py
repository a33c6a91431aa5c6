"""Reading question sets in the BEIR layout."""

from pathlib import Path

import pytest

from assistant.errors import BadInput
from assistant.evaluation.beir import read_question_set


def test_a_set_is_read_whole(write_set):
    found = read_question_set(write_set("small"))
    assert found.name == "small"
    assert found.documents["d2"][0] == "供水报告"
    assert found.questions["q3"] == "办理借书证多少张"
    assert found.relevant == {"q1": {"d1"}, "q2": {"d2"}, "q3": {"d3"}}


def test_questions_without_a_relevant_document_are_left_out(write_set):
    folder = write_set()
    (folder / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t2\n\nq2\td1\t0\n", encoding="utf-8"
    )
    found = read_question_set(folder)
    assert list(found.questions) == ["q1"]
    assert found.relevant == {"q1": {"d1", "d2"}}


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
@pytest.mark.parametrize("broken", [None, b"\xff\xfe\x00", "folder"])
def test_a_file_that_cannot_be_read_is_named(write_set, name: str, broken: object) -> None:
    file: Path = write_set() / name
    file.unlink()
    if isinstance(broken, bytes):
        file.write_bytes(broken)
    elif broken:
        file.mkdir()
    with pytest.raises(BadInput, match=name):
        read_question_set(file.parent)


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("corpus.jsonl", '{"_id": "d4", "text": ', "corpus.jsonl 第 4 行不是有效的 JSON"),
        ("corpus.jsonl", '["d4"]', "corpus.jsonl 第 4 行应当是一个 JSON 对象"),
        ("corpus.jsonl", '{"_id": "d4"}', "corpus.jsonl 第 4 行缺少 text"),
        ("queries.jsonl", '{"text": "几起"}', "queries.jsonl 第 4 行缺少 _id"),
        ("queries.jsonl", '{"_id": 4, "text": "几起"}', "queries.jsonl 第 4 行缺少 _id"),
        ("qrels.tsv", "q1 d1 1", "qrels.tsv 第 5 行应有三列"),
    ],
)
def test_a_broken_line_is_named(write_set, name: str, line: str, said: str) -> None:
    folder = write_set()
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(BadInput) as refused:
        read_question_set(folder)
    assert said in refused.value.message


def test_a_set_without_questions_is_refused(write_set):
    with pytest.raises(BadInput, match="无从评测"):
        read_question_set(write_set(right={}))
