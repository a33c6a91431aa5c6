"""`anan ask` and `anan chat`: answers, the JSON of an answer, and what is said to questions that are none."""

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
import soundfile
from cli_checks import is_chinese_line, process, run_anan

QUESTION = "2017年主动公开了多少条政府信息？"
ANSWER_KEYS = {
    *("question", "conversation", "kind", "text", "say", "confidence", "evidence", "suggestions"),
    *("value", "understood", "comparison"),
}
EVIDENCE_KEYS = {"report", "section", "passage", "start", "sentence", "highlights", "score", "anchor", "recognised"}
REPORT_KEYS = {"id", "title", "publisher", "index_number", "published", "year", "url"}

REFUSED = {
    "empty": "",
    "blank": " \t\n　",
    "5,000 characters": "公开" * 2500,
    "only punctuation": "？！，。……《》()!?*~^\"'",
    "emoji": "😀👍🏽❤️",
    "control characters": "\x01\x02\x1b\x7f\u200b\u202e\ufeff",
    "lone surrogates": "\ud800\udfff",
}
ANSWERED = {
    "HTML": "<b onclick='x()'>2017年</b>公开了多少条<br>",
    "script": "<script>alert('公开')</script>",
    "unfinished query": "AND (",
    "operators": "NOT 公开 AND OR (信息",
    "unbalanced quotes": "\"公开 '信息 “",
    "field and value": "title:公开 year:[2017 TO *]",
    "wildcards": "公开* ?信息 ~2 ^5 \\",
    "format strings": "%s {0} ${HOME} $(id) `id`",
    "SQL": "'; DROP TABLE reports; --公开",
    "control characters between": "2017年\x00主动\x1b[31m公开\u202e了多少条",
    "emoji between": "2017年😀公开了多少条👍",
    "long word": "a" * 300,
    "rare characters": "𠮷𪚥龘公开了吗",
}
BROKEN_BYTES = {
    "no UTF-8": b"\xff\xfe\x80",
    "half a character": "公开".encode()[:-1],
    "encoded surrogates": b"2017\xed\xa0\x80\xed\xb0\x80",
    "GB18030": "公开了多少条信息".encode("gb18030"),
}


def test_an_answer_is_its_words_and_their_source(filled: Path) -> None:
    result = run_anan(filled, "ask", QUESTION)
    assert result.exit_code == 0
    first, *rest = result.stdout.splitlines()
    assert "347条" in first
    assert any("演示县档案局2017年" in line and "DA-2018-001" in line and "2018-02-09" in line for line in rest)
    assert any("二、主动公开政府信息的情况" in line for line in rest)


def test_a_forgiven_slip_is_told_first(filled: Path) -> None:
    first, second, *_ = run_anan(filled, "ask", "2017年煮动公开了多少条政府信息？").stdout.splitlines()
    assert first == "您是想问“2017年主动公开了多少条政府信息?”吗？"
    assert "347条" in second


def test_json_is_the_answer_of_the_design(filled: Path) -> None:
    answer = json.loads(run_anan(filled, "ask", QUESTION, "--json").stdout)
    assert set(answer) == ANSWER_KEYS
    assert answer["question"] == QUESTION
    assert (answer["kind"], 0 < answer["confidence"] <= 1) == ("figure", True)
    assert re.fullmatch("[0-9a-f]{32}", answer["conversation"])
    assert "三百四十七条" in answer["say"]
    assert answer["evidence"]
    for evidence in answer["evidence"]:
        assert set(evidence) == EVIDENCE_KEYS
        assert set(evidence["report"]) == REPORT_KEYS
    first = answer["evidence"][0]
    assert first["report"]["index_number"] == "DA-2018-001"
    assert (first["report"]["year"], date.fromisoformat(first["report"]["published"])) == (2017, date(2018, 2, 9))
    start, end = first["sentence"]
    assert "347条" in first["passage"][start:end]
    assert "347条" in "".join(first["passage"][start:end] for start, end in first["highlights"])


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ("身份证丢了怎么补办", "faq", "60日内领取"),
        ("你好", "smalltalk", "安安"),
        ("火星上有没有水", "none", "没有找到"),
    ],
)
def test_every_kind_of_answer_has_the_same_keys(filled: Path, question: str, kind: str, words: str) -> None:
    answer = json.loads(run_anan(filled, "ask", question, "--json").stdout)
    assert (set(answer), answer["kind"]) == (ANSWER_KEYS, kind)
    assert words in answer["text"]
    assert bool(answer["evidence"]) == (kind == "faq")


def test_say_writes_sound(filled: Path, tmp_path: Path) -> None:
    result = run_anan(filled, "ask", QUESTION, "--say", str(tmp_path / "a.mp3"))
    assert result.exit_code == 0
    sound = soundfile.info(tmp_path / "a.mp3")
    assert sound.format == "MP3"
    assert sound.duration > 3  # a sentence of some thirty characters


@pytest.mark.parametrize("question", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_question_gets_a_chinese_line(filled: Path, question: str) -> None:
    result = run_anan(filled, "ask", question)
    assert (result.exit_code, result.stdout) == (2, "")
    assert is_chinese_line(result.stderr)


@pytest.mark.parametrize("question", ANSWERED.values(), ids=ANSWERED.keys())
def test_strange_questions_get_an_answer(filled: Path, question: str) -> None:
    """Also one that finds nothing is an answer; index syntax is text like any other."""
    result = run_anan(filled, "ask", "--json", "--", question)
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["question"] == question
    assert answer["kind"] in ("passage", "faq", "none")
    assert answer["text"]


@pytest.mark.parametrize("question", BROKEN_BYTES.values(), ids=BROKEN_BYTES.keys())
def test_broken_utf8_is_answered_or_refused(filled: Path, question: bytes) -> None:
    done = run_anan(filled, "ask", "--json", os.fsdecode(question))  # as Python takes it from the terminal
    assert done.exit_code in (0, 2), done.stderr
    if done.exit_code == 2:
        assert (done.stdout, is_chinese_line(done.stderr)) == ("", True)
    else:
        assert set(json.loads(done.stdout)) == ANSWER_KEYS


def test_a_whole_question_survives_one_broken_byte(filled: Path) -> None:
    done = process(filled, "ask", "2017年主动公开".encode() + b"\xff" + "了多少条政府信息".encode())
    assert done.returncode == 0, done.stderr.decode()
    assert "347条" in done.stdout.decode()


def test_a_conversation_goes_on_after_bad_lines_and_ends_at_an_empty_one(filled: Path) -> None:
    lines = ["你好".encode(), b"???", b"\xff\xfe\xfd", QUESTION.encode(), b"", QUESTION.encode()]
    done = process(filled, "chat", typed=b"\n".join(lines) + b"\n")
    said = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert said.count("安安：") == 2
    assert said.count("347条") == 1
    assert said.index("我是安安") < said.index("没有看懂") < said.index("347条")


def test_a_conversation_ends_with_its_input(filled: Path) -> None:
    result = run_anan(filled, "chat", typed="你好\n")
    assert result.exit_code == 0
    assert result.stdout.count("安安：") == 1
