"""Several FAQ entries published at once: the golden questions asked once with all of them in, four eyes for each.

What cannot be published is left out before the questions are asked, with the reason; so what was tried is what is
published, in one transaction, all or nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from assistant.desk.faq import NOTE_MOST, STATE_NAMES, FaqDesk
from assistant.desk.jobs import Job, Jobs
from assistant.desk.sensitive import SENSITIVE_KINDS
from assistant.desk.trials import Trials
from assistant.errors import AnanError, BadInput
from assistant.store import Store
from assistant.store.faq_records import FaqHead

# Entries published in one go: a list that a person still looks through.
TOGETHER_MOST = 200
_KIND = "faq-together"


@dataclass(frozen=True)
class Chosen:
    """What of the chosen entries can be published together.

    Attributes:
        ready: those that can.
        refused: the others: the question, or the id where there is no such entry, and why.
    """

    ready: tuple[FaqHead, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TriedTogether:
    """What became of the golden questions with all of them in.

    Attributes:
        chosen: the entries.
        revision: the store's when they were asked.
        result: what differs, as ``desk.trials`` makes it.
        sensitive: the entries in which there is sensitive information, with the names of its kinds.
    """

    chosen: Chosen
    revision: int
    result: dict[str, Any]
    sensitive: tuple[tuple[FaqHead, tuple[str, ...]], ...]

    @property
    def worse(self) -> int:
        """How many golden questions are answered worse with them."""
        return int(self.result["worse"])

    @property
    def needs_reason(self) -> bool:
        """Whether publishing them all the same has to be explained."""
        return self.worse > 0 or bool(self.sensitive)


class FaqTogether:
    """The rules; see ``FaqDesk``, whose they are for one entry.

    Args:
        jobs: where trials are run, and found again by who began them.
        store: where the FAQ is.
        faq: the rules for one entry.
        trials: asks the golden questions.
        now: the clock.
    """

    def __init__(
        self,
        jobs: Jobs,
        store: Store,
        faq: FaqDesk,
        trials: Trials,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._jobs = jobs
        self._table = store.faq_table
        self._faq = faq
        self._trials = trials
        self._now = now

    def start(self, login: str, ids: Sequence[str]) -> Job:
        """Begins a trial of these entries, given what of them can be published; its result is what ``try_out`` gives.

        Raises:
            BadInput: too many of them.
            Busy: so much is under way already.
        """
        chosen = self.chosen(login, ids)
        return self._jobs.start(_KIND, login, "", lambda progress: self.try_out(chosen, progress), chosen)

    def find(self, login: str, trial_id: str) -> Job:
        """A trial of this person's.

        Raises:
            NotFound: there is none, or no longer.
        """
        return self._jobs.find(trial_id, login, _KIND)

    def chosen(self, login: str, ids: Sequence[str]) -> Chosen:
        """Which of these entries this person can publish, and why not the others.

        Raises:
            BadInput: too many of them.
        """
        if len(ids) > TOGETHER_MOST:
            raise BadInput(f"一次最多发布 {TOGETHER_MOST} 条。", code="faq_too_many")
        heads = self._table.heads(ids)
        authors = self._table.authors_since_review(heads.values())
        ready: list[FaqHead] = []
        refused: list[tuple[str, str]] = []
        for entry_id in dict.fromkeys(ids):
            head = heads.get(entry_id)
            why = "没有这一条" if head is None else _why_not(head, login in authors[entry_id])
            if head is not None and not why:
                ready.append(head)
            else:
                refused.append((entry_id[:80] if head is None else head.entry.question, why))
        return Chosen(tuple(ready), tuple(refused))

    def try_out(
        self, chosen: Chosen, on_progress: Callable[[int, int], None] = lambda _done, _total: None
    ) -> TriedTogether:
        """Asks the golden questions without and with all of them in.

        Raises:
            BadInput: none of them can be published, or the golden questions cannot be read.
        """
        if not chosen.ready:
            raise BadInput("选中的都不能发布。", code="faq_none_ready")
        revision, result = self._trials.compare([head.entry for head in chosen.ready], on_progress)
        return TriedTogether(chosen, revision, result, self._sensitive(chosen))

    def _sensitive(self, chosen: Chosen) -> tuple[tuple[FaqHead, tuple[str, ...]], ...]:
        found = []
        for head in chosen.ready:
            finds = self._faq.sensitive(head.entry)
            if finds:
                kinds = dict.fromkeys(SENSITIVE_KINDS[each.kind] for each in sum(finds.values(), ()))
                found.append((head, tuple(kinds)))
        return tuple(found)

    def publish(self, login: str, tried: TriedTogether, reason: str = "") -> int:
        """Publishes all that was tried; how many.

        Args:
            login: the reviewer.
            tried: what they saw.
            reason: why, where golden questions get worse or sensitive information was found; goes to the audit log.

        Raises:
            AnanError: one of them was changed meanwhile (409).
            BadInput: something else was published since the questions were asked, or the words that staff watch
                changed; or a reason is missing.
        """
        said = reason.strip()[:NOTE_MOST]
        if self._sensitive(tried.chosen) != tried.sensitive:
            raise BadInput("检查之后敏感信息的范围改过，请再检查一次。", code="faq_untried")
        sensitive = {head.entry.id: list(kinds) for head, kinds in tried.sensitive}
        if tried.needs_reason and not said:
            raise BadInput("有标准问题会答得更差，或者有敏感信息；仍要发布，请写明原因。", code="faq_reason_missing")
        with self._table.changing() as faq:
            # Taken when the turn to write has come: who reads what changed since the last look misses nothing.
            now = self._now()
            if faq.revision() != tried.revision:
                raise BadInput("检查之后又有别的改动发布，请再检查一次。", code="faq_untried")
            current = faq.heads([head.entry.id for head in tried.chosen.ready])
            put = []
            for seen in tried.chosen.ready:
                head = current.get(seen.entry.id)
                if head is None or (head.version, head.entry.state) != (seen.version, "review"):
                    raise AnanError(
                        f"“{seen.entry.question}”刚被改过，一条也没有发布；请再检查一次。",
                        code="faq_changed",
                        status=409,
                    )
                entry = replace(head.entry, state="published")
                after = replace(head, entry=entry, live=head.version, reviewed=head.version, changed=now, remark="")
                put.append(after)
            faq.put(put, publishes=True)
            for after in put:
                details: dict[str, Any] = {"version": after.version, "worse": tried.worse, "together": len(put)}
                details |= {"sensitive": sensitive.get(after.entry.id, []), "reason": said}
                faq.record(login, "faq.published", f"faq:{after.entry.id}", details)
        return len(put)


def _why_not(head: FaqHead, is_own: bool) -> str:
    if head.entry.state != "review":
        return f"现在是“{STATE_NAMES[head.entry.state]}”，送审以后才能发布"
    return "有您的改动，要由别人审核" if is_own else ""
