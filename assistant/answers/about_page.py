"""A question asked on a page about one body or one report: what it leaves out is taken from the page.

Who reads the report of a body and asks 收到多少件申请 means that body and that year. A question that names a body
itself is asked as it stands, and so is one of the FAQ; a year that it names, or one that is counted from another
(去年, 哪年), is left to it.
"""

import re
from dataclasses import dataclass

from assistant.answers.frames import Frame, frame_of
from assistant.answers.library import Shelf
from assistant.answers.model import Answer
from assistant.answers.relative_years import resolved_years
from assistant.language import Segmenter

# Of which year is what is asked, or it is asked of many.
_OF_YEARS = re.compile(r"哪一?个?年|历年|近[几两三四五六七八九十\d]年|[各每逐]年|这[几些]年|几年来|历次")
# The report of the page, spoken of as what lies before one: 这份报告, 本报告, 该年报.
_THIS_REPORT = re.compile(r"(?:这|本|该|此|那)一?[份个篇]?(?=(?:年度)?报告|年报)")
_REPORT = re.compile("报告|年报")
_OF_BODIES = re.compile("哪一?[个家些](?:单位|局|部门|机关|机构)?|[各每](?:个|家)?(?:单位|局|部门|机关|机构)")


@dataclass(frozen=True)
class About:
    """What a page is about.

    Attributes:
        body: the full name of the body; empty for none.
        year: the year of its report; None for none.
    """

    body: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Completed:
    """A question with what the page adds.

    Attributes:
        question: the whole question.
        told: the same as one would say it.
    """

    question: str
    told: str


def completed(folded: str, about: About, shelf: Shelf, segmenter: Segmenter) -> Completed | None:
    """The folded question with the page's body and year; None where it needs neither, or asks nothing by itself."""
    frame = frame_of(_THIS_REPORT.sub("", folded), shelf, segmenter)
    if frame.body or not frame.rest or _OF_BODIES.search(folded):
        return None
    years = frame.years
    if about.year is not None and not years and not _counts_years(folded, about.year):
        years = (about.year,)
    whole = Frame(years, about.body, frame.rest)
    return None if whole == frame else Completed(whole.question(), whole.told())


def is_of_report(folded: str, about: About) -> bool:
    """Whether a question may be about the page's report itself: 报告什么时候发布的 means the one shown."""
    return about.year is not None and _REPORT.search(folded) is not None


def _counts_years(folded: str, year: int) -> bool:
    return _OF_YEARS.search(folded) is not None or resolved_years(folded, year, None) != folded


def is_of(answer: Answer, about: About) -> bool:
    """Whether an answer found without the page may be given on it: the FAQ's, small talk, or one of the same body."""
    if answer.kind == "none" or not answer.evidence:
        return answer.kind != "none"
    return answer.kind == "faq" or all(each.report.publisher == about.body for each in answer.evidence)
