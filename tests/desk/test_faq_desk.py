"""The life of an FAQ entry at the desk: states, four eyes, versions, and two people who edit one entry."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.differences import differences, entry_differences
from assistant.desk.faq import BulkEdit, Conflict, FaqDesk
from assistant.desk.faq_together import FaqTogether, TriedTogether
from assistant.desk.near_entries import NearEntries
from assistant.errors import AnanError, BadInput, NotFound
from assistant.store import FaqEntry, Store
from assistant.store.faq_records import FaqTrial

ENTRY = FaqEntry("", "窗口几点上班？", ("几点开门",), "工作日九点上班。", "演示局", tags=("时间",))
NOW = datetime(2026, 3, 1, tzinfo=timezone.utc)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "anan.db") as store:
        yield store


@pytest.fixture
def desk(store):
    return FaqDesk(store)


def tried(store, head, worse=0):
    """The golden questions were asked with this version in."""
    result = {"worse": worse}
    store.faq_table.keep_trial(FaqTrial(head.entry.id, head.version, store.revision(), NOW, result))


def published(store, desk, entry=ENTRY, author="li", reviewer="wang"):
    head = desk.save(author, entry, None)
    desk.submit(author, head.entry.id, 1)
    tried(store, head)
    return desk.publish(reviewer, head.entry.id, 1)


def actions(store):
    return [(each.actor, each.action) for each in reversed(store.audit.entries(100))]


def test_an_entry_lives_from_draft_to_archive_with_every_step_in_the_log(store, desk):
    head = published(store, desk)
    entry_id = head.entry.id
    assert [each.answer for each in store.faq()] == ["工作日九点上班。"]
    head = desk.save("li", replace(head.entry, answer="工作日八点半上班。"), 1, "改了时间")
    assert (head.entry.state, head.live, head.version) == ("draft", 1, 2)
    assert [each.answer for each in store.faq()] == ["工作日九点上班。"]
    desk.submit("li", entry_id, 2)
    desk.send_back("wang", entry_id, 2, "没有依据")
    assert desk.head(entry_id).remark == "没有依据"
    desk.submit("li", entry_id, 2)
    desk.withdraw("li", entry_id, 2)
    desk.submit("li", entry_id, 2)
    tried(store, head)
    desk.publish("wang", entry_id, 2)
    assert [each.answer for each in store.faq()] == ["工作日八点半上班。"]
    desk.archive("wang", entry_id, 2, "过期")
    assert store.faq() == []
    head = desk.restore("li", entry_id, 1, 2)
    assert (head.entry.answer, head.entry.state, head.version) == ("工作日九点上班。", "draft", 3)
    assert [(each.number, each.note) for each in desk.versions(entry_id)] == [
        (3, "恢复第 1 版"),
        (2, "改了时间"),
        (1, ""),
    ]
    assert actions(store) == [
        ("li", "faq.added"),
        ("li", "faq.submitted"),
        ("wang", "faq.published"),
        ("li", "faq.saved"),
        ("li", "faq.submitted"),
        ("wang", "faq.sent_back"),
        ("li", "faq.submitted"),
        ("li", "faq.withdrawn"),
        ("li", "faq.submitted"),
        ("wang", "faq.published"),
        ("wang", "faq.archived"),
        ("li", "faq.restored"),
    ]


def test_who_changed_anything_since_the_last_review_is_not_the_reviewer(store, desk):
    entry_id = published(store, desk).entry.id
    desk.save("wang", replace(desk.head(entry_id).entry, answer="九点一刻。"), 1)
    head = desk.save("li", replace(desk.head(entry_id).entry, answer="九点半。"), 2)
    desk.submit("li", entry_id, 3)
    tried(store, head)
    for author in ("li", "wang"):
        with pytest.raises(BadInput) as refusal:
            desk.publish(author, entry_id, 3)
        assert (refusal.value.code, refusal.value.status) == ("faq_own_change", 403)
    assert desk.publish("zhao", entry_id, 3).live == 3


def test_nothing_is_published_untried_or_worse_without_a_reason(store, desk):
    head = desk.save("li", ENTRY, None)
    entry_id = head.entry.id
    desk.submit("li", entry_id, 1)
    with pytest.raises(BadInput) as refusal:
        desk.publish("wang", entry_id, 1)
    assert refusal.value.code == "faq_untried"
    tried(store, head, worse=2)
    with pytest.raises(BadInput) as refusal:
        desk.publish("wang", entry_id, 1, "  ")
    assert refusal.value.code == "faq_reason_missing"
    store.replace_faq(
        [*store.faq(None), FaqEntry("other", "别的？", (), "别的。")]
    )  # something else was published since
    with pytest.raises(BadInput) as refusal:
        desk.publish("wang", entry_id, 1, "旧问题已不适用")
    assert refusal.value.code == "faq_untried"
    tried(store, head, worse=2)
    desk.publish("wang", entry_id, 1, "旧问题已不适用")
    assert store.audit.entries(1)[0].details["reason"] == "旧问题已不适用"


def test_sensitive_information_needs_a_reason_too(store, desk):
    store.faq_table.replace_watch_words("boss", ["内部资料"])
    entry = replace(ENTRY, answer="请联系张三，身份证号11010519491231002X，索取内部资料。")
    head = desk.save("li", entry, None)
    found = {name: [each.kind for each in finds] for name, finds in desk.readiness(head).sensitive.items()}
    assert found == {"answer": ["name", "identity", "word"]}
    desk.submit("li", head.entry.id, 1)
    tried(store, head)
    with pytest.raises(BadInput):
        desk.publish("wang", head.entry.id, 1)
    desk.publish("wang", head.entry.id, 1, "已脱敏的样例")
    assert store.audit.entries(1)[0].details["sensitive"] == {"answer": ["name", "identity", "word"]}


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(store, desk):
    seen = desk.save("li", ENTRY, None)
    desk.save("wang", replace(seen.entry, answer="八点上班。"), 1)
    with pytest.raises(Conflict) as refusal:
        desk.save("li", replace(seen.entry, question="几点上班？"), 1)
    assert refusal.value.status == 409 and refusal.value.current.entry.answer == "八点上班。"
    assert [each.label for each in entry_differences(refusal.value.current.entry, seen.entry)] == ["答案"]
    assert desk.head(seen.entry.id).version == 2
    for change in (desk.submit, desk.archive):
        with pytest.raises(Conflict):
            change("li", seen.entry.id, 1)


def test_saving_the_same_again_is_no_version_and_what_only_staff_see_needs_no_review(store, desk):
    head = published(store, desk)
    assert desk.save("li", head.entry, 1) == head
    revision = store.revision()
    head = desk.save("li", replace(head.entry, owner="zhao", tags=("时间", "窗口")), 1)
    assert (head.entry.state, head.version, head.live) == ("published", 2, 2)
    assert store.faq()[0].owner == "zhao" and store.revision() == revision


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"question": " \n"}, "text_empty"),
        ({"question": "问" * 201}, "text_too_long"),
        ({"answer": "**　**"}, "text_empty"),
        ({"answer": "答" * 5001}, "text_too_long"),
        ({"phrasings": tuple(map(str, range(61)))}, "faq_too_many"),
        ({"url": "javascript:alert(1)"}, "faq_url"),
        ({"links": ("../x",)}, "faq_link"),
        ({"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 1)}, "faq_days"),
    ],
)
def test_a_field_that_does_not_do_is_refused_and_nothing_is_kept(store, desk, change, code):
    with pytest.raises(BadInput) as refusal:
        desk.save("li", replace(ENTRY, **change), None)
    assert refusal.value.code == code
    assert store.faq(None) == [] and actions(store) == []


def test_many_are_changed_at_once_and_each_refusal_is_told(store, desk):
    live = published(store, desk)
    draft = desk.save("li", replace(ENTRY, question="收费吗？"), None)
    ids = [live.entry.id, draft.entry.id, "none"]
    done = desk.bulk("zhao", ids, BulkEdit(("新",), ("时间",), owner="zhao"), may_withdraw=False)
    assert (done.changed, done.same, done.refused) == (2, 0, (("none", "没有这一条"),))
    assert [each.entry.tags for each in store.faq_table.heads(ids).values()] == [("新",), ("新",)]
    assert desk.head(live.entry.id).live == 2
    done = desk.bulk("zhao", ids[:2], BulkEdit(valid_until=date(2026, 12, 31)), may_withdraw=False)
    assert (done.changed, desk.head(live.entry.id).entry.state, desk.head(live.entry.id).live) == (2, "draft", 2)
    done = desk.bulk("zhao", ids[:2], BulkEdit(archive=True), may_withdraw=False)
    assert (done.changed, len(done.refused), len(store.faq())) == (1, 1, 1)
    desk.bulk("wang", ids[:2], BulkEdit(archive=True), may_withdraw=True)
    assert store.faq() == []


def test_what_is_not_there_is_told(desk):
    with pytest.raises(NotFound):
        desk.save("li", replace(ENTRY, id="none"), 3)
    with pytest.raises(AnanError):
        desk.versions("none")


TEXT = st.text(alphabet="甲乙丙。，\n0", max_size=60)


@given(TEXT, TEXT)
def test_differences_make_both_texts_again(before, after):
    pieces = differences(before, after)
    assert "".join(each.text for each in pieces if each.kind != "new") == before
    assert "".join(each.text for each in pieces if each.kind != "gone") == after


def test_a_changed_number_is_shown_within_its_sentence():
    pieces = differences("九点上班。收费10元。", "九点上班。收费12元。")
    assert [tuple(each) for each in pieces] == [
        ("same", "九点上班。收费1"),
        ("gone", "0"),
        ("new", "2"),
        ("same", "元。"),
    ]


def test_entries_that_ask_nearly_the_same_are_found_as_they_stand_now(store):
    desk, near = FaqDesk(store), NearEntries(store)

    def found(question):
        return [(each.id, each.state) for each in near.find(question, ())]

    store.replace_faq(
        [FaqEntry("hours", "图书馆几点开门？", (), "九点。"), FaqEntry("fee", "停车场怎么收费？", (), "不收。")]
    )
    assert found("图书馆几点开门") == [("hours", "published")]
    desk.save("li", FaqEntry("hours", "图书馆几点开门？", ("阅览室开放到几点",), "九点。"), 1)
    assert found("阅览室开放到几点") == [("hours", "draft")]
    desk.archive("wang", "hours", 2)
    assert found("图书馆几点开门") == []
    store.replace_faq([FaqEntry("card", "借书证怎么办理？", (), "到窗口。")])
    assert found("停车场怎么收费") == [] and found("借书证怎么办理") == [("card", "published")]


def test_what_is_published_together_is_dated_when_its_turn_to_write_has_come(store, desk, monkeypatch):
    entry_id = desk.save("li", ENTRY, None).entry.id
    desk.submit("li", entry_id, 1)
    steps = []
    changing = store.faq_table.changing

    @contextmanager
    def watched():
        with changing() as faq:
            steps.append("writes")
            yield faq
            steps.append("wrote")

    def now():
        steps.append("dated")
        return NOW

    monkeypatch.setattr(store.faq_table, "changing", watched)
    together = FaqTogether(jobs=None, store=store, faq=desk, trials=None, now=now)
    chosen = together.chosen("wang", [entry_id])
    assert together.publish("wang", TriedTogether(chosen, store.revision(), {"worse": 0}, ())) == 1
    assert (steps, desk.head(entry_id).changed) == (["writes", "dated", "wrote"], NOW)
