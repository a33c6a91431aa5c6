"""What 安安 says: one Answer with its evidence, as it crosses the doors (DESIGN: ``anan ask --json`` and the API)."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.store import ReportSummary

Span = tuple[int, int]
# What the id of an FAQ entry begins with where it is a source; a report's id is hexadecimal.
FAQ_SOURCE = "faq:"


@dataclass(frozen=True)
class Source:
    """The report (or FAQ entry) that a piece of evidence was published in."""

    id: str
    title: str
    publisher: str
    index_number: str
    published: date | None
    year: int | None
    url: str

    @property
    def is_report(self) -> bool:
        """Whether it is a report, with a page of its own."""
        return not self.id.startswith(FAQ_SOURCE)


def source_of(report: ReportSummary) -> Source:
    """A stored report as the source of evidence."""
    return Source(
        id=report.id,
        title=report.title,
        publisher=report.publisher,
        index_number=report.index_number,
        published=report.published,
        year=report.year,
        url=report.url,
    )


@dataclass(frozen=True)
class Evidence:
    """Published words that carry the answer.

    Attributes:
        report: where they were published.
        section: headings from the top down to the passage.
        passage: the words as published.
        start: offset of the passage in the report's text, in characters; 0 for an FAQ entry.
        sentence: the span of ``passage`` that answers, whole sentences.
        highlights: the spans of ``passage`` that hold the answering words, in order, never overlapping.
        score: the ranking's score, comparable within one answer only.
        anchor: fragment of the report page; empty for an FAQ entry and for what stands in the report's head.
        recognised: whether the words were recognised from a picture, so that characters may be misread.
    """

    report: Source
    section: tuple[str, ...]
    passage: str
    start: int
    sentence: Span
    highlights: tuple[Span, ...]
    score: float
    anchor: str
    recognised: bool = False


@dataclass(frozen=True)
class Value:
    """The number that answers.

    Attributes:
        number: in ``unit``, 万 and 亿 multiplied out.
        unit: the measure word or unit; empty where none stands.
        qualifier: the word that makes the number inexact (余, 近, …); None for an exact one.
    """

    number: Decimal
    unit: str
    qualifier: str | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: a whole number as an integer, any other as a float."""
        whole = self.number == self.number.to_integral_value()
        return {
            "number": int(self.number) if whole else float(self.number),
            "unit": self.unit,
            "qualifier": self.qualifier,
        }


@dataclass(frozen=True)
class Answer:
    """One answer. ``text`` is what a citizen reads first and holds no words or numbers that the evidence lacks.

    Attributes:
        question: as asked, after trimming.
        conversation: opaque id that a follow-up question sends back.
        kind: faq, figure, passage, contact, metadata, smalltalk, urgent or none.
        text: short and complete; for kind none it says so and what can be done instead.
        say: the spoken form of ``text``: what the voice reads.
        confidence: 0 to 1; for passages calibrated (docs/confidence.md), for the FAQ the nearness, for small talk 1.
        evidence: best first; empty for smalltalk, urgent and none.
        suggestions: questions the corpus can answer, for buttons.
        value: the number that answers; None where none was asked for.
        understood: what the question was taken to mean where slips in it were forgiven, years counted out or words
            from before taken over; empty where it was taken as asked.
    """

    question: str
    conversation: str
    kind: str
    text: str
    say: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    suggestions: tuple[str, ...] = ()
    value: Value | None = None
    understood: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of DESIGN.md; dates as ISO text."""
        shape = asdict(self)
        for item in shape["evidence"]:
            published = item["report"]["published"]
            item["report"]["published"] = published.isoformat() if published else None
        shape["value"] = self.value.to_dict() if self.value else None
        return shape
