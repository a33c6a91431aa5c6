"""Tokens of other systems for the desk; each method is one transaction, what changes is in the audit log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from assistant.errors import BadInput
from assistant.store.audit_table import record
from assistant.store.database import Database
from assistant.store.desk_models import DeskTokenRow
from assistant.store.desk_records import StoredToken

_COLUMNS = tuple(getattr(DeskTokenRow, name) for name in StoredToken.__dataclass_fields__)
_TOKEN = select(*_COLUMNS)


class TokenTable:
    """Tokens in and out of their table; usable and failing like ``MessageTable``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[StoredToken]:
        """Every token, the newest first."""
        with self._database.read() as connection:
            return [_stored(row) for row in connection.execute(_TOKEN.order_by(DeskTokenRow.id.desc()))]

    def by_hash(self, token_hash: str) -> StoredToken | None:
        """The token with this hash, whether it still counts or not."""
        with self._database.read() as connection:
            row = connection.execute(_TOKEN.where(DeskTokenRow.token_hash == token_hash)).one_or_none()
        return None if row is None else _stored(row)

    def add(
        self,
        actor: str,
        name: str,
        token_hash: str,
        scopes: Sequence[str],
        acts_for: str,
        created: datetime,
        expires: datetime,
        most: int,
    ) -> StoredToken:
        """Keeps a new token; collected where it acts for nobody but who made it.

        Raises:
            BadInput: there are ``most`` that still count.
        """
        row = {"name": name, "token_hash": token_hash, "scopes": list(scopes), "made_by": actor, "acts_for": acts_for}
        collected = created if acts_for in ("", actor) else None
        good = (DeskTokenRow.revoked.is_(None), DeskTokenRow.expires > created)
        with self._database.write() as connection:
            if connection.execute(select(func.count()).select_from(DeskTokenRow).where(*good)).scalar_one() >= most:
                raise BadInput(f"有效的令牌已有 {most} 个，请先收回不用的。", code="tokens_full")
            added = insert(DeskTokenRow).returning(*_COLUMNS)
            times = {"created": created, "collected": collected, "expires": expires}
            made = _stored(connection.execute(added, {**row, **times}).one())
            shown = {"name": name, "scopes": list(scopes), "expires": expires.isoformat(timespec="seconds")}
            shown |= {"acts_for": acts_for} if acts_for else {}
            record(connection, actor, "token.made", f"token:{made.id}", shown)
        return made

    def collect(self, actor: str, token_id: int, token_hash: str, now: datetime) -> bool:
        """Gives a token that waits for ``actor`` its secret; False when none waits for them under this id."""
        waiting = (
            DeskTokenRow.id == token_id,
            DeskTokenRow.acts_for == actor,
            DeskTokenRow.collected.is_(None),
            DeskTokenRow.revoked.is_(None),
            DeskTokenRow.expires > now,
        )
        with self._database.write() as connection:
            name = connection.execute(select(DeskTokenRow.name).where(*waiting)).scalar()
            if name is None:
                return False
            connection.execute(update(DeskTokenRow).where(*waiting).values(token_hash=token_hash, collected=now))
            record(connection, actor, "token.collected", f"token:{token_id}", {"name": name})
        return True

    def revoke(self, actor: str, token_id: int, now: datetime, acts_for: str | None = None) -> bool:
        """Takes a token back for good; False when there is none that counts under this id.

        Args:
            actor: who does it.
            token_id: of the token.
            now: when.
            acts_for: only where it acts for this person; None for any.
        """
        standing = [DeskTokenRow.id == token_id, DeskTokenRow.revoked.is_(None)]
        standing += [] if acts_for is None else [DeskTokenRow.acts_for == acts_for]
        with self._database.write() as connection:
            name = connection.execute(select(DeskTokenRow.name).where(*standing)).scalar()
            if name is None:
                return False
            connection.execute(update(DeskTokenRow).where(*standing).values(revoked=now))
            record(connection, actor, "token.revoked", f"token:{token_id}", {"name": name})
        return True

    def touch(self, token_id: int, now: datetime) -> None:
        """Notes that a token was used."""
        with self._database.write() as connection:
            connection.execute(update(DeskTokenRow).where(DeskTokenRow.id == token_id).values(used=now))


def _stored(row: Any) -> StoredToken:
    return StoredToken(**{**row._mapping, "scopes": tuple(row.scopes)})
