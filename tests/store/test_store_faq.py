from dataclasses import replace
from datetime import date

import pytest

from assistant.errors import BadInput
from assistant.store import FaqChanges, FaqEntry
from assistant.store.faq_file import read_faq, write_faq

HOURS = FaqEntry(
    id="hours",
    question="政务服务大厅几点上班？",
    phrasings=("大厅什么时候开门", "几点可以办事"),
    answer="工作日上午九点到下午五点。",
    publisher="演示市政务服务中心",
    source="办事指南",
    url="https://example.gov.cn/hours",
    tags=("办事", "时间"),
    updated=date(2024, 5, 6),
)
FEE = FaqEntry(id="fee", question="申请公开信息收费吗？", phrasings=(), answer="一般不收费。")
APPLY = FaqEntry(id="apply", question="怎样申请公开？", phrasings=("如何申请",), answer="填写申请表。")


def test_an_empty_faq(store):
    assert store.faq() == []


def test_the_faq_comes_back_in_order(store):
    assert store.replace_faq([HOURS, FEE, APPLY]) == FaqChanges(added=3, changed=0, removed=0)
    assert store.faq() == [HOURS, FEE, APPLY]


def test_replacing_tells_what_changed(store):
    store.replace_faq([HOURS, FEE])
    before = store.revision()
    new = replace(HOURS, phrasings=("大厅什么时候开门",))
    assert store.replace_faq([APPLY, new]) == FaqChanges(added=1, changed=1, removed=1)
    assert store.faq() == [APPLY, new]
    assert store.revision() != before


def test_an_equal_faq_writes_nothing_and_a_new_order_is_kept(store):
    store.replace_faq([HOURS, FEE])
    before = store.revision()
    assert store.replace_faq([HOURS, FEE]) == FaqChanges(0, 0, 0)
    assert store.revision() == before
    assert store.replace_faq([FEE, HOURS]) == FaqChanges(0, 0, 0)
    assert store.faq() == [FEE, HOURS]
    assert store.revision() != before


def test_citizens_are_given_published_entries_only(store):
    draft = replace(FEE, state="draft")
    store.replace_faq([HOURS, draft])
    assert store.faq() == [HOURS]
    assert store.faq(state="draft") == [draft]
    assert store.faq(state=None) == [HOURS, draft]


def test_two_entries_with_one_id_are_refused_and_nothing_changes(store):
    store.replace_faq([HOURS])
    with pytest.raises(BadInput, match="fee"):
        store.replace_faq([FEE, APPLY, replace(APPLY, id="fee")])
    assert store.faq() == [HOURS]


def test_the_faq_can_be_emptied(store):
    store.replace_faq([HOURS, FEE])
    assert store.replace_faq([]) == FaqChanges(0, 0, 2)
    assert store.faq() == []
    assert store.counts().faq_entries == 0


def test_a_file_keeps_drafts_drafts(tmp_path):
    entries = [FaqEntry("a", "问甲？", (), "答甲。", state="draft"), FaqEntry("b", "问乙？", ("乙",), "答乙。")]
    write_faq(entries, tmp_path / "faq.yaml")
    assert read_faq(tmp_path / "faq.yaml") == entries
    (tmp_path / "faq.yaml").write_text("- {question: 问, answer: 答, state: 随便}", encoding="utf-8")
    with pytest.raises(BadInput, match="state"):
        read_faq(tmp_path / "faq.yaml")
