"""What the desk needs beside the rules (``desk.faq``) to look after the FAQ, gathered once for a data directory."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.answers import Answerer
from assistant.desk.faq_together import FaqTogether
from assistant.desk.jobs import Jobs
from assistant.desk.near_entries import NearEntries
from assistant.desk.trials import Trials
from assistant.store import FaqEntry


@dataclass(frozen=True)
class FaqWork:
    """The parts.

    Attributes:
        near: finds entries that ask nearly the same.
        trials: tries drafts.
        together: publishes several at once.
        jobs: what is under way in the background.
        trying: makes an answerer over other FAQ entries.
        ask_reports: gives an answerer without any FAQ.
    """

    near: NearEntries
    trials: Trials
    together: FaqTogether
    jobs: Jobs
    trying: Callable[[Iterable[FaqEntry]], Answerer]
    ask_reports: Callable[[], Answerer]

    def make_ready(self) -> None:
        """Do now what the first look at a draft would otherwise wait for."""
        self.near.make_ready()
        self.ask_reports().find("公开")  # the first question, whichever, gathers the words it may be corrected by
