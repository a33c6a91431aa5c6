"""Telephones and addresses for mail that the body has published itself: in a draft they are nobody's private matter."""

import re

from assistant.store import Store

_LOCAL = re.compile(r"([0-9]{3,4})[ \-]?([0-9]{4})$")


class PublishedContacts:
    """Knows them by looking into what is published.

    Args:
        store: the published reports and FAQ answers.
        office: the contact of the settings, which citizens are told.
    """

    def __init__(self, store: Store, office: str = "") -> None:
        self._store = store
        self._office = office

    def __call__(self, written: str) -> bool:
        """Whether this telephone or address stands in what is published; a telephone without its area code does."""
        local = _LOCAL.search(written)
        looked_for = local[1] + local[2] if local else written
        return looked_for in self._office or self._store.is_published(looked_for)
