"""Which voices there are and which speaks: the best, with another one to stand in when it fails."""

import logging
from dataclasses import dataclass, replace
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
        self._stands_in = False

    def synthesize(self, spoken: str, timeout: float) -> Recording:
        """See Voice."""
        try:
            recording = self._first.synthesize(spoken, max(timeout - _STAND_IN_SECONDS, timeout / 2))
        except Busy as error:
            self._stand_in(error)
            return self._second.synthesize(spoken, _STAND_IN_SECONDS)
        self._stands_in = False
        return recording

    def warm_up(self) -> None:
        """See Voice. The second is started when it is needed."""
        try:
            self._first.warm_up()
        except Busy as error:
            self._stand_in(error)
            self._second.warm_up()

    def state(self) -> VoiceState:
        """See Voice: of the first, for that it is which should speak."""
        state = self._first.state()
        return replace(state, stand_in=self._second.name) if self._stands_in else state

    def close(self) -> None:
        """See Voice."""
        self._first.close()
        self._second.close()

    def _stand_in(self, error: Busy) -> None:
        self._stands_in = True
        why = self._first.state().error or error.message
        _LOGGER.warning("%s stands in for %s: %s", self._second.name, self._first.name, why)


class NeuralVoice:
    """One of the voices that the neural voice's process has. See Voice.

    Args:
        name: of the voice.
        process: speaks for all of them, one sentence at a time.
    """

    def __init__(self, name: str, process: ProcessVoice) -> None:
        self.name, self.language, self.longest, self.is_slow = name, process.language, process.longest, True
        self.rendering = f"{process.rendering}/{name}"
        self._process = process

    @property
    def pid(self) -> int | None:
        """See ProcessVoice."""
        return self._process.pid

    def synthesize(self, spoken: str, timeout: float) -> Recording:
        """See Voice."""
        return Recording(self._process.synthesize(spoken, timeout, self.name).sound, self.rendering)

    def warm_up(self) -> None:
        """See Voice."""
        self._process.warm_up()

    def state(self) -> VoiceState:
        """See Voice."""
        return self._process.state()

    def close(self) -> None:
        """See Voice. Ends the others of the process too."""
        self._process.close()


@dataclass(frozen=True)
class VoiceCard:
    """A voice as people choose it.

    Attributes:
        name: as addresses and settings have it.
        label: what it is called in Chinese.
        sex: female, male, or unknown: the system's own voice is what the system has.
        neural: whether it sounds like a person.
    """

    name: str
    label: str
    sex: str
    neural: bool


CARDS = (
    VoiceCard("zf_xiaoxiao", "晓晓（女声）", "female", True),
    VoiceCard("zf_xiaobei", "晓北（女声）", "female", True),
    VoiceCard("zf_xiaoyi", "晓伊（女声）", "female", True),
    VoiceCard("zm_yunxi", "云希（男声）", "male", True),
    VoiceCard("zm_yunjian", "云健（男声）", "male", True),
    VoiceCard("zm_yunxia", "云夏（男声）", "male", True),
    VoiceCard("zm_yunyang", "云扬（男声）", "male", True),
    # As its makers publish it: half of what it says is heard in another tone (docs/voice.md).
    VoiceCard("zf_xiaoni", "晓妮（声调不准）", "female", True),
    VoiceCard("pyttsx3", "系统语音", "unknown", False),
)


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
    """The voice of the setting ``voice``; see ``open_voices``."""
    return open_voices(name, folder, pronunciation)[0]


def open_voices(name: str, folder: Path, pronunciation: Path | None = None) -> list[Voice]:
    """The voice of the setting ``voice``, and after it the others that may be chosen instead.

    The neural ones share a process, as the system's voice does with those that it stands in for.

    Args:
        name: auto for the best that this machine has, pyttsx3, or one of the neural voices.
        folder: of everything spoken.
        pronunciation: the file of how words are said; None for none.

    Raises:
        SettingsError: there is no voice of that name, or it is not installed.
    """
    if name not in ("auto", "pyttsx3", *VOICES):
        raise SettingsError(f"没有名为 {name} 的声音；可以用 auto、pyttsx3 或 {'、'.join(VOICES)}")
    missing = neural_missing(folder)
    if missing and name in VOICES:
        raise SettingsError(f"声音 {name} 用不了：{missing}")
    system = Pyttsx3Voice(folder, pronunciation=pronunciation)
    if missing:
        return [system]
    process = _kokoro(folder, pronunciation)
    neural = [StandIn(NeuralVoice(card.name, process), system) for card in CARDS if card.neural]
    first = FAVOURITE if name == "auto" else name
    return sorted([*neural, system], key=lambda voice: voice.name != first)


def _kokoro(folder: Path, pronunciation: Path | None) -> ProcessVoice:
    command = ("assistant.speech.kokoro_worker", str(neural_folder(folder).resolve()), *words_argument(pronunciation))
    rendering = f"kokoro/2{words_digest(pronunciation)}"
    return ProcessVoice("kokoro", rendering, command, folder, _NEURAL_STALL_SECONDS, _NEURAL_LONGEST, is_slow=True)
