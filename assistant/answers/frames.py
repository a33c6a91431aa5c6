"""A question taken apart for a conversation: of which years, of which body, and what is asked."""

import re
from dataclasses import dataclass

from assistant.answers.comparing import RANGE
from assistant.answers.library import Shelf
from assistant.answers.names import find_names, is_body
from assistant.answers.retelling import as_one
from assistant.answers.scope import Scope, find_scope, without_scope
from assistant.answers.wanted import without_asking
from assistant.language import EMPTY_WORDS, Segmenter

# What links a question to the one before, and what stands for something said before.
_LINK = re.compile(
    r"^(?:那么?(?!年|[个次些])|还有|另外|再(?:问|说|者)?一?下?|然后|而且|顺便|对了|嗯+|哦+|请?问一?下?|我?想(?:问|知道)一?下?|"
    r"[他她它]们?的?|该(?:局|单位|机关|部门)?的?|其中|里头|里面|当中|在?这里面|(?:这|那)(?:里面|其中|个|些)?|的|在|[和与跟](?=$)|[^\w])+"
)
# 那 before a body or a thing only links: 那局领导 is no 那局.
_LEADS = re.compile(r"^那么?(?!年|[个次些])")
# Who asks, not what about: 老百姓满意吗 wants the share of those content.
_ASKER = re.compile(r"^(?:老百姓|百姓|大家|大伙儿?|咱们?)(?:都|的|对|们)?(?=[\u4e00-\u9fff]{2})")
_TAIL = re.compile(r"(?:的|呢|啊|呀|吧|嘛|哦|[^\w])+$")
# A place before a known body's name makes it another body: 白水市 of 白水市公安局.
_PLACE_BEFORE = re.compile(r"^[\u4e00-\u9fff]{1,7}[省市县区州盟旗]$")
# Only says that something is asked or done: what a thing is about is left without it.
_ASKS_ONLY = re.compile(
    r"怎么(?:了|样|办|回事)?|咋(?:了|样)?|如何|有没有|有无|是不是|是否|(?:是|有|叫)?(?:什么|啥)样?|谁|哪[些个位里儿]?|"
    r"[吗呢]|(?:了|过)?没有?(?=[^\w]*$)|(?:一共|总共|共计?|全年|都|总)(?=[收发开有举办作]|[^\w]*$)|[?？。!]"
)
# Verbs said of anything: at the edges of what a thing is about they say nothing of it.
_LIGHT = frozenset(
    "发 发布 开 开展 召开 举办 举行 搞 办 作 做 作出 有 是 用 花 建 当 排 存在 采取 了 过 的 , ， 、".split()
)
# A range of more years than there are reports of.
_MOST_YEARS = 40
# Tells when, or how many, or only asks: nothing that an answer must speak of.
_NO_SUBJECT = re.compile(
    r"后来|之后|最后|当时|(?!12\d{3}$)[一二两三四五六七八九十几0-9].*|[上前去今头].*年|比.*|.*了|一共|总共|得到|发生|出现|原因|缘故|结果"
)


@dataclass(frozen=True)
class Frame:
    """A question in its parts.

    Attributes:
        years: the years it names, in order.
        body: the words that name its body or bodies; empty when none is named.
        rest: what is left of it, without the words that link it to what was said before.
        topic: what was talked of before, where the rest asks something about it; empty for a question by itself.
    """

    years: tuple[int, ...]
    body: str
    rest: str
    topic: str = ""

    def question(self) -> str:
        """The parts as one question again; a comma keeps words apart that did not stand together."""
        asked = f"{self.topic},{self.rest}" if self.topic else self.rest
        return f"{_years_said(self.years)}{self.body}{asked}"

    def told(self) -> str:
        """The same as one would say it."""
        return f"{self.body}{_years_said(self.years)}{as_one(self.topic, self.rest)}"


def frame_of(folded: str, shelf: Shelf, segmenter: Segmenter) -> Frame:
    """The parts of a folded question."""
    folded = RANGE.sub(_each_year, _LEADS.sub("", _closed_up(folded)))
    scope = find_scope(folded, shelf.bodies)
    body, rest = _body(folded, without_scope(folded, scope), scope, segmenter)
    rest = _TAIL.sub("", _LINK.sub("", _closed_up(rest)))
    return Frame(tuple(sorted(scope.years)), body, _ASKER.sub("", rest))


def _each_year(match: re.Match[str]) -> str:
    """The years of a range one by one (2019年到2022年), so that none is lost when they are taken apart."""
    first = int(match[1])
    last = int(match[2]) if len(match[2]) > 2 else first // 100 * 100 + int(match[2])
    return "、".join(f"{year}年" for year in range(first, min(last, first + _MOST_YEARS) + 1)) or match[0]


def _years_said(years: tuple[int, ...]) -> str:
    """Years as one would say them: three or more in a row by the first and the last."""
    if len(years) > 2 and years == tuple(range(years[0], years[-1] + 1)):
        return f"{years[0]}年到{years[-1]}年"
    return "和".join(f"{year}年" for year in years)


def topic_of(rest: str, segmenter: Segmenter) -> str:
    """What the rest of a question is about, less the words that ask and those that only say that something is done."""
    words = list(segmenter.words(_closed_up(_ASKS_ONLY.sub(" ", without_asking(rest)))))
    while len(words) > 1 and words[0] in _LIGHT:
        del words[0]
    while len(words) > 1 and words[-1] in _LIGHT:
        del words[-1]
    # 微博发 is no word: where a dictionary does not know it, a light verb hangs on.
    if words and len(words[-1]) > 2 and words[-1][-1] in _LIGHT and segmenter.share(words[-1]) == 0:
        words[-1] = words[-1][:-1]
    return "".join(words).strip(" ,，、")


def own_words(rest: str, segmenter: Segmenter) -> tuple[str, ...]:
    """The words of a rest that say what is asked about."""
    words = segmenter.words(_ASKS_ONLY.sub(" ", without_asking(rest)))
    said = (word for word in words if len(word) > 1 and word not in EMPTY_WORDS and word not in _LIGHT)
    return tuple(word for word in said if not word.isspace() and not _NO_SUBJECT.fullmatch(word))


def _body(folded: str, rest: str, scope: Scope, segmenter: Segmenter) -> tuple[str, str]:
    """The words that name bodies, in the order of the question, and the rest without them."""
    unknown = [name for name in find_names(rest, segmenter.words(rest), segmenter) if is_body(name)]
    unknown = [name for name in unknown if not any(name != other and name in other for other in unknown)]
    names = sorted({*scope.aliases, *unknown}, key=folded.find)
    for name in unknown:
        rest = rest.replace(name, " ")
    before = _TAIL.sub("", _LINK.sub("", _closed_up(rest)))
    if len(names) == 1 and f"{before}{names[0]}" in folded:
        # 市公安局 of 白水市公安局 begins with the end of its place.
        ends = (before, f"{before}{names[0][0]}")
        if any(map(_PLACE_BEFORE.match, ends)):
            return f"{before}{names[0]}", ""
    return "和".join(names), rest


def _closed_up(text: str) -> str:
    """The text with its gaps closed; digits and letters keep theirs apart."""
    return re.sub(r"(?<![0-9a-z])\s+|\s+(?![0-9a-z])", "", text.strip())
