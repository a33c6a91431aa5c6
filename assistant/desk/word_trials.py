"""What a change of a word list does to the golden questions, before it is saved: asked with the list and without it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from assistant.answers import Answerer
from assistant.desk.jobs import Job, Jobs, Progress
from assistant.desk.trials import compared
from assistant.evaluation.golden import GoldenQuestion, check

_KIND = "word-trial"
Trying = Callable[[str, str], AbstractContextManager[Answerer]]


class WordTrials:
    """Runs trials in the background.

    Args:
        jobs: where they are run, and found again by who began them.
        trying: an answerer that answers as if a list had this text; as it is now for the list "".
        questions: reads the golden questions.
    """

    def __init__(self, jobs: Jobs, trying: Trying, questions: Callable[[], Sequence[GoldenQuestion]]) -> None:
        self._jobs = jobs
        self._trying = trying
        self._questions = questions

    def start(self, login: str, name: str, text: str) -> Job:
        """Begins a trial, given the text; its result is what differs (``trials.compared``).

        Raises:
            Busy: so much is under way already.
        """
        return self._jobs.start(_KIND, login, name, lambda progress: self._run(name, text, progress), text)

    def find(self, login: str, trial_id: str) -> Job:
        """A trial of this person's.

        Raises:
            NotFound: there is none, or no longer.
        """
        return self._jobs.find(trial_id, login, _KIND)

    def _run(self, name: str, text: str, progress: Progress) -> dict[str, Any]:
        questions = list(self._questions())
        asked = 0

        def count() -> None:
            nonlocal asked
            asked += 1
            progress(asked, 2 * len(questions))

        with self._trying("", "") as answerer:
            before = check(answerer, questions, count)
        with self._trying(name, text) as answerer:
            after = check(answerer, questions, count)
        return compared(before, after)
