"""What is asked: questions and their groups, counts by day, proposed phrasings, compilations.

The verdicts that there are already are counted by their days, so that the figures begin with them.
"""

from collections import Counter
from datetime import datetime, timezone

import sqlalchemy as sa
from alembic import op

revision = "r0009"
down_revision = "r0008"


def upgrade() -> None:
    """One row a wording, a question, a group, a group in a period, a count of a day."""
    op.create_table(
        "daily_counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "measure", "department", name="pk_daily_counts"),
    )
    op.create_table(
        "question_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_asked", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_question_groups"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_question_groups_last_asked", "question_groups", ["last_asked"])
    op.create_table(
        "group_counts",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("up", sa.Integer(), nullable=False),
        sa.Column("down", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("period", "group_id", name="pk_group_counts"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["question_groups.id"], name="fk_group_counts_group_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_group_counts_group_id", "group_counts", ["group_id"])
    op.create_index("ix_group_counts_period_asked", "group_counts", ["period", "asked"])
    op.create_index("ix_group_counts_period_unanswered_asked", "group_counts", ["period", "unanswered", "asked"])
    op.create_table(
        "question_forms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("exemplar", sa.Boolean(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("signature", sa.JSON(), nullable=False),
        sa.Column("last_asked", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_question_forms"),
        sa.UniqueConstraint("key", name="uq_question_forms_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_question_forms_group_id", "question_forms", ["group_id"])
    op.create_index("ix_question_forms_last_asked", "question_forms", ["last_asked"])
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("confidence_percent", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("spoken", sa.Boolean(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sa.ForeignKeyConstraint(["form_id"], ["question_forms.id"], name="fk_questions_form_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_questions_asked", "questions", ["asked"])
    op.create_index("ix_questions_conversation", "questions", ["conversation"])
    op.create_index("ix_questions_form_id_asked", "questions", ["form_id", "asked"])
    op.create_table(
        "phrasing_suggestions",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_then", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "entry_id", name="pk_phrasing_suggestions"),
    )
    op.create_index("ix_phrasing_suggestions_last_seen", "phrasing_suggestions", ["last_seen"])
    op.create_table(
        "compilations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("newest_version", sa.Integer(), nullable=False),
        sa.Column("published_version", sa.Integer(), nullable=True),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_compilations"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "compilation_versions",
        sa.Column("compilation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("editor", sa.Text(), nullable=False),
        sa.Column("saved", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("compilation_id", "version", name="pk_compilation_versions"),
        sa.ForeignKeyConstraint(
            ["compilation_id"], ["compilations.id"], name="fk_compilation_versions_compilation_id", ondelete="CASCADE"
        ),
    )
    _count_what_there_is()


def _count_what_there_is() -> None:
    connection = op.get_bind()
    counts: Counter[tuple[object, str]] = Counter()
    for given, verdict in connection.execute(
        sa.text("SELECT given, verdict FROM feedback").columns(*_moments("given"), _VERDICT)
    ):
        counts[_day(given), f"thumbs.{verdict}"] += 1
    rows = [{"day": day, "measure": name, "department": "", "amount": amount} for (day, name), amount in counts.items()]
    if rows:
        table = sa.table(
            "daily_counts", sa.column("day", sa.Date()), *map(sa.column, ("measure", "department", "amount"))
        )
        connection.execute(sa.insert(table), rows)


_VERDICT: sa.ColumnClause[str] = sa.column("verdict", sa.Text())


def _moments(*names: str) -> list["sa.ColumnClause[datetime]"]:
    return [sa.column(name, sa.DateTime(timezone=True)) for name in names]


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment


def _day(moment: datetime) -> object:
    """The day at the server's place."""
    return _aware(moment).astimezone().date()
