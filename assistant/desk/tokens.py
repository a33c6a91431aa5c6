"""Tokens by which other systems use the desk's interface: each has a name, scopes, and an end.

A token that does more than read acts for a person: what it does counts as theirs, under their role and in their name,
so that nobody reviews with one hand what the other wrote. Only that person ever sees its secret: whoever makes a token
for a colleague leaves it for them to collect.
"""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone

from assistant.desk.people import ROLES
from assistant.desk.plain_text import bounded, one_line, written
from assistant.desk.signing_in import token_hash
from assistant.errors import BadInput, NotFound
from assistant.store import Store, StoredPerson, StoredToken

# What a token may do, and what people read; a new area of the interface adds its lines.
SCOPES = {
    "people:read": "读人员和部门",
    "people:write": "添加和改动人员（管理员除外）、部门",
    "audit:read": "读操作记录",
    "faq:read": "读常见问题和它们的版本",
    "faq:write": "起草、修改、送审常见问题",
    "faq:publish": "审核、发布、归档常见问题",
    "questions:read": "读市民在问的（打了星号的）",
    "questions:write": "处理市民在问的：起草常见问题、加问法、指定段落、标为不在范围",
    "compilations:read": "读热点问题汇编",
    "compilations:write": "起草、修改热点问题汇编",
    "compilations:publish": "公布、撤下热点问题汇编",
    "figures:read": "读统计",
    "messages:read": "读留言（联系方式除外）",
    "messages:write": "领办留言、拟答复",
    "messages:approve": "审核、发布留言的答复",
    "reports:read": "读工作台上的报告",
    "reports:write": "上传、更正报告",
    "reports:publish": "发布、撤下报告",
    "words:read": "读词表和它们的版本",
    "words:write": "试、提交词表的改动",
    "words:approve": "通过、退回词表的改动",
}
# Those that change something: the roles of which the person must be one.
_CHECKING = frozenset({"reviewer", "admin"})
ACTING = {
    "people:write": frozenset({"admin"}),
    "faq:write": frozenset(ROLES),
    "faq:publish": _CHECKING,
    "questions:write": frozenset(ROLES),
    "compilations:write": frozenset(ROLES),
    "compilations:publish": _CHECKING,
    "messages:write": frozenset(ROLES),
    "messages:approve": _CHECKING,
    "reports:write": frozenset(ROLES),
    "reports:publish": _CHECKING,
    "words:write": _CHECKING,
    "words:approve": _CHECKING,
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
        self._people = store.people
        self._now = now

    def all(self) -> list[StoredToken]:
        """Every token, the newest first."""
        return self._kept.all()

    def held_by(self, login: str) -> list[StoredToken]:
        """The tokens that count and act for this person, collected or waiting for them, the newest first."""
        return [each for each in self._kept.all() if each.acts_for == login and self.counts(each)]

    def make(
        self, actor: str, name: str, scopes: Sequence[str], days: int, acts_for: str = ""
    ) -> tuple[StoredToken, str]:
        """A new token and its secret, which is told this once; empty where a colleague is to collect it.

        Args:
            actor: the login of the admin who makes it.
            name: which system gets it.
            scopes: what it may do, of ``SCOPES``.
            days: how long.
            acts_for: the login of the person it acts for; empty where it only reads.

        Raises:
            BadInput: something does not do; the sentence says what.
        """
        plain = bounded(written(one_line(name), "令牌的名称"), TOKEN_NAME_MOST, "令牌的名称")
        if not scopes or not set(scopes) <= set(SCOPES):
            raise BadInput("请至少选一项令牌能做的事。", code="bad_scopes")
        if not 1 <= days <= TOKEN_DAYS_MOST:
            raise BadInput(f"有效期应当在 1 到 {TOKEN_DAYS_MOST} 天之间。", code="bad_days")
        self._check_person(acts_for, scopes)
        secret = _new_secret()
        now = self._now()
        chosen = [scope for scope in SCOPES if scope in scopes]
        expires = now + timedelta(days=days)
        made = self._kept.add(actor, plain, token_hash(secret), chosen, acts_for, now, expires, TOKENS_MOST)
        return made, secret if made.collected else ""

    def collect(self, login: str, token_id: int) -> str:
        """The secret of a token that waits for this person, told this once.

        Raises:
            NotFound: none waits for them under this id.
        """
        secret = _new_secret()
        if not self._kept.collect(login, token_id, token_hash(secret), self._now()):
            raise NotFound("没有等您领取的这个令牌，它可能已经领过、收回或到期。", code="token_unknown")
        return secret

    def give_up(self, login: str, token_id: int) -> None:
        """Takes back a token that acts for this person, by themselves.

        Raises:
            NotFound: there is none that counts.
        """
        if not self._kept.revoke(login, token_id, self._now(), login):
            raise NotFound("没有这个令牌，或者它已经收回。", code="token_unknown")

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
        if found is None or found.collected is None or not self.counts(found):
            return None
        now = self._now()
        if found.used is None or (now - found.used).total_seconds() >= _TOUCH_SECONDS:
            self._kept.touch(found.id, now)
        return found

    def counts(self, token: StoredToken) -> bool:
        """Whether it was neither taken back nor is over."""
        return token.revoked is None and token.expires > self._now()

    def person_of(self, token: StoredToken) -> StoredPerson | None:
        """The person a token acts for, as of now; None where their account is closed or it acts for nobody."""
        person = self._people.by_login(token.acts_for) if token.acts_for else None
        return person if person is not None and person.active else None

    def _check_person(self, login: str, scopes: Sequence[str]) -> None:
        acting = [scope for scope in scopes if scope in ACTING]
        if acting and not login:
            raise BadInput("能改动内容的令牌要代一个人办事，请选择是谁。", code="token_for_nobody")
        if not login:
            return
        person = self._people.by_login(login)
        if person is None or not person.active:
            raise BadInput("没有这个账号，或者它已经停用。", code="not_active")
        beyond = [SCOPES[scope] for scope in acting if person.role not in ACTING[scope]]
        if beyond:
            raise BadInput(f"{person.name} 的角色不能{beyond[0]}。", code="bad_scopes")


def token_hand(token: StoredToken) -> str:
    """What the audit log calls a token by which a person does something."""
    return f"接口令牌 {token.id}"


def _new_secret() -> str:
    return _BEGINS + secrets.token_urlsafe(_TOKEN_BYTES)
