"""Which voice speaks: the best there is, with another one to stand in when it fails."""

import logging
from importlib.util import find_spec
from pathlib import Path

from assistant.errors import Busy, SettingsError
from assistant.speech.neural_files import VOICES, missing_files, neural_folder
from assistant.speech.process_voice import ProcessVoice, Pyttsx3Voice, words_argument, words_digest
from assistant.speech.voice import Recording, Voice, VoiceState

_LOGGER = logging.getLogger(__name__)

# The voice of the neural ones that auto takes.
FAVOURITE = "zf_xiaoxiao"
# What the neural voice cannot do without, besides its files.
_MODULES = ("onnxruntime", "misaki", "cn2an")
# A piece of 200 tokens takes a few seconds on two busy cores; one that says nothing for so long hangs.
_NEURAL_STALL_SECONDS = 20.0
# Characters said in one go: 40 are some nine seconds, which takes five on two idle cores.
_NEURAL_LONGEST = 40
# Of the time that a request may take, what is kept for the voice that stands in.
_STAND_IN_SECONDS = 5.0


class StandIn:
    """A voice, and another that speaks while the first cannot. See Voice.

    Args:
        first: the better one.
        second: the surer one.
    """

    def __init__(self, first: Voice, second: Voice) -> None:
        self._first, self._second = first, second
        self.name, self.language = first.name, first.language
        self.rendering, self.longest, self.is_slow = first.rendering, first.longest, first.is_slow

    def synthesize(self, spoken: str, timeout: float) -> Recording:
        """See Voice."""
        try:
            return self._first.synthesize(spoken, max(timeout - _STAND_IN_SECONDS, timeout / 2))
        except Busy as error:
            _LOGGER.warning("%s stands in for %s: %s", self._second.name, self._first.name, error.message)
            return self._second.synthesize(spoken, _STAND_IN_SECONDS)

    def warm_up(self) -> None:
        """See Voice. The second is started when it is needed."""
        try:
            self._first.warm_up()
        except Busy as error:
            _LOGGER.warning("%s stands in for %s: %s", self._second.name, self._first.name, error.message)
            self._second.warm_up()

    def state(self) -> VoiceState:
        """See Voice: of the first, for that it is which should speak."""
        return self._first.state()

    def close(self) -> None:
        """See Voice."""
        self._first.close()
        self._second.close()


def neural_modules_missing() -> bool:
    """Whether the extra ``voice`` is not installed."""
    return not all(find_spec(module) for module in _MODULES)


def neural_missing(speech: Path) -> str:
    """What is missing for the neural voice, in Chinese with what to do; empty when it can speak."""
    if neural_modules_missing():
        return "没有安装；需要时运行 pip install 'anan[voice]'，再运行 anan voice install"
    if missing_files(neural_folder(speech)):
        return "还缺语音文件；请运行 anan voice install"
    return ""


def open_voice(name: str, folder: Path, pronunciation: Path | None = None) -> Voice:
    """The voice of the setting ``voice``; ``auto`` is the best that this machine has.

    Args:
        name: auto, pyttsx3, or one of the neural voices.
        folder: of everything spoken.
        pronunciation: the file of how words are said; None for none.

    Raises:
        SettingsError: there is no voice of that name, or it is not installed.
    """
    if name == "pyttsx3":
        return Pyttsx3Voice(folder, pronunciation=pronunciation)
    if name != "auto" and name not in VOICES:
        raise SettingsError(f"没有名为 {name} 的声音；可以用 auto、pyttsx3 或 {'、'.join(VOICES)}")
    missing = neural_missing(folder)
    if missing and name == "auto":
        return Pyttsx3Voice(folder, pronunciation=pronunciation)
    if missing:
        raise SettingsError(f"声音 {name} 用不了：{missing}")
    kokoro = _kokoro(folder, FAVOURITE if name == "auto" else name, pronunciation)
    return StandIn(kokoro, Pyttsx3Voice(folder, pronunciation=pronunciation))


def _kokoro(folder: Path, name: str, pronunciation: Path | None) -> ProcessVoice:
    command = (
        "assistant.speech.kokoro_worker",
        str(neural_folder(folder).resolve()),
        name,
        *words_argument(pronunciation),
    )
    rendering = f"kokoro/2/{name}{words_digest(pronunciation)}"
    return ProcessVoice(name, rendering, command, folder, _NEURAL_STALL_SECONDS, _NEURAL_LONGEST, is_slow=True)
