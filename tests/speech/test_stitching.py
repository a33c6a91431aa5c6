"""Utterances as one MP3: every sample of every piece is in it, and nothing states the length of one piece only."""

import io
from itertools import pairwise

import numpy as np
import pytest
import soundfile

from assistant.speech import Audio, Stitched
from assistant.speech.sound import to_audio


def spoken(seconds: float, rate: int = 24000) -> Audio:
    wav = io.BytesIO()
    beat = np.sin(np.arange(int(seconds * rate)) / 20) * (1 + np.sin(np.arange(int(seconds * rate)) / 900)) / 4
    soundfile.write(wav, beat.astype(np.float32), rate, format="WAV")
    return to_audio(wav.getvalue())


@pytest.mark.parametrize("rate", [22050, 24000, 44100])
def test_one_stream_holds_every_piece_whole(rate: int) -> None:
    pieces = [spoken(seconds, rate) for seconds in (0.5, 1.3, 0.2, 2.1)]
    whole = Stitched(lambda: pieces)
    data = b"".join(whole.chunks())
    assert len(data) == whole.size
    assert data.count(b"Xing") + data.count(b"Info") == 1
    sound, found = soundfile.read(io.BytesIO(data))
    assert found == rate
    # Each piece brings the encoder's own lead and tail, at most three frames of 1152 samples.
    expected = sum(piece.seconds for piece in pieces)
    assert expected <= len(sound) / rate <= expected + len(pieces) * 3 * 1152 / rate
    loud = np.abs(sound) > 0.02
    edges = np.flatnonzero(np.diff(loud.astype(int)) == 1)
    starts = [edges[0], *(b for a, b in pairwise(edges) if b - a > rate * 0.2)]
    assert len(starts) == len(pieces)


@pytest.mark.parametrize("data", [b"", b"\xff", b"RIFF....WAVE", b"\xff\xff\xff\xff", b"ID3\x04" + bytes(50)])
def test_what_is_not_mp3_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not MP3"):
        Stitched(lambda: [spoken(0.2), Audio(data, 1.0)])


def test_two_sample_rates_are_refused() -> None:
    with pytest.raises(ValueError, match="different form"):
        Stitched(lambda: [spoken(0.2, 22050), spoken(0.2, 24000)])


def test_a_piece_that_changed_meanwhile_breaks_off() -> None:
    read = iter([[spoken(0.5), spoken(0.5)], [spoken(0.5), spoken(0.9)]])
    chunks = Stitched(lambda: next(read)).chunks()
    with pytest.raises(ValueError, match="made anew"):
        list(chunks)
