"""Two things asked at once (收到几件申请，办结了几件): told apart here, and their answers put together again.

The second part is asked as a follow-up of the first: whose and when stands in the first and goes for both.
"""

import re
from dataclasses import replace

from assistant.answers.model import Answer
from assistant.answers.wording import direct_text
from assistant.language.measures import MEASURES

# Words that ask for a number; a question with fewer than two of these and no pair of labels asks one thing.
_HOW_MANY = re.compile(r"多少|(?<!第)几(?![乎内年])|率[^,，。;；]{0,2}(?:多少|怎么样|如何)")
_CUT = re.compile(r"[,，。;；、?？!！ ]+(?:还有|以及|另外|同时|并且|而且|又|还|和)?")
# Without a mark the second thing begins with its 多少, right after the first has been said.
_RUN_ON = re.compile(
    rf"(?<=[\u4e00-\u9fff]{{2}})(?<![有了是共发收到达为办])(?=(?:多少|几)(?:{MEASURES})[\u4e00-\u9fff]{{1,6}}$)"
)
_LABEL = r"地址|邮编|邮政编码|电话|传真|电子邮箱|邮箱|网址|联系电话|办公地址"
_LABELS = re.compile(rf"({_LABEL})(?:和|跟|与|及|以及|还有|、|加|,|，)+({_LABEL})")
# 建议和提案各多少件: two things counted in one measure.
_EACH = re.compile(
    r"(?P<first>[\u4e00-\u9fff]{2,})(?:和|与|跟|以及|及|、)(?P<second>[\u4e00-\u9fff]{2,10}?)"
    rf"(?P<shared>的[\u4e00-\u9fff]{{2,8}}?)?(?:数量?)?(?:各自?|分别)(?P<asked>[\u4e00-\u9fff]{{0,4}}?(?:多少|几)(?:{MEASURES})?)[^\w]*$"
)
# A shorter piece says nothing by itself.
_SHORTEST = 3
_NOT_FOUND = "您问的两件事里，{which}没有找到。"


def split_in_two(text: str) -> tuple[str, str] | None:
    """The two things that a question asks; None when it asks one."""
    labels = _LABELS.search(text)
    if labels is not None:
        before, after = text[: labels.start()], text[labels.end() :]
        return f"{before}{labels[1]}{after}", f"{labels[2]}{after}"
    each = _EACH.search(text)
    if each is not None:
        shared = each["shared"] or ""
        return f"{text[: each.end('first')]}{shared}{each['asked']}", f"{each['second']}{shared}呢"
    asked = list(_HOW_MANY.finditer(text))
    if len(asked) < 2:
        return None
    for cut in _CUT.finditer(text, asked[0].end(), asked[1].end()):
        first, second = text[: cut.start()], text[cut.end() :]
        if len(first) >= _SHORTEST and len(second) >= _SHORTEST:
            return first, second
    run_on = _RUN_ON.search(text, asked[0].end())
    return (text[: run_on.start()], text[run_on.start() :]) if run_on else None


def names_two(text: str) -> bool:
    """Whether a question asks two things by naming them together (地址和邮编)."""
    return _LABELS.search(text) is not None


def asks_each(text: str) -> bool:
    """Whether a question asks two things by one number each (建议和提案各多少件)."""
    return _EACH.search(text) is not None


def counted_alike(first: Answer, second: Answer) -> bool:
    """Whether both answers give what one measure counts: two numbers in one unit, or one sentence that holds both.

    What is shared may stand with the second thing alone (微博和微信粉丝各多少); the first is another number then.
    """
    if not (first.evidence and second.evidence):
        return False
    if first.value is not None and second.value is not None and first.value.unit == second.value.unit:
        return True
    return first.text == second.text or bool(_one_sentence(first, second))


def both(text: str, first: Answer, second: Answer) -> Answer | None:
    """One answer that holds both; None when neither is there.

    Args:
        text: the question as asked.
        first: the answer to its first part, whose kind it keeps.
        second: the answer to its second part.
    """
    there = [answer for answer in (first, second) if answer.kind != "none"]
    if not there:
        return None
    understood = understood_of(first, second)
    if len(there) == 1:
        missing = _NOT_FOUND.format(which="后一件" if there[0] is first else "前一件")
        told = f"{stopped(there[0].text)}{missing}"
        return replace(there[0], question=text, text=told, understood=understood)
    evidence = (first.evidence[0], *(each for each in second.evidence[:1] if each != first.evidence[0]))
    rest = [each for answer in there for each in answer.evidence[1:] if each not in evidence]
    return replace(
        first,
        question=text,
        text=_one_sentence(first, second) or stopped(first.text) + second.text,
        confidence=min(first.confidence, second.confidence),
        evidence=(*evidence, *rest[:1]),
        value=None,
        understood=understood,
        suggestions=tuple(dict.fromkeys((*first.suggestions[:2], *second.suggestions))),
    )


def understood_of(first: Answer, second: Answer) -> str:
    """What both parts were taken to mean, each once; empty where they were asked as they stand."""
    return "；".join(dict.fromkeys(answer.understood for answer in (first, second) if answer.understood))


def stopped(text: str) -> str:
    """The text with a full stop at its end."""
    return text if text.endswith(("。", "！", "？", "……")) else f"{text.rstrip('，,；;')}。"


def _one_sentence(first: Answer, second: Answer) -> str:
    """The sentence that answers both, as printed; empty when each has its own."""
    one, other = first.evidence[0], second.evidence[0]
    if first.text == second.text:
        return first.text
    same = (one.report.id, one.start, one.passage) == (other.report.id, other.start, other.passage)
    if not same or one.sentence != other.sentence or not one.report.is_report:
        return ""
    return direct_text(one.passage, one.sentence, sorted((*one.highlights, *other.highlights)))
