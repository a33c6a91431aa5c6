"""The Recogniser protocol: something that hears what was said in Chinese; and Whisper behind it.

Whisper by way of faster-whisper (CTranslate2, int8), the extra ``listen``. Its model is a folder that the operator puts
in place (setting ``listen_model``): config.json, model.bin, tokenizer.json, vocabulary.json.
"""

import math
import os
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from assistant.errors import Busy, SettingsError
from assistant.language import fold_text
from assistant.speech.recording import RATE, Samples

_MODULES = ("faster_whisper", "av")
_FILES = ("config.json", "model.bin", "tokenizer.json", "vocabulary.json")
# Who comes while another is heard waits so long: half a minute of speech takes some six seconds on two idle cores.
_PATIENCE_SECONDS = 20.0
# Whisper answers noise with a loop that only a bound ends. Fast Mandarin has seven syllables a second, a syllable takes
# one to two tokens; the model itself holds 448 of them, half for what goes before.
_TOKENS_A_SECOND = 12
_TOKENS_BESIDES = 20
_TOKENS_MOST = 220
# Tried when the first reading is a loop or mere guessing; each further one costs as long again.
_TEMPERATURES = (0.0, 0.4)
# Of words to listen for as many characters as leave room for what is said.
_WORDS_MOST = 120
# Between them no full-width comma: after many of these Whisper base gets one in three of its own wrong by a byte, and
# writes a letter (Ｅ, Ｇ) for it.
_BETWEEN = "、"
_APART = re.compile(r"[、,，。 ]+")
# Nobody asks so many of them in a row and nothing else.
_SAID_BACK = 4
# What the encoder makes of half a minute; and the least likely that a token may count.
_FRAMES = 1500
_LEAST = 1e-9
_CROWDED = "正在听的人较多，请稍后再试"
# A sentence in simplified script beforehand makes Whisper write simplified script with punctuation; what it tells of
# makes words of public documents likelier than others of their sound.
_BEFORE = "以下是政府信息公开工作年度报告里的句子。"


@dataclass(frozen=True)
class Heard:
    """What was heard.

    Attributes:
        text: in simplified script, with the punctuation that the recogniser believes in; empty for no speech.
        confidence: 0 to 1, how likely the recogniser holds its reading (geometric mean over its tokens).
        seconds: how long the recording is.
    """

    text: str
    confidence: float
    seconds: float


class Recogniser(Protocol):
    """Something that hears Chinese. Safe to call from several threads, which then take turns.

    Attributes:
        name: what it is called in status.
    """

    name: str

    def hear(self, samples: Samples, words: Sequence[str] = ()) -> Heard:
        """What was said in a recording (see ``read_recording``).

        Args:
            samples: one channel, ``RATE`` a second.
            words: that are likely to be said, the likeliest first; such as fit are listened for.

        Raises:
            Busy: it is not this recording's turn in time.
        """
        ...

    def likelihoods(self, samples: Samples, texts: Sequence[str]) -> list[float]:
        """How likely each of the texts is what was said in a recording: logarithms, to be compared with one another.

        Args:
            samples: as for ``hear``; of a longer recording the first half minute counts.
            texts: in simplified script.

        Raises:
            Busy: it is not this recording's turn in time.
        """
        ...

    def warm_up(self) -> None:
        """Makes ready to hear without delay."""
        ...


class WhisperRecogniser:
    """See Recogniser. The model is read at the first need: 0.2 GB of memory for Whisper base.

    Args:
        folder: of the model.
        threads: how many cores it may take; all but one where there are more than two, so that questions go on.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        self.name = f"whisper ({folder.name})"
        self._folder = folder
        self._threads = threads or max(1, (os.cpu_count() or 1) - 1)
        self._turn = threading.Lock()
        self._model: Any = None

    def hear(self, samples: Samples, words: Sequence[str] = ()) -> Heard:
        """See Recogniser."""
        if not self._turn.acquire(timeout=_PATIENCE_SECONDS):
            raise Busy(_CROWDED)
        try:
            given = _fitting(words)
            heard = self._heard(samples, given)
            return self._heard(samples, ()) if _says_back(heard.text, given) else heard
        finally:
            self._turn.release()

    def likelihoods(self, samples: Samples, texts: Sequence[str]) -> list[float]:
        """See Recogniser."""
        from faster_whisper.audio import pad_or_trim
        from faster_whisper.tokenizer import Tokenizer

        if not self._turn.acquire(timeout=_PATIENCE_SECONDS):
            raise Busy(_CROWDED)
        try:
            model = self._ready()
            tokens = Tokenizer(model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language="zh")
            begin = [*tokens.sot_sequence, tokens.no_timestamps]
            sound = model.encode(pad_or_trim(model.feature_extractor(samples)))
            likely = []
            for text in texts:
                written = tokens.encode(text)[:_TOKENS_MOST]
                found = model.model.align(sound, begin, [written], _FRAMES)[0] if written else None
                likely.append(sum(math.log(max(each, _LEAST)) for each in found.text_token_probs) if found else 0.0)
            return likely
        finally:
            self._turn.release()

    def warm_up(self) -> None:
        """See Recogniser."""
        with self._turn:
            self._ready()

    def _heard(self, samples: Samples, words: Sequence[str]) -> Heard:
        seconds = len(samples) / RATE
        found, _ = self._ready().transcribe(
            samples,
            language="zh",
            beam_size=5,
            temperature=_TEMPERATURES,
            condition_on_previous_text=False,
            without_timestamps=True,
            initial_prompt=_BEFORE,
            hotwords=_BETWEEN.join(words) or None,
            vad_filter=True,  # in silence Whisper says what it was told beforehand
            max_new_tokens=min(_TOKENS_MOST, _TOKENS_BESIDES + int(_TOKENS_A_SECOND * seconds)),
        )
        segments = list(found)  # it is this that recognises
        text = fold_text("".join(segment.text for segment in segments)).strip()
        if text == _BEFORE:  # said back, for nothing could be made out
            return Heard("", 0.0, seconds)
        likely = [segment.avg_logprob for segment in segments]
        return Heard(text, math.exp(min(0.0, sum(likely) / len(likely))) if likely else 0.0, seconds)

    def _ready(self) -> Any:
        if self._model is None:
            from faster_whisper import WhisperModel

            self._model = WhisperModel(
                str(self._folder), device="cpu", compute_type="int8", cpu_threads=self._threads, local_files_only=True
            )
        return self._model


def listen_folder(setting: str, data: Path) -> Path:
    """Where the model is: the folder of the setting ``listen_model``, or ``listen`` in the data directory."""
    return Path(setting) if setting else data / "listen"


def listen_missing(folder: Path) -> str:
    """What is missing for recognition, in Chinese with what to do; empty when it can hear."""
    if not all(find_spec(module) for module in _MODULES):
        return "没有安装；需要时运行 pip install 'anan[listen]'，再放好模型（设置 listen_model）"
    lacking = [name for name in _FILES if not (folder / name).is_file()]
    if lacking:
        names = "、".join(lacking)
        return f"模型文件夹 {folder} 里没有 {names}；请放进 faster-whisper 格式的 Whisper 模型（设置 listen_model）"
    return ""


def open_recogniser(folder: Path) -> Recogniser:
    """The recogniser whose model is in this folder.

    Raises:
        SettingsError: it is not installed, or its model is not there; the message says what to do.
    """
    missing = listen_missing(folder)
    if missing:
        raise SettingsError(f"语音识别用不了：{missing}", code="cannot_listen")
    return WhisperRecogniser(folder)


def _fitting(words: Sequence[str]) -> list[str]:
    """The first of the words that there is room for."""
    kept, length = [], 0
    for word in words:
        length += len(word) + 1
        if length > _WORDS_MOST:
            break
        kept.append(word)
    return kept


def _says_back(text: str, words: Sequence[str]) -> bool:
    """Whether it is a list of the words that were to be listened for: Whisper's answer to what it cannot make out.

    The last one may have been cut short by the bound.
    """
    said = [each for each in _APART.split(text) if each]
    return len(said) >= _SAID_BACK and set(said[:-1]) <= set(words)
