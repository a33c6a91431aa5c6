"""Questions beside a voice that reads ahead: what is asked and told, not how fast this machine is."""

from pathlib import Path

from assistant.evaluation.contention import measure_contention
from assistant.speech.process_voice import Pyttsx3Voice


def test_questions_are_asked_idle_and_beside_the_voice(tmp_path: Path) -> None:
    asked: list[str] = []
    voice = Pyttsx3Voice(tmp_path)
    try:
        figures = measure_contention(asked.append, ["一", "二"], voice, ["公开三条。", "答复五条。" * 30])
    finally:
        voice.close()
    assert asked == ["一", "二"] * 7  # once for warming, then three times idle and three times beside
    assert figures["questions"] == 2
    assert figures["idle_p95_ms"] >= 0 and figures["rendering_p95_ms"] >= 0
