"""The Voice protocol: something that says Chinese text."""

from dataclasses import dataclass
from typing import Protocol

from assistant.errors import Busy


class VoiceFailed(Busy):
    """The voice cannot speak now; why is in the voice's state."""

    code = "voice_failed"


@dataclass(frozen=True)
class Recording:
    """What a voice said.

    Attributes:
        sound: a whole WAV or AIFF file.
        rendering: of the voice that said it, which is another one's when a voice stood in.
    """

    sound: bytes
    rendering: str


@dataclass(frozen=True)
class VoiceState:
    """How a voice is doing.

    Attributes:
        ready: it could speak the next sentence at once.
        restarts: how often its process had to be started again.
        error: why it last failed; None once it has spoken since.
        stand_in: the voice that speaks in its place since it failed; None while it speaks itself.
    """

    ready: bool
    restarts: int
    error: str | None
    stand_in: str | None = None


class Voice(Protocol):
    """Something that says Chinese text. Safe to call from several threads, which then take turns.

    Attributes:
        name: what it is called in settings and status.
        language: BCP 47 tag.
        rendering: name and version of how it sounds; audio of another rendering is not mixed with it.
        longest: characters that it says in one go without a listener waiting long for the first sound.
        is_slow: whether it takes so long that what is published is better said ahead.
    """

    name: str
    language: str
    rendering: str
    longest: int
    is_slow: bool

    def synthesize(self, spoken: str, timeout: float) -> Recording:
        """The spoken form said, in at most ``timeout`` seconds.

        Raises:
            Busy: it is not this text's turn in time, or the voice failed (VoiceFailed).
        """
        ...

    def warm_up(self) -> None:
        """Makes ready to speak without delay.

        Raises:
            Busy: it cannot.
        """
        ...

    def state(self) -> VoiceState:
        """How it is doing; never waits."""
        ...

    def close(self) -> None:
        """Ends what runs for it. May be called again."""
        ...
