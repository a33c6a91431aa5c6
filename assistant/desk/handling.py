"""Handling (办理) messages: who may see which, and how one comes from 新留言 to a published reply.

new → assigned → drafted → in review → replied, or closed without a reply. Only who handles a message writes its reply
and sees the contact; only somebody else, a reviewer, publishes it. A reply that is out can be written anew the same
way, and stays out until the new one is approved.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, Protocol

from assistant.desk.faq import FaqDesk
from assistant.desk.faq_fields import QUESTION_MOST, checked
from assistant.desk.four_eyes import CHECKING
from assistant.desk.message_figures import MessageFigures, message_figures
from assistant.desk.messages import checked_reply, message_unknown
from assistant.desk.personal_data import mask_contact
from assistant.desk.plain_text import bounded, one_line, written
from assistant.desk.receipts import read_receipt
from assistant.desk.sensitive import OFFICIAL, starred
from assistant.desk.workdays import Workdays
from assistant.errors import AnanError, BadInput
from assistant.store import FaqEntry, MessageFilter, Overdue, Store, StoredMessage

STAGES = {
    "new": "新留言",
    "assigned": "已分办",
    "drafted": "已拟答复",
    "review": "待审核",
    "replied": "已答复",
    "closed": "不答复办结",
}
WAITING = ("new", "assigned", "drafted", "review")
# Of a message in the inbox, on one page.
PAGE = 50
REASON_MOST = 200
# A reply may be put off so far; who needs longer says why again.
_PUT_OFF_MOST_DAYS = 120


class Staff(Protocol):
    """Somebody at the desk, as these rules know them."""

    @property
    def login(self) -> str:
        """What stands in the audit log."""

    @property
    def role(self) -> str:
        """editor, reviewer or admin."""

    @property
    def department(self) -> str:
        """May be empty."""


@dataclass(frozen=True)
class Handled:
    """A message as a member of staff sees it.

    Attributes:
        message: the message; the contact is masked unless it is theirs to handle.
        due: the last day for the reply.
        lateness: overdue, soon, or empty; empty once it is done.
        workdays_left: working days from today to the due day, today's not counted; negative once overdue.
    """

    message: StoredMessage
    due: date
    lateness: str
    workdays_left: int


@dataclass(frozen=True)
class Tally:
    """How many messages there are, of those that a person may see.

    Attributes:
        counts: at each stage.
        sent_back: replies of theirs that a reviewer sent back.
        overdue: how many wait beyond their day.
        soon: how many are due today or on the next working day.
    """

    counts: dict[str, int]
    sent_back: int
    overdue: int
    soon: int

    @property
    def waiting(self) -> int:
        """How many wait for their reply."""
        return sum(self.counts.get(stage, 0) for stage in WAITING)


@dataclass(frozen=True)
class Inbox:
    """One page of the inbox.

    Attributes:
        rows: the messages.
        tally: how many there are, whatever was asked for.
        more: whether there is a next page.
    """

    rows: tuple[Handled, ...]
    tally: Tally
    more: bool


class Handling:
    """The rules of handling messages; each change stands in the audit log with who made it.

    Args:
        store: where messages are kept.
        calendar: the calendar of working days as it is now.
        workdays: within how many working days a reply is due.
        now: the clock.

    Every method that changes a message raises:
        NotFound: there is no such message, or none that this person may see.
        AnanError: it is not theirs to do (403), not the time for it (409), or somebody changed it meanwhile (409).
        BadInput: what was written does not do.
    """

    def __init__(
        self,
        store: Store,
        calendar: Callable[[], Workdays],
        workdays: int,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._store = store
        self._kept = store.messages
        self._calendar = calendar
        self._workdays = workdays
        self._now = now

    def inbox(
        self,
        person: Staff,
        *,
        stage: str = "",
        department: str = "",
        mine: bool = False,
        sent_back: bool = False,
        lateness: str = "",
        words: str = "",
        page: int = 1,
    ) -> Inbox:
        """A page of the messages that this person may see, what waits longest first.

        Args:
            person: who looks.
            stage: only of this stage; ``waiting`` for all that wait.
            department: only of this department.
            mine: only what they handle.
            sent_back: only replies of theirs that a reviewer sent back.
            lateness: overdue or soon: only what is.
            words: only with these characters.
            page: from 1.
        """
        seen = _seen_by(person)
        stages = WAITING if stage == "waiting" else (stage,) if stage in STAGES else ()
        wanted = replace(
            seen,
            stages=stages,
            department=department,
            owner=person.login if mine or sent_back else "",
            sent_back=sent_back,
            words=one_line(words)[:REASON_MOST],
            due=self._late(lateness) if lateness in ("overdue", "soon") else None,
        )
        found = self._kept.page(wanted, PAGE + 1, max(0, page - 1) * PAGE)
        calendar = self._calendar()
        rows = tuple(self._handled(person, each, calendar) for each in found[:PAGE])
        return Inbox(rows, self.tally(person), len(found) > PAGE)

    def tally(self, person: Staff) -> Tally:
        """How many messages there are, of those that this person may see."""
        seen = _seen_by(person)
        overdue, soon = (
            sum(self._kept.counts(replace(seen, due=self._late(each))).values()) for each in ("overdue", "soon")
        )
        sent_back = self._kept.counts(replace(seen, owner=person.login, sent_back=True))
        return Tally(self._kept.counts(seen), sum(sent_back.values()), overdue, soon - overdue)

    def figures(self, first: date, last: date, department: str = "") -> MessageFigures:
        """How the messages that came in a period were answered; see ``message_figures``."""
        return message_figures(self._store, self._calendar(), self._workdays, first, last, department)

    def see(self, person: Staff, receipt: str) -> Handled:
        """One message; the contact is masked unless they handle it.

        Raises:
            NotFound: there is none, or none that this person may see.
        """
        return self._handled(person, self._visible(person, receipt), self._calendar())

    def assign(self, person: Staff, receipt: str, edits: int, department: str, owner: str) -> None:
        """Gives a message to a department and to who handles it; an editor can only take one for themselves."""
        message = self._visible(person, receipt)
        if person.role not in CHECKING and owner != person.login:
            raise _forbidden("编辑只能把留言领到自己名下。")
        if message.stage == "closed":
            raise _not_now("这条留言已经办结，要先重新打开。")
        values = {"department": one_line(department)[:40], "owner": owner}
        if message.stage == "new":
            values["stage"] = "assigned"
        self._change(person, message, edits, "message.assigned", values, values)

    def take(self, person: Staff, receipt: str, edits: int) -> None:
        """Gives a message to who asks for it, and to their department where it has none yet."""
        department = self._visible(person, receipt).department or person.department
        self.assign(person, receipt, edits, department, person.login)

    def put_off(self, person: Staff, receipt: str, edits: int, due: date, reason: str) -> None:
        """Puts the due day of a reply off, with a reason."""
        message = self._visible(person, receipt)
        self._may_check(person)
        said = written(bounded(one_line(reason), REASON_MOST, "理由"), "延期的理由")
        today = self._today()
        if not today <= due <= today + timedelta(days=_PUT_OFF_MOST_DAYS):
            raise BadInput(f"新的期限应当在今天以后的 {_PUT_OFF_MOST_DAYS} 天以内。", code="bad_due")
        self._change(person, message, edits, "message.put_off", {"due": due}, {"due": due.isoformat(), "reason": said})

    def draft(self, person: Staff, receipt: str, edits: int, text: str, *, submit: bool = False) -> None:
        """Keeps the reply as it is written so far; ``submit`` sends it to be reviewed."""
        message = self._visible(person, receipt)
        if message.owner != person.login:
            raise _forbidden("只有办理人能拟答复；请先领办这条留言。")
        if message.stage == "closed":
            raise _not_now("这条留言已经办结，要先重新打开。")
        if message.stage == "review":
            raise _not_now("答复正在审核，退回后才能改。")
        reply = checked_reply(text)
        # Handing on what somebody else wrote makes nobody its author: who wrote it still cannot approve it.
        is_theirs = message.drafted_by and reply == message.draft and message.stage != "replied"
        values = {
            "draft": reply,
            "drafted_by": message.drafted_by if is_theirs else person.login,
            "stage": "review" if submit else "drafted",
        }
        action = "message.submitted" if submit else "message.drafted"
        self._change(person, message, edits, action, values, {"characters": len(values["draft"])})

    def approve(self, person: Staff, receipt: str, edits: int) -> None:
        """Publishes the reply under the receipt; never by who wrote it."""
        message = self._in_review(person, receipt)
        if person.login == message.drafted_by:
            raise _forbidden("自己拟的答复，要由另一位审核。")
        values = {
            "reply": message.draft,
            "replied": self._now(),
            "stage": "replied",
            "checked_by": person.login,
            "remark": "",
            "closing": "",
            "closed": None,
        }
        self._change(person, message, edits, "message.replied", values, {"drafted_by": message.drafted_by})

    def send_back(self, person: Staff, receipt: str, edits: int, remark: str) -> None:
        """Sends a reply back to be written again, saying what is wanted."""
        message = self._in_review(person, receipt)
        said = written(bounded(one_line(remark), REASON_MOST, "意见"), "退回的意见")
        values = {"stage": "drafted", "remark": said}
        self._change(person, message, edits, "message.sent_back", values, {"remark": said})

    def close(self, person: Staff, receipt: str, edits: int, reason: str) -> None:
        """Closes a message without a reply; the citizen reads the reason."""
        message = self._visible(person, receipt)
        self._may_check(person)
        if message.replied is not None:
            raise _not_now("这条留言已经答复过了。")
        if message.stage == "closed":
            raise _not_now("这条留言已经办结。")
        said = written(bounded(one_line(reason), REASON_MOST, "理由"), "不答复的理由")
        values = {"stage": "closed", "closing": said, "closed": self._now()}
        self._change(person, message, edits, "message.closed", values, {"reason": said})

    def reopen(self, person: Staff, receipt: str, edits: int) -> None:
        """Opens a message again that was closed without a reply."""
        message = self._visible(person, receipt)
        self._may_check(person)
        if message.stage != "closed":
            raise _not_now("这条留言没有办结。")
        stage = "drafted" if message.draft else "assigned" if message.owner else "new"
        values = {"stage": stage, "closing": "", "closed": None}
        self._change(person, message, edits, "message.reopened", values, {})

    def make_faq(self, person: Staff, receipt: str, edits: int) -> str:
        """Makes an FAQ draft of a message and its published reply, with what is personal starred; its id.

        The draft goes on as every other: it is checked and reviewed before any citizen is answered from it.
        """
        message = self._visible(person, receipt)
        if message.replied is None:
            raise _not_now("先有发布了的答复，才能做成常见问题。")
        if message.faq_id and self._store.faq_table.head(message.faq_id) is not None:
            raise _not_now("这条留言已经做成常见问题了。")
        # Citizens see an entry's number: nothing of the receipt, which opens the message, can be told from it. The
        # message holds it first, so that a second click, or one after a crash, makes no second draft.
        faq_id = message.faq_id or f"message-{secrets.token_hex(6)}"
        entry = self._drafted(person, message, faq_id)
        self._change(person, message, edits, "message.faq_drafted", {"faq_id": faq_id}, {"faq": faq_id})
        FaqDesk(self._store, self._now).save(person.login, entry, None, "由留言的答复做成")
        return faq_id

    def remove(self, person: Staff, receipt: str) -> None:
        """Deletes a message for good; for an administrator."""
        message = self._visible(person, receipt)
        if person.role != "admin":
            raise _forbidden("只有管理员能删除留言。")
        self._kept.remove(message.receipt, person.login)

    @property
    def years_known(self) -> frozenset[int]:
        """The years of which the days off are entered."""
        return self._calendar().years

    def _drafted(self, person: Staff, message: StoredMessage, faq_id: str) -> FaqEntry:
        """The entry that a message and its reply make, of which every field does."""
        words = self._store.faq_table.watch_words()
        question = one_line(starred(message.text, words))
        return checked(
            FaqEntry(
                id=faq_id,
                question=question if len(question) <= QUESTION_MOST else f"{question[: QUESTION_MOST - 1]}…",
                phrasings=(starred(message.question, words)[:QUESTION_MOST],) if message.question else (),
                # Staff wrote it: the telephones in it are their office's, and looked at again before publishing.
                answer=starred(message.reply, words, OFFICIAL),
                publisher=message.department,
                tags=("留言",),
                state="draft",
                owner=person.login,
            )
        )

    def _in_review(self, person: Staff, receipt: str) -> StoredMessage:
        message = self._visible(person, receipt)
        self._may_check(person)
        if message.stage != "review":
            raise _not_now("这条留言没有待审核的答复。")
        return message

    def _may_check(self, person: Staff) -> None:
        if person.role not in CHECKING:
            raise _forbidden("这一步由审核人员办理。")

    def _visible(self, person: Staff, receipt: str) -> StoredMessage:
        message = self._kept.get(read_receipt(receipt))
        if message is None or not may_see(person, message):
            # The same words for both: a stranger to the matter shall not learn that there is one.
            raise message_unknown()
        return message

    def _change(
        self,
        person: Staff,
        message: StoredMessage,
        edits: int,
        action: str,
        values: dict[str, Any],
        details: dict[str, Any],
    ) -> None:
        if not self._kept.change(message.receipt, edits, values, actor=person.login, action=action, details=details):
            raise AnanError(
                "这条留言刚被别人改过，您的改动没有保存；请看过新的内容再改。", code="changed_meanwhile", status=409
            )

    def _handled(self, person: Staff, message: StoredMessage, calendar: Workdays) -> Handled:
        due = message.due or calendar.after(message.created.astimezone().date(), self._workdays)
        today = self._today()
        shown = message if message.owner == person.login else _without_contact(message)
        if message.done is not None:
            return Handled(shown, due, "", 0)
        left = calendar.between(today, due) if due >= today else -calendar.between(due, today)
        lateness = "overdue" if due < today else "soon" if due <= calendar.after(today, 1) else ""
        return Handled(shown, due, lateness, left)

    def _late(self, lateness: str) -> Overdue:
        today = self._today()
        day = today if lateness == "overdue" else self._calendar().after(today, 1) + timedelta(days=1)
        first = self._calendar().in_time_from(day, self._workdays)
        return Overdue(datetime(first.year, first.month, first.day).astimezone(), day)

    def _today(self) -> date:
        return self._now().astimezone().date()


def may_see(person: Staff, message: StoredMessage) -> bool:
    """Whether a message is this person's to see: reviewers and administrators see all, an editor of a department its
    own, those of none yet, and what they handle.
    """
    return (
        person.role in CHECKING
        or not person.department
        or message.department in ("", person.department)
        or message.owner == person.login
    )


def _seen_by(person: Staff) -> MessageFilter:
    if person.role in CHECKING or not person.department:
        return MessageFilter()
    return MessageFilter(seen_by=person.department, owner_too=person.login)


def _without_contact(message: StoredMessage) -> StoredMessage:
    return replace(message, contact=mask_contact(message.contact))


def _forbidden(message: str) -> AnanError:
    return AnanError(message, code="forbidden", status=403)


def _not_now(message: str) -> AnanError:
    return AnanError(message, code="wrong_state", status=409)
