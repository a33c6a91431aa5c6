"""Versions of FAQ entries beneath the desk: what is live while a newer draft is edited, and old stores brought up."""

import sqlite3
from dataclasses import replace
from datetime import date, datetime, timezone

from assistant.store import FaqEntry, Store
from assistant.store.faq_records import FaqFilter, FaqHead, FaqVersion
from assistant.store.migrate import MIGRATIONS

NOW = datetime(2026, 3, 1, 8, tzinfo=timezone.utc)
ENTRY = FaqEntry(
    "hours",
    "几点上班？",
    ("几点开门",),
    "九点。",
    "演示局",
    tags=("时间", '引"号'),
    owner="li",
    valid_from=date(2026, 1, 1),
    valid_until=date(2026, 12, 31),
    links=("abc#p1@00",),
)


def put(store, head, *, publishes, new=True):
    version = FaqVersion(head.entry, head.version, head.author, NOW, "改了")
    with store.faq_table.changing() as faq:
        faq.put([head], [version] if new else [], publishes=publishes)


def test_the_published_version_stays_live_while_a_newer_draft_is_edited(store):
    put(store, FaqHead(ENTRY, 0, 1, 1, 1, "li", NOW), publishes=True)
    revision = store.revision()
    draft = replace(ENTRY, answer="八点半。", state="draft")
    put(store, FaqHead(draft, 0, 2, 1, 1, "wang", NOW), publishes=False)
    assert store.revision() == revision
    assert store.faq() == [ENTRY] == store.faq(state=None)
    assert store.faq("draft") == [draft] == [store.faq_table.head("hours").entry]
    assert [(each.number, each.author, each.entry.answer) for each in store.faq_table.versions("hours")] == [
        (2, "wang", "八点半。"),
        (1, "li", "九点。"),
    ]
    with store.faq_table.changing() as faq:
        assert faq.authors_since("hours", 1) == {"wang"}


def test_entries_are_found_by_what_they_hold(store):
    other = FaqEntry("fee", "收费吗？", (), "不收100%。", state="draft")
    put(store, FaqHead(ENTRY, 0, 1, 1, 1, "li", NOW), publishes=True)
    put(store, FaqHead(other, 1, 1, None, 0, "li", NOW), publishes=False)

    def found(**wanted):
        count, heads = store.faq_table.page(FaqFilter(**wanted), 0, 10)
        assert count == len(heads) == len(store.faq_table.fitting_ids(FaqFilter(**wanted)))
        return [head.entry.id for head in heads]

    assert found() == ["hours", "fee"]
    assert found(state="draft") == ["fee"]
    assert found(tag='引"号') == ["hours"] and found(tag="时") == []
    assert found(text="100%") == ["fee"] and found(text="开门") == ["hours"] and found(text="_") == []
    assert found(until=date(2026, 12, 31)) == ["hours"] and found(until=date(2026, 12, 30)) == []
    assert found(publisher="演示局", owner="li") == ["hours"]
    assert store.faq_table.words_used() == (["演示局"], ["li"], ['引"号', "时间"])


def test_a_replaced_faq_keeps_the_versions_of_what_stays(store):
    store.replace_faq([ENTRY])
    store.replace_faq([replace(ENTRY, answer="八点。"), replace(ENTRY, id="new")])
    assert [each.entry.answer for each in store.faq_table.versions("hours")] == ["八点。", "九点。"]
    store.replace_faq([replace(ENTRY, id="new")])
    assert store.faq_table.versions("hours") == [] and store.faq_table.head("hours") is None


def test_entries_of_an_older_store_become_their_own_first_versions(path):
    from alembic import command
    from alembic.config import Config

    from assistant.store.database import Database

    database = Database(path)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.migrate() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "r0004")
    database.close()
    connection = sqlite3.connect(path)
    row = "INSERT INTO faq_entries VALUES (?, ?, ?, ?, '局', '源', '', '[\"甲\"]', '2024-05-06', ?)"
    connection.execute(row, ("a", 0, "问甲？", "答甲。", "published"))
    connection.execute(row, ("b", 1, "问乙？", "答乙。", "draft"))
    connection.execute("INSERT INTO faq_phrasings VALUES ('a', 0, '甲')")
    connection.commit()
    connection.close()
    first = FaqEntry("a", "问甲？", ("甲",), "答甲。", "局", "源", "", ("甲",), date(2024, 5, 6))
    with Store.open(path) as store:
        assert store.faq() == [first]
        assert [each.entry for each in store.faq_table.versions("a")] == [replace(first, state="")]
        assert store.faq("draft")[0].answer == "答乙。"
