"""From question to answer: understanding, FAQ, ranking, evidence, abstaining."""

from assistant.answers.answerer import Answerer
from assistant.answers.comparison_answers import ComparisonAnswers
from assistant.answers.conversations import Conversations
from assistant.answers.deciding import Deciding
from assistant.answers.figure_answers import FigureAnswers
from assistant.answers.finding import Finder
from assistant.answers.library import Library
from assistant.answers.lists import ListAnswers
from assistant.answers.model import Answer, Evidence, Source
from assistant.answers.report_facts import ReportFacts
from assistant.answers.telling import Telling
from assistant.answers.telling_words import TellingWords

__all__ = [
    "Answer",
    "Answerer",
    "ComparisonAnswers",
    "Conversations",
    "Deciding",
    "Evidence",
    "FigureAnswers",
    "Finder",
    "Library",
    "ListAnswers",
    "ReportFacts",
    "Source",
    "Telling",
    "TellingWords",
]
