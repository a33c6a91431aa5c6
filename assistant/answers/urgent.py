"""Someone in danger asks: the number to ring comes before anything else.

The numbers are those of the whole country: 110 police, 119 fire, 120 ambulance, 122 traffic accidents, and 12356, the
psychological help line of the National Health Commission (since 2025). A question about reports may hold the same
words (2019年火灾起数, 打击诈骗的宣传). So words of danger count only where they are told as happening now or to the one
who asks, and a question for a number, a year or a body's work is never urgent, unless someone speaks of ending a life.
"""

import re
from dataclasses import dataclass

from assistant.language import fold_text

_FIRE = "119"
_MEDICAL = "120"
_POLICE = "110"
_TRAFFIC = "122"
_CRISIS = "12356"

# What is being told: it has just happened (了, 正在, 有人) or to the one who asks (我, 我家, 我妈, 被…了).
_DESPAIR = re.compile(
    r"(?:不想|不愿意?|没法|没脸)再?活|活(?:不下去|着没(?:意思|意义|劲))|想(?:死|自杀|轻生|跳楼|割腕)|要(?:自杀|轻生|跳楼|割腕)|"
    r"(?:我|他|她|孩子|家人|同学|朋友|有人)[^,。?]{0,8}(?:自杀|轻生|跳[楼河江桥湖]|割腕|自残)|结束(?:自己的?|我的?)?生命|怎么(?:才能)?自杀"
)
_MOMENTS = (
    (
        _FIRE,
        re.compile(
            r"(?:着火|起火|失火|冒烟|爆炸)了|(?:正在|突然)(?:着火|起火|燃烧)|火(?:越烧越大|扑不灭|烧起来)|"
            r"(?:煤气|燃气|天然气|液化气)(?:泄漏|泄露|漏气|漏了)|(?:发生|遇到|碰到)火灾(?:了|怎么办)|被(?:火)?困(?:在|住)|"
            r"(?:闻到|闻见|一股|好大|很大|很浓|很重|满屋|家里|屋里|楼道)[^,。?]{0,8}(?:煤气|燃气|天然气|液化气)(?:的)?味|"
            r"(?:我家|我们家|楼上|楼下|隔壁|邻居家?|对面|家里|厨房|屋里|车)[^,。?]{0,6}(?:着火|起火|失火|冒(?:浓|黑|大)?烟|爆炸)"
        ),
    ),
    (
        _MEDICAL,
        re.compile(
            r"(?:受伤|摔伤|烧伤|烫伤|砍伤|流血|出血|昏迷|晕倒|昏倒|休克|中毒|触电|溺水|落水|摔倒|噎住|抽搐)了|"
            r"(?:有人|我|他|她|老人|孩子|家人|我妈|我爸|爷爷|奶奶)[^,。?]{0,6}(?:受伤|流血|昏迷|晕倒|昏倒|中毒|触电|溺水|落水|休克|喝农药)|"
            r"(?:没有?|停止)呼吸|喘不(?:上|过)气|叫不醒|心脏病发|(?:突发|得了)(?:脑梗|心梗|中风)|快不行了|流(?:了)?(?:很多|好多)血|"
            r"(?:掉|落|跌|摔|滑)(?:进|到|入|下)(?:了)?[^,。?]{0,3}(?:水里|河|江|湖|井|塘|水库|池)(?!长)|"
            r"(?:河|江|湖|水|井|塘|池)[里中边][^,。?]{0,8}(?:掉下去|掉进去|淹|沉下去|喊救)|快(?:要)?淹死|"
            r"(?:有人|人|老人|孩子|小孩)从[^,。?]{0,6}(?:摔|掉|坠)(?:了)?下"
        ),
    ),
    (
        _TRAFFIC,
        re.compile(
            r"(?:出|发生|遇到|碰到)(?:了)?(?:车祸|交通事故)(?:了|怎么办|$)|(?:撞|碰)(?:了车|到人了|人了|车了)|被车撞|"
            r"(?:撞|碾|轧)(?:死|伤|倒|飞)(?:了)?(?:人|我|个人|老人|孩子|行人)|车祸[^?]{0,8}(?:受伤|流血|有人|快来|救)|"
            r"(?:人|老人|孩子|小孩|行人|我)被[^,。?]{0,4}车(?:撞|碾|轧)"
        ),
    ),
    (
        _POLICE,
        re.compile(
            r"救命(?![药钱恩之稻])|(?:我|我们|有人|孩子|家里)[^,。?]{0,4}(?:被|遭|让人)(?:人)?(?:抢|打|骗|偷|绑架|跟踪|威胁|砍|强奸|猥亵|家暴|拐)|"
            r"(?:抢劫|抢东西|打架|砍人|杀人|持刀|绑架)(?:了|啦|怎么办)|有人(?:抢|持刀|打架|砍|要杀|闯进|撬门|跟踪)|"
            r"(?:遇到|碰到|遭到|遭遇)(?:了)?(?:抢劫|诈骗|骗子|小偷|家暴|坏人|绑架)|我?要报(?:警|案)|(?:快|帮我|赶紧|马上)报警|"
            r"(?:孩子|老人|家人)(?:走)?(?:丢|失踪)了|(?:家里|店里|家)(?:进|来)(?:了)?(?:小偷|贼)|"
            r"(?:有人|有个人|他|对方|歹徒|男的|疯子|邻居)[^,。?]{0,6}(?:拿|持|举|挥|带|提|抄)(?:着|了|起)?[^,。?]{0,2}(?:刀|枪|斧|棍|凶器|炸药|炸弹)|"
            r"(?:打|砍|捅|杀)起来了|(?:在|正在|要)(?:砍|捅|杀|抢|打)(?:人|我|孩子|他|她)|(?:捅|砍)(?:了|伤|死)(?:了)?(?:人|我|他|她)|"
            r"被[^,。?]{0,4}(?:绑(?:走|架|了)|劫持|劫走|拐走|抢(?:走|劫|了)|关起来|囚禁)了?|入室抢劫|快来人|杀人啦|抢劫啦"
        ),
    ),
)
# A question about what was published: a year, a number, or a body's work.
_ABOUT_REPORTS = re.compile(
    r"(?:19|20)\d{2}|[一二][零〇一二三四五六七八九]{3}年|\d{2}年|去年|前年|今年|年报|报告|全年|多少|几[次起件个名人条项场]|"
    r"哪些|开展|宣传|打击|公布|公开|发布|措施|情况|统计|起数|制度|预案|活动|同比"
)
_TEXTS = {
    _FIRE: "着火、爆炸或煤气泄漏，请马上离开危险的地方，拨打119（消防）。有人受伤再打120。",
    _MEDICAL: "有人受伤或病得很急，请马上拨打120（急救）。有危险同时打110。",
    _TRAFFIC: "出了交通事故，请先到安全的地方，拨打122或110；有人受伤马上打120。",
    _POLICE: "遇到危险或正在被侵害，请马上拨打110（报警）。不方便说话时，可以发短信到12110。有人受伤再打120。",
    _CRISIS: (
        "听到您这么说，我很担心。请马上打12356（全国心理援助热线，有人听您说）；"
        "情况紧急，请打110或120，或者请身边的人陪着您。您不是一个人。"
    ),
}


@dataclass(frozen=True)
class Urgent:
    """Which number to ring first, and what is said."""

    number: str
    text: str


def urgent(question: str) -> Urgent | None:
    """Help for someone in danger; None for every other question."""
    folded = fold_text(question)
    if _DESPAIR.search(folded) and not _is_statistic(folded):
        return Urgent(_CRISIS, _TEXTS[_CRISIS])
    if _ABOUT_REPORTS.search(folded):
        return None
    for number, pattern in _MOMENTS:
        if pattern.search(folded):
            return Urgent(number, _TEXTS[number])
    return None


def _is_statistic(folded: str) -> bool:
    """Whether someone asks how often it happens, and does not speak of themselves."""
    return _ABOUT_REPORTS.search(folded) is not None and "我" not in folded
