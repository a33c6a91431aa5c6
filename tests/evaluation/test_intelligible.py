"""`anan bench voice`: what counts as heard alike, which sentences are said, and what it says when it cannot hear."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import main
from assistant.evaluation.intelligible import plain_sound, sentences_with_numbers


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("公开信息2600条。", "公開信息,二千六百条"),
        ("2015年", "二〇一五年"),
        ("占98%；", "占百分之九十八"),
        ("电话 0915-3211222", "电话零九一五三二幺幺二二二"),
    ],
)
def test_what_sounds_alike_is_alike(written: str, heard: str) -> None:
    assert plain_sound(written) == plain_sound(heard)


def test_sentences_with_numbers_come_evenly_from_all_texts() -> None:
    first = "".join(f"全年公开信息{number}条，比上年增加{number}条。没有数字的一句话不要。" for number in range(10, 20))
    second = first.replace("公开", "制作")
    taken = sentences_with_numbers([first, second], 4)
    assert len(taken) == len(set(taken)) == 4
    assert sum("制作" in each for each in taken) == 2
    assert all(each.startswith("全年") for each in taken)
    assert sentences_with_numbers(["没有。"], 4) == []


def test_without_a_recogniser_it_says_what_is_missing(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--data", str(tmp_path), "bench", "voice", "--json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "语音识别用不了" in result.stderr
