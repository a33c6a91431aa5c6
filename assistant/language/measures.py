"""Measure words: what amounts are counted in, longer ones before their beginnings, and which answer for each other."""

MEASURES = (
    "万元|亿元|千元|美元|元|人次|场次|件次|条次|批次|家次|户次|车次|班次|台次|架次|条|件|次|份|个百分点|"
    "百分点|个工作日|工作日|个月|个小时|个方面|个|项|名|人|张|块|台|部|场|期|篇|家|户|起|宗|例|字|大类|类|方面|"
    "处|种|批|位|座|只|棵|栋|幢|亩|公顷|头|匹|架|艘|盏|间|床|根|片|箱|袋|桶|支|枚|课时|节|小时|分钟|分|天|"
    "日|月|年|%|‰|倍|平方米|公里|毫米|厘米|米|吨|辆|所|门|套|幅|册|本|版|轮|届|级|岁|周|封|笔|秒|集|瓶|盒|副|公斤|"
    "千克|克|斤|双|组|立方米|平方公里|千瓦时|毫升|回(?![复应答信访收头来])|趟|万|亿"
)
MONEY = frozenset({"元", "千元", "万元", "亿元"})
SHARES = frozenset({"%", "‰", "个百分点", "百分点"})
# How long something takes is told in any of these.
LENGTHS = frozenset("个小时 小时 分钟 分 秒 天 日 个工作日 工作日 周 个月 月 年".split())
# What so much is counted in that it tells nothing of what is counted.
COMMON = MONEY | SHARES | set("人 名 位 人次 个 件 条 次 场 场次 项 家 份 篇 期 户 年 月 日 天".split())
# 几次 is answered by 4场, 多少人 by 12名.
_SAME = (
    MONEY,
    SHARES,
    frozenset({"人", "名", "位", "人次"}),
    frozenset({"次", "场", "场次", "期", "届", "轮", "回", "趟"}),
    frozenset({"本", "册"}),
    frozenset({"天", "个工作日", "工作日"}),
    frozenset({"条", "篇", "件", "份", "宗", "起", "封", "笔"}),
)
# 个 is said for all that can be counted one by one.
NOT_COUNTED = (
    MONEY
    | SHARES
    | {"倍", "天", "日", "月", "年", "分钟", "小时", "个工作日", "工作日", "个月", "个小时", "毫米", "厘米", "公里"}
)


def answers_for(measure: str, asked: frozenset[str]) -> bool:
    """Whether an amount in ``measure`` answers a question that asks for one of the measures ``asked``."""
    if measure in asked or any(measure in group and asked & group for group in _SAME):
        return True
    return "个" in asked and measure not in NOT_COUNTED


# Numbers are what an answer stands on: no character of a number is ever read as another, nor another as one.
NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两几半")
