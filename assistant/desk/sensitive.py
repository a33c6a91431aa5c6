"""What must not be published unseen (敏感信息): found in a text, with its place, before anybody reads it.

Beside the numbers of ``personal_data``: vehicle plates, home addresses, names beside identity numbers, and the words
that staff keep. A find is shown to a person, who decides: an office's own address with a room is found as well, but a
street and its number alone is where citizens go, and is not. Telephones with an area code and addresses for mail are
what offices are reached by: they are told only where somebody can say which of them are published, and of none that is.
"""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.desk.personal_data import find_personal_data, half_width, mask
from assistant.language import fold, fold_text

# Every kind, and what staff read.
SENSITIVE_KINDS = {
    "identity": "身份证号",
    "card": "银行卡号",
    "mobile": "手机号",
    "account": "微信号、QQ号",
    "landline": "没有公布过的电话",
    "email": "没有公布过的邮箱",
    "plate": "车牌号",
    "address": "住址",
    "name": "身份证号旁的姓名",
    "word": "词表里的词",
}

# Of one text, shown to staff: who sees a hundred knows that all of it is to be looked through.
FINDINGS_SHOWN = 100
# What offices are reached by.
OFFICIAL = frozenset({"landline", "email"})

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# GA 36-2018: province, letter of the place, five characters or six for electric vehicles; neither I nor O.
_PLATE = re.compile(
    rf"[{_PROVINCES}][A-HJ-NP-Z][ ·•.\-]?(?P<tail>[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Z0-9])"
)
_PLATE_DIGITS = 3

_NUMBER = r"[0-9一二三四五六七八九十甲乙]{1,4}"
_PLACE = r"[\u4e00-\u9fff0-9]{2,24}"
# A dwelling is told by its room, its household or its village group, and by nothing less.
_ADDRESS = re.compile(
    rf"(?:{_PLACE}?(?:路|街|巷|弄|里|苑|园|村|小区|公寓|社区|家属院|大院|庄|寓|城))?[ ,，]?"
    rf"(?:{_NUMBER}号(?!楼)院?)?[ ,，]?"
    rf"(?:{_NUMBER}(?:号楼|栋|幢|座)[ ,，]?(?:[0-9一二三四五六七八九十A-Za-z]{{1,3}}单元)?"
    r"[ ,，]?[0-9]{1,4}(?:室|户|号房?)"
    rf"|[0-9一二三四五六七八九十]{{1,3}}单元[ ,，]?[0-9]{{1,4}}(?:室|户|号房?))"
    rf"|{_PLACE}(?:村|屯|寨|庄)(?:委会)?{_NUMBER}(?:组|社|队)[0-9]{{1,4}}号?"
)
_LIVES = re.compile(
    r"(?:家庭住址|家庭地址|居住地址|户籍地址|户籍所在地|现住址|住址|现住|家住|住在)(?:为|是|在)?[ :：]{0,2}"
    r"(?P<place>[\u4e00-\u9fff0-9A-Za-z\-]{4,40})"
)
_PLACE_IS_TOLD = re.compile(r"[村路街巷组号室]|小区|单元")

_TO_FIGURE = re.compile(r".*[0-9](?:号楼?|单元|[室户组社队栋幢座楼层院])?")

_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严"
    "牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席"
    "卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖"
    "符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台"
    "巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺"
)
_TWO_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "慕容", "司徒", "东方", "皇甫", "尉迟", "夏侯", "令狐", "端木")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff·]+")
# What may stand between a name and the number: signs, and the words that call the number what it is.
_BEFORE_NUMBER = re.compile(
    r"(?:[\s,，、;；:：(（)）【】\[\]]|公民身份号码|居民身份证|身份证件?|证件|号码?|证号|[男女](?=[\s,，、]|身|公|证)|汉族|系|为|是|的)*$"
)
_AFTER_NUMBER = re.compile(r"^[\s,，、;；:：(（)）的]{0,3}(?:姓名[:： ]?)?")
# What may precede a name within a run of characters.
_LEADS = ("申请人", "当事人", "被告人", "被告", "原告", "姓名", "本人", "居民", "村民", "市民", "职工", "驾驶人", "的")
_WINDOW = 30
_NAME_MOST = 4


@dataclass(frozen=True)
class Sensitive:
    """One find.

    Attributes:
        kind: one of ``SENSITIVE_KINDS``.
        start: offset of its first character.
        end: offset after its last character.
    """

    kind: str
    start: int
    end: int


def starred(text: str, words: Sequence[str] = (), kept: Container[str] = ()) -> str:
    """The text with all that is sensitive or personal starred, but for the kinds ``kept``; as long as before."""
    chars = list(mask(text, kept))
    for each in find_sensitive(text, words):
        chars[each.start : each.end] = "＊" * (each.end - each.start)
    return "".join(chars)


def masked(text: str) -> str:
    """What a citizen typed, as it is kept: ``mask``, and plates, dwellings and names beside identity numbers starred.

    An address without a figure stays: 户籍所在地街道办 is where citizens go. The text stays as long as before.
    """
    chars = list(mask(text))
    for each in find_sensitive(text):
        length = each.end - each.start if each.kind in ("plate", "name") else 0
        if each.kind == "address" and (told := _TO_FIGURE.match(half_width(text[each.start : each.end]))):
            length = told.end()  # behind the last figure the question goes on
        chars[each.start : each.start + length] = "*" * length
    return "".join(chars)


def find_sensitive(
    text: str, words: Sequence[str] = (), is_public: Callable[[str], bool] = lambda _: True
) -> tuple[Sensitive, ...]:
    """What of ``text`` a person must look at before it is published, in its order and never overlapping.

    Args:
        text: what is to be published.
        words: the words that staff keep; they are found in any width, case and script.
        is_public: tells of a telephone or an address for mail whether the body publishes it; all, where nothing can.
    """
    plain = half_width(text)
    kept: list[Sensitive] = []
    taken = bytearray(len(text))
    for found in _all(text, plain, words, is_public):
        if taken.find(1, found.start, found.end) < 0:
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
            kept.append(found)
    return tuple(sorted(kept, key=lambda each: each.start))


def _all(text: str, plain: str, words: Sequence[str], is_public: Callable[[str], bool]) -> Iterator[Sensitive]:
    personal = find_personal_data(text)
    for each in personal:
        if each.kind not in OFFICIAL or not is_public(plain[each.start : each.end]):
            yield Sensitive(each.kind, each.start, each.end)
    for each in personal:
        if each.kind == "identity":
            yield from _names_beside(plain, each.start, each.end)
    yield from _plates(plain)
    yield from _addresses(plain)
    yield from _listed(text, words)


def _plates(plain: str) -> Iterator[Sensitive]:
    upper = plain.upper()  # a few letters (ß) become two, and then places would not hold
    for match in _PLATE.finditer(upper if len(upper) == len(plain) else plain):
        if sum(char.isdigit() for char in match["tail"]) >= _PLATE_DIGITS:
            yield Sensitive("plate", *match.span())


def _addresses(plain: str) -> Iterator[Sensitive]:
    for match in _ADDRESS.finditer(plain):
        yield Sensitive("address", *match.span())
    for match in _LIVES.finditer(plain):
        if _PLACE_IS_TOLD.search(match["place"]):
            yield Sensitive("address", *match.span("place"))


def _names_beside(plain: str, start: int, end: int) -> Iterator[Sensitive]:
    before = plain[max(0, start - _WINDOW) : start]
    rest = before[: _BEFORE_NUMBER.search(before).start()]  # type: ignore[union-attr] # it matches the empty end too
    run = re.search(r"[\u4e00-\u9fff·]+$", rest)
    if run is not None:
        name = _name_at_end(run[0])
        at = start - len(before) + len(rest)
        if name:
            yield Sensitive("name", at - len(name), at)
    gap = _AFTER_NUMBER.match(plain[end : end + _WINDOW])
    at = end + (gap.end() if gap else 0)
    following = _HAN_RUN.match(plain[at : at + _NAME_MOST + 1])
    if following is not None and _is_name(following[0]):
        yield Sensitive("name", at, at + len(following[0]))


def _name_at_end(run: str) -> str:
    """The name that a run of characters ends with; empty where it ends with none."""
    for lead in _LEADS:
        tail = run.rpartition(lead)[2] if lead in run else ""
        if tail and _is_name(tail):
            return tail
    if _is_name(run):
        return run
    return next((run[-length:] for length in (3, 2, 4) if len(run) > length and _is_name(run[-length:])), "")


def _is_name(text: str) -> bool:
    if text[:2] in _TWO_SURNAMES:
        return 3 <= len(text) <= _NAME_MOST
    return 2 <= len(text) <= 3 and text[0] in _SURNAMES


def _listed(text: str, words: Sequence[str]) -> Iterator[Sensitive]:
    pattern = _pattern_of(tuple(words))
    if pattern is None:
        return
    folded = fold(text)
    for match in pattern.finditer(folded.text):
        yield Sensitive("word", *folded.span(*match.span()))


@lru_cache(maxsize=4)
def _pattern_of(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """The words as one pattern, the longest first; None where there are none."""
    folded = sorted({each for each in map(fold_text, words) if each}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, folded))) if folded else None
