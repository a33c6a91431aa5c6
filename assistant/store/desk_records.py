"""What the desk's tables hand out, free of connections."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class StoredPerson:
    """One account as it is kept.

    Attributes:
        id: never used twice.
        login: what is typed to sign in; never changes.
        name: what colleagues read.
        role: editor, reviewer or admin.
        department: may be empty.
        password_hash: argon2 in its own encoding.
        must_change: whether the password was set by somebody else and has to be changed first.
        totp_secret: base32; None where no code is asked for.
        totp_offered: the secret that waits for its first code.
        totp_step: the last time step whose code was taken; none is taken twice.
        active: whether the account may sign in.
        created: when it was made.
    """

    id: int
    login: str
    name: str
    role: str
    department: str
    password_hash: str
    must_change: bool
    totp_secret: str | None
    totp_offered: str | None
    totp_step: int
    active: bool
    created: datetime


@dataclass(frozen=True)
class StoredSession:
    """One signed-in browser.

    Attributes:
        token_hash: SHA-256 of the token in its cookie, in hexadecimal digits.
        person: who it is, as of now.
        awaits_code: the password was right, the code is still to come.
        created: when it began.
        used: when it was last used, within a minute.
    """

    token_hash: str
    person: StoredPerson
    awaits_code: bool
    created: datetime
    used: datetime


@dataclass(frozen=True)
class AuditEntry:
    """One thing that was done at the desk or by the operator.

    Attributes:
        sequence: counts from 1 without gaps.
        at: the time in UTC, ISO 8601 with microseconds.
        actor: the login of who did it, or 命令行.
        action: what, in dotted words: ``person.added``.
        subject: what it was done to: ``person:zhang``.
        details: what else is worth knowing; never a secret.
        hash: SHA-256 over the hash before and this entry.
    """

    sequence: int
    at: str
    actor: str
    action: str
    subject: str
    details: dict[str, Any]
    hash: str


@dataclass(frozen=True)
class StoredToken:
    """One token of another system.

    Attributes:
        id: never used twice.
        name: which system has it.
        scopes: what it may do: ``people:read`` and the like.
        made_by: the login of the admin who made it.
        acts_for: the login of the person in whose name it does what it does; empty where it only reads.
        created: when.
        collected: when its secret was shown to who holds it; None as long as it waits for them.
        expires: when it ends.
        revoked: when it was taken back; None while it was not.
        used: when it was last used, within a minute.
    """

    id: int
    name: str
    scopes: tuple[str, ...]
    made_by: str
    acts_for: str
    created: datetime
    collected: datetime | None
    expires: datetime
    revoked: datetime | None
    used: datetime | None
