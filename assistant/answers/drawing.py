"""Drawing: what the index gives for a question, searched on other cores while the question is read on."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from assistant.answers.scope import Scope
from assistant.answers.understanding import Question
from assistant.search import PassageHit, Query, SearchIndex

# Passages and reports drawn from the index; the answer stands among the first few, the rest only feed the fusion.
PASSAGE_POOL = 100
REPORT_POOL = 100
# The index lets go of Python's lock while it searches.
_BESIDE = ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="anan-search")
# All threads may be busy with other questions: then this one is read on, and its search waits.
_WAKING_SECONDS = 0.001


class Drawing:
    """The passages and the reports of a scope that hold a question's terms.

    The passages, which take longest, are searched from the moment it is made; the reports by whoever reads them, while
    the passages are still searched.

    As a context manager it gives up on leaving what was not begun: an answer may be found without it.

    Args:
        index: what is searched.
        question: whose terms count.
        scope: years and bodies that the reports must be of.
    """

    def __init__(self, index: SearchIndex, question: Question, scope: Scope) -> None:
        self.scope = scope
        self._index = index
        self._query = Query(question.terms.words, question.terms.bigrams, scope.years, scope.publishers)
        awake = threading.Event()
        self._passages = _BESIDE.submit(self._search_passages, awake)
        # A thread that is woken waits for Python's lock up to its switch interval (5 ms, longer than the search),
        # unless whoever holds the lock waits for the thread in turn.
        awake.wait(_WAKING_SECONDS)

    def read(self) -> tuple[list[PassageHit], dict[str, float]]:
        """The passages, best first, and the scores of the reports, best first; waits for them."""
        reports = {hit.report_id: hit.score for hit in self._index.search_reports(self._query, REPORT_POOL)}
        return self._passages.result(), reports

    def _search_passages(self, awake: threading.Event) -> list[PassageHit]:
        awake.set()
        return self._index.search_passages(self._query, PASSAGE_POOL)

    def __enter__(self) -> "Drawing":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._passages.cancel()
