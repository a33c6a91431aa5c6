"""``anan bench faq``: whether thousands of FAQ entries make a question, a start or publishing slow.

A small FAQ and a large one are asked the same questions in turn, in one process, so that what else the machine does
falls on both alike.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.answers import Answerer, Conversations
from assistant.answers.library import PublishedFaq
from assistant.evaluation.bench_corpus import BenchCorpus, bench_corpus
from assistant.evaluation.golden import read_golden_questions
from assistant.evaluation.made_faq import made_faq
from assistant.evaluation.retrieval import percentile
from assistant.evaluation.speed import corpus_sentences, resident_mb
from assistant.reports import read_file
from assistant.resources import corpus_folder
from assistant.search.files import report_files
from assistant.search.kept_readings import KeptReadings
from assistant.store import FaqEntry
from assistant.store.faq_file import read_faq

_FILE_LIMIT = 20 * 1024 * 1024
_ASKED_OF_ENTRIES = 100


@dataclass(frozen=True)
class FaqSpeed:
    """What was measured; times in milliseconds where not said otherwise.

    Attributes:
        few: entries of the small FAQ.
        many: entries of the large one.
        questions: how many were asked.
        few_p50: median of an ask with the small FAQ.
        many_p50: with the large one.
        slower_p50: median of what a question took longer with the large one than the same with the small one.
        slower_mean: the mean of that.
        few_p95: the time that one in twenty questions exceeds with the small FAQ.
        many_p95: with the large one.
        read_s: seconds to read the large FAQ for the first time.
        read_again_s: seconds when what was read is kept.
        publish_s: seconds until one more entry is read and ready to answer.
        kept_mb: megabytes of what is kept.
        memory_mb: resident memory with both, megabytes; None where it cannot be told.
    """

    few: int
    many: int
    questions: int
    few_p50: float
    many_p50: float
    slower_p50: float
    slower_mean: float
    few_p95: float
    many_p95: float
    read_s: float
    read_again_s: float
    publish_s: float
    kept_mb: float
    memory_mb: float | None


def measure_faq(few: int, many: int, rounds: int, say: Callable[[str], None]) -> FaqSpeed:
    """Read both, ask both in turn. ``say`` is told in Chinese what is being done."""
    reports = [read_file(path, _FILE_LIMIT) for path in report_files([corpus_folder() / "reports"])]
    own = read_faq(corpus_folder() / "faq.yaml")
    with bench_corpus(reports, own) as corpus, tempfile.TemporaryDirectory(prefix="anan-bench-") as folder:
        entries = (*own, *made_faq(max(0, many - len(own)), corpus_sentences(), corpus.segmenter))[:many]
        say(f"读 {many} 条常见问题……")
        kept = KeptReadings(Path(folder) / "faq.sqlite3")
        _, read_s = _read(corpus, entries, kept)
        large, read_again_s = _read(corpus, entries, kept)
        kept_mb = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        one_more = replace(entries[-1], id="one-more", question="新公布的这一条是什么？", answer="就是这一条。")
        begun = time.perf_counter()
        large = large.with_entries((*entries, one_more), kept)
        publish_s = time.perf_counter() - begun
        small, _ = _read(corpus, entries[:few], None)
        asked = _questions(entries[:few])
        say(f"各提问 {rounds * len(asked)} 次……")
        few_ms, many_ms = _time_asks([_answerer(corpus, small), _answerer(corpus, large)], asked, rounds)
        memory = resident_mb()
    slower = [more - less for less, more in zip(few_ms, many_ms, strict=True)]
    return FaqSpeed(
        few=len(small.entries),
        many=len(large.entries),
        questions=len(asked),
        few_p50=round(statistics.median(few_ms), 2),
        many_p50=round(statistics.median(many_ms), 2),
        slower_p50=round(statistics.median(slower), 2),
        slower_mean=round(statistics.mean(slower), 2),
        few_p95=round(percentile(few_ms, 0.95), 2),
        many_p95=round(percentile(many_ms, 0.95), 2),
        read_s=round(read_s, 1),
        read_again_s=round(read_again_s, 1),
        publish_s=round(publish_s, 2),
        kept_mb=round(kept_mb, 1),
        memory_mb=memory,
    )


def _read(corpus: BenchCorpus, entries: Sequence[FaqEntry], kept: KeptReadings | None) -> tuple[PublishedFaq, float]:
    """These entries made ready to be asked, and the seconds that took."""
    begun = time.perf_counter()
    faq = corpus.library.shelf().faq.with_entries((), kept).with_entries(tuple(entries), kept)
    faq.make_ready()
    return faq, time.perf_counter() - begun


def _answerer(corpus: BenchCorpus, faq: PublishedFaq) -> Answerer:
    return corpus.answerer.trying(corpus.library.shelf_with(faq), Conversations(corpus.store, 1, kept=False))


def _questions(entries: Sequence[FaqEntry]) -> list[str]:
    """What citizens ask: phrasings of entries that both FAQs hold, and what the golden questions ask of reports."""
    golden = [each.turns[0] for each in read_golden_questions(corpus_folder() / "questions.yaml")]
    ours = [entry.phrasings[0] for entry in entries if entry.phrasings][:_ASKED_OF_ENTRIES]
    return [*golden, *ours]


def _time_asks(answerers: Sequence[Answerer], asked: Sequence[str], rounds: int) -> list[list[float]]:
    """For each answerer the least that each question took, in milliseconds, asked in turn."""
    best = [[float("inf")] * len(asked) for _ in answerers]
    for answerer in answerers:
        answerer.warm_up()
    for turn in range(rounds):
        for place, question in enumerate(asked):
            for which in (0, 1) if turn % 2 else (1, 0):
                begun = time.perf_counter()
                answerers[which].ask(question)
                best[which][place] = min(best[which][place], (time.perf_counter() - begun) * 1000)
    return best
