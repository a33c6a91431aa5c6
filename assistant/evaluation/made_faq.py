"""FAQ entries made up for measurements: as many as wanted, with words distributed as in reports.

Each asks about two words of the sample corpus's reports, drawn as often as they stand there, in the name of one of some
bodies; its answer is sentences of those reports. They say nothing, but cost what real ones cost.
"""

import random
from collections.abc import Sequence
from datetime import date

from assistant.language import EMPTY_WORDS, Segmenter, fold_text
from assistant.store import FaqEntry

_SEED = 20151231
_BODIES = tuple(f"测速市第{number}局" for number in range(60))
# How citizens ask, beside what they ask about: a question and other phrasings of it.
_FORMS = (
    ("怎样办理{0}{1}？", "{0}{1}怎么办", "办{0}{1}要带什么材料", "我想问{1}{0}去哪里办"),
    ("{0}的{1}多长时间能办好？", "{0}{1}要等多久", "{1}{0}几天办完", "多少天能拿到{0}{1}"),
    ("{0}{1}收费吗？", "办{0}{1}要交多少钱", "{1}{0}怎么收费", "{0}的{1}要不要花钱"),
    ("谁可以申请{0}{1}？", "外地人能不能申请{0}{1}", "{1}{0}有什么条件", "{0}{1}要符合哪些条件"),
    ("{0}{1}没有通过怎么办？", "不给办{0}{1}找谁", "{1}{0}被退回来了", "{0}{1}不批可以投诉吗"),
)
_SENTENCES = 3


def made_faq(count: int, sentences: Sequence[str], segmenter: Segmenter) -> list[FaqEntry]:
    """So many published entries, the same every time.

    Args:
        count: how many.
        sentences: of reports, for words and answers.
        segmenter: cuts the sentences.
    """
    chance = random.Random(_SEED)  # noqa: S311 - makes test entries, guards nothing
    words = [word for each in sentences for word in segmenter.words(fold_text(each)) if _says_something(word)]
    return [_entry(number, chance, words, sentences) for number in range(count)]


def _says_something(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word not in EMPTY_WORDS


def _entry(number: int, chance: random.Random, words: Sequence[str], sentences: Sequence[str]) -> FaqEntry:
    topic = chance.choices(words, k=2)
    body = chance.choice(_BODIES)
    question, *phrasings = (form.format(*topic) for form in chance.choice(_FORMS))
    return FaqEntry(
        id=f"made-{number:06d}",
        question=question,
        phrasings=tuple(phrasings),
        answer="".join(chance.choices(sentences, k=_SENTENCES)),
        publisher=body,
        source=f"{body}办事指南（测速）",
        tags=(topic[0],),
        updated=date(2016, 1, 1),
    )
