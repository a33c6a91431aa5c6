"""Which of two things is more (微博和微信哪个发得多), or by how much: what tells of one alone is half an answer."""

import re
from itertools import takewhile

from assistant.answers.model import Answer
from assistant.language import fold_text

_WHICH = re.compile(
    r"(?P<first>[\u4e00-\u9fff]{2,8})(?:和|跟|与|同|还是)(?P<second>[\u4e00-\u9fff]{2,8}?)(?:比起?来?)?(?:哪个|哪样|哪种|谁)"
    r"[\u4e00-\u9fff]{0,4}(?:多|少|高|低|大|小)"
)
_THAN = re.compile(
    r"(?P<first>[\u4e00-\u9fff]{2,8})(?:比(?P<second>[\u4e00-\u9fff]{2,8}?)(?:多|少|高|低|大)(?:出|了)*(?:多少|几)|"
    r"是(?P<base>[\u4e00-\u9fff]{2,8}?)的(?:几|多少)倍)"
)
# 比上年, 比往年 is no thing beside it.
_ANOTHER_TIME = re.compile(r"[上前去今头往同]|年|平均|预期|目标")
_TELLING = frozenset({"passage", "figure"})
# What a thing is told by: its last characters, for what stands before them may belong to both.
_CHARACTERS = 2


def tells_of_one(folded: str, answer: Answer) -> bool:
    """Whether a folded question compares two things, and the answer's sentence, or its figure, does not name both."""
    asked = _WHICH.search(folded) or _THAN.search(folded)
    if asked is None or answer.kind not in _TELLING or not answer.evidence:
        return False
    best = answer.evidence[0]
    said = fold_text(answer.text if answer.kind == "figure" else best.passage[slice(*best.sentence)])
    first, second = asked["first"], asked["second"] or asked["base"]
    if _ANOTHER_TIME.search(second):
        return False
    # 微信粉丝, 微博粉丝: what differs tells them apart.
    backwards = zip(reversed(first), reversed(second), strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], backwards))
    if min(len(first), len(second)) - shared >= _CHARACTERS:
        first, second = first[: len(first) - shared], second[: len(second) - shared]
    return not all(name[-_CHARACTERS:] in said for name in (first, second))
