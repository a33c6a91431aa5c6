"""From what a voice wrote to what a browser plays: light trimming, even loudness; MP3, or Opus in Ogg or WebM."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

import numpy as np
import soundfile

from assistant.speech.tempo import Sound, at_speed

MEDIA_TYPE = "audio/mpeg"  # the one lossy format that every browser plays, old WebKit included
# What may be asked for: MP3 plays everywhere; Opus, half the size, in Ogg in Chromium and Firefox, not in every Safari,
# and in WebM in Safari since version 15 too.
_FORMATS = {"mp3": MEDIA_TYPE, "opus": "audio/ogg; codecs=opus", "webm": "audio/webm; codecs=opus"}
_OPUS_RATE = 24_000  # the one of the rates that Opus knows which loses nothing of either voice
_SILENCE = 0.01  # of full scale (-40 dB): quieter than any speech sound of a synthetic voice
_LEAD_SECONDS = 0.03
_TAIL_SECONDS = 0.25  # the breath between two sentences that are played one after the other
_LOUDNESS = 0.1  # root mean square, -20 dB: the usual level of speech on the web
_PEAK = 0.89  # -1 dB: MP3 overshoots a little when decoded

_COMPRESSION = 0.7  # of 0 to 1: about 6 kB a second, at which one voice loses nothing that can be heard


@dataclass(frozen=True)
class Audio:
    """One utterance as a browser plays it.

    Attributes:
        data: the whole file.
        seconds: how long it plays.
        media_type: its MIME type.
    """

    data: bytes
    seconds: float
    media_type: str = MEDIA_TYPE


@cache
def formats() -> tuple[str, ...]:
    """The forms that audio can be had in here: WebM needs PyAV, which comes with the extra ``listen``."""
    return tuple(form for form in _FORMATS if form != "webm" or find_spec("av"))


def to_audio(recording: bytes) -> Audio:
    """A voice's WAV or AIFF as MP3, one channel, silence at the ends cut short, loudness evened out.

    Raises:
        ValueError: not a recording, or one without samples.
    """
    try:
        samples, rate = soundfile.read(io.BytesIO(recording), dtype="float32", always_2d=True)
    except soundfile.SoundFileError as error:
        raise ValueError(f"not a recording: {error}") from error
    if not len(samples):
        raise ValueError("a recording without samples")
    sound = _evened(_trimmed(samples.mean(axis=1), rate))
    packed = io.BytesIO()
    with _mp3(packed, rate) as file:
        file.write(sound)
    return Audio(packed.getvalue(), len(sound) / rate)


def in_form(audio: Audio, form: str) -> Audio:
    """MP3 of ours in one of ``formats()``, as long and as loud.

    Raises:
        ValueError: it cannot be read.
    """
    if form == "mp3":
        return audio
    opus = _as_opus(audio)
    return opus if form == "opus" else _as_webm(opus)


def _as_opus(audio: Audio) -> Audio:
    try:
        sound, rate = soundfile.read(io.BytesIO(audio.data), dtype="float32")
    except soundfile.SoundFileError as error:
        raise ValueError(f"not a recording: {error}") from error
    packed = io.BytesIO()
    soundfile.write(packed, _resampled(sound, rate), _OPUS_RATE, format="OGG", subtype="OPUS")
    return Audio(packed.getvalue(), audio.seconds, _FORMATS["opus"])


def _as_webm(opus: Audio) -> Audio:
    """The same packets in another container."""
    import av

    packed = io.BytesIO()
    with av.open(io.BytesIO(opus.data)) as ogg, av.open(packed, "w", format="webm") as webm:
        source = ogg.streams.audio[0]
        stream = webm.add_stream_from_template(source)
        for packet in ogg.demux(source):
            if packet.dts is not None:
                packet.stream = stream
                webm.mux(packet)
    return Audio(packed.getvalue(), opus.seconds, _FORMATS["webm"])


def _resampled(sound: Sound, rate: int) -> Sound:
    """At ``_OPUS_RATE``, by way of its spectrum: an utterance is short enough, and nothing is lost or folded over."""
    if rate == _OPUS_RATE:
        return sound
    length = round(len(sound) * _OPUS_RATE / rate)
    spectrum = np.fft.rfft(sound)
    wanted = np.zeros(length // 2 + 1, dtype=spectrum.dtype)
    shared = min(len(spectrum), len(wanted))
    wanted[:shared] = spectrum[:shared]
    resampled = np.fft.irfft(wanted, length) * (length / len(sound))
    return np.clip(resampled, -1.0, 1.0).astype(np.float32)


def joined(pieces: Sequence[Audio], speed: float = 1.0) -> Audio:
    """Utterances of one voice, one after the other, as one file, at so many times the usual speed.

    They are packed anew: bytes simply put together would keep the first one's header, and players believe the length
    and the trimming that it states. Only one utterance at a time is held as samples.

    Raises:
        ValueError: no utterance, one with another sample rate than the first, or a speed that ``at_speed`` refuses.
    """
    if not pieces:
        raise ValueError("nothing to join")
    rate = int(soundfile.info(io.BytesIO(pieces[0].data)).samplerate)
    packed, length = io.BytesIO(), 0
    with _mp3(packed, rate) as file:
        for piece in pieces:
            sound, own_rate = soundfile.read(io.BytesIO(piece.data), dtype="float32")
            if own_rate != rate:
                raise ValueError(f"sample rates differ: {rate} and {own_rate}")
            heard = at_speed(sound, rate, speed)
            file.write(heard)
            length += len(heard)
    return Audio(packed.getvalue(), length / rate)


def _mp3(file: io.BytesIO, rate: int) -> soundfile.SoundFile:
    return soundfile.SoundFile(
        file,
        "w",
        rate,
        channels=1,
        format="MP3",
        subtype="MPEG_LAYER_III",
        bitrate_mode="VARIABLE",
        compression_level=_COMPRESSION,
    )


def _trimmed(sound: Sound, rate: int) -> Sound:
    loud = np.flatnonzero(np.abs(sound) > _SILENCE)
    if not loud.size:
        return sound
    start = max(0, int(loud[0]) - int(_LEAD_SECONDS * rate))
    end = int(loud[-1]) + 1
    tail = np.zeros(int(_TAIL_SECONDS * rate), dtype=np.float32)
    kept = sound[end : end + len(tail)]
    tail[: len(kept)] = kept
    return np.concatenate([sound[start:end], tail])


def _evened(sound: Sound) -> Sound:
    loud = sound[np.abs(sound) > _SILENCE]
    if not loud.size:
        return sound
    wanted = _LOUDNESS / float(np.sqrt(np.mean(np.square(loud))))
    gain = np.float32(min(wanted, _PEAK / float(np.max(np.abs(sound)))))
    evened: Sound = sound * gain
    return evened
