import io

import numpy as np
import pytest
import soundfile

from assistant.speech.sound import Audio, in_form, joined, to_audio
from assistant.speech.tempo import at_speed
from assistant.speech.wholeness import is_whole

RATE = 22_050


def recording(samples, file_format="WAV"):
    packed = io.BytesIO()
    soundfile.write(packed, samples, RATE, format=file_format)
    return packed.getvalue()


def tone(seconds, level):
    return level * np.sin(np.arange(int(seconds * RATE)) / 10)


def heard(audio):
    return soundfile.read(io.BytesIO(audio.data))[0]


def test_gives_mp3_of_the_stated_length():
    audio = to_audio(recording(tone(2, 0.3)))
    info = soundfile.info(io.BytesIO(audio.data))
    assert (info.format, audio.media_type) == ("MP3", "audio/mpeg")
    assert info.duration == pytest.approx(audio.seconds, abs=0.1)


def test_silence_at_the_ends_is_cut_to_a_breath():
    silence = np.zeros(RATE)
    audio = to_audio(recording(np.concatenate([silence, tone(1, 0.3), silence, tone(1, 0.3), silence])))
    assert audio.seconds == pytest.approx(3.28, abs=0.05)


@pytest.mark.parametrize("level", [0.02, 0.1, 0.9])
def test_quiet_and_loud_voices_come_out_alike(level):
    sound = heard(to_audio(recording(tone(2, level))))
    assert np.sqrt(np.mean(np.square(sound[RATE // 4 : RATE]))) == pytest.approx(0.1, rel=0.15)
    assert np.max(np.abs(sound)) < 1


def test_stereo_becomes_one_channel():
    both = np.stack([tone(1, 0.3), tone(1, 0.1)], axis=1)
    assert heard(to_audio(recording(both))).ndim == 1


def test_silence_stays_silent():
    assert to_audio(recording(np.zeros(RATE))).seconds == pytest.approx(1)


@pytest.mark.parametrize("given", [b"", b"no recording", recording(np.zeros(0))], ids=["empty", "text", "no samples"])
def test_what_is_no_recording_is_refused(given):
    with pytest.raises(ValueError):
        to_audio(given)


@pytest.mark.parametrize("file_format", ["WAV", "AIFF"])
def test_whole_means_every_byte_the_header_announces(tmp_path, file_format):
    path = tmp_path / "sound"
    assert not is_whole(path)
    whole = recording(tone(1, 0.3), file_format)
    for size in (0, 4, 44, 60, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        assert not is_whole(path)
    path.write_bytes(whole)
    assert is_whole(path)


def test_a_header_without_sound_is_not_whole(tmp_path):
    path = tmp_path / "sound"
    path.write_bytes(recording(np.zeros(0)))
    assert not is_whole(path)


def test_joined_utterances_play_as_long_as_all_together():
    pieces = [to_audio(recording(tone(seconds, 0.3))) for seconds in (0.5, 2.0, 1.0)]
    whole = joined(pieces)
    info = soundfile.info(io.BytesIO(whole.data))
    assert info.format == "MP3"
    assert info.duration == pytest.approx(sum(piece.seconds for piece in pieces), abs=0.3)
    assert whole.seconds == pytest.approx(info.duration, abs=0.1)


def test_nothing_cannot_be_joined():
    with pytest.raises(ValueError, match="nothing"):
        joined([])


@pytest.mark.parametrize("rate", [RATE, 24_000, 48_000])
def test_opus_is_as_long_and_as_loud_and_half_the_size(rate):
    packed = io.BytesIO()
    noise = np.random.default_rng(0).standard_normal(2 * rate) * np.sin(np.arange(2 * rate) / rate * 9) / 5
    soundfile.write(packed, np.convolve(noise, np.ones(9) / 9, "same"), rate, format="WAV")
    mp3 = to_audio(packed.getvalue())
    opus = in_form(mp3, "opus")
    assert (opus.media_type, opus.data[:4]) == ("audio/ogg; codecs=opus", b"OggS")
    assert soundfile.info(io.BytesIO(opus.data)).duration == pytest.approx(mp3.seconds, abs=0.1)
    loud, quiet = (float(np.sqrt(np.mean(np.square(heard(each))))) for each in (mp3, opus))
    assert quiet == pytest.approx(loud, rel=0.1)
    with pytest.raises(ValueError, match="not a recording"):
        in_form(Audio(b"ID3 and nothing more", 1.0), "opus")
    assert in_form(mp3, "mp3") == mp3


def test_webm_has_the_same_opus_in_it():
    av = pytest.importorskip("av", reason="需要 PyAV（pip install 'anan[listen]'）")
    packed = io.BytesIO()
    soundfile.write(packed, np.sin(np.arange(2 * RATE) / RATE * 2000) / 5, RATE, format="WAV")
    mp3 = to_audio(packed.getvalue())
    webm = in_form(mp3, "webm")
    assert (webm.media_type, webm.data[:4]) == ("audio/webm; codecs=opus", b"\x1aE\xdf\xa3")
    with av.open(io.BytesIO(webm.data)) as file, av.open(io.BytesIO(in_form(mp3, "opus").data)) as ogg:
        assert "webm" in file.format.name and file.streams.audio[0].codec_context.name == "opus"
        assert [bytes(each) for each in file.demux() if each.size] == [bytes(each) for each in ogg.demux() if each.size]


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.3, 2.0])
@pytest.mark.parametrize("pitch", [90, 150, 330])
def test_another_speed_keeps_the_pitch_and_the_loudness(speed, pitch):
    times = np.arange(2 * RATE) / RATE
    voice = sum(np.sin(2 * np.pi * pitch * overtone * times) / overtone for overtone in (1, 2, 3, 5)) / 5
    said = at_speed(voice.astype(np.float32), RATE, speed)
    assert len(said) == round(2 * RATE / speed)
    middle = said[len(said) // 4 : -len(said) // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 8 * RATE))
    assert np.argmax(spectrum) / 8 == pytest.approx(pitch, abs=2)
    assert np.sqrt(np.mean(np.square(middle))) == pytest.approx(np.sqrt(np.mean(np.square(voice))), rel=0.03)


def test_speed_has_bounds_and_short_sounds_are_left():
    short = np.ones(100, dtype=np.float32)
    assert at_speed(short, RATE, 2.0) is short
    for speed in (0.4, 2.1, float("nan")):
        with pytest.raises(ValueError):
            at_speed(short, RATE, speed)
