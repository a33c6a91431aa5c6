"""Everyday words of questions for a number, as reports write them: 开了几次 is 召开, 发了多少 is 发布 or 发放.

They are no synonyms for search: 开 or 办 says something else in any other question. Beside a number they mean little
and stand in no index, so that they would weigh most of all words; here they weigh little. And opposites are told apart.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.evidence import Sought

# The most that such a word weighs: about a word that stands in every third passage.
_WEIGHT = 1.0
_HELD = ("召开", "举行", "举办", "开展", "组织")
_SENT = ("发布", "发放", "散发", "推送", "印发", "编发", "推出")
_GOT = ("收到", "受理", "新收", "接到", "接收", "来信", "转办")
_ANSWERED = ("回复", "答复", "办复")
_PEOPLE = ("群众", "公众", "市民", "居民")
_WRITTEN = {
    **dict.fromkeys(("开", "开了", "开过", "搞", "搞了", "搞过", "办", "办了", "办过", "弄", "做了", "做过"), _HELD),
    **dict.fromkeys(("发", "发了", "发过", "发出", "发出去", "出去"), _SENT),
    **dict.fromkeys(("收", "收到", "收了", "收到了", "接到"), _GOT),
    **dict.fromkeys(("回", "回了", "回过", "回应"), _ANSWERED),
    **dict.fromkeys(("老百姓", "百姓"), _PEOPLE),
    **dict.fromkeys(("冻住", "冻了", "冻"), ("冻结",)),
    **dict.fromkeys(("钱", "资金", "花"), ("资金", "筹资", "经费", "金额", "费用", "支出")),
    **dict.fromkeys(("筹", "筹了"), ("筹集", "筹资", "筹措")),
    **dict.fromkeys(("排", "排名", "排在"), ("列", "位列", "位居", "居")),
    **dict.fromkeys(("买", "买了"), ("购买", "购置", "采购")),
    **dict.fromkeys(("装", "装了"), ("安装",)),
    **dict.fromkeys(("设", "设了", "立", "立了"), ("设立", "设置", "新增", "竖立")),
    **dict.fromkeys(("放", "放了"), ("播放",)),
    **dict.fromkeys(("挂", "挂了", "贴", "贴了"), ("悬挂", "张贴")),
    **dict.fromkeys(("查出", "查出来"), ("查实", "查处", "排查", "发现")),
    **dict.fromkeys(("网上", "线上"), ("网络", "互联网", "网上提交")),
    **dict.fromkeys(("过节", "放假", "节日"), ("节假日", "假期")),
    "信": ("来信", "信件"),
    **dict.fromkeys(("转来", "转过来"), ("转办", "转来", "交办")),
    "网友": ("网民",),
    "提": ("提出", "提问", "提交"),
    "帐号": ("账号",),
    "消息": ("信息",),
    "参加": ("参训", "参会", "参与"),
    "受到": ("受",),
    "不是": ("非",),
    "平均": ("次均", "人均", "户均", "日均"),
    "问题": ("提问", "留言"),
    "乱收费": ("违规收费", "不合理收费"),
    "失物": ("丢失",),
    **dict.fromkeys(("转给", "分给", "派给", "交给"), ("转办", "转交", "交办", "分流", "分派", "派发", "移交", "移送")),
    **dict.fromkeys(("办完", "办好", "办成"), ("办结", "办理")),
    **dict.fromkeys(("播", "播了"), ("播出", "播放")),
    **dict.fromkeys(("请", "请了", "找来"), ("聘请", "聘任", "邀请", "聘用")),
    **dict.fromkeys(("退", "退了", "退回", "要回"), ("清退", "退还", "退费", "退赔", "追回")),
    **dict.fromkeys(("抓", "抓了", "抓到"), ("抓获", "查获", "缉获")),
    **dict.fromkeys(("罚", "罚了"), ("罚款", "罚没", "处罚")),
    **dict.fromkeys(("修", "修了", "修好"), ("修建", "修复", "维修", "改造", "改建", "新建")),
    **dict.fromkeys(("建", "建了", "盖", "盖了", "建起"), ("新建", "建成", "建设", "建立", "修建")),
    **dict.fromkeys(("换", "换了", "更换"), ("更新", "更换", "换发")),
    **dict.fromkeys(("查", "查了"), ("检查", "查处", "排查", "抽查", "巡查")),
    **dict.fromkeys(("关", "关了", "关掉"), ("关停", "关闭", "取缔")),
    **dict.fromkeys(("看", "看病", "看了"), ("就诊", "诊疗", "观看")),
    **dict.fromkeys(("补贴", "补助"), ("补贴", "补助", "补偿")),
}
# Things that are called something else in reports; they weigh what they weigh.
_CALLED = {
    "农民": ("农户", "农牧民", "村民"),
    "厕所": ("户厕", "公厕", "卫生间"),
    "种地": ("耕地", "种粮", "农业生产"),
    **dict.fromkeys(("老人", "老人家"), ("老年人",)),
    "老师": ("教师",),
    **dict.fromkeys(("娃", "孩子", "小孩"), ("学生", "儿童", "少年")),
    "驾照": ("驾驶证",),
    "电动车": ("电动自行车",),
    "危桥": ("危旧桥梁",),
    "房子": ("住房", "房屋"),
    "病人": ("患者",),
    "退休金": ("养老金",),
    "每天": ("日均",),
    "个体户": ("个体工商户",),
}
# Words that name nothing counted.
_EMPTY = frozenset(
    "出来 时候 底 那年 那次 那件 那件事 里头 里面 头 一件 一次 事 事情 东西 "
    "说 报告 年报 拿来 有人 大概 左右 来 去 全市 那边 总共 多 比 一年 上一年 上年 前一年 "
    "百分 百分之".split()
)

# What excludes each other: who asks for one does not want a number of another (回了多少 is not 收到来信7043封).
_EXCLUSIVE = tuple(
    tuple(re.compile(words) for words in group)
    for group in (
        (
            r"收到|收了|接到|新收|受理|来信|接收",
            r"回了|回过|回(?=多少|几)|回复|答复|回应|办复|办结|办完|处理了",
            r"结转|没办完|未办结",
        ),
        (r"制[发定作]|出台|印发", r"废止|废除|作废|失效", r"现行|有效"),
        (r"胜诉|赢", r"败诉|输"),
        (r"维持", r"纠正|撤销|改[了变]"),
        (r"主动公开", r"依申请|申请公开"),
        (r"予以公开|同意公开", r"部分公开", r"不予公开|不同意公开|不公开|没公开"),
        (r"满意[率度]", r"(?:答复|回复)率", r"(?:办结|办理)率", r"公开率", r"公示率"),
        (r"增|升|上涨|多了", r"减|降|少了"),
        (r"复议", r"诉讼|官司|法[院庭]"),
        (
            r"(?<!副)局长",
            r"副局长",
            r"市长",
            r"县长",
            r"区长",
            r"省长",
            r"镇长",
            r"书记",
            r"院长",
            r"校长",
            r"主任(?!医|科|药|护)",
        ),
        (r"门诊", r"住院", r"急诊"),
        (r"小学", r"初中", r"高中", r"中职|职高", r"大学|高校", r"幼儿园"),
        (r"城镇|城市居民", r"农村|乡村"),
        (r"公办", r"民办|私立"),
        (r"上半年", r"下半年"),
        (r"结婚", r"离婚"),
        (r"出生", r"死亡"),
        (r"入境", r"(?<!出)出境(?!入)"),
        (r"代表.{0,2}建议|人大.{0,4}建议", r"政协|提案"),
        (r"微博", r"微信|公众号", r"网站", r"客户端|app", r"抖音|视频号"),
    )
)

Stands = frozenset[tuple[int, int]]


def stands(folded: str) -> Stands:
    """Which side of each pair of opposites the words speak of."""
    return frozenset(
        (place, side)
        for place, group in enumerate(_EXCLUSIVE)
        for side, words in enumerate(group)
        if words.search(folded)
    )


def contradict(one: Stands, other: Stands) -> bool:
    """Whether both speak of the same thing, and of opposite sides of it."""
    if not one or not other:
        return False
    return _places(one) & _places(other) > _places(one & other)


def _places(sides: Stands) -> frozenset[int]:
    return frozenset(place for place, _ in sides)


def as_written(sought: Sequence[Sought]) -> tuple[Sought, ...]:
    """The question's words with what reports write for them, the empty ones left out."""
    kept = (each for each in sought if each.word not in _EMPTY)
    return tuple(_as_written(each) for each in kept)


def _as_written(each: Sought) -> Sought:
    called = _CALLED.get(each.word)
    if called is not None:
        return replace(each, others=(*each.others, *called))
    others = _WRITTEN.get(each.word)
    if others is None:
        return each
    return replace(each, weight=min(each.weight, _WEIGHT), others=(*each.others, *others))
