"""Understanding a question: what it looks for, of which years and bodies, and what kind of thing it wants."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.library import Shelf
from assistant.answers.names import find_names, place_before
from assistant.answers.relative_years import with_years
from assistant.answers.scope import Scope, find_scope, without_scope
from assistant.answers.wanted import Wanted, asking, find_wanted, without_asking
from assistant.language import QuestionTerms, Segmenter, fold_text, question_terms, terms_of


@dataclass(frozen=True)
class Question:
    """A question understood.

    Attributes:
        text: as asked, trimmed.
        understood: what it was taken to mean, folded, where slips were forgiven or years counted out; else empty.
        folded: the folded text, slips forgiven.
        words: the words of the folded text.
        terms: what the index is asked for: the terms less what named known years and bodies.
        content: what the evidence should hold: the terms less also the phrases that only ask.
        scope: years and bodies it names.
        wanted: the kind of thing it wants.
        names: places and other bodies it names, which the evidence must name too.
        synonyms: its words that have others of the same meaning.
    """

    text: str
    understood: str
    folded: str
    words: tuple[str, ...]
    terms: QuestionTerms
    content: QuestionTerms
    scope: Scope
    wanted: Wanted
    names: tuple[str, ...]
    synonyms: dict[str, tuple[str, ...]]


def understand(text: str, shelf: Shelf, segmenter: Segmenter) -> Question:
    """A trimmed question understood against what is published."""
    written = fold_text(text)
    words = segmenter.words(written)
    folded = shelf.corrector.correct(written, words)
    folded = with_years(folded, shelf)
    if folded != written:
        words = segmenter.words(folded)
    scope = find_scope(folded, shelf.bodies)
    known = Scope(scope.years & shelf.years, scope.publishers, scope.aliases)
    rest = without_scope(folded, known)
    rest_words = words if rest == folded else segmenter.words(rest)
    terms = terms_of(rest, rest_words, segmenter) if rest.strip() else terms_of(folded, words, segmenter)
    return Question(
        text=text,
        understood=folded if folded != written else "",
        folded=folded,
        words=tuple(words),
        terms=terms,
        content=_content(rest, rest_words, terms, segmenter),
        scope=scope,
        wanted=find_wanted(folded),
        names=(*find_names(rest, rest_words, segmenter), *place_before(folded, scope.aliases, segmenter)),
        synonyms=shelf.synonyms.find(rest),
    )


def _content(rest: str, words: Sequence[str], terms: QuestionTerms, segmenter: Segmenter) -> QuestionTerms:
    """The terms of what is left when the phrases that only ask are taken out; all of them where nothing is left.

    The words are cut again only where such a phrase begins or ends inside one.
    """
    spans = asking(rest)
    if not spans or not without_asking(rest).strip():
        return terms
    kept: list[str] = []
    end = 0
    for word in words:
        start, end = end, end + len(word)
        touched = [span for span in spans if start < span[1] and span[0] < end]
        if any(start < first or last < end for first, last in touched):
            return question_terms(without_asking(rest), segmenter)
        kept.append(" " if touched else word)
    return terms_of("".join(kept), kept, segmenter)
