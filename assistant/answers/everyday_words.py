"""Everyday words put as the FAQ puts them: a citizen's story left out, and the words of a group made one."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise, product

from assistant.language import EMPTY_WORDS, Synonyms

# Whom it concerns, when, and how the story is told: no entry is about these.
_KIN = """
    老伴 老婆 老公 老爸 老妈 老头 老头子 老两口 爱人 媳妇 儿媳 儿媳妇 丈夫 妻子 爸 爸爸 妈 妈妈 爷爷 奶奶 姥姥 姥爷
    外公 外婆 父亲 母亲 父母 爸妈 公公 婆婆 岳父 岳母 哥哥 弟弟 姐姐 妹妹 叔叔 阿姨 舅舅 姑姑 亲戚 朋友 同事 同学 邻居家
"""
_WHEN = """
    今天 明天 后天 昨天 前天 今晚 今年 明年 去年 最近 马上 刚才 刚 刚刚 已经 快 快要 现在 以前 目前 前几天 过几天 这几天
"""
_TELLING = """
    打算 准备 听说 想 想要 让我 叫我 需要 得要 应该 还是 还没 还没有 觉得 本来 到底 我 俺 咱 我们 咱们 俺们 我家 咱家
    俺家 我的 我们家 我这 我这儿 我这边 我家的 单位让
"""
# Particles that stand at no word's heart; those of EMPTY_WORDS that do (上, 地, 有, 和) would cut words up.
_PARTICLES = "的了着吗呢吧啊呀嘛么哦您你他她它这那哪谁啥咋"
# An age says that an old person is meant (七十二了, 八十多岁).
_OLD_AGE = re.compile(r"[六七八九]十[一二三四五六七八九]?[多来几]?(?:周?岁|了)")
# Stands before a group's word where it is a feature of its own.
MARK = "#"
# What features are made of: stretches of Chinese characters, and words of letters or digits.
_STRETCH = re.compile(rf"{MARK}?[\u3400-\u9fff]+|[a-z0-9]+")
_OLD = "老人"
_OF_A_THING = re.compile("怎么|咋|如何")
_LAST_THING = re.compile(r"[\u3400-\u9fff]{2,}\s*$")
_ASKS = re.compile("什么|[啥哪几]|怎么|多少|多久")
# Who asks this tells right before it what befell him: 丢了怎么办, 过期了,现在咋办.
_WAY_OUT = re.compile(r"[了,。!\s]*(?:我|现在|该|要|应该|得)*(?:怎么|咋|如何)(?:办[?]?$|整|弄|处理)")
_LAST_GROUP = re.compile(rf"{MARK}[^\s{MARK}]+\s*$")


class _Scanner:
    """Replaces words by what stands for them, the longest first, in one pass.

    A dictionary by first character takes a tenth of the time of a regular expression of hundreds of branches.
    """

    def __init__(self, replacements: Mapping[str, str]) -> None:
        self._replacements = replacements
        self._by_first: dict[str, tuple[str, ...]] = {}
        for word in sorted(replacements, key=len, reverse=True):
            self._by_first[word[0]] = (*self._by_first.get(word[0], ()), word)

    def replace(self, text: str) -> str:
        """The text with each word replaced, set off by spaces."""
        parts: list[str] = []
        at, kept = 0, 0
        while at < len(text):
            for word in self._by_first.get(text[at], ()):
                if text.startswith(word, at) and _is_whole(word, text, at):
                    parts += (text[kept:at], f" {self._replacements[word]} ")
                    at += len(word)
                    kept = at
                    break
            else:
                at += 1
        return "".join((*parts, text[kept:]))


def _is_whole(word: str, text: str, at: int) -> bool:
    """Whether a word that the text holds here is no part of a longer one of letters or digits, as 110 in 96110."""
    end = at + len(word)
    begins_inside = at > 0 and _is_latin(text[at - 1]) and _is_latin(word[0])
    return not begins_inside and not (end < len(text) and _is_latin(word[-1]) and _is_latin(text[end]))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


class Everyday:
    """Puts everyday words as the FAQ puts them.

    Args:
        tables: groups of words; the first word of a group stands for all. A later table is applied to what the earlier
            ones gave.

    Attributes:
        version: names the tables; what was read by the same ones is the same.
        asking: what stands for the groups that ask (#什么时候, #地点): who asks when or where names nothing yet.
    """

    def __init__(self, *tables: Synonyms) -> None:
        self.version = hashlib.sha256(repr([table.groups for table in tables]).encode()).hexdigest()[:16]
        heads: dict[str, str] = {}
        asking: set[str] = set()
        for table in reversed(tables):
            later = _Scanner(heads)
            own = {word: MARK + later.replace(group[0]).strip(f"{MARK} ") for group in table.groups for word in group}
            heads = {**heads, **own}
            asking |= {own[group[0]] for group in table.groups if any(map(_ASKS.search, group))}
        self.asking = frozenset(asking)
        self._whole = _Scanner(heads)
        self._told = _Scanner({**dict.fromkeys(_story(), ""), **heads})

    def features(self, folded: str) -> frozenset[str]:
        """What a folded text is about: the words of its groups, and pairs of neighbouring characters; no story.

        A text of nothing but story keeps it.
        """
        text = _OLD_AGE.sub(_OLD, folded)
        return _pairs(self._told.replace(text)) or _pairs(self._whole.replace(text))

    def trouble(self, folded: str) -> frozenset[str]:
        """What somebody asks a way out of or a way to: the words right before 怎么办, as features.

        They are a group's (#丢了 of 身份证丢了怎么办) or a thing's (过户 of 汽车过户怎么办); a story's end in words of
        no group (钱转走了怎么办) says little. Empty where no way is asked for.
        """
        asked = _WAY_OUT.search(folded)
        if asked is None:
            return frozenset()
        before = self._told.replace(folded[: asked.start()])
        group = _LAST_GROUP.search(before)
        if group is not None:
            return frozenset({group[0].rstrip()})
        thing = _LAST_THING.search(before) if _OF_A_THING.match(asked.group()) else None
        return _pairs(thing[0]) if thing is not None else frozenset()

    def told(self, folded: str) -> str:
        """The text with the words of groups put as ``#`` and their first one, set off by spaces, and no story."""
        return self._told.replace(_OLD_AGE.sub(_OLD, folded))


def _story() -> Iterable[str]:
    yield from f"{_KIN} {_WHEN} {_TELLING}".split()
    yield from _PARTICLES
    yield from (word for word in EMPTY_WORDS if len(word) > 1)
    yield from map("".join, product("上下这本前", ("", "个"), ("月", "周", "星期", "礼拜")))


def _pairs(text: str) -> frozenset[str]:
    """Marked words, pairs of Chinese characters, words of letters and digits, and characters that stand alone."""
    found: set[str] = set()
    for stretch in _STRETCH.findall(text):
        if stretch[0] == MARK:
            found.add(stretch)
            stretch = stretch[1:]
        if len(stretch) == 1 or stretch.isascii():
            found.add(stretch)
        else:
            found.update(first + second for first, second in pairwise(stretch))
    return frozenset(found)
