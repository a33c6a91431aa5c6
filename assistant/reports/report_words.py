"""The words of a report, as they are kept with it.

Here and not with the store that keeps them, so that a process that only reads files loads no database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.reports.model import Section


@dataclass(frozen=True)
class ReportWords:
    """The words of a report's texts, folded: what segmentation gave, so that it need be done once only.

    Attributes:
        version: of the segmentation (``Segmenter.version``): words of another version are not mixed with these.
        title: the words of publisher and title.
        headings: those of each distinct heading, in the order of ``heading_texts``.
        passages: those of each passage, in the order of the text.
    """

    version: str
    title: Sequence[str]
    headings: Sequence[Sequence[str]]
    passages: Sequence[Sequence[str]]


def heading_texts(sections: Iterable[Section]) -> tuple[str, ...]:
    """Each heading that stands over a passage, once, in the order of the outline."""
    return tuple(dict.fromkeys(heading for section in sections for heading in section.path))
