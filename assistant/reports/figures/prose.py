"""Figures in sentences: numbers, dates and zeros in words, each with what it counts, whose it is and its year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.reports.figures import naming
from assistant.reports.figures.days import Days, find_days
from assistant.reports.figures.nothing import Nothing, find_nothing
from assistant.reports.figures.numbers import Number, find_numbers
from assistant.reports.figures.subjects import Subjects
from assistant.reports.model import Figure, Span

Item = Number | Days | Nothing

_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*")
_MARK = re.compile(r"[,，;；:：()（）。！？!?]")
_FRAME = re.compile(r"(?:截至|截止|到|至|在|于|\s|据统计)*")
_FRAME_REACH = 8  # characters in front of a year in which 截至 and the like stand
_LAST_YEAR = re.compile(r"(?:去年|上年度?|上一年度?)(?!度?报告)")
_COMPARED = re.compile(r"[比较超]\s?(?:去年|上年度?|上一年度?)")


@dataclass(frozen=True)
class _Clause:
    """``text[start:end]`` between two marks, ``before`` and ``after`` being these."""

    start: int
    end: int
    before: str
    after: str
    items: tuple[Item, ...]


def prose_figures(text: str, masked: str, lines: Iterator[Span], publisher: str, year: int | None) -> Iterator[Figure]:
    """The figures of the ``lines`` of ``text``.

    Args:
        text: as printed, with half-width signs and simplified numerals.
        masked: the same with names that hold no figures (《…》, addresses) blotted out.
        lines: spans of the paragraphs to read, in order.
        publisher: whose the figures are where the text says nothing else.
        year: the year they are of, likewise.
    """
    subjects = Subjects(publisher)
    for line_start, line_end in lines:
        subjects.paragraph()
        doings: dict[str, str] = {}
        for match in _SENTENCE.finditer(text, line_start, line_end):
            subjects.sentence()
            yield from _Sentence(text, masked, subjects, year, doings).figures(*match.span())


class _Sentence:
    """One sentence being read: what was counted last in it, and the year that frames it."""

    def __init__(self, text: str, masked: str, subjects: Subjects, year: int | None, doings: dict[str, str]) -> None:
        self.text = text
        self.masked = masked
        self.subjects = subjects
        self.year = year
        self.base = ""  # what was counted last, without changes and shares
        self.doings = doings  # of the paragraph: what was last done and to what, by its unit

    def figures(self, start: int, end: int) -> Iterator[Figure]:
        clauses = _clauses(self.text, start, end, self._items(start, end))
        for index, clause in enumerate(clauses):
            if clause.items:
                yield from self._clause(clauses, index)
            else:
                self.subjects.read(self.text, naming.skip_leads(self.text, clause.start, clause.end), clause.end)
            if not self._only_a_date(clause):
                self.subjects.clause_over(self.text[clause.start : clause.end], bool(clause.items))

    def _only_a_date(self, clause: _Clause) -> bool:
        start = naming.skip_leads(self.text, clause.start, clause.end)
        return start == clause.end or (
            len(clause.items) == 1
            and isinstance(clause.items[0], Days)
            and (clause.items[0].start, clause.items[0].end) == (start, clause.end)
        )

    def _items(self, start: int, end: int) -> list[Item]:
        days = list(find_days(self.masked, start, end, self.year))
        frame = next((day.year for day in days if day.year and self._frames(day, start)), None)
        if frame and frame != self.year:
            days = list(find_days(self.masked, start, end, frame))
        items: list[Item] = [*days]
        position = start
        for first, last in [*((day.start, day.end) for day in days), (end, end)]:
            items += find_numbers(self.masked, position, first)
            position = last
        items += find_nothing(self.masked, start, end)
        items.sort(key=lambda item: (item.start, isinstance(item, Nothing)))
        return _without_overlaps(items)

    def _frames(self, day: Days, start: int) -> bool:
        """Whether the year of ``day`` is that of what follows: it begins a clause, perhaps with 截至."""
        nearest = max(start, day.start - _FRAME_REACH)
        mark = max((match.end() for match in _MARK.finditer(self.text, nearest, day.start)), default=nearest)
        return bool(_FRAME.fullmatch(self.text, mark, day.start)) and (mark > nearest or nearest == start)

    def _clause(self, clauses: list[_Clause], index: int) -> Iterator[Figure]:
        clause = clauses[index]
        position = since = clause.start
        behind: Span = (0, 0)  # the words behind the last number that name what it counts
        pieces: list[Span] = []  # words since the last number, dates between them left out
        for place, item in enumerate(clause.items):
            begin = naming.skip_leads(self.text, position, item.start)
            begin = self.subjects.read(self.text, begin, item.start)
            if behind[1] == item.start:
                pieces = [behind]  # 两名业务骨干驻点帮扶45天
            elif not (pieces and item.start == position == since):
                pieces = [*([] if position == since else pieces), (begin, item.start)]
            position = item.end
            if isinstance(item, Days):
                if item.year and self._frames(item, clause.start):
                    self.year = item.year
                yield self._date(clauses, index, place, pieces[-1])
                continue
            if isinstance(item, Nothing):
                yield self._zero(clause, place, item)
            else:
                indicator, span = self._named(clauses, index, place, pieces)
                yield self._number(item, indicator, span, self.text[since : item.start])
                if span and clause.end >= span[1] > item.end:
                    position, behind = span[1], span
            since = position

    def _named(self, clauses: list[_Clause], index: int, place: int, pieces: list[Span]) -> tuple[str, Span | None]:
        """The indicator of the number at ``place`` of a clause, and where its printed words stand."""
        clause = clauses[index]
        item = clause.items[place]
        assert isinstance(item, Number)
        span = self._front(item, pieces)
        behind = self._behind(clause, place)
        words = self.text[span[0] : span[1]]
        thing = naming.names_thing_behind(self.text, item.end, clause.end)
        if naming.surely_behind(self.text, item.end, clause.end) and behind[0] < behind[1]:
            span = behind
        elif naming.counts_doings(item.unit, item.kind):
            if not words or (naming.is_doing(words) and thing):
                span = behind if behind[0] < behind[1] else span
        elif thing or not words:
            span = behind if behind[0] < behind[1] else span
        if span[0] >= span[1]:
            span = self._words_before(clauses, index)
        return self._completed(self.text[span[0] : span[1]], item), span if span[0] < span[1] else None

    def _front(self, item: Number, pieces: list[Span]) -> Span:
        for start, end in reversed(pieces):
            span = (
                (naming.skip_leads(self.text, start, end), end)
                if item.kind == "rank"
                else naming.front_words(self.text, start, end)
            )
            if span[0] < span[1]:
                return span
        return item.start, item.start

    def _behind(self, clause: _Clause, place: int) -> Span:
        """The words behind a number up to the next one; behind 7类 of 7类44项措施 they begin behind 44项."""
        item = clause.items[place]
        doing = isinstance(item, Number) and naming.counts_doings(item.unit, item.kind)
        start = item.end
        span = (start, start)
        for other in [*clause.items[place + 1 :], None]:
            if isinstance(other, Number) and other.start == start:
                start = other.end
                continue
            span = naming.behind_words(self.text, start, other.start if other else clause.end, doing)
            if span[0] < span[1] or not isinstance(other, Days):
                break
            start = other.end
        return span

    def _words_before(self, clauses: list[_Clause], index: int) -> Span:
        """The words of the clause before, or of the one before a bracket; an empty span when these have figures."""
        place = index - 1
        if clauses[index].before == ")":
            while place > 0 and clauses[place].before != "(":
                place -= 1
            place -= 1
        if place < 0 or clauses[place].items:
            return 0, 0
        start, end = clauses[place].start, clauses[place].end
        return naming.front_words(self.text, start, end)

    def _completed(self, words: str, item: Number) -> str:
        """The printed words with what they leave out because the figure before has it."""
        if not words or (self.base and naming.is_change(words)):
            return self.base + words
        if naming.is_doing(words) and self.doings.get(item.unit):
            words = naming.with_object(words, self.doings[item.unit])
        self.doings[item.unit] = naming.doing_part(words) or self.doings.get(item.unit, "")
        self.base = words
        return words

    def _number(self, item: Number, indicator: str, span: Span | None, front: str) -> Figure:
        year = self.year
        if year and item.unit != "倍" and _LAST_YEAR.search(front) and not _COMPARED.search(front):
            year -= 1
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

    def _date(self, clauses: list[_Clause], index: int, place: int, front: Span) -> Figure:
        clause = clauses[index]
        item = clause.items[place]
        assert isinstance(item, Days)
        following = clause.items[place + 1].start if place + 1 < len(clause.items) else clause.end
        span = self._happening(item.end, following)
        if span[0] >= span[1] and clause.after in ",，" and following == clause.end and index + 1 < len(clauses):
            then = clauses[index + 1]
            span = self._happening(then.start, self._named_to(then))
        if span[0] >= span[1]:
            span = naming.front_words(self.text, *front)
        named = span[0] < span[1]
        return Figure(
            kind=item.kind,
            text=self.text[item.start : item.end],
            span=(item.start, item.end),
            value=None,
            unit="",
            qualifier="",
            subject=self.subjects.current,
            indicator=self.text[span[0] : span[1]] if named else "",
            indicator_span=span if named else None,
            year=item.year or (item.first.year if item.first else self.year),
            first=item.first,
            last=item.last,
        )

    def _named_to(self, clause: _Clause) -> int:
        """Where the words in front of a clause's first figure end; a zero in words is itself such words."""
        first = clause.items[0] if clause.items else None
        return clause.end if first is None or isinstance(first, Nothing) else first.start

    def _happening(self, start: int, end: int) -> Span:
        begin = self.subjects.read(self.text, naming.skip_leads(self.text, start, end), end)
        return naming.happening(self.text, begin, end)

    def _zero(self, clause: _Clause, place: int, item: Nothing) -> Figure:
        following = clause.items[place + 1].start if place + 1 < len(clause.items) else clause.end
        span = (item.named, following) if item.verb or following > item.end else (0, 0)
        indicator = self.text[span[0] : span[1]] or self.base
        self.base = indicator
        return Figure(
            kind="count",
            text=self.text[item.start : item.end],
            span=(item.start, item.end),
            value=Decimal(0),
            unit="",
            qualifier="",
            subject=self.subjects.current,
            indicator=indicator,
            indicator_span=span if span[0] < span[1] else None,
            year=self.year,
        )


def _without_overlaps(items: list[Item]) -> list[Item]:
    kept: list[Item] = []
    for item in items:
        if isinstance(item, Nothing) and kept and kept[-1].end > item.start:
            continue
        if kept and isinstance(kept[-1], Nothing) and kept[-1].end > item.start:
            kept.pop()  # 未收到3件: the number says it
        kept.append(item)
    return kept


def _clauses(text: str, start: int, end: int, items: list[Item]) -> list[_Clause]:
    """The clauses of a sentence with their items; a mark inside an item, as in 2万条(张), ends none."""
    clauses: list[_Clause] = []
    waiting = iter([*items, None])
    item = next(waiting)
    own: list[Item] = []
    begin, before = start, ""
    marks = [*((match.start(), match.end()) for match in _MARK.finditer(text, start, end)), (end, end)]
    for mark, behind in marks:
        while item and item.end <= mark:
            own.append(item)
            item = next(waiting)
        if item and item.start < mark:
            continue
        clauses.append(_Clause(begin, mark, before, text[mark:behind], tuple(own)))
        begin, before, own = behind, text[mark:behind], []
    return clauses
