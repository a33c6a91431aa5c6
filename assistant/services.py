"""Everything that works on one data directory, opened together and closed together."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answers import Answerer, Conversations, Hearing, assemble, read_word_lists
from assistant.answers.plain_words import plain_words
from assistant.desk import Desk, desk_over
from assistant.desk.jobs import Jobs
from assistant.desk.near_entries import NearEntries
from assistant.desk.trials import Trials
from assistant.errors import BadInput, os_reason
from assistant.evaluation.golden import read_golden_questions
from assistant.language import Segmenter
from assistant.resources import corpus_folder
from assistant.search import SearchIndex
from assistant.search.embedders import make_embedder
from assistant.search.files import report_files
from assistant.search.indexing import Indexer
from assistant.search.ingest import Ingested, ingest
from assistant.search.tantivy_index import TantivyIndex
from assistant.search.vectors import PassageVectors
from assistant.settings import Settings, load_settings
from assistant.speech import Speech, spoken_form
from assistant.speech.kept_recordings import KeptRecordings
from assistant.speech.listening import Listening
from assistant.speech.recognition import listen_folder
from assistant.store import FaqEntry, Store
from assistant.store.faq_file import read_faq


@dataclass(frozen=True)
class FaqWork:
    """What the desk needs beside the rules to look after the FAQ.

    Attributes:
        near: finds entries that ask nearly the same.
        trials: tries drafts.
        jobs: what is under way in the background.
        trying: makes an answerer over other FAQ entries.
    """

    near: NearEntries
    trials: Trials
    jobs: Jobs
    trying: Callable[[Iterable[FaqEntry]], Answerer]


@dataclass(frozen=True)
class Services:
    """The parts that doors (the site, the command line) use."""

    data: Path
    settings: Settings
    store: Store
    index: SearchIndex
    indexer: Indexer
    answerer: Answerer
    conversations: Conversations
    speech: Speech
    desk: Desk
    listening: Listening
    hearing: Hearing
    recordings: KeptRecordings
    faq_work: FaqWork
    semantic: PassageVectors | None = None

    def ingest(
        self,
        files: Sequence[Path],
        on_file: Callable[[Ingested], None],
        *,
        on_total: Callable[[int], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> list[Ingested]:
        """Read, store and index files within the bounds of the settings; see ``assistant.search.ingest``."""
        limit, seconds = self.settings.file_limit_mb * 1024 * 1024, self.settings.file_seconds
        done = ingest(
            files, self.store, self.indexer, limit, on_file, seconds=seconds, on_total=on_total, stopped=stopped
        )
        if self.semantic is not None:
            self.semantic.settle()
        return done

    def status(self) -> dict[str, Any]:
        """What health checks and ``anan doctor`` show."""
        counts = self.store.counts()
        agrees = self.indexer.agrees()
        return {
            "status": "ok" if agrees else "degraded",
            "reports": counts.reports,
            "passages": counts.passages,
            "faq": counts.faq_entries,
            "index_agrees": agrees,
            "voice": self.speech.status(),
            "listening": {"works": self.listening.works},
        }

    def published_texts(self) -> Iterator[str]:
        """What is read aloud: FAQ answers first, for they are short and asked most, then reports, the newest first."""
        for entry in self.store.faq():
            yield plain_words(entry.answer)
        newest_first = sorted(self.store.reports(), key=lambda each: (-(each.year or 0), each.id))
        for summary in newest_first:
            report = self.store.report(summary.id)
            if report is not None:
                yield report.text

    def warm_up(self) -> None:
        """Do now what the first citizen would otherwise wait for.

        Raises:
            Busy: the voice does not start; everything else is ready.
        """
        self.answerer.warm_up()
        self.listening.warm_up()
        self.speech.warm_up()

    def close(self) -> None:
        """Stop the voice and the ears, and let go of files."""
        self.listening.close()
        self.speech.close()
        self.conversations.close()
        if self.semantic is not None:
            self.semantic.close()
        self.index.close()
        self.store.close()


def open_services(data: Path) -> Services:
    """Open the data directory, made when absent; brings index and store into agreement first.

    Raises:
        SettingsError: a setting is wrong.
        AnanError: the directory cannot be used; the message says why.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        return _opened(data)
    except OSError as error:
        # The parts make folders of their own: the one that is in the way or may not be written is named.
        named = "" if error.filename in (None, str(data)) else f"{error.filename} "
        raise BadInput(f"数据目录 {data} 用不了：{named}{os_reason(error)}") from error
    except sqlite3.Error as error:  # of the speech cache: the store tells its own
        raise BadInput(f"语音缓存 {data / 'speech'} 打不开；请检查磁盘空间和读写权限") from error


def _opened(data: Path) -> Services:
    settings = load_settings(data)
    store = Store.open(settings.database or data / "anan.db")
    index = TantivyIndex(data / "index")
    segmenter = Segmenter(staff_file(data, "lexicon.txt"), data / "cache")
    indexer = Indexer(store, index, segmenter)
    indexer.recover()
    embedder = make_embedder(settings.semantic, settings.semantic_model, settings.semantic_key)
    semantic = PassageVectors(data / "semantic" / "vectors.sqlite3", store, embedder) if embedder else None
    conversations = Conversations(store, settings.conversation_hours)
    made = assemble(
        store,
        index,
        segmenter,
        read_word_lists(lambda name: staff_file(data, name)),
        conversations,
        spoken=spoken_form,
        threshold=settings.confidence_threshold,
        limit=settings.question_limit,
        contact=settings.contact,
        semantic=semantic,
    )
    speech = Speech(
        data / "speech",
        settings.voice,
        settings.speech_cache_mb,
        pronunciation=staff_file(data, "pronunciation.txt"),
        queue_limit=max(1, settings.threads - 2),
    )
    return Services(
        data,
        settings,
        store,
        index,
        indexer,
        made.answerer,
        conversations,
        speech,
        desk_over(store, settings),
        Listening(listen_folder(settings.listen_model, data), data / "speech", max(1, settings.threads // 4)),
        Hearing(made.library, index, segmenter),
        KeptRecordings(data / "recordings", settings.listen_keep),
        FaqWork(
            NearEntries(store),
            Trials(store, made.trying, lambda: read_golden_questions(staff_file(data, "questions.yaml"))),
            Jobs(),
            made.trying,
        ),
        semantic,
    )


def load_sample_corpus(services: Services, on_file: Callable[[Ingested], None]) -> None:
    """Put the sample corpus, reports and FAQ, into an empty store.

    Its FAQ goes in first: should the process die in between, the reports are still missing and all is done again.
    """
    corpus = corpus_folder()
    services.store.replace_faq(read_faq(corpus / "faq.yaml"))
    services.ingest(report_files([corpus / "reports"]), on_file)
    services.answerer.refresh()


def staff_file(data: Path, name: str) -> Path:
    """The data directory's own word list where staff keep one, else the one that came along."""
    own = data / name
    return own if own.is_file() else corpus_folder() / name
