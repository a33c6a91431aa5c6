"""``anan bench speed``: what a question and an ingest cost, beside other engines on the same data in the same run.

The passages are made by recombining sentences of the sample corpus, so that their words are distributed as in reports.
Absolute times belong to the machine; the ratios travel.
"""

import gc
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.answers.drawing import PASSAGE_POOL, REPORT_POOL
from assistant.evaluation.bench_corpus import BenchCorpus, bench_corpus
from assistant.evaluation.retrieval import percentile
from assistant.language import Segmenter, fold_text, question_terms, sentences
from assistant.reports import read_file
from assistant.resources import corpus_folder
from assistant.search import Query
from assistant.search.files import report_files
from assistant.search.ingest import ingest
from assistant.search.workers import cores
from assistant.store.faq_file import read_faq

_SEED = 20151231
_PASSAGES_A_REPORT = 50
# Sentences of a passage: three make about the 120 to 250 characters that real passages have.
_SENTENCES_A_PASSAGE = 3
_QUESTION_CHARACTERS = (15, 30)
_DEPTH = 50
_FILE_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True)
class SpeedFigures:
    """What was measured.

    Attributes:
        passages: passages in the index.
        ask: p50 and p95 of a whole ``ask``, milliseconds.
        index: p50 and p95 of the index queries that the same ask makes, milliseconds.
        ask_to_index: p50 of ask divided by p50 of index.
        ingest_reports_s: files read, segmented, stored and indexed, reports a second.
        ingest_mb_s: the same in megabytes of UTF-8 a second.
        cores: how many cores worked at that.
        memory_mb: resident memory after the index was built and asked, megabytes; None where it cannot be told.
        reader_memory_mb: the most that one of the processes that read files held, likewise.
        others: engine → {build_s, p50_ms, p95_ms, to_index (p50 over ours), memory_mb}.
    """

    passages: int
    ask: tuple[float, float]
    index: tuple[float, float]
    ask_to_index: float
    ingest_reports_s: float
    ingest_mb_s: float
    cores: int
    memory_mb: float | None
    reader_memory_mb: float | None
    others: dict[str, dict[str, Any]] = field(default_factory=dict)


def measure_speed(passages: int, questions: int, compare: bool, say: Callable[[str], None]) -> SpeedFigures:
    """Build, ask, compare. ``say`` is told in Chinese what is being done."""
    chance = random.Random(_SEED)  # noqa: S311 - chooses test sentences, guards nothing
    pieces = corpus_sentences()
    say(f"生成并导入 {passages} 个段落……")
    texts = list(_texts(passages, pieces, chance))
    with bench_corpus((), read_faq(corpus_folder() / "faq.yaml")) as corpus:
        ingest_s = _time_ingest(corpus, texts)
        reader_memory = _largest_child_mb()
        megabytes = sum(len(text.encode()) for text in texts) / 1e6
        asked = [_question(pieces, chance) for _ in range(questions)]
        say(f"提问 {questions} 次……")
        ask, index = _time_asks(corpus, asked)
        held = corpus.index.passage_count
        memory = resident_mb()
        others = {}
        if compare:
            say("用同样的数据测量其他引擎……")
            others = _compare(texts, asked, corpus.segmenter, statistics.median(index), say)
    return SpeedFigures(
        passages=held,
        ask=_middle_and_tail(ask),
        index=_middle_and_tail(index),
        ask_to_index=round(statistics.median(ask) / statistics.median(index), 2),
        ingest_reports_s=round(len(texts) / ingest_s, 2),
        ingest_mb_s=round(megabytes / ingest_s, 3),
        cores=cores(),
        memory_mb=memory,
        reader_memory_mb=reader_memory,
        others=others,
    )


def corpus_sentences() -> list[str]:
    """All sentences of the sample corpus's reports."""
    found = []
    for path in report_files([corpus_folder() / "reports"]):
        text = read_file(path, _FILE_LIMIT).text
        found += [text[start:end] for start, end in sentences(text)]
    return found


def resident_mb() -> float | None:
    """This process's resident memory in megabytes, where the system tells (Linux)."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    line = next((line for line in status.read_text().splitlines() if line.startswith("VmRSS")), "")
    return round(int(line.split()[1]) / 1024, 1) if line else None


def _largest_child_mb() -> float | None:
    """The most memory that one of the ended processes held, in megabytes, where the system tells (Linux)."""
    if sys.platform != "linux":
        return None
    import resource

    return round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1)


def _time_ingest(corpus: BenchCorpus, texts: Sequence[str]) -> float:
    """Seconds from files to an index that answers, processes started and dictionaries loaded included."""
    with tempfile.TemporaryDirectory(prefix="anan-bench-") as name:
        files = [Path(name) / f"{number:06d}.txt" for number in range(len(texts))]
        for number, (path, text) in enumerate(zip(files, texts, strict=True)):
            path.write_text(f"测速报告{number}\n索引号 bench-{number}\n{text}", encoding="utf-8")
        begin = time.perf_counter()
        ingest(files, corpus.store, corpus.indexer, _FILE_LIMIT, lambda _: None)
        return time.perf_counter() - begin


def _texts(passages: int, pieces: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Texts of reports with so many passages: a line a passage, so that none spans two."""
    for first in range(0, passages, _PASSAGES_A_REPORT):
        count = min(_PASSAGES_A_REPORT, passages - first)
        headed = (
            f"{number + 1}.第{number + 1}项\n" + "".join(chance.choices(pieces, k=_SENTENCES_A_PASSAGE))
            for number in range(count)
        )
        yield "\n".join(headed)


def _question(pieces: Sequence[str], chance: random.Random) -> str:
    """A piece of a sentence as a question: some twenty terms, as in a long question."""
    shortest, longest = _QUESTION_CHARACTERS
    piece = ""
    while len(piece) < shortest:
        sentence = chance.choice(pieces)
        start = chance.randrange(max(1, len(sentence) - shortest))
        piece = sentence[start : start + longest]
    return f"{piece}是多少？"


def _time_asks(corpus: BenchCorpus, asked: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of each whole ask, and of each ask's index queries alone, measured in turn."""
    whole: list[float] = []
    alone: list[float] = []
    corpus.answerer.warm_up()
    for question in asked[:3]:
        corpus.answerer.ask(question)  # the first questions pay for loading
    for question in asked:
        terms = question_terms(question, corpus.segmenter)
        query = Query(terms.words, terms.bigrams)
        begin = time.perf_counter()
        corpus.index.search_reports(query, REPORT_POOL)
        corpus.index.search_passages(query, PASSAGE_POOL)
        alone.append((time.perf_counter() - begin) * 1000)
        begin = time.perf_counter()
        corpus.answerer.ask(question)
        whole.append((time.perf_counter() - begin) * 1000)
    return whole, alone


def _compare(
    texts: Sequence[str], asked: Sequence[str], segmenter: Segmenter, ours_p50: float, say: Callable[[str], None]
) -> dict[str, dict[str, Any]]:
    """The engines that most people would take, with jieba words, on the same passages."""
    lines = (line for text in texts for line in text.splitlines()[1::2])
    words = [[word for word in segmenter.words(fold_text(line)) if word.strip()] for line in lines]
    queries = [list(question_terms(question, segmenter).words) for question in asked]
    figures = {}
    for name, build in (("sqlite_fts5", _fts5), ("bm25s", _bm25s), ("rank_bm25", _rank_bm25)):
        gc.collect()
        before = resident_mb()
        begin = time.perf_counter()
        try:
            search = build(words)
        except ImportError:
            say(f"没有安装 {name}，跳过（pip install 'anan[dev]'）")
            continue
        build_s = time.perf_counter() - begin
        times = []
        for query in queries:
            begin = time.perf_counter()
            search(query)
            times.append((time.perf_counter() - begin) * 1000)
        after = resident_mb()
        middle, tail = _middle_and_tail(times)
        figures[name] = {
            "build_s": round(build_s, 2),
            "p50_ms": middle,
            "p95_ms": tail,
            "to_index": round(statistics.median(times) / ours_p50, 2),
            "memory_mb": round(after - before, 1) if after is not None and before is not None else None,
        }
    return figures


def _fts5(words: Sequence[Sequence[str]]) -> Callable[[Sequence[str]], object]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE passages USING fts5(words, content='')")
    connection.executemany("INSERT INTO passages(words) VALUES (?)", ((" ".join(each),) for each in words))
    quoted = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT ?"

    def search(query: Sequence[str]) -> object:
        match = " OR ".join('"' + word.replace('"', '""') + '"' for word in query)
        return connection.execute(quoted, (match, _DEPTH)).fetchall()

    return search


def _bm25s(words: Sequence[Sequence[str]]) -> Callable[[Sequence[str]], object]:
    import bm25s

    engine = bm25s.BM25()
    engine.index([list(each) for each in words], show_progress=False)
    depth = min(_DEPTH, len(words))
    return lambda query: engine.retrieve([list(query)], k=depth, show_progress=False)


def _rank_bm25(words: Sequence[Sequence[str]]) -> Callable[[Sequence[str]], object]:
    from rank_bm25 import BM25Okapi

    engine = BM25Okapi(words)
    return lambda query: engine.get_scores(query).argsort()[-_DEPTH:]


def _middle_and_tail(times: Sequence[float]) -> tuple[float, float]:
    return round(statistics.median(times), 2), round(percentile(times, 0.95), 2)
