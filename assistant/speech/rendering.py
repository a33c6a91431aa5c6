"""Published text said ahead of time, so that nobody waits: reports do not change, and answers are their sentences.

What is rendered is kept like what was asked for; a run that is stopped goes on where it stopped, because what is kept
is passed over.
"""

import logging
import threading
from collections.abc import Callable, Iterable

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


def render(
    speech: Speech,
    texts: Iterable[str],
    stopped: threading.Event,
    on_text: Callable[[int], None] = lambda made: None,
) -> int:
    """Say every utterance of the texts that is not kept yet.

    Args:
        speech: says and keeps it.
        texts: as published.
        stopped: ends the run after the utterance that is being said.
        on_text: is told after each text how many of its utterances were said now.

    Returns:
        How many utterances were said; fewer than there are when stopped, when the cache's share is full, or when the
        voice failed three times in a row.
    """
    total = failures = 0
    for text in texts:
        made = 0
        for key in [utterance.key for utterance in speech.utterances(text)]:
            while speech.waiting and not stopped.wait(_GIVE_WAY_SECONDS):
                pass
            if stopped.is_set() or failures >= _FAILURES or speech.fullness() > SHARE:
                return total + made
            if speech.is_kept(key):
                continue
            try:
                speech.audio(key)
                made, failures = made + 1, 0
            except AnanError as error:
                failures += 1
                _LOGGER.warning("a sentence could not be rendered ahead: %s", error.message)
        total += made
        on_text(made)
    return total
