import sqlite3
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import is_whole, make_report

from assistant.errors import AnanError, BadInput, Busy
from assistant.store import Counts, Saved, Store


def test_a_saved_report_comes_back_whole(store):
    report = make_report()
    assert store.save(report) is Saved.ADDED
    stored = store.report(report.id)
    assert is_whole(stored, report)
    for passage in stored.passages:
        assert stored.text[passage.start : passage.end] == passage.text
    summary = stored.summary
    for name in ("identity", "publisher", "index_number", "published", "year", "summary", "url"):
        assert getattr(summary, name) == getattr(report, name)
    assert summary.ingested_at.tzinfo == timezone.utc
    assert abs(datetime.now(timezone.utc) - summary.ingested_at) < timedelta(hours=1)


def test_it_comes_back_after_closing(path):
    report = make_report()
    with Store.open(path) as store:
        store.save(report)
    with Store.open(str(path)) as store:
        assert is_whole(store.report(report.id), report)


def test_what_a_page_does_not_say_stays_unsaid(store):
    report = make_report(published=None, year=None, publisher="", index_number="", url="", summary="")
    store.save(report)
    summary = store.report(report.id).summary
    assert (summary.published, summary.year, summary.publisher) == (None, None, "")


def test_a_report_without_sections_and_passages(store):
    report = make_report(sections=(), passages=0)
    assert store.save(report) is Saved.ADDED
    assert is_whole(store.report(report.id), report)
    assert store.report(report.id).passages == ()


def test_saving_the_same_again_writes_nothing(store, path):
    store.save(make_report())
    before = (store.report(make_report().id), store.revision(), store.index_queue())
    with sqlite3.connect(path) as other:
        written = other.execute("PRAGMA data_version").fetchone()
        assert store.save(make_report()) is Saved.UNCHANGED
        assert other.execute("PRAGMA data_version").fetchone() == written
    other.close()
    assert (store.report(make_report().id), store.revision(), store.index_queue()) == before


def test_a_changed_report_takes_the_place_of_the_old(store):
    store.save(make_report(version=1, passages=8))
    old = store.report(make_report().id).passages
    store.save(make_report(2))
    changed = make_report(version=2, passages=3)
    assert store.save(changed) is Saved.REPLACED
    stored = store.report(changed.id)
    assert is_whole(stored, changed)
    assert not {p.id for p in old} & {p.id for p in stored.passages}
    assert store.passages(p.id for p in old) == {}
    assert len(store.reports()) == 2


def test_the_same_identity_under_another_id_is_the_same_report(store):
    old = make_report(version=1)
    store.save(old)
    moved = replace(make_report(version=2), id="0123456789ab")
    assert store.save(moved) is Saved.REPLACED
    assert [summary.id for summary in store.reports()] == [moved.id]
    assert {entry.report_id for entry in store.index_queue()} == {old.id, moved.id}
    assert store.save(moved) is Saved.UNCHANGED


def test_passage_ids_are_never_used_again(store):
    seen = set()
    for version in range(4):
        report = make_report(version=version)
        store.save(report)
        ids = {passage.id for passage in store.report(report.id).passages}
        assert len(ids) == 6
        assert not ids & seen
        seen |= ids
        store.remove(report.id)


def test_remove(store):
    report, other = make_report(1), make_report(2)
    store.save(report)
    store.save(other)
    assert store.remove(report.id) is True
    assert store.report(report.id) is None
    assert store.remove(report.id) is False
    assert store.counts() == Counts(reports=1, passages=6, faq_entries=0, waiting=2)


def test_passages_by_id(store):
    reports = [make_report(number) for number in range(120)]
    for report in reports:
        store.save(report)
    everything = {passage.id: passage for report in reports for passage in store.report(report.id).passages}
    assert len(everything) == 720
    wanted = sorted(everything)[::-1]
    assert store.passages(wanted) == everything  # more than one SELECT holds
    assert store.passages([wanted[5], wanted[5], 10**9, -1]) == {wanted[5]: everything[wanted[5]]}
    assert store.passages([]) == {}


def test_reports_by_publisher_then_the_newest_year(store):
    wanted = [("", 2016), ("乙局", 2018), ("乙局", 2016), ("乙局", None), ("甲局", 2017)]
    for number, (publisher, year) in enumerate(reversed(wanted)):
        store.save(make_report(number, publisher=publisher, year=year, published=date(2020, 1, 1)))
    assert [(summary.publisher, summary.year) for summary in store.reports()] == wanted


def test_summaries_by_id(store):
    reports = [make_report(number) for number in range(3)]
    for report in reports:
        store.save(report)
    found = store.report_summaries([reports[0].id, reports[2].id, "nothing"])
    assert found == {summary.id: summary for summary in store.reports() if summary.id != reports[1].id}
    assert store.report_summaries([]) == {}
    assert store.report("nothing") is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200), title=st.text("'\"%;\\😀\x00中a", max_size=9)
)
def test_any_text_comes_back_as_it_was(store, text, title):
    report = make_report(text=text, title=title, passages=0, sections=())
    store.save(report)
    stored = store.report(report.id)
    assert (stored.text, stored.summary.title) == (text, title)


def test_a_text_that_cannot_be_stored_is_refused_and_changes_nothing(store):
    store.save(make_report(version=1))
    with pytest.raises(BadInput, match="残缺字符"):
        store.save(make_report(version=2, summary="\ud800"))
    assert is_whole(store.report(make_report().id), make_report(version=1))


def test_a_failure_in_the_middle_leaves_the_old_report_whole(store):
    old = make_report(version=1)
    store.save(old)
    before = (store.revision(), store.index_queue(), store.counts())
    new = make_report(version=2)
    broken = replace(new, passages=(*new.passages[:-1], replace(new.passages[-1], text=None)))
    with pytest.raises(AnanError, match="数据库"):
        store.save(broken)
    assert is_whole(store.report(old.id), old)
    assert (store.revision(), store.index_queue(), store.counts()) == before
    assert store.save(new) is Saved.REPLACED


def test_the_revision_follows_every_change_of_a_report(store):
    seen = [store.revision()]
    for change in (
        lambda: store.save(make_report(version=1)),
        lambda: store.save(make_report(version=2)),
        lambda: store.remove(make_report().id),
    ):
        change()
        seen.append(store.revision())
    assert len(set(seen)) == 4
    store.remove("nothing")
    store.enqueue_all()
    store.settle_index([entry.sequence for entry in store.index_queue()])
    assert store.revision() == seen[-1]


def test_a_writer_that_waits_too_long_is_told_and_readers_go_on(path):
    with Store.open(path, busy_timeout_s=0.05) as store:
        store.save(make_report(1))
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="请稍后再试"):
            store.save(make_report(2))
        assert is_whole(store.report(make_report(1).id), make_report(1))
        assert store.save(make_report(1)) is Saved.UNCHANGED
        holder.execute("ROLLBACK")
        holder.close()
        assert store.save(make_report(2)) is Saved.ADDED
