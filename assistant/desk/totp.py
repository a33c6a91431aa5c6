"""One-time codes by time (TOTP, RFC 6238) as every authenticator app makes them: SHA-1, 30 seconds, six digits."""

import base64
import hashlib
import hmac
import secrets
from urllib.parse import quote

_SECONDS = 30
_DIGITS = 6
# 160 bits, as RFC 4226 recommends; a multiple of five has no padding in base32.
_SECRET_BYTES = 20
# Clocks of telephones are a little off: one step earlier or later is taken too.
_STEPS_OFF = 1


def new_secret() -> str:
    """A new secret in base32."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def code_at(secret: str, step: int, digits: int = _DIGITS) -> str:
    """The code of a time step (RFC 4226, section 5.3).

    Args:
        secret: base32.
        step: seconds since 1970 by 30.
        digits: how many the code has.
    """
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[-1] & 0x0F
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: str, typed: str, now: float, after: int = 0) -> int | None:
    """The time step, later than ``after``, whose code was typed; None when there is none.

    Args:
        secret: base32.
        typed: what was typed; spaces do not matter.
        now: seconds since 1970.
        after: the last step whose code was taken: none is taken twice.
    """
    code = "".join(typed.split())
    if not (code.isascii() and code.isdigit() and len(code) == _DIGITS):
        return None
    current = int(now) // _SECONDS
    found = None
    for step in range(current - _STEPS_OFF, current + _STEPS_OFF + 1):
        if hmac.compare_digest(code_at(secret, step), code) and step > after:
            found = step
    return found


def enrolment_address(secret: str, login: str) -> str:
    """What an authenticator app reads from the QR code."""
    return f"otpauth://totp/{quote('安安')}:{quote(login)}?secret={secret}&issuer={quote('安安')}"
