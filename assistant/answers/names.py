"""Proper names in a question: an answer about another place or body is no answer.

A question about 财政局 shares most of its words with a passage of 教育局, so covering many words is not enough: each
place and body it names must be named by the evidence too.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.language import Segmenter

_BODY_END = "局|委员会|委|厅|署|法院|检察院|银行|公司|大学|学院|集团"
_BODY = re.compile(rf".+(?:{_BODY_END})")
_PLACE_END = "市县区省镇乡"
_PLACE = re.compile(rf".+(?:[{_PLACE_END}]|街道)")
# A body by its form, where segmentation cuts it up (应急|局, 卫|健委): after the start, a place or a small word.
_BODY_BY_FORM = re.compile(
    rf"(?:^|(?<=[{_PLACE_END}的和与跟向在由被给 、]))([\u4e00-\u9fff]{{2,7}}?(?:局|委员会|委|厅|署))"
    r"(?![长面域部员会领])"
)
# Words of this form that name no one place or body.
_GENERAL = re.compile(
    r"(?:[全各本我该这那两某有]|一些|其他|哪[个些]?|多少个?)?(?:市|县|区|省|县区|市区|县级|市级|地区|社区|学区|辖区|景区|片区|城区|"
    r"园区|校区|小区|郊区|山区|灾区|城市|超市|上市|门市|乡镇|城镇|县局|市局|分局|当局|公司|银行|大学|学院|法院|检察院|街道|委员会|"
    r"开发区|党委|常委|政委|国家部委|部委|省委|市委|县委|村委|居委|格局|布局|结局|大局|全局|邮局)"
)


def find_names(folded: str, words: Sequence[str], segmenter: Segmenter) -> tuple[str, ...]:
    """The places and bodies that a folded text, cut into ``words``, names, each once."""
    names = [
        word
        for word in words
        if len(word) > 1 and (word in segmenter.places or _BODY.fullmatch(word) or _PLACE.fullmatch(word))
    ]
    names += [name for name in _BODY_BY_FORM.findall(folded) if not any(name in word for word in names)]
    return tuple(name for name in dict.fromkeys(names) if not _GENERAL.fullmatch(name))


def is_body(name: str) -> bool:
    """Whether the name is a body's, not a place's."""
    return _BODY.fullmatch(name) is not None


def missing_names(names: Iterable[str], folded_evidence: str) -> tuple[str, ...]:
    """The names that the evidence does not hold; a place may stand without its 市 or 县."""
    return tuple(name for name in names if not (name in folded_evidence or _bare_place(name) in folded_evidence))


def _bare_place(name: str) -> str:
    return name[:-1] if len(name) > 2 and name[-1] in _PLACE_END else name
