"""Reading aloud: the spoken form of text, a voice, and the audio kept of it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.speech.pronunciation import read_pronunciations
    from assistant.speech.rendering import render
    from assistant.speech.sound import Audio, formats, joined
    from assistant.speech.speech import Speech, Utterance
    from assistant.speech.spoken import spoken_form
    from assistant.speech.stitching import Stitched
    from assistant.speech.voice import Recording, Voice, VoiceFailed, VoiceState

__all__ = [
    "Audio",
    "Recording",
    "Speech",
    "Stitched",
    "Utterance",
    "Voice",
    "VoiceFailed",
    "VoiceState",
    "formats",
    "joined",
    "read_pronunciations",
    "render",
    "spoken_form",
]

_MODULES = {
    "Audio": "sound",
    "Recording": "voice",
    "Speech": "speech",
    "Stitched": "stitching",
    "Utterance": "speech",
    "Voice": "voice",
    "VoiceFailed": "voice",
    "VoiceState": "voice",
    "formats": "sound",
    "joined": "sound",
    "render": "rendering",
    "read_pronunciations": "pronunciation",
    "spoken_form": "spoken",
}


def __getattr__(name: str) -> Any:
    # Names are imported when first used: the worker is a module of this package and needs none of them, and without
    # jieba and numpy it starts in a third of the time and takes half the memory.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
