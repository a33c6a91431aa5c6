import subprocess
import sys
from pathlib import Path

import pytest

from assistant.resources import corpus_folder
from assistant.speech.pronunciation import read_pronunciations


def test_the_shipped_file_has_no_fault():
    read = read_pronunciations(corpus_folder() / "pronunciation.txt")
    assert read.faults == ()
    assert read.words["重庆"] == ("chong2", "qing4")


@pytest.mark.parametrize("line", ["重庆", "重庆 chong2", "重庆 chong qing", "abc a1 b1 c1", "重庆 chong2 qing9"])
def test_a_wrong_line_is_told_by_its_number_and_the_rest_is_kept(tmp_path: Path, line: str):
    path = tmp_path / "pronunciation.txt"
    path.write_text(f"# 注释\n{line}\n绿城 lv4 cheng2 # 本地\n", encoding="utf-8")
    read = read_pronunciations(path)
    assert read.words == {"绿城": ("lü4", "cheng2")}
    assert len(read.faults) == 1
    assert "第 2 行" in read.faults[0]


def test_a_file_that_is_no_text_gives_no_words(tmp_path: Path):
    path = tmp_path / "pronunciation.txt"
    path.write_bytes(b"\xff\xfe\x00")
    read = read_pronunciations(path)
    assert read.words == {}
    assert "读不出来" in read.faults[0]


def test_words_are_said_as_the_shipped_file_has_them():
    # In a process of its own, since the words stay for all that is said later.
    code = (
        "import sys; from pathlib import Path\n"
        "from assistant.speech.pinyin import pinyin, say_as\n"
        "from assistant.speech.pronunciation import read_pronunciations\n"
        "words = read_pronunciations(Path(sys.argv[1])).words; say_as(words)\n"
        "say_as({'绿城': ('lü4', 'cheng2')})\n"
        "print(pinyin('提前还款，六安市，所长要求，绿城，强制执行。'))"
    )
    path = str(corpus_folder() / "pronunciation.txt")
    said = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.strip() == (
        "ti2 qian2 huan2 kuan3， lu4 an1 shi4， suo2 zhang3 yao1 qiu2， lv4 cheng2， qiang2 zhi4 zhi2 xing2。"
    )
