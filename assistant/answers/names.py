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
# A place by its form, where it stands first and is in no dictionary: 平岭县2023年….
_PLACE_BY_FORM = re.compile(r"(?:^|请问|[年 ,、])([\u4e00-\u9fff]{2,3}[市县区])(?![\u4e00-\u9fff]{0,2}[场级长委道域])")
# 岚皋县局 is some 局 of 岚皋县, said where it is known which.
_SHORT_BODY = re.compile(r"([\u4e00-\u9fff]{2,}[省市县区])([局厅])")
_HAN_END = re.compile(r"[\u4e00-\u9fff]*$")
# What is said before a body's name and is no part of it, up to its last word.
_SAID_BEFORE = re.compile(
    r"^.*(?:请问|想问|问一?下|问问|听说|查一?下|查查|看看|看一?下|知道|关于|比如|[的和与跟向在由被给对把是有为了及或请问查看说找去到年月日度])"
)
_A_PLACE = re.compile(r"[\u4e00-\u9fff]{2,4}")
_NO_PLACE = re.compile(
    r"[我你您他她咱俺本全各这那哪某该贵嗯呃啊呢吧呀啦嘛]|当地|今年|现在|目前|最近|以前|之前|期间|时候|里[面头]?$|多少|怎么"
)
# A body by its form, where segmentation cuts it up (应急|局, 卫|健委): after the start, a place or a small word.
_BODY_BY_FORM = re.compile(
    rf"(?:^|(?<=[{_PLACE_END}的和与跟向在由被给 、]))([\u4e00-\u9fff]{{2,7}}?(?:局|委员会|委|厅|署))"
    r"(?![长面域部员会领])"
)
# Words of this form that name no one place or body.
_GENERAL = re.compile(
    r"(?:[全各本我该这那两某有]|一些|其他|哪[个些]?|多少个?)?(?:市|县|区|省|县区|市区|县级|市级|地区|社区|学区|辖区|景区|片区|城区|"
    r"园区|校区|小区|郊区|山区|灾区|城市|超市|上市|门市|乡镇|城镇|县局|市局|分局|当局|公司|银行|大学|学院|法院|检察院|街道|委员会|"
    r"东西|大桥|[\u4e00-\u9fff]{0,4}(?:大|展|餐|舞|客|门)厅|开发区|党委|常委|政委|国家部委|部委|省委|市委|县委|村委|居委|格局|布局|结局|大局|全局|邮局)"
)


def find_names(folded: str, words: Sequence[str], segmenter: Segmenter) -> tuple[str, ...]:
    """The places and bodies that a folded text, cut into ``words``, names, each once."""
    names = [
        word
        for word in words
        if len(word) > 1 and (word in segmenter.places or _BODY.fullmatch(word) or _PLACE.fullmatch(word))
    ]
    names += [
        match[1]
        for match in _PLACE_BY_FORM.finditer(folded)
        if not _NO_PLACE.search(match[1]) and _may_be_place(match[1][:-1], segmenter)
    ]
    names += [name for name in _BODY_BY_FORM.findall(folded) if not any(name in word for word in names)]
    return tuple(name for name in dict.fromkeys(names) if not _GENERAL.fullmatch(name))


def place_before(folded: str, aliases: Iterable[str], segmenter: Segmenter) -> tuple[str, ...]:
    """The place that stands right before a body's short name that begins with 市, 县, …: 白水 of 白水市教育局.

    The short name alone means the known body; with another place's name before it, it means that place's.
    """
    places = []
    for alias in aliases:
        before, found, _ = folded.partition(alias)
        if not found or alias[0] not in _PLACE_END:
            continue
        place = _SAID_BEFORE.sub("", "".join(_HAN_END.findall(before)))
        if _A_PLACE.fullmatch(place) and not _NO_PLACE.search(place) and _may_be_place(place, segmenter):
            places.append(place + alias[0])
    return tuple(places)


def _may_be_place(word: str, segmenter: Segmenter) -> bool:
    """Whether the word is known as a place's name, with its 市 or 县 or without, or no word of common speech at all."""
    known = any(name in segmenter.places for name in (word, *(word + end for end in _PLACE_END)))
    return known or not any(segmenter.share(part) for part in segmenter.words(word) if len(part) > 1)


def is_body(name: str) -> bool:
    """Whether the name is a body's, not a place's."""
    return _BODY.fullmatch(name) is not None


def missing_names(names: Iterable[str], folded_evidence: str) -> tuple[str, ...]:
    """The names that the evidence does not hold; a place may stand without its 市 or 县."""
    return tuple(name for name in names if not _is_named(name, folded_evidence))


def _is_named(name: str, evidence: str) -> bool:
    if name in evidence or _bare_place(name) in evidence:
        return True
    short = _SHORT_BODY.fullmatch(name)
    return short is not None and re.search(f"{short[1]}[\u4e00-\u9fff]{{1,8}}{short[2]}", evidence) is not None


def _bare_place(name: str) -> str:
    return name[:-1] if len(name) > 2 and name[-1] in _PLACE_END else name
