"""A follow-up told back as one natural question: 公安局2019年微博的粉丝有多少, not its parts one after the other."""

import re

# Verbs that the reports count by. Before what they are done to they make a phrase: 收到申请 is 收到的申请 as a topic.
DOING = (
    "收到|接到|受理|办理|办结|承办|发布|公开|召开|举办|举行|开展|组织|制发|制定|处理|答复|发放|移交|转办|采购|投入|收取|"
    "建成|建设|排查|查处|采纳|整改"
)
_DOING_SOMETHING = re.compile(rf"({DOING})了?(?=[\u4e00-\u9fff]{{2}})(?!的)")
# What goes on about a topic without 的 between: a question word, a verb, or what links two clauses.
_GOES_ON = re.compile(
    rf"[和跟与同较]|是|有|没|为|因|[什啥怎咋]|多少|多[了大久长]|少了|几|比|谁|哪|何|如何|后来|之后|然后|最后|结果|能|会|要|被|得|都|可以|在|"
    rf"(?:{DOING})|[\u4e00-\u9fff]{{1,5}}?(?:了|过|到|成|出)(?:多少|几|什么|啥|个|没|哪|多)|[退罚花用补奖发给开办]"
)


def as_one(topic: str, rest: str) -> str:
    """What a follow-up asks (``rest``) about what was talked of (``topic``), as one phrase."""
    if not topic or topic in rest:
        return rest
    topic = topic if topic.endswith("的") else _DOING_SOMETHING.sub(r"\1的", topic, count=1)
    return f"{topic}{rest}" if _GOES_ON.match(rest) or topic.endswith("的") else f"{topic}的{rest}"
