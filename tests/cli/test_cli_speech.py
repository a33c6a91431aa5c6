"""`anan speak`, and `--say` where it cannot write."""

from pathlib import Path

import pytest
import soundfile
from cli_checks import is_chinese_line, run_anan


def seconds(path: Path) -> float:
    info = soundfile.info(path)
    assert info.format == "MP3"
    return float(info.duration)


def test_text_becomes_sound_as_long_as_it_takes_to_say(filled: Path, tmp_path: Path) -> None:
    short, long = tmp_path / "short.mp3", tmp_path / "long.mp3"
    assert run_anan(filled, "speak", "公开三条。", "-o", str(short)).exit_code == 0
    assert run_anan(filled, "speak", "公开三条。" * 4, "-o", str(long)).exit_code == 0
    assert seconds(long) > 2 * seconds(short) > 0


def test_slower_and_faster_take_more_and_less_time(filled: Path, tmp_path: Path) -> None:
    took = {}
    for speed in ("0.5", "1", "2"):
        arguments = ("speak", "全年公开信息三百条。", "--speed", speed, "-o", str(tmp_path / f"{speed}.mp3"))
        assert run_anan(filled, *arguments).exit_code == 0
        took[speed] = seconds(tmp_path / f"{speed}.mp3")
    assert took["0.5"] == pytest.approx(2 * took["1"], abs=0.15)
    assert took["2"] == pytest.approx(took["1"] / 2, abs=0.15)
    assert run_anan(filled, "speak", "公开", "--speed", "3", "-o", str(tmp_path / "x.mp3")).exit_code == 2


def test_a_report_is_read_from_beginning_to_end(filled: Path, tmp_path: Path) -> None:
    again = run_anan(filled, "ingest", str(filled.parent / "da.txt"))
    report_id = again.stdout.split("\t")[1]
    assert run_anan(filled, "speak", "--report", report_id, "-o", str(tmp_path / "r.mp3")).exit_code == 0
    assert seconds(tmp_path / "r.mp3") > 20  # some 220 characters


@pytest.mark.parametrize(
    "arguments",
    [
        ("speak", ""),
        ("speak", "！？……"),
        ("speak", "\ud800"),
        ("speak",),
        ("speak", "公开", "--report", "000000000000"),
        ("speak", "--report", "000000000000"),
        ("speak", "--report", "../../etc/passwd"),
    ],
)
def test_nothing_to_say_is_said_and_writes_no_file(filled: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = run_anan(filled, *arguments, "-o", str(tmp_path / "x.mp3"))
    assert (result.exit_code, result.stdout, is_chinese_line(result.stderr)) == (2, "", True)
    assert not (tmp_path / "x.mp3").exists()


@pytest.mark.parametrize("arguments", [("speak", "公开", "-o"), ("ask", "你好", "--say")])
@pytest.mark.parametrize("place", ["没有/x.mp3", "."])
def test_a_place_that_cannot_be_written_is_named(
    filled: Path, tmp_path: Path, arguments: tuple[str, ...], place: str
) -> None:
    result = run_anan(filled, *arguments, str(tmp_path / place))
    assert result.exit_code == 2
    assert is_chinese_line(result.stderr)
    assert str(tmp_path) in result.stderr


def test_what_is_published_is_read_ahead_once(filled: Path) -> None:
    again = run_anan(filled, "ingest", str(filled.parent / "da.txt"))
    report_id = again.stdout.split("\t")[1]
    first, second = (run_anan(filled, "voice", "render", report_id) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert second.stdout == "新读了 0 句。\n"
    assert run_anan(filled, "voice", "render", "000000000000").exit_code == 2
