"""What a report tells in its prose: why, when, where, which, how it was handled, whether.

The finder draws passages by their words out of everything. Citizens put these questions in words that stand in no
report (掉了一名, 没给, 搬家), so its confidence is low though the right sentence is there. Where the question names
the report, that report alone is read, sentence by sentence, for the matter and what tells the thing asked of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.everyday import Stands, contradict, stands
from assistant.answers.library import Shelf
from assistant.answers.model import Answer, Evidence, Span, source_of
from assistant.answers.names import missing_names
from assistant.answers.passives import done_to
from assistant.answers.scope import without_scope
from assistant.answers.telling_kinds import Kind, kind_asked
from assistant.answers.telling_words import Matter, TellingWords
from assistant.answers.things import only_rumours
from assistant.answers.understanding import Question
from assistant.answers.wording import direct_text
from assistant.language import clauses, fold_text, sentences
from assistant.store import ReportSummary, Store, StoredPassage

# Reports read for a question: a year of three bodies or three years of one; each takes some milliseconds.
_READ = 3
# Of a longer text the beginning is read: a yearly report has some fifty passages, and each takes some time.
_MOST_PASSAGES = 1000
# What headings and the sentence before hold counts half, as in finding.
_CONTEXT_SHARE = 0.5
# What is told beside the matter, and plainly, is likelier meant.
_LATER_COST = 0.04
_PLAIN = 0.08
_CONTRARY = 0.5
_NEWER = 0.05
_BESIDE = 0.2
# Where several bodies' reports fit, whose matter it is must be plainer.
_WHOSE = 0.1
# The first sentence of a run adds at least so much to what the others hold.
_ADDS = 0.1
# A row of a standard table, as the reader writes it, tells a number and nothing else.
_CELLS = re.compile(r"[：，（](?:自然人|总计|结果维持|本年[^，：]{0,8}|对外公开总数量|采购项目数量) ?[\d/（]|：（空）")
# Passages cut out of one paragraph follow each other at once.
_GAP = 0
# What a report says of itself.
_OF_ITSELF = re.compile(r"本(?:年度)?报告|报告(?:分为|由)|年度报告》|编制本|电子版|统计期限")


@dataclass(frozen=True)
class Told:
    """A run of sentences of a passage that names the matter and tells of it."""

    report: ReportSummary
    passage: StoredPassage
    span: Span
    telling: Span
    cover: float
    score: float


class Telling:
    """Answers with what a report's prose tells.

    Args:
        store: where the reports are kept.
        words: makes of a question what to look for.
    """

    def __init__(self, store: Store, words: TellingWords) -> None:
        self._store = store
        self._words = words

    def answer(self, question: Question, conversation: str, shelf: Shelf) -> Answer | None:
        """The sentences that tell; None where no such thing is asked, of no one report, or none tells it surely."""
        kind = kind_asked(question.folded)
        if kind and question.wanted.kind == "amount" and kind.name not in ("lowest", "highest", "date"):
            return None
        if kind is None:
            return None
        matter = self._words.matter(without_scope(question.folded, question.scope), question.synonyms)
        best = next(iter(self.told(question, kind, matter, shelf)), None)
        return told_answer(question, conversation, best) if best is not None else None

    def told(self, question: Question, kind: Kind, matter: Matter, shelf: Shelf) -> list[Told]:
        """What the report that the question names tells of it, the surest first; nothing where none does surely.

        Args:
            question: what is asked.
            kind: as what.
            matter: of what.
            shelf: what is published.
        """
        reports = _reports_meant(question, shelf)
        if not reports or not matter.sought or (kind.is_open and not matter.is_plain()):
            return []
        several = len({report.publisher for report in reports}) > 1
        least = kind.least + (_WHOSE if several else 0.0)
        ranked = sorted(self._read(question, kind, matter, reports), key=lambda told: -told.score)
        return ranked if ranked and ranked[0].cover >= least else []

    def _read(self, question: Question, kind: Kind, matter: Matter, reports: Sequence[ReportSummary]) -> Iterator[Told]:
        reading = _Reading(kind, matter, stands(question.folded), done_to(question.folded))
        for age, summary in enumerate(reports):
            before = None
            for passage in self._store.report_passages(summary.id)[:_MOST_PASSAGES]:
                lead = _lead(before, passage)
                before = passage
                if _CELLS.search(passage.text):
                    continue
                around = fold_text("\n".join((summary.title, *passage.section_path, lead, passage.text)))
                if missing_names(question.names, around):
                    continue
                for span, telling, cover, score in reading.told(passage, lead):
                    yield Told(summary, passage, span, telling, cover, score - age * _NEWER)


def _lead(before: StoredPassage | None, passage: StoredPassage) -> str:
    """The last sentence of the passage before, where a long paragraph was cut between the two; else empty."""
    if before is None or before.section != passage.section or passage.start - before.end > _GAP:
        return ""
    spans = sentences(before.text)
    return before.text[slice(*spans[-1])] if spans and not _CELLS.search(before.text) else ""


def _reports_meant(question: Question, shelf: Shelf) -> Sequence[ReportSummary]:
    """The reports that the question names by body or year, newest first; none where it names too many or none."""
    years, bodies = question.scope.years, question.scope.publishers or shelf.publishers
    if years - shelf.years or (not years and len(bodies) > 1):
        return ()
    fits = [report for body in bodies for report in shelf.reports_of[body] if not years or report.year in years]
    one_body = len({report.publisher for report in fits}) == 1
    if not one_body and len(fits) > _READ:
        return ()
    return sorted(fits, key=lambda report: (-(report.year or 0), report.id))[:_READ]


@dataclass(frozen=True)
class _Reading:
    """How passages are read for a question.

    Attributes:
        kind: what is asked.
        matter: what it is asked of.
        asked: the sides that the question takes (more or less, received or answered).
        suffered: what must be said where something done to somebody is asked for.
    """

    kind: Kind
    matter: Matter
    asked: Stands
    suffered: re.Pattern[str] | None

    def told(self, passage: StoredPassage, lead: str) -> Iterator[tuple[Span, Span, float, float]]:
        """Runs of sentences with the sentence that tells, how much of the question they hold, and their score.

        Args:
            passage: what is read.
            lead: the sentence before it in the same paragraph; it may name the matter, but is not shown.
        """
        heading = self._held(fold_text("\n".join(passage.section_path)))
        whole = fold_text(lead + passage.text)
        # No sentence holds more than all of them: most passages need not be read closely.
        if self._share(_most([self._held(whole), heading])) < self.kind.least:
            return
        spans = sentences(passage.text)
        texts = [fold_text(passage.text[start:end]) for start, end in spans]
        if lead:
            spans, texts = [(spans[0][0], spans[0][0]), *spans], [fold_text(lead), *texts]
        held = [self._held(text) for text in texts]
        for last in range(1 if lead else 0, len(texts)):
            if not self._tells(texts[last]):
                continue
            for first in range(max(0, last - self.kind.follows), last + 1):
                run = texts[first : last + 1]
                if self._is_told(run, whole) and self._belong(run, held[first : last + 1]):
                    share = self._share(_most(held[first : last + 1]))
                    around = self._share(_most([*held[max(0, first - 1) : last + 1], heading]))
                    cover = share + _CONTEXT_SHARE * (around - share)
                    yield (spans[first][0], spans[last][1]), spans[last], cover, cover + self._plainness(run)

    def _is_told(self, run: Sequence[str], whole: str) -> bool:
        """Whether the sentences say that it happened, and to whom."""
        said = "".join(run)
        if self.kind.is_open and not self.matter.is_named(said):
            return False
        if self.kind.name == "whether" and only_rumours(said):
            return False
        return self.matter.is_told(said, whole) and not (self.suffered and not self.suffered.search(said))

    def _belong(self, run: Sequence[str], held: Sequence[Sequence[float]]) -> bool:
        """Whether each end of the run is needed: the first names more, and the last tells plainly or of the matter."""
        if len(run) == 1:
            return True
        adds = self._share(_most(held)) - self._share(_most(held[1:]))
        plain = self.kind.best is not None and self.kind.best.search(run[-1]) is not None
        return adds >= _ADDS and (plain or self._share(held[-1]) >= _ADDS)

    def _tells(self, text: str) -> bool:
        if _OF_ITSELF.search(text):
            return False
        return self.kind.told is None or any(self._tells_it(text[slice(*part)]) for part in clauses(text, 0, len(text)))

    def _tells_it(self, clause: str) -> bool:
        """Whether the clause tells, and not that it did not happen (7月底尚未开通)."""
        told, never = self.kind.told, self.kind.never
        return (told is None or told.search(clause) is not None) and not (never and never.search(clause))

    def _plainness(self, run: Sequence[str]) -> float:
        best = self.kind.best
        plain = _PLAIN if best is not None and best.search(run[-1]) else 0.0
        # Only where the matter is named: what tells of it may speak of other sides (申请量下降，一是主动公开增加).
        parts = [text[slice(*part)] for text in run for part in clauses(text, 0, len(text))]
        named = max(parts, key=lambda part: self._share(self._held(part)))
        contrary = _CONTRARY if contradict(self.asked, stands(named)) else 0.0
        return plain - contrary - _LATER_COST * (len(run) - 1) + self._beside(run[-1])

    def _beside(self, text: str) -> float:
        """How much of the matter stands in the clause that tells and the one before it."""
        if self.kind.told is None:
            return 0.0
        parts = clauses(text, 0, len(text))
        near = [
            text[parts[max(0, place - 1)][0] : end]
            for place, (start, end) in enumerate(parts)
            if self._tells_it(text[start:end])
        ]
        return _BESIDE * max((self._share(self._held(each)) for each in near), default=0.0)

    def _held(self, text: str) -> list[float]:
        return [each.presence(text) for each in self.matter.sought]

    def _share(self, held: Sequence[float]) -> float:
        sought = self.matter.sought
        total = sum(each.weight for each in sought)
        return sum(each.weight * presence for each, presence in zip(sought, held, strict=True)) / total


def _most(held: Sequence[Sequence[float]]) -> list[float]:
    return [max(each) for each in zip(*held, strict=True)]


def told_answer(question: Question, conversation: str, best: Told, marks: Sequence[Span] = ()) -> Answer:
    """What was told as an answer, with these marks in it, else the sentence that tells."""
    passage = best.passage
    marks = tuple(marks) or (best.telling,)
    evidence = Evidence(
        report=source_of(best.report),
        section=passage.section_path,
        passage=passage.text,
        start=passage.start,
        sentence=best.span,
        highlights=marks,
        score=round(best.score, 4),
        anchor=passage.anchor,
        recognised=passage.recognised,
    )
    text = direct_text(passage.text, best.span, marks)
    return Answer(question.text, conversation, "passage", text, "", round(min(1.0, best.cover), 3), (evidence,))
