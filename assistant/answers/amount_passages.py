"""Passages that answer a question for a number: given only where what the numbers were read to mean agrees.

A passage that holds most words of a question holds some number too, and it need not be the one asked for. So of the
figures of its report that one must be meant likeliest which stands in the answering sentence, and it is the one marked.
Where the report's figures know nothing of what is asked, the number must at least be counted as was asked.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.everyday import contradict, stands
from assistant.answers.figures import Figures, Fit
from assistant.answers.finding import Found
from assistant.answers.library import Shelf
from assistant.answers.model import Answer, Span
from assistant.answers.things import fits_measure
from assistant.answers.understanding import Question
from assistant.answers.wording import direct_text
from assistant.language import fold_text
from assistant.reports.model import Figure

# How much better than any figure elsewhere the one in the sentence must fit.
_MARGIN = 0.05
# What is counted must be asked for: the least share of the question that the figure's own name holds.
_LEAST_OWN = 0.05
# Of several bodies' reports one answers only if it holds nearly all that was asked.
_SURELY_HELD = 0.9
# A question that speaks of one of these is answered by no sentence that does not.
_TOPICS = (
    (re.compile(r"申请"), re.compile(r"申请")),
    (re.compile(r"复议"), re.compile(r"复议")),
    (re.compile(r"诉讼|官司|告上|起诉|法[院庭]"), re.compile(r"诉|法院")),
)


def amount_answer(
    question: Question, conversation: str, shelf: Shelf, figures: Figures, found: Sequence[Found]
) -> Answer | None:
    """The best passage as the answer to a question for a number, that number marked; None where it may be another.

    Args:
        question: asks for a number.
        conversation: the answer's conversation.
        shelf: what is published.
        figures: the figures of the reports.
        found: the passages found, best first; the first is given, the others are shown beneath it.
    """
    best = found[0]
    if not _speaks_of_it(question, best, shelf):
        return None
    report = best.report
    years = question.scope.years & shelf.years
    fits = figures.likeliest(question, best.sought, report.id, report.content_hash, years)
    mark = _agreed(fits, best) if fits and fits[0].own >= _LEAST_OWN else _counted_as_asked(question, best)
    if mark is None:
        return None
    first = replace(best.evidence, highlights=(mark,))
    return Answer(
        question=question.text,
        conversation=conversation,
        kind="passage",
        text=direct_text(best.passage.text, best.candidate.sentence, (mark,)),
        say="",
        confidence=round(best.confidence, 3),
        evidence=(first, *(each.evidence for each in found[1:])),
    )


def _speaks_of_it(question: Question, found: Found, shelf: Shelf) -> bool:
    """Whether sentence and headings speak of what is asked about, of no opposite, and where nobody is named of all."""
    start, end = found.candidate.answering
    said = f"{found.candidate.folded.text[start:end]}\n{fold_text(' '.join(found.passage.section_path))}"
    if contradict(stands(question.folded), stands(said)):
        return False
    if any(asked.search(question.folded) and not answered.search(said) for asked, answered in _TOPICS):
        return False
    somebodys = question.scope.publishers or len(shelf.publishers) == 1
    return bool(somebodys) or found.features.passage_cover >= _SURELY_HELD


def _agreed(fits: Sequence[Fit], found: Found) -> Span | None:
    """Where in the passage the likeliest figure stands; None where it stands elsewhere, or another may be meant."""
    top = fits[0]
    near = [fit for fit in fits if top.score - fit.score < _MARGIN]
    if any(fit.figure.value != top.figure.value for fit in near):
        return None
    return next((span for fit in near if (span := _within(fit.figure, found)) is not None), None)


def _within(figure: Figure, found: Found) -> Span | None:
    start, end = found.candidate.sentence
    first, last = (place - found.passage.start for place in figure.span)
    return (first, last) if start <= first and last <= end else None


def _counted_as_asked(question: Question, found: Found) -> Span | None:
    """The number marked in the passage, where it is one and counted in a measure that was asked for."""
    mark = found.highlights[0]
    words = found.passage.text[slice(*mark)]
    measures = question.wanted.measures
    counted = any(words.endswith(measure) for measure in measures) and fits_measure(question.wanted, fold_text(words))
    return mark if counted and re.search(r"\d", words) else None
