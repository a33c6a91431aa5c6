"""Reports at the desk: uploaded, published, withdrawn, replaced; each method is one transaction."""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timezone
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from assistant.errors import AnanError, NotFound
from assistant.reports.composing import corrected
from assistant.reports.json_form import report_to_json
from assistant.reports.model import Report
from assistant.store import audit_table, filing_rows, queue_table, report_tables
from assistant.store.database import Database
from assistant.store.filing_rows import FILING, filing_of
from assistant.store.models import FiledFileRow, FilingRow, ReportRow
from assistant.store.records import Filing
from assistant.store.revision import count_change

# What is published already is where something was corrected since.
_PUBLISHABLE = ("uploaded", "withdrawn", "replaced", "published")


class FilingTable:
    """Filings and their files in and out of their tables.

    Args:
        database: for reading, and for what changes nothing that is published.
        publishing: the store's transaction for what does.

    Usable from many threads and processes; errors are those of ``Store``. A method that takes ``edits`` raises
    AnanError (``changed_meanwhile``) when the filing changed since it was read, and NotFound when it is gone.
    """

    def __init__(self, database: Database, publishing: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._database = database
        self._publishing = publishing

    def add(
        self, name: str, data: bytes, actor: str, department: str, replaces: str, most_waiting: int, most: int
    ) -> Filing:
        """Files an uploaded file, to be read when its turn comes.

        Raises:
            AnanError: too many wait already, or too many are kept.
        """
        now = datetime.now(timezone.utc)
        values = {
            "report_id": "",
            "state": "waiting",
            "title": name,
            "publisher": "",
            "year": None,
            "file_name": name,
            "file_size": len(data),
            "department": department,
            "filed_by": actor,
            "filed": now,
            "changed_by": actor,
            "changed": now,
            "reason": "",
            "replaces": replaces,
            "edits": 0,
            "content_hash": "",
        }
        with self._database.write() as connection:
            waiting = select(func.count()).select_from(FilingRow).where(FilingRow.state == "waiting")
            kept = select(func.count()).select_from(FiledFileRow)
            if connection.execute(waiting).scalar_one() >= most_waiting:
                raise AnanError(f"已有 {most_waiting} 个文件在等着读，请过一会儿再传。", code="queue_full", status=503)
            if connection.execute(kept).scalar_one() >= most:
                raise AnanError(f"已存了 {most} 个上传的文件，请先删除不用的。", code="filings_full", status=507)
            made = connection.execute(insert(FilingRow).values(values)).inserted_primary_key
            filing_id = int(made[0]) if made else 0
            connection.execute(insert(FiledFileRow).values(filing_id=filing_id, data=data))
            audit_table.record(connection, actor, "report.uploaded", f"filing:{filing_id}", {"file": name})
        return Filing(id=filing_id, **values)  # type: ignore[arg-type]

    def get(self, filing_id: int) -> Filing:
        """A filing.

        Raises:
            NotFound: there is none with this id.
        """
        with self._database.read() as connection:
            return _there(connection, filing_id)

    def file(self, filing_id: int) -> bytes | None:
        """The bytes of the uploaded file; None where it came another way."""
        with self._database.read() as connection:
            return connection.execute(select(FiledFileRow.data).where(FiledFileRow.filing_id == filing_id)).scalar()

    def page(
        self,
        limit: int,
        after: int = 0,
        *,
        states: tuple[str, ...] = (),
        words: str = "",
        seen_by: str = "",
        owner_too: str = "",
        besides: Collection[int] = (),
    ) -> list[Filing]:
        """Filings, what changed last first.

        Args:
            limit: how many.
            after: so many are passed over.
            states: only in these states.
            words: only with these characters in title, publisher, file name or text.
            seen_by: only those a member of this department may see: published ones, its own, and those of none.
            owner_too: a login that sees what it filed whatever the department.
            besides: those with these ids as well, whatever their state.
        """
        query = _seen(FILING, seen_by, owner_too)
        if states:
            query = query.where(or_(FilingRow.state.in_(states), FilingRow.id.in_(besides)))
        if words:
            inside = select(ReportRow.id).where(ReportRow.text.contains(words, autoescape=True))
            query = query.where(
                or_(
                    *(
                        column.contains(words, autoescape=True)
                        for column in (FilingRow.title, FilingRow.publisher, FilingRow.file_name, FilingRow.content)
                    ),
                    (FilingRow.state == "published") & FilingRow.report_id.in_(inside),
                )
            )
        query = query.order_by(FilingRow.changed.desc(), FilingRow.id.desc()).limit(limit).offset(after)
        with self._database.read() as connection:
            return [filing_of(row) for row in connection.execute(query)]

    def counts(self, seen_by: str = "", owner_too: str = "") -> dict[str, int]:
        """How many filings there are in each state, of those somebody may see."""
        query = _seen(select(FilingRow.state, func.count()), seen_by, owner_too).group_by(FilingRow.state)
        with self._database.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def waiting_corrections(self) -> frozenset[int]:
        """The published filings of which something was corrected that is not published yet, by their ids."""
        public = (ReportRow.id == FilingRow.report_id) & (ReportRow.content_hash != FilingRow.content_hash)
        query = select(FilingRow.id).join(ReportRow, public).where(FilingRow.state == "published")
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def versions(self, report_id: str) -> list[Filing]:
        """All filings of a report, the newest first."""
        query = FILING.where(FilingRow.report_id == report_id).order_by(FilingRow.filed.desc(), FilingRow.id.desc())
        with self._database.read() as connection:
            return [filing_of(row) for row in connection.execute(query)]

    def content(self, filing: Filing) -> tuple[Report | None, dict[str, Any]]:
        """The report of a filing as it was read, None as long as it was not; and what was corrected of it."""
        with self._database.read() as connection:
            read = filing_rows.as_read(connection, filing)
            return read, filing_rows.corrections(connection, filing.report_id) if read else {}

    def taken_place(self, report: Report) -> list[str]:
        """The published reports whose place this one would take, by their ids."""
        with self._database.read() as connection:
            return sorted(report_tables.held(connection, report))

    # What is read of the files

    def waiting(self) -> Filing | None:
        """The filing that has waited longest to be read."""
        query = FILING.where(FilingRow.state == "waiting").order_by(FilingRow.id).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else filing_of(row)

    def was_read(self, filing_id: int, report: Report) -> None:
        """Keeps what was read of a file; nothing when the filing is gone meanwhile."""
        with self._database.write() as connection:
            row = connection.execute(FILING.where(FilingRow.id == filing_id)).first()
            if row is None or row.state != "waiting":
                return
            known = replace(report, id=row.replaces or report.id)
            told = corrected(known, filing_rows.corrections(connection, known.id))
            connection.execute(
                update(FilingRow)
                .where(FilingRow.id == filing_id)
                .values(
                    state="uploaded",
                    report_id=known.id,
                    content=report_to_json(known),
                    reason="",
                    edits=FilingRow.edits + 1,
                )
            )
            filing_rows.tell(connection, filing_id, told)

    def was_lost(self, filing_id: int, reason: str) -> None:
        """Notes why a file could not be read."""
        still = (FilingRow.id == filing_id) & (FilingRow.state == "waiting")
        with self._database.write() as connection:
            connection.execute(
                update(FilingRow).where(still).values(state="failed", reason=reason, edits=FilingRow.edits + 1)
            )

    def read_again(self, filing_id: int, edits: int, actor: str) -> None:
        """Puts an unpublished filing with a file back in the queue, to be read anew."""
        with self._database.write() as connection:
            filing = _unchanged(connection, filing_id, edits)
            if filing.state not in ("uploaded", "failed") or not filing.file_name:
                raise _not_now("只有还没有发布、有原文件的报告可以重新读取。")
            _set(connection, filing, actor, state="waiting", reason="")
            audit_table.record(connection, actor, "report.read_again", _subject(filing), {})

    # What staff decide

    def correct(self, filing_id: int, edits: int, fields: Mapping[str, Any], actor: str) -> bool:
        """Corrects what a report says of itself; of a published one it waits to be published.

        Where all of it is corrected so already, nothing is done and False given.

        Args:
            filing_id: of the version that was looked at.
            edits: as it was read.
            fields: all that is corrected, by the names of the report's fields; what is left out is as it was read.
            actor: who does it.
        """
        with self._publishing() as connection:
            filing = _unchanged(connection, filing_id, edits)
            read = filing_rows.as_read(connection, filing)
            if read is None:
                raise _not_now("这份报告还没有读出来。")
            before = filing_rows.corrections(connection, filing.report_id)
            if before == dict(fields):
                return False
            filing_rows.put_corrections(connection, filing.report_id, fields, actor)
            report = corrected(read, fields)
            if filing.state == "published":
                self._check_place(connection, filing, report)
            # What was read is kept apart from now on, for the report's own tables hold it corrected.
            _set(connection, filing, actor, content=report_to_json(read))
            filing_rows.tell(connection, filing.id, report)
            told = {
                name: [_plain(before.get(name)), _plain(fields.get(name))]
                for name in sorted({*before, *fields})
                if before.get(name) != fields.get(name)
            }
            audit_table.record(connection, actor, "report.corrected", _subject(filing), told)
        return True

    def publish(self, filing_id: int, edits: int, actor: str, details: Mapping[str, Any]) -> list[str]:
        """Publishes a filing in the place of what it replaces, which is kept and can be put back; or, of one that is
        published, what was corrected of it since.

        Returns:
            the ids of the reports that changed.
        """
        with self._publishing() as connection:
            filing = _unchanged(connection, filing_id, edits)
            read = filing_rows.as_read(connection, filing)
            if filing.state not in _PUBLISHABLE or read is None:
                raise _not_now("这份报告现在不能发布。")
            report = corrected(read, filing_rows.corrections(connection, filing.report_id))
            if filing.state == "published":
                self._check_place(connection, filing, report)
            else:
                for report_id in sorted(report_tables.held(connection, report)):
                    filing_rows.retire(connection, report_id, "replaced", actor)
            _, changed = report_tables.put(connection, report, None)
            if filing.state == "published" and not changed:
                raise _not_now("没有等发布的更正。")
            if changed:
                queue_table.enqueue(connection, changed)
                count_change(connection)
            # What was read is kept apart, so that it can be told from what was corrected.
            _set(connection, filing, actor, state="published", reason="", content=report_to_json(read))
            filing_rows.tell(connection, filing.id, report)
            told = {"report": report.id, "title": report.title, **details}
            audit_table.record(connection, actor, "report.published", _subject(filing), told)
        return changed

    def withdraw(self, filing_id: int, edits: int, actor: str, reason: str) -> None:
        """Takes a published report away from citizens; staff keep it."""
        with self._publishing() as connection:
            filing = _unchanged(connection, filing_id, edits)
            if filing.state != "published":
                raise _not_now("这份报告没有发布。")
            filing_rows.retire(connection, filing.report_id, "withdrawn", actor, reason)
            report_tables.drop(connection, filing.report_id)
            queue_table.enqueue(connection, [filing.report_id])
            count_change(connection)
            told = {"report": filing.report_id, "title": filing.title, "reason": reason}
            audit_table.record(connection, actor, "report.withdrawn", _subject(filing), told)

    def remove(self, filing_id: int, edits: int, actor: str) -> None:
        """Deletes a filing that is not published, with its file, for good."""
        with self._database.write() as connection:
            filing = _unchanged(connection, filing_id, edits)
            if filing.state == "published":
                raise _not_now("已发布的报告要先撤下，才能删除。")
            connection.execute(delete(FilingRow).where(FilingRow.id == filing_id))
            left = select(func.count()).select_from(FilingRow).where(FilingRow.report_id == filing.report_id)
            if filing.report_id and not connection.execute(left).scalar_one():
                filing_rows.put_corrections(connection, filing.report_id, {}, actor)
            told = {"report": filing.report_id, "title": filing.title}
            audit_table.record(connection, actor, "report.removed", _subject(filing), told)

    def _check_place(self, connection: Connection, filing: Filing, report: Report) -> None:
        others = [each for each in report_tables.held(connection, report) if each != filing.report_id]
        if others:
            found = report_tables.summaries(connection, others)
            names = "、".join(f"《{each.title}》" for each in found.values())
            raise AnanError(f"改成这样就与已发布的{names}是同一份报告了。", code="same_identity", status=409)


def _seen(query: Any, seen_by: str, owner_too: str) -> Any:
    if not seen_by:
        return query
    return query.where(
        or_(
            FilingRow.state == "published",
            FilingRow.department.in_(("", seen_by)),
            FilingRow.filed_by == owner_too,
        )
    )


def _there(connection: Connection, filing_id: int) -> Filing:
    row = connection.execute(FILING.where(FilingRow.id == filing_id)).first()
    if row is None:
        raise NotFound("没有这份报告，它可能已经删除。", code="filing_unknown")
    return filing_of(row)


def _unchanged(connection: Connection, filing_id: int, edits: int) -> Filing:
    filing = _there(connection, filing_id)
    if filing.edits != edits:
        raise AnanError(
            "这份报告刚被别人改过，您的改动没有保存；请看过新的内容再改。", code="changed_meanwhile", status=409
        )
    return filing


def _set(connection: Connection, filing: Filing, actor: str, **values: Any) -> None:
    connection.execute(
        update(FilingRow)
        .where(FilingRow.id == filing.id)
        .values(changed_by=actor, changed=datetime.now(timezone.utc), edits=filing.edits + 1, **values)
    )


def _not_now(message: str) -> AnanError:
    return AnanError(message, code="wrong_state", status=409)


def _subject(filing: Filing) -> str:
    return f"filing:{filing.id}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
