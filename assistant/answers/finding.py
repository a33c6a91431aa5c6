"""Finding: from a question to the passage that answers best, with how sure that is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice

from assistant.answers.confidence import Features, confidence
from assistant.answers.drawing import Drawing
from assistant.answers.everyday import as_written
from assistant.answers.evidence import Candidate, Sought, cover, find_candidate, is_asked, mark, weigh_words
from assistant.answers.library import Shelf
from assistant.answers.model import Evidence, Span, source_of
from assistant.answers.names import find_names, is_body, missing_names
from assistant.answers.passives import done_to
from assistant.answers.quoted_names import names_another
from assistant.answers.ranking import rank_passages
from assistant.answers.roles import names_holder
from assistant.answers.scope import Scope
from assistant.answers.things import only_rumours, tells_how
from assistant.answers.understanding import Question
from assistant.answers.wanted import Wanted, asks_how
from assistant.language import Folded, Segmenter, clauses, fold_text, sentences
from assistant.search import SearchIndex
from assistant.search.semantic import SemanticLayer
from assistant.store import ReportSummary, Store, StoredPassage

# Passages whose sentences are looked at: more of them changed no golden question, and each costs a tenth of an answer.
_LOOKED_AT = 4
# How much a passage's rank counts beside how well its best sentence fits; .6 to 1 are equally good on public questions.
_RANK_SHARE = 0.8
# Someone who names no year means the newest report that says it; each year of age takes this much off.
_AGE_COST = 0.08
_OLDEST = 10
# A passage under a heading that says what was asked is likelier meant than one that mentions it in passing; the preface
# before the first heading mentions all parts of its report and answers for none.
_HEADING_SHARE = 0.3
_PREFACE_COST = 0.2
# A number that the sentence counts for another place or body than the report's own, and that nobody asked about.
_OTHERS_COST = 0.5
# Only so many of the best are looked at closely: it takes marking the answering words and reading what is around them.
_WEIGHED_AGAIN = 3
_COUNTING = frozenset({"amount", "date", "yes or no"})
# What these tell must be of what was asked, and not only of whom.
_TELLING = _COUNTING | {"list", "who"}
# The least share of the question, names left out, that the answering sentence and its heading hold.
_SAYS_WHAT = 0.2
# What these want cannot be told from the form of a sentence; every other kind must be there to answer.
_FORMLESS = frozenset({"passage", "yes or no"})
# What stands behind 什么时候 is done then.
_WHEN_DONE = re.compile(
    r"(?:什么时候|何时|啥时候|哪一?[天年月]|几月)(?:才|就|又|再|能|可以|会|要|开始|正式)*([\u4e00-\u9fff]{2,})"
)
_HALF = 0.5
# Words of who wants to do something: 怎么, 如何办理; else 如何 asks as often what a body did.
_EVERYDAY_HOW = re.compile(
    "怎么|咋|去哪|找谁|要不要|用不用|(?:如何|怎样)(?:办|申|领|查|报|缴|交|补|预约|投诉|举报|咨询)"
)


@dataclass(frozen=True)
class Found:
    """A passage with its place that answers and how sure that is."""

    passage: StoredPassage
    report: ReportSummary
    candidate: Candidate
    sought: tuple[Sought, ...]
    wanted: Wanted
    years: frozenset[int]
    confidence: float
    features: Features
    score: float

    @cached_property
    def evidence(self) -> Evidence:
        """What a citizen sees of it."""
        return Evidence(
            report=source_of(self.report),
            section=self.passage.section_path,
            passage=self.passage.text,
            start=self.passage.start,
            sentence=self.candidate.sentence,
            highlights=self.highlights,
            score=round(self.score, 4),
            anchor=self.passage.anchor,
            recognised=self.passage.recognised,
        )

    @cached_property
    def highlights(self) -> tuple[Span, ...]:
        """The answering words, as spans of the passage; worked out for the few candidates that are shown."""
        return mark(self.candidate, self.sought, self.wanted, self.years)


@dataclass(frozen=True)
class _View:
    """A ranked passage as it is judged: folded once, with its title and headings."""

    passage: StoredPassage
    report: ReportSummary
    folded: Folded
    about: str
    heading: str
    rank: float


class Finder:
    """Finds the passages that answer.

    Args:
        store: where passages are kept.
        index: where they are found.
        segmenter: tells names in the evidence, as it does in the question.
        semantic: the semantic layer, where there is one.
    """

    def __init__(
        self, store: Store, index: SearchIndex, segmenter: Segmenter, semantic: SemanticLayer | None = None
    ) -> None:
        self._semantic = semantic
        self._store = store
        self._index = index
        self._segmenter = segmenter

    def begin(self, question: Question, shelf: Shelf) -> Drawing:
        """Begins to search the reports of the years and bodies named, while something else is done."""
        scope = Scope(question.scope.years & shelf.years, question.scope.publishers)
        return Drawing(self._index, question, scope)

    def find(self, question: Question, shelf: Shelf, begun: Drawing) -> list[Found]:
        """Candidates, best first, each admissible: of the years and bodies asked for, naming all that was named.

        First only reports of the bodies named are searched; when they hold nothing, also what other bodies say of them.

        Args:
            question: what is asked.
            shelf: what is published.
            begun: what ``begin`` gave for this question.
        """
        found = self._find_within(question, begun, shelf)
        if not found and begun.scope.publishers:
            found = self._find_within(question, Drawing(self._index, question, Scope(begun.scope.years)), shelf)
        return found

    def _find_within(self, question: Question, drawing: Drawing, shelf: Shelf) -> list[Found]:
        as_words = question.wanted.kind in _FORMLESS
        sought = weigh_words(question.content, question.synonyms, self._index, as_words)
        suffered = done_to(question.folded)
        found = []
        for view in self._views(question, drawing, shelf):
            if not _admissible(question, view, shelf):
                continue
            judged = self._judge(question, view, sought, shelf)
            fits = judged.candidate.holds_wanted or question.wanted.kind in _FORMLESS
            if suffered and not suffered.search(view.folded.text[slice(*judged.candidate.answering)]):
                continue
            fits = fits and _tells_how(question, view, judged)
            if fits and _names_bodies(question, view, judged) and _says_what(question, view, judged):
                found.append(judged)
        best_first = sorted(found, key=lambda each: -each.score)
        # Years without a report of their own must be named beside the answering words, wherever those are.
        other_years = question.scope.years - shelf.years
        if other_years:
            naming = (each for each in best_first if _names_years(each, other_years))
            best_first = list(islice(naming, _WEIGHED_AGAIN))
        if question.wanted.kind in _COUNTING:
            best_first = self._own_first(question, best_first)
        return best_first

    def _own_first(self, question: Question, best_first: list[Found]) -> list[Found]:
        """The candidates again, those that count for another body worth less; looked at until one beats the rest."""
        # One that leads by more than that stays first either way, and need not be read for names.
        if len(best_first) < 2 or best_first[0].score - best_first[1].score > _OTHERS_COST:
            return best_first
        weighed: list[Found] = []
        waiting = best_first
        while waiting and len(weighed) < _WEIGHED_AGAIN and all(each.score < waiting[0].score for each in weighed):
            weighed.append(self._without_others(question, waiting[0]))
            waiting = waiting[1:]
        return sorted((*weighed, *waiting), key=lambda each: -each.score)

    def _views(self, question: Question, drawing: Drawing, shelf: Shelf) -> list[_View]:
        ranked = rank_passages(drawing, self._store, question, self._semantic)[:_LOOKED_AT]
        views = []
        for each in ranked:
            passage = each.passage
            report = shelf.reports.get(passage.report_id)
            # It may be gone: replaced between the index's answer and now.
            if report is not None:
                about = _folded_lines((report.publisher, report.title, *passage.section_path))
                heading = _folded_lines(passage.section_path[-1:])
                views.append(_View(passage, report, each.folded, about, heading, each.score / ranked[0].score))
        return views

    def _judge(self, question: Question, view: _View, sought: tuple[Sought, ...], shelf: Shelf) -> Found:
        candidate = find_candidate(view.folded, view.passage.text, view.about, sought, question.wanted)
        features = Features(
            passage_cover=candidate.passage_cover,
            sentence_cover=candidate.sentence_cover,
            bigram_cover=_bigram_cover(question.content.bigrams, view.folded.text + "\n" + view.about),
            holds_wanted=1.0 if candidate.holds_wanted else 0.0,
        )
        score = candidate.score + _RANK_SHARE * view.rank + _place(view, sought) + _age(question, view, shelf)
        return Found(
            passage=view.passage,
            report=view.report,
            candidate=candidate,
            sought=sought,
            wanted=question.wanted,
            years=question.scope.years,
            confidence=confidence(features),
            features=features,
            score=score,
        )

    def _without_others(self, question: Question, found: Found) -> Found:
        """The candidate, worth less where its answering words count for a body that question and report do not name.

        石岭县公安局网站更新300条 is no answer to what 市公安局 published.
        """
        lead = fold_text(found.passage.text[found.candidate.sentence[0] : found.highlights[0][0]])
        report = found.report
        about = _folded_lines((report.publisher, report.title, *found.passage.section_path))
        names = find_names(lead, self._segmenter.words(lead), self._segmenter)
        if any(name not in question.folded and name not in about for name in names):
            return replace(found, score=found.score - _OTHERS_COST)
        return found


@lru_cache(maxsize=4096)
def _folded_lines(lines: tuple[str, ...]) -> str:
    """Titles and headings folded; they come again with every passage of their report."""
    return fold_text("\n".join(lines))


def _age(question: Question, view: _View, shelf: Shelf) -> float:
    if question.scope.years or not shelf.years:
        return 0.0
    age = max(shelf.years) - view.report.year if view.report.year is not None else _OLDEST
    return -_AGE_COST * min(age, _OLDEST)


def _place(view: _View, sought: tuple[Sought, ...]) -> float:
    """What the passage's place in its report adds to its score, or takes from it."""
    return _HEADING_SHARE * cover(sought, view.heading) if view.passage.section_path else -_PREFACE_COST


def _bigram_cover(bigrams: Sequence[str], evidence: str) -> float:
    return sum(bigram in evidence for bigram in bigrams) / len(bigrams) if bigrams else 0.0


def _admissible(question: Question, view: _View, shelf: Shelf) -> bool:
    """Whether the passage can be about what was named at all.

    A year that some report is about must be the report's; any other year must be named in the passage itself. A body
    must have published the report or be named in the passage. Other names must stand in the passage, its headings, or
    the report's title or publisher.
    """
    scope = question.scope
    own_text = view.folded.text
    known = scope.years & shelf.years
    if known and view.report.year not in known:
        return False
    if any(str(year) not in own_text for year in scope.years - shelf.years):
        return False
    named = view.report.publisher in scope.publishers or any(alias in own_text for alias in scope.aliases)
    if scope.publishers and not named:
        return False
    return not missing_names(question.names, own_text + "\n" + view.about)


def _names_bodies(question: Question, view: _View, found: Found) -> bool:
    """Whether other bodies that the question names stand in the answering sentence, the headings or the title.

    A passage may mention 财政局 in one sentence and count something of its own in the next.
    """
    bodies = [name for name in question.names if is_body(name)]
    start, end = found.candidate.answering
    return not bodies or not missing_names(bodies, view.folded.text[start:end] + "\n" + view.about)


def _tells_how(question: Question, view: _View, found: Found) -> bool:
    """Whether a sentence that should say how to do something does; 可办公积金提取等服务126项 is no way to it.

    Who names a year asks what was done in it; so does who names a body or a place, but in everyday words. What stands
    behind a question, under a heading that asks, or behind a sentence that says no more than was asked, says it in
    whatever words.
    """
    is_of_somebody = bool(question.names or question.scope.publishers) and not _EVERYDAY_HOW.search(question.folded)
    asked_of_others = question.scope.years or is_of_somebody
    if question.wanted.kind not in _FORMLESS or asked_of_others or not asks_how(question.folded):
        return True
    text, (start, end) = view.folded.text, found.candidate.answering
    is_told_of = is_asked(text[:start]) or asks_how(view.about) or len(sentences(text[start:end])) > 1
    return is_told_of or tells_how(text[start:end])


def _says_what(question: Question, view: _View, found: Found) -> bool:
    """Whether a sentence that should hold a number or a date holds it of what was asked, not just of who.

    市财政局得分居前三位 names the body, but says nothing of its budget.
    """
    what = [each for each in found.sought if not any(each.word in name for name in question.names)]
    if question.wanted.kind not in _TELLING or not what:
        return True
    start, end = found.candidate.answering
    if question.wanted.kind == "who" and not names_holder(question.folded, view.folded.text[start:end]):
        return False
    said = view.folded.text[start:end]
    if question.wanted.kind == "date" and not _says_done(question, found, f"{said}\n{view.heading}"):
        return False
    if question.wanted.kind == "yes or no" and only_rumours(said):
        return False
    return cover(what, said + "\n" + view.heading) >= _SAYS_WHAT and not names_another(question.folded, said)


def _says_done(question: Question, found: Found, said: str) -> bool:
    """Whether what is done is said, where it is asked when that is done: 什么时候报名."""
    asked = _WHEN_DONE.search(question.folded)
    if asked is None:
        return True
    done = [each for each in as_written(found.sought) if len(each.word) > 1 and each.word in asked[1]]
    return not done or any(each.presence(said) >= _HALF for each in done)


def _names_years(found: Found, years: Iterable[int]) -> bool:
    """Whether each year stands in the clause of the answering words or in the one before.

    A passage may name a year for some other thing (since 2014 the site …); a number further on is not of that year.
    """
    passage = found.passage.text
    parts = clauses(passage, *found.candidate.sentence)
    first, last = found.highlights[0][0], found.highlights[-1][1]
    near = [position for position, part in enumerate(parts) if part[0] < last and first < part[1]]
    text = fold_text(passage[parts[max(0, near[0] - 1)][0] : parts[near[-1]][1]]) if near else ""
    return all(str(year) in text for year in years)
