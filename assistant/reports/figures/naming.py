"""What a figure counts: the printed words in front of the number or behind it.

- Behind a measure word for things stands what is counted (100余项办事指南); it ends at 的, a 、 or a doing word.
- Else it stands in front: the doing word and its object (发布警务公开信息 2600条). Time, order, the subject and phrases
  of means (通过门户网站…) are left out.
- A doing word alone (回复519条) takes the object of the figure before it that has the same unit: 回复网民提问. A change
  or a share (比上年增加212条, 占52.3%) takes all that the figure before it counts. The span is of the printed words.
"""

import re

from assistant.reports.figures.words import LEADS, PLAIN_VERBS, PREPOSITIONS, SMALL_LEADS, TIMES, VERBS
from assistant.reports.model import Span

LONGEST = 60  # characters of an indicator; longer ones are whole sentences, of which the end says most

_SKIPPED = re.compile(r"[\s、—\-·,，的]+")
_LEAD = re.compile(rf"(?:{LEADS}|[{SMALL_LEADS}](?={VERBS}))")
_MEANS = re.compile(rf"(?:(?:{PREPOSITIONS})[^,，。;；]{{1,40}}?|[^,，。;；]{{1,20}}?(?:{TIMES}))(?={PLAIN_VERBS})")
_TRAIL = re.compile(
    r"(?:[由从](?:上年|去年|上一年)度?的?|了|达到?|[为有是约的由从自于每“、]|共计?|累计|平均|数量为|[:：\s])+$"
)
_WHEN_SKIPPED = re.compile(r"[的起止底末初前后]*(?:以来|期间|以后|之后|以前|之前|晚上?|早上|上午|中午|下午|凌晨)?")
_WHEN_TRAIL = re.compile(r"(?:以来|以后|之后|后|时|期间)$")
_PLAIN_DOING = re.compile(PLAIN_VERBS)
_DOING = re.compile(rf"(?:被?(?:{PLAIN_VERBS})){{1,3}}了?|被?(?:{VERBS})了?")
_STEP = (
    "增加|增长|减少|下降|上升|上涨|提高|提升|降低|回落|前进|后退|净增|增幅|降幅|缩短|延长|压缩|压减|精简|扩大|整合|调整"
    "|撤并|合并|集约|增|减|降|升|多|少|翻"
)
_CHANGE = re.compile(
    rf"(?:(?:同比|环比|(?:比|较|与)[^,，。]{{1,12}}?)?(?:{_STEP})[了至到为成率]?(?:{VERBS})?"
    r"|(?:达到|占(?!比))[^,，。]{0,8}|(?:比|较)(?:上年|去年|上一年)度?的?|合计|总计|是?(?:上年|去年)的?)"
)
_BEHIND_SKIPPED = re.compile(
    r"(?:已经|以内|之内|以来|全部|分别|先后|首批|首次|[”的已是由于]|内(?![容部设外涵地])|中(?=[有的已]|$)|后(?![勤续期])"
    r"|前(?![期台沿往])|时(?![间限长])|均(?![衡等])|都(?!市)|有(?![关效限])|为(?!民))*"
)
_BEHIND_END = re.compile(r"[的、每]")
_BEHIND_TRAIL = re.compile(r"[“\s]*(?:[和及与并对将就在把从由又为达于均都已]|以及|全部)?[“\s]*$")
_NEXT_DOING = re.compile(rf"{PLAIN_VERBS}|(?:{_STEP})(?:[了至到为成]|$)|占")
_NO_THING_BEHIND = re.compile(rf"\s?(?:{_STEP}|{VERBS}|[”“、是为有均都已并和及与占,，至到比较])")
# What such a word leads to is what the number is about: “不少于4期”的承诺, 7日内整改.
_SURELY_BEHIND = re.compile(r"\s?”?的(?=\S)|以?内|之内")
_FROM = re.compile(r"[由从](?:原来的?|平均|上年的?|去年的?)?\s?$")
_TO = re.compile(r"[到至为成]\s?$")
_TIME_ONLY = re.compile(r"[上下]一?年度?")
_SUM = re.compile(r"(?:总共|一共|共计?|合计|总计|累计)[为达有是]?")
# These count doings or sums: what is done stands in front of them.
_DOINGS = frozenset(
    "次 场 场次 人次 件次 批次 家次 户次 条次 车次 班次 台次 期 轮 课时 年 个月 周 天 日 个工作日 工作日 个小时 小时"
    " 分钟 秒 分 元 美元 % ‰ 个百分点 百分点 倍".split()
)


def skip_leads(text: str, start: int, end: int) -> int:
    """Where ``text[start:end]`` begins to say something: behind marks and words of time, order and amount."""
    while start < end:
        match = _SKIPPED.match(text, start, end) or _LEAD.match(text, start, end)
        if match is None:
            break
        start = match.end()
    return start


def front_words(text: str, start: int, end: int) -> Span:
    """What the words ``text[start:end]`` in front of a number name, leads and phrases of means left out."""
    start = max(start, end - LONGEST)
    while True:
        start = skip_leads(text, start, end)
        means = _MEANS.match(text, start, end)
        if means is None:
            break
        start = means.end()
    if is_change(text[start:end]):
        return start, end - text.endswith("的", start, end)
    trail = _TRAIL.search(text, start, end)
    return start, trail.start() if trail else end


def behind_words(text: str, start: int, end: int, doing: bool) -> Span:
    """What ``text[start:end]`` behind a number names: up to 的 or 、, and if it is no ``doing``, to the next doing."""
    end = min(end, start + LONGEST)
    skipped = _BEHIND_SKIPPED.match(text, start, end)
    start = skipped.end() if skipped else start
    first = _DOING.match(text, start, end)
    inside = first.end() if first else start + 1
    for stops in (_BEHIND_END,) if doing else (_BEHIND_END, _NEXT_DOING):
        stop = stops.search(text, min(inside, end), end)
        end = stop.start() if stop else end
    end = max(start, end)
    trail = _BEHIND_TRAIL.search(text, start, end)
    end = trail.start() if trail else end
    opened = text.find("“", start, end) >= 0
    return start, end if opened or not text.endswith("”", start, end) else end - 1


def happening(text: str, start: int, end: int) -> Span:
    """What ``text[start:end]`` says happened at a date: all of it but leads and means."""
    skipped = _WHEN_SKIPPED.match(text, start, end)
    start, stop = front_words(text, skipped.end() if skipped else start, end)
    trail = _WHEN_TRAIL.search(text, start, stop)
    return start, trail.start() if trail else stop


def counts_doings(unit: str, kind: str) -> bool:
    """Whether a measure counts what is done, or sums, and not the thing that is named behind it."""
    return kind != "count" or not unit or unit in _DOINGS


def names_thing_behind(text: str, start: int, end: int) -> bool:
    """Whether what follows a number, ``text[start:end]``, begins with a thing, not with a doing or the next number."""
    return start < end and not _NO_THING_BEHIND.match(text, start, end)


def changes_on(text: str, front: Span, behind: Span) -> bool:
    """Whether the words in front of a number and those up to the next say that it became that (由226个减少到23个)."""
    start, end = front
    return bool(
        _FROM.search(text, max(start, end - LONGEST), end)
        and _TO.search(text, max(behind[0], behind[1] - 2), behind[1])
    )


def attributes(text: str, start: int) -> bool:
    """Whether the number before ``start`` belongs to what stands in front of it (项目86个的审批)."""
    return text.startswith("的", start)


def surely_behind(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]``, behind a number, begins with a word that leads on to what is counted."""
    return _SURELY_BEHIND.match(text, start, end) is not None


def is_sum(words: str) -> bool:
    """Whether the words say that a number is the sum of those before it."""
    return _SUM.fullmatch(words.strip("，, ")) is not None


def is_doing(words: str) -> bool:
    """Whether the words are a doing word without its object: 回复, 制作展出."""
    return _DOING.fullmatch(words) is not None


def is_change(words: str) -> bool:
    """Whether the words compare or share out what was counted before: 比上年增加, 占, 增长."""
    return _CHANGE.fullmatch(words) is not None


def doing_part(words: str) -> str:
    """The doing word and its object in an indicator (受理诉求 of 热线受理诉求); empty if it has not both."""
    doing = _DOING.match(words) or _PLAIN_DOING.search(words)
    if doing is None or doing.end() == len(words) or _TIME_ONLY.fullmatch(words, doing.end()):
        return ""
    return words[doing.start() :]


def with_object(doing: str, before: str) -> str:
    """The doing word with the object of the indicator ``before``: 回复, 受理网民提问 → 回复网民提问."""
    first = _DOING.match(before)
    return doing + before[first.end() if first else 0 :]
