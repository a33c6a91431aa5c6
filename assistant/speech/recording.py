"""A recording as a browser or a file brings it, read into samples for recognition.

Needs the extra ``listen``: its decoder (FFmpeg's libraries, by way of PyAV) knows what every browser records.
"""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.errors import BadInput

Samples = npt.NDArray[np.float32]

RATE = 16_000  # what recognition is trained on, samples a second
# Half a minute is a long question, and the window that Whisper hears at a time.
QUESTION_SECONDS = 30.0
# A tenth of a second holds no syllable; decoders leave so much of an empty recording.
_LEAST_SECONDS = 0.1
# Where a kind of file has which first bytes, and FFmpeg's name for it. FFmpeg is not left to guess: among the kinds
# that it knows are play lists, which would have it open other files and addresses.
_KINDS = (
    (0, b"\x1a\x45\xdf\xa3", "matroska"),  # WebM: Chromium, Firefox
    (4, b"ftyp", "mov"),  # MP4: Safari
    (0, b"OggS", "ogg"),
    (0, b"RIFF", "wav"),
    (0, b"fLaC", "flac"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"\xff\xf3", "mp3"),
    (0, b"\xff\xf2", "mp3"),
)


def read_recording(data: bytes, longest: float = QUESTION_SECONDS) -> Samples:
    """The samples of a recording: one channel, ``RATE`` a second, -1 to 1.

    Args:
        data: a whole WebM, MP4, Ogg, WAV, FLAC or MP3 file.
        longest: how many seconds it may last; decoding stops there.

    Raises:
        BadInput: it is none of these, is broken, or has nothing in it (code ``bad_recording``), or lasts longer
            (code ``recording_too_long``).
    """
    import av

    kind = next((name for at, mark, name in _KINDS if data[at : at + len(mark)] == mark), None)
    if kind is None:
        raise BadInput("这不是能听的录音，请用 WebM、MP4、Ogg、WAV 或 MP3", code="bad_recording")
    pieces: list[Samples] = []
    length, most = 0, int(longest * RATE)
    try:
        with av.open(io.BytesIO(data), format=kind, metadata_errors="ignore") as container:
            resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
            for piece in _decoded(container, resampler):
                pieces.append(piece)
                length += len(piece)
                if length > most:
                    raise BadInput(f"录音最长 {longest:g} 秒，请说得短一些", code="recording_too_long")
    except (av.FFmpegError, ValueError, IndexError) as error:  # IndexError: it has no sound track
        raise BadInput("录音读不出来，可能没有录完，请再录一次", code="bad_recording") from error
    if length < _LEAST_SECONDS * RATE:
        raise BadInput("录音里没有声音，请再录一次", code="bad_recording")
    return np.nan_to_num(np.concatenate(pieces))


def _decoded(container: Any, resampler: Any) -> Iterator[Samples]:
    for frame in container.decode(audio=0):
        frame.pts = None  # wrong times in a stranger's file are no matter
        for piece in resampler.resample(frame):
            yield piece.to_ndarray().ravel()
    for piece in resampler.resample(None):
        yield piece.to_ndarray().ravel()
