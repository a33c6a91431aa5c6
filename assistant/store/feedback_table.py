"""What citizens thought of answers; each method is one transaction."""

import hashlib
from datetime import datetime

from sqlalchemy import case, delete, func, insert, select

from assistant.store.daily_table import Counted, count, local_day
from assistant.store.database import Database
from assistant.store.models import FeedbackRow
from assistant.store.records import FeedbackCount, StoredFeedback

_FEEDBACK = select(
    FeedbackRow.conversation,
    FeedbackRow.question,
    FeedbackRow.kind,
    FeedbackRow.verdict,
    FeedbackRow.reason,
    FeedbackRow.given,
)


class FeedbackTable:
    """Feedback in and out of its table; like ``MessageTable`` in all else."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, feedback: StoredFeedback, before: datetime, most: int) -> None:
        """Keeps it in the place of what the same conversation said of the same question.

        Drops what was given before ``before``, and the oldest of more than ``most``.
        """
        key = hashlib.sha256(feedback.question.encode()).hexdigest()
        same = (FeedbackRow.conversation == feedback.conversation, FeedbackRow.question_key == key)
        with self._database.write() as connection:
            for verdict, given in connection.execute(select(FeedbackRow.verdict, FeedbackRow.given).where(*same)):
                count(connection, {Counted(local_day(given), f"thumbs.{verdict}"): -1})
            count(connection, {Counted(local_day(feedback.given), f"thumbs.{feedback.verdict}"): 1})
            connection.execute(delete(FeedbackRow).where(*same))
            connection.execute(delete(FeedbackRow).where(FeedbackRow.given < before))
            connection.execute(insert(FeedbackRow), {**vars(feedback), "question_key": key})
            newest = select(FeedbackRow.given).order_by(FeedbackRow.given.desc())
            # Of those of the same moment all stay or all go: a bound, not a count.
            oldest_kept = connection.execute(newest.offset(most).limit(1)).scalar()
            if oldest_kept is not None:
                connection.execute(delete(FeedbackRow).where(FeedbackRow.given <= oldest_kept))

    def counts(self, since: datetime) -> list[FeedbackCount]:
        """How many answers of each kind were found good and bad since then, the most judged kind first."""
        up = func.sum(case((FeedbackRow.verdict == "up", 1), else_=0))
        query = (
            select(FeedbackRow.kind, up, func.count() - up)
            .where(FeedbackRow.given >= since)
            .group_by(FeedbackRow.kind)
            .order_by(func.count().desc(), FeedbackRow.kind)
        )
        with self._database.read() as connection:
            return [FeedbackCount(*row) for row in connection.execute(query)]

    def newest_down(self, since: datetime, limit: int) -> list[StoredFeedback]:
        """The newest that were found bad since then, the newest first."""
        query = _FEEDBACK.where(FeedbackRow.verdict == "down", FeedbackRow.given >= since)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(FeedbackRow.given.desc()).limit(limit))
            return [StoredFeedback(*row) for row in rows]
