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


def _plain(number: Decimal) -> int | float:
    """A whole number as an integer, any other as a float."""
    return int(number) if number == number.to_integral_value() else float(number)


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
        return {"number": _plain(self.number), "unit": self.unit, "qualifier": self.qualifier}


@dataclass(frozen=True)
class Change:
    """How much a number is more (or less, then negative) than another: worked out here, printed nowhere.

    Attributes:
        of: position of the row whose number it is about.
        than: position of the row it is compared with.
        number: the difference, in their unit.
        percent: the same in hundredths of the other number, to one place; None where that one is zero or less, and
            for numbers that are shares themselves.
        text: the difference with its sign and unit, as a table shows it (+3.6万人).
    """

    of: int
    than: int
    number: Decimal
    percent: Decimal | None
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        percent = None if self.percent is None else _plain(self.percent)
        number = _plain(self.number)
        return {"of": self.of, "than": self.than, "number": number, "percent": percent, "text": self.text}


@dataclass(frozen=True)
class ComparedRow:
    """One number of a comparison.

    Attributes:
        publisher: whose it is.
        year: of which year.
        printed: as printed.
        value: the number.
        evidence: position in ``Answer.evidence`` of the place it stands in.
        change: against the row before it, of the year before it that has one; None where there is none.
    """

    publisher: str
    year: int
    printed: str
    value: Value
    evidence: int
    change: Change | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "publisher": self.publisher,
            "year": self.year,
            "printed": self.printed,
            "value": self.value.to_dict(),
            "evidence": self.evidence,
            "change": self.change.to_dict() if self.change else None,
        }


@dataclass(frozen=True)
class MissingRow:
    """A year of a body that was asked for and has no number here.

    Attributes:
        publisher: the body.
        year: the year.
        reported: whether there is a report of that year; it does not clearly give the number then.
    """

    publisher: str
    year: int
    reported: bool


@dataclass(frozen=True)
class Comparison:
    """The same number of several years or bodies.

    Attributes:
        indicator: what is counted, as the newest report names it.
        rows: the numbers, body by body, the earliest year first.
        missing: what was asked for and is not there; never filled.
        changes: the differences that the answer's text tells.
        total: the sum of the rows, worked out; None where it was not asked for or a number is missing.
        chart: the same as a picture, SVG; empty where there is nothing to draw.
    """

    indicator: str
    rows: tuple[ComparedRow, ...]
    missing: tuple[MissingRow, ...]
    changes: tuple[Change, ...]
    total: Decimal | None = None
    chart: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "indicator": self.indicator,
            "rows": [row.to_dict() for row in self.rows],
            "missing": [asdict(each) for each in self.missing],
            "changes": [each.to_dict() for each in self.changes],
            "total": None if self.total is None else _plain(self.total),
            "chart": self.chart,
        }


@dataclass(frozen=True)
class Answer:
    """One answer. ``text`` is what a citizen reads first and holds no words or numbers that the evidence lacks.

    Attributes:
        question: as asked, after trimming.
        conversation: opaque id that a follow-up question sends back.
        kind: faq, figure, comparison, list, passage, contact, metadata, smalltalk, urgent or none.
        text: short and complete; for kind none it says so and what can be done instead.
        say: the spoken form of ``text``: what the voice reads.
        confidence: 0 to 1; for passages calibrated (docs/confidence.md), for the FAQ the nearness, for small talk 1.
        evidence: best first; empty for smalltalk, urgent and none.
        suggestions: questions the corpus can answer, for buttons.
        value: the number that answers; None where none was asked for.
        understood: what the question was taken to mean where slips in it were forgiven, years counted out or words
            from before taken over; empty where it was taken as asked.
        comparison: the table of an answer of kind comparison; None for any other.
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
    comparison: Comparison | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of DESIGN.md; dates as ISO text."""
        shape = asdict(self)
        for item in shape["evidence"]:
            published = item["report"]["published"]
            item["report"]["published"] = published.isoformat() if published else None
        shape["value"] = self.value.to_dict() if self.value else None
        shape["comparison"] = self.comparison.to_dict() if self.comparison else None
        return shape
