"""Passwords of staff: which will do, and keeping them as argon2 hashes."""

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from assistant.errors import BadInput, Busy

if TYPE_CHECKING:
    from argon2 import PasswordHasher

PASSWORD_LEAST = 10
PASSWORD_MOST = 128
# Fewer different characters than this are a pattern, not a password.
_DISTINCT_LEAST = 5
# The second choice of RFC 9106, for machines of any size: three passes over 64 MiB, four lanes.
PASSES = 3
MEMORY_KIB = 64 * 1024
LANES = 4
# One hash takes 64 MiB and a core for a moment: two at once, a few more wait, the rest come again.
_AT_ONCE = 2
_WAITING_MOST = 6
_PATIENCE_SECONDS = 5.0
_TURNS = threading.BoundedSemaphore(_AT_ONCE)
_PLACES = threading.BoundedSemaphore(_WAITING_MOST)
# What leaked lists begin with, here and elsewhere, and keys side by side; digits and signs around them add nothing.
_COMMON = frozenset(
    """
    password passw0rd p@ssw0rd p@ssword admin administrator root test guest user welcome letmein login master system
    qwerty qwertyuiop qwertyuio asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc 1qaz2wsx 1qaz2wsx3edc q1w2e3r4
    q1w2e3r4t5 qweasd qweasdzxc abc abcd abcdef abcdefg abcdefgh abcabc iloveyou dragon monkey football sunshine
    princess woaini woaini1314 woaiwojia nihao nihaoma zhongguo beijing shanghai zhengfu zhengwu gongkai huawei
    tencent taobao weixin anan anananan anan安安 password密码 china chinese changeme default secret
    """.split()
)
_RUNS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def check_password(password: str, login: str = "") -> str:
    """The password as it is kept and compared: width and composition of its characters made one.

    Raises:
        BadInput: it is too short, too long, or what everybody tries first.
    """
    typed = normal(password)
    if len(typed) < PASSWORD_LEAST:
        raise BadInput(f"密码至少要 {PASSWORD_LEAST} 个字符，建议用几个不相干的词连成一句。", code="password_short")
    if len(typed) > PASSWORD_MOST:
        raise BadInput(f"密码最多 {PASSWORD_MOST} 个字符。", code="password_long")
    if _is_common(typed.lower(), login):
        raise BadInput(
            "这个密码太容易猜到：不要用登录名、全是数字、常见的词或键盘上相连的键，请换一个。", code="password_common"
        )
    return typed


def normal(password: str) -> str:
    """One writing for what looks the same: a full-width letter is its half-width one (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def hashed(password: str) -> str:
    """The argon2id hash of a checked password, with its salt and costs.

    Raises:
        Busy: too many are being computed.
    """
    with _turn():
        return _hasher().hash(password.encode("utf-8", "surrogatepass"))


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether this is the password of the hash; as slow for nobody's (None) as for somebody's.

    Raises:
        Busy: too many are being computed.
    """
    from argon2.exceptions import InvalidHashError, VerificationError

    with _turn():
        nobody = _nobody()
        given = normal(password[: 2 * PASSWORD_MOST]).encode("utf-8", "surrogatepass")
        try:
            _hasher().verify(password_hash or nobody, given)
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def _is_common(typed: str, login: str) -> bool:
    if typed.isdigit() or len(set(typed)) < _DISTINCT_LEAST:
        return True
    if login and (login in typed or login[::-1] in typed) and len(typed) - len(login) < PASSWORD_LEAST:
        return True
    core = typed.strip("0123456789!@#$%^&*().,?_- ")
    if core in _COMMON or typed in _COMMON or len(core) <= 2:
        return True
    half = len(typed) // 2
    return typed[:half] == typed[half : 2 * half] or any(typed in run or typed[::-1] in run for run in _RUNS)


@contextmanager
def _turn() -> Iterator[None]:
    """One of the few that compute at once.

    Raises:
        Busy: too many wait already, or it takes too long.
    """
    if not _PLACES.acquire(blocking=False):
        raise Busy("正在登录的人太多，请稍等几秒再试。")
    try:
        if not _TURNS.acquire(timeout=_PATIENCE_SECONDS):
            raise Busy("正在登录的人太多，请稍等几秒再试。")
        try:
            yield
        finally:
            _TURNS.release()
    finally:
        _PLACES.release()


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


@cache
def _nobody() -> str:
    """A hash that no password has, as dear to compare with as any."""
    return _hasher().hash(b"nobody's password")
