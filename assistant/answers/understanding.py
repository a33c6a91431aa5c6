"""Understanding a question: what it looks for, of which years and bodies, and what kind of thing it wants."""

from dataclasses import dataclass

from assistant.answers.library import Shelf
from assistant.answers.names import find_names
from assistant.answers.scope import Scope, find_scope, without_scope
from assistant.answers.wanted import Wanted, find_wanted, without_asking
from assistant.language import QuestionTerms, Segmenter, fold_text, question_terms


@dataclass(frozen=True)
class Question:
    """A question understood.

    Attributes:
        text: as asked, trimmed.
        folded: the folded text.
        all_terms: its terms.
        terms: what the index is asked for: the terms less what named known years and bodies.
        content: what the evidence should hold: the terms less also the phrases that only ask.
        scope: years and bodies it names.
        wanted: the kind of thing it wants.
        names: places and other bodies it names, which the evidence must name too.
        synonyms: its words that have others of the same meaning.
    """

    text: str
    folded: str
    all_terms: QuestionTerms
    terms: QuestionTerms
    content: QuestionTerms
    scope: Scope
    wanted: Wanted
    names: tuple[str, ...]
    synonyms: dict[str, tuple[str, ...]]


def understand(text: str, shelf: Shelf, segmenter: Segmenter) -> Question:
    """A trimmed question understood against what is published."""
    folded = fold_text(text)
    scope = find_scope(folded, shelf.bodies)
    known = Scope(scope.years & shelf.years, scope.publishers, scope.aliases)
    rest = without_scope(folded, known)
    all_terms = question_terms(folded, segmenter)
    terms = _terms_of(rest, folded, all_terms, segmenter)
    return Question(
        text=text,
        folded=folded,
        all_terms=all_terms,
        terms=terms,
        content=_terms_of(without_asking(rest), rest, terms, segmenter),
        scope=scope,
        wanted=find_wanted(folded),
        names=find_names(rest, segmenter),
        synonyms=shelf.synonyms.find(rest),
    )


def _terms_of(part: str, whole: str, terms_of_whole: QuestionTerms, segmenter: Segmenter) -> QuestionTerms:
    """The terms of what is left of a text; of the whole where nothing was taken away, or nothing is left."""
    return question_terms(part, segmenter) if part.strip() and part != whole else terms_of_whole
