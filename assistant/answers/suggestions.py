"""Questions to offer: what the corpus can surely answer."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from assistant.answers.faq import FaqMatch
from assistant.answers.finding import Found
from assistant.answers.library import Shelf, section_question
from assistant.language import fold_text, pinyin_key

_OFFERED = 3
# An FAQ question less near than this has nothing to do with what was asked. Being offered asks less than answering:
# a wrong button costs a glance.
_RELATED = 0.2
_SUGGESTED = 60
# What only sounds like what is typed stands behind what is written like it.
_SOUND_SHARE = 0.95


def popular_questions(shelf: Shelf) -> tuple[str, ...]:
    """The first FAQ questions, as staff put first what is asked most; then what the newest reports' sections say."""
    return (*(entry.question for entry in shelf.faq.entries[:_OFFERED]), *shelf.openings)[:_OFFERED]


def related_questions(shelf: Shelf, matches: Sequence[FaqMatch], found: Sequence[Found]) -> tuple[str, ...]:
    """Near FAQ questions, then the sections that candidates stand in; popular ones where there are none."""
    near = [match.entry.question for match in matches if match.nearness >= _RELATED]
    paths = [(each.report, each.passage.section_path) for each in found]
    sections = [section_question(report, path[-1]) for report, path in paths if path]
    return tuple(dict.fromkeys([*near, *sections]))[:_OFFERED] or popular_questions(shelf)


def typed_suggestions(typed: str, shelf: Shelf, limit: int) -> list[str]:
    """FAQ questions that go with what has been typed, in characters or in pinyin."""
    folded = fold_text(typed)
    if not folded:
        return [entry.question for entry in shelf.faq.entries[:limit]]
    spellings = shelf.faq.spellings
    scores: dict[str, float] = {}
    written = {question: text for question, text, _ in spellings}
    for _, score, question in process.extract(folded, written, scorer=fuzz.partial_ratio, limit=limit):
        scores[question] = score
    letters = "".join(pinyin_key(folded))
    if letters.isascii() and len(letters) > 1:
        sounds = {question: sound for question, _, sound in spellings}
        for _, score, question in process.extract(letters, sounds, scorer=fuzz.partial_ratio, limit=limit):
            scores[question] = max(scores.get(question, 0.0), _SOUND_SHARE * score)
    ordered = sorted(scores, key=lambda question: -scores[question])
    return [question for question in ordered if scores[question] >= _SUGGESTED][:limit]
