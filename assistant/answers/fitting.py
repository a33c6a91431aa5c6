"""Whether an answer to a follow-up speaks of what was asked: a number of something else is worse than none."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.model import Answer, Evidence, Span
from assistant.answers.standard_questions import asked_of_every_report
from assistant.answers.things import find_things
from assistant.answers.understanding import Question
from assistant.answers.wording import direct_text
from assistant.language import fold_text, sentences

# What a sentence counts was named in the one before it, or the one before that.
_NAMED_BEFORE = 80
# A table's cell is told by its names, then its value; a sentence ends in the number.
_CELL = re.compile(r"[:：][\d,.]+[\u4e00-\u9fff]{0,2}。?$")
_CLAUSE_END = re.compile("[,，;；。:：]")


def fits(answer: Answer, asked: Question, must: Sequence[str], about: Sequence[str], after_faq: bool) -> bool:
    """Whether an answer speaks of what the follow-up asks about, and of what it was about before.

    Args:
        answer: the answer to a reading of the follow-up.
        asked: the reading, understood.
        must: words of the follow-up that the answer must speak of: a number of every one.
        about: words of the topic, each of which must stand near.
        after_faq: whether the FAQ answered what was asked before.
    """
    if answer.kind == "faq":
        return after_faq
    if not answer.evidence:
        return False
    if _counts_what_is_asked(answer, asked):
        return True
    first = answer.evidence[0]
    lead = fold_text(f"{answer.text}\n{_up_to_answer(first, answer)}")
    held = sum(_holds(word, lead, asked) for word in must)
    # A number is that of every word; words that tell something may say it in others.
    is_number = answer.value is not None or asked.wanted.kind == "amount"
    if held < len(must) if is_number else must and not held:
        return False
    if is_number and answer.kind == "passage" and not _amount_beside(answer, asked, must):
        return False
    near = f"{lead}\n{fold_text(_near(first))}"
    return all(_holds(word, near, asked) for word in about)


def place_told(answer: Answer, asked: Question, must: Sequence[str]) -> Answer | None:
    """The sentence of the passage found that speaks of all that a follow-up asks about, where the one given does not.

    后来建了个什么制度 is asked on in the story that was told: its next sentence may say it. A number is not sought so.
    """
    if answer.kind != "passage" or asked.wanted.kind == "amount" or not must:
        return None
    first = answer.evidence[0]
    for start, end in sentences(first.passage):
        sentence = first.passage[start:end]
        if all(_holds(word, fold_text(sentence), asked) for word in must):
            marks = tuple(_places(first.passage, (start, end), must)) or ((start, end),)
            evidence = (replace(first, sentence=(start, end), highlights=marks), *answer.evidence[1:])
            return replace(answer, text=direct_text(first.passage, (start, end), marks), evidence=evidence)
    return None


def _counts_what_is_asked(answer: Answer, asked: Question) -> bool:
    """Whether it is the cell of a standard table that the whole question asks for, no word of it left out."""
    return (
        answer.kind == "figure" and _CELL.search(answer.text) is not None and asked_of_every_report(asked) is not None
    )


def _amount_beside(answer: Answer, asked: Question, must: Sequence[str]) -> bool:
    """Whether the answering sentence gives an amount in the same clause as one of the words, and behind it."""
    folded = fold_text(answer.text)
    spans = find_things(asked.wanted, folded)
    words = [other for word in must for other in (word, *_others(word, asked))]
    places = [match.end() for word in words for match in re.finditer(re.escape(word), folded)]
    return not must or any(
        place <= start and not _CLAUSE_END.search(folded[place:start]) for place in places for start, _ in spans
    )


def _places(passage: str, sentence: Span, must: Sequence[str]) -> list[Span]:
    found = [(passage.find(word, *sentence), len(word)) for word in must]
    spans = sorted((at, at + size) for at, size in found if at >= 0)
    return [span for at, span in enumerate(spans) if at == 0 or span[0] >= spans[at - 1][1]]


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


def _holds(word: str, folded: str, asked: Question) -> bool:
    return word in folded or any(other in folded for other in _others(word, asked))


def _others(word: str, asked: Question) -> list[str]:
    """Words of the same meaning as one that the word is a part of, or that is a part of it."""
    return [other for whole, group in asked.synonyms.items() if word in whole or whole in word for other in group]
