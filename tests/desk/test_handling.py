"""Handling messages at the desk: who sees which, the way to a reply, what is late, and the figures of it."""

from datetime import date, datetime, timedelta, timezone

import pytest
from colleague import Colleague

from assistant.desk import Draft, Handling, message_figures, workdays_of
from assistant.errors import AnanError, BadInput, NotFound
from assistant.resources import corpus_folder

# A Monday; the week has no days off.
START = datetime(2026, 3, 2, 2, tzinfo=timezone.utc)
CALENDAR = workdays_of(corpus_folder() / "workdays.txt")


EDITOR = Colleague("zhang", department="户政科")
OTHER = Colleague("li", department="交管科")
REVIEWER = Colleague("wang", "reviewer")
ADMIN = Colleague("admin", "admin")


@pytest.fixture
def handling(store, clock):
    return Handling(store, lambda: CALENDAR, 5, clock)


@pytest.fixture
def receipt(messages):
    return messages.receive(Draft("ask", "户口怎么迁？", "王五 13800138000", True)).receipt


def edits(handling, receipt):
    return handling.see(ADMIN, receipt).message.edits


def steps(store):
    return [(each.actor, each.action) for each in reversed(store.audit.entries(100))]


def taken(handling, receipt, by=EDITOR):
    handling.assign(by, receipt, edits(handling, receipt), "户政科", by.login)


def test_a_reply_is_drafted_by_one_approved_by_another_and_only_then_the_citizens(store, messages, handling, receipt):
    taken(handling, receipt)
    handling.draft(EDITOR, receipt, edits(handling, receipt), "带身份证到窗口。")
    handling.draft(EDITOR, receipt, edits(handling, receipt), "带身份证到任一窗口。", submit=True)
    assert messages.look_up(receipt).state == "received"
    handling.send_back(REVIEWER, receipt, edits(handling, receipt), "写明几号窗口")
    assert handling.see(EDITOR, receipt).message.remark == "写明几号窗口"
    handling.draft(EDITOR, receipt, edits(handling, receipt), "带身份证到 3 号窗口。", submit=True)
    handling.approve(REVIEWER, receipt, edits(handling, receipt))
    found = messages.look_up(receipt)
    assert (found.state, found.reply, found.checked_by) == ("answered", "带身份证到 3 号窗口。", "wang")
    # Written anew, it stays out until the new one is approved.
    handling.draft(EDITOR, receipt, edits(handling, receipt), "到 4 号窗口。", submit=True)
    assert messages.look_up(receipt).reply == "带身份证到 3 号窗口。"
    handling.approve(REVIEWER, receipt, edits(handling, receipt))
    assert messages.look_up(receipt).reply == "到 4 号窗口。"
    assert steps(store) == [
        ("zhang", "message.assigned"),
        ("zhang", "message.drafted"),
        ("zhang", "message.submitted"),
        ("wang", "message.sent_back"),
        ("zhang", "message.submitted"),
        ("wang", "message.replied"),
        ("zhang", "message.submitted"),
        ("wang", "message.replied"),
    ]
    assert store.audit.verify().broken_at is None
    words = str([each.details for each in store.audit.entries(100)])
    assert "户口" not in words and "138" not in words, "what a citizen wrote is not in the log"


def test_nobody_approves_their_own_reply(handling, receipt, messages):
    taken(handling, receipt, REVIEWER)
    handling.draft(REVIEWER, receipt, edits(handling, receipt), "好的。", submit=True)
    for person, status in ((REVIEWER, 403), (EDITOR, 403)):
        with pytest.raises(AnanError) as refusal:
            handling.approve(person, receipt, edits(handling, receipt))
        assert refusal.value.status == status
    assert messages.look_up(receipt).state == "received"
    handling.approve(ADMIN, receipt, edits(handling, receipt))
    assert messages.look_up(receipt).reply == "好的。"


def test_the_contact_is_seen_by_who_handles_it_and_by_nobody_else(handling, receipt):
    taken(handling, receipt)
    assert handling.see(EDITOR, receipt).message.contact == "王五 13800138000"
    for person in (REVIEWER, ADMIN):
        assert "138001" not in handling.see(person, receipt).message.contact
        assert all("138001" not in each.message.contact for each in handling.inbox(person).rows)


def test_an_editor_meets_neither_in_lists_nor_by_number_what_another_department_handles(handling, receipt):
    assert [each.message.receipt for each in handling.inbox(OTHER).rows] == [receipt], "nobody's yet"
    taken(handling, receipt)
    assert not handling.inbox(OTHER).rows
    assert not handling.inbox(OTHER, words="户口").rows
    assert sum(handling.inbox(OTHER).tally.counts.values()) == 0
    number = edits(handling, receipt)
    day = date(2026, 3, 20)
    for attempt in (
        lambda: handling.see(OTHER, receipt),
        lambda: handling.assign(OTHER, receipt, number, "交管科", "li"),
        lambda: handling.draft(OTHER, receipt, number, "好"),
        lambda: handling.approve(OTHER, receipt, number),
        lambda: handling.send_back(OTHER, receipt, number, "好"),
        lambda: handling.close(OTHER, receipt, number, "好"),
        lambda: handling.reopen(OTHER, receipt, number),
        lambda: handling.put_off(OTHER, receipt, number, day, "好"),
        lambda: handling.make_faq(OTHER, receipt, number),
        lambda: handling.remove(OTHER, receipt),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_an_editor_hands_work_to_nobody_and_closes_nothing(handling, receipt):
    number = edits(handling, receipt)
    for attempt in (
        lambda: handling.assign(EDITOR, receipt, number, "户政科", "li"),
        lambda: handling.draft(EDITOR, receipt, number, "没有领办"),
        lambda: handling.close(EDITOR, receipt, number, "广告"),
        lambda: handling.put_off(EDITOR, receipt, number, date(2026, 3, 20), "忙"),
        lambda: handling.remove(EDITOR, receipt),
    ):
        with pytest.raises(AnanError) as refusal:
            attempt()
        assert refusal.value.status == 403
    handling.assign(REVIEWER, receipt, number, "户政科", "zhang")
    assert handling.see(EDITOR, receipt).message.stage == "assigned"


def test_two_at_one_message_the_second_is_told_and_nothing_is_overwritten(handling, receipt):
    taken(handling, receipt)
    number = edits(handling, receipt)
    handling.draft(EDITOR, receipt, number, "第一个人写的。")
    with pytest.raises(AnanError) as refusal:
        handling.draft(EDITOR, receipt, number, "第二个人写的。")
    assert (refusal.value.code, refusal.value.status) == ("changed_meanwhile", 409)
    assert handling.see(EDITOR, receipt).message.draft == "第一个人写的。"


def test_closed_without_a_reply_the_citizen_reads_why_and_it_can_be_opened_again(messages, handling, receipt, clock):
    handling.close(REVIEWER, receipt, edits(handling, receipt), "与 3 月 1 日的留言重复")
    found = messages.look_up(receipt)
    assert (found.state, found.closing) == ("closed", "与 3 月 1 日的留言重复")
    with pytest.raises(AnanError):
        handling.assign(EDITOR, receipt, edits(handling, receipt), "户政科", "zhang")
    handling.reopen(REVIEWER, receipt, edits(handling, receipt))
    assert messages.look_up(receipt).state == "received"
    handling.close(REVIEWER, receipt, edits(handling, receipt), "重复")
    clock.now += timedelta(days=31)
    with pytest.raises(NotFound):
        messages.look_up(receipt)
    assert messages.tidy() == 1


def test_what_is_overdue_or_due_soon_is_marked_and_found(messages, handling, clock, receipt):
    assert (handling.see(EDITOR, receipt).due, handling.see(EDITOR, receipt).lateness) == (date(2026, 3, 9), "")
    clock.now = datetime(2026, 3, 6, 2, tzinfo=timezone.utc)  # Friday; due on Monday
    assert handling.see(EDITOR, receipt).lateness == "soon"
    later = messages.receive(Draft("ask", "新的留言")).receipt
    clock.now = datetime(2026, 3, 10, 2, tzinfo=timezone.utc)
    inbox = handling.inbox(EDITOR)
    assert [(each.message.receipt, each.lateness, each.workdays_left) for each in inbox.rows] == [
        (receipt, "overdue", -1),
        (later, "", 3),
    ]
    assert (inbox.tally.overdue, inbox.tally.soon) == (1, 0)
    assert [each.message.receipt for each in handling.inbox(EDITOR, lateness="overdue").rows] == [receipt]
    handling.put_off(REVIEWER, receipt, edits(handling, receipt), date(2026, 3, 11), "要到派出所核实")
    assert handling.see(EDITOR, receipt).lateness == "soon"
    assert not handling.inbox(EDITOR, lateness="overdue").rows
    assert [each.message.receipt for each in handling.inbox(EDITOR, lateness="soon").rows] == [receipt]
    with pytest.raises(BadInput):
        handling.put_off(REVIEWER, receipt, edits(handling, receipt), date(2036, 3, 11), "很难")
    messages.reply(receipt, "好的。")
    assert handling.see(EDITOR, receipt).lateness == ""


def test_the_inbox_is_read_by_stage_owner_words_and_page(messages, handling, clock):
    for number in range(120):
        clock.now += timedelta(seconds=1)
        messages.receive(Draft("ask", f"第{number}条：100%_满意"))
    inbox = handling.inbox(EDITOR, page=1)
    assert (len(inbox.rows), inbox.more, inbox.tally.counts) == (50, True, {"new": 120})
    assert inbox.rows[0].message.text.startswith("第0条")
    assert len(handling.inbox(EDITOR, page=3).rows) == 20
    assert not handling.inbox(EDITOR, page=10**6).rows
    first = inbox.rows[0].message.receipt
    taken(handling, first)
    assert [each.message.receipt for each in handling.inbox(EDITOR, mine=True).rows] == [first]
    assert [each.message.receipt for each in handling.inbox(EDITOR, stage="assigned").rows] == [first]
    assert len(handling.inbox(EDITOR, words="第11条：100%_").rows) == 1
    assert not handling.inbox(EDITOR, words="100_满意").rows, "what is sought is no pattern"
    assert handling.inbox(EDITOR, stage="' OR 1=1").tally.counts


def test_figures_of_messages_outlive_the_messages(store, messages, handling, clock, receipt):
    messages.receive(Draft("ask", "第二条"))
    third = messages.receive(Draft("ask", "第三条")).receipt
    fourth = messages.receive(Draft("ask", "第四条")).receipt
    clock.now += timedelta(hours=6)
    messages.reply(receipt, "好的。")
    clock.now += timedelta(days=8)
    messages.reply(third, "好的。")
    handling.close(REVIEWER, fourth, edits(handling, fourth), "广告")
    month = (date(2026, 3, 1), date(2026, 3, 31))
    figures = message_figures(store, CALENDAR, 5, *month)
    assert (figures.received, figures.replied, figures.closed) == (4, 2, 1)
    assert (figures.at_once, figures.in_time, figures.median_hours) == (1, 1, 102.0)
    clock.now += timedelta(days=31)
    assert messages.tidy() == 3
    assert message_figures(store, CALENDAR, 5, *month) == figures
    assert message_figures(store, CALENDAR, 5, date(2026, 4, 1), date(2026, 4, 30)).received == 0
