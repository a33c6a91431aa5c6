"""Whether questions are answered as fast as ever while a voice reads ahead in the background."""

import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.evaluation.retrieval import percentile
from assistant.speech import Speech, Voice
from assistant.speech.rendering import render

# Loading and the first look-ups of anything are not what is measured.
_WARMING = 20
_PATIENCE_SECONDS = 60.0


def measure_contention(
    ask: Callable[[str], object], questions: Sequence[str], voice: Voice, texts: Sequence[str]
) -> dict[str, float]:
    """The 95th percentile of the questions' times in milliseconds, idle and while the voice reads the texts ahead.

    Args:
        ask: answers a question.
        questions: asked one after the other, idle and again.
        voice: reads.
        texts: enough to read for as long as the questions take.
    """
    for question in questions[:_WARMING]:
        ask(question)
    idle = _tail(ask, questions)
    stopped, begun = threading.Event(), threading.Event()
    with tempfile.TemporaryDirectory(prefix="anan-bench-") as folder:
        speech = Speech(Path(folder), voice)
        voice.warm_up()
        reading = threading.Thread(target=render, args=(speech, texts, stopped, lambda _: begun.set()))
        reading.start()
        try:
            begun.wait(_PATIENCE_SECONDS)
            busy = _tail(ask, questions)
            lasted = reading.is_alive()
        finally:
            stopped.set()
            reading.join()
    return {
        "questions": len(questions),
        "idle_p95_ms": round(idle, 1),
        "rendering_p95_ms": round(busy, 1),
        "ratio": round(busy / idle, 2),
        "rendered_throughout": float(lasted),
    }


def _tail(ask: Callable[[str], object], questions: Sequence[str]) -> float:
    times = []
    for question in questions:
        begun = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - begun) * 1000)
    return percentile(times, 0.95)
