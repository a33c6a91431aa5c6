"""Messages and feedback beneath the doors: what is kept how long, and that nothing acknowledged is lost."""

import signal
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from assistant.desk import Draft, Feedback, Messages
from assistant.errors import AnanError, BadInput, NotFound
from assistant.store import Store

CHILD = Path(__file__).with_name("leaving_child.py")
START = datetime(2026, 3, 1, 8, tzinfo=timezone.utc)


def test_kill_9_loses_no_acknowledged_message(tmp_path):
    data = tmp_path / "data"
    acknowledged = {}
    child = subprocess.Popen([sys.executable, str(CHILD), str(data)], stdout=subprocess.PIPE, text=True)
    lines = [child.stdout.readline() for _ in range(15)]
    child.kill()
    lines += child.stdout.read().splitlines(keepends=True)
    assert child.wait() == -signal.SIGKILL
    child.stdout.close()
    for line in lines:
        if line.endswith("\n"):
            number, receipt = line.split()
            acknowledged[receipt] = f"第{number}条留言"
    assert len(acknowledged) >= 15
    with Store.open(data / "anan.db") as store:
        messages = Messages(store, 30, 300)
        assert {receipt: messages.look_up(receipt).text for receipt in acknowledged} == acknowledged
        assert len(messages.newest(100_000)) - len(acknowledged) in (0, 1)


def test_a_reply_is_found_until_its_days_are_over_and_an_unanswered_message_stays(messages, clock):
    answered = messages.receive(Draft("ask", "几点开门？", "13800138000", True)).receipt
    waiting = messages.receive(Draft("suggest", "请延长开门时间")).receipt
    clock.now += timedelta(days=90)
    assert messages.reply(answered, "九点。\n周末休息。").reply == "九点。\n周末休息。"
    assert messages.reply(answered, "改为八点半。").state == "answered"
    clock.now += timedelta(days=29)
    assert messages.look_up(answered).reply == "改为八点半。"
    clock.now += timedelta(days=2)
    with pytest.raises(NotFound):
        messages.look_up(answered)
    assert [each.receipt for each in messages.newest(10)] == [waiting]
    messages.delete(waiting)
    with pytest.raises(NotFound):
        messages.delete(waiting)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "text_empty"), ("……", "text_empty"), ("好" * 2001, "text_too_long"), ("好\x1b[31m", "text_unseen")],
)
def test_a_reply_that_does_not_do_is_refused_and_the_former_stays(messages, text, code):
    receipt = messages.receive(Draft("ask", "几点开门？")).receipt
    messages.reply(receipt, "九点。")
    with pytest.raises(BadInput) as refusal:
        messages.reply(receipt, text)
    assert refusal.value.code == code
    assert messages.look_up(receipt).reply == "九点。"


def test_what_is_not_seen_goes_from_a_message(messages):
    sent = "一\r\n二\u202e三\x00\x07\u200b　四\n\n\n\n五\t六👨‍👩‍👧"
    kept = messages.receive(Draft("ask", sent, " 张三\n电话\u202e1 ", True, "问\n题"))
    assert kept.text == "一\n二三　四\n\n五 六👨‍👩‍👧"
    assert (kept.contact, kept.question, kept.consent) == ("张三 电话1", "问 题", "1")
    assert messages.receive(Draft("ask", "好", "", True)).consent == ""


def test_a_full_box_refuses_the_new_and_keeps_the_old(messages, monkeypatch):
    monkeypatch.setattr("assistant.desk.messages.MOST_KEPT", 2)
    kept = [messages.receive(Draft("ask", "留言")).receipt for _ in range(2)]
    with pytest.raises(AnanError) as refusal:
        messages.receive(Draft("ask", "留言"))
    assert (refusal.value.code, refusal.value.status) == ("messages_full", 507)
    assert [messages.look_up(each).text for each in kept] == ["留言"] * 2


def test_feedback_counts_once_a_question_and_is_forgotten(store, clock, monkeypatch):
    feedback = Feedback(store, 30, 300, clock)
    here, there = "a" * 32, "b" * 32
    feedback.give(here, "身份证11010519491231002X能查吗", "faq", "up")
    feedback.give(here, "身份证11010519491231002X能查吗", "faq", "down", "wrong")
    feedback.give(here, "别的问题", "figure", "up")
    feedback.give(there, "身份证11010519491231002X能查吗", "faq", "up")
    summary = feedback.summary()
    assert [tuple(each) for each in summary.counts] == [("faq", 1, 1), ("figure", 1, 0)]
    assert [(each.question, each.reason) for each in summary.down] == [("身份证110105********002X能查吗", "wrong")]
    clock.now += timedelta(days=31)
    assert not feedback.summary().counts
    monkeypatch.setattr("assistant.desk.feedback.MOST_KEPT", 3)
    for number in range(5):
        clock.now += timedelta(seconds=1)
        feedback.give(here, f"问题{number}", "none", "down")
    assert [each.question for each in feedback.summary().down] == ["问题4", "问题3", "问题2"]
