"""Greetings, thanks, farewells and questions about 安安: short answers in 安安's own voice, by time of day."""

import re
from datetime import datetime

from rapidfuzz import fuzz

from assistant.language import fold_text

_WHO = (
    "我是安安，这里的报告问答助手。我只用已经公开发布的报告和常见问题里的原话回答，"
    "并告诉您出处；没有的，我会直说没有找到。"
)
_HELP = (
    "您可以用平常的话问我报告里的内容，比如某个单位某一年公开了多少信息、有什么问题、怎么联系，也可以问怎么办事。"
    "我会给出原文和出处，还可以读给您听。"
)
_PHRASES = {
    "greeting": (
        "你好 您好 早上好 上午好 中午好 下午好 晚上好 在吗 有人吗 安安 安安你好 你好安安 嗨 哈喽 hi hello 喂 喂你好"
    ),
    "thanks": "谢谢 多谢 谢谢你 谢谢您 谢谢安安 感谢 辛苦了 非常感谢 太感谢了 谢了",
    "farewell": "再见 拜拜 没有了 没事了 不用了 好的再见 bye goodbye 下次见",
    "who": (
        "你是谁 您是谁 你叫什么 你叫什么名字 你是什么 你是机器人吗 你是真人吗 你是人工智能吗 安安是谁 "
        "介绍一下你自己 自我介绍"
    ),
    "help": (
        "你能做什么 你会什么 你能干什么 怎么用 怎么使用 如何使用 帮助 help 可以问什么 我可以问什么 能问什么 你会做什么"
    ),
}
_NEAR = 85
# No phrase is longer, nor can a longer text be near one.
_LONGEST = 15
_FILLER = re.compile(r"[^\w]|[啊呀哦呢吧啦哈嘛]")


def greeting(now: datetime) -> str:
    """上午好, 下午好 or 晚上好, as the report page's reader has always said it."""
    if 5 <= now.hour < 12:
        return "上午好"
    return "下午好" if 12 <= now.hour < 18 else "晚上好"


def smalltalk(question: str, now: datetime) -> str | None:
    """安安's answer when the question is small talk and nothing else; None for a real question."""
    core = _FILLER.sub("", fold_text(question))
    kind = _kind_of(core)
    if kind == "greeting":
        return f"{greeting(now)}！我是安安，您想了解报告里的什么内容？"
    answers = {
        "thanks": "不客气，很高兴能帮到您。还有想了解的，随时问我。",
        "farewell": "再见，祝您生活愉快！",
        "who": f"{greeting(now)}！{_WHO}",
        "help": _HELP,
    }
    return answers.get(kind) if kind else None


def _kind_of(core: str) -> str | None:
    if not core or len(core) > _LONGEST:
        return None
    for kind, phrases in _PHRASES.items():
        if any(fuzz.ratio(core, phrase) >= _NEAR for phrase in phrases.split()):
            return kind
    return None
