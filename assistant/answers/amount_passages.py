"""Passages that answer a question for a number: given only where what the numbers were read to mean agrees.

A passage that holds most words of a question holds some number too, and it need not be the one asked for. So of the
figures of its report that one must be meant likeliest which stands in the answering sentence, and it is the one marked.
Where the report's figures know nothing of what is asked, the number must at least be counted as was asked.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.counting import counts_flow, flows, says_again
from assistant.answers.everyday import as_written, contradict, stands
from assistant.answers.evidence import cover
from assistant.answers.figures import Figures
from assistant.answers.finding import Found
from assistant.answers.library import Shelf
from assistant.answers.model import Answer, Span
from assistant.answers.ready_figures import KEPT_REPORTS
from assistant.answers.things import find_things, fits_measure
from assistant.answers.understanding import Question
from assistant.answers.wanted import Wanted
from assistant.answers.weighing import Fit, leads
from assistant.answers.wording import direct_text
from assistant.language import clauses, fold_text
from assistant.language.measures import COMMON, MEASURES
from assistant.reports.model import Figure

# How much better than any figure elsewhere the one in the sentence must fit.
_MARGIN = 0.05
# What is counted must be asked for: the least share of the question that the figure's own name holds.
_LEAST_OWN = 0.05
# Of several bodies' reports one answers only if it holds nearly all that was asked.
_SURELY_HELD = 0.9
# Different characters that the words asked for must have for it.
_TELLING = 4
# What is counted: 粉丝 of 多少粉丝, 学生 of 多少个没网的学生.
_COUNTED = re.compile(rf"(?:多少|几)(?:{MEASURES})?(?:[\u4e00-\u9fff]{{1,6}}的)?([\u4e00-\u9fff]{{2,}})")
_HALF = 0.5
# The share of the question that the sentence holds, where only its measure tells the number.
_MOSTLY = 0.6
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
    # To read a report's figures costs more than the rest of an answer unless they are at hand: where nothing pins the
    # question down among more reports than are kept, the number must be counted just as was asked, or none is given.
    pinned = bool(question.scope.publishers or years) or len(shelf.reports) <= KEPT_REPORTS
    fits = figures.likeliest(question, best.sought, report.id, report.content_hash, years) if pinned else []
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
    if not _names_counted(question, found, said):
        return False
    if question.scope.publishers or len(shelf.publishers) == 1:
        return True
    named = {char for each in found.sought for char in each.word}
    return found.features.passage_cover >= _SURELY_HELD and len(named) >= _TELLING


def _names_counted(question: Question, found: Found, said: str) -> bool:
    """Whether what stands behind 多少 (粉丝 of 多少粉丝, 医生 of 多少名医生) is spoken of."""
    counted = _COUNTED.search(question.folded)
    if counted is None:
        return True
    words = [each for each in as_written(found.sought) if len(each.word) > 1 and counted[1].startswith(each.word)]
    return all(each.presence(said) >= _HALF for each in words)


def _agreed(fits: Sequence[Fit], found: Found) -> Span | None:
    """Where in the passage the likeliest figure stands; None where it stands elsewhere, or another may be meant.

    The number that the passage itself was marked for needs no margin, for two ways of reading agree on it, unless it
    counts something more special than another.
    """
    top = fits[0]
    if any(leads(fit, top) for fit in fits):
        return None
    near = [fit for fit in fits if top.score - fit.score < _MARGIN]
    rivals = [fit for fit in near if not (says_again(fit.figure, top.figure) or says_again(top.figure, fit.figure))]
    place = _within(top.figure, found)
    if place is not None and _overlap(place, found.highlights[0]) and not any(fit.asked > top.asked for fit in rivals):
        return place
    if rivals:
        return None
    return next((span for fit in near if (span := _within(fit.figure, found)) is not None), None)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(figure: Figure, found: Found) -> Span | None:
    start, end = found.candidate.sentence
    first, last = (place - found.passage.start for place in figure.span)
    return (first, last) if start <= first and last <= end else None


def _counted_as_asked(question: Question, found: Found) -> Span | None:
    """The number marked in the passage, where it is one and its clause counts what was asked, as was asked."""
    mark = found.highlights[0]
    passage, sentence = found.passage.text, found.candidate.sentence
    words = fold_text(passage[slice(*mark)])
    clause = next((part for part in clauses(passage, *sentence) if mark[1] <= part[1]), sentence)
    said = fold_text(passage[slice(*clause)])
    if not re.search(r"\d", words) or counts_flow(question.folded, flows(said)):
        return None
    whole = fold_text(passage[slice(*sentence)])
    amounts = [whole[slice(*span)] for span in find_things(question.wanted, whole)]
    alone = len(amounts) == 1
    held = cover(as_written(found.sought), said) >= _LEAST_OWN
    if not alone and not held and not _of_its_measure(question.wanted, amounts, found):
        return None
    return mark if _fits(question.wanted, words, alone=alone) else None


def _of_its_measure(wanted: Wanted, amounts: Sequence[str], found: Found) -> bool:
    """Whether a telling measure is asked for, and one number only of a sentence about that has it (213毫米)."""
    telling = wanted.measures - COMMON
    return (
        bool(telling)
        and sum(said.endswith(measure) for said in amounts for measure in telling) == 1
        and found.candidate.sentence_cover >= _MOSTLY
    )


def _fits(wanted: Wanted, said: str, *, alone: bool) -> bool:
    """Whether the number is in the very measure asked for; 个 may stand for any, if the number is the only one."""
    if any(said.endswith(measure) for measure in wanted.measures):
        return True
    return alone and "个" in wanted.measures and fits_measure(wanted, said)
