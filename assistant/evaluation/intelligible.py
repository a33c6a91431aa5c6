"""``anan bench voice``: whether a voice is understood and quick, and whether spoken questions find as typed ones do.

A voice is understood as well as a recogniser writes down what it said: sentences are spoken, heard, and compared
character by character (CER: edit distance over length), after both were folded and had their numbers read out. The same
by toneless syllables tells the voice's faults from the recogniser's: 办结 written 半截 was said as it should be.
"""

import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from assistant.evaluation.beir import QuestionSet
from assistant.evaluation.retrieval import first_questions, measure_wordings
from assistant.language import fold_text, sentences, syllables
from assistant.speech import Audio, Speech, Voice, joined, spoken_form
from assistant.speech.recognition import Recogniser
from assistant.speech.recording import read_recording

# A sentence for measuring: long enough to have context, short enough for one window of the recogniser.
_SHORTEST, _LONGEST = 12, 60
_NUMBERS_LEAST = 2
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_AUDIBLE_SECONDS = 120.0
# Different writings of one sound: what a listener cannot tell apart is no fault of the voice.
_SAME = str.maketrans({"两": "二", "幺": "一", "〇": "零"})
_FIRST_SOUNDS = 5

Tell = Callable[[str], None]


@dataclass(frozen=True)
class VoiceFigures:
    """How a voice did.

    Attributes:
        cer: character error rate over all sentences, 0 for word by word.
        syllable_errors: the same of toneless syllables.
        rtf: seconds that it took for a second of audio as citizens hear it (without the silence at the ends).
        first_sound_ms: median milliseconds from asking for an answer's audio until its first piece is there whole:
            ``cached`` and ``new``.
        sentences: how many were said.
    """

    cer: float
    syllable_errors: float
    rtf: float
    first_sound_ms: dict[str, float]
    sentences: int


def sentences_with_numbers(texts: Iterable[str], most: int) -> list[str]:
    """Sentences rich in numbers, taken evenly from all texts; the same ones every time."""
    found: dict[str, None] = {}
    for text in texts:
        for start, end in sentences(text):
            sentence = text[start:end].strip()
            if _SHORTEST <= len(sentence) <= _LONGEST and len(_NUMBER.findall(sentence)) >= _NUMBERS_LEAST:
                found[sentence] = None
    every = list(found)
    step = max(1.0, len(every) / most)
    return [every[int(place * step)] for place in range(min(most, len(every)))]


def plain_sound(text: str) -> str:
    """The characters that are heard: folded, numbers read out, no pauses."""
    said = spoken_form(fold_text(text)).lower().translate(_SAME)
    return "".join(char for char in said if char.isalnum())


def measure_voice(voice: Voice, texts: Sequence[str], recogniser: Recogniser, tell: Tell) -> VoiceFigures:
    """Have the voice say the texts, and the recogniser hear them."""
    wrong = length = misheard = 0
    took = seconds = 0.0
    with tempfile.TemporaryDirectory(prefix="anan-bench-") as folder:
        speech = Speech(Path(folder), voice)
        voice.warm_up()
        for text in texts:
            begun = time.perf_counter()
            audio = _said(speech, text)
            took += time.perf_counter() - begun
            seconds += audio.seconds
            heard = recogniser.hear(read_recording(audio.data, _AUDIBLE_SECONDS)).text
            wanted, got = plain_sound(text), plain_sound(heard)
            faults = Levenshtein.distance(wanted, got)
            wrong, length = wrong + faults, length + len(wanted)
            misheard += Levenshtein.distance(syllables(wanted), syllables(got))
            tell(f"{voice.name}\t{faults}/{len(wanted)}\t{text}\t{heard}")
        first = {"new": _first_sound(Path(folder) / "again", voice, texts[:_FIRST_SOUNDS])}
        first["cached"] = _first_sound(Path(folder) / "again", voice, texts[:_FIRST_SOUNDS])
    cer, misheard_share = (round(each / max(1, length), 4) for each in (wrong, misheard))
    return VoiceFigures(cer, misheard_share, round(took / max(seconds, 0.1), 3), first, len(texts))


def measure_spoken(
    questions: QuestionSet, voice: Voice, recogniser: Recogniser, limit: int | None, tell: Tell
) -> dict[str, float]:
    """Recall@1 of the set's questions as typed, and of the same as heard when the voice asks them."""
    typed = first_questions(questions, limit)
    heard = {}
    with tempfile.TemporaryDirectory(prefix="anan-bench-") as folder:
        speech = Speech(Path(folder), voice)
        for key, text in typed.items():
            samples = read_recording(_said(speech, text).data, _AUDIBLE_SECONDS)
            heard[key] = recogniser.hear(samples).text
            tell(f"{text}\t{heard[key]}")
    first, second = measure_wordings(questions, typed, heard)
    return {"questions": len(typed), "typed_recall@1": first.recall_1, "spoken_recall@1": second.recall_1}


def voice_report(voices: dict[str, VoiceFigures], spoken: dict[str, float] | None) -> dict[str, Any]:
    """The JSON shape of the command."""
    return {"voices": {name: asdict(figures) for name, figures in voices.items()}, "spoken": spoken}


def _said(speech: Speech, text: str) -> Audio:
    return joined([speech.audio(each.key) for each in speech.utterances(text)])


def _first_sound(folder: Path, voice: Voice, texts: Sequence[str]) -> float:
    speech = Speech(folder, voice)
    times = []
    for text in texts:
        begun = time.perf_counter()
        speech.audio(speech.utterances(text)[0].key)
        times.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(times), 1)
