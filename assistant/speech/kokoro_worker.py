"""The process of the neural voice: ``python -m assistant.speech.kokoro_worker FOLDER [WORDS]``.

Kokoro-82M on onnxruntime. It takes all cores for as long as a sentence takes, so it gives way to everything else that
runs: questions come first. WORDS is the file of how words are said.
What goes in and out: ``assistant.speech.worker_loop``.
"""

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from assistant.speech.kokoro_graph import quickest
from assistant.speech.neural_files import VOICES
from assistant.speech.pinyin import say_as
from assistant.speech.pronunciation import read_pronunciations
from assistant.speech.worker_loop import NoVoice, serve

_RATE = 24_000
# The style table has a row for each number of tokens; longer ones the model was not trained on.
_MOST_TOKENS = 508
# Tokens said in one go: attention takes time with the square of the length, and each piece is a sign of life.
_PIECE_TOKENS = 200
_ENDS = re.compile(r"(?<=[.?!;])\s+|(?<=[,:])\s+")
_NICENESS = 10
# Kokoro's own vocabulary: the place of a symbol is its number (config.json of Kokoro-82M).
_VOCABULARY = dict(
    zip(
        ';:,.!?—…"()“” \u0303ʣʥʦʨᵝꭧAIOQSTWYᵊabcdefhijklmnopqrstuvwxyz'
        "ɑɐɒæβɔɕçɖðʤəɚɛɜɟɡɥɨɪʝɯɰŋɳɲɴøɸθœɹɾɻʁɽʂʃʈʧʊʋʌɣɤχʎʒʔˈˌːʰʲ↓→↗↘ᵻ",
        (
            *range(1, 7), *range(9, 26), 31, 33, 35, 36, 39, *range(41, 49), *range(50, 71), 71, 72, *range(75, 79),
            80, 81, 82, 83, 85, 86, 87, 90, 92, 99, 101, 102, 103, 110, 111, 112, 113, 114, 115, 116, 118, 119, 120,
            123, 125, 126, 128, 129, 130, 131, 132, 133, 135, 136, 138, 139, 140, 142, 143, 147, 148, 156, 157, 158,
            162, 164, 169, 171, 172, 173, 177,
        ),
        strict=True,
    )
)  # fmt: skip


class _Kokoro:
    """See ``worker_loop.Sayer``."""

    def __init__(self, folder: Path, pronunciation: Path | None) -> None:
        try:
            import onnxruntime

            from assistant.speech.phonemes import phonemes
        except ImportError as error:
            raise NoVoice("没有安装神经网络语音的部件；请运行 pip install 'anan[voice]'") from error
        self._phonemes = phonemes
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = os.cpu_count() or 1
        options.add_session_config_entry("session.set_denormal_as_zero", "1")
        # Threads that spin between two operations would take from the questions what they give to nobody.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session: Any = onnxruntime.InferenceSession(
            str(quickest(folder)), options, providers=["CPUExecutionProvider"]
        )
        # All eight take four megabytes; which of them speaks is said with each sentence.
        self._styles = {name: np.fromfile(folder / f"{name}.bin", np.float32).reshape(-1, 1, 256) for name in VOICES}
        self.name = "kokoro"
        if pronunciation is not None:
            say_as(read_pronunciations(pronunciation).words)
        phonemes("一")  # reads the dictionaries now rather than within the first request

    def say(self, text: str, path: Path, progress: Callable[[], None], style: str) -> None:
        import soundfile

        rows = self._styles[style]

        sounds = []
        for tokens in _pieces(self._phonemes(text)):
            progress()
            row = min(len(tokens), len(rows)) - 1
            inputs = {
                "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
                "style": rows[row],
                "speed": np.ones(1, dtype=np.float32),
            }
            sounds.append(self._session.run(None, inputs)[0].ravel())
        sound = np.concatenate(sounds) if sounds else np.zeros(1, dtype=np.float32)
        soundfile.write(path, sound, _RATE, format="WAV", subtype="PCM_16")


def _pieces(phonemes: str) -> Iterator[list[int]]:
    """The tokens in pieces that end at a pause where they can."""
    tokens: list[int] = []
    for clause in _ENDS.split(phonemes):
        said = [_VOCABULARY[symbol] for symbol in clause if symbol in _VOCABULARY]
        if tokens and len(tokens) + len(said) >= _PIECE_TOKENS:
            yield tokens
            tokens = []
        tokens = [*tokens, _VOCABULARY[" "], *said] if tokens else said
        while len(tokens) > _MOST_TOKENS:
            yield tokens[:_MOST_TOKENS]
            tokens = tokens[_MOST_TOKENS:]
    if tokens:
        yield tokens


def main(folder: str, words: str = "") -> int:
    """Serves requests until the input ends."""
    with contextlib.suppress(OSError, AttributeError):  # Windows has no such thing; there it runs like the others
        os.nice(_NICENESS)
    return serve(lambda: _Kokoro(Path(folder), Path(words) if words else None))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
