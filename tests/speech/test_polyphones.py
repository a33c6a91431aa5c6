"""Characters of several readings: both neural voice and espeak-ng get the right one, with the staff's file in force."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.resources import corpus_folder

WORDS = {
    word: syllables
    for word, *syllables in (
        line.split()
        for line in Path(__file__).with_name("polyphones.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
}
# What is said alike, in characters that have one reading only.
ALIKE = {
    "行政": "形正",
    "银行": "银航",
    "重庆": "虫庆",
    "六安": "路安",
    "支行": "枝航",
    "会计": "快寄",
    "一律": "移律",
    "率为百分之百": "律围百分之百",
    "下载": "夏在",
}
# In a process of its own, since the words stay for all that is said later.
_READ = """
import json, sys
from pathlib import Path
from assistant.speech.pinyin import say_as, syllables
from assistant.speech.pronunciation import read_pronunciations
say_as(read_pronunciations(Path(sys.argv[1])).words)
"""


def _reads(code: str, words: list[str]) -> list[object]:
    command = [sys.executable, "-c", _READ + code, str(corpus_folder() / "pronunciation.txt")]
    done = subprocess.run(command, input=json.dumps(words), capture_output=True, text=True, check=True, timeout=120)
    return json.loads(done.stdout)


def test_each_word_has_its_reading():
    said = _reads("print(json.dumps([syllables(word) for word in json.load(sys.stdin)]))", list(WORDS))
    wrong = {word: got for word, got in zip(WORDS, said, strict=True) if got != WORDS[word]}
    assert wrong == {}
    assert len(WORDS) > 1000


@pytest.mark.skipif(not find_spec("misaki"), reason="the extra voice is not installed")
def test_the_neural_voice_hears_the_same_readings():
    code = (
        "from assistant.speech.phonemes import phonemes\n"
        "print(json.dumps([phonemes(word).replace(' ', '') for word in json.load(sys.stdin)]))"
    )
    said = _reads(code, [*ALIKE, *ALIKE.values()])
    assert said[: len(ALIKE)] == said[len(ALIKE) :]


def test_a_long_time_is_no_mayor():
    words = ["全市长期坚持", "本市长效机制", "市长期望", "市长参加"]
    said = _reads("print(json.dumps([syllables(word) for word in json.load(sys.stdin)]))", words)
    assert [each[words[at].index("长")] for at, each in enumerate(said)] == ["chang2", "chang2", "zhang3", "zhang3"]
