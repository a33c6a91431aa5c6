"""Answering within a conversation: a follow-up is asked as the whole question that it means."""

import re
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answers.about_page import About, completed, is_of, is_of_report
from assistant.answers.conversations import Conversations, Said
from assistant.answers.dialogue import Reading, asks_for_more, is_linked, readings, spelled_out
from assistant.answers.faq import holds_wanted, sure_match
from assistant.answers.fitting import fits, place_told
from assistant.answers.frames import frame_of
from assistant.answers.library import Shelf, Shelves
from assistant.answers.model import Answer
from assistant.answers.things import find_things, fits_measure
from assistant.answers.two_questions import asks_each, both, counted_alike, names_two, split_in_two
from assistant.answers.understanding import understand
from assistant.answers.wanted import find_wanted
from assistant.answers.worked_out import find_bound, find_pair, of_bound, of_pair
from assistant.language import Segmenter, fold_text

# Entries that decide whether a question is one of the FAQ.
_FAQ_MATCHES = 2
# As near in wording as this a question is the FAQ's, however short.
_SAME_WORDING = 0.8
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

    def __init__(self, library: Shelves, segmenter: Segmenter, conversations: Conversations) -> None:
        self._library = library
        self._segmenter = segmenter
        self._conversations = conversations

    def answer(self, text: str, conversation: str, is_known: bool, asker: Asker, about: About | None = None) -> Answer:
        """The answer to a question, remembered for the next one.

        Args:
            text: the question, trimmed.
            conversation: its conversation's id.
            is_known: whether the citizen sent that id, so that something may have been said before.
            asker: answers whole questions.
            about: what the page is about that it is asked on; None for nothing.
        """
        said = self._conversations.recall(conversation) if is_known else None
        turn = self._on_page(text, said, about, asker) if about else None
        if turn is None:
            turn = self._asked(text, said, asker)
        if len(turn.said.question) <= _LONGEST_SAID:  # follow-ups of follow-ups must not grow without end
            self._conversations.note(conversation, turn.said)
        return turn.answer

    def _on_page(self, text: str, said: Said | None, about: About, asker: Asker) -> _Turn | None:
        """The answer to a question that leaves out what the page says; None where it is asked like any other."""
        shelf = self._library.shelf()
        folded = spelled_out(fold_text(text))
        folded = shelf.corrector.correct(folded, self._segmenter.words(folded))
        if asks_for_more(folded) or (said is not None and is_linked(folded)):
            return None
        # What was talked of last and the FAQ are nearer than the page, but for what its report's own head tells.
        is_nearer = self._is_faq(folded, shelf) or (said is not None and self._names_body(said.question, shelf))
        if is_nearer and not is_of_report(folded, about):
            return None
        whole = completed(folded, about, shelf, self._segmenter)
        if whole is None:
            return None
        turn = self._asked(whole.question, None, asker)
        if is_nearer and turn.answer.kind != "metadata":
            return None
        if turn.answer.kind == "none":
            plain = self._asked(text, said, asker)
            if is_of(plain.answer, about):
                return plain
        answer = replace(turn.answer, question=text, understood=turn.answer.understood or whole.told)
        return replace(turn, answer=answer)

    def _names_body(self, question: str, shelf: Shelf) -> bool:
        return bool(frame_of(fold_text(question), shelf, self._segmenter).body)

    def _asked(self, text: str, said: Said | None, asker: Asker) -> _Turn:
        """The answer to a question, or to the two that it asks, or what is worked out from two."""
        turn = self._worked_out(text, said, asker)
        if turn is not None:
            return turn
        parts = split_in_two(text)
        return self._several(text, parts, said, asker) if parts else self._one(text, said, asker)

    def _worked_out(self, text: str, said: Said | None, asker: Asker) -> _Turn | None:
        """Two numbers of one year compared, or one held against a number; None where neither is asked or can be."""
        folded = fold_text(text)
        pair, bound = find_pair(folded), find_bound(folded)
        if pair is not None:
            first = self._one(pair.first, said, asker)
            if first.answer.kind != "figure":  # nothing can be worked out from it: the other need not be asked for
                return None
            second = self._one(pair.second, first.said, asker)
            answer = of_pair(text, pair, first.answer, second.answer)
            if answer is None:
                scoped = frame_of(fold_text(first.said.question), self._library.shelf(), self._segmenter)
                alone = asker.ask(replace(scoped, topic="", rest=pair.alone).question())
                answer = of_pair(text, pair, first.answer, alone)
        elif bound is not None:
            first = self._one(bound.asked, said, asker)
            answer = of_bound(text, bound, first.answer)
        else:
            return None
        return None if answer is None else _Turn(answer, first.said)

    def _several(self, text: str, parts: tuple[str, str], said: Said | None, asker: Asker) -> _Turn:
        """The answer to a question that asks two things."""
        if not (names_two(text) or asks_each(text)):
            return self._both(text, parts, said, asker) or self._one(text, said, asker)
        whole = self._one(text, said, asker)
        if asks_each(text):  # one number alone is that of one of them, or of neither
            if whole.answer.kind == "comparison":
                return whole
            return self._both(text, parts, said, asker) or replace(whole, answer=asker.refuse(text))
        if whole.answer.kind == "none":  # what names two contacts has both from one place, where it can
            return self._both(text, parts, said, asker) or whole
        return whole

    def _both(self, text: str, parts: tuple[str, str], said: Said | None, asker: Asker) -> _Turn | None:
        """The answers to both parts in one; None where neither has one."""
        first = self._one(parts[0], said, asker)
        second = self._one(parts[1], first.said, asker)
        if asks_each(text) and not counted_alike(first.answer, second.answer):
            return None
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
                if _goes_alone(turn.answer, text):
                    return turn
                continue
            answer = asker.ask(reading.question)
            if answer.kind == "none":
                continue
            asked = understand(reading.question, shelf, self._segmenter)
            if fits(answer, asked, reading.must, reading.about, bool(said.faq)):
                # 要多少钱 after how to replace a lost card is told by that entry, where it says so.
                entry = _same_entry(text, said, asker) if answer.kind == "faq" else None
                return _read(text, reading, answer) if entry is None else _Turn(replace(entry, question=text), said)
            further = place_told(answer, asked, reading.must)
            if further is not None:
                return _read(text, reading, further)
            entry = _same_entry(text, said, asker)  # what the FAQ said last is nearer than another reading
            if entry is not None:
                return _Turn(replace(entry, question=text), said)
        entry = _same_entry(text, said, asker)
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


def _goes_alone(answer: Answer, text: str) -> bool:
    """Whether a question that names no year or body was answered by itself, and not by whatever number stands nearest.

    Who asks 请了多少记者 after a body's meetings means that body; a passage of another one is no answer.
    """
    if answer.kind == "none":
        return False
    return answer.kind != "passage" or find_wanted(fold_text(text)).kind != "amount"


def _read(text: str, reading: Reading, answer: Answer) -> _Turn:
    """An answer to a reading; what it was taken to mean is told."""
    # Told as one would say it, unless slips were forgiven in it once more.
    told = answer.understood.replace(",", "") if answer.understood else reading.told
    said = Said(answer.understood or reading.question, reading.topic, reading.part, _faq_question(answer), told=told)
    return _Turn(replace(answer, question=text, understood=told), said)


def _more(text: str, said: Said, asker: Asker) -> _Turn:
    """The whole passage of the last answer; asked again, the passages after it."""
    last = asker.ask(said.question)
    now = replace(said, asked_more=said.asked_more + 1)
    if not last.evidence:
        return _Turn(replace(last, question=text, understood=said.told or said.question), said)
    if said.asked_more >= len(last.evidence):
        told_all = Answer(text, last.conversation, "none", _TOLD_ALL, "", 0.0, (), last.suggestions)
        return _Turn(replace(told_all, understood=said.told or said.question), said)
    order = (*last.evidence[said.asked_more :], *last.evidence[: said.asked_more])
    passage = " ".join(order[0].passage.split())
    kind = last.kind if last.kind == "faq" else "passage"
    answer = replace(last, question=text, kind=kind, text=passage, value=None, evidence=order)
    return _Turn(replace(answer, understood=said.told or said.question), now)


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


def _faq_question(answer: Answer) -> str:
    """The question of the FAQ entry that answered; empty for any other answer."""
    return answer.evidence[0].section[-1] if answer.kind == "faq" and answer.evidence else ""
