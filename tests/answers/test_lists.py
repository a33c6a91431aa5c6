"""Lists are given whole and in order, and each yes or no by the sentence that decides it."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answers import Answer
from assistant.reports import Metadata, compose
from assistant.services import Services, open_services

TEXT = """2016年，临江市水务局认真做好政府信息公开工作。
一、主动公开情况
全年公开信息120条，供水类信息占七成。
（一）多方宣传，让群众知晓节水政策
一是进社区。组织讲座12场。二是进学校。发放手册300份。三是上电视。播出专题片2部。
二、复议、诉讼和收费情况
全年受理行政复议申请2件。未发生行政诉讼。没有收取任何政府信息公开费用。
水表更换一律免费。
三、存在的主要问题及改进情况
对2015年报告所列两个问题，已经全部改正：栏目空白已经补齐；超期答复不再出现。
但仍存在三个问题：一是更新不及时，有7个栏目超过一个月没有更新；二是解读材料偏少。基层反映“看不懂”；三是人手不足。
2017年，我们将重点做好两件事：每周检查一次栏目；为每个水务站配备专人。
如对本报告有疑问，请与临江市水务局办公室联系（地址：滨河路3号，电话：0588-6630001，工作日8:30至12:00、14:00至17:30）。
"""
PROBLEMS = ["一是更新不及时，有7个栏目超过一个月没有更新；", "二是解读材料偏少。基层反映“看不懂”；", "三是人手不足。"]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    opened = open_services(tmp_path_factory.mktemp("lists"))
    for body in ("水务局", "粮食局"):
        title = f"临江市{body}2016年政府信息公开工作年度报告"
        known = Metadata(title, f"临江市{body}", f"{body}-2016", date(2017, 3, 1), 2016)
        opened.store.save(compose(known, TEXT.replace("水务局", body)))
    opened.indexer.settle()
    yield opened
    opened.close()


def marked(answer: Answer) -> list[str]:
    return [each.passage[start:end] for each in answer.evidence for start, end in each.highlights]


@pytest.mark.parametrize(
    "question", ["水务局2016年存在哪些问题", "水务局有啥不足", "水务局自己找出来的毛病", "水务局的短板是什么"]
)
def test_the_problems_are_those_of_the_year_whole_and_in_order(services: Services, question: str) -> None:
    answer = services.answerer.ask(question)
    assert (answer.kind, marked(answer)) == ("list", PROBLEMS)
    assert answer.text.splitlines()[1:] == PROBLEMS


@pytest.mark.parametrize("question", ["水务局下一步打算怎么改", "水务局采取了哪些改进措施", "水务局要怎么整改"])
def test_what_will_be_done_is_not_what_was_wrong(services: Services, question: str) -> None:
    answer = services.answerer.ask(question)
    assert answer.kind == "list"
    assert answer.text.splitlines()[1:] == ["每周检查一次栏目；", "为每个水务站配备专人。"]


def test_a_list_about_a_topic_stands_under_the_heading_that_names_it(services: Services) -> None:
    answer = services.answerer.ask("水务局为了让群众知晓节水政策采取了哪些措施")
    assert [line[:5] for line in answer.text.splitlines()[1:]] == ["一是进社区", "二是进学校", "三是上电视"]


@pytest.mark.parametrize(
    "question", ["存在哪些问题", "水务局2011年存在哪些问题", "财政局存在哪些问题", "水务局的手机信号有哪些问题"]
)
def test_no_list_is_given_of_a_body_year_or_topic_that_was_not_meant(services: Services, question: str) -> None:
    assert services.answerer.ask(question).kind != "list"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("水务局打过官司没有", "未发生行政诉讼。"),
        ("水务局有没有被人告到法院", "未发生行政诉讼。"),
        ("水务局公开信息收没收钱", "没有收取任何政府信息公开费用。"),
        ("有没有人对水务局申请过复议", "全年受理行政复议申请2件。"),
        ("水务局换水表要钱吗", "水表更换一律免费。"),
    ],
)
def test_yes_or_no_is_answered_by_the_sentence_that_decides(services: Services, question: str, sentence: str) -> None:
    answer = services.answerer.ask(question)
    assert (answer.kind, answer.text, marked(answer)) == ("passage", sentence, [sentence])


@pytest.mark.parametrize("question", ["财政局打过官司没有", "水务局停车收费吗"])
def test_another_bodys_or_topics_yes_or_no_is_not_taken(services: Services, question: str) -> None:
    assert "诉讼" not in (answer := services.answerer.ask(question)).text and "政府信息公开费用" not in answer.text


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ("我想上门，水务局在哪条路几号", "contact", ["滨河路3号"]),
        ("水务局几点到几点办公", "contact", ["8:30至12:00、14:00至17:30"]),
        ("水务局最新的一份年报是哪一年的", "metadata", ["2016年"]),
        ("对水务局有意见打哪个电话", "contact", ["0588-6630001"]),
    ],
)
def test_how_to_reach_the_office_is_asked_in_everyday_words(
    services: Services, question: str, kind: str, words: list[str]
) -> None:
    answer = services.answerer.ask(question)
    assert answer.kind == kind
    assert all(word in answer.text for word in words)
