"""Names in quotation marks: “青澜教育” is not the “青澜发布” that a question names, though both begin alike."""

import re
from functools import lru_cache

from assistant.language import EMPTY_WORDS, is_han

# An account, a column or an app: short, and in quotation marks, which folding leaves as they are.
_QUOTED = re.compile(r"[“\"「『]@?([\u4e00-\u9fff]{3,8})[”\"」』]")
# Two characters that names begin with alike are mostly the place.
_ALIKE = 2
# What goes on so is no other name: 青澜市…, 青澜的微博.
_NO_NAME = frozenset("省市县区州盟旗乡镇")


def names_another(question: str, said: str) -> bool:
    """Whether what is said of something in quotation marks is said of another than the question names.

    Args:
        question: the folded question.
        said: folded words of a report up to a number; what is quoted last is what is counted.
    """
    name = _last_quoted(said)
    if len(name) <= _ALIKE or name in question:
        return False
    at = question.find(name[:_ALIKE])
    if at < 0:
        return False
    other = question[at : at + len(name)]
    own = other[_ALIKE:]
    if len(other) < len(name) or not all(map(is_han, own)) or own[0] == name[_ALIKE]:
        return False
    return own[0] not in _NO_NAME and own[0] not in EMPTY_WORDS


@lru_cache(maxsize=4096)
def _last_quoted(said: str) -> str:
    found = _QUOTED.findall(said)
    return found[-1] if found else ""
