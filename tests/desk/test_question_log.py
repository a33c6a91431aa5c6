"""Questions asked at the door are kept behind the answers: masked, bounded, counted, grouped, and forgotten in time."""

import signal
import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from assistant.answers.model import Answer, Evidence, Source
from assistant.desk import Feedback, question_log
from assistant.desk.question_grouping import Clusters
from assistant.desk.question_log import QuestionLog
from assistant.desk.question_upkeep import QuestionUpkeep
from assistant.errors import Busy
from assistant.store import Store
from assistant.store.daily_table import local_day

CHILD = Path(__file__).with_name("asking_child.py")
LABELLED = Path(__file__).with_name("question_groups.tsv")
START = datetime(2026, 3, 1, 8, tzinfo=timezone.utc)
TALK = "0123456789abcdef" * 2


@pytest.fixture
def services(sample):
    """The sample corpus: what questions are understood against."""
    return sample


@pytest.fixture
def log(store, services, clock):
    log = QuestionLog(store, services.reader, clock)
    yield log
    log.close()


def answer(question, kind="none", conversation=TALK, entry="", understood=""):
    source = Source(f"faq:{entry}", "", "青澜市公安局", "", None, None, "")
    evidence = (Evidence(source, (), "照办", 0, (0, 2), ((0, 2),), 1.0, ""),) if entry else ()
    return Answer(question, conversation, kind, "照办", "", 0.8, evidence, understood=understood)


def counts(store, day=START):
    return {each.measure: each.amount for each in store.daily.by_day(local_day(day), local_day(day))}


def wordings(store):
    return [form.text for row in store.groups.page("d7", "all") for form in store.groups.forms(row.group.id, 99)]


def test_what_was_asked_is_kept_without_who_asked(store, log, tmp_path):
    log.note(answer("护照几天能办好，打13812345678"), 0.012, spoken=True)
    log.note(answer("护照几天能拿到", "faq", entry="faq-029"), 0.02)
    log.note(answer("你好", "smalltalk"), 0.001)
    log.write()
    assert counts(store) == {
        "asked.none": 1,
        "asked.faq": 1,
        "asked.smalltalk": 1,
        "asked.milliseconds": 33,
        "asked.spoken": 1,
        "conversations": 1,
    }
    rows = store.groups.page("d7", "all")
    assert [(row.asked, row.unanswered) for row in rows] == [(2, 1)]
    assert sorted(wordings(store)) == ["护照几天能办好，打138****5678", "护照几天能拿到"]
    assert "13812345678" not in (tmp_path / "anan.db").read_bytes().decode("utf-8", "ignore")
    columns = sqlite3.connect(tmp_path / "anan.db").execute("SELECT kind, spoken, turn, conversation FROM questions")
    assert list(columns) == [("none", 1, 1, TALK), ("faq", 0, 2, TALK), ("smalltalk", 0, 3, TALK)]


def test_a_follow_up_is_kept_as_it_was_understood(store, log):
    log.note(answer("那2018年呢", understood="公安局2018年收到多少件申请"), 0.01, continued=True)
    log.write()
    assert wordings(store) == ["公安局2018年收到多少件申请"]


def test_more_than_can_wait_is_dropped_and_told(log, monkeypatch):
    monkeypatch.setattr(question_log, "WAITING_MOST", 3)
    monkeypatch.setattr(log, "write", lambda: None)
    for _ in range(5):
        log.note(answer("护照怎么办"), 0.01)
    assert (log.state.waiting, log.state.dropped) == (3, 2)


def test_what_cannot_be_written_now_is_written_later(store, log, monkeypatch):
    def busy(*_):
        raise Busy("数据库正忙")

    with monkeypatch.context() as patch:
        patch.setattr(store.questions, "keep", busy)
        log.note(answer("护照怎么办"), 0.01)
        log.write()
        assert log.state.failing
    log.write()
    assert not log.state.failing
    assert store.questions.count() == 1


def test_a_question_that_cannot_be_read_is_dropped_alone(store, log, monkeypatch):
    read = log._reader.read

    def refuses(text, entry):
        if "护照" in text:
            raise RuntimeError("nobody foresaw this")
        return read(text, entry)

    monkeypatch.setattr(log._reader, "read", refuses)
    for text in ("月球基地招人吗", "护照几天能办好", "滑雪证怎么办"):
        log.note(answer(text), 0.01)
    log.write()
    assert sorted(wordings(store)) == ["月球基地招人吗", "滑雪证怎么办"]
    assert (log.state.waiting, log.state.dropped) == (0, 1)


def test_kill_9_loses_the_last_second_at_most(tmp_path):
    data = tmp_path / "data"
    child = subprocess.Popen([sys.executable, str(CHILD), str(data)], stdout=subprocess.PIPE, text=True)
    written = [int(child.stdout.readline()) for _ in range(8)][-1]
    child.kill()
    assert child.wait() == -signal.SIGKILL
    child.stdout.close()
    with Store.open(data / "anan.db") as store:
        kept = store.questions.count()
        assert kept >= written > 0
        assert sum(row.asked for row in store.groups.page("d7", "all")) in (kept, 0)
        assert counts(store, datetime.now(timezone.utc))["asked.none"] == kept


def test_after_its_days_only_the_counts_remain(store, log, clock, tmp_path):
    upkeep = QuestionUpkeep(store, log, 30, clock)
    log.note(answer("护照怎么办"), 0.01)
    log.write()
    clock.now += timedelta(days=3)
    log.note(answer("低保怎么申请"), 0.01)
    log.write()
    upkeep.each_day()
    raw = sqlite3.connect(tmp_path / "anan.db")
    assert list(raw.execute("SELECT conversation FROM questions ORDER BY id")) == [(None,), (TALK,)]
    clock.now += timedelta(days=29)
    upkeep.each_day()
    assert [row.group.label for row in store.groups.page("d30", "all")] == ["低保怎么申请"]
    assert store.questions.count() == 1
    assert counts(store)["asked.none"] == 1
    clock.now += timedelta(days=3)
    upkeep.each_day()
    assert (store.questions.count(), store.groups.page("d90", "all")) == (0, [])


def test_periods_and_verdicts_by_group(store, log, clock):
    upkeep = QuestionUpkeep(store, log, 180, clock)
    feedback = Feedback(store, 180, 300, clock)
    for _ in range(3):
        log.note(answer("护照怎么办"), 0.01)
    log.write()
    clock.now += timedelta(days=8)
    log.note(answer("办理护照需要什么材料", "faq", entry="faq-029"), 0.01)
    log.write()
    feedback.give(TALK, "护照怎么办", "faq", "up")
    feedback.give(TALK, "护照怎么办", "faq", "down")
    upkeep.each_day()
    upkeep.each_minute()
    (row,) = store.groups.page("d7", "all")
    assert (row.asked, row.unanswered, row.before, row.up, row.down) == (1, 0, 3, 0, 1)
    assert store.groups.page("d30", "all")[0].asked == 4
    assert store.groups.page("2026-03", "all")[0].asked == 4
    assert store.groups.page("2026Q1", "unsolved")[0].unanswered == 3
    assert {name: amount for name, amount in counts(store, clock.now).items() if "thumbs" in name} == {
        "thumbs.up": 0,
        "thumbs.down": 1,
    }


def pairwise(services, rows):
    """Precision and recall over all pairs of questions, grouped one after another."""
    clusters = Clusters()
    placed = [(wanted, clusters.place(services.reader.read(text)[0])[0]) for wanted, text in rows]
    together = right = meant = 0
    for place, (wanted, cluster) in enumerate(placed):
        for other_wanted, other in placed[:place]:
            together += cluster is other
            meant += wanted == other_wanted
            right += cluster is other and wanted == other_wanted
    return right / together, right / meant


def test_questions_are_grouped_as_people_would(services):
    lines = LABELLED.read_text(encoding="utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if not line.startswith("#")]
    assert len(rows) >= 150
    assert len({wanted for wanted, _ in rows}) >= 40
    precision, recall = pairwise(services, rows)
    assert precision >= 0.95
    assert recall >= 0.6
    held_out = [(wanted, text) for wanted, text in rows if int(wanted.partition("-")[0]) > 38]
    precision, recall = pairwise(services, held_out)
    assert precision >= 0.95
    assert recall >= 0.5


def test_groups_that_grew_alike_are_brought_together(store, log, clock, tmp_path):
    upkeep = QuestionUpkeep(store, log, 180, clock)
    first, second = store.groups.create([("护照怎么办", ""), ("办理护照需要什么材料", "")], START)
    for group, text in ((first, "护照怎么办"), (second, "办理护照需要什么材料")):
        log.note(answer(text), 0.01)
        log.write()
        with sqlite3.connect(tmp_path / "anan.db") as raw:
            raw.execute("UPDATE question_forms SET group_id = ?, exemplar = 1 WHERE text = ?", (group, text))
    log.regroup()
    assert upkeep.bring_together() == 1
    assert {form.text for form in store.groups.forms(first, 9)} == {"护照怎么办", "办理护照需要什么材料"}
    assert store.groups.get(second) is None
