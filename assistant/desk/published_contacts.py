"""Telephones and addresses for mail that the body has published itself: in a draft they are nobody's private matter.

What is published is read once for each change of it, and of that only what is new; numbers are compared by their
digits, whole, however they are written.
"""

import re
import threading
from collections.abc import Iterator
from datetime import datetime

from assistant.desk.personal_data import find_personal_data, in_figures
from assistant.desk.sensitive import OFFICIAL
from assistant.store import Store

_PIECE = re.compile(r"[^。；;\n]+")
# What a telephone is called by, and what is in every telephone with its area code and in every address: a piece without
# any of these, which most of a report is, is not looked at closely.
_CALLED = ("电话", "热线", "传真", "拨打", "致电", "联系")
_HINTS = (*_CALLED, "@", "＠", "+86", "＋86", "＋８６")
_AREA_CODE = re.compile(r"(?<![0-9０-９])[0０][0-9０-９]{2,3}[ \-—–)）]?[ \-—–]?[2-9２-９]")
# A telephone without its area code is told from an amount by what it is called.
_LOCAL = re.compile(r"(?<![0-9*])(?:[2-9][0-9]{2,3})[ \-]?[0-9]{4}(?![0-9*]|[ ]?[万亿余多个件条次元人])")
_AREA = re.compile(r"(?:86)?0?(?P<area>10|2[0-9]|[3-9][0-9]{2})(?P<local>[2-9][0-9]{6,7})")


# The content hash of a report; the id, live version and last change of an entry.
_Source = str | tuple[str, int, datetime]


class PublishedContacts:
    """Knows them by looking into what is published.

    Args:
        store: the published reports and FAQ answers.
        office: the contact of the settings, which citizens are told.
    """

    def __init__(self, store: Store, office: str = "") -> None:
        self._store = store
        self._office = frozenset(_contacts(office, called=True))
        self._lock = threading.Lock()
        self._revision = -1
        self._by_source: dict[_Source, frozenset[str]] = {}
        self._all: frozenset[str] = frozenset()

    def __call__(self, written: str) -> bool:
        """Whether this telephone or address is published, the telephone with its area code or without one."""
        known = _normal(written)
        area = _AREA.fullmatch(known)
        asked_for = {known, area["local"]} if area else {known}
        return not asked_for.isdisjoint(self._office) or not asked_for.isdisjoint(self._published())

    def _published(self) -> frozenset[str]:
        with self._lock:
            revision = self._store.revision()
            if revision != self._revision:
                self._by_source = self._of_reports() | self._of_answers()
                self._all = frozenset().union(*self._by_source.values())
                self._revision = revision
            return self._all

    def _of_reports(self) -> dict[_Source, frozenset[str]]:
        hashes = self._store.content_hashes()
        found: dict[_Source, frozenset[str]] = {}
        found |= {each: self._by_source[each] for each in hashes if each in self._by_source}
        for content_hash, text in self._store.texts_with(hashes - found.keys()):
            found[content_hash] = frozenset(_contacts(text))
        return found

    def _of_answers(self) -> dict[_Source, frozenset[str]]:
        live = self._store.faq_table.live()
        found: dict[_Source, frozenset[str]] = {}
        found |= {each: self._by_source[each] for each in live if each in self._by_source}
        answers = self._store.faq_table.live_answers({each[0] for each in live if each not in found})
        for each in live - found.keys():
            found[each] = frozenset(_contacts(answers.get(each[0], "")))
        return found


def _contacts(text: str, *, called: bool = False) -> Iterator[str]:
    """The telephones and addresses in a text, as they are compared.

    Args:
        text: any text.
        called: whether every number in it is a telephone.
    """
    for match in _PIECE.finditer(text):
        piece = match[0]
        if not called and not any(hint in piece for hint in _HINTS) and not _AREA_CODE.search(piece):
            continue
        rest = list(in_figures(piece))
        for found in find_personal_data(piece):
            if found.kind in OFFICIAL:
                yield _normal(piece[found.start : found.end])
            rest[found.start : found.end] = "*" * (found.end - found.start)
        if called or any(word in piece for word in _CALLED):
            for number in _LOCAL.finditer("".join(rest)):
                yield _normal(number[0])


def _normal(written: str) -> str:
    """An address in small letters, a telephone as its digits: with the area code, but neither 86 nor a 0 before it."""
    plain = in_figures(written)
    if "@" in plain:
        return plain.lower()
    digits = "".join(char for char in plain if char.isdigit())
    area = _AREA.fullmatch(digits)
    return area["area"] + area["local"] if area else digits
