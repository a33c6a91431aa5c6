"""Proper names in a question: an answer about another place or body is no answer.

A question about 财政局 shares most of its words with a passage of 教育局, so covering many words is not enough: each
place and body it names must be named by the evidence too.
"""

import re
from collections.abc import Iterable

from assistant.language import Segmenter

_BODY = re.compile(r".+(?:局|委员会|厅|法院|检察院|县|区|市|省|镇|乡|街道|大学|学院|银行|公司)")
# Words of this form that name no one place or body.
_GENERAL = re.compile(
    r"(?:[全各本我该这那两某]|一些|其他|哪[个些]?|多少个?)?(?:市|县|区|省|县区|市区|县级|市级|地区|社区|学区|辖区|景区|片区|城区|园区|"
    r"校区|小区|郊区|山区|灾区|城市|超市|上市|门市|乡镇|城镇|公安局|县局|市局|当局|公司|银行|大学|学院|法院|检察院|街道|委员会|开发区)"
)


def find_names(folded: str, segmenter: Segmenter) -> tuple[str, ...]:
    """The places and bodies a folded question names, each once."""
    names = []
    for word in segmenter.words(folded):
        if len(word) < 2 or _GENERAL.fullmatch(word):
            continue
        if word in segmenter.places or _BODY.fullmatch(word):
            names.append(word)
    return tuple(dict.fromkeys(names))


def missing_names(names: Iterable[str], folded_evidence: str) -> tuple[str, ...]:
    """The names that the evidence does not hold; a place may stand without its 市 or 县."""
    return tuple(
        name for name in names if name not in folded_evidence and not (len(name) > 2 and name[:-1] in folded_evidence)
    )
