"""Reading ahead what is published."""

import threading
from pathlib import Path

import pytest

from assistant.speech import Speech, render
from assistant.speech.process_voice import Pyttsx3Voice
from assistant.speech.rendering import Rendered
from assistant.speech.voice import Recording, VoiceFailed

TEXTS = ["公开信息三条。受理申请两件。", "答复来信五封。"]


class CountingVoice(Pyttsx3Voice):
    """The real voice; counts what it is asked, and fails while told to."""

    asked = 0
    failing = False

    def synthesize(self, spoken: str, timeout: float) -> Recording:
        """See Voice."""
        self.asked += 1
        if self.failing:
            raise VoiceFailed("播报的声音出了问题，请稍后再试")
        return super().synthesize(spoken, timeout)


@pytest.fixture
def voice(tmp_path: Path) -> CountingVoice:
    return CountingVoice(tmp_path)


def test_what_was_read_ahead_is_there_at_once_and_read_once(tmp_path: Path, voice: CountingVoice) -> None:
    speech = Speech(tmp_path, voice)
    told: list[int] = []
    assert render(speech, TEXTS, threading.Event(), told.append) == Rendered(3)
    assert told == [2, 1]
    assert all(speech.is_kept(each.key) for text in TEXTS for each in speech.utterances(text))
    assert render(speech, TEXTS, threading.Event()) == Rendered(0)
    assert voice.asked == 3
    speech.close()


def test_it_goes_on_where_it_was_stopped(tmp_path: Path, voice: CountingVoice) -> None:
    speech = Speech(tmp_path, voice)
    stopped = threading.Event()
    assert render(speech, TEXTS, stopped, lambda _: stopped.set()) == Rendered(2, "中途停下了")
    assert render(speech, TEXTS, threading.Event()) == Rendered(1)
    speech.close()


def test_a_voice_that_fails_again_and_again_is_left_alone(tmp_path: Path, voice: CountingVoice) -> None:
    speech = Speech(tmp_path, voice)
    voice.failing = True
    more = [*TEXTS, "另有四件。再有六件。"]
    assert render(speech, more, threading.Event()) == Rendered(0, "声音接连 3 次出错")
    assert voice.asked == 3
    assert render(speech, TEXTS[1:], threading.Event()) == Rendered(0, "有 1 句声音出了错")
    speech.close()


def test_it_leaves_room_in_the_cache(tmp_path: Path, voice: CountingVoice) -> None:
    speech = Speech(tmp_path, voice, cache_mb=0.02)
    text = "公开信息三条。" + "".join(f"第{number}条办结。" for number in range(40))
    made = render(speech, [text], threading.Event())
    assert made.said < 40 and "缓存已满" in made.left_because
    speech.close()
