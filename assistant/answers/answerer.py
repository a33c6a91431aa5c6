"""From a question to one Answer."""

import copy
import gc
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from assistant.answers.about_page import About
from assistant.answers.amount_passages import amount_answer
from assistant.answers.both_named import tells_of_one
from assistant.answers.choices import choices
from assistant.answers.comparison_answers import ComparisonAnswers
from assistant.answers.conversations import Conversations
from assistant.answers.deciding import Deciding
from assistant.answers.drawing import Drawing
from assistant.answers.everyday_answers import EverydayEntries
from assistant.answers.faq import FaqMatch, holds_wanted, same_wording, sure_match
from assistant.answers.figure_answers import FigureAnswers
from assistant.answers.finding import Finder, Found
from assistant.answers.following import Following
from assistant.answers.fragments import WHOLE_PLEASE, is_fragment
from assistant.answers.library import FixedShelf, Shelf, Shelves
from assistant.answers.lists import ListAnswers
from assistant.answers.model import FAQ_SOURCE, Answer, Evidence, Source, source_of
from assistant.answers.report_facts import ReportFacts
from assistant.answers.scope import find_scope
from assistant.answers.smalltalk import smalltalk
from assistant.answers.suggestions import popular_questions, related_questions, typed_suggestions
from assistant.answers.telling import Telling
from assistant.answers.told_amounts import ToldAmounts
from assistant.answers.understanding import Question, understand
from assistant.answers.urgent import urgent
from assistant.answers.verifying import verified
from assistant.answers.wanted import CONTACTS
from assistant.answers.wording import direct_text, nothing_found
from assistant.errors import BadInput
from assistant.language import Segmenter, fold_text
from assistant.store import ReportSummary, StoredPassage

# Other passages shown beneath the first; more would hide the answer.
_EVIDENCE_SHOWN = 3
# A question of which so little is found is about something else; its slips are not worth telling.
_READ_OTHERWISE = 0.1
# FAQ entries that are compared with each other; the best wording may stand behind nearer contents.
_FAQ_MATCHES = 8
# Passages shown behind an FAQ answer.
_LINKED_SHOWN = 5
# Buttons beneath an answer: first the other bodies and years that may be meant, then what is related.
_SUGGESTED = 5
# Questions offered beneath an answer or a none.
_OFFERED = 3
_THIS_YEAR = re.compile("[今明]年")
_CONVERSATION = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class _One:
    """Whole questions, asked within one conversation."""

    look_up: Callable[[str, str], Answer]
    none: Callable[[str, str], Answer]
    conversation: str

    def ask(self, question: str) -> Answer:
        """The answer to one whole question."""
        return self.look_up(question, self.conversation)

    def refuse(self, question: str) -> Answer:
        """The answer that there is none."""
        return self.none(question, self.conversation)


class Answerer:
    """Answers questions from what is published.

    Args:
        library: what is published.
        finder: finds passages.
        facts: tells about the reports themselves.
        figures: answers with a number.
        comparisons: answers with the numbers of several years or bodies.
        lists: answers with what a report enumerates.
        conversations: what was said before.
        deciding: answers with the sentence that says yes or no.
        telling: answers with what a report says of why, when, where and how.
        told_amounts: answers with a number that a report's prose tells.
        segmenter: segments questions as the index was segmented.
        spoken: the spoken form of a text, for ``Answer.say``.
        threshold: below this confidence the answer is none.
        limit: characters a question may have.
        contact: whom to ask when nothing is found; may be empty.
        linked: gives the passages that an FAQ entry's links stand for.
        now: the clock, for greetings.
    """

    def __init__(
        self,
        library: Shelves,
        finder: Finder,
        facts: ReportFacts,
        figures: FigureAnswers,
        comparisons: ComparisonAnswers,
        lists: ListAnswers,
        conversations: Conversations,
        deciding: Deciding,
        telling: Telling,
        told_amounts: ToldAmounts,
        segmenter: Segmenter,
        spoken: Callable[[str], str],
        threshold: float,
        limit: int,
        contact: str = "",
        linked: Callable[[Sequence[str]], list[StoredPassage]] = lambda _: [],
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self._library = library
        self._finder = finder
        self._facts = facts
        self._figures = figures
        self._comparisons = comparisons
        self._lists = lists
        self._following = Following(library, segmenter, conversations)
        self._linked = linked
        self._deciding = deciding
        self._telling = telling
        self._told_amounts = told_amounts
        self._segmenter = segmenter
        self._spoken = spoken
        self._threshold = threshold
        self._limit = limit
        self._contact = contact
        self._now = now

    def trying(self, shelf: Shelf, conversations: Conversations) -> "Answerer":
        """An answerer that answers from another shelf, and otherwise as this one does.

        Args:
            shelf: what is published.
            conversations: what is said with it.
        """
        other = copy.copy(self)
        other._library = FixedShelf(shelf)
        other._following = Following(other._library, self._segmenter, conversations)
        return other

    def ask(self, question: str, conversation: str | None = None, about: About | None = None) -> Answer:
        """The answer to a question.

        Args:
            question: as typed or heard.
            conversation: the id an earlier answer carried; None or anything else begins a new conversation.
            about: what the page is about that it is asked on, for what the question leaves out.

        Raises:
            BadInput: empty, without a letter or digit, or too long.
        """
        text = self._checked(question)
        known = conversation is not None and _CONVERSATION.fullmatch(conversation)
        talk = conversation if known and conversation else uuid.uuid4().hex
        danger = urgent(text)
        small = smalltalk(text, self._now())
        if danger is not None:
            answer = Answer(text, talk, "urgent", danger.text, "", 1.0)
        elif small is not None:
            shelf = self._library.shelf()
            answer = Answer(text, talk, "smalltalk", small, "", 1.0, (), popular_questions(shelf))
        else:
            one = _One(self._look_up, self._refuse, talk)
            answer = verified(self._following.answer(text, talk, bool(known), one, about))
        return replace(answer, say=self._spoken(answer.text))

    def ask_alone(self, question: str) -> Answer:
        """The answer to a whole question by itself, without a conversation and without buttons for what it leaves open.

        For the desk, which asks for many figures at once: finding out what else can be asked takes most of an answer.

        Raises:
            BadInput: as ``ask``.
        """
        return verified(self._look_up(self._checked(question), "", with_choices=False))

    def suggest(self, typed: str, limit: int = 6, report: str = "") -> list[str]:
        """Questions the corpus can answer that go with what has been typed so far; popular ones for nothing typed.

        Args:
            typed: characters, pinyin or initials.
            limit: questions at most.
            report: the id of a report whose own questions come first; empty or unknown for none.
        """
        return typed_suggestions(typed[: self._limit], self._library.shelf(), limit, report)

    def refresh(self) -> None:
        """Take in what was published since: the next question, in whichever thread, is answered from it."""
        self._library.newest()

    def warm_up(self) -> None:
        """Do now what the first question would otherwise wait for."""
        shelf = self._library.shelf()
        shelf.faq.make_ready()
        shelf.typed  # noqa: B018 - made when first read
        shelf.corrector.warm_up()
        # Dictionaries and word lists stay for good: the collector would walk them again and again amid an answer.
        gc.collect()
        gc.freeze()

    def find(self, question: str) -> list[Found]:
        """The passages found for a question, whatever their confidence: for evaluation."""
        shelf = self._library.shelf()
        understood = understand(question, shelf, self._segmenter)
        return self._finder.find(understood, shelf, self._finder.begin(understood, shelf))

    def _checked(self, question: str) -> str:
        text = question.strip()
        if len(text) > self._limit:
            raise BadInput(f"问题太长了，请用不超过{self._limit}个字来问。", code="question_too_long")
        if not text:
            raise BadInput("请先输入您的问题。", code="question_empty")
        if not any(char.isalnum() for char in fold_text(text)):
            raise BadInput("没有看懂，请用文字写下您的问题。", code="question_unreadable")
        return text

    def _look_up(self, text: str, conversation: str, with_choices: bool = True) -> Answer:
        shelf = self._library.shelf()
        question = understand(text, shelf, self._segmenter)
        # Most questions need the passages in the end: they are searched while the FAQ and the figures are looked at.
        with self._finder.begin(question, shelf) as drawing:
            answer = self._find_answer(question, shelf, conversation, drawing, with_choices)
        if tells_of_one(question.folded, answer):
            answer = self._none(question, conversation, shelf, [], answer.suggestions)
        unsure = answer.kind == "none" and answer.confidence < _READ_OTHERWISE
        if unsure and not _reading_decides(question, shelf):
            return answer
        if answer.kind == "faq" and _THIS_YEAR.search(text):
            # An entry is of no year: that 今年 was read as one is not worth telling.
            return answer
        return replace(answer, understood=question.understood)

    def _refuse(self, text: str, conversation: str) -> Answer:
        """The answer that there is none, where what was found answers something else."""
        shelf = self._library.shelf()
        question = understand(text, shelf, self._segmenter)
        return self._none(question, conversation, shelf, [], related_questions(shelf, (), ()))

    def _find_answer(
        self, question: Question, shelf: Shelf, conversation: str, drawing: Drawing, with_choices: bool = True
    ) -> Answer:
        matches = shelf.faq.matcher.match(question.folded, question.words, question.names, limit=_FAQ_MATCHES)
        everyday = EverydayEntries(question, shelf.faq.everyday)
        compared = self._comparisons.answer(question, conversation, shelf)
        if compared is not None and compared.kind != "none" and not same_wording(matches):
            return replace(compared, suggestions=related_questions(shelf, matches, ()))
        sure = sure_match(matches)
        # What only resembles an entry in content, and compares, is not answered by it.
        if compared is not None and not same_wording(matches):
            sure = None
        # A body that is named has its own; the FAQ tells of one place of many.
        if question.wanted.kind in CONTACTS and question.scope.publishers and not same_wording(matches):
            contact = self._facts.answer(question, conversation, shelf)
            if contact is not None and contact.kind == "contact":
                return replace(contact, suggestions=related_questions(shelf, matches, ()))
        if sure is not None and holds_wanted(question.wanted, sure) and everyday.is_about(sure):
            others = [match for match in matches if match.entry.id != sure.entry.id]
            return self._faq_answer(question.text, conversation, shelf, sure, related_questions(shelf, others, ()))
        if is_fragment(question.folded, question.wanted):
            return Answer(question.text, conversation, "none", WHOLE_PLEASE, "", 0.0, (), popular_questions(shelf))
        fact = self._facts.answer(question, conversation, shelf)
        if fact is not None:
            return replace(fact, suggestions=related_questions(shelf, matches, ()))
        told = self._told_first(question, conversation, shelf, matches, everyday)
        if told is not None:
            return told
        found = self._finder.find(question, shelf, drawing)
        suggestions = related_questions(shelf, matches, found)
        if compared is not None and question.wanted.kind == "amount":
            return replace(compared, suggestions=suggestions)
        if compared is None:
            whose = [each.report.publisher for each in found]
            compared = self._comparisons.of_likely(question, conversation, shelf, whose)
            if compared is not None:
                return replace(compared, suggestions=(*compared.suggestions, *suggestions)[:_SUGGESTED])
        answer = self._found_answer(question, shelf, conversation, found, suggestions, everyday)
        return self._with_choices(question, answer, shelf, found) if with_choices else answer

    def _told_first(
        self,
        question: Question,
        conversation: str,
        shelf: Shelf,
        matches: list[FaqMatch],
        everyday: EverydayEntries,
    ) -> Answer | None:
        """What is told before passages are looked for: by the FAQ where no report is meant, else by one report."""
        if not question.scope.years and not question.scope.publishers:
            # How something is done the FAQ tells; a report's passage that shares the words tells what was done.
            meant = everyday.surely_asked()
            if meant is not None:
                others = [each.entry.question for each in everyday.offered if each.entry.id != meant.entry.id]
                return self._faq_answer(question.text, conversation, shelf, meant, tuple(others[:_OFFERED]))
        listed = (
            self._lists.answer(question, conversation, shelf)
            or self._deciding.answer(question, conversation, shelf)
            or self._telling.answer(question, conversation, shelf)
        )
        return listed and replace(listed, suggestions=related_questions(shelf, matches, ()))

    def _with_choices(self, question: Question, answer: Answer, shelf: Shelf, found: list[Found]) -> Answer:
        """An answer with the buttons for what the question leaves open before its others."""
        is_answered = partial(self._is_answered, conversation=answer.conversation, shelf=shelf)
        chosen = choices(question, answer, shelf, found, is_answered)
        return replace(answer, suggestions=(*chosen, *answer.suggestions)[:_SUGGESTED])

    def _is_answered(self, text: str, conversation: str, shelf: Shelf) -> bool:
        """Whether a question that is to be offered has an answer."""
        question = understand(text, shelf, self._segmenter)
        with self._finder.begin(question, shelf) as drawing:
            return self._find_answer(question, shelf, conversation, drawing, with_choices=False).kind != "none"

    def _found_answer(
        self,
        question: Question,
        shelf: Shelf,
        conversation: str,
        found: list[Found],
        suggestions: tuple[str, ...],
        everyday: EverydayEntries,
    ) -> Answer:
        figure = self._figures.answer(question, conversation, shelf, found)
        if figure is not None:
            return replace(figure, suggestions=suggestions)
        if found and found[0].confidence >= self._threshold:
            shown = found[:_EVIDENCE_SHOWN]
            if question.wanted.kind != "amount":
                return _passage_answer(question, conversation, shown, suggestions)
            amount = amount_answer(question, conversation, shelf, self._figures.figures, shown)
            if amount is not None:
                return replace(amount, suggestions=suggestions)
        told = self._told_amounts.answer(question, conversation, shelf)
        if told is not None:
            return replace(told, suggestions=suggestions)
        return self._in_everyday_words(question, conversation, shelf, found, suggestions, everyday)

    def _in_everyday_words(
        self,
        question: Question,
        conversation: str,
        shelf: Shelf,
        found: list[Found],
        suggestions: tuple[str, ...],
        everyday: EverydayEntries,
    ) -> Answer:
        """The FAQ entry that is surely meant, told in other words than its own; else none, which offers the nearest."""
        meant = everyday.surely_asked()
        offered = (*(each.entry.question for each in everyday.offered[:_OFFERED]), *suggestions)
        if meant is not None:
            others = tuple(each for each in offered if each != meant.entry.question)
            suggestions = tuple(dict.fromkeys(others))[:_OFFERED]
            return self._faq_answer(question.text, conversation, shelf, meant, suggestions)
        return self._none(question, conversation, shelf, found, tuple(dict.fromkeys(offered))[:_OFFERED])

    def _faq_answer(
        self, text: str, conversation: str, shelf: Shelf, match: FaqMatch, suggestions: tuple[str, ...]
    ) -> Answer:
        """The entry's answer; behind it the passages of reports that it is linked with."""
        answer = _faq_answer(text, conversation, match, suggestions)
        if not match.entry.links:
            return answer
        passages = [each for each in self._linked(match.entry.links) if each.report_id in shelf.reports]
        linked = [_linked_evidence(shelf.reports[each.report_id], each) for each in passages[:_LINKED_SHOWN]]
        return replace(answer, evidence=(*answer.evidence, *linked))

    def _none(
        self, question: Question, conversation: str, shelf: Shelf, found: list[Found], suggestions: tuple[str, ...]
    ) -> Answer:
        text = nothing_found(question.scope, shelf, self._contact)
        sure = found[0].confidence if found else 0.0
        return Answer(question.text, conversation, "none", text, "", sure, (), suggestions)


def _reading_decides(question: Question, shelf: Shelf) -> bool:
    """Whether what was read for a slip named the body, the year or a term of the trade that is asked about."""
    typed = fold_text(question.text)
    return find_scope(typed, shelf.bodies) != question.scope or any(word not in typed for word in question.synonyms)


def _faq_answer(text: str, conversation: str, match: FaqMatch, suggestions: tuple[str, ...]) -> Answer:
    entry = match.entry
    source = Source(
        id=f"{FAQ_SOURCE}{entry.id}",
        title=entry.source or entry.question,
        publisher=entry.publisher,
        index_number="",
        published=entry.updated,
        year=None,
        url=entry.url,
    )
    whole = (0, len(entry.answer))
    evidence = Evidence(
        source, ("常见问题", entry.question), entry.answer, 0, whole, (whole,), round(match.nearness, 4), ""
    )
    sureness = round(max(match.wording, match.nearness), 3)
    return Answer(text, conversation, "faq", entry.answer, "", sureness, (evidence,), suggestions)


def _linked_evidence(report: ReportSummary, passage: StoredPassage) -> Evidence:
    whole = (0, len(passage.text))
    return Evidence(
        source_of(report), passage.section_path, passage.text, passage.start, whole, (), 0.0, passage.anchor
    )


def _passage_answer(question: Question, conversation: str, found: list[Found], suggestions: tuple[str, ...]) -> Answer:
    best = found[0]
    return Answer(
        question=question.text,
        conversation=conversation,
        kind="passage",
        text=direct_text(best.passage.text, best.candidate.sentence, best.highlights),
        say="",
        confidence=round(best.confidence, 3),
        evidence=tuple(each.evidence for each in found),
        suggestions=suggestions,
    )
