"""Everything that works on one data directory, opened together and closed together."""

import logging
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.answers import ANSWER_LISTS, Answerer, Assembled, Conversations, Hearing, assemble, read_word_lists
from assistant.answers.plain_words import plain_words
from assistant.backup import finish_restore
from assistant.desk import LISTS, Desk, Filings, ReadingQueue, WordList, Words, WordTrials, desk_over, recover_words
from assistant.desk.faq_together import FaqTogether
from assistant.desk.faq_work import FaqWork
from assistant.desk.jobs import Jobs
from assistant.desk.near_entries import NearEntries
from assistant.desk.question_log import QuestionLog
from assistant.desk.question_reading import QuestionReader
from assistant.desk.question_upkeep import QuestionUpkeep
from assistant.desk.trials import Trials
from assistant.errors import AnanError, BadInput, os_reason
from assistant.evaluation.golden import GoldenQuestion, read_golden_questions
from assistant.language import Segmenter
from assistant.resources import corpus_folder, staff_file
from assistant.search import SearchIndex
from assistant.search.embedders import make_embedder
from assistant.search.files import report_files
from assistant.search.indexing import Indexer, read_anew
from assistant.search.ingest import Ingested, ingest
from assistant.search.kept_readings import KeptReadings
from assistant.search.tantivy_index import TantivyIndex
from assistant.search.vectors import PassageVectors
from assistant.settings import Settings, load_settings
from assistant.speech import Speech, read_pronunciations, spoken_form
from assistant.speech.kept_recordings import KeptRecordings
from assistant.speech.listening import Listening
from assistant.speech.recognition import listen_folder
from assistant.store import FaqEntry, Store
from assistant.store.faq_file import read_faq

_LOGGER = logging.getLogger(__name__)
# A new lexicon's index may be under way when the server stops; what is not done then is done at the next start.
_CLOSING_SECONDS = 20.0


@dataclass
class Services:
    """The parts that doors (the site, the command line) use.

    Those that staff's word lists are read into (answerer, hearing, indexer, speech) are replaced as a whole when a list
    changes (``use_words``); whoever answers a request takes the one that is there when it begins.
    """

    data: Path
    settings: Settings
    store: Store
    index: SearchIndex
    indexer: Indexer
    conversations: Conversations
    speech: Speech
    desk: Desk
    questions: QuestionLog
    upkeep: QuestionUpkeep
    listening: Listening
    recordings: KeptRecordings
    reading: ReadingQueue
    semantic: PassageVectors | None = None
    answerer: Answerer = field(init=False)
    hearing: Hearing = field(init=False)
    reader: QuestionReader = field(init=False)
    filings: Filings = field(init=False)
    words: Words = field(init=False)
    word_trials: WordTrials = field(init=False)
    faq_work: FaqWork = field(init=False)
    audio_jobs: Jobs = field(init=False)

    def __post_init__(self) -> None:
        self._reports_only: tuple[int, Answerer] | None = None
        self._rewording = threading.Lock()
        self._reworded = threading.Event()
        self._reworded.set()
        self.words = Words(self.store, self.data, {**LISTS, **_SPEECH_LISTS}, self.use_words)
        self.filings = Filings(self.store, self.reading, self.settle, self.settings.file_limit_mb * 1024 * 1024)
        self._assemble()
        jobs = Jobs()
        self.audio_jobs = Jobs()  # apart, for a slow voice takes long and no check is to wait for it

        def golden() -> list[GoldenQuestion]:
            return read_golden_questions(staff_file(self.data, "questions.yaml"))

        self.word_trials = WordTrials(jobs, self.trying_words, golden, self.words.basis)
        trials = Trials(jobs, self.store, self._published, self.trying, golden)
        self.faq_work = FaqWork(
            NearEntries(self.store),
            trials,
            FaqTogether(jobs, self.store, self.desk.faq, trials),
            jobs,
            self.trying,
            self.ask_reports,
        )

    def trying(self, entries: Iterable[FaqEntry]) -> Answerer:
        """An answerer that answers as if exactly these FAQ entries were published."""
        return self._made.trying(entries)

    def _published(self) -> tuple[int, Sequence[FaqEntry]]:
        """The FAQ entries that citizens are answered from, and the revision of the store that they are of."""
        shelf = self._made.library.newest()
        return shelf.revision, shelf.faq.entries

    def ask_reports(self) -> Answerer:
        """An answerer without any FAQ; made anew only when something was published."""
        revision = self.store.revision()
        kept = self._reports_only
        if kept is None or kept[0] != revision:
            self._reports_only = kept = revision, self.trying(())
        return kept[1]

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
            "questions": {"waiting": self.questions.state.waiting, "dropped": self.questions.state.dropped},
        }

    def settle(self) -> None:
        """Bring index and vectors up to the store after something published changed."""
        self.indexer.settle()
        if self.semantic is not None:
            self.semantic.settle()

    def use_words(self, name: str) -> None:
        """Let a word list that changed take effect at once; the lexicon once the index is built anew, behind the page.

        Args:
            name: of the list's file.

        Raises:
            AnanError: the list cannot be read, or the voice not started; the old one stays.
        """
        if name == "pronunciation.txt":
            with self._rewording:
                old, self.speech = self.speech, open_speech(self.data, self.settings)
            old.close()
        elif name == "lexicon.txt":
            self._reworded.clear()
            threading.Thread(target=self._use_lexicon, name="lexicon", daemon=True).start()
        elif name in ANSWER_LISTS:
            with self._rewording:
                self._assemble()

    def wait_until_reworded(self, seconds: float) -> bool:
        """Wait until a changed lexicon has taken effect; whether that came within so many seconds."""
        return self._reworded.wait(seconds)

    @contextmanager
    def trying_words(self, name: str, text: str) -> Iterator[Answerer]:
        """An answerer that answers as if a word list had this text, and keeps nothing of what it is asked.

        For the lexicon the index is built in a scratch folder, from the store as it is.

        Args:
            name: of the list's file; empty for all lists as they are.
            text: the list.
        """
        with tempfile.TemporaryDirectory(prefix="anan-trial-") as scratch, ExitStack() as opened:
            if name:
                (Path(scratch) / name).write_text(text, encoding="utf-8")
            segmenter, index = self.indexer.segmenter, self.index
            if name == "lexicon.txt":
                segmenter = Segmenter(Path(scratch) / name, self.data / "cache")
                index = opened.enter_context(closing(TantivyIndex(Path(scratch) / "index")))
                index.replace_all(
                    [each.id for each in self.store.reports()], lambda report: read_anew(self.store, report, segmenter)
                )

            def find(wanted: str) -> Path:
                return Path(scratch) / wanted if wanted == name else staff_file(self.data, wanted)

            yield self._assembled(segmenter, index, find, Conversations(self.store, 1, kept=False)).answerer

    def _use_lexicon(self) -> None:
        try:
            with self._rewording:
                segmenter = Segmenter(staff_file(self.data, "lexicon.txt"), self.data / "cache")
                # What is published meanwhile is indexed by the new words already.
                self.indexer = Indexer(self.store, self.index, segmenter)
                self.indexer.rebuild()
                self._assemble()
        except AnanError as error:
            _LOGGER.warning("the changed lexicon takes effect at the next start only: %s", error.message)
        finally:
            self._reworded.set()

    def _assemble(self) -> None:
        """Read the word lists, and answer by them from now on."""
        segmenter = self.indexer.segmenter
        kept = KeptReadings(self.data / "cache" / "faq.sqlite3")
        made = self._assembled(
            segmenter, self.index, lambda name: staff_file(self.data, name), self.conversations, kept
        )
        self._made = made
        self._reports_only = None
        self.answerer, self.hearing = made.answerer, Hearing(made.library, self.index, segmenter, self.store.passages)
        self.reader = QuestionReader(made.library, segmenter)
        self.speech.words = segmenter.words
        self.questions.read_by(self.reader)

    def _assembled(
        self,
        segmenter: Segmenter,
        index: SearchIndex,
        find: Callable[[str], Path],
        conversations: Conversations,
        kept: KeptReadings | None = None,
    ) -> Assembled:
        return assemble(
            self.store,
            index,
            segmenter,
            read_word_lists(find),
            conversations,
            spoken=spoken_form,
            threshold=self.settings.confidence_threshold,
            limit=self.settings.question_limit,
            contact=self.settings.contact,
            semantic=self.semantic,
            kept=kept,
        )

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
        self.reading.wake()
        self.answerer.warm_up()
        self.faq_work.make_ready()
        self.listening.warm_up()
        self.speech.warm_up()

    def close(self) -> None:
        """Stop the voice, the ears and what reads uploaded files, and let go of files."""
        self.reading.close()
        self._reworded.wait(_CLOSING_SECONDS)
        self.listening.close()
        self.speech.close()
        self.conversations.close()
        self.upkeep.close()
        self.questions.close()
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
        finish_restore(data)
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
    recover_words(store, data)
    index = TantivyIndex(data / "index")
    segmenter = Segmenter(staff_file(data, "lexicon.txt"), data / "cache")
    indexer = Indexer(store, index, segmenter)
    indexer.recover()
    embedder = make_embedder(settings.semantic, settings.semantic_model, settings.semantic_key)
    semantic = PassageVectors(data / "semantic" / "vectors.sqlite3", store, embedder) if embedder else None
    conversations = Conversations(store, settings.conversation_hours)
    questions = QuestionLog(store)
    limit_bytes = settings.file_limit_mb * 1024 * 1024
    return Services(
        data,
        settings,
        store,
        index,
        indexer,
        conversations,
        open_speech(data, settings),
        desk_over(store, settings, data),
        questions,
        QuestionUpkeep(store, questions, settings.question_days),
        Listening(listen_folder(settings.listen_model, data), data / "speech", max(1, settings.threads // 4)),
        KeptRecordings(data / "recordings", settings.listen_keep),
        ReadingQueue(store, limit_bytes, settings.file_seconds),
        semantic,
    )


def open_speech(data: Path, settings: Settings) -> Speech:
    """The voices of a data directory, with the pronunciations as they are now."""
    return Speech(
        data / "speech",
        settings.voice,
        settings.speech_cache_mb,
        pronunciation=staff_file(data, "pronunciation.txt"),
        queue_limit=max(1, settings.threads - 2),
    )


def _check_pronunciations(path: Path) -> None:
    faults = read_pronunciations(path).faults
    if faults:
        raise BadInput("；".join(faults[:3]))


_SPEECH_LISTS = {
    "pronunciation.txt": WordList(
        "pronunciation.txt",
        "读音",
        "每行：词 拼音 拼音……，声调写成 1 至 5，如：重庆 chong2 qing4",
        False,
        _check_pronunciations,
    )
}


def load_sample_corpus(services: Services, on_file: Callable[[Ingested], None]) -> None:
    """Put the sample corpus, reports and FAQ, into an empty store.

    Its FAQ goes in first: should the process die in between, the reports are still missing and all is done again.
    """
    corpus = corpus_folder()
    services.store.replace_faq(read_faq(corpus / "faq.yaml"))
    services.ingest(report_files([corpus / "reports"]), on_file)
    services.answerer.refresh()
