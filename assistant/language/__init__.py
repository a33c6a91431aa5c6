"""Chinese text itself: folding, segmentation, terms, sentences, pinyin. Knows nothing of reports or of the web."""

from assistant.language.clauses import clauses
from assistant.language.folding import Folded, fold, fold_text, is_han
from assistant.language.pinyin import pinyin_key, readings, syllable_parts, syllables, word_syllables
from assistant.language.segmentation import Segmenter
from assistant.language.sentences import sentences
from assistant.language.synonyms import Synonyms, read_synonyms
from assistant.language.terms import (
    EMPTY_WORDS,
    QuestionTerms,
    index_terms,
    question_terms,
    sound_pairs,
    terms_of,
)
from assistant.language.ways import Said, Ways, read_ways

__all__ = [
    "EMPTY_WORDS",
    "Folded",
    "QuestionTerms",
    "Said",
    "Segmenter",
    "Synonyms",
    "Ways",
    "clauses",
    "fold",
    "fold_text",
    "index_terms",
    "is_han",
    "pinyin_key",
    "question_terms",
    "read_synonyms",
    "read_ways",
    "readings",
    "sentences",
    "sound_pairs",
    "syllable_parts",
    "syllables",
    "terms_of",
    "word_syllables",
]
