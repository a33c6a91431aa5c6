"""Which of two things is more (微博和微信哪个发得多): what tells of one alone is half an answer."""

import re
from itertools import takewhile

from assistant.answers.model import Answer
from assistant.language import fold_text

_WHICH = re.compile(
    r"(?P<first>[\u4e00-\u9fff]{2,8})(?:和|跟|与|同|还是)(?P<second>[\u4e00-\u9fff]{2,8}?)(?:比起?来?)?(?:哪个|哪样|哪种|谁)"
    r"[\u4e00-\u9fff]{0,4}(?:多|少|高|低|大|小)"
)
_TELLING = frozenset({"passage", "figure"})
# What a thing is told by: its last characters, for what stands before them may belong to both.
_CHARACTERS = 2


def tells_of_one(folded: str, answer: Answer) -> bool:
    """Whether a folded question asks which of two things is more, and the answer's sentence does not name them both."""
    asked = _WHICH.search(folded)
    if asked is None or answer.kind not in _TELLING or not answer.evidence:
        return False
    best = answer.evidence[0]
    said = fold_text(best.passage[slice(*best.sentence)])
    first, second = asked["first"], asked["second"]
    # 微信粉丝, 微博粉丝: what differs tells them apart.
    backwards = zip(reversed(first), reversed(second), strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], backwards))
    if min(len(first), len(second)) - shared >= _CHARACTERS:
        first, second = first[: len(first) - shared], second[: len(second) - shared]
    return not all(name[-_CHARACTERS:] in said for name in (first, second))
