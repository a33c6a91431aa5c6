"""Messages (留言): what a citizen leaves where no answer was found, and the reply under its receipt number."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from assistant.desk.plain_text import bounded, one_line, plain, written
from assistant.desk.receipts import new_receipt, read_receipt
from assistant.errors import AnanError, BadInput, NotFound
from assistant.store import Store, StoredMessage

# What kinds there are, and what citizens read.
KINDS = {"ask": "咨询", "suggest": "建议", "complain": "投诉", "correct": "纠错"}
# A letter of one page; who has more to say is better served by the office.
TEXT_MOST = 1000
# A name with a telephone number and an address for mail fits.
CONTACT_MOST = 100
REPLY_MOST = 2000
# Who did it, in the audit log, when it was done on the command line.
_OPERATOR = "命令行"
# Messages kept: ten years of thirty a day; then new ones are refused rather than an old one lost.
MOST_KEPT = 100_000
# Answered ones whose days are over are looked for this often; they are not shown meanwhile.
_TIDY_SECONDS = 3600.0
CONSENT_VERSION = "1"
_REPORT = re.compile(r"[0-9a-f]{12}")


def consent_line(days: int) -> str:
    """What is agreed to by leaving a contact; a change of its sense is a new ``CONSENT_VERSION``.

    Args:
        days: how many days answered messages are kept.
    """
    return (
        "我同意本站为答复这条留言保存我填写的联系方式。它只供办理留言的工作人员联系我，"
        f"不对外公开；留言答复满 {days} 天后，连同留言一起删除。"
    )


@dataclass(frozen=True)
class Draft:
    """A message as sent, unchecked.

    Attributes:
        kind: one of ``KINDS``.
        text: the message.
        contact: how to reach who wrote it; may be empty.
        consent: whether the consent line was agreed to.
        question: what had been asked in vain; may be empty.
        report_id: the report it is about; may be empty.
    """

    kind: str
    text: str
    contact: str = ""
    consent: bool = False
    question: str = ""
    report_id: str = ""


class Messages:
    """Takes messages in, gives replies out. Nothing that anybody wrote goes to a log.

    Args:
        store: where they are kept; what ``receive`` returned survives a crash.
        days: answered messages are deleted so many days after the reply.
        question_limit: characters a question may have.
        now: the clock.
    """

    def __init__(
        self,
        store: Store,
        days: int,
        question_limit: int,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._kept = store.messages
        self.days = days
        self._question_limit = question_limit
        self._now = now
        self._lock = threading.Lock()
        self._next_tidying = 0.0

    def receive(self, draft: Draft) -> StoredMessage:
        """Keeps a message and gives it its receipt.

        Raises:
            BadInput: something in it does not do; the sentence says what.
            AnanError: no more messages can be kept (507).
        """
        self._tidy_now_and_then()
        message = self._checked(draft)
        if not self._kept.add([message], MOST_KEPT):
            raise AnanError("留言箱已满，暂时不能留言，请直接联系有关单位。", code="messages_full", status=507)
        return message

    def look_up(self, receipt: str) -> StoredMessage:
        """The message with this receipt, as typed.

        Raises:
            BadInput: the receipt is mistyped.
            NotFound: there is no such message, or no longer.
        """
        self._tidy_now_and_then()
        found = self._kept.get(read_receipt(receipt))
        if found is None or (found.done is not None and found.done < self._forgotten_before()):
            raise message_unknown()
        return found

    def newest(self, limit: int, answered: bool | None = None) -> list[StoredMessage]:
        """The newest messages, the newest first; all, or only those with or without a reply."""
        self.tidy()
        return self._kept.newest(limit, answered)

    def reply(self, receipt: str, text: str, actor: str = _OPERATOR) -> StoredMessage:
        """Publishes a reply under the receipt at once, in the place of an earlier one: the operator's way.

        Raises:
            BadInput: a mistyped receipt; a reply that is empty, too long or holds characters that are not seen.
            NotFound: there is no such message.
        """
        known = self.look_up(receipt).receipt
        if not self._kept.reply(known, checked_reply(text), self._now(), actor):
            raise message_unknown()
        return self.look_up(known)

    def delete(self, receipt: str, actor: str = _OPERATOR) -> None:
        """Deletes a message for good.

        Raises:
            BadInput: the receipt is mistyped.
            NotFound: there is no such message.
        """
        if not self._kept.remove(read_receipt(receipt), actor):
            raise message_unknown()

    def tidy(self) -> int:
        """Deletes the messages that were done and whose days are over; how many there were."""
        return self._kept.remove_answered(self._forgotten_before())

    def _tidy_now_and_then(self) -> None:
        with self._lock:
            due = time.monotonic() >= self._next_tidying
            if due:
                self._next_tidying = time.monotonic() + _TIDY_SECONDS
        if due:
            self.tidy()

    def _forgotten_before(self) -> datetime:
        return self._now() - timedelta(days=self.days)

    def _checked(self, draft: Draft) -> StoredMessage:
        if draft.kind not in KINDS:
            raise BadInput(f"留言的类别应当是{'、'.join(KINDS.values())}中的一种。", code="bad_kind")
        text = written(bounded(plain(draft.text), TEXT_MOST, "留言"), "您的留言")
        contact = bounded(one_line(draft.contact), CONTACT_MOST, "联系方式")
        if contact and not draft.consent:
            raise BadInput("留下联系方式，请先勾选同意；也可以不留联系方式。", code="consent_missing")
        question = bounded(one_line(draft.question), self._question_limit, "问题")
        if draft.report_id and not _REPORT.fullmatch(draft.report_id):
            raise BadInput("报告的编号不对。", code="bad_report")
        return StoredMessage(
            receipt=new_receipt(),
            kind=draft.kind,
            text=text,
            contact=contact,
            consent=CONSENT_VERSION if contact else "",
            question=question,
            report_id=draft.report_id,
            created=self._now(),
        )


def checked_reply(text: str) -> str:
    """A reply as it may be published.

    Raises:
        BadInput: empty, too long, or with characters that are not seen: nothing may be left out of it in silence.
    """
    said = written(bounded(plain(text), REPLY_MOST, "答复"), "答复")
    if "".join(said.split()) != "".join(text.split()):
        raise BadInput("答复里有看不见的控制字符，请删去后再试。", code="text_unseen")
    return said


def message_unknown() -> NotFound:
    """The refusal where no message has the receipt."""
    return NotFound("没有这个回执号的留言，或者它答复后保存的时间已过。", code="message_unknown")
