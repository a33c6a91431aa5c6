"""Choosing the indicator of each number of a paragraph, and completing it from the figures before."""

import re

from assistant.reports.figures import naming
from assistant.reports.figures.clauses import Clause
from assistant.reports.figures.days import Days
from assistant.reports.figures.nothing import Nothing
from assistant.reports.figures.numbers import Number
from assistant.reports.figures.subjects import Subjects
from assistant.reports.model import Span

_LISTED = re.compile(r"\s?[、和及与]\s?")  # 5月、11月: both are of what happened then
_NEIGHBOURS = 8  # items or clauses; what belongs together stands within fewer


class Indicators:
    """What was counted so far.

    Args:
        text: plain text.
        subjects: whose figures these are; a subject is no part of an indicator.
    """

    def __init__(self, text: str, subjects: Subjects) -> None:
        self._text = text
        self._subjects = subjects
        self._base = ""  # what was counted last in the sentence
        self._base_unit = ""
        self._base_is_thing = False  # whether it stood behind its number, with nothing done
        self._done: dict[str, str] = {}  # by unit, what was last done to what in the paragraph

    def paragraph(self) -> None:
        """A new paragraph begins."""
        self._done = {}
        self.sentence()

    def sentence(self) -> None:
        """A new sentence begins."""
        self._base = self._base_unit = ""
        self._base_is_thing = False

    def of_number(self, clauses: list[Clause], index: int, place: int, pieces: list[Span]) -> tuple[str, Span | None]:
        """The indicator of a number and where its printed words stand; "" and None where nothing says it.

        Args:
            clauses: those of the sentence.
            index: which of them holds the number.
            place: which of its items the number is.
            pieces: the stretches of words in front of it that no number took.
        """
        item = clauses[index].items[place]
        if not isinstance(item, Number):
            return "", None
        summed = self._summed(clauses, index, place)
        if summed:
            return self._text[slice(*summed)], summed
        span = self._chosen(clauses[index], place, item, pieces)
        if _is_empty(span):
            span = self._words_before(clauses, index)
        indicator = self._completed(self._text[slice(*span)], item)
        if not (naming.is_doing(self._text[slice(*span)]) and self._base_is_thing):
            self._base_is_thing = span[0] >= item.end and not naming.doing_part(indicator)
        return indicator, None if _is_empty(span) else span

    def of_zero(self, clause: Clause, place: int, named: int, front: Span) -> tuple[str, Span | None]:
        """The indicator of a zero in words: what follows from ``named`` on; for 为零 the words in ``front`` of it."""
        span = named, clause.items[place + 1].start if place + 1 < len(clause.items) else clause.end
        if _is_empty(span):
            span = naming.front_words(self._text, *front)
        self._base = self._text[slice(*span)] or self._base
        return self._base, None if _is_empty(span) else span

    def of_date(self, clauses: list[Clause], index: int, place: int, front: Span) -> Span | None:
        """The words that say what happened: behind the date, else in the next clause, else in front; None for none.

        Args:
            clauses: those of the sentence.
            index: which of them holds the date.
            place: which of its items the date is.
            front: the words in front of the date.
        """
        clause = clauses[index]
        start, following = clause.items[place].end, clause.end
        for other in clause.items[place + 1 : place + 1 + _NEIGHBOURS]:
            if not (isinstance(other, Days) and _LISTED.fullmatch(self._text, start, other.start)):
                following = other.start
                break
            start = other.end
        span = self._happening(start, following)
        if _is_empty(span) and clause.after in (",", "，") and following == clause.end and index + 1 < len(clauses):
            then = clauses[index + 1]
            first = next((item.start for item in then.items if not isinstance(item, Nothing)), then.end)
            span = self._happening(then.start, first)
            if _is_empty(span):
                span = self._happening(then.start, then.end)
        if _is_empty(span):
            span = naming.front_words(self._text, *front)
        return None if _is_empty(span) else span

    def _happening(self, start: int, end: int) -> Span:
        begin = self._subjects.read(self._text, naming.skip_leads(self._text, start, end), end)
        return naming.happening(self._text, begin, end)

    def _chosen(self, clause: Clause, place: int, item: Number, pieces: list[Span]) -> Span:
        front = self._front(item, pieces)
        words = self._text[slice(*front)]
        behind = self._behind(clause, place)
        following = clause.items[place + 1].start if place + 1 < len(clause.items) else item.end
        thing = naming.names_thing_behind(self._text, item.end, clause.end)
        if (
            naming.changes_on(self._text, (clause.start, item.start), (item.end, following))
            or naming.is_change(self._text[slice(*behind)])
            or (naming.attributes(self._text, item.end) and naming.doing_part(words))
        ):
            return front
        if _is_empty(behind):
            return front
        if not words:
            return behind
        if not naming.counts_doings(item.unit, item.kind):
            return behind if thing else front
        surely = naming.surely_behind(self._text, item.end, clause.end)
        return behind if surely or (thing and naming.is_doing(words)) else front

    def _front(self, item: Number, pieces: list[Span]) -> Span:
        for start, end in reversed(pieces):
            if item.kind == "rank":  # 在全省公安系统位列: the phrase of place says in what
                span = naming.skip_leads(self._text, start, end), end
            else:
                span = naming.front_words(self._text, start, end)
            if not _is_empty(span):
                return span
        return item.start, item.start

    def _behind(self, clause: Clause, place: int) -> Span:
        """The words behind a number up to the next one; behind 7类 of 7类44项措施 they begin behind 44项."""
        item = clause.items[place]
        doing = isinstance(item, Number) and naming.counts_doings(item.unit, item.kind)
        start = item.end
        span = (start, start)
        for other in [*clause.items[place + 1 : place + 1 + _NEIGHBOURS], None]:
            if isinstance(other, Number) and other.start == start:
                start = other.end
                continue
            span = naming.behind_words(self._text, start, other.start if other else clause.end, doing)
            if not _is_empty(span) or not isinstance(other, Days):
                break
            start = other.end
        return span

    def _words_before(self, clauses: list[Clause], index: int) -> Span:
        """The words of the clause before, or of the one before a bracket; an empty span when these have figures."""
        place = index - 1
        if clauses[index].before in (")", "）"):
            lowest = max(0, index - _NEIGHBOURS)
            while place > lowest and clauses[place].before not in ("(", "（"):
                place -= 1
            place -= 1
        if place < 0 or clauses[place].items:
            return 0, 0
        return naming.front_words(self._text, clauses[place].start, clauses[place].end)

    def _summed(self, clauses: list[Clause], index: int, place: int) -> Span | None:
        """For the sum of the clause before (建议151件、提案219件，共370件) all of that clause; None for no sum."""
        clause, before = clauses[index], clauses[index - 1]
        if place or index == 0 or not naming.is_sum(self._text[clause.start : clause.items[0].start]):
            return None
        if sum(isinstance(other, Number) for other in before.items) < 2:
            return None
        start, _ = naming.front_words(self._text, before.start, before.items[0].start)
        return max(start, before.end - naming.LONGEST), before.end

    def _completed(self, words: str, item: Number) -> str:
        """The printed words with what they leave out because the figure before has it."""
        if not words or (self._base and naming.is_change(words)):
            return self._base + words
        if naming.is_doing(words):
            same = self._base if self._base_unit == item.unit and not naming.is_doing(self._base) else ""
            # A thing that the sentence counted last is nearer than what was done before: 15件规范性文件, 废止4件.
            nearer = same if self._base_is_thing else ""
            words = naming.with_object(words, nearer or self._done.get(item.unit) or same)
        self._done[item.unit] = naming.doing_part(words) or self._done.get(item.unit, "")
        self._base, self._base_unit = words, item.unit
        return words


def _is_empty(span: Span) -> bool:
    return span[0] >= span[1]
