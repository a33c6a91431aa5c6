"""Figures in sentences: numbers, dates and zeros in words, each with what it counts, whose it is and its year."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from assistant.reports.figures import naming
from assistant.reports.figures.clauses import MARK, Clause, cut_clauses, find_items
from assistant.reports.figures.days import Days, find_days
from assistant.reports.figures.indicators import Indicators
from assistant.reports.figures.nothing import Nothing
from assistant.reports.figures.numbers import Number
from assistant.reports.figures.subjects import Subjects
from assistant.reports.model import Figure, Span

LONGEST_SENTENCE = 2_000  # characters; what goes on without a full stop is cut at a comma, to be read in bounded time
_SENTENCE = re.compile(
    rf"[^。！？!?]{{1,{LONGEST_SENTENCE}}}(?:[。！？!?]+|(?<=[,，;；])|$)|[^。！？!?]{{1,{LONGEST_SENTENCE}}}"
)
_BREAKS = (";", "；", ":", "：")
_FRAME = re.compile(r"(?:截至|截止|到|至|在|于|\s|据统计)*")
_FRAME_REACH = 8  # characters in front of a year in which 截至 and the like stand
_LAST_YEAR = re.compile(r"(?:去年|上年度?|上一年度?)(?!度?报告)")
_OF_LAST_YEAR = re.compile(r"(?:去年|上年|上一年)度?的$")
_COMPARED = re.compile(r"[比较超]\s?(?:去年|上年度?|上一年度?)")
_JOINS = re.compile(r"\s?(?:至|到|[-—–~～]{1,2})?\s?")  # 1小时50分钟 and 3至5个: both count the same


def prose_figures(text: str, masked: str, lines: Iterable[Span], publisher: str, year: int | None) -> Iterator[Figure]:
    """The figures of the ``lines`` of ``text``, in order.

    Args:
        text: plain text, as long as the printed one.
        masked: the same with names that hold no figures (《…》, addresses) blotted out.
        lines: spans of the paragraphs to read, in order.
        publisher: whose the figures are where the text says nothing else.
        year: the year they are of, likewise.
    """
    subjects = Subjects(publisher)
    indicators = Indicators(text, subjects)
    for line in lines:
        subjects.paragraph()
        indicators.paragraph()
        for match in _SENTENCE.finditer(text, *line):
            yield from _Sentence(text, masked, subjects, indicators, year).figures(*match.span())


class _Sentence:
    """One sentence being read, with the year that frames it."""

    def __init__(self, text: str, masked: str, subjects: Subjects, indicators: Indicators, year: int | None) -> None:
        self.text = text
        self.masked = masked
        self.subjects = subjects
        self.indicators = indicators
        self.report_year = year
        self.year = year
        self.firm = True  # whether the year holds to the end of the sentence

    def figures(self, start: int, end: int) -> Iterator[Figure]:
        self.subjects.sentence()
        self.indicators.sentence()
        days = self._days(start, end)
        clauses = cut_clauses(self.text, start, end, find_items(self.masked, start, end, days))
        for index, clause in enumerate(clauses):
            if clause.before in _BREAKS and not self.firm:
                self.year, self.firm = self.report_year, True
            if clause.items:
                yield from self._clause(clauses, index)
            else:
                self._subject(clause.start, clause.end)
            if not self._only_a_date(clause):
                self.subjects.clause_over(self.text[clause.start : clause.end], bool(clause.items))

    def _days(self, start: int, end: int) -> list[Days]:
        days = list(find_days(self.masked, start, end, self.year))
        framing = (day.year for day in days if day.year and self._frames(day, start) and self._is_firm(day))
        frame = next(framing, self.year)
        return days if frame == self.year else list(find_days(self.masked, start, end, frame))

    def _frames(self, day: Days, start: int) -> bool:
        """Whether the year of ``day`` is that of what follows: it begins a clause, perhaps with 截至."""
        nearest = max(start, day.start - _FRAME_REACH)
        mark = max((match.end() for match in MARK.finditer(self.text, nearest, day.start)), default=nearest)
        return bool(_FRAME.fullmatch(self.text, mark, day.start)) and (mark > nearest or nearest == start)

    def _is_firm(self, day: Days) -> bool:
        """Whether a year stands before the whole sentence (2015年，…), not before a clause of it (2015年未完成的…)."""
        return self.text[day.end : day.end + 1] in (",", "，")

    def _only_a_date(self, clause: Clause) -> bool:
        start = naming.skip_leads(self.text, clause.start, clause.end)
        only = clause.items[0] if len(clause.items) == 1 else None
        return start == clause.end or (isinstance(only, Days) and (only.start, only.end) == (start, clause.end))

    def _subject(self, start: int, end: int) -> int:
        """Note the subject at the beginning of ``text[start:end]``; the offset behind it."""
        return self.subjects.read(self.text, naming.skip_leads(self.text, start, end), end)

    def _clause(self, clauses: list[Clause], index: int) -> Iterator[Figure]:
        clause = clauses[index]
        position = since = clause.start
        pieces: list[Span] = []  # words since the last number, dates between them left out
        behind: Span = (0, 0)  # the words behind the last number that name what it counts
        for place, item in enumerate(clause.items):
            begin = self._subject(position, item.start)
            if behind[1] == item.start:
                pieces = [behind]  # 两名业务骨干驻点帮扶45天
            elif not (pieces and _JOINS.fullmatch(self.text, since, item.start)):
                pieces = [*([] if position == since else pieces), (begin, item.start)]
            position = item.end
            if isinstance(item, Days):
                if item.year and self._frames(item, clause.start):
                    self.year, self.firm = item.year, self._is_firm(item)
                yield self._date(item, self.indicators.of_date(clauses, index, place, pieces[-1]))
                continue
            if isinstance(item, Nothing):
                yield self._zero(clause, place, item, pieces[-1])
            else:
                indicator, span = self.indicators.of_number(clauses, index, place, pieces)
                yield self._number(item, indicator, span, self._year_of(clause, place, since))
                if span and clause.end >= span[1] > item.end:
                    position, behind = span[1], span
            since = position

    def _year_of(self, clause: Clause, place: int, since: int) -> int | None:
        """A number's year: of the date it belongs to (2016年的11.2%), else by its words (上年), else the frame's."""
        item = clause.items[place]
        date = clause.items[place - 1] if place else None
        if isinstance(date, Days) and date.year and self.text[date.end : item.start].strip() == "的":
            return date.year
        front = self.text[since : item.start]
        times = isinstance(item, Number) and item.unit == "倍"  # 是上年的2.3倍 is about this year
        last = _OF_LAST_YEAR.search(front) or (_LAST_YEAR.search(front) and not _COMPARED.search(front))
        return self.year - 1 if self.year and last and not times else self.year

    def _number(self, item: Number, indicator: str, span: Span | None, year: int | None) -> Figure:
        return Figure(
            kind=item.kind,
            text=self.text[item.start : item.end],
            span=(item.start, item.end),
            value=item.value,
            unit=item.unit,
            qualifier=item.qualifier,
            subject=self.subjects.current,
            indicator=indicator,
            indicator_span=span,
            year=year,
        )

    def _zero(self, clause: Clause, place: int, item: Nothing, front: Span) -> Figure:
        indicator, span = self.indicators.of_zero(clause, place, item.named, front)
        zero = Number(item.start, item.end, "count", Decimal(0), "", "")
        return self._number(zero, indicator, span, self.year)

    def _date(self, item: Days, span: Span | None) -> Figure:
        return Figure(
            kind=item.kind,
            text=self.text[item.start : item.end],
            span=(item.start, item.end),
            value=None,
            unit="",
            qualifier="",
            subject=self.subjects.current,
            indicator=self.text[slice(*span)] if span else "",
            indicator_span=span,
            year=item.last.year if item.last else item.year or self.year,
            first=item.first,
            last=item.last,
        )
