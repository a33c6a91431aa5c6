"""The process of the voice that pyttsx3 gives: ``python -m assistant.speech.worker [WORDS]``.

pyttsx3 drives the system's voices from native code that is known to hang, to crash, and to go wrong after an error;
here it can be killed without harm. WORDS is the file of how words are said.
What goes in and out: ``assistant.speech.worker_loop``.
"""

import ctypes
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.speech.pronunciation import read_pronunciations
from assistant.speech.wholeness import is_whole
from assistant.speech.worker_loop import NoVoice, serve

# Some drivers return before their file is whole; it is given this long without growing.
_GROWTH_SECONDS = 8.0
_NO_VOICE = "这台电脑没有安装中文（普通话）语音；请在系统的语音设置里添加后再试"


@dataclass(frozen=True)
class Speaker:
    """Which voice of which driver speaks, and what it is given to read."""

    driver: str
    voice: str
    feed: Callable[[str], str]


def open_speaker(pronunciation: Path | None) -> Speaker:
    """The Mandarin voice of this system; ``pronunciation`` is the file of how words are said, for one fed pinyin.

    Raises:
        NoVoice: there is none.
    """
    if sys.platform == "linux":
        return _espeak(pronunciation)
    from pyttsx3.engine import Engine, default_engine_by_sys_platform

    driver = default_engine_by_sys_platform()
    for voice in Engine(driver).getProperty("voices"):
        if _is_mandarin(voice):
            return Speaker(driver, voice.id, str)
    raise NoVoice(_NO_VOICE)


def _espeak(pronunciation: Path | None) -> Speaker:
    """espeak-ng as the package espeakng-loader ships it, so that no system package is needed."""
    import espeakng_loader

    from assistant.speech.pinyin import pinyin, say_as

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    # pyttsx3 loads libespeak-ng.so.1 by name; a library of that name already in the process is what it then gets.
    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
    from pyttsx3.drivers import _espeak as library

    # pyttsx3 2.99 ends its loop before speech has begun and then cancels what espeak is at, be it the settings or the
    # speech itself: one recording in twenty lacked its end. This process is killed if need be, never cancelled.
    library.Cancel = lambda: 0
    if pronunciation is not None:
        say_as(read_pronunciations(pronunciation).words)
    pinyin("一")  # reads the dictionaries now rather than within the first request
    return Speaker("espeak", "sit/cmn-latn-pinyin", pinyin)


def _is_mandarin(voice: Any) -> bool:
    tags = [tag.decode(errors="ignore") if isinstance(tag, bytes) else str(tag) for tag in voice.languages or []]
    return any(tag.replace("_", "-").lower().startswith(("zh-cn", "zh-hans", "cmn")) for tag in tags)


def speak(speaker: Speaker, text: str, path: Path, progress: Callable[[], None]) -> None:
    """Says ``text`` into the file ``path`` and returns when that is whole.

    Raises:
        RuntimeError: the driver reported an error, or its file stopped growing before it was whole.
    """
    from pyttsx3.engine import Engine

    errors: list[Exception] = []
    # A new engine for each request: a used one may hang or repeat its first text.
    engine = Engine(speaker.driver)
    engine.connect("started-word", lambda **_: progress())
    engine.connect("error", lambda exception, **_: errors.append(exception))
    engine.setProperty("voice", speaker.voice)
    engine.save_to_file(speaker.feed(text), str(path))
    engine.runAndWait()
    if errors:
        raise RuntimeError(f"{type(errors[0]).__name__}: {errors[0]}")
    _wait_until_whole(path, progress)
    # Its end unhooks the driver's callback: not while speech may still be coming, nor when the next one is in place.
    del engine


def _wait_until_whole(path: Path, progress: Callable[[], None]) -> None:
    size, since = -1, time.monotonic()
    while not is_whole(path):
        now = path.stat().st_size if path.exists() else 0
        if now != size:
            size, since = now, time.monotonic()
            progress()
        elif time.monotonic() - since > _GROWTH_SECONDS:
            raise RuntimeError(f"the recording stopped at {size} bytes")
        time.sleep(0.01)


class _Pyttsx3:
    """See ``worker_loop.Sayer``."""

    def __init__(self, pronunciation: Path | None) -> None:
        self._speaker = open_speaker(pronunciation)
        self.name = f"{self._speaker.driver} {self._speaker.voice}"

    def say(self, text: str, path: Path, progress: Callable[[], None], style: str) -> None:
        speak(self._speaker, text, path, progress)


if __name__ == "__main__":
    words = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    sys.exit(serve(lambda: _Pyttsx3(words)))
