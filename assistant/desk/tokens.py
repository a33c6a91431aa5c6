"""Tokens by which other systems use the desk's interface: each has a name, scopes, and an end."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone

from assistant.desk.plain_text import bounded, one_line, written
from assistant.desk.signing_in import token_hash
from assistant.errors import BadInput, NotFound
from assistant.store import Store, StoredToken

# What a token may do, and what people read; a new area of the interface adds its lines.
SCOPES = {
    "people:read": "读人员和部门",
    "audit:read": "读操作记录",
    "messages:read": "读留言（联系方式除外）",
    "reports:read": "读工作台上的报告清单",
}
TOKENS_MOST = 100
TOKEN_NAME_MOST = 60
TOKEN_DAYS_MOST = 730
# So that one that leaks into a log or a repository is known at sight.
_BEGINS = "anan_"
_TOKEN_BYTES = 32
_TOUCH_SECONDS = 60


class Tokens:
    """Makes, checks and takes back tokens; kept is a hash only.

    Args:
        store: where they are kept.
        now: the clock.
    """

    def __init__(self, store: Store, now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)) -> None:
        self._kept = store.tokens
        self._now = now

    def all(self) -> list[StoredToken]:
        """Every token, the newest first."""
        return self._kept.all()

    def make(self, actor: str, name: str, scopes: Sequence[str], days: int) -> tuple[StoredToken, str]:
        """A new token and its secret, which is told this once.

        Raises:
            BadInput: something does not do; the sentence says what.
        """
        plain = bounded(written(one_line(name), "令牌的名称"), TOKEN_NAME_MOST, "令牌的名称")
        if not scopes or not set(scopes) <= set(SCOPES):
            raise BadInput("请至少选一项令牌能做的事。", code="bad_scopes")
        if not 1 <= days <= TOKEN_DAYS_MOST:
            raise BadInput(f"有效期应当在 1 到 {TOKEN_DAYS_MOST} 天之间。", code="bad_days")
        secret = _BEGINS + secrets.token_urlsafe(_TOKEN_BYTES)
        now = self._now()
        chosen = [scope for scope in SCOPES if scope in scopes]
        expires = now + timedelta(days=days)
        return self._kept.add(actor, plain, token_hash(secret), chosen, now, expires, TOKENS_MOST), secret

    def revoke(self, actor: str, token_id: int) -> None:
        """Takes a token back for good.

        Raises:
            NotFound: there is none that counts.
        """
        if not self._kept.revoke(actor, token_id, self._now()):
            raise NotFound("没有这个令牌，或者它已经收回。", code="token_unknown")

    def check(self, secret: str) -> StoredToken | None:
        """The token of this secret, if it still counts."""
        if not secret.startswith(_BEGINS) or len(secret) > 4 * _TOKEN_BYTES:
            return None
        found = self._kept.by_hash(token_hash(secret))
        if found is None or not self.counts(found):
            return None
        now = self._now()
        if found.used is None or (now - found.used).total_seconds() >= _TOUCH_SECONDS:
            self._kept.touch(found.id, now)
        return found

    def counts(self, token: StoredToken) -> bool:
        """Whether it was neither taken back nor is over."""
        return token.revoked is None and token.expires > self._now()


def token_actor(token: StoredToken) -> str:
    """What the audit log calls a system that does something by its token."""
    return f"接口令牌 {token.id}"
