"""An answerer put together from its parts, in one way for the server and for the benchmarks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.answers.answerer import Answerer
from assistant.answers.asked_for import CloseReading
from assistant.answers.comparison_answers import ComparisonAnswers
from assistant.answers.conversations import Conversations
from assistant.answers.deciding import Deciding
from assistant.answers.figure_answers import FigureAnswers
from assistant.answers.finding import Finder
from assistant.answers.library import Library
from assistant.answers.links import linked_passages
from assistant.answers.lists import ListAnswers
from assistant.answers.offering import ReportQuestions
from assistant.answers.report_facts import ReportFacts
from assistant.answers.telling import Telling
from assistant.answers.telling_words import TellingWords
from assistant.answers.told_amounts import ToldAmounts
from assistant.language import Segmenter, Synonyms, Ways, read_synonyms, read_ways
from assistant.search import SearchIndex
from assistant.search.kept_readings import KeptReadings
from assistant.search.semantic import SemanticLayer
from assistant.store import FaqEntry, Store

# The files of WordLists, in the order of its fields.
ANSWER_LISTS = ("synonyms.txt", "everyday.txt", "spoken.txt", "spoken-things.txt")


@dataclass(frozen=True)
class WordLists:
    """The lists of words that staff keep.

    Attributes:
        synonyms: words that mean the same.
        everyday: everyday words and what the FAQ calls them.
        events: everyday words for what happened, and what reports write for them.
        things: likewise for persons and things.
    """

    synonyms: Synonyms
    everyday: Synonyms
    events: Ways
    things: Ways


@dataclass(frozen=True)
class Assembled:
    """An answerer with those of its parts that others use too."""

    answerer: Answerer
    library: Library
    finder: Finder
    store: Store

    def trying(self, entries: Iterable[FaqEntry]) -> Answerer:
        """An answerer that answers as if exactly these FAQ entries were published; what it is asked is not kept."""
        conversations = Conversations(self.store, 1, kept=False)
        return self.answerer.trying(self.library.trial(entries), conversations)


def read_word_lists(find: Callable[[str], Path]) -> WordLists:
    """The word lists; ``find`` gives the path of a list by the name of its file.

    Raises:
        BadInput: a list cannot be read; the message names the line.
    """
    synonyms, everyday, events, things = ANSWER_LISTS
    return WordLists(
        read_synonyms(find(synonyms)), read_synonyms(find(everyday)), read_ways(find(events)), read_ways(find(things))
    )


def assemble(
    store: Store,
    index: SearchIndex,
    segmenter: Segmenter,
    words: WordLists,
    conversations: Conversations,
    *,
    spoken: Callable[[str], str],
    threshold: float,
    limit: int,
    contact: str = "",
    semantic: SemanticLayer | None = None,
    kept: KeptReadings | None = None,
) -> Assembled:
    """An answerer over store and index; the arguments are those of ``Answerer`` and of its parts."""
    library = Library(store, segmenter, words.synonyms, index, words.everyday, ReportQuestions(store).of, kept)
    finder = Finder(store, index, segmenter, semantic)
    closely = CloseReading(index, segmenter, words.events.joined(words.things))
    figures = FigureAnswers(store, index, closely)
    telling = Telling(store, TellingWords(index, segmenter, words.events, words.things))
    answerer = Answerer(
        library,
        finder,
        ReportFacts(store),
        figures,
        ComparisonAnswers(figures.figures, index, segmenter),
        ListAnswers(store),
        conversations,
        Deciding(store),
        telling,
        ToldAmounts(telling, closely),
        segmenter,
        spoken=spoken,
        threshold=threshold,
        limit=limit,
        contact=contact,
        linked=partial(linked_passages, store),
    )
    return Assembled(answerer, library, finder, store)
