"""kill -9 at any moment of an ingest loses no acknowledged report and leaves index and store agreeing after a start."""

import random
import signal
import sys

import ingesting_child
import pytest
from forking import forking_from

import assistant.services
from assistant.language import Segmenter
from assistant.resources import corpus_folder
from assistant.search import Query

REPORTS = 24
KILLS = 20


def write_reports(folder, edition):
    """Small reports; each edition changes each of them."""
    folder.mkdir(exist_ok=True)
    for number in range(REPORTS):
        text = (
            f"第{number}局2015年政府信息公开工作年度报告\n"
            f"索引号 TEST-{number:04d} 发布日期 2016-01-20\n来源 第{number}局\n"
            f"一、概述\n第{number}局全年公开信息{edition}{number:04d}条，记作标志{edition}号。"
            f"受理申请{number}件，全部按期答复。\n二、问题\n人员不足，培训不够，第{edition}版。\n"
        )
        (folder / f"{number:04d}.txt").write_text(text, encoding="utf-8")


def run_and_kill(context, data, folder, after):
    """Start an ingest and kill it once ``after`` reports are acknowledged; the acknowledged ids."""
    told, tell = context.Pipe(duplex=False)
    child = context.Process(target=ingesting_child.ingest_and_tell, args=(data, folder, tell))
    child.start()
    tell.close()
    acknowledged = []
    try:
        while len(acknowledged) < after:
            acknowledged.append(told.recv())
        child.kill()
        while True:
            acknowledged.append(told.recv())
    except EOFError:
        child.join()
    assert child.exitcode in (-signal.SIGKILL, 0)
    return {report_id for report_id in acknowledged if report_id}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killed_twenty_times(tmp_path, monkeypatch):
    chance = random.Random(20)
    data, folder = tmp_path / "data", tmp_path / "reports"
    write_reports(folder, 1)
    monkeypatch.setenv(ingesting_child.WARM, str(tmp_path / "cache"))
    segmenter = Segmenter(corpus_folder() / "lexicon.txt", tmp_path / "cache")
    monkeypatch.setattr(assistant.services, "Segmenter", lambda *_: segmenter)
    acknowledged = set()
    with forking_from("ingesting_child") as context:
        for kill in range(KILLS):
            write_reports(folder, kill)  # the first life adds reports, every later one replaces them
            told = run_and_kill(context, data, folder, chance.randint(0, REPORTS))
            acknowledged |= told
            services = assistant.services.open_services(data)
            try:
                held = {report.id for report in services.store.reports()}
                assert acknowledged <= held
                assert all(f"标志{kill}号" in services.store.report(report_id).text for report_id in told)
                assert services.indexer.agrees()
                assert {hit.report_id for hit in services.index.search_reports(Query(["概述"], []), REPORTS)} == held
            finally:
                services.close()
    assert len(acknowledged) > REPORTS // 2
