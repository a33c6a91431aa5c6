"""Follow-ups: what a question that leans on the one before may mean, as whole questions.

那2018年呢, 其中微博呢, 办结了几件, 他们的电话多少 leave out what was said. The question before is taken apart into
years, body and what is asked; what the follow-up names takes its place, the rest stays. Where a follow-up can be read
in several ways they are given in order, each with the words that its answer must speak of: a number that answers
another reading is worse than none.
"""

import re
from dataclasses import dataclass, replace

from assistant.answers.conversations import Said
from assistant.answers.frames import Frame, frame_of, own_words, topic_of
from assistant.answers.library import Shelf
from assistant.answers.relative_years import newest_year, resolved_years
from assistant.answers.retelling import DOING
from assistant.answers.wanted import CONTACTS, asking, find_wanted
from assistant.language import Segmenter, fold_text
from assistant.language.asking import ASKS
from assistant.language.measures import MEASURES

# A follow-up is short; a longer question says for itself what it is about.
LONGEST = 16
# A question with so many words of its own is about those, and takes over years and body at most.
_WORDS_OF_A_WHOLE = 3
_MORE = re.compile(
    r"(?:请|能不能|能|可以|麻烦)?(?:你|您)?(?:再|更)?(?:说|讲|介绍|解释|展开)?(?:得|的)?"
    r"(?:详细|具体|仔细|细致?|多)(?:一点儿?|点儿?|一?些|地?(?:说|讲|介绍)(?:说|讲|一下)?)?(?:吗|吧|呢)?|"
    r"(?:展开|继续)(?:说|讲)?(?:说|讲|一下)?|还有(?:吗|呢|没有|别的吗|什么)?|然后呢|接着呢?|(?:看|说)?全文(?:呢)?"
)
_LINKED = re.compile(
    r"^(?:那(?!年|[个次些])|其中|里头|里面|当中|还有|另外|[他她它]们?|这(?!次|些|个|种)|该|[跟和与同比])"
)
_LEFT_OPEN = re.compile(r"呢[^\w]*$")
_NEXT_YEAR = re.compile(r"(?<![到入至转])(?:下|后|第二|次)一?个?年(?!级)")
# 有哪些问题, 采取了什么措施 are asked of a body's whole year, not of what was talked of last.
_TOLD_OF_A_YEAR = "(?:主要|突出)?(?:存在)?的?(?:问题|不足|困难|短板|措施|打算)"
_OF_THE_YEAR = re.compile(
    rf"(?:都|还)?(?:存在|有|采取)?(?:着|了|过)?(?:哪些|什么|啥|些什么){_TOLD_OF_A_YEAR}|(?:存在的?|主要)?{_TOLD_OF_A_YEAR}(?:有|是)(?:哪些|什么|啥)"
)
# What is asked of the report or its office, whatever was asked before.
_WHEN = "什么时候|何时|哪天"
_OF_THE_REPORT = re.compile(rf"索引号|文号|(?:报告|年报).{{0,4}}(?:{_WHEN}|日期)|(?:{_WHEN})发布|发布(?:日期|时间)")
_COMPARED = re.compile(
    r"^(?:跟|和|与|同|比起?来?|较|相比|对比)?(?:相?比较?|对比|相比)(?:一下|起来)?(?:怎么样|如何|呢|怎样|有(?:什么|啥)变化)?$|"
    r"^(?:跟|和|与|同)$"
)
_CHANGE = "(?:变|增|涨)?(?:多|增加|增长|增多|上升|涨|提高|少|减少|下降|降低|降|跌)"
# 比2019年多了多少 is asked of the year talked of; 多了还是少了 means against the year before it.
_CHANGED_SINCE = re.compile(rf"^(?:比|较|跟|和|与|同)(?:起来|相?比|比较)?,?(?:是|又|还|总共|一共)?{_CHANGE}")
_CHANGED_SINCE_LAST = re.compile(
    r"^(?:比起?|较|跟|和|与|同)(?:上一?个?|前一?|头一|去)年度?(?:的|同期)?(?:来|相)?(?:比较?)?,?"
    rf"(?:是|又|还|总共|一共)?{_CHANGE}"
)
_CHANGED = re.compile(rf"^(?:是|又)?{_CHANGE}了?(?:多少|几.?|没有|没|吗|还是{_CHANGE}了?)?$")
_WITHIN = re.compile(r"^(?:那|在)?(?:其中|里头|里面|当中|这里面)")
# Of whatever it was that was talked of, or the rest of it: such a part is nothing by itself.
_DEPENDENT = re.compile(
    r"^(?:平均|人均|日均|月均|累计|合计|总|全年|最[多高少低大小]|新增|按[时期]|及时|其他|其余|其它|别的|剩下?|另外|前|后)|"
    r"(?:[率量数次]|时间|时长|比例|占比|金额|费用|名次|满意度)$"
)
_WHOSE_PEOPLE = re.compile("(?:用户|粉丝|人员|群众|网民|市民|居民|企业|家长|人|者)$")
# A part named in so many words of its own, or in one so long (政协提案), may be asked for alone.
_WORDS_OF_A_PART = 2
_LONG_WORD = 4
# 微博发了多少条 says what does what, and leaves out only whose and when.
_SAYS_WHAT = re.compile(rf"^[\u4e00-\u9fff]{{2,8}}(?:{DOING}|推送|发|开|收|办|用|花)了?(?:多少|几)")
# These stand in no list of words by which pinyin is read, being too small.
_SMALL_WORDS = {"na": "那", "name": "那么", "nian": "年", "ne": "呢", "qizhong": "其中", "tamende": "他们的"}
_SPELLED = re.compile(rf" *\b(?:{'|'.join(_SMALL_WORDS)})\b *")
_DEFINES = re.compile(r"^什么(?:是|叫)|(?:是什么|什么)意思|指的?是(?:什么|啥)")
_WHICH_YEAR = re.compile(r"哪一?个?年")
_WHICH_BODY = re.compile(r"哪一?[个家](?:单位|局|部门|机关|机构)?")
_PEOPLE = re.compile("(?:人|人次|名|位)$")
_ASKED_AMOUNT = re.compile(rf"(?:多少|几)(?:{MEASURES}|钱)?")


@dataclass(frozen=True)
class Reading:
    """A whole question that a follow-up may mean.

    Attributes:
        question: the question.
        topic: what the conversation is about from now on.
        part: what within the topic the follow-up asks about.
        must: words of the follow-up that the answer must speak of, every one.
        about: words of the topic, one of which the answer must speak of; empty for no such limit.
        is_whole: whether the question was whole by itself, so that what was said before is dropped.
        told: the question as one would say it.
    """

    question: str
    topic: str = ""
    part: str = ""
    must: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    is_whole: bool = False
    told: str = ""


def spelled_out(folded: str) -> str:
    """A follow-up typed in pinyin with its small words as characters: na 2018 nian ne is 那2018年呢."""
    if not folded.isascii() or not folded.strip():
        return folded
    return _SPELLED.sub(lambda match: _SMALL_WORDS[match.group().strip()], folded)


def asks_for_more(folded: str) -> bool:
    """Whether a folded question asks for more of the last answer."""
    return _MORE.fullmatch(folded.strip(" ?？。，,!！")) is not None


def is_linked(folded: str) -> bool:
    """Whether a folded question says itself that it goes on from the one before."""
    core = folded.strip(" ?？。，,!！")
    begins = _LINKED.match(core) or _CHANGED.match(core) or _OF_THE_YEAR.fullmatch(core)
    return len(core) <= LONGEST and bool(begins or _LEFT_OPEN.search(core))


def readings(folded: str, said: Said, shelf: Shelf, segmenter: Segmenter) -> tuple[Reading, ...]:
    """What a folded question may mean after what was said, the likeliest first; empty when it is whole by itself."""
    before = frame_of(fold_text(said.question), shelf, segmenter)
    now = frame_of(_dated(folded, before, shelf), shelf, segmenter)
    if not now.rest:
        return _of_other_scope(now, before, said)
    scoped = Frame(now.years or before.years, now.body or before.body, now.rest)
    if _COMPARED.match(now.rest):
        return _compared(now, before, said)
    own = own_words(now.rest, segmenter)
    topic = said.topic or topic_of(before.rest, segmenter)
    linked = is_linked(folded)
    if _is_whole(now, own, topic, linked):
        return ()
    if found := _of_another_span(folded, now, replace(scoped, topic=topic), before, shelf):
        return (found,)
    if find_wanted(now.rest).kind in CONTACTS or _OF_THE_REPORT.search(now.rest):
        return (_reading(scoped, said.topic or topic, ""),)
    if _OF_THE_YEAR.fullmatch(now.rest):
        return (_reading(scoped, "", ""),)
    if ASKS.search(now.rest) or find_wanted(now.rest).kind != "passage":
        return _of_own_predicate(scoped, own, topic, linked or bool(said.faq), segmenter)
    if not linked:
        return ()
    like, parts = _of_a_part(scoped, before, own, topic, said.part)
    alone = _alone(scoped, before, own) if not _WITHIN.match(folded) else ()
    return (*like, *alone, *parts)


def _dated(folded: str, before: Frame, shelf: Shelf) -> str:
    """The follow-up with relative years said in full: 前一年 counts from the year talked of."""
    named = max(before.years, default=None)
    if named is not None:
        folded = _NEXT_YEAR.sub(f"{named + 1}年", folded)
    publishers, _ = shelf.bodies.find(f"{before.body}\n{folded}")
    newest = newest_year(shelf, publishers)
    return folded if newest is None else resolved_years(folded, newest, named)


def _is_whole(now: Frame, own: tuple[str, ...], topic: str, linked: bool) -> bool:
    """Whether the question needs nothing of what was said before.

    One that names a body but no year goes on in the same year only where it asks about the same thing.
    """
    if now.years and now.body:
        return bool(own)
    if own and not linked and _DEFINES.search(now.rest):
        return True
    return bool(now.body and own and not linked and not any(word in topic for word in own))


def _of_other_scope(now: Frame, before: Frame, said: Said) -> tuple[Reading, ...]:
    """那2018年呢, 公安局呢: the same question of another year or body."""
    if not (now.years or now.body):
        return ()
    frame = Frame(now.years or before.years, now.body or before.body, before.rest)
    return (_reading(frame, said.topic, said.part),)


def _compared(now: Frame, before: Frame, said: Said) -> tuple[Reading, ...]:
    """跟2021年比呢: the same question of both."""
    if not (now.years or now.body):
        return ()
    years = tuple(sorted({*before.years, *now.years}))
    body = "和".join(name for name in dict.fromkeys((before.body, now.body)) if name)
    return (_reading(Frame(years, body, before.rest), said.topic, said.part),)


def _of_another_span(folded: str, now: Frame, scoped: Frame, before: Frame, shelf: Shelf) -> Reading | None:
    """哪年最多, 哪个单位多, 比2019年多了多少, 多了还是少了: the same of all years, of all bodies, or against a year."""
    topic = scoped.topic
    if _WHICH_YEAR.search(now.rest):
        return _reading(replace(scoped, years=()), topic, "")
    if _WHICH_BODY.search(now.rest):
        return _reading(replace(scoped, body=""), topic, "")
    if now.years and _CHANGED_SINCE.match(now.rest):
        newest = newest_year(shelf, shelf.bodies.find(before.body)[0])
        years = before.years or (() if newest is None else (newest,))
        than = "和".join(f"{year}年" for year in now.years)
        return _reading(replace(scoped, years=years, rest=f"{now.rest[0]}{than}{now.rest[1:]}"), topic, "")
    if _CHANGED_SINCE_LAST.match(now.rest):
        return _reading(scoped, topic, "")
    if _CHANGED.match(now.rest) and not now.years:
        return _reading(replace(scoped, rest=f"比上一年{now.rest}"), topic, "")
    return None


def _of_own_predicate(
    scoped: Frame, own: tuple[str, ...], topic: str, linked: bool, segmenter: Segmenter
) -> tuple[Reading, ...]:
    """办结了几件, 是什么原因: asks something else about the same thing."""
    part = topic_of(scoped.rest, segmenter)
    joined = _reading(replace(scoped, topic=topic), topic, part, own)
    if not own:
        return (joined, *_the_topic(scoped, topic))
    if not linked and _has_own_object(scoped.rest, own):
        # It says for itself what it is about: only whose and when may have been left out.
        return _reading(scoped, part, "", own), joined, Reading("", is_whole=True)
    # What a Chinese phrase is about stands last in it.
    about = own_words(topic, segmenter)
    head = _reading(replace(scoped, topic=about[-1]), topic, part, own) if about[1:] else joined
    done = _done_to(scoped, topic, about[-1:], own)
    alone = _reading(scoped, topic, part, own, () if _SAYS_WHAT.match(scoped.rest) and own else about[-1:])
    return tuple(dict.fromkeys((joined, head, *done, alone)))


def _done_to(scoped: Frame, topic: str, about: tuple[str, ...], own: tuple[str, ...]) -> tuple[Reading, ...]:
    """多少人参加 of 培训: the verb behind the amount is done to what was talked of, 参加培训多少人."""
    amount = _ASKED_AMOUNT.match(scoped.rest)
    verb = scoped.rest[amount.end() :] if amount else ""
    if amount is None or not about or own != (verb,) or not _PEOPLE.search(amount.group()):
        return ()
    told = replace(scoped, topic=topic).told()
    return (replace(_reading(replace(scoped, rest=f"{verb}{about[0]}{amount.group()}"), topic, verb, own), told=told),)


def _the_topic(scoped: Frame, topic: str) -> tuple[Reading, ...]:
    """结果怎么样 is answered by what there is about the topic; a number, a reason or a name is not."""
    if not topic or find_wanted(scoped.rest).kind != "passage":
        return ()
    return (_reading(replace(scoped, rest=topic), topic, ""),)


def _has_own_object(rest: str, own: tuple[str, ...]) -> bool:
    """Whether the question names what it asks about: after 多少件, or in three words of its own."""
    amount = _ASKED_AMOUNT.search(rest)
    if amount is None:
        return len(own) >= _WORDS_OF_A_WHOLE or len(rest) > LONGEST
    behind = rest[amount.end() :]
    if _PEOPLE.search(amount.group()) and behind in own:  # 多少人参加 has a verb there, and nothing that it is done to
        return False
    return any(word in behind for word in own) or len(rest) > LONGEST


def _of_a_part(
    scoped: Frame, before: Frame, own: tuple[str, ...], topic: str, last_part: str
) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """其中个人的呢, 粉丝呢: the same question of a part of it, of its like, or of what goes with it.

    Those of its like come first, apart.
    """
    part = scoped.rest
    must = own or (part,)
    replaced = _sibling(part, before.rest) if len(last_part) < 2 or last_part not in before.rest else last_part
    like = []
    if replaced:
        rest = before.rest.replace(replaced, part)
        like.append(_reading(replace(scoped, rest=rest), topic.replace(replaced, part), part, must))
    asked = [before.rest[slice(*span)] for span in asking(before.rest)]
    amount = _ASKED_AMOUNT.search(before.rest)
    if amount:
        same = _reading(replace(scoped, topic=topic, rest=f"{part}{amount.group()}"), topic, part, must)
        other = _reading(replace(scoped, topic=topic, rest=f"{part}有多少"), topic, part, must)
        return tuple(like), (replace(same, told=other.told), other)
    rest = f"{part}{asked[0] if asked else ''}"
    return tuple(like), (_reading(replace(scoped, topic=topic, rest=rest), topic, part, must),)


def _alone(scoped: Frame, before: Frame, own: tuple[str, ...]) -> tuple[Reading, ...]:
    """微博粉丝呢 after 微信有多少人关注: a like of it that says for itself what it is, in the same year and body."""
    part = scoped.rest
    amount = _ASKED_AMOUNT.search(before.rest)
    if amount is None or not own or _DEPENDENT.search(part):
        return ()
    if len(own) < _WORDS_OF_A_PART and (len(part) < _LONG_WORD or _WHOSE_PEOPLE.search(part)):
        return ()
    asked = dict.fromkeys((amount.group(), "有多少"))
    told = replace(scoped, rest=f"{part}有多少").told()
    alone = (_reading(replace(scoped, rest=f"{part}{each}"), part, "", own) for each in asked)
    return tuple(replace(each, told=told) for each in alone)


def _sibling(part: str, rest: str) -> str:
    """The stretch of the rest that the part takes the place of, being made like it: 微博 for 微信, 组长 for 副组长.

    It begins or ends with the same characters, or the part holds it whole.
    """
    best = ""
    for size in (len(part), len(part) - 1, len(part) + 1):
        for at in range(max(0, len(rest) - size + 1)):
            other = rest[at : at + size]
            if size < 2 or other == part or ASKS.search(other) or not other.isalpha():
                continue
            shared = max(_same_start(part, other), _same_start(part[::-1], other[::-1]))
            if shared * 2 >= min(len(part), size):
                return other if len(other) > len(best) else best
    return best


def _same_start(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _reading(frame: Frame, topic: str, part: str, must: tuple[str, ...] = (), about: tuple[str, ...] = ()) -> Reading:
    return Reading(frame.question(), topic, part, must, about, told=frame.told())
