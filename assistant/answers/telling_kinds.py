"""What citizens ask a report's prose for, in which words, and what a sentence holds that tells it.

The first kind that fits decides. A kind says how it is asked, what the telling sentence must hold, how many sentences
after the one that names the matter it may stand, and how much of the question both must hold.
"""

import re
from dataclasses import dataclass

_DATE = r"\d{1,2}月\d{1,2}日|\d{1,2}月(?:底|初|中旬|上旬|下旬)?|\d{4}年|\d{1,2}日"
_LOWEST = r"垫底|最[少低差后小慢]|倒数"
_HIGHEST = r"最(?![少低差后小慢近新初终])[\u4e00-\u9fff]|排?第一(?!次|季|批|项|条)"


@dataclass(frozen=True)
class Kind:
    """Something that is asked of a report's prose.

    Attributes:
        name: what it is called.
        asked: how it is asked.
        told: what the sentence holds that tells it; None when any may.
        best: what tells it most plainly.
        never: what a clause that tells must not hold.
        follows: how many sentences later than the matter it may be told.
        least: how much of the question's weight the matter and the telling hold at least.
    """

    name: str
    asked: re.Pattern[str]
    told: re.Pattern[str] | None
    best: re.Pattern[str] | None
    follows: int
    least: float
    never: re.Pattern[str] | None = None

    @property
    def is_open(self) -> bool:
        """Whether nearly any sentence has the form of an answer, so that the matter must be named the plainer."""
        return self.told is None or self.name == "whether"


_WHY = (
    r"为什么|为何|为啥|原因|缘故|因为?(?:啥|什么)|怎么回事|咋回事|(?:啥|什么)(?:引起|造成|导致|毛病)|"
    r"(?:怎么|咋)[^,，。?]{0,10}(?:[多少]了|了[那这]么|[涨掉降退升跌变]|不)|(?:错|输|[丢失扣]分|差|问题|毛病)[^,，。]{0,3}在哪"
)
KINDS = (
    Kind(
        "reason",
        re.compile(_WHY),
        re.compile(
            r"原因|由于|因为|(?<![起])因(?![此而素果]|(?:公开)?政府信息|信息公开)|受[^,，;；。]{1,24}影响|为(?:了|避免|防止|便于|方便)|"
            r"缘于|源于|导致|造成|引[起发]|主要是|涉及|属于|(?:^|[,，:：])一是|对[^,，。]{2,30}(?:不服|不满|有异议)|系[^统列数]|认定|带动|以(?:便|免)"
        ),
        re.compile(r"原因|由于|因为|主要是|系因|缘于|源于|为避免|受[^,，;；。]{1,24}影响"),
        2,
        0.5,
    ),
    Kind(
        "place",
        re.compile(r"(?:搬|迁)[^,，。?]{0,6}(?:哪|什么地方|啥地方)|新(?:的)?(?:地址|地方|家)(?:在|是)(?:哪|什么|啥)"),
        re.compile(r"[迁搬][至到往]|新址|(?<=地址)[:：为是]"),
        re.compile("[迁搬][至到往]"),
        0,
        0.5,
    ),
    Kind(
        "date",
        re.compile(r"什么时候|何时|啥时候|哪一?[天日月年]|几月|几[号日](?!线|楼|院|机)"),
        re.compile(_DATE),
        None,
        0,
        0.6,
        re.compile("尚未|还没|没有|未能|未(?=[开完启])|截至"),
    ),
    Kind(
        "lowest",
        re.compile(rf"(?:{_LOWEST})[^,，。]{{0,8}}(?:哪|什么|啥|谁)|(?:哪|什么|啥|谁)[^,，。]{{0,12}}(?:{_LOWEST})"),
        re.compile(rf"{_LOWEST}|末位|不足|仅(?:有|为)|靠后"),
        re.compile(rf"{_LOWEST}|末位"),
        0,
        0.5,
    ),
    Kind(
        "highest",
        re.compile(
            rf"(?:{_HIGHEST})[^,，。]{{0,8}}(?:哪|什么|啥|谁)|(?:哪|什么|啥|谁)[^,，。]{{0,12}}(?:{_HIGHEST})|"
            r"主要[^,，。?]{0,4}(?:什么|啥|哪)"
        ),
        re.compile(rf"{_HIGHEST}|集中|首位|居首|主要|按[^,，。]{{2,4}}分[,，]|过半|以上"),
        re.compile(rf"{_HIGHEST}|集中|首位|居首|按内容分"),
        2,
        0.5,
        re.compile("历年|[年月]来最|有史以来"),
    ),
    Kind(
        "handling",
        re.compile(
            r"(?:怎么|咋|如何)(?:样)?(?:处理|解决|处置|整改|办|判|罚|管|改)|后来(?:怎么|咋)|结果(?:怎么样|怎样|咋样|如何)|法院(?:怎么|咋)"
        ),
        re.compile(
            r"通报|约谈|批评|整改|处理|责成|责令|追究|问责|撤下|更正|判决|驳回|维持|谈话|道歉|上缴|查处|修复|改正|回访|认定|答复|"
            r"研究|退回|重新|撤回|转办|解决|处以|拘留|移送|移交|立案|补正|停用|取消"
        ),
        None,
        3,
        0.7,
    ),
    Kind(
        "whether",
        re.compile(r"有没有|有无|是否|是不是|(.)没\1|(.)不\2|[吗没][?]?$|(?<![什怎那这多要])么[?]?$|没有[?]?$|过没"),
        re.compile(r"没有|未|无(?!法|障碍|关)|均|全部|已|零|免|\d"),
        re.compile(r"没有|未|均|全部|免"),
        0,
        0.65,
    ),
    Kind(
        "matter",
        re.compile(
            r"(?<!姓)(?<!叫)(?:什么|啥)(?!名字|时候)|哪(?:方面|些|[一二两三四五几]?[个项件条类所家种])|哪[里儿]没|(?:怎么|咋|如何)[^,，。?]{1,6}的"
        ),
        None,
        re.compile(r"涉及|包括|分别|为|是|即|内容"),
        1,
        0.65,
    ),
)


def kind_asked(folded: str) -> Kind | None:
    """The kind of telling that a folded question asks for; None when it asks for none of them."""
    return next((kind for kind in KINDS if kind.asked.search(folded)), None)
