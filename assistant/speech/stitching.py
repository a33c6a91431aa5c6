"""Utterances as one MP3: each one's own frames one after the other, not packed anew.

Packing a report anew would cost seconds of a core and hold it whole; its frames are sent as they lie in the cache. What
has to go is each file's first frame, which states the length and the trimming of that file alone (its Xing or Info
header). One for the whole takes their place: without it players guess the length from the first bit rate.
Layouts: ISO/IEC 11172-3 2.4.2.3 and 13818-3 2.4.2.3 for frames, the Xing VBR header SDK for the header.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from assistant.speech.sound import Audio

_HEADER_BYTES = 4
# Kilobits a second of layer III by index; MPEG 1, then MPEG 2 and 2.5. Index 0 is "free", which nobody writes.
_BITRATES = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
# Hertz by version bits (3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5) and index.
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_ONE_CHANNEL = 3
# Of the Xing header: its fields frames, bytes and table of contents, and the table's length.
_FIELDS = 0b0111
_CONTENTS = 100


@dataclass(frozen=True)
class _Piece:
    """What is to be known of one utterance before its frames are sent.

    Attributes:
        form: version, sample rate and channels; a stream cannot change them.
        frames: how many frames of sound it has.
        tag: bytes of its first frame, which is left out.
        size: bytes of the others.
    """

    form: tuple[int, int, int]
    frames: int
    tag: int
    size: int


class Stitched:
    """Utterances as one MP3, of which one at a time is held.

    Args:
        read: gives the utterances in order; called twice, to measure and to send.

    Attributes:
        size: bytes of the whole.

    Raises:
        ValueError: an utterance is not MP3 with a Xing or Info header, or of another form than the first.
    """

    def __init__(self, read: Callable[[], Iterable[Audio]]) -> None:
        self._read = read
        self._pieces: list[_Piece] = []
        head = b""
        for audio in read():
            piece = _measured(audio.data)
            head = head or audio.data[: piece.tag]
            if self._pieces and piece.form != self._pieces[0].form:
                raise ValueError(f"utterances of different form: {self._pieces[0].form} and {piece.form}")
            self._pieces.append(piece)
        if not self._pieces:
            raise ValueError("nothing to stitch")
        self._head = _headed(head, self._pieces)
        self.size = len(head) + sum(piece.size for piece in self._pieces)

    def chunks(self) -> Iterator[bytes]:
        """The bytes, a chunk for each utterance.

        Raises:
            ValueError: an utterance is no longer what was measured; what was given out before is only a part.
        """
        yield self._head
        for audio, piece in zip(self._read(), self._pieces, strict=True):
            if len(audio.data) != piece.tag + piece.size:
                raise ValueError("an utterance was made anew meanwhile")
            yield audio.data[piece.tag :]


def _measured(data: bytes) -> _Piece:
    header = int.from_bytes(data[:_HEADER_BYTES], "big")
    version, layer = header >> 19 & 3, header >> 17 & 3
    bitrate, rate, padding = header >> 12 & 15, header >> 10 & 3, header >> 9 & 1
    if header >> 21 != 0x7FF or layer != 1 or version not in _RATES or bitrate in (0, 15) or rate == 3:
        raise ValueError("not MP3 from its first byte on")
    hertz = _RATES[version][rate]
    channels = 1 if header >> 6 & 3 == _ONE_CHANNEL else 2
    size = (144 if version == 3 else 72) * _BITRATES[version == 3][bitrate] * 1000 // hertz + padding
    at = _tag_at(version, channels)
    counted = data[at + 7 : at + 8]
    if data[at : at + 4] not in (b"Xing", b"Info") or not counted or not counted[0] & 1:
        raise ValueError("an MP3 that does not say how many frames it has")
    frames = int.from_bytes(data[at + 8 : at + 12], "big")
    return _Piece((version, hertz, channels), frames, size, len(data) - size)


def _tag_at(version: int, channels: int) -> int:
    """Where the Xing header stands in a frame: after the frame's header and side information."""
    side = {(True, 1): 17, (True, 2): 32, (False, 1): 9, (False, 2): 17}[version == 3, channels]
    return _HEADER_BYTES + side


def _headed(head: bytes, pieces: list[_Piece]) -> bytes:
    """The first utterance's first frame with the whole's numbers of frames and bytes and its table of contents."""
    frames = [0, *accumulate(piece.frames for piece in pieces)]
    ends = list(accumulate((piece.size for piece in pieces), initial=len(head)))
    total = ends[-1]
    contents = bytes(
        min(255, 256 * _byte_at(frames[-1] * percent / _CONTENTS, frames, ends) // total)
        for percent in range(_CONTENTS)
    )
    version, _, channels = pieces[0].form
    fields = b"".join(number.to_bytes(4, "big") for number in (_FIELDS, frames[-1], total))
    made = head[: _tag_at(version, channels)] + b"Xing" + fields + contents
    # The encoder's delay and padding, which follow here, were those of one utterance.
    return made + bytes(len(head) - len(made))


def _byte_at(frame: float, frames: list[int], ends: list[int]) -> int:
    """The place of a frame, as if those of one utterance had all the same size."""
    piece = min(bisect_right(frames, frame), len(frames) - 1) - 1
    share = (frame - frames[piece]) / max(1, frames[piece + 1] - frames[piece])
    return int(ends[piece] + share * (ends[piece + 1] - ends[piece]))
