"""Four eyes (双人审核): nobody makes public by themselves what they made, where somebody else could look at it.

In a body with a single reviewer there is nobody else: they may, for a reason, and the log says that they were alone.
"""

from collections.abc import Container

from assistant.errors import AnanError
from assistant.store import Store

CHECKING = frozenset({"reviewer", "admin"})


def is_alone(store: Store, login: str) -> bool:
    """Whether nobody else at the desk may review."""
    return not any(each.active and each.role in CHECKING and each.login != login for each in store.people.all())


def checks_alone(store: Store, login: str, authors: Container[str], reason: str) -> bool:
    """Whether a person lets pass what is their own, for there is nobody else.

    Args:
        store: who works at the desk.
        login: who lets it pass.
        authors: who made it.
        reason: why it cannot wait for somebody else.

    Raises:
        AnanError: it is theirs, and somebody else could look at it (403), or no reason is given (409).
    """
    if login not in authors:
        return False
    if not is_alone(store, login):
        raise AnanError("自己经手的要由另一位审核人发布。", code="own_change", status=403)
    if not reason:
        raise AnanError(
            "这是您自己经手的，而单位里没有别的审核人；仍要发布，请写明理由。", code="reason_missing", status=409
        )
    return True
