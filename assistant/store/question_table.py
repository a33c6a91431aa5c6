"""The questions that were asked; each method is one transaction."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from assistant.store.daily_table import Counted, count
from assistant.store.database import Database
from assistant.store.question_models import GroupCountRow, QuestionFormRow, QuestionGroupRow, QuestionRow
from assistant.store.question_records import AskedQuestion, NewForm
from assistant.store.upserts import add_up

# Rows deleted in one transaction: the writers of the desk wait for no more.
_AT_ONCE = 5_000
# Keys in one SELECT: SQLite takes some thirty thousand parameters, PostgreSQL as many.
_KEYS_AT_ONCE = 500


class QuestionTable:
    """Questions in and out of their tables; usable from many threads and processes, errors are those of ``Store``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of the keys whose wording was asked before."""
        with self._database.read() as connection:
            return frozenset(_forms(connection, keys))

    def keep(
        self,
        questions: Sequence[AskedQuestion],
        new_forms: Sequence[NewForm],
        periods_of: Callable[[date], Iterable[str]],
    ) -> None:
        """Keeps questions with the wordings that are new, and counts them by day and by group.

        A group that is gone meanwhile is forgotten; its wordings wait to be grouped again.

        Args:
            questions: in the order they were asked.
            new_forms: the wordings of those that are not known yet.
            periods_of: the names of the periods that a day lies in.
        """
        with self._database.write() as connection:
            forms = _forms(connection, {each.key for each in questions})
            forms |= _put_forms(connection, [each for each in new_forms if each.key not in forms], questions)
            turns = _turns(connection, {each.conversation for each in questions if each.conversation})
            rows = []
            for each in questions:
                if each.conversation:
                    turns[each.conversation] += 1
                turn = turns[each.conversation] if each.conversation else 1
                fields = {name: value for name, value in vars(each).items() if name not in ("key", "day")}
                rows.append({**fields, "form_id": forms[each.key][0], "turn": turn})
            connection.execute(insert(QuestionRow), rows)
            count(connection, _amounts(questions, rows))
            _touch(connection, questions, forms)
            _count_groups(connection, questions, forms, periods_of)

    def expire(self, before: datetime) -> int:
        """Deletes what was asked before that time, with the wordings and groups not asked since; how many questions."""
        gone = 0
        for model, moment in (
            (QuestionRow, QuestionRow.asked),
            (QuestionFormRow, QuestionFormRow.last_asked),
            (QuestionGroupRow, QuestionGroupRow.last_asked),
        ):
            old = select(model.id).where(moment < before).order_by(moment).limit(_AT_ONCE)
            while True:
                with self._database.write() as connection:
                    done = connection.execute(delete(model).where(model.id.in_(old.scalar_subquery()))).rowcount
                gone += done if model is QuestionRow else 0
                if done < _AT_ONCE:
                    break
        return gone

    def forget_conversations(self, before: datetime) -> None:
        """Takes the conversation's number from what was asked before that time."""
        there = (QuestionRow.conversation.is_not(None), QuestionRow.asked < before)
        with self._database.write() as connection:
            connection.execute(update(QuestionRow).where(*there).values(conversation=None))

    def count(self) -> int:
        """How many questions are kept."""
        with self._database.read() as connection:
            return connection.execute(select(func.count()).select_from(QuestionRow)).scalar_one()


def _forms(connection: Connection, keys: Iterable[str]) -> dict[str, tuple[int, int | None]]:
    """Id and group of the known wordings among the keys."""
    wanted = sorted(set(keys))
    found: dict[str, tuple[int, int | None]] = {}
    for first in range(0, len(wanted), _KEYS_AT_ONCE):
        query = select(QuestionFormRow.key, QuestionFormRow.id, QuestionFormRow.group_id)
        some = query.where(QuestionFormRow.key.in_(wanted[first : first + _KEYS_AT_ONCE]))
        found |= {key: (form, group) for key, form, group in connection.execute(some)}
    return found


def _put_forms(
    connection: Connection, new: Sequence[NewForm], questions: Sequence[AskedQuestion]
) -> dict[str, tuple[int, int | None]]:
    if not new:
        return {}
    wanted = {each.group_id for each in new if each.group_id is not None}
    there = set(connection.execute(select(QuestionGroupRow.id).where(QuestionGroupRow.id.in_(wanted))).scalars())
    asked = {each.key: each.asked for each in questions}
    rows: list[dict[str, Any]] = [
        {
            "key": each.key,
            "text": each.text,
            "group_id": each.group_id if each.group_id in there else None,
            "exemplar": each.exemplar and each.group_id in there,
            "times": 0,
            "signature": list(each.signature),
            "last_asked": asked[each.key],
        }
        for each in new
    ]
    connection.execute(insert(QuestionFormRow), rows)
    return _forms(connection, [each.key for each in new])


def _turns(connection: Connection, conversations: Iterable[str]) -> Counter[str]:
    """The last turn of each conversation."""
    wanted = sorted(conversations)
    turns: Counter[str] = Counter()
    for first in range(0, len(wanted), _KEYS_AT_ONCE):
        some = QuestionRow.conversation.in_(wanted[first : first + _KEYS_AT_ONCE])
        query = select(QuestionRow.conversation, func.max(QuestionRow.turn)).where(some)
        for conversation, turn in connection.execute(query.group_by(QuestionRow.conversation)):
            turns[str(conversation)] = turn
    return turns


def _amounts(questions: Sequence[AskedQuestion], rows: Sequence[Mapping[str, Any]]) -> Counter[Counted]:
    amounts: Counter[Counted] = Counter()
    for each, row in zip(questions, rows, strict=True):
        amounts[Counted(each.day, f"asked.{each.kind}", each.department)] += 1
        amounts[Counted(each.day, "asked.milliseconds", each.department)] += each.milliseconds
        amounts[Counted(each.day, "asked.spoken", each.department)] += each.spoken
        amounts[Counted(each.day, "conversations")] += row["turn"] == 1
    return amounts


def _touch(
    connection: Connection, questions: Sequence[AskedQuestion], forms: Mapping[str, tuple[int, int | None]]
) -> None:
    """The last time that wordings and their groups were asked, and how often the wordings."""
    times = Counter(forms[each.key][0] for each in questions)
    last = {forms[each.key][0]: each.asked for each in questions}
    form_change = (
        update(QuestionFormRow)
        .where(QuestionFormRow.id == bindparam("form"))
        .values(last_asked=bindparam("moment"), times=QuestionFormRow.times + bindparam("more"))
    )
    connection.execute(
        form_change, [{"form": form, "moment": moment, "more": times[form]} for form, moment in last.items()]
    )
    groups = {forms[each.key][1]: each.asked for each in questions if forms[each.key][1] is not None}
    if groups:
        group_change = (
            update(QuestionGroupRow)
            .where(QuestionGroupRow.id == bindparam("group"))
            .values(last_asked=bindparam("moment"))
        )
        connection.execute(group_change, [{"group": group, "moment": moment} for group, moment in groups.items()])


def _count_groups(
    connection: Connection,
    questions: Sequence[AskedQuestion],
    forms: Mapping[str, tuple[int, int | None]],
    periods_of: Callable[[date], Iterable[str]],
) -> None:
    asked: Counter[tuple[str, int]] = Counter()
    unanswered: Counter[tuple[str, int]] = Counter()
    for each in questions:
        group = forms[each.key][1]
        if group is None:
            continue
        for period in periods_of(each.day):
            asked[period, group] += 1
            unanswered[period, group] += not each.answered
    rows = [
        {"period": period, "group_id": group, "asked": much, "unanswered": unanswered[period, group]}
        | {"before": 0, "up": 0, "down": 0}
        for (period, group), much in sorted(asked.items())
    ]
    add_up(connection, GroupCountRow, rows, ["asked", "unanswered"])
