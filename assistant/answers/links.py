"""Links from an FAQ entry to passages of reports: written ``report#anchor@digest``.

A report that is replaced may have other words at the same anchor. So a link keeps a digest of the words it was made
for, and stands for a passage only as long as the report still holds those words, there or elsewhere.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.store import Store, StoredPassage

_LINK = re.compile(r"(?P<report>[0-9a-f]{12})#(?P<anchor>p[0-9]{1,6})(?:@(?P<digest>[0-9a-f]{8}))?")


@dataclass(frozen=True)
class PassageLink:
    """A link taken apart.

    Attributes:
        report_id: the report.
        anchor: the passage's anchor when the link was made.
        digest: of the passage's words then; empty where nobody looked yet.
    """

    report_id: str
    anchor: str
    digest: str = ""

    def __str__(self) -> str:
        return f"{self.report_id}#{self.anchor}" + (f"@{self.digest}" if self.digest else "")


def read_link(text: str) -> PassageLink | None:
    """The link that a text writes; None where it writes none."""
    match = _LINK.fullmatch(text.strip())
    return None if match is None else PassageLink(match["report"], match["anchor"], match["digest"] or "")


def digest_of(passage: str) -> str:
    """What tells a passage's words from others."""
    return hashlib.sha256("".join(passage.split()).encode()).hexdigest()[:8]


def linked_passage(link: PassageLink, passages: Sequence[StoredPassage]) -> StoredPassage | None:
    """The passage that a link stands for among those of its report; None where its words are gone."""
    there = [each for each in passages if each.anchor == link.anchor]
    if not link.digest:
        return there[0] if there else None
    return next((each for each in (*there, *passages) if digest_of(each.text) == link.digest), None)


def linked_passages(store: Store, links: Sequence[str]) -> list[StoredPassage]:
    """The passages that links stand for, each once, in their order; those whose words are gone are left out."""
    found: dict[int, StoredPassage] = {}
    for text in links:
        link = read_link(text)
        passage = linked_passage(link, store.report_passages(link.report_id)) if link else None
        if passage is not None:
            found[passage.id] = passage
    return list(found.values())
