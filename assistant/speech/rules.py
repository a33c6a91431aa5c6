"""What is written one way and said another: ordered, named rules, each with an example beside it.

Every rule rewrites what it recognises into words, so a later rule meets only what the earlier ones left. The order
carries meaning: a telephone number must be taken before its dash looks like a range, a date before its dots look like
decimals.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.speech.numerals import one_by_one, quantity, telephone

Replacement = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Rule:
    """One way of writing and how it is said.

    Attributes:
        name: what the rule is about.
        written: an example as published.
        said: its whole spoken form, after all rules.
        pattern: what is recognised.
        replacement: what takes its place; a space is a light pause.
    """

    name: str
    written: str
    said: str
    pattern: re.Pattern[str]
    replacement: Replacement


_NUMBER = r"\d+(?:\.\d+)?"
_YEAR = r"(?:1[89]|20|21)\d\d"  # years that reports speak of; 1000年 is a length of time
_DASH = r"[-—–−~～]"
_HANZI_DIGIT = "零一二三四五六七八九十"
_PATH = r"(?:[:/?#][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?"
_HOST = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_DOMAIN = r"(?:[A-Za-z0-9-]+\.)+(?:gov|com|org|net|edu|cn)(?:\.cn)?(?![A-Za-z0-9.])"
# After a number these say that it counts something, so it is no telephone number.
_COUNTED = r"(?!\d|\s*[余多个条次件人万亿部张份批户起元场项台名])"
_LANDLINE = (
    rf"(?:\(0\d{{2,3}}\)|（0\d{{2,3}}）|0\d{{2,3}}(?:{_DASH}|\s))\s?(?:\d{{7,8}}|\d{{3,4}}[- ]\d{{3,4}})"
    r"|0(?:10|2\d|[3-9]\d\d)\d{7,8}"
)
_MOBILE = r"1[3-9]\d-?\d{4}-?\d{4}"
_SERVICE = r"[48]00-\d{3,4}-?\d{3,4}|[48]00\d{7}"
_HOTLINE = r"(?:11[0249]|12[02]|12\d{3}|96\d{3,4}|100\d\d|95\d{3})"
_HOTLINE_NEXT = (
    "政府|报警|热线|服务|便民|平台|政务|市民|市长|举报|投诉|电话|急救|救护|火警|消防|警情|指挥|联动|咨询|客服|监督|维权"
    "|税务|预警|宣传|短信|受理|转办|交办|派单|工单|来电|诉求|接[警报听诉处]|(?:是|为|即)[^，。；：、]{0,8}(?:电话|热线|平台)"
)
_ITEM = rf"[(（](?:\d{{1,2}}|[{_HANZI_DIGIT}]{{1,3}})[)）]"
# Before these, one 2 alone is said 两; 二 stays before 月日号级期楼季届 and in ordinals.
_COUNTING_WORDS = (
    "[个条次万亿千项名家件份起场台部处所位户类种张块辆栋座间批套篇本册把支只头匹口片组队对双轮天周小秒倍米公里吨元角层"
    "门面台点方人款宗例架艘盏根则句道段回遍趟顿番成课]|学时|年(?!级)|分(?!之)|平方|立方"
)
# These follow a count, and hardly ever two numbers of a table; not as the beginning of a verb (12345处理).
_COUNTING = rf"(?!对接|处[理置]|成[为立]|方便|支[持撑])(?:[余多]|{_COUNTING_WORDS}|[户人亩元通%‰℃])"

_UNITS = {
    **dict.fromkeys(("km²", "km2", "㎢"), "平方公里"),
    **dict.fromkeys(("m²", "m2", "㎡"), "平方米"),
    **dict.fromkeys(("m³", "m3", "㎥"), "立方米"),
    **dict.fromkeys(("km", "KM", "㎞"), "公里"),
    **dict.fromkeys(("cm", "㎝"), "厘米"),
    **dict.fromkeys(("mm", "㎜"), "毫米"),
    **dict.fromkeys(("kg", "KG", "㎏"), "千克"),
    **dict.fromkeys(("mg", "㎎"), "毫克"),
    **dict.fromkeys(("ml", "mL"), "毫升"),
    **dict.fromkeys(("kWh", "kwh"), "千瓦时"),
    **dict.fromkeys(("kW", "KW"), "千瓦"),
    **dict.fromkeys(("μg", "µg", "ug"), "微克"),
    **dict.fromkeys(("hm²", "hm2", "ha"), "公顷"),
    "MW": "兆瓦",
    "kV": "千伏",
    "Hz": "赫兹",
    "MHz": "兆赫",
    "GHz": "吉赫",
    "dB": "分贝",
    "Mbps": "兆比特每秒",
    "KB": "千字节",
    "MB": "兆字节",
    "GB": "吉字节",
    "TB": "太字节",
    "m": "米",
    "g": "克",
    "t": "吨",
    "L": "升",
    "h": "小时",
}
# What comes after the stroke of a rate (km/h, 元/㎡) besides the units that also stand after a number.
_PER = _UNITS | {"s": "秒", "min": "分钟", "d": "天", "a": "年"}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_PER_UNIT = "|".join(sorted(map(re.escape, _PER), key=len, reverse=True))
_CURRENCIES = {"$": "美元", "＄": "美元", "US$": "美元", "HK$": "港元", "€": "欧元", "£": "英镑"}
_SIGNS = {"≥": "不低于", "≤": "不高于", "＞": "大于", ">": "大于", "＜": "小于", "<": "小于", "≈": "约"}


def _host(host: str) -> str:
    return one_by_one(host).replace(".", "点").replace("-", "杠")


def _address(found: re.Match[str]) -> str:
    return f" 网址 {_host(found['host'])} "


def _mail(found: re.Match[str]) -> str:
    return f" {one_by_one(found['name'])} 艾特 {_host(found['host'])} "


def _document(found: re.Match[str]) -> str:
    return f" {one_by_one(found['year'])} {found['order']}{quantity(found['number'])}号"


def _date(found: re.Match[str]) -> str:
    day = found["day"]
    ending = f"{quantity(str(int(day)))}日" if day else ""
    return f"{one_by_one(found['year'])}年{quantity(str(int(found['month'])))}月{ending}"


def _clock(found: re.Match[str]) -> str:
    hour, minute, second = int(found["hour"]), found["minute"], found["second"]
    said = ("两" if hour == 2 else quantity(str(hour))) + "点"
    if int(minute) or second:
        said += _two_places(minute) + "分"
    return said + (_two_places(second) + "秒" if second else "")


def _two_places(digits: str) -> str:
    return one_by_one(digits) if digits.startswith("0") else quantity(digits)


def _telephone(found: re.Match[str]) -> str:
    digits = re.sub(r"[^\d转]+", " ", found.group())
    digits = re.sub(r"(?<!\d)(1\d\d)(\d{4})(\d{4})(?!\d)", r"\1 \2 \3", digits)  # mobile numbers are said 3-4-4
    digits = re.sub(r"^(010|02\d|0\d{3})(\d{7,8})$", r"\1 \2", digits)  # area and number
    return telephone(digits)


def _labelled(found: re.Match[str]) -> str:
    return found["label"] + telephone(re.sub("[-~]", " ", found["numbers"]))


def _rooms(found: re.Match[str]) -> str:
    return telephone(re.sub(rf"\s?{_DASH}\s?", "至", found.group()))


def _identifier(found: re.Match[str]) -> str:
    return " " + one_by_one(re.sub("[-/_]", " ", found.group())) + " "


def _items(found: re.Match[str]) -> str:
    plain = re.sub(r"[(（)）]", "", found["items"])
    return "第" + re.sub(r"\d+", lambda number: quantity(number.group()), plain)


def _percent(found: re.Match[str]) -> str:
    base = "百" if found["sign"] == "%" else "千"
    low, high = found["low"], found["high"]
    minus = "负" if found["minus"] else ""
    said = f"{minus}{base}分之{_share(high)}"
    return f"{base}分之{_share(low)}至{said}" if low else said


def _share(number: str) -> str:
    return "百" if number == "100" else quantity(number)


def _fraction(found: re.Match[str]) -> str:
    part, whole = found["part"], found["whole"]
    if not 0 < int(part) < int(whole):
        return f"{part} {whole}"
    return f"{quantity(whole)}分之{quantity(part)}"


def _money(found: re.Match[str]) -> str:
    currency = _CURRENCIES.get(found["currency"], "元")
    return f"{found['amount']}{found['scale'] or ''}{currency}"


def _below(found: re.Match[str]) -> str:
    return ("零下" if found["minus"] else "") + found["amount"]


def _unit(found: re.Match[str]) -> str:
    amount = "两" if found["amount"] == "2" else found["amount"]
    per = found["per"]
    return amount + _UNITS[found["unit"]] + (f"每{_PER[per]}" if per else "")


def _named_day(found: re.Match[str]) -> str:
    month, day = found["month"], found["day"]
    # 三一五, 七二零 are said by their digits; 十二四 and 五四 by their numbers, which for one digit is the same.
    return one_by_one(month + day) if len(month) == 1 else quantity(month) + quantity(day)


def _dotted(found: re.Match[str]) -> str:
    return "点".join(quantity(part) for part in found.group().split("."))


def _listed(found: re.Match[str]) -> str:
    number = found["number"]
    return (quantity(number) if number.isdigit() else number) + "，"


def _rule(name: str, written: str, said: str, pattern: str, replacement: Replacement) -> Rule:
    # ASCII: \w is a Latin letter or digit, so that a number right after Hanzi still begins a word.
    return Rule(name, written, said, re.compile(pattern, re.ASCII), replacement)


_WRITINGS = [
    _rule("网址", "网站http://gaj.ankang.gov.cn/gk/", "网站 网址 gaj点ankang点gov点cn",
          rf"(?:网址[:：]?\s*)?(?:(?:https?|ftp)://(?P<host>{_HOST}|[A-Za-z0-9-]+)){_PATH}", _address),
    _rule("邮箱", "zwgk@ankang.gov.cn", "zwgk 艾特 ankang点gov点cn",
          rf"(?<![A-Za-z0-9._+-])(?P<name>[A-Za-z0-9._+-]{{1,64}})@(?P<host>{_HOST})", _mail),
    _rule("无协议的网址", "登录www.ankang.gov.cn查询", "登录 网址 www点ankang点gov点cn 查询",
          rf"(?:网址[:：]?\s*)?(?<![A-Za-z0-9.-])(?P<host>{_DOMAIN}){_PATH}", _address),
    _rule("账号", "@安康警务", "安康警务", r"@(?=[^\s\d@])", ""),
    _rule("文号", "国办函〔2019〕60号", "国办函 二零一九 六十号",
          rf"[〔\[(（【](?P<year>{_YEAR})[〕\])）】]\s*(?P<order>第?)(?P<number>\d+)\s*号", _document),
    _rule("数字日期", "2016-03-09", "二零一六年三月九日",
          rf"(?<![\w.-])(?P<year>{_YEAR})(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<day>0?[1-9]|[12]\d|3[01])"
          r"(?!\d|[-/.]\d)", _date),
    _rule("八位日期", "20160309", "二零一六年三月九日",
          r"(?<![\w.,-])(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?![\w.-]|,\d)"
          rf"(?!\s?{_COUNTING})", _date),
    _rule("数字年月", "2016-03", "二零一六年三月",
          rf"(?<![\w.-])(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])(?P<day>)(?![\d年]|[-/.]\d)", _date),
    _rule("时刻", "14:30", "十四点三十分",
          r"(?<!\d)(?<!比)(?<!比例)(?<!比例为)(?<!比为)(?P<hour>[01]?\d|2[0-3]|24(?=[:：]00))[:：](?P<minute>[0-5]\d)"
          r"(?:[:：](?P<second>[0-5]\d))?(?!\d|\s*(?:的?比例|的?配比|配备|配置))", _clock),
    _rule("电话", "0915-3237000", "零九幺五 三二三七零零零",
          rf"(?<![\d.-])(?:\+?86[- ])?(?:{_LANDLINE}|{_MOBILE}|{_SERVICE})"
          rf"(?:(?:-|转(?:分机)?)\d{{1,6}})?{_COUNTED}", _telephone),
    _rule("注明的号码", "邮编:725000", "邮编：七二五零零零",
          r"(?P<label>(?:(?:电话|热线|传真|手机|座机|邮编|邮政编码|区号|QQ|微信号|账号)(?:号码?)?\s*(?:为|是)?"
          rf"\s*[:：]?\s*[(（]?(?=[\d-]{{5}}|{_HOTLINE}(?!\d|\s?(?:{_COUNTING})))|(?:拨打|致电|拨)\s*"
          rf"|(?:打|短信[到至])\s*(?={_HOTLINE}(?!\d|\s?(?:{_COUNTING})))))"
          rf"(?P<numbers>\d[\d-]+\d(?:\s*[、,，/或和;；]\s*(?:\d[\d-]{{5,}}\d|{_HOTLINE}{_COUNTED}))*){_COUNTED}",
          _labelled),
    _rule("热线", "12345政务服务热线", "幺二三四五政务服务热线",
          rf"(?<![\d.第]){_HOTLINE}(?=(?:[、和与及或向/]{_HOTLINE})*(?:[、和与及或向/]12345|等?[”\"』」]?(?:{_HOTLINE_NEXT})))"
          rf"|(?<=[“\"]){_HOTLINE}(?=[”\"])|(?<![\d.,第])12345(?![.,]?\d|\s?(?:{_COUNTING}))", _telephone),
    _rule("标准号", "GB/T 19001-2016", "GB T 一九零零一 二零一六",
          r"(?<![A-Za-z0-9])[A-Z]{2,5}(?:/[A-Z]{1,3})?\s?\d{3,6}(?:\.\d{1,3})?-(?:19|20)\d\d(?!\d|-\d)",
          lambda found: _identifier(found).replace(".", "点")),
    _rule("注明的编号", "索引号：11610900X/2016-00123", "索引号：一一六一零九零零X 二零一六 零零一二三",
          r"(?:(?<=索引号)|(?<=编号)|(?<=案号)|(?<=代码)|(?<=身份证号)|(?<=身份证号码)|(?<=受理号))"
          r"(?P<mark>\s?[:：为是]?\s?)(?P<id>(?=[A-Za-z\-/_]{0,20}\d)[A-Za-z0-9]{1,40}(?:[-/_][A-Za-z0-9]{1,40}){0,12})"
          r"(?![A-Za-z0-9]|\s?[个条件份])",
          lambda found: found["mark"] + " " + one_by_one(re.sub("[-/_]", " ", found["id"])) + " "),
    _rule("编号", "719776475-GK-2016-91826", "七一九七七六四七五 GK 二零一六 九一八二六",
          r"(?<![A-Za-z0-9])(?:(?:[A-Za-z0-9]+[-/_])*[A-Za-z][A-Za-z0-9]*(?:[-/_][A-Za-z0-9]*\d[A-Za-z0-9]*)+"
          r"(?:[-/_][A-Za-z0-9]+)*|\d+[-/_][A-Za-z][A-Za-z0-9]*(?:[-/_][A-Za-z0-9]+)*|\d+(?:-\d+){2,})", _identifier),
    _rule("房间号", "A座302-305室", "A座三零二至三零五室",
          rf"(?<![\d.,-])\d{{3,4}}(?:\s?(?:{_DASH}|[、至到和])\s?\d{{3,4}})*(?=\s?号?(?:房间|办公室|会议室|室(?![内外友温])))",
          _rooms),
    _rule("空格千分位", "1 208条", "一千二百零八条",
          rf"(?<![\d,.表图第])(?<!\d )[1-9]\d{{0,2}}(?: \d{{3}})+(?:\.\d+)?(?=\s?(?:{_COUNTING}))",
          lambda found: found.group().replace(" ", "")),
    _rule("千分位", "1,266条", "一千二百六十六条", r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])",
          lambda found: found.group().replace(",", "")),
    _rule("百分比", "10%-20%", "百分之十至百分之二十",
          rf"(?:(?<![\d.])(?P<low>{_NUMBER})\s*%?\s*(?:{_DASH}|至|到)\s*|(?<![\w)）%])(?P<minus>[-−])|)"
          rf"(?P<high>{_NUMBER})\s*(?P<sign>[%‰])", _percent),
    _rule("温度之间", "-3℃～5℃", "零下三至五摄氏度",
          rf"(?P<minus>(?<![\w)）])[-−])?(?P<amount>{_NUMBER})\s*(?:℃|°C)?\s*{_DASH}(?=\s*[-−]?{_NUMBER}\s*(?:℃|°C))",
          lambda found: _below(found) + "至"),
    _rule("温度", "-5℃", "零下五摄氏度", rf"(?P<minus>(?<![\w)）])[-−])?(?P<amount>{_NUMBER})\s*(?:℃|°C)",
          lambda found: _below(found) + "摄氏度"),
    _rule("金额", "￥1200万", "一千二百万元",
          rf"(?P<currency>[¥￥＄€£]|(?:US|HK)?\$)\s*(?P<amount>{_NUMBER})(?P<scale>[万亿])?(?:[美港欧]?元)?", _money),
    _rule("单位", "120km²", "一百二十平方公里",
          rf"(?<![A-Za-z\d.])(?P<amount>{_NUMBER})\s*(?P<unit>{_UNIT})(?:/(?P<per>{_PER_UNIT}))?"
          r"(?![A-Za-z0-9²³])", _unit),
    _rule("每单位", "20元/㎡", "二十元每平方米",
          rf"(?<=[\u4e00-\u9fff])/(?P<per>{_PER_UNIT})(?![A-Za-z0-9²³])", lambda found: "每" + _PER[found["per"]]),
    _rule("角度", "90°", "九十度", r"(?<=\d)\s*°(?![A-Za-z])", "度"),
    _rule("比较", "≥90分", "不低于九十分", r"[≥≤＞>＜<≈](?=\s*[百千]分之|\s*[-−]?\d)",
          lambda found: _SIGNS[found.group()]),
    _rule("年份之间", "2010-2020", "二零一零至二零二零",
          rf"(?<![\d.,/-])({_YEAR})\s*{_DASH}{{1,2}}\s*({_YEAR})(?![\d/]|[.,-]\d|\s?(?!年){_COUNTING})",
          lambda found: f"{one_by_one(found[1])}至{one_by_one(found[2])}"),
    _rule("事件之日", "“3·15”", "三一五", r"(?<![\d·])(?P<month>1[0-2]|[1-9])·(?P<day>[0-3]?\d)(?![\d·])", _named_day),
    _rule("两月之一", "3/4月", "三、四月", r"(?<![\d/])(1[0-2]|[1-9])/(1[0-2]|[1-9])(?=月)", r"\1、\2"),
    _rule("几零后", "90后", "九零后", r"(?<![\d.,])[0-9]0(?=后(?![0-9]))", lambda found: one_by_one(found.group())),
    _rule("数字之间", "3—5日", "三至五日",
          rf"(?<=\d)\s*{_DASH}{{1,2}}\s*(?=\d)|(?<=[月日号年点分时])\s*{_DASH}\s*(?=[\d{_HANZI_DIGIT}])"
          rf"|(?<=\d[万亿千百元])\s*{_DASH}{{1,2}}\s*(?=\d)|(?<=\d[万亿]元)\s*{_DASH}{{1,2}}\s*(?=\d)", "至"),
    _rule("星期之间", "周一-周五", "周一至周五", rf"(?<=周[一二三四五六])\s*{_DASH}\s*(?=周)", "至"),
    _rule("年份", "2013、2014年至2015年", "二零一三、二零一四年至二零一五年",
          rf"(?<![\d.]){_YEAR}(?=(?:\s*[至到、和及与]\s*\d{{4}})*\s*(?:[年版届]|学年))",
          lambda found: one_by_one(found.group())),
    _rule("分数", "2/3以上", "三分之二以上", r"(?<![\d/.])(?P<part>\d{1,3})/(?P<whole>\d{1,3})(?![\d/])", _fraction),
    _rule("每", "30元/人", "三十元每人", r"(\d\s?[万亿]?(?:公里|千米|[毫微千]克|公斤|平方米|立方米|千瓦时|人次"
          r"|[元米克吨升次件人辆度]))/(?=[\u4e00-\u9fff])",
          r"\1每"),
    _rule("比", "3:1", "三比一", rf"(?<=\d)\s*[:：]\s*(?={_NUMBER}(?![\d:：]))", "比"),
    _rule("算式", "3×5", "三乘五", r"(?<=\d)\s*[×*]\s*(?=\d)", "乘"),
    _rule("加", "3+5", "三加五", r"(?<=\d)\s*\+\s*(?=\d)", "加"),
    _rule("条款项", "第二十条第（八）项", "第二十条第八项",
          rf"(?:第|(?<=[条款]))(?P<items>{_ITEM}(?:(?:{_DASH}|[、,，和及或至到])第?{_ITEM})*)"
          r"(?=\s*(?:[款目]|项(?!目)|条(?!件)))", _items),
    _rule("条目号", "1.加强领导", "一，加强领导",
          r"^\s*(?:[(（](?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})[)）][.、]?|(?P<figure>\d{1,2})[)）.、](?!\d))\s*",
          lambda found: _listed(found) if found["number"] else quantity(found["figure"]) + "，"),
    _rule("多级编号", "版本1.2.3", "版本一点二点三", r"(?<![\d.])\d+(?:\.\d+){2,}", _dotted),
    _rule("字母后的数字", "PM2.5", "PM二点五", rf"(?<=[A-Za-z]){_NUMBER}",
          lambda found: one_by_one(found.group()).replace(".", "点")),
    _rule("字母间的点", "gaj.qinglan.example", "gaj点qinglan点example", r"(?<=[A-Za-z])\.(?=[A-Za-z])", "点"),
    _rule("负数", "增长-3.5", "增长负三点五", r"(?<![A-Za-z0-9)）])[-−](?=\d)", "负"),
    _rule("两", "2个", "两个", rf"(?<![\d.第负]|点)2(?=(?:至\d+)?(?:{_COUNTING_WORDS}))", "两"),
    _rule("数", "11万余人", "十一万余人", _NUMBER, lambda found: quantity(found.group())),
    _rule("正负", "±2个百分点", "正负两个百分点", rf"±\s*(?=[\d{_HANZI_DIGIT}百千两])", "正负"),
]  # fmt: skip
RULES: tuple[Rule, ...] = tuple(_WRITINGS)
