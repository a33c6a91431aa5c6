"""The groups of questions and what staff decided about them; each method is one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, case, delete, func, insert, select, update

from assistant.store.audit_table import record
from assistant.store.database import Database
from assistant.store.models import FeedbackRow
from assistant.store.question_models import GroupCountRow, QuestionFormRow, QuestionGroupRow, QuestionRow
from assistant.store.question_records import (
    GROUP_STATES,
    Decision,
    Exemplar,
    FormCount,
    GivenAnswer,
    GroupCount,
    NewForm,
    QuestionGroup,
)
from assistant.store.upserts import add_up

_GROUP = (
    QuestionGroupRow.id,
    QuestionGroupRow.label,
    QuestionGroupRow.department,
    QuestionGroupRow.state,
    QuestionGroupRow.note,
    QuestionGroupRow.entry_id,
    QuestionGroupRow.report_id,
    QuestionGroupRow.passage,
    QuestionGroupRow.decided_by,
    QuestionGroupRow.decided,
    QuestionGroupRow.first_asked,
    QuestionGroupRow.last_asked,
)
_COUNTS = (
    GroupCountRow.asked,
    GroupCountRow.unanswered,
    GroupCountRow.before,
    GroupCountRow.up,
    GroupCountRow.down,
)
# The answers that a group's page tells of: those given lately.
_ANSWERS_LOOKED_AT = 1_000
_FORMS_LOOKED_AT = 100
# What filters a list of groups: everything, what waits and is not answered, or one state.
FILTERS = ("unsolved", "all", *GROUP_STATES[1:])


class GroupTable:
    """Groups in and out of their tables; usable from many threads and processes, errors are those of ``Store``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, labels: Sequence[tuple[str, str]], moment: datetime) -> list[int]:
        """Founds groups by label and department; their ids in the same order."""
        fixed: dict[str, Any] = dict.fromkeys(("note", "entry_id", "report_id", "passage", "decided_by"), "")
        fixed |= {"state": "open", "decided": None, "first_asked": moment, "last_asked": moment}
        rows = [{"label": label, "department": department, **fixed} for label, department in labels]
        founding = insert(QuestionGroupRow).returning(QuestionGroupRow.id, sort_by_parameter_order=True)
        with self._database.write() as connection:
            return list(connection.execute(founding, rows).scalars())

    def unanswered(self, period: str) -> int:
        """How often, within a period, groups that nobody decided on yet were not answered."""
        query = select(func.coalesce(func.sum(GroupCountRow.unanswered), 0))
        query = query.join(QuestionGroupRow, QuestionGroupRow.id == GroupCountRow.group_id)
        query = query.where(GroupCountRow.period == period, QuestionGroupRow.state == "open")
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def page(
        self, period: str, wanted: str, *, department: str = "", word: str = "", offset: int = 0, limit: int = 50
    ) -> list[GroupCount]:
        """Groups asked within a period, those unanswered most first (``unsolved``), else those asked most.

        Args:
            period: its name.
            wanted: one of ``FILTERS``.
            department: of this one only; empty for all.
            word: with this in their label; empty for all.
            offset: how many to pass over.
            limit: how many at most.
        """
        query = select(*_GROUP, *_COUNTS).join(QuestionGroupRow, QuestionGroupRow.id == GroupCountRow.group_id)
        query = query.where(GroupCountRow.period == period)
        if wanted == "unsolved":
            query = query.where(GroupCountRow.unanswered > 0, QuestionGroupRow.state == "open")
            query = query.order_by(GroupCountRow.unanswered.desc(), GroupCountRow.asked.desc())
        else:
            query = query.order_by(GroupCountRow.asked.desc())
            if wanted != "all":
                query = query.where(QuestionGroupRow.state == wanted)
        if department:
            query = query.where(QuestionGroupRow.department == department)
        if word:
            query = query.where(QuestionGroupRow.label.contains(word, autoescape=True))
        with self._database.read() as connection:
            return [_counted(row) for row in connection.execute(query.offset(offset).limit(limit))]

    def get(self, group: int) -> QuestionGroup | None:
        """The group of this id; None when there is none."""
        with self._database.read() as connection:
            return _get(connection, group)

    def in_periods(self, group: int) -> dict[str, GroupCount]:
        """The group's counts by the names of the periods it was asked in."""
        query = select(GroupCountRow.period, *_GROUP, *_COUNTS).join(
            QuestionGroupRow, QuestionGroupRow.id == GroupCountRow.group_id
        )
        with self._database.read() as connection:
            rows = connection.execute(query.where(GroupCountRow.group_id == group))
            return {row[0]: _counted(row[1:]) for row in rows}

    def forms(self, group: int, limit: int) -> list[FormCount]:
        """The group's wordings, those asked most first."""
        query = select(QuestionFormRow.key, QuestionFormRow.text, QuestionFormRow.times)
        query = query.where(QuestionFormRow.group_id == group)
        query = query.order_by(QuestionFormRow.times.desc(), QuestionFormRow.id).limit(limit)
        with self._database.read() as connection:
            return [FormCount(*row) for row in connection.execute(query)]

    def answers(self, group: int) -> list[GivenAnswer]:
        """What the group's questions were answered with lately, the most frequent first."""
        forms = select(QuestionFormRow.id).where(QuestionFormRow.group_id == group)
        forms = forms.order_by(QuestionFormRow.times.desc()).limit(_FORMS_LOOKED_AT)
        late = select(QuestionRow.kind, QuestionRow.entry_id, QuestionRow.report_id)
        given = late.where(QuestionRow.form_id.in_(forms.scalar_subquery())).limit(_ANSWERS_LOOKED_AT).subquery()
        query: Select[Any] = select(given.c.kind, given.c.entry_id, given.c.report_id, func.count())
        query = query.group_by(given.c.kind, given.c.entry_id, given.c.report_id).order_by(func.count().desc())
        with self._database.read() as connection:
            return [GivenAnswer(*row) for row in connection.execute(query)]

    def decide(self, group: int, decision: Decision, by: str, at: datetime) -> bool:
        """Puts down what staff decided about a group, and tells the audit log; False when there is no such group."""
        change = update(QuestionGroupRow).where(QuestionGroupRow.id == group)
        values = {**vars(decision), "decided_by": by, "decided": at}
        with self._database.write() as connection:
            before = _get(connection, group)
            if before is None:
                return False
            connection.execute(change.values(**values))
            told = {name: value for name, value in vars(decision).items() if value and name != "passage"}
            record(connection, by, f"group.{decision.state}", f"group:{group}", told | {"before": before.state})
        return True

    def exemplars(self) -> list[Exemplar]:
        """What the groups are compared by, in the order it was asked."""
        query = select(QuestionFormRow.group_id, QuestionFormRow.signature).order_by(QuestionFormRow.id)
        with self._database.read() as connection:
            return [Exemplar(*row) for row in connection.execute(query.where(QuestionFormRow.exemplar))]

    def ungrouped(self, limit: int) -> list[NewForm]:
        """Wordings that wait for a group: with a signature, and in none."""
        query = select(QuestionFormRow.key, QuestionFormRow.text, QuestionFormRow.signature)
        query = query.where(QuestionFormRow.group_id.is_(None)).order_by(QuestionFormRow.id).limit(limit)
        with self._database.read() as connection:
            return [NewForm(key, text, None, False, made) for key, text, made in connection.execute(query)]

    def merge(self, kept: int, gone: int) -> None:
        """Puts the wordings and counts of one group to another's, and deletes it."""
        with self._database.write() as connection:
            one, other = _get(connection, kept), _get(connection, gone)
            if one is None or other is None:
                return
            counts = connection.execute(
                select(GroupCountRow.period, *_COUNTS).where(GroupCountRow.group_id == gone)
            ).all()
            rows = [{**row._mapping, "group_id": kept} for row in counts]
            add_up(connection, GroupCountRow, rows, ["asked", "unanswered", "before", "up", "down"])
            moved = update(QuestionFormRow).where(QuestionFormRow.group_id == gone)
            connection.execute(moved.values(group_id=kept, exemplar=False))
            span = {
                "first_asked": min(one.first_asked, other.first_asked),
                "last_asked": max(one.last_asked, other.last_asked),
            }
            connection.execute(update(QuestionGroupRow).where(QuestionGroupRow.id == kept).values(**span))
            connection.execute(delete(QuestionGroupRow).where(QuestionGroupRow.id == gone))

    def recount(self, period: str, start: datetime, before: datetime) -> None:
        """Counts a period anew that ends now.

        Args:
            period: its name.
            start: when it began.
            before: when the period of the same length before it began.
        """
        inside = case((QuestionRow.asked >= start, 1), else_=0)
        failed = case(((QuestionRow.asked >= start) & ~QuestionRow.answered, 1), else_=0)
        asked, unanswered = func.sum(inside), func.sum(failed)
        query = select(QuestionFormRow.group_id, asked, unanswered, func.count() - asked)
        query = query.join(QuestionFormRow, QuestionFormRow.id == QuestionRow.form_id)
        query = query.where(QuestionRow.asked >= before, QuestionFormRow.group_id.is_not(None))
        with self._database.read() as connection:
            found = connection.execute(query.group_by(QuestionFormRow.group_id)).all()
        with self._database.write() as connection:
            there = set(connection.execute(select(QuestionGroupRow.id)).scalars())
            connection.execute(delete(GroupCountRow).where(GroupCountRow.period == period))
            rows = [
                {"period": period, "group_id": group, "asked": much, "unanswered": failures, "before": earlier}
                | {"up": 0, "down": 0}
                for group, much, failures, earlier in found
                if group in there and (much or earlier)
            ]
            if rows:
                connection.execute(insert(GroupCountRow), rows)

    def judge(self, period: str, start: datetime) -> None:
        """Counts the verdicts of a period that began at ``start`` and ends now, by group."""
        up = func.sum(case((FeedbackRow.verdict == "up", 1), else_=0))
        query = select(QuestionFormRow.group_id, up, func.count() - up)
        query = query.join(QuestionFormRow, QuestionFormRow.key == FeedbackRow.question_key)
        query = query.where(FeedbackRow.given >= start, QuestionFormRow.group_id.is_not(None))
        with self._database.read() as connection:
            found = connection.execute(query.group_by(QuestionFormRow.group_id)).all()
        with self._database.write() as connection:
            old = update(GroupCountRow).where(GroupCountRow.period == period)
            connection.execute(old.where((GroupCountRow.up > 0) | (GroupCountRow.down > 0)).values(up=0, down=0))
            for group, good, bad in found:
                connection.execute(old.where(GroupCountRow.group_id == group).values(up=good, down=bad))

    def asked_in(self, period: str, groups: Sequence[int]) -> dict[int, int]:
        """How often each of the groups was asked in a period; one that was not is left out."""
        query = select(GroupCountRow.group_id, GroupCountRow.asked).where(GroupCountRow.period == period)
        with self._database.read() as connection:
            rows = connection.execute(query.where(GroupCountRow.group_id.in_(groups)))
            return {group: asked for group, asked in rows}  # noqa: C416 - rows are no pairs to the type checker


def _get(connection: Connection, group: int) -> QuestionGroup | None:
    row = connection.execute(select(*_GROUP).where(QuestionGroupRow.id == group)).one_or_none()
    return None if row is None else QuestionGroup(*tuple(row))


def _counted(row: Sequence[Any]) -> GroupCount:
    return GroupCount(QuestionGroup(*row[: len(_GROUP)]), *row[len(_GROUP) :])
