"""Answering within a conversation: a follow-up is asked as the whole question that it means."""

import re
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answers.conversations import Conversations, Said
from assistant.answers.dialogue import Reading, asks_for_more, is_linked, readings, spelled_out
from assistant.answers.faq import holds_wanted, sure_match
from assistant.answers.library import Library, Shelf
from assistant.answers.model import Answer, Evidence
from assistant.answers.things import find_things, fits_measure
from assistant.answers.two_questions import both, names_two, split_in_two
from assistant.answers.understanding import understand
from assistant.answers.wanted import find_wanted
from assistant.language import Segmenter, fold_text

# Entries that decide whether a question is one of the FAQ.
_FAQ_MATCHES = 2
# As near in wording as this a question is the FAQ's, however short.
_SAME_WORDING = 0.8
# What a sentence counts was named in the one before it, or the one before that.
_NAMED_BEFORE = 80
# A question of 300 characters, and as much again from what was said before it.
_LONGEST_SAID = 600
# A length of time is asked for in one unit and told in another.
_HOW_LONG = re.compile(r"(?:多少|几)(?:天|日|个?工作日|个?月|个?小时|年)|多久|多长时间")
_LENGTH = re.compile(r"[\d一二两三四五六七八九十半]个?(?:工作日|日|天|月|小时|年)|当[天日]|当场|即时")
_TOLD_ALL = "前面的回答里能找到的原文都给您了。您可以打开出处看上下文，或者换个问法。"


class Asker(Protocol):
    """Answers whole questions."""

    def ask(self, question: str) -> Answer:
        """The answer to one whole question."""

    def refuse(self, question: str) -> Answer:
        """The answer that there is none."""


@dataclass(frozen=True)
class _Turn:
    """An answer, and what the conversation remembers after it."""

    answer: Answer
    said: Said


class Following:
    """Answers questions in the light of what was said before.

    Args:
        library: what is published.
        segmenter: segments questions.
        conversations: what was said.
    """

    def __init__(self, library: Library, segmenter: Segmenter, conversations: Conversations) -> None:
        self._library = library
        self._segmenter = segmenter
        self._conversations = conversations

    def answer(self, text: str, conversation: str, is_known: bool, asker: Asker) -> Answer:
        """The answer to a question, remembered for the next one.

        Args:
            text: the question, trimmed.
            conversation: its conversation's id.
            is_known: whether the citizen sent that id, so that something may have been said before.
            asker: answers whole questions.
        """
        said = self._conversations.recall(conversation) if is_known else None
        parts = split_in_two(text)
        turn = self._both(text, parts, said, asker) if parts and not names_two(text) else None
        turn = turn or self._one(text, said, asker)
        if parts and turn.answer.kind == "none":  # what names two contacts has both from one place, where it can
            turn = self._both(text, parts, said, asker) or turn
        if len(turn.said.question) <= _LONGEST_SAID:  # follow-ups of follow-ups must not grow without end
            self._conversations.note(conversation, turn.said)
        return turn.answer

    def _both(self, text: str, parts: tuple[str, str], said: Said | None, asker: Asker) -> _Turn | None:
        """The answers to both parts in one; None where neither has one."""
        first = self._one(parts[0], said, asker)
        second = self._one(parts[1], first.said, asker)
        answer = both(text, first.answer, second.answer)
        return None if answer is None else _Turn(answer, first.said)

    def _one(self, text: str, said: Said | None, asker: Asker) -> _Turn:
        """The answer to a question after what was said, if anything was."""
        if said is None:
            return _whole(text, asker)
        shelf = self._library.shelf()
        folded = spelled_out(fold_text(text))
        folded = shelf.corrector.correct(folded, self._segmenter.words(folded))
        if asks_for_more(folded):
            return _more(text, said, asker)
        found = () if self._is_faq(folded, shelf) else readings(folded, said, shelf, self._segmenter)
        return self._first_answered(text, said, found, asker, shelf) if found else _whole(text, asker)

    def _first_answered(self, text: str, said: Said, found: tuple[Reading, ...], asker: Asker, shelf: Shelf) -> _Turn:
        """The answer to the first reading that has one which speaks of what was asked."""
        for reading in found:
            if reading.is_whole:
                turn = _whole(text, asker)
                if turn.answer.kind != "none":
                    return turn
                continue
            answer = asker.ask(reading.question)
            if answer.kind != "none" and _fits(answer, reading, said, shelf):
                return _read(text, reading, answer)
            entry = _same_entry(text, said, asker)  # what the FAQ said last is nearer than another reading
            if entry is not None:
                return _Turn(replace(entry, question=text), said)
        return _read(text, found[0], asker.refuse(found[0].question))

    def _is_faq(self, folded: str, shelf: Shelf) -> bool:
        """Whether the question is surely one of the FAQ by itself."""
        if is_linked(folded):
            return False
        question = understand(folded, shelf, self._segmenter)
        sure = sure_match(shelf.faq.matcher.match(folded, question.words, question.names, limit=_FAQ_MATCHES))
        if sure is None or sure.wording >= _SAME_WORDING:
            return sure is not None
        return len(question.content.words) > 1 and holds_wanted(question.wanted, sure)


def _whole(text: str, asker: Asker) -> _Turn:
    """A question that needs nothing of what was said before, which is dropped."""
    answer = asker.ask(text)
    return _Turn(answer, Said(answer.understood or text, faq=_faq_question(answer)))


def _read(text: str, reading: Reading, answer: Answer) -> _Turn:
    """An answer to a reading; what it was taken to mean is told."""
    understood = answer.understood or reading.question
    said = Said(understood, reading.topic, reading.part, _faq_question(answer))
    return _Turn(replace(answer, question=text, understood=understood), said)


def _more(text: str, said: Said, asker: Asker) -> _Turn:
    """The whole passage of the last answer; asked again, the passages after it."""
    last = asker.ask(said.question)
    now = replace(said, told=said.told + 1)
    if not last.evidence:
        return _Turn(replace(last, question=text, understood=said.question), said)
    if said.told >= len(last.evidence):
        told_all = Answer(text, last.conversation, "none", _TOLD_ALL, "", 0.0, (), last.suggestions)
        return _Turn(replace(told_all, understood=said.question), said)
    order = (*last.evidence[said.told :], *last.evidence[: said.told])
    passage = " ".join(order[0].passage.split())
    kind = last.kind if last.kind == "faq" else "passage"
    answer = replace(last, question=text, kind=kind, text=passage, value=None, evidence=order)
    return _Turn(replace(answer, understood=said.question), now)


def _same_entry(text: str, said: Said, asker: Asker) -> Answer | None:
    """The FAQ entry that answered last, if it holds the kind of thing that is asked for now as well."""
    folded = fold_text(text)
    wanted = find_wanted(folded)
    if not said.faq or wanted.kind in ("passage", "yes or no"):
        return None
    entry = asker.ask(said.faq)
    told = fold_text(entry.text)
    if _HOW_LONG.search(folded):
        holds = _LENGTH.search(told) is not None
    else:
        holds = any(fits_measure(wanted, told[slice(*span)]) for span in find_things(wanted, told))
    return replace(entry, understood="") if entry.kind == "faq" and holds else None


def _fits(answer: Answer, reading: Reading, said: Said, shelf: Shelf) -> bool:
    """Whether an answer speaks of what the follow-up asks about, and of what it was about before."""
    if answer.kind == "faq":
        return bool(said.faq)
    if not answer.evidence:
        return False
    first = answer.evidence[0]
    synonyms = shelf.synonyms.find(reading.question)
    lead = fold_text(f"{answer.text}\n{_up_to_answer(first, answer)}")
    held = sum(_holds(word, lead, synonyms) for word in reading.must)
    # A number is that of every word; words that tell something may say it in others.
    is_number = answer.value is not None or find_wanted(fold_text(reading.question)).kind == "amount"
    if held < len(reading.must) if is_number else reading.must and not held:
        return False
    near = f"{lead}\n{fold_text(_near(first))}"
    return all(_holds(word, near, synonyms) for word in reading.about)


def _near(evidence: Evidence) -> str:
    """The headings, and the words before the answer that may name what it is about."""
    start, end = evidence.sentence
    return "\n".join((*evidence.section, evidence.passage[max(0, start - _NAMED_BEFORE) : end]))


def _up_to_answer(evidence: Evidence, answer: Answer) -> str:
    """The answering sentence; where it holds a number what leads up to it, for the next number is of other things."""
    start, end = evidence.sentence
    if answer.value is None:
        return "\n".join((evidence.passage[start:end], *evidence.section))
    return evidence.passage[start : evidence.highlights[0][1]] if evidence.highlights else ""


def _holds(word: str, folded: str, synonyms: dict[str, tuple[str, ...]]) -> bool:
    others = (other for whole, group in synonyms.items() if word in whole or whole in word for other in group)
    return word in folded or any(other in folded for other in others)


def _faq_question(answer: Answer) -> str:
    """The question of the FAQ entry that answered; empty for any other answer."""
    return answer.evidence[0].section[-1] if answer.kind == "faq" and answer.evidence else ""
