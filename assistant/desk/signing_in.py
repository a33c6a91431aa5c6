"""Signing in to the desk: password, code, sessions that end, and tries that are counted."""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from assistant.desk.passwords import is_right
from assistant.desk.people import Person, folded_login, person_of
from assistant.desk.totp import matching_step
from assistant.errors import AnanError, BadInput
from assistant.store import Store, StoredSession

# Tries within the window before the account, the address, or the second step rests; a right one clears the account's.
ACCOUNT_TRIES = 10
ADDRESS_TRIES = 50
CODE_TRIES = 6
WINDOW_MINUTES = 15
# How long the second step waits for its code.
CODE_MINUTES = 5
# Browsers of one person at once; the one used longest ago is signed out.
SESSIONS_MOST = 10
# A session's last use is written so often.
_TOUCH_SECONDS = 60
_TIDY_SECONDS = 600.0
_TOKEN_BYTES = 32
_WRONG = "登录名或密码不对。"


@dataclass(frozen=True)
class Session:
    """A browser whose token was good.

    Attributes:
        token: the secret in its cookie.
        token_hash: what the store knows it by.
        person: who it is.
        awaits_code: the code is still to come: nothing may be done yet.
        must_change: the password was set by somebody else and has to be changed first.
        has_totp: whether this account is asked for codes.
    """

    token: str
    token_hash: str
    person: Person
    awaits_code: bool
    must_change: bool
    has_totp: bool


class SigningIn:
    """Lets staff in and out.

    Args:
        store: where sessions and tries are kept.
        hours: a session ends so long after it began.
        idle_minutes: or so long after it was last used.
        now: the clock.
    """

    def __init__(
        self,
        store: Store,
        hours: int,
        idle_minutes: int,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._people = store.people
        self._sessions = store.sessions
        self._longest = timedelta(hours=hours)
        self._idle = timedelta(minutes=idle_minutes)
        self._now = now
        self._lock = threading.Lock()
        self._next_tidying = 0.0

    def enter(self, login: str, password: str, address: str) -> Session:
        """A new session for a right login and password; where a code is needed too, it awaits it.

        What is wrong is never told apart, neither in words nor in time.

        Raises:
            BadInput: wrong.
            AnanError: too many tries (429).
            Busy: too many sign in at once.
        """
        known = folded_login(login)
        account, place = _key("account", known), _key("address", address)
        self._count_try({account: ACCOUNT_TRIES, place: ADDRESS_TRIES})
        found = self._people.by_login(known)
        right = is_right(password, found.password_hash if found else None)
        if found is None or not right or not found.active:
            reason = "unknown" if found is None else "password" if found.active else "closed"
            self._sessions.refused(found.login if found else None, reason)
            raise BadInput(_WRONG, code="login_wrong")
        self._sessions.forget_tries(account, place)
        return self._open(found.id, awaits_code=found.totp_secret is not None)

    def enter_code(self, session: Session, code: str) -> Session:
        """A whole session in the place of one that awaits its code.

        Raises:
            BadInput: a wrong code.
            AnanError: too many tries (429).
        """
        key = _key("code", session.person.login)
        self._count_try({key: CODE_TRIES})
        found = self._people.get(session.person.id)
        secret = found.totp_secret if found else None
        step = matching_step(secret, code, self._now().timestamp(), found.totp_step) if found and secret else None
        if found is None or step is None or not self._people.use_step(found.id, step):
            self._sessions.refused(session.person.login, "code")
            raise BadInput("动态码不对，请输入应用里现在显示的 6 位数字。", code="bad_code")
        self._sessions.forget_tries(key)
        self._sessions.close(session.token_hash)
        return self._open(found.id, awaits_code=False)

    def session(self, token: str) -> Session | None:
        """The session of this token, if it is still good."""
        if not token or len(token) > 4 * _TOKEN_BYTES:
            return None
        stored = self._sessions.get(token_hash(token))
        if stored is None or not self._is_good(stored):
            return None
        if (self._now() - stored.used).total_seconds() >= _TOUCH_SECONDS:
            self._sessions.touch(stored.token_hash, self._now())
        return _session(token, stored)

    def forgive(self, login: str) -> None:
        """Forgets the tries at this account: the operator set a new password."""
        for kind in ("account", "code"):
            self._sessions.forget_tries(_key(kind, login))

    def leave(self, session: Session) -> None:
        """Ends this session."""
        self._sessions.close(session.token_hash)

    def leave_everywhere(self, actor: str, person_id: int) -> int:
        """Ends every session of a person; how many there were."""
        return self._sessions.close_all(actor, person_id)

    def browsers(self, person_id: int) -> int:
        """How many browsers a person is signed in with."""
        return self._sessions.count(person_id)

    def _open(self, person_id: int, *, awaits_code: bool) -> Session:
        self._tidy_now_and_then()
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        digest = token_hash(token)
        opened = self._sessions.open(digest, person_id, self._now(), awaits_code=awaits_code, most=SESSIONS_MOST)
        stored = self._sessions.get(digest) if opened else None
        if stored is None:  # closed at this very moment
            raise BadInput(_WRONG, code="login_wrong")
        return _session(token, stored)

    def _is_good(self, stored: StoredSession) -> bool:
        now = self._now()
        longest = timedelta(minutes=CODE_MINUTES) if stored.awaits_code else self._longest
        return stored.person.active and now - stored.created < longest and now - stored.used < self._idle

    def _count_try(self, most: dict[str, int]) -> None:
        now = self._now()
        if not self._sessions.may_try(most, now - timedelta(minutes=WINDOW_MINUTES), now):
            raise AnanError(f"试的次数太多了，请过 {WINDOW_MINUTES} 分钟再试。", code="too_many_tries", status=429)

    def _tidy_now_and_then(self) -> None:
        with self._lock:
            due = time.monotonic() >= self._next_tidying
            if due:
                self._next_tidying = time.monotonic() + _TIDY_SECONDS
        if due:
            now = self._now()
            self._sessions.tidy(now - self._longest, now - self._idle)


def token_hash(token: str) -> str:
    """What the store knows a token by: 256 random bits need no salt."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _key(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "surrogatepass")).hexdigest()


def _session(token: str, stored: StoredSession) -> Session:
    person = stored.person
    return Session(
        token,
        stored.token_hash,
        person_of(person),
        stored.awaits_code,
        person.must_change,
        person.totp_secret is not None,
    )
