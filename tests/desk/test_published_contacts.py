"""Which contacts a body has published: known however they are written, and by nothing that is longer."""

from dataclasses import replace

import pytest

from assistant.desk.faq import FaqDesk
from assistant.desk.published_contacts import PublishedContacts
from assistant.reports import Metadata, compose
from assistant.store import FaqEntry, Store

TEXT = (
    "二、联系方式\n本机关电话：（0309）555-7788，传真5557799，邮箱Xxgk@Example.gov.cn。"
    "全年受理5554321件，流水号03095556677001。"
)
REPORT = Metadata(title="演示市民政局2020年政府信息公开工作年度报告", publisher="演示市民政局", year=2020)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "anan.db") as store:
        store.save(compose(REPORT, TEXT))
        yield store


@pytest.mark.parametrize(
    ("written", "is_published"),
    [
        ("0309-5557788", True),
        ("（0309）5557788", True),
        ("+86 309 555 7788", True),
        ("零三零九五五五七七八八", True),
        ("0309-5557799", True),  # published without its area code
        ("xxgk@example.gov.cn", True),
        ("0310-5557788", False),
        ("0309-555778", False),
        ("0309-5556677", False),  # only within a longer number
        ("0309-5554321", False),  # an amount
        ("gk@example.gov.cn", False),
        ("0310-2345678", True),  # the office of the settings
    ],
)
def test_a_contact_is_published_as_a_whole_however_it_is_written(store, written, is_published):
    assert PublishedContacts(store, office="请打（0310）234-5678")(written) == is_published


def test_what_citizens_are_answered_is_published_and_a_draft_is_not(store):
    known, desk = PublishedContacts(store), FaqDesk(store)
    entry = FaqEntry("mzj", "民政局电话多少？", (), "请打0309-5550011。", state="published")
    assert not known("0309-5550011")
    store.replace_faq([entry])
    assert known("0309-5550011")
    desk.save("li", replace(entry, answer="请打0309-5550022。"), 1)
    assert known("0309-5550011") and not known("0309-5550022")
    store.replace_faq([])
    store.remove(store.reports()[0].id)
    assert not known("0309-5550011") and not known("0309-5557788")
