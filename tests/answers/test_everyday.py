"""FAQ entries asked for in everyday words, and questions about other things that only sound like one."""

import pytest

from assistant.services import Services


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("昨天逛街把身份证弄没了，补一个要带啥材料", "faq-016"),
        ("父亲上个月过世了，他的户口怎么注销", "faq-026"),
        ("驾照快过期了，换证要不要体检", "faq-031"),
        ("驾驶本丢了，补一个多少钱", "faq-032"),
        ("我爸今年七十二了，还能去学车吗", "faq-033"),
        ("新买的电动车上牌要带啥", "faq-037"),
        ("找工作要无犯罪证明，去哪里开", "faq-038"),
        ("我家娃六岁了，上小学怎么报名", "faq-044"),
        ("补习班老板跑了，学费能退不", "faq-054"),
        ("跟政府要文件的话，复印要不要掏钱", "faq-003"),
        ("想给市长写封信反映小区的事，写到哪里", "faq-057"),
        ("前天有个自称客服的让我转账，钱一下就没了，现在该咋整", "faq-042"),
        ("打算带孙子去香港玩，那个通行的本子到哪办", "faq-030"),
        ("家里拿不出学费，孩子考上大学了，听说能贷款", "faq-052"),
        # All that is asked is what many entries are about.
        ("怎么申请信息公开", "faq-001"),
        ("依申请公开怎么申请", "faq-001"),
        ("依申请公开咋个办", "faq-001"),
        ("公安局如何办理居住证", "faq-027"),
    ],
)
def test_everyday_words_find_the_entry(sample: Services, question: str, entry: str) -> None:
    answer = sample.answerer.ask(question)
    assert (answer.kind, answer.evidence[0].report.id) == ("faq", f"faq:{entry}")


@pytest.mark.parametrize(
    "question",
    [
        "结婚证丢了怎么补办",
        "护照丢了怎么办",
        "养狗要办什么证",
        "研究生考试怎么报名",
        "公务员考试成绩怎么查",
        "会计证怎么申请认定",
        "结婚登记要带什么",
        "怎么给总统写信",
        "支付宝忘记密码怎么办",
        "喇嘛的意思是什么？",
        # The entry has the verb of it, or a benefit's condition, and not the thing.
        "公司注销要什么手续",
        "低保咋个申请啊",
        "住房补贴怎么申请",
        "考研成绩怎么查",
        "摩托车怎么上牌",
        "孩子改名字",
        # It has the thing, and not what befell it.
        "电动车被偷了怎么办",
        "汽车过户怎么办",
        "台胞证怎么办",
        "养老金啥时候发",
    ],
)
def test_another_thing_asked_in_the_same_words_is_not_answered(sample: Services, question: str) -> None:
    assert sample.answerer.ask(question).kind == "none"


@pytest.mark.parametrize(
    "question",
    [
        # The words stand together by chance (出租房屋), or only a part of the compound is told of (残疾人).
        "公租房怎么申请",
        "出租房要不要登记",
        "残疾证怎么办理",
        # What a service offers among other things is no way to it, nor is a number of places or of people.
        "公积金怎么提取",
        "疫苗在哪里打",
        "个税退税怎么弄",
        "自行车被偷了去哪报案",
        "保障房怎么申请",
        "申请信息公开要身份证吗",
        # How many were received, or done within how many days, is none either.
        "信息公开咋申请",
        "市政府网站怎么查文件",
    ],
)
def test_a_report_that_only_mentions_it_does_not_say_how_it_is_done(sample: Services, question: str) -> None:
    answer = sample.answerer.ask(question)
    assert answer.kind == "none"
    assert answer.suggestions or "您可以" in answer.text


def test_the_faq_goes_before_a_report_where_no_year_and_no_body_is_named(sample: Services) -> None:
    answer = sample.answerer.ask("信息公开申请收费吗")
    assert (answer.kind, answer.evidence[0].report.id) == ("faq", "faq:faq-003")


def test_opening_hours_tell_when_it_opens(sample: Services) -> None:
    answer = sample.answerer.ask("政务大厅几点开门")
    assert (answer.kind, answer.evidence[0].report.id) == ("faq", "faq:faq-059")


@pytest.mark.parametrize(
    "question", ["去年公安局补办了多少张身份证", "2021年换领身份证的有多少人", "今年公安局补办了多少张身份证"]
)
def test_a_question_about_a_year_is_not_answered_by_the_faq(sample: Services, question: str) -> None:
    assert sample.answerer.ask(question).kind != "faq"


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("想跟公安局要资料，信该往哪里寄？", "向市公安局申请信息公开找哪个部门？"),
    ],
)
def test_what_is_near_but_not_sure_is_offered_first(sample: Services, question: str, offered: str) -> None:
    answer = sample.answerer.ask(question)
    assert answer.kind == "none"
    assert answer.suggestions[0] == offered
