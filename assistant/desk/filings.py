"""Reports at the desk: who may file, correct, publish, withdraw and delete them.

uploaded → published → withdrawn, and replaced by another version; put back is published again. What is not published
stands in no table that answers, pages, suggestions or voices read (``store.filing_rows``).
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.desk.four_eyes import checks_alone
from assistant.desk.handling import REASON_MOST, Staff
from assistant.desk.plain_text import bounded, one_line, written
from assistant.desk.reading_queue import ReadingQueue
from assistant.desk.sensitive import Sensitive, find_sensitive
from assistant.desk.uploads import checked_upload
from assistant.errors import AnanError, BadInput, NotFound
from assistant.reports import Report, corrected, missing
from assistant.store import Filing, Store
from assistant.store.filing_rows import CORRECTED

FILING_STATES = {
    "waiting": "等待读取",
    "failed": "读不出来",
    "uploaded": "未发布",
    "published": "已发布",
    "withdrawn": "已撤下",
    "replaced": "已被替换",
}
FILINGS_PAGE = 50
# Files that wait to be read, and files kept: a province's reports of ten years, and a disk that is not filled unseen.
WAITING_MOST = 200
FILES_MOST = 10_000
_PUBLISHING = ("reviewer", "admin")
# Corrections and publications of one version whose people are remembered when another is published, and versions of
# any report that were removed.
_CORRECTIONS_MOST = 1_000
_TEXT_MOST = {"title": 200, "publisher": 100, "index_number": 100, "url": 1000}
_YEARS = range(1949, 2100)


@dataclass(frozen=True)
class FiledReport:
    """A filing as a member of staff sees it.

    Attributes:
        filing: its state.
        read: the report as read; None as long as it was not.
        report: as read, with what was corrected; what is, or would be, published.
        corrections: what was corrected, by the names of the report's fields.
        missing: what the report does not say of itself, in Chinese.
        sensitive: what in its text must be looked at before it is published.
        versions: all filings of the report, this one too, the newest first.
        replaces: the published reports whose place it would take, by id and title.
        waiting: what was corrected of a published report and waits to be published: by field, as citizens see it now
            and as it would be.
        authors: who uploaded it, and who corrected the report since it was published; somebody else is to publish it.
    """

    filing: Filing
    read: Report | None
    report: Report | None
    corrections: dict[str, Any]
    missing: tuple[str, ...]
    sensitive: tuple[Sensitive, ...]
    versions: tuple[Filing, ...]
    replaces: tuple[tuple[str, str], ...]
    waiting: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    authors: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Shelf:
    """A page of the filings.

    Attributes:
        rows: the filings.
        counts: how many there are in each state, of those this person may see.
        waiting: the ids of the published ones of which a correction waits to be published.
        more: whether there is a next page.
    """

    rows: tuple[Filing, ...]
    counts: dict[str, int]
    more: bool
    waiting: frozenset[int] = frozenset()


class Filings:
    """The rules of reports at the desk; each change stands in the audit log with who made it.

    Args:
        store: where they are kept.
        queue: reads the files.
        settle: brings the index up to the store after something published changed.
        limit_bytes: how large a file may be.

    Every method that names a filing raises:
        NotFound: there is none, or none that this person may see.
        AnanError: it is not theirs to do (403), not the time for it (409), or somebody changed it meanwhile (409).
    """

    def __init__(self, store: Store, queue: ReadingQueue, settle: Callable[[], None], limit_bytes: int) -> None:
        self._store = store
        self._kept = store.filings
        self._queue = queue
        self._settle = settle
        self.limit_bytes = limit_bytes

    def upload(self, person: Staff, name: str, data: bytes, replaces: str = "") -> Filing:
        """Files a report to be read in its turn; what is returned survives a crash.

        Args:
            person: who uploads it.
            name: the file's name as the browser gives it.
            data: its bytes.
            replaces: the id of the report it is a new version of; empty where its own identity says.

        Raises:
            BadInput: it is no file that can be read as a report.
            AnanError: too many wait or are kept (503, 507).
        """
        known = checked_upload(name, data, self.limit_bytes)
        if replaces and not any(_may_see(person, each) for each in self._kept.versions(replaces)):
            raise NotFound("没有这份报告，它可能已经删除。", code="filing_unknown")
        filing = self._kept.add(known, data, person.login, person.department, replaces, WAITING_MOST, FILES_MOST)
        self._queue.wake()
        return filing

    def shelf(self, person: Staff, *, state: str = "", words: str = "", page: int = 1) -> Shelf:
        """A page of the filings this person may see, what changed last first.

        Args:
            person: who looks.
            state: only in this state; ``unpublished`` for all that wait for somebody.
            words: only with these characters in title, publisher, file name or text.
            page: from 1.
        """
        seen_by, owner_too = _seen_by(person)
        waiting = self._kept.waiting_corrections()
        states = (
            ("waiting", "failed", "uploaded")
            if state == "unpublished"
            else (state,)
            if state in FILING_STATES
            else ("waiting", "failed", "uploaded", "published", "withdrawn")
        )
        found = self._kept.page(
            FILINGS_PAGE + 1,
            max(0, page - 1) * FILINGS_PAGE,
            states=states,
            words=one_line(words)[:REASON_MOST],
            seen_by=seen_by,
            owner_too=owner_too,
            besides=waiting if state == "unpublished" else (),
        )
        counts = self._kept.counts(seen_by, owner_too)
        return Shelf(tuple(found[:FILINGS_PAGE]), counts, len(found) > FILINGS_PAGE, waiting)

    def look(self, person: Staff, filing_id: int) -> Filing:
        """One filing without what was read of it."""
        return self._visible(person, filing_id)

    def see(self, person: Staff, filing_id: int) -> FiledReport:
        """One filing with what was read of it."""
        filing = self._visible(person, filing_id)
        read, corrections = self._kept.content(filing)
        if read is None:
            return FiledReport(filing, None, None, {}, (), (), (filing,), ())
        report = corrected(read, corrections)
        others: tuple[tuple[str, str], ...] = ()
        if filing.state != "published":
            held = self._store.report_summaries(self._kept.taken_place(report))
            others = tuple((each.id, each.title) for each in held.values())
        versions = tuple(each for each in self._kept.versions(filing.report_id) if _may_see(person, each))
        return FiledReport(
            filing,
            read,
            report,
            corrections,
            missing(report),
            tuple(find_sensitive(report.text, self._store.faq_table.watch_words())),
            versions,
            others,
            self._waiting(filing, report),
            self._authors(filing),
        )

    def original(self, person: Staff, filing_id: int) -> tuple[Filing, bytes]:
        """The uploaded file itself.

        Raises:
            NotFound: also where it came another way.
        """
        filing = self._visible(person, filing_id)
        data = self._kept.file(filing_id)
        if data is None:
            raise NotFound("这份报告没有上传的原文件。", code="no_file")
        return filing, data

    def correct(self, person: Staff, filing_id: int, edits: int, typed: Mapping[str, str]) -> bool:
        """Corrects what a report says of itself; what is typed as it was read is no correction.

        Citizens see a correction of a published report when it is published, by somebody else. Whoever saves the
        form as it was has corrected nothing, and may still publish: False is given then.

        Raises:
            BadInput: a field that does not do; the sentence names it.
        """
        filing = self._visible(person, filing_id)
        read, _ = self._kept.content(filing)
        if read is None:
            raise _not_now("这份报告还没有读出来。")
        fields = corrections_of(read, typed)
        return self._kept.correct(filing_id, edits, fields, person.login)

    def read_again(self, person: Staff, filing_id: int, edits: int) -> None:
        """Reads the file anew."""
        self._visible(person, filing_id)
        self._kept.read_again(filing_id, edits, person.login)
        self._queue.wake()

    def publish(self, person: Staff, filing_id: int, edits: int, reason: str = "") -> None:
        """Publishes a report, puts it back, or publishes what was corrected of a published one since.

        With sensitive information in it only for a reason, which is logged.

        Raises:
            AnanError: sensitive information in it and no reason (409, ``sensitive``), or it is their own (403).
        """
        self._visible(person, filing_id)
        self._may_publish(person, "发布由审核人员办理。")
        seen = self.see(person, filing_id)
        said = bounded(one_line(reason), REASON_MOST, "理由")
        alone = checks_alone(self._store, person.login, seen.authors, said)
        if seen.sensitive and not said:
            raise AnanError(
                f"正文里有 {len(seen.sensitive)} 处像是敏感信息；核对后仍要发布的，请写明理由。",
                code="sensitive",
                status=409,
            )
        details: dict[str, Any] = {"replaces": [each for each, _ in seen.replaces]}
        if seen.waiting:
            details["corrected"] = sorted(seen.waiting)
        if seen.sensitive:
            kinds = Counter(each.kind for each in seen.sensitive)
            details |= {"sensitive": dict(kinds), "reason": said}
        if alone:
            details |= {"alone": True, "reason": said}
        self._kept.publish(filing_id, edits, person.login, details)
        self._settle()

    def withdraw(self, person: Staff, filing_id: int, edits: int, reason: str) -> None:
        """Takes a report away from citizens, with a reason."""
        self._visible(person, filing_id)
        self._may_publish(person, "撤下由审核人员办理。")
        said = written(bounded(one_line(reason), REASON_MOST, "理由"), "撤下的理由")
        self._kept.withdraw(filing_id, edits, person.login, said)
        self._settle()

    def remove(self, person: Staff, filing_id: int, edits: int) -> None:
        """Deletes a filing that is not published, for good; for an administrator."""
        self._visible(person, filing_id)
        if person.role != "admin":
            raise _forbidden("只有管理员能删除报告。")
        self._kept.remove(filing_id, edits, person.login)

    def _authors(self, filing: Filing) -> frozenset[str]:
        """Who uploaded it, and who corrected the report in any version since somebody else published one.

        Corrections are the report's: what was corrected of one version is corrected of the next.
        """
        removed = self._store.audit.entries(_CORRECTIONS_MOST, action="report.removed")
        subjects = {f"filing:{each.id}" for each in self._kept.versions(filing.report_id)}
        subjects |= {each.subject for each in removed if each.details.get("report") == filing.report_id}
        steps = [
            each
            for subject in subjects
            for action in ("report.corrected", "report.published")
            for each in self._store.audit.entries(_CORRECTIONS_MOST, action=action, subject=subject)
        ]
        correcting: set[str] = set()
        for step in sorted(steps, key=lambda each: each.sequence):
            if step.action == "report.corrected":
                correcting.add(step.actor)
            else:  # with it were published, and looked at, the corrections of all others
                correcting &= {step.actor}
        # Who uploaded what is published was looked at then.
        return frozenset(correcting if filing.state == "published" else (filing.filed_by, *correcting))

    def _waiting(self, filing: Filing, report: Report) -> dict[str, tuple[Any, Any]]:
        shown = self._store.report_summaries([filing.report_id]).get(filing.report_id)
        if filing.state != "published" or shown is None:
            return {}
        both = {name: (getattr(shown, name), getattr(report, name)) for name in CORRECTED}
        return {name: (now, then) for name, (now, then) in both.items() if now != then}

    def _visible(self, person: Staff, filing_id: int) -> Filing:
        filing = self._kept.get(filing_id)
        if not _may_see(person, filing):
            raise NotFound("没有这份报告，它可能已经删除。", code="filing_unknown")
        return filing

    def _may_publish(self, person: Staff, otherwise: str) -> None:
        if person.role not in _PUBLISHING:
            raise _forbidden(otherwise)


def corrections_of(read: Report, typed: Mapping[str, str]) -> dict[str, Any]:
    """What of the typed fields differs from what was read.

    Args:
        read: the report as read.
        typed: title, publisher, index_number, published (2016-03-09), year and url as typed; a field that is left out
            or empty is as it was read.

    Raises:
        BadInput: a field that does not do; the sentence names it.
    """
    names = {"title": "标题", "publisher": "发布机构", "index_number": "索引号", "url": "网址"}
    found: dict[str, Any] = {}
    for name, most in _TEXT_MOST.items():
        said = bounded(one_line(typed.get(name, "")), most, names[name])
        if said and said != getattr(read, name):
            found[name] = said
    url = found.get("url", "")
    if url and not re.fullmatch(r"https?://[^\s<>\"]+", url):
        raise BadInput("网址应当以 http:// 或 https:// 开头。", code="bad_url")
    year = one_line(typed.get("year", ""))
    if year and year != str(read.year):
        if not (year.isascii() and year.isdigit() and len(year) == 4 and int(year) in _YEARS):
            raise BadInput("年度应当是四位数字，如 2015。", code="bad_year")
        found["year"] = int(year)
    day = one_line(typed.get("published", ""))
    if day:
        try:
            published = date.fromisoformat(day)
        except ValueError:
            raise BadInput("发布日期应当写成 2016-03-09。", code="bad_day") from None
        if published != read.published:
            found["published"] = published
    return found


def _may_see(person: Staff, filing: Filing) -> bool:
    return (
        person.role in _PUBLISHING
        or not person.department
        or filing.state == "published"
        or filing.department in ("", person.department)
        or filing.filed_by == person.login
    )


def _seen_by(person: Staff) -> tuple[str, str]:
    if person.role in _PUBLISHING or not person.department:
        return "", ""
    return person.department, person.login


def _forbidden(message: str) -> AnanError:
    return AnanError(message, code="forbidden", status=403)


def _not_now(message: str) -> AnanError:
    return AnanError(message, code="wrong_state", status=409)
