"""kill -9 at any moment of an ingest loses no acknowledged report and leaves index and store agreeing after a start."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.search import Query
from assistant.services import open_services

REPORTS = 200
KILLS = 20
CHILD = Path(__file__).with_name("ingesting_child.py")


def write_reports(folder: Path, edition: int) -> None:
    """200 small reports; a new edition changes each of them."""
    folder.mkdir(exist_ok=True)
    for number in range(REPORTS):
        text = (
            f"第{number}局2015年政府信息公开工作年度报告\n"
            f"索引号 TEST-{number:04d} 发布日期 2016-01-20\n来源 第{number}局\n"
            f"一、概述\n第{number}局全年公开信息{edition}{number:04d}条，记作标志{edition}号。"
            f"受理申请{number}件，全部按期答复。\n二、问题\n人员不足，培训不够，第{edition}版。\n"
        )
        (folder / f"{number:04d}.txt").write_text(text, encoding="utf-8")


def run_and_kill(data: Path, folder: Path, after: int) -> list[str]:
    """Start an ingest and kill it once ``after`` reports are acknowledged; the acknowledged ids."""
    child = subprocess.Popen(
        [sys.executable, str(CHILD), str(data), str(folder)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "ready"
    acknowledged = [line.strip() for line, _ in zip(child.stdout, range(after), strict=False)]
    child.send_signal(signal.SIGKILL)
    acknowledged += [line.strip() for line in child.stdout if line.endswith("\n")]
    child.wait()
    return [line for line in acknowledged if line and line != "done"]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killed_twenty_times(tmp_path: Path) -> None:
    chance = random.Random(20)
    data, folder = tmp_path / "data", tmp_path / "reports"
    write_reports(folder, 1)
    acknowledged: set[str] = set()
    for kill in range(KILLS):
        if kill == KILLS // 2:
            write_reports(folder, 2)  # from here on reports are replaced, not added
        acknowledged |= set(run_and_kill(data, folder, chance.randint(0, REPORTS)))
        services = open_services(data)
        try:
            held = {report.id for report in services.store.reports()}
            assert acknowledged <= held
            assert services.indexer.agrees()
            assert {hit.report_id for hit in services.index.search_reports(Query(["概述"], []), REPORTS)} == held
        finally:
            services.close()
    assert len(acknowledged) > REPORTS // 2
