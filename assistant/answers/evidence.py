"""From a passage to the sentence that answers and the words in it that answer."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.answers.model import Span
from assistant.answers.things import (
    find_things,
    fits_measure,
    gives_reason,
    is_enumerated,
    is_series,
    only_rumours,
    plainness,
    settles,
)
from assistant.answers.wanted import Wanted
from assistant.language import Folded, QuestionTerms, clauses, sentences
from assistant.search import SearchIndex
from assistant.search.rarity import rarity

# What the headings and the sentence before hold of the question counts half: the subject often stands there.
_CONTEXT_SHARE = 0.5
# A long word whose parts are all there, but not together, is not quite the word.
_PARTS_SHARE = 0.8
# No more characters than these stand together by chance where no word ends between them.
_BY_CHANCE = 2
# A sentence that the passage asks (应如何处理？) answers nothing; the one after it does, and holds all that it asks.
_ASKED_SHARE = 1.0
_ASKS = re.compile(r"[?][\s\"'”’」』)]*$")
# Characters that a sentence must add to the question to be an answer by itself, and not a heading for the next.
_SAYS_MORE = 3
# A sentence that holds the kind of thing asked for is that much likelier to be the answer than one that does not.
_HOLDS_WANTED = 1.3
# A reason is given in the sentence that says what happened or in one of the next two.
_REASON_FOLLOWS = 2
# What is rumoured is settled in one of the next two.
_VERDICT_FOLLOWS = 2
# An enumerated item and a sentence that explains it.
_ITEM_SENTENCES = 2


@dataclass(frozen=True)
class Candidate:
    """A passage with the place in it that answers best.

    Attributes:
        passage: the passage's text as printed.
        folded: the passage folded.
        answering: span of the answering sentence (or run of enumerated sentences) in the folded passage.
        passage_cover: share (0 to 1) of the question's weight that passage and headings hold.
        sentence_cover: the same for the sentence, with a share of what the sentence before and the headings add.
        holds_wanted: whether the sentence holds the kind of thing that was asked for.
        score: comparable between passages for one question.
    """

    passage: str
    folded: Folded
    answering: Span
    passage_cover: float
    sentence_cover: float
    holds_wanted: bool
    score: float

    @property
    def sentence(self) -> Span:
        """The answering sentence as a span of the passage as printed."""
        return self.folded.span(*self.answering)


@dataclass(frozen=True)
class Sought:
    """A content word of the question.

    Attributes:
        word: the word.
        weight: its inverse document frequency in the passages.
        others: words that say the same.
        is_held: whether any passage holds it as a word. Where none does, its two characters stand together by chance
            (租房 in 出租房屋), and the parts of a longer one are of other things (残疾证, where 残疾人 is told of).
    """

    word: str
    weight: float
    others: tuple[str, ...] = ()
    is_held: bool = True

    @cached_property
    def pairs(self) -> tuple[str, ...]:
        """The bigrams of a longer word, which may stand apart; none of a word of two characters."""
        word = self.word
        return tuple(word[index : index + 2] for index in range(len(word) - 1)) if len(word) > 2 else ()

    def presence(self, folded: str) -> float:
        """How much of the word the text holds: 1 whole or by a synonym, part of its bigrams less."""
        if self.word in folded and (self.is_held or len(self.word) > _BY_CHANCE):
            return 1.0
        for other in self.others:  # a loop: thousands of figures are asked this in one comparison
            if other in folded:
                return 1.0
        pairs = self.pairs
        if not pairs or not self.is_held:
            return 0.0
        return _PARTS_SHARE * sum([pair in folded for pair in pairs]) / len(pairs)


def weigh_words(
    terms: QuestionTerms, synonyms: Mapping[str, tuple[str, ...]], index: SearchIndex, as_words: bool = False
) -> tuple[Sought, ...]:
    """Each content word with how rare it is among the passages.

    ``synonyms`` holds the question's words that have others of the same meaning; a content word that is part of one
    (告上 of 告上法庭) may be stood for by the others too. With ``as_words`` what no passage holds as a word is not held
    by characters that stand together by chance.
    """
    total = index.passage_count
    sought = []
    # Documents replaced since the last merge still count in the frequencies, but not in the total.
    for word, frequency in zip(terms.words, index.word_frequencies(terms.words), strict=True):
        others = tuple(other for whole, others in synonyms.items() if word in whole for other in others)
        sought.append(Sought(word, rarity(frequency, total), others, is_held=frequency > 0 or not as_words))
    return tuple(sought)


def cover(sought: Sequence[Sought], folded: str) -> float:
    """The share of the question's weight that the folded text holds, 0 to 1."""
    total = held = 0.0
    for each in sought:
        total += each.weight
        held += each.weight * each.presence(folded)
    return held / total if total else 0.0


def is_asked(before: str) -> bool:
    """Whether folded text ends with a question: then what comes next answers it."""
    return _ASKS.search(before) is not None


def find_candidate(passage: Folded, text: str, about: str, sought: Sequence[Sought], wanted: Wanted) -> Candidate:
    """The best place of a passage, its answering words not yet marked.

    Args:
        passage: the folded passage.
        text: the passage as printed.
        about: folded title and headings: what the passage is about, which counts as context.
        sought: the question's content words.
        wanted: the kind of thing it wants.
    """
    spans = _folded_sentences(passage, text)
    texts = [passage.text[start:end] for start, end in spans]
    # Each sentence is searched for the words once; what it holds with its context is the best of each.
    held = [_presences(sought, text) for text in texts]
    held_about = _presences(sought, about)
    scored = [_score_sentence(position, texts, held, held_about, sought, wanted) for position in range(len(texts))]
    telling = [position for position, text in enumerate(texts) if not _ASKS.search(text)] or range(len(texts))
    best = max(telling, key=lambda position: scored[position][0])
    score, sentence_cover, holds = scored[best]
    first, last = _extent(best, texts, wanted, sought)
    return Candidate(
        passage=text,
        folded=passage,
        answering=(spans[first][0], spans[last][1]),
        passage_cover=_share(sought, _best_of(*held, held_about)),
        sentence_cover=sentence_cover,
        holds_wanted=holds,
        score=score,
    )


def mark(candidate: Candidate, sought: Sequence[Sought], wanted: Wanted, years: frozenset[int]) -> tuple[Span, ...]:
    """The answering words, as spans of the passage as printed, inside the answering sentence."""
    folded = candidate.folded
    return tuple(folded.span(*span) for span in _highlights(folded.text, candidate.answering, sought, wanted, years))


def _presences(sought: Sequence[Sought], folded: str) -> list[float]:
    return [each.presence(folded) for each in sought]


def _best_of(*held: Sequence[float]) -> list[float]:
    return list(map(max, *held)) if len(held) > 1 else list(held[0])


def _share(sought: Sequence[Sought], held: Sequence[float]) -> float:
    total = sum([each.weight for each in sought])
    return sum([each.weight * presence for each, presence in zip(sought, held, strict=True)]) / total if total else 0.0


def _folded_sentences(folded: Folded, passage: str) -> list[Span]:
    """The passage's sentences as spans of its folded text; at least one."""
    offsets, length = folded.offsets, len(folded.text)
    spans = [(bisect_left(offsets, start), bisect_left(offsets, end, hi=length)) for start, end in sentences(passage)]
    return [span for span in spans if span[0] < span[1]] or [(0, length)]


def _score_sentence(
    position: int,
    texts: Sequence[str],
    held: Sequence[Sequence[float]],
    held_about: Sequence[float],
    sought: Sequence[Sought],
    wanted: Wanted,
) -> tuple[float, float, bool]:
    """Score, cover with its share of what context adds, and whether the wanted kind of thing is there."""
    own = _share(sought, held[position])
    context = (held[position - 1], held_about) if position else (held_about,)
    with_context = _share(sought, _best_of(held[position], *context))
    share = _ASKED_SHARE if position and _ASKS.search(texts[position - 1]) else _CONTEXT_SHARE
    covered = own + share * (with_context - own)
    holds = _holds(position, texts, wanted)
    # Many a sentence strings things together; only items in order speak for a list.
    speaks = is_enumerated("\n".join(texts[position : position + 2])) if wanted.kind == "list" else holds
    factor = _HOLDS_WANTED if speaks and wanted.kind != "passage" else 1.0
    return covered * factor, covered, holds


def _holds(position: int, texts: Sequence[str], wanted: Wanted) -> bool:
    """Whether the sentence holds the kind of thing that is wanted; a reason may follow in the next two."""
    if wanted.kind == "passage":
        return True
    if wanted.kind == "list":
        return is_series(texts[position]) or any(is_enumerated(text) for text in texts[position + 1 : position + 2])
    if wanted.kind == "reason":
        return any(gives_reason(text) for text in texts[position : position + 1 + _REASON_FOLLOWS])
    return any(fits_measure(wanted, texts[position][slice(*span)]) for span in find_things(wanted, texts[position]))


def _extent(best: int, texts: Sequence[str], wanted: Wanted, sought: Sequence[Sought]) -> tuple[int, int]:
    """First and last sentence of the answer: as far as the enumeration or the reason goes, else the best one alone.

    One that only says what the question says goes on to the next.
    """
    if wanted.kind == "reason":
        reach = range(best, min(len(texts), best + 1 + _REASON_FOLLOWS))
        return best, next((position for position in reach if gives_reason(texts[position])), best)
    if wanted.kind == "list":
        return _enumeration(best, texts)
    if wanted.kind == "yes or no" and only_rumours(texts[best]):
        reach = range(best, min(len(texts), best + 1 + _VERDICT_FOLLOWS))
        return best, next((position for position in reach if settles(texts[position])), best)
    repeats = wanted.kind == "passage" and best + 1 < len(texts) and not _says_more(texts[best], sought)
    return best, best + 1 if repeats else best


def _says_more(text: str, sought: Sequence[Sought]) -> bool:
    """Whether a sentence adds anything to the words of the question."""
    asked = {char for each in sought for char in each.word}
    return sum(char.isalnum() and char not in asked for char in text) >= _SAYS_MORE


def _enumeration(best: int, texts: Sequence[str]) -> tuple[int, int]:
    """First and last sentence of the run of enumerated items around the best one; one item may take two sentences."""
    items = [position for position, text in enumerate(texts) if is_enumerated(text)]
    first = last = best
    for position in items:
        if last < position <= last + _ITEM_SENTENCES:
            last = position
    if is_enumerated(texts[best]):
        for position in reversed(items):
            if first - _ITEM_SENTENCES <= position < first:
                first = position
    return first, last


def _highlights(
    folded: str, sentence: Span, sought: Sequence[Sought], wanted: Wanted, years: frozenset[int]
) -> list[Span]:
    """The answering words of the sentence: things of the wanted kind beside the question's words, else the clause."""
    start, end = sentence
    if wanted.kind == "list":
        return [sentence]
    found = [(start + first, start + last) for first, last in find_things(wanted, folded[start:end])]
    if found and wanted.kind != "reason":
        return [max(found, key=lambda span: _fit(folded, sentence, span, found, sought, wanted, years))]
    parts = clauses(folded, start, end) or [sentence]
    if wanted.kind == "yes or no" and any(only_rumours(folded[slice(*part)]) for part in parts):
        return [part for part in parts if settles(folded[slice(*part)])][:1] or [sentence]
    return [max(parts, key=lambda part: cover(sought, folded[part[0] : part[1]]))]


def _fit(
    folded: str,
    sentence: Span,
    span: Span,
    found: Sequence[Span],
    sought: Sequence[Sought],
    wanted: Wanted,
    years: frozenset[int],
) -> tuple[float, ...]:
    """How well a found thing fits: the asked measure first, then how many of the question's words lead up to it.

    A sentence names its subject once and then counts (受理网民提问531条,回复519条): what leads up to a number is all
    that stands before it and what it counts, up to the next number or the clause's end. Of two that hold as much, the
    earlier one is meant; the later one only repeats what was led up to before.
    """
    own = next((part for part in clauses(folded, *sentence) if part[0] <= span[0] < part[1]), sentence)
    reach = min([own[1], *(other[0] for other in found if other[0] >= span[1])])
    measured = fits_measure(wanted, folded[slice(*span)])
    of_the_year, no_comparison, not_before, total = plainness(wanted, folded, span, years)
    led_up_to = round(cover(sought, folded[sentence[0] : reach]), 3)
    return (measured, of_the_year, no_comparison, not_before, led_up_to, total, -span[0])
