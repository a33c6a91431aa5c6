"""Faster or slower speech at the same pitch, as players do it: WSOLA.

Waveform similarity overlap-add (Verhelst and Roelands, 1993): windows of the recording are laid over each other closer
or further apart than they were, each taken from where it fits best what was laid down before it. Speech made twice as
fast this way stays clear; a voice's own speed would need all audio made and kept anew for each.
"""

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

SLOWEST, FASTEST = 0.5, 2.0
# Two periods of the lowest voice fit into a window, and half of one into the search to either side.
_WINDOW_SECONDS = 0.04
_SEARCH_SECONDS = 0.01


def at_speed(sound: Sound, rate: int, speed: float) -> Sound:
    """The recording, one channel of ``rate`` samples a second, played in 1 / ``speed`` of its time.

    Raises:
        ValueError: a speed below ``SLOWEST`` or above ``FASTEST``.
    """
    if not SLOWEST <= speed <= FASTEST:
        raise ValueError(f"speed {speed}")
    hop = int(_WINDOW_SECONDS * rate / 2)
    if speed == 1 or len(sound) < 2 * hop:
        return sound
    search = int(_SEARCH_SECONDS * rate)
    length = round(len(sound) / speed)
    # Silence around it, so that every window and every search lies within.
    padded = np.pad(sound, (search, 3 * hop + search))
    window = np.hanning(2 * hop + 1)[:-1].astype(np.float32)  # two of these half over each other sum to one
    out = np.zeros(length + 3 * hop, dtype=np.float32)
    out[:hop] = padded[search : search + hop] * window[hop:]
    wanted = padded[search : search + hop]  # what would follow by itself
    for place in range(0, length + hop, hop):
        near = min(int(place * speed), len(sound))
        taken = near + _best_fit(padded[near : near + 2 * search + hop], wanted)
        out[place : place + 2 * hop] += padded[taken : taken + 2 * hop] * window
        wanted = padded[taken + hop : taken + 2 * hop]
    return out[:length]


def _best_fit(where: Sound, what: Sound) -> int:
    """Where in ``where`` what looks most like ``what`` begins; in silence, the middle."""
    alike = np.correlate(where, what, "valid")
    energy = np.convolve(np.square(where), np.ones(len(what), dtype=np.float32), "valid")
    alike /= np.sqrt(energy + 1e-6)
    best = int(np.argmax(alike))
    return best if alike[best] > 0 else len(alike) // 2
