"""``anan bench voice``: whether a voice is understood and quick, and whether spoken questions find as typed ones do.

A voice is understood as well as a recogniser writes down what it said: sentences are spoken, heard, and compared
character by character (CER: edit distance over length), after both were folded and had their numbers read out. The same
by toneless syllables tells the voice's faults from the recogniser's: 办结 written 半截 was said as it should be. Heard
three ways, side by side: by the bare recogniser; listening for the corpus's words, as it does for citizens; and with
the same-sounding slips mended besides, which is what a citizen sees. Every other report is said, and its words are
those of the others: what a recogniser is helped with must not hold the sentence itself.
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

from assistant.answers import Hearing
from assistant.errors import Busy
from assistant.evaluation.beir import QuestionSet
from assistant.evaluation.bench_corpus import BenchCorpus, bench_corpus
from assistant.evaluation.retrieval import as_reports, first_questions, measure_wordings
from assistant.language import fold_text, sentences, syllables
from assistant.reports import Report
from assistant.speech import Audio, Speech, Voice, joined, spoken_form
from assistant.speech.listening import Meant
from assistant.speech.pieces import pieces
from assistant.speech.recognition import Recogniser
from assistant.speech.recording import Samples, read_recording
from assistant.speech.sound import to_audio

# A sentence for measuring: long enough to have context, short enough for one window of the recogniser.
_SHORTEST, _LONGEST = 12, 60
_NUMBERS_LEAST = 2
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_AUDIBLE_SECONDS = 120.0
# Different writings of one sound: what a listener cannot tell apart is no fault of the voice.
_SAME = str.maketrans({"两": "二", "幺": "一", "〇": "零"})
_FIRST_SOUNDS = 5
_PATIENCE_SECONDS = 25.0

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Ears:
    """What hears, and what helps it where a corpus is loaded.

    Attributes:
        recogniser: hears.
        words: of the corpus, to listen for.
        meant: what was heard as it was surely meant.
    """

    recogniser: Recogniser
    words: Sequence[str]
    meant: Meant

    def hear(self, samples: Samples) -> tuple[str, str, str]:
        """What the bare recogniser hears, what it hears when it listens for the words, and that with slips mended."""
        plain = self.recogniser.hear(samples).text
        listened = self.recogniser.hear(samples, self.words).text
        return plain, listened, self.meant(listened, lambda texts: self.recogniser.likelihoods(samples, texts))


@dataclass(frozen=True)
class VoiceFigures:
    """How a voice did.

    Attributes:
        cer: character error rate over all sentences, 0 for word by word, by the bare recogniser.
        cer_with_words: the same when it listens for the corpus's words.
        cer_corrected: the same with slips mended besides.
        syllable_errors: of toneless syllables, by the bare recogniser.
        rtf: seconds that it took for a second of audio as citizens hear it (without the silence at the ends).
        first_sound_ms: median milliseconds from asking for an answer's audio until its first piece is there whole:
            ``cached`` and ``new``.
        sentences: how many were said.
    """

    cer: float
    cer_with_words: float
    cer_corrected: float
    syllable_errors: float
    rtf: float
    first_sound_ms: dict[str, float]
    sentences: int


def ears_of(recogniser: Recogniser, corpus: BenchCorpus) -> Ears:
    """The recogniser with the help that a citizen's has where this corpus is loaded."""
    hearing = Hearing(corpus.library, corpus.index, corpus.segmenter, corpus.store.passages)
    return Ears(recogniser, hearing.likely(), hearing.meant)


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


def said_and_known(reports: Sequence[Report]) -> tuple[list[str], list[Report]]:
    """The texts of every other report, to be said; and the reports between, whose words the ears know."""
    return [report.text for report in reports[::2]], list(reports[1::2])


def said_sound(text: str, longest: int) -> str:
    """The characters that a voice is given to say, as ``plain_sound``: of a table's row of zeros not every zero."""
    return plain_sound("".join(piece.spoken for piece in pieces(text, longest)))


def plain_sound(text: str) -> str:
    """The characters that are heard: numbers read out, folded, no pauses."""
    # Folding comes after: it takes signs such as ℃ and ㎡, which are read out, to pieces.
    said = fold_text(spoken_form(text)).translate(_SAME).replace("百分之一百", "百分之百")
    return "".join(char for char in said if char.isalnum())


def measure_voice(
    voice: Voice, texts: Sequence[str], ears: Ears, tell: Tell, words: Callable[[str], Sequence[str]] | None = None
) -> VoiceFigures:
    """Have the voice say the texts, and the recogniser hear them.

    Args:
        voice: says them.
        texts: to be said.
        ears: hear them.
        tell: told of each text.
        words: how text falls into words, for the first sound, see ``Speech.words``.
    """
    wrong = [0, 0, 0]
    length = misheard = 0
    took = seconds = 0.0
    with tempfile.TemporaryDirectory(prefix="anan-bench-") as folder:
        voice.warm_up()
        for text in texts:
            begun = time.perf_counter()
            sounds = _said(voice, text)
            took += time.perf_counter() - begun
            audio = joined(sounds)
            seconds += audio.seconds
            heard = ears.hear(read_recording(audio.data, _AUDIBLE_SECONDS))
            wanted, got = said_sound(text, voice.longest), [plain_sound(each) for each in heard]
            faults = [Levenshtein.distance(wanted, each) for each in got]
            wrong, length = [all_ + each for all_, each in zip(wrong, faults, strict=True)], length + len(wanted)
            misheard += Levenshtein.distance(syllables(wanted), syllables(got[0]))
            counted = "/".join(map(str, (*faults, len(wanted))))
            tell("\t".join((voice.name, counted, text, *heard)))
        speech = Speech(Path(folder), voice)
        speech.words = words
        first = {"new": _first_sound(speech, texts[:_FIRST_SOUNDS])}
        first["cached"] = _first_sound(speech, texts[:_FIRST_SOUNDS])
    plain, listened, meant, syllable = (round(each / max(1, length), 4) for each in (*wrong, misheard))
    return VoiceFigures(plain, listened, meant, syllable, round(took / max(seconds, 0.1), 3), first, len(texts))


def measure_spoken(
    questions: QuestionSet, voice: Voice, recogniser: Recogniser, limit: int | None, tell: Tell
) -> dict[str, float]:
    """Recall@1 of the set's questions as typed, and of the same spoken by the voice.

    ``spoken_recall@1`` is what a citizen gets: heard with the set's own words, slips mended, then asked;
    ``heard_plain_recall@1`` is the bare recogniser's.
    """
    typed = first_questions(questions, limit)
    plain, meant = {}, {}
    with bench_corpus(as_reports(questions)) as corpus:
        ears = ears_of(recogniser, corpus)
        for key, text in typed.items():
            heard = ears.hear(read_recording(joined(_said(voice, text)).data, _AUDIBLE_SECONDS))
            plain[key], meant[key] = heard[0], heard[2]
            tell("\t".join((text, *heard)))
        found = [each.recall_1 for each in measure_wordings(corpus, questions, typed, meant, plain)]
    names = ("typed_recall@1", "spoken_recall@1", "heard_plain_recall@1")
    return {"questions": len(typed), **dict(zip(names, found, strict=True))}


def voice_report(
    voices: dict[str, VoiceFigures], spoken: dict[str, float] | None, rendering: dict[str, float] | None
) -> dict[str, Any]:
    """The JSON shape of the command."""
    return {
        "voices": {name: asdict(figures) for name, figures in voices.items()},
        "spoken": spoken,
        "rendering": rendering,
    }


def _said(voice: Voice, text: str) -> list[Audio]:
    """The text as the voice says it, a sentence in one go as in a report; of an answer the first clause comes apart.

    Raises:
        Busy: another voice stood in, whose figures would pass for this one's.
    """
    sounds = []
    for piece in pieces(text, voice.longest):
        if piece.spoken:
            recording = voice.synthesize(piece.spoken, _PATIENCE_SECONDS)
            if recording.rendering != voice.rendering:
                stand_in = voice.state().stand_in or recording.rendering
                raise Busy(f"{voice.name} 中途由 {stand_in} 代读，量不准；请等机器空闲时再试。")
            sounds.append(to_audio(recording.sound))
    return sounds


def _first_sound(speech: Speech, texts: Sequence[str]) -> float:
    times = []
    for text in texts:
        begun = time.perf_counter()
        speech.audio(speech.utterances(text)[0].key)
        times.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(times), 1)
