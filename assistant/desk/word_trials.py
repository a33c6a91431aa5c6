"""What a change of a word list does to the golden questions, before it is saved: asked with the list and without it."""

import itertools
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

from assistant.answers import Answerer
from assistant.desk.trials import compared
from assistant.errors import AnanError, Busy, NotFound
from assistant.evaluation.golden import GoldenQuestion, check

# Trials whose results are kept, in memory: what was tried is looked at now or never.
KEPT_MOST = 8
Trying = Callable[[str, str], AbstractContextManager[Answerer]]


@dataclass(frozen=True)
class WordTrial:
    """A trial, done or under way.

    Attributes:
        id: names it.
        name: of the list.
        text: the list as it would be.
        login: who asked for it.
        asked: how many questions were asked by now, with and without the list.
        total: how many there are to ask.
        result: what differs (``trials.compared``); None as long as it is under way.
        error: why it failed, in Chinese; empty otherwise.
    """

    id: int
    name: str
    text: str
    login: str
    asked: int = 0
    total: int = 0
    result: dict[str, Any] | None = None
    error: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes."""
        return self.result is not None or bool(self.error)


class WordTrials:
    """Runs trials, one at a time, behind the pages.

    Args:
        trying: an answerer that answers as if a list had this text; as it is now for the list "".
        questions: reads the golden questions.
    """

    def __init__(self, trying: Trying, questions: Callable[[], Sequence[GoldenQuestion]]) -> None:
        self._trying = trying
        self._questions = questions
        self._numbers = itertools.count(1)
        self._kept: OrderedDict[int, WordTrial] = OrderedDict()
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)

    def start(self, login: str, name: str, text: str) -> WordTrial:
        """Begins a trial.

        Raises:
            Busy: another one is under way.
        """
        with self._lock:
            if any(not each.is_over for each in self._kept.values()):
                raise Busy("别人正在试词表，请等它完了再试。")
            trial = WordTrial(next(self._numbers), name, text, login)
            self._kept[trial.id] = trial
            while len(self._kept) > KEPT_MOST:
                self._kept.popitem(last=False)
        threading.Thread(target=self._run, args=(trial.id,), name="word-trial", daemon=True).start()
        return trial

    def get(self, login: str, trial_id: int) -> WordTrial:
        """A trial of this person's.

        Raises:
            NotFound: there is none, or no longer.
        """
        with self._lock:
            found = self._kept.get(trial_id)
        if found is None or found.login != login:
            raise NotFound("没有这次试用，它可能已经过期，请再试一次。", code="trial_unknown")
        return found

    def wait(self, login: str, trial_id: int, seconds: float) -> WordTrial:
        """A trial once it is over, or as it stands after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: trial_id not in self._kept or self._kept[trial_id].is_over, seconds)
        return self.get(login, trial_id)

    def _run(self, trial_id: int) -> None:
        trial = self._kept[trial_id]
        try:
            questions = list(self._questions())
            self._note(trial_id, total=2 * len(questions))
            with self._trying("", "") as answerer:
                before = check(answerer, questions, lambda: self._count(trial_id))
            with self._trying(trial.name, trial.text) as answerer:
                after = check(answerer, questions, lambda: self._count(trial_id))
            self._note(trial_id, result=compared(before, after))
        except AnanError as error:
            self._note(trial_id, error=error.message)
        except Exception:
            # Whatever it was: nobody waits for it for ever, and the next one may be tried.
            self._note(trial_id, error="试的时候出错了，请交给维护人员。")
            raise

    def _count(self, trial_id: int) -> None:
        with self._lock:
            if trial_id in self._kept:
                self._kept[trial_id] = replace(self._kept[trial_id], asked=self._kept[trial_id].asked + 1)

    def _note(self, trial_id: int, **changes: Any) -> None:
        with self._lock:
            if trial_id in self._kept:
                self._kept[trial_id] = replace(self._kept[trial_id], **changes)
                self._changed.notify_all()
