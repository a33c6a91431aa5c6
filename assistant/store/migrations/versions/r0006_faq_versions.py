"""FAQ entries with versions, review and validity; what was tried before publishing; the words that staff watch."""

import json
from datetime import datetime, timezone

import sqlalchemy as sa
from alembic import op

revision = "r0006"
down_revision = "r0005"


def upgrade() -> None:
    """Makes the new tables, moves each entry over as its own first version, and drops the old ones."""
    _heads()
    op.create_table(
        "faq_versions",
        _text("entry_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        _text("author"),
        sa.Column("saved", sa.DateTime(timezone=True), nullable=False),
        _text("note"),
        sa.ForeignKeyConstraint(["entry_id"], ["faq_heads.id"], name="fk_faq_versions_entry_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id", "number", name="pk_faq_versions"),
    )
    op.create_table(
        "faq_trials",
        _text("entry_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["faq_heads.id"], name="fk_faq_trials_entry_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id", "number", name="pk_faq_trials"),
    )
    op.create_table("watch_words", _text("word"), sa.PrimaryKeyConstraint("word", name="pk_watch_words"))
    _move_over()
    op.drop_table("faq_phrasings")
    op.drop_table("faq_entries")


def _heads() -> None:
    op.create_table(
        "faq_heads",
        _text("id"),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        _text("state"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("live", sa.Integer(), nullable=True),
        sa.Column("reviewed", sa.Integer(), nullable=False),
        _text("question"),
        sa.Column("phrasings", sa.JSON(), nullable=False),
        *(_text(name) for name in ("answer", "publisher", "source", "url")),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("updated", sa.Date(), nullable=True),
        _text("owner"),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("links", sa.JSON(), nullable=False),
        _text("author"),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        _text("remark"),
        sa.PrimaryKeyConstraint("id", name="pk_faq_heads"),
    )
    for column in ("ordinal", "state"):
        op.create_index(f"ix_faq_heads_{column}", "faq_heads", [column])


def _move_over() -> None:
    connection = op.get_bind()
    phrasings: dict[str, list[str]] = {}
    for entry_id, text in connection.execute(
        sa.text("SELECT entry_id, text FROM faq_phrasings ORDER BY entry_id, ordinal")
    ):
        phrasings.setdefault(entry_id, []).append(text)
    now = datetime.now(timezone.utc)
    metadata = sa.MetaData()
    heads = sa.Table("faq_heads", metadata, autoload_with=connection)
    versions = sa.Table("faq_versions", metadata, autoload_with=connection)
    old = sa.Table("faq_entries", metadata, autoload_with=connection)
    for row in connection.execute(sa.select(old)).mappings().all():
        tags = json.loads(row["tags"]) if isinstance(row["tags"], str) else row["tags"]
        shared = {name: row[name] for name in ("question", "answer", "publisher", "source", "url")}
        shared |= {"phrasings": phrasings.get(row["id"], []), "tags": tags, "links": [], "owner": ""}
        is_live = row["state"] == "published"
        content = shared | {"updated": row["updated"] and row["updated"].isoformat()}
        connection.execute(
            heads.insert(),
            shared
            | {name: row[name] for name in ("id", "ordinal", "state", "updated")}
            | {"version": 1, "live": 1 if is_live else None, "reviewed": int(is_live), "author": "", "remark": ""}
            | {"changed": now, "valid_from": None, "valid_until": None},
        )
        connection.execute(
            versions.insert(),
            {"entry_id": row["id"], "number": 1, "content": content, "author": "", "saved": now, "note": ""},
        )


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False)
