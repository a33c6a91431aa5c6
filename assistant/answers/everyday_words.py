"""Everyday words put as the FAQ puts them: a citizen's story left out, and the words of a group made one."""

import re
from functools import partial

from assistant.language import Synonyms

# Whom it concerns, when, and how the story is told: no entry is about these.
_STORY = re.compile(
    r"老(?:伴|婆|公|爸|妈|头子?|两口)|爱人|儿?媳妇|丈夫|妻子|爸爸?|妈妈?|爷爷?|奶奶?|父亲|母亲|朋友|同事|"
    r"[我咱俺]们?(?:家|这[儿边里])?的?|"
    r"[上下这本前]个?(?:月|周|星期|礼拜)|[今明后昨前][天日晚]|[今明去]年|最近|马上|刚才|刚刚?|已经|快要?|现在|以前|"
    r"打算|准备|听说|想要?|让我|叫我|需要|得要?|应该|还是|还没有?|接下来|下一步|觉得|本来|人家|按规定|最晚|到底|"
    r"请问|您好|你好|麻烦|帮我|告诉我"
)
# An age says that an old person is meant (七十二了, 八十多岁).
_OLD_AGE = re.compile(r"[六七八九]十[一二三四五六七八九]?[多来几]?(?:周?岁|了)")


class Everyday:
    """Puts everyday words as the FAQ puts them.

    Args:
        tables: groups of words; the first word of a group stands for all. A later table is applied to what the earlier
            ones gave.
    """

    def __init__(self, *tables: Synonyms) -> None:
        heads = [{word: group[0] for group in table.groups for word in group} for table in tables]
        self._tables = [
            (re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True)))), words)
            for words in heads
            if words
        ]

    def plain(self, folded: str) -> str:
        """The folded text less the story, in the FAQ's words; a text of nothing but story keeps it."""
        text = _OLD_AGE.sub(" 老人 ", folded)
        for pattern, heads in self._tables:
            text = pattern.sub(partial(_head, heads), text)
        without = _STORY.sub(" ", text)
        return without if without.strip() else text


def _head(heads: dict[str, str], found: re.Match[str]) -> str:
    return f" {heads[found.group()]} "
