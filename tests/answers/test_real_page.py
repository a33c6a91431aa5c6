"""The real page asked as citizens ask: the sentence that answers is marked, with the words in it that answer."""

import pytest

from assistant.services import Services

# Question, words that the marked sentence must hold, words that must be marked in it ("" where any will do).
ASKED = [
    ("市公安局2015年在门户网站发布了多少条警务信息？", "警务公开信息2600条", "2600条"),
    ("网民提问受理了多少条", "受理网民提问531条", "531条"),
    ("网民提问回复了多少条", "回复519条", "519条"),
    ("微博粉丝有多少人啊", "粉丝11万余人", "11万余人"),
    ("政务微博发了几条信息", "微博发布信息3899条", "3899条"),
    ("开了几次新闻发布会？", "召开新闻发布会4次", "4次"),
    ("微博在全省公安系统排第几名", "位列第4名", "第4名"),
    ("2015年收到多少件依申请公开", "受理依申请公开政府信息0条", "0条"),
    ("信息公开收费了吗", "未收取任何政府信息公开费用", ""),
    ("有没有被提起行政诉讼", "未被提起行政诉讼", ""),
    ("岚皋县公安局建民生警务平台筹资多少钱", "筹资70余万元", "70余万元"),
    ("安装了多少台触摸屏", "安装了13台终端触摸屏", "13台"),
    ("设置专栏公开了多少项行政许可事项", "公开27项行政许可事项", "27项"),
    ("便民服务电话有多少部", "180部便民服务电话", "180部"),
    ("禁毒宣传横幅标语挂了多少条", "标语2万条", "2万条"),
    ("消防知识讲座举办了多少场", "举办消防知识讲座1330场次", "1330场"),
    ("便民服务信息发布多少条", "便民服务信息874余条", "874余条"),
    ("联系电话是多少", "电话:0915-3237000", "0915-3237000"),
    ("公安局的地址在哪里", "安康市高新区安康大道中段", "安康市高新区安康大道中段"),
    ("邮编是多少", "邮编:725000", "725000"),
    ("存在哪些问题", "信息公开工作意识有待进一步增强", ""),
    ("政务微博什么时候上线的", "2012年11月正式上线", "2012年11月"),
    ("报告的统计期限从哪天到哪天", "自2015年1月1日起至2015年12月31日止", ""),
    ("出入境新法宣传发了多少张宣传单", "发放宣传单1.5万余张", "1.5万余张"),
    ("依申請公開政府信息受理了幾條", "受理依申请公开政府信息0条", "0条"),
]


@pytest.mark.parametrize(("question", "sentence", "marked"), ASKED, ids=[question for question, _, _ in ASKED])
def test_the_marked_sentence_answers(real_page: Services, question: str, sentence: str, marked: str) -> None:
    answer = real_page.answerer.ask(question)
    assert answer.kind in ("passage", "figure", "list", "contact", "metadata")
    first = answer.evidence[0]
    start, end = first.sentence
    assert sentence in first.passage[start:end]
    words = [first.passage[begin:finish] for begin, finish in first.highlights]
    assert marked == "" or any(marked in word for word in words), words
    assert first.report.index_number == "719776475-GK-2016-91826"
    assert start <= first.highlights[0][0] < first.highlights[-1][1] <= end


def test_offsets_lead_to_the_place_in_the_report(real_page: Services) -> None:
    first = real_page.answerer.ask("开了几次新闻发布会").evidence[0]
    report = real_page.store.report(first.report.id)
    assert report is not None
    assert report.text[first.start : first.start + len(first.passage)] == first.passage
    assert any(section.path == first.section for section in report.sections)


@pytest.mark.parametrize(
    "question",
    [
        "2014年发布了多少条警务公开信息",
        "北京市公安局发布了多少条信息",
        "市财政局收到多少件依申请公开",
        "明天会下雨吗",
        "红烧肉怎么做",
        "局长的工资是多少钱",
    ],
)
def test_what_the_page_does_not_hold_is_not_answered(real_page: Services, question: str) -> None:
    answer = real_page.answerer.ask(question)
    assert (answer.kind, answer.evidence) == ("none", ())
    assert "没有找到" in answer.text
    assert answer.suggestions


def test_a_year_that_is_not_there_says_which_are(real_page: Services) -> None:
    assert "2015年" in real_page.answerer.ask("2019年收到多少件申请").text
