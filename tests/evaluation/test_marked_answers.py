"""Whether the sentence that an answer marks holds the known answer: on sets whose marks are known, and on real ones."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli import main
from assistant.evaluation.answers import character_f1, measure_answers

POLICY = Path(__file__).parents[3] / "shared" / "bench" / "policy" / "answers.jsonl"
# The second document asks and answers; in the third the heading says just what is asked, and its text what is done.
DOCUMENTS = {
    "d1": ("护林报告", "全年巡护山林三百公里。护林员扑灭火情两起。护林员共有四十人。"),
    "d2": ("图书馆问答", "办理借书证需要带什么证件？带身份证和一寸照片两张，当天可取。图书馆每周一闭馆。"),
    "d3": ("供水报告", "加快更换老旧水管。分三批施工，夜间不停水。自来水厂日产水八万吨。"),
}
QUESTIONS = {"q1": "护林员扑灭火情几起", "q2": "办理借书证需要带什么证件", "q3": "如何加快更换老旧水管"}
RIGHT = {"q1": "d1", "q2": "d2", "q3": "d3"}
ANSWERS = {"q1": "两起", "q2": "身份证和一寸照片两张", "q3": "分三批施工，夜间不停水。"}


@pytest.fixture
def known(write_set):
    """Writes a set with a file of known answers beside it."""

    def write(answers: dict[str, str] = ANSWERS, questions: dict[str, str] = QUESTIONS) -> Path:
        folder = write_set(documents=DOCUMENTS, questions=questions, right=RIGHT)
        file = folder / "answers.jsonl"
        rows = ({"_id": key, "answers": [text]} for key, text in answers.items())
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return file

    return write


def test_the_sentence_with_the_answer_is_marked_and_not_the_first_one(known):
    """Also where the passage asks the question itself, and where a sentence only repeats it."""
    found = measure_answers(known())
    assert (found.queries, found.answered) == (3, 1)
    assert found.marked.holds == found.marked_of_answered.holds == 1
    assert found.first_sentence.holds == 0
    assert 0 < found.first_sentence.f1 < found.marked.f1 < 1


def test_what_is_refused_has_marked_nothing(known):
    found = measure_answers(known(questions={**QUESTIONS, "q1": "火星上有几座核电站"}))
    assert found.answered == pytest.approx(2 / 3, abs=1e-4)
    assert found.marked.holds == pytest.approx(2 / 3, abs=1e-4)
    assert found.marked_of_answered.holds == 1


def test_a_known_answer_longer_than_a_sentence_is_met_from_within(known):
    longer = DOCUMENTS["d1"][1]
    found = measure_answers(known(answers={"q1": longer}))
    assert (found.queries, found.marked.holds, found.marked.holds_or_within) == (1, 0, 1)


@given(st.text("甲乙丙", max_size=9), st.text("甲乙丙", max_size=9))
def test_f1_is_of_the_characters_that_both_have(said: str, right: str) -> None:
    found = character_f1(said, right)
    assert found == character_f1(right, said)
    assert 0 <= found <= 1
    assert (found == 1) == (sorted(said) == sorted(right) and said != "")
    assert (found > 0) == bool(set(said) & set(right))


def test_the_command_prints_shares(known):
    done = CliRunner().invoke(main, ["bench", "answers", str(known()), "--limit", "2", "--json"])
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert found["queries"] == 2
    assert set(found["marked"]) == {"holds", "holds_or_within", "f1"}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('{"_id": "q1"}\n', "answers.jsonl 第 1 行应有"),
        ('{"_id": "q1", "answers": "两起"}\n', "answers.jsonl 第 1 行应有"),
        ("两起\n", "answers.jsonl 第 1 行不是有效的 JSON"),
        ('{"_id": "q9", "answers": ["两起"]}\n', "没有 queries.jsonl 中任何一问的答案"),
        ('{"_id": "q1", "answers": ["。"]}\n', "没有 queries.jsonl 中任何一问的答案"),
        (None, "读不出来"),
    ],
)
def test_a_file_that_is_no_answers_is_refused(known, lines: str | None, said: str) -> None:
    file: Path = known()
    file.unlink()
    if lines is not None:
        file.write_text(lines, encoding="utf-8")
    done = CliRunner().invoke(main, ["bench", "answers", str(file)])
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.skipif(not POLICY.is_file(), reason="旁边没有 shared/bench/policy")
def test_real_answers_are_marked_far_better_than_the_first_sentence():
    """A slice; the figures for all questions come from the command."""
    found = measure_answers(POLICY, limit=100)
    assert found.queries == 100
    assert found.answered >= 0.7
    assert found.marked_of_answered.holds >= found.first_sentence_of_answered.holds + 0.1
    assert found.marked_of_answered.f1 > found.first_sentence_of_answered.f1
