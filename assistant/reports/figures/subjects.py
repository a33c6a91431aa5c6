"""Whose figure it is: the body or account that a clause begins with, carried over to the sentences behind it.

The body that a sentence begins with holds until another one does, a clause …方面 changes the topic, or the paragraph
ends; then the figures are the publisher's again. A body further on in a sentence, an account (@安康警务) and a group
(全市公安机关) hold for their sentence. 该局, 县局 and 我局 stand for bodies named before.
"""

import re
from dataclasses import dataclass, field

from assistant.reports.figures.words import PLAIN_VERBS, PREPOSITIONS, VERBS

_ENDS = (
    "政府办公[厅室]|委员会|办公[厅室]|政府各?部门|政府(?!信息|规章|文件|采购|网站|数据|职能|购买)|人民法院|法院|检察院|公安机关|行政机关|各级机关|机关|部门"
    "|支队|大队|总队|分局|[公司]安?局|局|厅|街道办事处|办事处|派出所|学院|大学|医院|公司|集团|协会"
)
_NAME_CHAR = r"[^\W\da-zA-Z_对向由在与按将为的是被把从于及和以就因经比较并等共不了有到称说知]"
_BODY = (
    rf"(?!{PLAIN_VERBS}|{PREPOSITIONS}|其他|所有|有关|相关|多个|[新此每某])"
    rf"(?:(?!{VERBS}){_NAME_CHAR}){{1,16}}?(?:{_ENDS})(?!部|长|域|势|面|限|里)(?:办公[厅室]|系统|本级|机关各?部门各?警种)?"
)
_BODIES = re.compile(rf"{_BODY}(?:、{_BODY}){{0,6}}")
_AREA = re.compile(rf"(?!全市|全县|全区|各|本|辖|社)[\u4e00-\u9fff]{{2,3}}[区县](?={VERBS})")
# 微博“@安康警务、@安康公安”; @安康警务政务微博发布…
_ACCOUNT = re.compile(
    r"“(?P<quoted>@[^“”]{2,30})”|(?P<bare>@[\u4e00-\u9fff\w]{2,12}?(?=(?:政务|官方)?(?:微博|微信|公众号|抖音)|[、,，”]|"
    rf"{VERBS}))"
)
_ACCOUNT_ROUND = re.compile(r"(?:[^,，。;；:：“”@]{0,16})$")
_ACCOUNT_KIND = re.compile(r"(?:的?(?:政务|官方)?(?:微博|微信|公众号|抖音号?)(?!工作|平台))?")
_NAMED = re.compile(
    rf"(?:{_NAME_CHAR}){{2,3}}[省市县区州旗]{_NAME_CHAR}{{0,8}}?(?:委员会|人民政府|政府|分局|局|厅)(?!部|长|域|势|面|限|里)"
)
_THAT = re.compile(r"该(?:局|厅|委|县|区|市|校|院|单位|机关|部门|公司)")
_OURS = re.compile(r"[我本](?:局|厅|委|县|区|市|校|院|办|单位|机关|部门)|[局厅委]机关(?:各?部门各?警种)?")
_SHORT = re.compile(r"([省市县区州旗])(?:局|厅|委)(?:党委会?|机关|办公室)?")
_PART = re.compile(r"(?:办公[厅室]|系统|本级|机关各?部门各?警种)$")
_GROUP = re.compile(r"[全各]|[一二三四五六七八九十两\d]+[个县区]")
_TOPIC = re.compile(r"方面$")
_ACCOUNT_REACH = 48  # characters in which an account's name and what it is (微博“@…”) stand
_REMEMBERED = 20  # bodies; 该局 means one of the last few


@dataclass
class Subjects:
    """What the text has named so far, and whose the next figure is.

    Attributes:
        publisher: the body that answers for the report.
        body: the body the text speaks of; the publisher when it names none.
        own: the body or account the sentence speaks of so far; empty for none.
    """

    publisher: str
    body: str = ""
    own: str = ""
    _begins: bool = True
    _named: list[str] = field(default_factory=list)

    @property
    def current(self) -> str:
        """Whose a figure is that stands here."""
        return self.own or self.body or self.publisher

    def paragraph(self) -> None:
        """A new paragraph begins."""
        self.body = self.own = ""

    def sentence(self) -> None:
        """A new sentence begins."""
        self.own = ""
        self._begins = True

    def clause_over(self, clause: str, figures: bool) -> None:
        """A clause is over; ``figures`` whether it told any."""
        for match in _NAMED.finditer(clause):
            self._remember(match.group())
        self._begins = False
        if not figures and _TOPIC.search(clause):
            self.body = self.own = ""
            self._begins = True

    def read(self, text: str, start: int, end: int) -> int:
        """Note the subject that ``text[start:end]`` begins with; the offset behind it, ``start`` if there is none."""
        account = _ACCOUNT.search(text, start, min(end, start + _ACCOUNT_REACH))
        if account and _ACCOUNT_ROUND.match(text, start, account.start()):
            self.own = account["quoted"] or account["bare"]
            kind = _ACCOUNT_KIND.match(text, account.end(), end)
            return kind.end() if kind else account.end()
        match = _THAT.match(text, start, end) or _OURS.match(text, start, end) or _SHORT.match(text, start, end)
        match = match or _BODIES.match(text, start, end) or _AREA.match(text, start, end)
        if match is None:
            return start
        name = self._resolved(match.group())
        self.own = name
        if self._begins and not _GROUP.match(name):
            self.body = name
        return match.end()

    def _resolved(self, name: str) -> str:
        if _THAT.fullmatch(name):
            return self._last() or self.publisher
        if _OURS.fullmatch(name):
            return self.publisher
        short = _SHORT.fullmatch(name)
        if short:
            level, end = short[1], name[1]
            if not self.publisher or (level in self.publisher and self.publisher.endswith(end)):
                return self.publisher or name
            return self._last(level, end) or name
        whole = _PART.sub("", name)
        if self._is_publisher(whole):
            return self.publisher
        self._remember(name)
        return name

    def _is_publisher(self, name: str) -> bool:
        plain = self.publisher.replace("人民政府", "政府")
        return len(name) > 2 and bool(plain) and plain.endswith(name.replace("人民政府", "政府"))

    def _remember(self, name: str) -> None:
        if not self._is_publisher(name):
            self._named = [*self._named[-_REMEMBERED:], name]

    def _last(self, level: str = "", end: str = "") -> str:
        """The body named last that is not the publisher, of a level and with an ending if these are given."""
        fits = (body for body in reversed(self._named) if level in body and body.endswith(end))
        return next(fits, "")
