"""Questions about other things than the sample corpus: how many are told there is none."""

import json

from click.testing import CliRunner

from assistant.cli import main


def test_a_question_that_the_sample_answers_is_no_none(write_set):
    """Nobody in the sample counts library cards or water pipes; a greeting is answered by everyone."""
    questions = {"q1": "护林员扑灭火情几起", "q2": "办理借书证多少张", "q3": "你好"}
    folder = write_set(questions=questions, right=dict.fromkeys(questions, "d1"))
    done = CliRunner().invoke(main, ["bench", "offtopic", str(folder), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {
        "queries": 3,
        "none": 0.6667,
        "kinds": {"none": 2, "smalltalk": 1},
        "answered": [{"question": "你好", "kind": "smalltalk"}],
    }
