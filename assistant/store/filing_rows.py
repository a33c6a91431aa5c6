"""Filings in and out of their table; each function works inside a transaction that the caller began.

What is published is what the reports' own tables hold, and nothing else: no question, page or voice can meet a report
that only stands here. One filing in the state ``published`` goes with each of those reports, and tells where it came
from.
"""

from collections.abc import Mapping
from datetime import date, datetime, timezone
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from assistant.reports.composing import corrected
from assistant.reports.json_form import report_from_json, report_to_json
from assistant.reports.model import Passage, Report
from assistant.store import report_tables
from assistant.store.models import CorrectionRow, FilingRow
from assistant.store.records import Filing, StoredReport

# Who filed it, in the records and the audit log, when it came on the command line.
OPERATOR = "命令行"
# What a report says of itself and staff may correct.
CORRECTED = ("title", "publisher", "index_number", "published", "year", "url")
_COLUMNS = [getattr(FilingRow, name) for name in Filing.__dataclass_fields__]
FILING = select(*_COLUMNS)


def filing_of(row: Any) -> Filing:
    """A filing from a row of ``FILING``."""
    return Filing(**row._mapping)


def corrections(connection: Connection, report_id: str) -> dict[str, Any]:
    """What staff corrected of a report, by the names of the report's fields."""
    found = connection.execute(select(CorrectionRow.fields).where(CorrectionRow.report_id == report_id)).scalar()
    fields: dict[str, Any] = dict(found or {})
    if fields.get("published"):
        fields["published"] = date.fromisoformat(fields["published"])
    return fields


def public_corrections(connection: Connection, report_id: str) -> dict[str, Any]:
    """What staff corrected of a report and citizens see; all that was corrected of it where it is not published."""
    shown = report_tables.summaries(connection, [report_id]).get(report_id)
    row = connection.execute(
        select(FilingRow.content).where(FilingRow.report_id == report_id, FilingRow.state == "published")
    ).first()
    if shown is None or row is None:
        return corrections(connection, report_id)
    if row.content is None:  # published as it was read
        return {}
    read = report_from_json(row.content)
    return {name: getattr(shown, name) for name in CORRECTED if getattr(shown, name) != getattr(read, name)}


def put_corrections(connection: Connection, report_id: str, fields: Mapping[str, Any], actor: str) -> None:
    """Keeps what staff corrected of a report in the place of what they corrected before."""
    connection.execute(delete(CorrectionRow).where(CorrectionRow.report_id == report_id))
    if fields:
        plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
        values = {"report_id": report_id, "fields": plain, "corrected_by": actor, "corrected": _now()}
        connection.execute(insert(CorrectionRow).values(values))


def withdrawn_as_it_is(connection: Connection, report_id: str, content_hash: str) -> bool:
    """Whether staff withdrew exactly this content of a report that is not published now."""
    query = select(FilingRow.state, FilingRow.content_hash).where(FilingRow.report_id == report_id)
    rows = connection.execute(query.order_by(FilingRow.changed)).all()
    return not any(row.state == "published" for row in rows) and any(
        row.state == "withdrawn" and row.content_hash == content_hash for row in rows
    )


def came_in(connection: Connection, report: Report, as_read: Report, is_corrected: bool) -> None:
    """Notes a report that was read and published at once, the operator's way.

    Args:
        connection: of the transaction that saves it.
        report: as saved.
        as_read: as read, before corrections.
        is_corrected: whether the two differ.
    """
    values = {
        **_told(corrected(as_read, corrections(connection, report.id))),
        "changed": _now(),
        "changed_by": OPERATOR,
        "content": report_to_json(as_read) if is_corrected else None,
    }
    published = connection.execute(
        select(FilingRow.id, FilingRow.file_name).where(
            FilingRow.report_id == report.id, FilingRow.state == "published"
        )
    ).first()
    if published is not None and not published.file_name:
        connection.execute(update(FilingRow).where(FilingRow.id == published.id).values(values))
        return
    if published is not None:  # it was uploaded, so that what was read of it is kept with it
        connection.execute(update(FilingRow).where(FilingRow.id == published.id).values(state="replaced"))
    connection.execute(
        insert(FilingRow).values(
            **values,
            report_id=report.id,
            state="published",
            file_name="",
            file_size=0,
            department="",
            filed_by=OPERATOR,
            filed=_now(),
            reason="",
            replaces="",
            edits=0,
        )
    )


def forget_published(connection: Connection, report_id: str) -> None:
    """Drops the filing of a report that is removed for good."""
    connection.execute(delete(FilingRow).where(FilingRow.report_id == report_id, FilingRow.state == "published"))


def retire(connection: Connection, report_id: str, state: str, actor: str, reason: str = "") -> None:
    """Gives the filing of a published report another state, and keeps with it what was read of the report.

    To be called while the report is still in its tables.
    """
    row = connection.execute(
        select(FilingRow.id, FilingRow.content).where(FilingRow.report_id == report_id, FilingRow.state == "published")
    ).first()
    stored = report_tables.whole(connection, report_id)
    if stored is None:
        return
    if row is None:  # cannot be, unless somebody edited the database; what is published is not lost over it
        as_read = report_of(stored)
        came_in(connection, as_read, as_read, False)
        retire(connection, report_id, state, actor, reason)
        return
    values: dict[str, Any] = {"state": state, "changed_by": actor, "changed": _now(), "reason": reason}
    if row.content is None:
        values["content"] = report_to_json(report_of(stored))
    connection.execute(update(FilingRow).where(FilingRow.id == row.id).values(**values, edits=FilingRow.edits + 1))


def as_read(connection: Connection, filing: Filing) -> Report | None:
    """The report of a filing as it was read; None as long as it was not."""
    content = connection.execute(select(FilingRow.content).where(FilingRow.id == filing.id)).scalar()
    if content is not None:
        return report_from_json(content)
    if filing.state != "published":
        return None
    stored = report_tables.whole(connection, filing.report_id)
    return None if stored is None else report_of(stored)


def tell(connection: Connection, filing_id: int, report: Report) -> None:
    """Enters what lists show of a filing."""
    connection.execute(update(FilingRow).where(FilingRow.id == filing_id).values(_told(report)))


def report_of(stored: StoredReport) -> Report:
    """A stored report as it was given to the store."""
    summary = stored.summary
    return Report(
        id=summary.id,
        identity=summary.identity,
        title=summary.title,
        publisher=summary.publisher,
        index_number=summary.index_number,
        published=summary.published,
        year=summary.year,
        summary=summary.summary,
        url=summary.url,
        text=stored.text,
        sections=stored.sections,
        passages=tuple(
            Passage(each.text, each.start, each.end, each.section, each.anchor, each.recognised)
            for each in stored.passages
        ),
        content_hash=summary.content_hash,
        period=stored.period,
        contact=stored.contact,
        tables=stored.tables,
        figures=stored.figures,
        imbalances=stored.imbalances,
    )


def _told(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "publisher": report.publisher,
        "year": report.year,
        "content_hash": report.content_hash,
    }


def _now() -> datetime:
    return datetime.now(timezone.utc)
