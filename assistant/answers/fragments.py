"""Fragments: questions that make sense only after another one (那2014年呢, 其中微博呢, 粉丝呢).

In a conversation they are asked as the whole question they mean. Taken alone a fragment would be answered with whatever
number stands nearest, so it is told apart here, and the citizen is asked for the whole question.
"""

import re

from assistant.answers.wanted import Wanted

_BEGINS = re.compile(r"^(?:那么?|其中|还有|另外)[^a-z]{0,14}$")
_ENDS = re.compile(r"呢[^\w]*$")
# Longer ones say enough to be looked for by themselves.
_LONGEST = 14

WHOLE_PLEASE = (
    "您是接着前面问的吗？没有找到前面问过的话，请把单位、年份和想问的事写在一句话里，比如“某某局去年收到多少件申请”。"
)


def is_fragment(folded: str, wanted: Wanted) -> bool:
    """Whether a folded question leaves out what it asks for, or refers to what was asked before."""
    core = folded.strip(" ?？。，,!！")
    if len(core) > _LONGEST:
        return False
    return bool(_BEGINS.match(core)) or (wanted.kind == "passage" and _ENDS.search(core) is not None)
