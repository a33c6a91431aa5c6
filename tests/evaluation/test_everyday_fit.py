"""The fit of the FAQ's everyday matching, as staff run it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.answers.everyday_faq import NearSigns
from assistant.cli import main


def fitted(*arguments: str) -> dict:
    result = CliRunner().invoke(main, ["bench", "everyday", *arguments, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_the_fit_tells_phrasings_from_questions_about_other_things(write_set) -> None:
    found = fitted(str(write_set()))
    assert list(found["weights"]) == list(NearSigns.__dataclass_fields__)
    assert found["counts"]["own"] == found["counts"]["gone"] > 100
    assert found["counts"]["other"] == 3
    surely = next(point for point in found["curve"] if point["threshold"] == 0.5)
    assert surely["own"] > 2 * surely["gone"]
    assert surely["right"] > 0.8


def test_the_limit_bounds_the_questions_about_other_things(write_set) -> None:
    assert fitted(str(write_set()), "--limit", "2")["counts"]["other"] == 2


@pytest.mark.parametrize("phrasings", ["[]", "[甲乙]"])
def test_an_faq_too_small_to_leave_a_part_out_is_refused(write_set, tmp_path: Path, phrasings: str) -> None:
    file = tmp_path / "faq.yaml"
    file.write_text(f"- {{id: a, question: 怎么办, phrasings: {phrasings}, answer: 好}}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["bench", "everyday", str(write_set()), "--faq", str(file)])
    assert (result.exit_code, "常见问题太少" in result.output) == (2, True)
