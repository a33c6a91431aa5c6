"""Published text said ahead of time, so that nobody waits: reports do not change, and answers are their sentences.

What is rendered is kept like what was asked for; a run that is stopped goes on where it stopped, because what is kept
is passed over.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.errors import AnanError
from assistant.speech.speech import Speech

_LOGGER = logging.getLogger(__name__)

# Of the cache, what rendering ahead may fill: what citizens ask for needs room, and to render what will be dropped for
# the next sentence would never end.
SHARE = 0.8
# While citizens wait for the voice, rendering waits so long before it looks again.
_GIVE_WAY_SECONDS = 1.0
# A voice that fails so often in a row will not do better with the next sentence.
_FAILURES = 3


@dataclass(frozen=True)
class Rendered:
    """What came of a run.

    Attributes:
        said: how many utterances were said now.
        left_because: why not all were said, in Chinese without a full stop; empty where all are kept.
    """

    said: int
    left_because: str = ""


def render(
    speech: Speech,
    texts: Iterable[str],
    stopped: threading.Event,
    on_text: Callable[[int], None] = lambda made: None,
) -> Rendered:
    """Say every utterance of the texts that is not kept yet.

    Args:
        speech: says and keeps it.
        texts: as published.
        stopped: ends the run after the utterance that is being said.
        on_text: is told after each text how many of its utterances were said now.

    Returns:
        How many were said; not all where it was stopped, the cache's share is full, or the voice failed: at some, which
        are passed over, or three times in a row, which ends the run.
    """
    total = failed = in_a_row = 0
    for text in texts:
        made = 0
        for key in [utterance.key for utterance in speech.utterances(text)]:
            if speech.is_kept(key):
                continue
            while speech.waiting and not stopped.wait(_GIVE_WAY_SECONDS):
                pass
            if ends := _ends(speech, stopped, in_a_row):
                return Rendered(total + made, ends)
            try:
                speech.audio(key)
                made, in_a_row = made + 1, 0
            except AnanError as error:
                failed, in_a_row = failed + 1, in_a_row + 1
                _LOGGER.warning("a sentence could not be rendered ahead: %s", error.message)
        total += made
        on_text(made)
    return Rendered(total, f"有 {failed} 句声音出了错" if failed else "")


def _ends(speech: Speech, stopped: threading.Event, in_a_row: int) -> str:
    """Why a run ends before the next utterance; empty where it goes on."""
    if stopped.is_set():
        return "中途停下了"
    if in_a_row >= _FAILURES:
        return f"声音接连 {_FAILURES} 次出错"
    return f"声音的缓存已满 {SHARE:.0%}，余下的留给市民要听的" if speech.fullness() > SHARE else ""
