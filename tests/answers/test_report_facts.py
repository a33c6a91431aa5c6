"""Questions about a report itself: how to reach the office, when it was published, its 索引号; and nothing else."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answers import Answer
from assistant.reports import Metadata, compose
from assistant.services import Services, open_services

ENDING = (
    "如有疑问，请与临江市{body}办公室联系（地址：滨河路{n}号，邮编：31{n}000，"
    "电话：0588-66{n}0001，传真：0588-66{n}0002）。"
)


def text_of(body: str, year: int, n: int) -> str:
    return (
        f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。\n一、概述\n"
        f"{year}年，{body}公开信息12{n}条。举报热线为0588-12300。\n二、其他\n" + ENDING.format(body=body, n=n)
    )


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    opened = open_services(tmp_path_factory.mktemp("facts"))
    for body, year, n in (("水务局", 2015, 1), ("水务局", 2016, 2), ("粮食局", 2016, 3)):
        title = f"临江市{body}{year}年政府信息公开工作年度报告"
        known = Metadata(title, f"临江市{body}", f"{body}-{year}", date(year + 1, 3, n), year)
        opened.store.save(compose(known, text_of(body, year, n)))
    opened.indexer.settle()
    yield opened
    opened.close()


def marked(answer: Answer) -> list[str]:
    first = answer.evidence[0]
    return [first.passage[start:end] for start, end in first.highlights]


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ("水务局电话多少", "contact", ["0588-6620001"]),
        ("2015年水务局的电话是多少", "contact", ["0588-6610001"]),
        ("怎么联系粮食局", "contact", ["0588-6630001"]),
        ("粮食局办公室在哪里", "contact", ["滨河路3号"]),
        ("水务局的邮编和地址", "contact", ["滨河路2号", "312000"]),
        ("水务局传真号码", "contact", ["0588-6620002"]),
        ("水务局2015年的报告是哪天发布的", "metadata", ["2016-03-01"]),
        ("水务局年报的索引号是多少", "metadata", ["水务局-2016"]),
        ("水务局2015年年报统计期限", "metadata", ["2015年1月1日", "2015年12月31日"]),
        ("水务局2015年的年报是谁发布的", "metadata", ["临江市水务局"]),
    ],
)
def test_a_fact_of_the_report_is_told_with_its_place(
    services: Services, question: str, kind: str, words: list[str]
) -> None:
    answer = services.answerer.ask(question)
    assert (answer.kind, marked(answer)) == (kind, words)
    assert all(word in answer.text for word in words[:1])


def test_whoever_names_no_year_means_the_newest_report(services: Services) -> None:
    assert services.answerer.ask("水务局电话").evidence[0].report.year == 2016


@pytest.mark.parametrize("question", ["电话多少", "报告什么时候发布的"])
def test_where_several_bodies_fit_none_is_picked(services: Services, question: str) -> None:
    assert services.answerer.ask(question).kind not in ("contact", "metadata")


def test_a_telephone_for_something_else_is_not_the_offices(services: Services) -> None:
    answer = services.answerer.ask("水务局举报热线电话是多少")
    assert answer.kind != "contact"
    assert "0588-12300" in answer.text


@pytest.mark.parametrize("question", ["水务局2031年的电话是多少", "财政局电话多少"])
def test_a_report_that_is_not_there_gives_no_fact(services: Services, question: str) -> None:
    assert services.answerer.ask(question).kind == "none"
