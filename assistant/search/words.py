"""The words of a report: each of its texts folded and segmented, once, to be kept with it in the store."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.language import Segmenter, fold_text
from assistant.reports import Report, ReportWords, heading_texts

if TYPE_CHECKING:  # a process that cuts words for another loads no database
    from assistant.store import Indexable


@dataclass(frozen=True)
class Texts:
    """What of a report is segmented, small enough to be sent to another process."""

    title: str
    headings: Sequence[str]
    passages: Sequence[str]


def texts_of(report: "Report | Indexable") -> Texts:
    """The texts of a report, just read or held."""
    if isinstance(report, Report):
        title = f"{report.publisher}\n{report.title}"
        return Texts(title, heading_texts(report.sections), [passage.text for passage in report.passages])
    title = f"{report.summary.publisher}\n{report.summary.title}"
    return Texts(title, report.headings, [passage.text for passage in report.passages])


def cut(texts: Texts, segmenter: Segmenter) -> ReportWords:
    """The words of the texts."""

    def each(some: Iterable[str]) -> list[list[str]]:
        return [segmenter.words(fold_text(text)) for text in some]

    title = segmenter.words(fold_text(texts.title))
    return ReportWords(segmenter.version, title, each(texts.headings), each(texts.passages))
