"""The search engine's door: what goes in, what is asked, what comes back. Nothing above names the engine."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class IndexedPassage:
    """One passage as the index takes it: terms, not text.

    Attributes:
        id: the store's passage id.
        words: jieba search words, repeated as often as they occur.
        bigrams: character bigrams, likewise.
        section: words of the headings above the passage.
    """

    id: int
    words: Sequence[str]
    bigrams: Sequence[str]
    section: Sequence[str]


@dataclass(frozen=True)
class IndexedReport:
    """One report as the index takes it: its passages and what it is about."""

    id: str
    title: Sequence[str]
    publisher: str
    year: int | None
    passages: Sequence[IndexedPassage]


@dataclass(frozen=True)
class Query:
    """What to look for: any of the terms, and only in reports of these years and publishers where any are named."""

    words: Sequence[str]
    bigrams: Sequence[str]
    years: frozenset[int] = field(default_factory=frozenset)
    publishers: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class PassageHit:
    """A passage found, with its BM25 score."""

    id: int
    report_id: str
    score: float


@dataclass(frozen=True)
class ReportHit:
    """A report found as a whole, with its BM25 score."""

    report_id: str
    score: float


class SearchIndex(Protocol):
    """An inverted index with BM25 over passages and over whole reports."""

    def search_passages(self, query: Query, limit: int) -> list[PassageHit]:
        """The best passages, best first; empty when no term is known."""

    def search_reports(self, query: Query, limit: int) -> list[ReportHit]:
        """The best reports, best first."""

    def word_frequencies(self, words: Sequence[str]) -> list[int]:
        """In how many passages each of the words occurs."""

    def bigram_frequencies(self, bigrams: Sequence[str]) -> list[int]:
        """In how many passages each two neighbouring characters occur."""

    def vocabulary(self, limit: int) -> list[tuple[str, int]]:
        """The words of passages, headings and titles with the number of passages, the most frequent first.

        Args:
            limit: how many words at most.
        """

    def update(self, report_ids: Iterable[str], load: Callable[[str], IndexedReport | None]) -> None:
        """Index each report anew, or drop it where ``load`` gives None; on return all is on disk and visible.

        ``load`` is called only once writing is this caller's alone, so that of two processes the later one always
        reads what the store holds by then and can never put an older state back.

        Raises:
            Busy: another process is writing and did not finish in time.
        """

    def replace_all(self, report_ids: Iterable[str], load: Callable[[str], IndexedReport | None]) -> None:
        """Index exactly these reports anew; until it is done the old state answers. Otherwise as ``update``."""

    @property
    def passage_count(self) -> int:
        """How many passages are visible."""

    @property
    def report_count(self) -> int:
        """How many reports are visible."""

    def close(self) -> None:
        """Let go of files."""
