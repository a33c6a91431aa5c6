import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.speech import spoken_form
from assistant.speech.rules import RULES

CASES = {
    # counts
    "2600条": "两千六百条",
    "0条": "零条",
    "2个": "两个",
    "12个": "十二个",
    "102个": "一百零二个",
    "12台": "十二台",
    "1,266条": "一千二百六十六条",
    "1,266,000.5元": "一百二十六万六千点五元",
    "12,不足": "十二，不足",
    "1001": "一千零一",
    "1010": "一千零一十",
    "110305": "十一万零三百零五",
    "20000": "两万",
    "12000": "一万二千",
    "200": "二百",
    "2亿元": "两亿元",
    "100000001": "一亿零一",
    "1200000000000": "一万二千亿",
    "11万余人": "十一万余人",
    "1.5万": "一点五万",
    "42多万份": "四十二多万份",
    "0.05": "零点零五",
    "2课时": "两课时",
    "2级": "二级",
    "2年级": "二年级",
    "2、3月份": "二、三月份",
    "007": "零零七",
    "12345678901234567": "一二三四五六七八九零一二三四五六七",
    "第4名": "第四名",
    "第2条": "第二条",
    "-5": "负五",
    # years, dates, times
    "2015年": "二零一五年",
    "2000年": "二零零零年",
    "1000年": "一千年",
    "2012年11月": "二零一二年十一月",
    "1月1日": "一月一日",
    "2月2日": "二月二日",
    "2019-2021年": "二零一九至二零二一年",
    "2013、2014年": "二零一三、二零一四年",
    "2016-03-09 11:09": "二零一六年三月九日 十一点零九分",
    "于2016/3/9发布": "于二零一六年三月九日发布",
    "14:30": "十四点三十分",
    "9:00": "九点",
    "2:05": "两点零五分",
    "8:30-12:00": "八点三十分至十二点",
    "24:00": "二十四点",
    # ranges, shares, parts
    "3—5日": "三至五日",
    "1-11月": "一至十一月",
    "2-3个": "两至三个",
    "34%": "百分之三十四",
    "100%": "百分之百",
    "12.3％": "百分之十二点三",
    "10%-20%": "百分之十至百分之二十",
    "10-20%": "百分之十至百分之二十",
    "-3.5%": "负百分之三点五",
    "3‰": "千分之三",
    "2个百分点": "两个百分点",
    "2/3以上": "三分之二以上",
    "比例为1:10": "比例为一比十",
    # telephones and other numbers of things
    "0915-3237000": "零九幺五 三二三七零零零",
    "0915—3237000": "零九幺五 三二三七零零零",
    "(010)12345678": "零幺零 幺二三四五六七八",
    "13800138000": "幺三八 零零幺三 八零零零",
    "400-800-1234": "四零零 八零零 幺二三四",
    "电话：3237000、3237001": "电话：三二三七零零零、三二三七零零幺",
    "接听电话2600次": "接听电话两千六百次",
    "邮编:725000": "邮编：七二五零零零",
    "拨打110": "拨打幺幺零",
    "110报警服务台": "幺幺零报警服务台",
    "12345热线受理2.5万件": "幺二三四五热线受理二点五万件",
    "“12345”": "幺二三四五",
    "719776475-GK-2016-91826": "七一九七七六四七五 GK 二零一六 九一八二六",
    "国办公开办函〔2019〕60号": "国办公开办函 二零一九 六十号",
    "〔2019〕60号": "二零一九 六十号",
    "(2021)第30号": "二零二一 第三十号",
    # lists
    "（一）突出重点": "一，突出重点",
    "(1)加强": "一，加强",
    "1.加强": "一，加强",
    "3、其他": "三，其他",
    "①突出": "一，突出",
    "一、概述": "一、概述",
    # addresses, names, units
    "网站http://gaj.ankang.gov.cn/查阅": "网站 网址 gaj点ankang点gov点cn 查阅",
    "www.gov.cn": "网址 www点gov点cn",
    "zwgk@12345.gov.cn": "zwgk 艾特 一二三四五点gov点cn",
    "“@安康警务、@安康公安”": "安康警务、安康公安",
    "120㎡": "一百二十平方米",
    "-5℃": "零下五摄氏度",
    "¥12.5": "十二点五元",
    "PM2.5": "PM二点五",
    "5G": "五G",
    "A4纸": "A四纸",
    "Ⅱ级": "二级",
    "１２３４": "一千二百三十四",
    "½": "二分之一",
    # marks
    "根据《条例》的规定": "根据 条例 的规定",
    "《条例》": "条例",
    "规定,现将": "规定，现将",
    "条例(以下简称《条例》)。": "条例，以下简称 条例。",
    "2015年——一是": "二零一五年，一是",
    "好😀": "好",
    "第一行\n第二行": "第一行。第二行",
    "……": "",
    "%@#": "",
}


@pytest.mark.parametrize(("written", "said"), CASES.items(), ids=CASES.keys())
def test_is_said_as_a_newsreader_would(written, said):
    assert spoken_form(written) == said


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_does_what_its_example_says(rule):
    assert rule.pattern.search(rule.written)
    assert spoken_form(rule.written) == rule.said


def test_a_sentence_of_a_report():
    written = "2015年,市公安局发布信息2600条,同比增长34%(电话:0915-3237000)。"
    said = "二零一五年，市公安局发布信息两千六百条，同比增长百分之三十四，电话：零九幺五 三二三七零零零。"
    assert spoken_form(written) == said


TRICKY = st.text(alphabet="0123456789.,:-—/%()（）〔〕年月日号第个万亿@aGhttp电话¥℃²①½ \n")


@given(st.text() | TRICKY)
def test_never_fails_and_leaves_nothing_but_words_and_pauses(text):
    said = spoken_form(text)
    assert not re.search(r"\d", said)
    assert all(char.isalpha() or char in "〇。？！；：，、 " for char in said)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)))
def test_hanzi_stay_as_they_are(text):
    assert spoken_form(text) == text


@pytest.mark.parametrize("unit", ["1", "2015、", "a-", "1/", "电话:12345、"])
def test_a_long_run_costs_no_more_than_its_length(unit):
    # With rules whose time grows with the square of the length this would take hours.
    assert spoken_form(unit * 20_000)
