"""From question to answer: understanding, FAQ, ranking, evidence, abstaining."""

from assistant.answers.answerer import Answerer
from assistant.answers.assembling import ANSWER_LISTS, Assembled, WordLists, assemble, read_word_lists
from assistant.answers.conversations import Conversations
from assistant.answers.finding import Finder
from assistant.answers.hearing import Hearing
from assistant.answers.library import Library
from assistant.answers.model import Answer, Evidence, Source

__all__ = [
    "ANSWER_LISTS",
    "Answer",
    "Answerer",
    "Assembled",
    "Conversations",
    "Evidence",
    "Finder",
    "Hearing",
    "Library",
    "Source",
    "WordLists",
    "assemble",
    "read_word_lists",
]
