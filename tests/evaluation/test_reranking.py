"""The fit of the ranking's weights, on sets whose right order is known."""

import json

import pytest
from click.testing import CliRunner

from assistant.cli import main
from assistant.errors import BadInput
from assistant.evaluation.beir import read_question_set
from assistant.evaluation.reranking import learn

SIGNS = {"passage", "report", "run", "stretch"}
# The right document says it as asked, the wrong one the same words in pieces.
PLACES = ["东湖", "西山", "南桥", "北坡", "中洲", "前街"]
DOCUMENTS = {
    **{f"r{place}": ("", f"{place}小学校舍修缮费用由区里承担。操场另算。") for place in PLACES},
    **{f"w{place}": ("", f"费用另算，操场由{place}小学承担。区里校舍修缮。") for place in PLACES},
}
QUESTIONS = {f"q{place}": f"{place}小学校舍修缮费用由谁承担" for place in PLACES}
RIGHT = {f"q{place}": f"r{place}" for place in PLACES}


def test_what_tells_right_from_wrong_is_learned(write_set):
    learned = learn([read_question_set(write_set(documents=DOCUMENTS, questions=QUESTIONS, right=RIGHT))])
    assert set(learned.weights) == SIGNS
    assert learned.weights["passage"] + learned.weights["report"] == pytest.approx(1, abs=0.002)
    assert all(share["learned_held_out"] == 1 for share in learned.shares)


def test_the_command_prints_weights_and_both_halves(write_set):
    folder = write_set(documents=DOCUMENTS, questions=QUESTIONS, right=RIGHT)
    done = CliRunner().invoke(main, ["bench", "ranking", str(folder), "--json"])
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert set(found["weights"]) == SIGNS
    assert [share["set"] for share in found["shares"]] == [folder.name]
    assert all(0 <= value <= 1 for name, value in found["shares"][0].items() if name != "set")


def test_a_set_that_teaches_nothing_is_refused(write_set):
    """One document answers each question and nothing else is found: there is nothing to choose from."""
    with pytest.raises(BadInput, match="无从学习"):
        learn([read_question_set(write_set())])
