"""Index and store agree again whatever happened, and nobody who asks meanwhile is left without an answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answers.evidence import weigh_words
from assistant.language import question_terms
from assistant.reports import Metadata, Report, compose
from assistant.search import Query
from assistant.services import Services, open_services


def report(number: int, edition: int = 1) -> Report:
    text = f"一、概述\n第{number}局全年公开信息{edition}{number:03d}条，受理申请{number}件。"
    return compose(Metadata(f"第{number}局2015年政府信息公开工作年度报告", f"第{number}局", f"N-{number}"), text)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened = open_services(tmp_path)
    for number in range(20):
        opened.store.save(report(number))
    opened.indexer.settle()
    yield opened
    opened.close()


def test_settling_leaves_to_another_what_it_saves_meanwhile(services: Services) -> None:
    services.store.save(report(20))
    saved = iter(range(21, 40))
    services.indexer.settle(lambda _: services.store.save(report(next(saved))) and None)
    assert [entry.report_id for entry in services.store.index_queue()] == [report(21).id]


def test_a_start_beside_an_ingest_does_not_build_anew(services: Services) -> None:
    before = services.index.search_passages(Query(["信息"], []), 100)
    services.store.save(report(30))  # another process is about to index this one
    services.indexer.recover()
    found = {hit.id for hit in services.index.search_passages(Query(["信息"], []), 100)}
    assert {hit.id for hit in before} < found
    assert services.indexer.agrees()


def test_an_index_that_lost_reports_is_built_anew_at_the_start(services: Services) -> None:
    services.index.update([report(3).id], {}.get)
    assert not services.indexer.agrees()
    services.indexer.recover()
    assert services.indexer.agrees()
    assert services.index.report_count == 20


def test_building_anew_answers_from_the_old_index_meanwhile(services: Services) -> None:
    seen: list[int] = []
    services.indexer.rebuild(lambda _: seen.append(len(services.index.search_reports(Query(["信息"], []), 50))))
    assert seen == [20] * 20
    assert services.indexer.agrees()


def test_weights_stay_positive_when_every_report_was_replaced(services: Services) -> None:
    for edition in range(2, 5):
        for number in range(20):
            services.store.save(report(number, edition))
        services.indexer.settle()
    segmenter = services.answerer._segmenter
    sought = weigh_words(question_terms("公开信息申请", segmenter), {}, services.index)
    assert sought
    assert all(each.weight > 0 for each in sought)
    assert "第7局全年公开信息4007条" in services.answerer.ask("第7局公开信息多少条").text
