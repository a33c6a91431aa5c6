"""Which years and which bodies a question names."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from assistant.answers.body_slips import BodySlips
from assistant.answers.short_names import ShortNames
from assistant.language import fold_text
from assistant.language.measures import MEASURES

_COUNTED = "|".join(measure for measure in MEASURES.split("|") if measure != "年")
# 2015年 or 2015 alone, but no amount (2000万元, 1998辆).
_YEAR = re.compile(rf"(?<!\d)((?:19|20)\d{{2}})(?!\d|[万亿余多平.%]|{_COUNTED})")
_HAN_YEAR = re.compile(r"([一二][零〇一二三四五六七八九]{3})(?=年)")
# 15年 and 一五年 are years; 15年内, 三年级 and 保存10年 are not.
_NO_YEAR = r"(?!间|来|内|后|前|龄|级|期|制|历|多|以|左右|才|就|可以|能|吗)"
_NO_LENGTH = r"(?<![满达近约存续作住用过了这几第共])"
_SHORT_YEAR = re.compile(rf"(?<!\d){_NO_LENGTH}([0-3]\d)年{_NO_YEAR}")
_SHORT_HAN_YEAR = re.compile(
    rf"(?<![零〇一二三四五六七八九十百]){_NO_LENGTH}([零〇一二][零〇一二三四五六七八九])年{_NO_YEAR}"
)
# Where a year's digits stood; 年, 年度, 年底 after them go too, or they would count as words of the question.
_YEAR_GONE = "\x00"
_LEFT_OF_YEAR = re.compile(rf"{_YEAR_GONE}(?:年[度初末底]?)?")
# "The report of that year" names where to look, as the year does.
_THE_REPORT = re.compile(r"那?[一个份年]?(?:的|度)?(?:工作)?(?:年报|报告)(?:表格|的表格)?(?:里面?|中|上|说)?")
_HAN_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
# The place that a body's name begins with: 青澜市公安局 is also said 市公安局 or 公安局.
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,}?(?=[省市县区州盟旗](?!场))")
_GOVERNMENT = re.compile(r"(?:.+[省市州])?([\u4e00-\u9fff]{2,}?[省市县区州盟旗])人民政府(?:办公[厅室])?")
# Too general to mean one body: every report is about 政府信息.
_TOO_GENERAL = frozenset({"政府", "人民政府", "委员会", "办公室", "局"})


@dataclass(frozen=True)
class Scope:
    """What a question limits itself to; empty sets mean no limit.

    Attributes:
        years: years named, as four-digit numbers.
        publishers: names of known bodies the question means.
        aliases: the words in the question that named them.
    """

    years: frozenset[int] = field(default_factory=frozenset)
    publishers: frozenset[str] = field(default_factory=frozenset)
    aliases: frozenset[str] = field(default_factory=frozenset)


class BodyNames:
    """The known bodies and the ways they are called.

    Args:
        publishers: full names as printed in the reports.
        synonyms: groups of words that mean the same; a group with one of a body's names lends it the others.
    """

    def __init__(self, publishers: Collection[str], synonyms: Iterable[tuple[str, ...]] = ()) -> None:
        groups = [frozenset(group) for group in synonyms]
        self._bodies_of: dict[str, set[str]] = {}
        for publisher in publishers:
            aliases = body_aliases(publisher)
            for group in groups:
                if group & aliases:
                    aliases |= group
            for alias in aliases:
                self._bodies_of.setdefault(alias, set()).add(publisher)
        # The longest name first: 青澜市公安局 before 公安局.
        self._aliases = sorted(self._bodies_of, key=len, reverse=True)
        self._governments = _governments(publishers)
        self._short = ShortNames((publisher, body_aliases(publisher)) for publisher in publishers)

    @property
    def aliases(self) -> tuple[str, ...]:
        """All names of all bodies."""
        return tuple(self._aliases)

    def slips(self, share: Callable[[str], float]) -> BodySlips:
        """What mends slips in these names; ``share`` tells how much of general Chinese a word is."""
        bare = [alias for alias in self._aliases if not _PLACE.match(alias)]
        return BodySlips(self._aliases, bare, self._short, share)

    def find(self, folded: str) -> tuple[frozenset[str], frozenset[str]]:
        """Bodies named in a folded question, and the words that named them; no part of a word is used twice."""
        publishers: set[str] = set()
        used: set[str] = set()
        rest = folded
        for alias in self._aliases:
            if alias in rest:
                publishers |= self._bodies_of[alias]
                used.add(alias)
                rest = rest.replace(alias, "\n")
        shortened, said = self._short.find(rest)
        if not used and not said:
            # Who names a place and no body asks its government: 某某县2018年改造了多少户.
            place = next((each for each in self._governments if each in rest), None)
            if place is not None:
                return frozenset({self._governments[place]}), frozenset({place})
        return frozenset(publishers | shortened), frozenset(used | said)


def _governments(publishers: Iterable[str]) -> dict[str, str]:
    """The place of each government, the longest first; none that two governments share."""
    found: dict[str, set[str]] = {}
    for publisher in publishers:
        match = _GOVERNMENT.fullmatch(fold_text(publisher))
        if match:
            found.setdefault(match[1], set()).add(publisher)
    alone = {place: bodies.pop() for place, bodies in found.items() if len(bodies) == 1}
    return dict(sorted(alone.items(), key=lambda item: -len(item[0])))


def body_aliases(publisher: str) -> set[str]:
    """A body's full name and what remains when its places are left out, folded."""
    rest = fold_text(publisher)
    aliases = {rest}
    while place := _PLACE.match(rest):
        aliases |= {rest[place.end() :], rest[place.end() + 1 :]}
        rest = rest[place.end() + 1 :]
    aliases |= {alias.replace("人民政府", "政府") for alias in aliases}
    return {alias for alias in aliases if len(alias) > 1 and alias not in _TOO_GENERAL}


def find_years(folded: str) -> frozenset[int]:
    """Years named in a folded question: 2015年, 2015, 二〇一五年, 15年, 一五年."""
    years = {int(match) for match in _YEAR.findall(folded)}
    years |= {int(match.translate(_HAN_DIGITS)) for match in _HAN_YEAR.findall(folded)}
    if not years:
        years |= {2000 + int(match) for match in _SHORT_YEAR.findall(folded)}
        years |= {2000 + int(match.translate(_HAN_DIGITS)) for match in _SHORT_HAN_YEAR.findall(folded)}
    return frozenset(years)


def without_scope(folded: str, scope: Scope) -> str:
    """The folded question less the words that named these years and bodies: the scope says those already."""
    rest = folded
    for alias in sorted(scope.aliases, key=len, reverse=True):
        rest = rest.replace(alias, " ")
    if scope.years:
        for pattern in (_YEAR, _HAN_YEAR, _SHORT_YEAR, _SHORT_HAN_YEAR):
            rest = pattern.sub(_YEAR_GONE, rest)
        rest = _LEFT_OF_YEAR.sub(" ", rest)
        rest = _THE_REPORT.sub(" ", rest)
    return rest


def find_scope(folded: str, bodies: BodyNames) -> Scope:
    """The scope of a folded question."""
    publishers, aliases = bodies.find(folded)
    return Scope(find_years(folded), publishers, aliases)
