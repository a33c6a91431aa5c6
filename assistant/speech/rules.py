"""What is written one way and said another: ordered, named rules, each with an example beside it.

Every rule rewrites what it recognises into words, so a later rule meets only what the earlier ones left. The order
carries meaning: a telephone number must be taken before its dash looks like a range, a date before its dots look like
decimals.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.speech import sayings
from assistant.speech.numerals import on_the_telephone, one_by_one, quantity
from assistant.speech.sayings import DASH as _DASH
from assistant.speech.units import PER, PER_UNIT, SIGNS, UNIT

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
_NEXT_NUMBER = r"(?:\s*[/、,，;；或和]\s*\d{7,8}(?![\d-]))"
_LETTERED = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"  # how a number plate begins
_ITEM = rf"[(（](?:\d{{1,2}}|[{_HANZI_DIGIT}]{{1,3}})[)）]"
# Before these, one 2 alone is said 两; 二 stays before 月日号级期楼季届 and in ordinals.
_COUNTING_WORDS = (
    "[个条次万亿千项名家件份起场台部处所位户类种张块辆栋座间批套篇本册把支只头匹口片组队对双轮天周小秒倍米公里吨元角层"
    "门面台点方人款宗例架艘盏根则句道段回遍趟顿番成课笔枚粒封幅颗盒箱袋瓶桶株棵列集剂针斤克升毫厘床顶亩]|学时|年(?!级)|分(?!之)|平方|立方"
)
# These follow a count, and hardly ever two numbers of a table; not as the beginning of a verb (12345处理).
_COUNTING = rf"(?!对接|处[理置]|成[为立]|方便|支[持撑])(?:[余多]|{_COUNTING_WORDS}|[户人亩元通%‰℃])"
_HOTLINE_NEXT = (
    "政府|报警|热线|服务|便民|平台|政务|市民|市长|举报|投诉|电话|急救|救护|火警|消防|警情|指挥|联动|咨询|客服|监督|维权"
    rf"|(?!{_COUNTING})[\u4e00-\u9fff]{{1,6}}热线"
    "|税务|预警|宣传|短信|受理|网站|供电|电力|供水|供热|燃气|铁路|客户|专线|短号|台(?![份件套])|转办|交办|派单|工单|来电|诉求|接[警报听诉处]|(?:是|为|即)[^，。；：、]{0,8}(?:电话|热线|平台)"
)


def _rule(name: str, written: str, said: str, pattern: str, replacement: Replacement) -> Rule:
    # ASCII: \w is a Latin letter or digit, so that a number right after Hanzi still begins a word.
    return Rule(name, written, said, re.compile(pattern, re.ASCII), replacement)


_WRITINGS = [
    _rule("网址", "网站http://gaj.ankang.gov.cn/gk/", "网站 网址 gaj点ankang点gov点cn",
          rf"(?:网址[:：]?\s*)?(?:(?:https?|ftp)://(?P<host>{_HOST}|[A-Za-z0-9-]+)){_PATH}", sayings.address),
    _rule("邮箱", "zwgk@ankang.gov.cn", "zwgk 艾特 ankang点gov点cn",
          rf"(?<![A-Za-z0-9._+-])(?P<name>[A-Za-z0-9._+-]{{1,64}})@(?P<host>{_HOST})", sayings.mail),
    _rule("无协议的网址", "登录www.ankang.gov.cn查询", "登录 网址 www点ankang点gov点cn 查询",
          rf"(?:网址[:：]?\s*)?(?<![A-Za-z0-9.-])(?P<host>{_DOMAIN}){_PATH}", sayings.address),
    _rule("账号", "@安康警务", "安康警务", r"@(?=[^\s\d@])", ""),
    _rule("文号", "国办函〔2019〕60号", "国办函，二零一九，六十号",
          rf"[〔\[(（【](?P<year>{_YEAR})[〕\])）】]\s*(?P<order>第?)(?P<number>\d+)\s*号", sayings.document),
    _rule("括号里的年份", "（2015）京01行初8号", "二零一五，京零一行初八号",
          rf"[〔\[(（【]({_YEAR})[〕\])）】](?!\s?{_COUNTING})", lambda found: f"，{one_by_one(found[1])}，"),
    _rule("罗马数字", "III类", "三类",
          r"(?<![A-Za-z])(?:I{1,3}|IV|VI{0,3}|IX)(?=\s?(?:类|级|期|度)|(?<!V)\s?型)", sayings.roman),
    _rule("序号缩写", "No.12", "十二号", r"(?<![A-Za-z])(?:N[oO]\.|№)\s?(\d+)(?![\d.-])",
          lambda found: quantity(found[1]) + "号"),
    _rule("数字日期", "2016-03-09", "二零一六年三月九日",
          rf"(?<![\w.-])(?P<year>{_YEAR})(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<day>0?[1-9]|[12]\d|3[01])"
          r"(?!\d|[-/.]\d)", sayings.date),
    _rule("八位日期", "20160309", "二零一六年三月九日",
          r"(?<![\w.,-])(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?![\w.-]|,\d)"
          rf"(?!\s?{_COUNTING})", sayings.date),
    _rule("数字年月", "2016-03", "二零一六年三月",
          rf"(?<![\w.-])(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])(?P<day>)(?![\d年]|[-/.]\d)", sayings.date),
    _rule("年月之间", "2011.01—2015.12", "二零一一年一月至二零一五年十二月",
          rf"(?<![\d.])({_YEAR})\.(0[1-9]|1[0-2])\s?{_DASH}{{1,2}}\s?({_YEAR})\.(0[1-9]|1[0-2])(?![\d.])",
          sayings.months),
    _rule("补零的月日", "2020年02月03日08时", "二零二零年二月三日八时", r"(?<=[年月日—-])0(?=[1-9][月日时])", ""),
    _rule("圈写的零", "二○一六年", "二零一六年", rf"(?<=[{_HANZI_DIGIT}〇○])[〇○]|[〇○](?=[{_HANZI_DIGIT}〇○])", "零"),
    _rule("时刻", "14:30", "十四点三十分",
          r"(?<!\d)(?<!比)(?<!比例)(?<!比例为)(?<!比为)(?P<hour>[01]?\d|2[0-3]|24(?=[:：]00))[:：](?P<minute>[0-5]\d)"
          r"(?:[:：](?P<second>[0-5]\d))?(?!\d|\s*(?:的?比例|的?配比|配备|配置))", sayings.clock),
    _rule("注明的编号", "索引号：11610900X/2016-00123", "索引号：幺幺六幺零九零零X，二零幺六，零零幺二三",
          r"(?:(?<=索引号)|(?<=编号)|(?<=案号)|(?<=代码)|(?<=身份证号)|(?<=身份证号码)|(?<=受理号))"
          r"(?P<mark>\s?[:：为是]?\s?)(?P<id>(?=[A-Za-z\-/_]{0,20}\d)[A-Za-z0-9]{1,40}(?:[-/_][A-Za-z0-9]{1,40}){0,12})"
          r"(?![A-Za-z0-9]|\s?[个条件份])", sayings.identifier),
    _rule("车牌", "陕G·D1234", "陕G D幺二三四",
          rf"(?<=[{_LETTERED}])(?P<place>[A-HJ-Z])[·•.\s]?(?=[A-Z]{{0,5}}\d)(?P<rest>[A-Z0-9]{{5,6}})(?![A-Za-z0-9])",
          lambda found: f"{found['place']} {on_the_telephone(found['rest'])}"),
    _rule("电话", "0915-3237000", "零九幺五，三二三七零零零",
          rf"(?<![\d.-])(?:\+?86[- ])?(?:{_LANDLINE}|{_MOBILE}|{_SERVICE})"
          rf"(?:(?:-|转(?:分机)?)\d{{1,6}})?{_NEXT_NUMBER}*{_COUNTED}", sayings.telephone),
    _rule("注明的号码", "邮编:725000", "邮编：七二五零零零",
          r"(?P<label>(?:(?:电话|热线|传真|手机|座机|邮编|邮政编码|区号|QQ[群号]?|微信号|账号)(?:号码?)?\s*(?:为|是)?"
          rf"\s*[:：]?\s*[(（]?(?=[\d-]{{5}}|{_HOTLINE}(?!\d|\s?(?:{_COUNTING})))|[☎☏✆📞℡]\s?|(?:拨打|致电|拨)\s*"
          rf"|(?:打|短信[到至])\s*(?={_HOTLINE}(?!\d|\s?(?:{_COUNTING})))))"
          rf"(?P<numbers>\d[\d-]+\d(?:\s*[、,，/或和;；]\s*(?:\d[\d-]{{5,}}\d|{_HOTLINE}{_COUNTED}))*){_COUNTED}",
          sayings.labelled),
    _rule("热线", "12345政务服务热线", "幺二三四五政务服务热线",
          rf"(?<![\d.第]){_HOTLINE}(?=(?:[、和与及或向/]{_HOTLINE})*(?:[、和与及或向/]12345|等?[”\"』」]?(?:{_HOTLINE_NEXT})))"
          rf"|(?<=[“\"]){_HOTLINE}(?=[”\"])|(?<![\d.,第])12345(?![.,]?\d|\s?(?:{_COUNTING}))", sayings.telephone),
    _rule("无年份的标准号", "GB 2626", "GB 二六二六",
          r"(?<![A-Za-z0-9])(?:GBZ?|DB|ISO|YY|HJ|CJJ?|JGJ|JTG|WS|DL|QX|GA)(?:/[A-Z])?\s\d{2,5}(?![\d.-]|\s?[A-Za-z])",
          sayings.standard),
    _rule("括号里的电话", "王芳（65396033）", "王芳，六五三九六零三三",
          rf"(?<=[\u4e00-\u9fff][(（])[2-8]\d{{6,7}}{_NEXT_NUMBER}*(?=[)）])", sayings.telephone),
    _rule("标准号", "GB/T 19001-2016", "GB T 一九零零一 二零一六",
          r"(?<![A-Za-z0-9])[A-Z]{2,5}(?:/[A-Z]{1,3})?\s?\d{3,6}(?:\.\d{1,3})?-(?:19|20)\d\d(?!\d|-\d)",
          sayings.standard),
    _rule("字母杠数字", "COVID-19", "COVID十九",
          r"(?<![A-Za-z0-9/_-])(?P<letters>[A-Za-z]+)-(?P<number>\d{1,4})(?P<road>(?=高速))?(?![A-Za-z0-9/_-]|[.,]\d)",
          lambda found: found["letters"] + sayings.after_letters(found)),
    _rule("编号之间", "A1-A5号楼", "A一至A五号楼",
          rf"(?<![A-Za-z0-9])([A-Z]{{1,2}})(\d{{1,3}})\s?{_DASH}\s?(\1)(\d{{1,3}})(?![\w.-])",
          lambda found: f"{found[1]}{quantity(found[2])}至{found[3]}{quantity(found[4])}"),
    _rule("编号", "719776475-GK-2016-91826", "七幺九七七六四七五，GK，二零幺六，九幺八二六",
          r"(?<![A-Za-z0-9])(?:(?:[A-Za-z0-9]+[-/_])*[A-Za-z][A-Za-z0-9]*(?:[-/_][A-Za-z0-9]*\d[A-Za-z0-9]*)+"
          r"(?:[-/_][A-Za-z0-9]+)*|\d+[-/_][A-Za-z][A-Za-z0-9]*(?:[-/_][A-Za-z0-9]+)*|\d+(?:-\d+){2,})",
          sayings.identifier),
    _rule("房间号", "A座302-305室", "A座三零二至三零五室",
          rf"(?<![\d.,-])\d{{3,4}}(?:\s?(?:{_DASH}|[、至到和])\s?\d{{3,4}})*(?=\s?号?(?:房间|办公室|会议室|室(?![内外友温])))",
          sayings.rooms),
    _rule("空格千分位", "1 208条", "一千二百零八条",
          rf"(?<![\d,.表图第])(?<!\d )[1-9]\d{{0,2}}(?: \d{{3}})+(?:\.\d+)?(?=\s?(?:{_COUNTING}))",
          lambda found: found.group().replace(" ", "")),
    _rule("千分位", "1,266条", "一千二百六十六条", r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])",
          lambda found: found.group().replace(",", "")),
    _rule("百分比", "10%-20%", "百分之十至百分之二十",
          rf"(?:(?<![\d.])(?P<low>{_NUMBER})\s*%?\s*(?:{_DASH}|至|到)\s*|(?<![\w)）%])(?P<minus>[-−])|)"
          rf"(?P<high>{_NUMBER})\s*(?P<sign>[%‰‱])", sayings.percent),
    _rule("温度之间", "-3℃～5℃", "零下三摄氏度至五摄氏度",
          rf"(?P<minus>(?<![\w)）])[-−])?(?P<amount>{_NUMBER})\s*(?:℃|°C)?\s*{_DASH}(?=\s*(?P<next>[-−])?{_NUMBER}\s*(?:℃|°C))",
          sayings.degrees_from),
    _rule("温度", "-5℃", "零下五摄氏度", rf"(?P<minus>(?<![\w)）])[-−])?(?P<amount>{_NUMBER})\s*(?:℃|°C)",
          lambda found: sayings.below(found) + "摄氏度"),
    _rule("金额", "￥1200万", "一千二百万元",
          rf"(?P<currency>[¥￥＄€£]|(?:US|HK)?\$)\s*(?P<amount>{_NUMBER})(?P<scale>[万亿])?(?:[美港欧]?元)?",
          sayings.money),
    _rule("单位", "120km²", "一百二十平方公里",
          rf"(?<![A-Za-z\d.])(?P<amount>{_NUMBER})(?P<scale>[千百十]?[万亿])?\s*(?P<unit>{UNIT})(?:/(?P<per>{PER_UNIT}))?"
          r"(?![A-Za-z0-9²³])", sayings.unit),
    _rule("每单位", "20元/㎡", "二十元每平方米",
          rf"(?<=[\u4e00-\u9fff])/(?P<per>{PER_UNIT})(?![A-Za-z0-9²³])", lambda found: "每" + PER[found["per"]]),
    _rule("经纬度", "东经109°01′30″", "东经一百零九度一分三十秒",
          rf"(?P<degrees>{_NUMBER})\s?[°º]\s?(?P<minutes>\d{{1,2}}(?:\.\d+)?)\s?[′'’](?:\s?(?P<seconds>{_NUMBER})\s?(?:[″\"”]|''|′′))?",
          sayings.angle),
    _rule("角度", "90°", "九十度", r"(?<=\d)\s*°(?![A-Za-z])", "度"),
    _rule("比较", "≥90分", "不低于九十分", r"[≥≤＞>＜<≈](?=\s*[百千]分之|\s*[-−]?\d)",
          lambda found: SIGNS[found.group()]),
    _rule("图表号", "表2-1", "表二杠一", r"(?<=[图表件])(\d{1,2})-(\d{1,2})(?![\d.-])", sayings.numbered),
    _rule("年份之间", "2010-2020", "二零一零至二零二零",
          rf"(?<![\d.,/-])({_YEAR})\s*{_DASH}{{1,2}}\s*({_YEAR})(?![\d/]|[.,-]\d|\s?(?!年){_COUNTING})",
          lambda found: f"{one_by_one(found[1])}至{one_by_one(found[2])}"),
    _rule("事件之日", "“3·15”", "三一五", r"(?<![\d·])(?P<month>1[0-2]|[1-9])·(?P<day>[0-3]?\d)(?![\d·])",
          sayings.named_day),
    _rule("两月之一", "3/4月", "三、四月", r"(?<![\d/])(1[0-2]|[1-9])/(1[0-2]|[1-9])(?=月)", r"\1、\2"),
    _rule("国道省道", "210国道", "二幺零国道", r"(?<![\d.,])[1-9]\d\d(?=[国省县]道)|(?<=[国省县]道)[1-9]\d\d(?=线)",
          lambda found: on_the_telephone(found.group())),
    _rule("以数为名的单位", "301医院", "三零幺医院", r"(?<![\d.,第])[1-9]\d\d(?=医院|中学|小学|研究所)",
          lambda found: on_the_telephone(found.group())),
    _rule("以数为名", "985、211高校", "九八五、二幺幺高校",
          r"(?<![\d.,])(?:985|211|863|973|111)(?=[”\"]?(?:[、/]?[“\"]?(?:985|211)[”\"]?)?(?:高校|工程|院校|大学|计划))",
          lambda found: on_the_telephone(found.group())),
    _rule("几零后", "90后", "九零后", r"(?<![\d.,])[0-9]0(?=后(?![0-9]))", lambda found: one_by_one(found.group())),
    _rule("数字之间", "3—5日", "三至五日",
          rf"(?<=\d)\s*{_DASH}{{1,2}}\s*(?=\d)|(?<=[月日号年点分时])\s*{_DASH}\s*(?=[\d{_HANZI_DIGIT}])"
          rf"|(?<=\d[万亿千百元])\s*{_DASH}{{1,2}}\s*(?=\d)|(?<=\d[万亿]元)\s*{_DASH}{{1,2}}\s*(?=\d)", "至"),
    _rule("星期之间", "周一-周五", "周一至周五", rf"(?<=周[一二三四五六])\s*{_DASH}\s*(?=周)", "至"),
    _rule("年度之间", "2007/08年度", "二零零七至零八年度",
          rf"(?<![\d.,/-])({_YEAR})/(\d\d|{_YEAR})(?=年度|学年|财年|赛季)",
          lambda found: f"{one_by_one(found[1])}至{one_by_one(found[2])}"),
    _rule("早年", "康熙元年（1662年）", "康熙元年，一六六二年",
          r"(?<=公元)[1-9]\d{2,3}(?=年)|(?<=[(（])1\d{3}(?=年[)）])|(?<![\d.])1\d{3}(?=年\d{1,2}月)",
          lambda found: one_by_one(found.group())),
    _rule("年份", "2013、2014年至2015年", "二零一三、二零一四年至二零一五年",
          rf"(?<![\d.]){_YEAR}(?=(?:\s*[至到、和及与]\s*\d{{4}})*\s*(?:[年版届]|学年|财年|赛季))",
          lambda found: one_by_one(found.group())),
    _rule("分数", "2/3以上", "三分之二以上", r"(?<![\d/.])(?P<part>\d{1,3})/(?P<whole>\d{1,3})(?![\d/])",
          sayings.fraction),
    _rule("每", "30元/人", "三十元每人", r"(\d\s?[万亿]?(?:公里|千米|[毫微千]克|公斤|平方米|立方米|千瓦时|人次"
          r"|[元米克吨升次件人辆度]))/(?=[\u4e00-\u9fff])",
          r"\1每"),
    _rule("每一个", "20个课时/班", "二十个课时每班",
          r"(\d[万亿]?[\u4e00-\u9fff]{1,4})/(?=[人天日月年次户家周班亩吨台套件个只辆车](?![\u4e00-\u9fff]))", r"\1每"),
    _rule("斜线", "姓名/名称", "姓名、名称", r"(?<=[\u4e00-\u9fff])\s?(?<!人)(?<!和)/\s?(?=[\u4e00-\u9fff])", "、"),
    _rule("和或", "和/或", "和或", r"(?<=[人和])/(?=[次或])", ""),
    _rule("连比", "5:3:2", "五比三比二", r"(?<![\d:：.])\d{1,3}(?:\s?[:：]\s?\d{1,3}){2,}(?![\d:：.])",
          lambda found: re.sub(r"\s?[:：]\s?", "比", found.group())),
    _rule("比", "3:1", "三比一", rf"(?<=\d)\s*[:：]\s*(?={_NUMBER}(?![\d:：]))", "比"),
    _rule("算式", "3×5", "三乘五", r"(?<=\d)\s*[×*]\s*(?=\d)", "乘"),
    _rule("除", "6÷2", "六除以二", r"(?<=\d)\s*÷\s*(?=\d)", "除以"),
    _rule("加", "3+5", "三加五", r"(?<=\d)\s*\+\s*(?=\d)", "加"),
    _rule("条款项", "第二十条第（八）项", "第二十条第八项",
          rf"(?:第|(?<=[条款]))(?P<items>{_ITEM}(?:(?:{_DASH}|[、,，和及或至到])第?{_ITEM})*)"
          r"(?=\s*(?:[款目]|项(?!目)|条(?!件)))", sayings.items),
    _rule("空格", "总计 /，无", "总计 空，无", r"(?<=[^\s，。：]) [/／—–-]{1,2}(?=[，。）])", " 空"),
    _rule("句中条目号", "（三）不予公开 1.国家秘密", "三，不予公开，一，国家秘密",
          r"(?<=[\s：，）)])(?<!\d )\d{1,2}[.．](?=[\u4e00-\u9fff])",
          lambda found: f"，{quantity(found.group()[:-1])}，"),
    _rule("条目号", "1.加强领导", "一，加强领导",
          r"^\s*(?:[(（](?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})[)）][.、]?|(?P<figure>\d{1,2})[)）.、](?!\d))\s*",
          lambda found: sayings.listed(found) if found["number"] else quantity(found["figure"]) + "，"),
    _rule("多级编号", "版本1.2.3", "版本一点二点三", r"(?<![\d.])\d+(?:\.\d+){2,}", sayings.dotted),
    _rule("字母后的数字", "PM2.5", "PM二点五",
          rf"(?<=[A-Za-z])(?P<number>{_NUMBER})(?P<road>(?=[\u4e00-\u9fff]{{0,3}}(?:高速|[国省县]道)))?",
          sayings.after_letters),
    _rule("字母间的点", "gaj.qinglan.example", "gaj点qinglan点example", r"(?<=[A-Za-z])\.(?=[A-Za-z])", "点"),
    _rule("负数", "增长-3.5", "增长负三点五", r"(?<![A-Za-z0-9)）])[-−](?=\d)", "负"),
    _rule("两", "2个", "两个", rf"(?<![\d.第负]|点)2(?=(?:至\d+)?(?:{_COUNTING_WORDS}))", "两"),
    _rule("数", "11万余人", "十一万余人", _NUMBER, lambda found: quantity(found.group())),
    _rule("正负", "±2个百分点", "正负两个百分点", rf"±\s*(?=[\d{_HANZI_DIGIT}百千两])", "正负"),
]  # fmt: skip
RULES: tuple[Rule, ...] = tuple(_WRITINGS)
