"""Whether questions are answered as fast as ever while a voice reads ahead in the background."""

import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.evaluation.retrieval import percentile
from assistant.speech import Speech, Voice
from assistant.speech.rendering import render

_PATIENCE_SECONDS = 60.0
# Idle and beside the voice in turns: what else runs on the machine comes and goes.
_ROUNDS = 3


def measure_contention(
    ask: Callable[[str], object], questions: Sequence[str], voice: Voice, texts: Sequence[str]
) -> dict[str, float]:
    """The 95th percentile of the questions' times in milliseconds, idle and while the voice reads the texts ahead.

    Args:
        ask: answers a question.
        questions: asked one after the other: once for warming, then idle and beside the voice in turns.
        voice: reads.
        texts: enough to read for as long as the questions take.
    """
    _times(ask, questions)
    voice.warm_up()
    idle: list[float] = []
    busy: list[float] = []
    throughout = True
    for _ in range(_ROUNDS):
        idle += _times(ask, questions)
        beside, lasted = _beside(ask, questions, voice, texts)
        busy += beside
        throughout = throughout and lasted
    idle_tail, busy_tail = percentile(idle, 0.95), percentile(busy, 0.95)
    return {
        "questions": len(questions),
        "idle_p95_ms": round(idle_tail, 1),
        "rendering_p95_ms": round(busy_tail, 1),
        "ratio": round(busy_tail / idle_tail, 2),
        "rendered_throughout": float(throughout),
    }


def _beside(
    ask: Callable[[str], object], questions: Sequence[str], voice: Voice, texts: Sequence[str]
) -> tuple[list[float], bool]:
    """The questions' times while the voice reads, none of it read before; and whether it read all the while."""
    stopped, begun = threading.Event(), threading.Event()
    with tempfile.TemporaryDirectory(prefix="anan-bench-") as folder:
        speech = Speech(Path(folder), voice)
        reading = threading.Thread(target=render, args=(speech, texts, stopped, lambda _: begun.set()))
        reading.start()
        try:
            begun.wait(_PATIENCE_SECONDS)
            return _times(ask, questions), reading.is_alive()
        finally:
            stopped.set()
            reading.join()


def _times(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    times = []
    for question in questions:
        begun = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - begun) * 1000)
    return times
