"""Listening: what recordings are taken, and, where its packages can be had, what Whisper hears in them."""

import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from neural_packages import installed_speech_folder
from whisper_packages import installed_whisper_folder

from assistant.cli import main
from assistant.errors import BadInput, SettingsError
from assistant.speech.recognition import listen_missing, open_recogniser
from assistant.speech.sound import to_audio
from assistant.speech.voices import open_voice


def tone(seconds: float, form: str = "WAV", subtype: str | None = None) -> bytes:
    """A hum of so long, stereo, 48,000 samples a second as microphones give."""
    packed = io.BytesIO()
    one = (np.sin(np.arange(int(48_000 * seconds)) / 20) / 3).astype(np.float32)
    soundfile.write(packed, np.stack([one, one], axis=1), 48_000, format=form, subtype=subtype)
    return packed.getvalue()


@pytest.mark.parametrize(("form", "subtype"), [("WAV", None), ("OGG", "OPUS"), ("FLAC", None), ("MP3", None)])
def test_what_browsers_and_files_bring_is_read(form: str, subtype: str | None) -> None:
    pytest.importorskip("av")
    from assistant.speech.recording import RATE, read_recording

    samples = read_recording(tone(2, form, subtype))
    assert samples.dtype == np.float32
    assert abs(len(samples) / RATE - 2) < 0.1
    assert 0.2 < float(np.max(np.abs(samples))) < 0.5


def test_a_recording_that_is_too_long_is_refused() -> None:
    pytest.importorskip("av")
    from assistant.speech.recording import read_recording

    with pytest.raises(BadInput, match="30 秒") as refused:
        read_recording(tone(31, "OGG", "OPUS"))
    assert refused.value.code == "recording_too_long"


MANGLED = [
    b"",
    b"\x1a\x45\xdf\xa3",
    b"RIFF\0\0\0\0WAVE",
    tone(0),
    tone(0.01),
    b"#EXTM3U\nhttp://127.0.0.1/\n",
    b"\0\0\0\x20ftypisom" + bytes(40),
]


@pytest.mark.parametrize("data", MANGLED, ids=range(len(MANGLED)))
def test_what_is_no_recording_is_refused(data: bytes) -> None:
    pytest.importorskip("av")
    from assistant.speech.recording import read_recording

    with pytest.raises(BadInput, match="录音") as refused:
        read_recording(data)
    assert refused.value.code == "bad_recording"


@given(st.sampled_from(["WAV", "OGG", "FLAC", "MP3"]), st.binary(max_size=60), st.integers(4, 3_000))
def test_a_mangled_recording_is_read_or_refused(form: str, noise: bytes, at: int) -> None:
    pytest.importorskip("av")
    from assistant.speech.recording import RATE, read_recording

    whole = tone(0.5, form)
    try:
        samples = read_recording(whole[:at] + noise + whole[at + len(noise) :])
    except BadInput:
        return
    assert np.isfinite(samples).all()
    assert len(samples) <= 31 * RATE


def test_without_a_model_it_says_what_to_do(tmp_path: Path) -> None:
    assert "listen_model" in listen_missing(tmp_path)
    with pytest.raises(SettingsError, match="语音识别用不了"):
        open_recogniser(tmp_path)
    result = CliRunner().invoke(main, ["--data", str(tmp_path), "listen", "x.wav"])
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


def test_what_was_said_is_heard_and_silence_and_noise_are_nothing(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    model = installed_whisper_folder(tmp_path_factory)
    from assistant.speech.recording import read_recording

    voice = open_voice("zf_xiaoxiao", installed_speech_folder(tmp_path_factory))
    system = open_voice("pyttsx3", tmp_path)
    clauses = "加上上年结转一件，应办二十九件，办结二十七件，两件因十二月下旬才收到而结转下年度。"
    said = tmp_path / "said.mp3"
    try:
        said.write_bytes(to_audio(voice.synthesize("政府信息公开工作年度报告。", 120).sound).data)
        long = to_audio(voice.synthesize(clauses, 120).sound).data
        robotic = to_audio(system.synthesize(clauses, 120).sound).data
    finally:
        voice.close()
        system.close()
    (tmp_path / "anan.toml").write_text(f"listen_model = {json.dumps(str(model))}", encoding="utf-8")
    result = CliRunner().invoke(main, ["--data", str(tmp_path), "listen", str(said), "--json"])
    heard = json.loads(result.stdout)
    assert "信息公开工作年度报告" in heard["text"]
    assert 0.3 < heard["confidence"] <= 1
    recogniser = open_recogniser(model)
    noise = np.random.default_rng(0).standard_normal(160_000).astype(np.float32) / 10
    # Many words to listen for leave the punctuation as it is; what cannot be made out is not answered with them.
    words = (
        "青澜市人民政府 年度报告 青澜市公安局 政府信息公开 青澜市教育局 青澜市 公安局 教育局 自然人 其他组织".split()
    )
    words += "商业企业 本年度 法律服务机构 科研机构 社会公益组织 主动公开 市政府 不予公开 办公室 政务公开".split()
    words += "门户网 门户网站 行政复议".split()
    listened = recogniser.hear(read_recording(long), words).text
    assert "下年度" in listened and not re.search("[A-Za-z]", listened)
    unclear = recogniser.hear(read_recording(robotic), words).text
    assert "普通话" not in unclear and not {"商业企业", "科研机构"} & set(re.split("[、，,]", unclear))
    for nothing in (np.zeros(160_000, dtype=np.float32), noise):
        assert recogniser.hear(nothing, ["政府信息公开"] * 100).text == ""
