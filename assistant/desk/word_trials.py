"""What a change of a word list does to the golden questions, before it is saved: asked with the list and without it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, cast

from assistant.answers import Answerer
from assistant.desk.jobs import Job, Jobs, Progress
from assistant.desk.trials import compared
from assistant.desk.words import WordEdit
from assistant.errors import NotFound
from assistant.evaluation.golden import GoldenQuestion, check

_KIND = "word-trial"
Trying = Callable[[str, str], AbstractContextManager[Answerer]]


class WordTrials:
    """Runs trials in the background.

    Args:
        jobs: where they are run, and found again by who began them.
        trying: an answerer that answers as if a list had this text; as it is now for the list "".
        questions: reads the golden questions.
        basis: what tells whether anything they are answered from has changed.
    """

    def __init__(
        self, jobs: Jobs, trying: Trying, questions: Callable[[], Sequence[GoldenQuestion]], basis: Callable[[], str]
    ) -> None:
        self._jobs = jobs
        self._trying = trying
        self._questions = questions
        self._basis = basis

    def start(self, login: str, name: str, edit: WordEdit) -> Job:
        """Begins a trial, given the edit; its result is what differs (``trials.compared``), and the ``basis`` of it.

        Raises:
            Busy: so much is under way already.
        """
        return self._jobs.start(_KIND, login, name, lambda progress: self._run(name, edit.text, progress), edit)

    def find(self, login: str, name: str, trial_id: str) -> Job:
        """A trial of a list by this person.

        Raises:
            NotFound: there is none, or no longer.
        """
        found = self._jobs.find(trial_id, login, _KIND)
        if found.about != name:
            raise NotFound("没有这次试用，它可能已经过期，请再试一次。", code="trial_unknown")
        return found

    def result_of(self, login: str, name: str, text: str, trial_id: str) -> dict[str, Any] | None:
        """What exactly this text does, where this person has tried it; None where they did not, or it is forgotten."""
        try:
            trial = self.find(login, name, trial_id)
        except NotFound:
            return None
        is_this = trial.state == "done" and trial.given.text == text
        return cast("dict[str, Any]", trial.result) if is_this else None

    def _run(self, name: str, text: str, progress: Progress) -> dict[str, Any]:
        questions, basis = list(self._questions()), self._basis()
        asked = 0

        def count() -> None:
            nonlocal asked
            asked += 1
            progress(asked, 2 * len(questions))

        with self._trying("", "") as answerer:
            before = check(answerer, questions, count)
        with self._trying(name, text) as answerer:
            after = check(answerer, questions, count)
        return {**compared(before, after), "basis": basis}
