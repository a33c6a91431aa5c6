"""A question spoken by the neural voice, as a microphone would record it: silence before it and after it."""

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
from made_once import made_once
from neural_packages import installed_speech_folder

from assistant.speech import spoken_form
from assistant.speech.voices import open_voice

QUESTION = "青澜市公安局二零一八年主动公开信息多少条？"
PATIENCE = 120


def spoken_question(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A WAV file, made once; skips where the voice cannot be had."""

    def speak(folder: Path) -> None:
        voice = open_voice("zf_xiaoxiao", neural)
        try:
            said = voice.synthesize(spoken_form(QUESTION), PATIENCE).sound
        finally:
            voice.close()
        samples, rate = soundfile.read(io.BytesIO(said), dtype="float32")
        silence = np.zeros(rate, dtype=np.float32)
        recorded = wav(np.concatenate([silence[: rate // 2], samples, silence]), rate)
        (folder / "question.wav").write_bytes(recorded)

    neural = installed_speech_folder(tmp_path_factory)
    return (made_once(tmp_path_factory, "spoken-question", speak) / "question.wav").read_bytes()


def wav(samples: "np.ndarray[tuple[int], np.dtype[np.float32]]", rate: int) -> bytes:
    """A WAV file of one channel."""
    packed = io.BytesIO()
    soundfile.write(packed, samples, rate, format="WAV", subtype="PCM_16")
    return packed.getvalue()
