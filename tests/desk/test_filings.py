"""Reports at the desk: uploaded, read behind the requests, corrected, published, replaced, withdrawn, put back."""

import io
import os
import signal
import zipfile
from datetime import date

import pytest
from colleague import Colleague

from assistant.desk import OPERATOR, Filings, People, ReadingQueue
from assistant.errors import AnanError, BadInput, NotFound
from assistant.reports import read_bytes
from assistant.store import Saved, Store

MEGABYTE = 1024 * 1024
PAGE = """<html><head><title>演示市粮食局{year}年政府信息公开工作年度报告</title></head><body>
<h1>演示市粮食局{year}年政府信息公开工作年度报告</h1>
<p>一、概述</p><p>本年度演示市粮食局主动公开政府信息{count}条，{more}全年没有收费。</p>
<p>二、主动公开情况</p><p>{year}年，通过网站公开政府信息{count}条。</p></body></html>"""


EDITOR = Colleague("zhang", department="办公室")
OTHER = Colleague("li", department="人事科")
REVIEWER = Colleague("wang", "reviewer")
ADMIN = Colleague("admin", "admin")


def page(year=2015, count=120, more=""):
    return PAGE.format(year=year, count=count, more=more).encode()


class _Inline(ReadingQueue):
    """Reads at once in this process: the thread and its process have tests of their own."""

    def __init__(self, store):
        super().__init__(store, MEGABYTE, 60)
        self._kept = store.filings

    def wake(self):
        while filing := self._kept.waiting():
            self._kept.was_read(filing.id, read_bytes(self._kept.file(filing.id), filing.file_name))


@pytest.fixture
def filings(store):
    return Filings(store, _Inline(store), lambda: None, MEGABYTE)


def uploaded(filings, data, by=EDITOR, name="报告.html", replaces=""):
    return filings.upload(by, name, data, replaces).id


def edits(filings, filing_id):
    return filings.see(ADMIN, filing_id).filing.edits


def published(filings, filing_id, reason=""):
    filings.publish(REVIEWER, filing_id, edits(filings, filing_id), reason)


def refused(act):
    with pytest.raises(AnanError) as told:
        act()
    return told.value.status, told.value.code


def steps(store):
    return [(each.actor, each.action) for each in reversed(store.audit.entries(100))]


def test_only_what_is_published_is_the_citizens(store, filings):
    first = uploaded(filings, page())
    seen = filings.see(EDITOR, first)
    assert (seen.filing.state, seen.report.title, seen.report.year) == (
        "uploaded",
        "演示市粮食局2015年政府信息公开工作年度报告",
        2015,
    )
    assert "索引号" in seen.missing
    assert (store.counts().reports, store.reports(), store.revision()) == (0, [], 0)
    with pytest.raises(AnanError) as refusal:
        filings.publish(EDITOR, first, seen.filing.edits)
    assert refusal.value.status == 403
    published(filings, first)
    assert [each.title for each in store.reports()] == [seen.report.title]
    assert len(store.index_queue()) == 1
    filings.withdraw(REVIEWER, first, edits(filings, first), "数字有误")
    assert (store.counts().reports, filings.see(EDITOR, first).filing.reason) == (0, "数字有误")
    published(filings, first)
    assert store.report(seen.report.id).text == seen.report.text
    assert steps(store) == [
        ("zhang", "report.uploaded"),
        ("wang", "report.published"),
        ("wang", "report.withdrawn"),
        ("wang", "report.published"),
    ]


def test_a_new_version_takes_the_place_and_the_old_can_be_put_back(store, filings):
    old = uploaded(filings, page(count=120))
    published(filings, old)
    new = uploaded(filings, page(count=130))
    assert [title for _, title in filings.see(EDITOR, new).replaces] == ["演示市粮食局2015年政府信息公开工作年度报告"]
    published(filings, new)
    [report] = store.reports()
    assert "130条" in store.report(report.id).text
    assert [each.state for each in filings.see(EDITOR, old).versions] == ["published", "replaced"]
    published(filings, old)
    assert "120条" in store.report(report.id).text
    assert {each.id: each.state for each in filings.see(EDITOR, old).versions} == {old: "published", new: "replaced"}


def test_a_version_for_a_report_of_another_name_keeps_its_address(store, filings):
    old = uploaded(filings, page(2015))
    published(filings, old)
    report_id = store.reports()[0].id
    new = uploaded(filings, page(2016), replaces=report_id)
    published(filings, new)
    assert [(each.id, each.year) for each in store.reports()] == [(report_id, 2016)]


def test_corrections_are_kept_apart_and_survive_every_new_reading(store, filings):
    first = uploaded(filings, page())
    typed = {"title": "演示市粮食局2014年年报", "year": "2014", "published": "2015-03-09", "index_number": "LS-1"}
    filings.correct(EDITOR, first, edits(filings, first), typed)
    filings.read_again(EDITOR, first, edits(filings, first))
    seen = filings.see(EDITOR, first)
    assert (seen.read.year, seen.report.year, seen.corrections["year"]) == (2015, 2014, 2014)
    published(filings, first)
    report = store.reports()[0]
    assert (report.title, report.year, report.published, report.index_number) == (
        "演示市粮食局2014年年报",
        2014,
        date(2015, 3, 9),
        "LS-1",
    )
    # The operator's way: the same file, and a better one.
    assert store.save(read_bytes(page(), "报告.html")) is Saved.UNCHANGED
    assert store.save(read_bytes(page(count=121), "报告.html")) is Saved.REPLACED
    again = store.reports()[0]
    assert (again.id, again.title, again.year) == (report.id, report.title, 2014)
    assert "121条" in store.report(again.id).text
    newest = filings.shelf(EDITOR, state="published").rows[0]
    assert filings.see(EDITOR, newest.id).read.year == 2015
    filings.correct(EDITOR, newest.id, newest.edits, {})
    published(filings, newest.id)
    assert (store.reports()[0].year, store.reports()[0].title) == (2015, filings.see(EDITOR, newest.id).read.title)


def test_a_correction_of_what_is_published_waits_for_somebody_else(store, filings):
    for login in ("wang", "admin"):
        People(store).add(OPERATOR, login, login, "admin", "", "灯塔下面的第七只灰雀", must_change=False)
    first = uploaded(filings, page())
    published(filings, first)
    title = store.reports()[0].title
    assert refused(lambda: published(filings, first)) == (409, "wrong_state")  # nothing waits
    filings.correct(REVIEWER, first, edits(filings, first), {"title": title, "year": "2013"})
    seen = filings.see(EDITOR, first)
    assert (seen.waiting, seen.filing.state, seen.authors) == ({"year": (2015, 2013)}, "published", {"wang"})
    shelf = filings.shelf(EDITOR, state="unpublished")
    assert [each.id for each in shelf.rows] == [first] and shelf.waiting == {first}
    assert refused(lambda: published(filings, first)) == (403, "own_change")
    # Whoever saves the form as it is has corrected nothing, and is as free to publish as before.
    before = edits(filings, first), store.audit.head()
    assert not filings.correct(ADMIN, first, before[0], {"title": title, "year": "2013"})
    assert (edits(filings, first), store.audit.head()) == before
    # Nor does it come out with a better file, the operator's way.
    assert store.save(read_bytes(page(count=121), "报告.html")) is Saved.REPLACED
    assert store.reports()[0].year == 2015
    newest = filings.shelf(EDITOR, state="published").rows[0].id
    assert filings.shelf(EDITOR).waiting == {newest}
    filings.publish(ADMIN, newest, edits(filings, newest))
    assert (store.reports()[0].year, store.reports()[0].title) == (2013, title)
    assert not filings.shelf(EDITOR).waiting and not filings.see(EDITOR, newest).waiting
    told = store.audit.entries(1)[0]
    assert (told.actor, told.action, told.details["corrected"]) == (ADMIN.login, "report.published", ["year"])
    assert store.save(read_bytes(page(count=122), "报告.html")) is Saved.REPLACED
    assert store.reports()[0].year == 2013


def test_a_published_report_is_not_corrected_into_another(store, filings):
    for year in (2015, 2016):
        published(filings, uploaded(filings, page(year)))
    first, second = store.reports()
    filing = next(each for each in filings.shelf(ADMIN).rows if each.report_id == first.id)
    with pytest.raises(AnanError) as refusal:
        filings.correct(ADMIN, filing.id, filing.edits, {"title": second.title})
    assert (refusal.value.code, len(store.reports())) == ("same_identity", 2)


@pytest.mark.parametrize(
    "typed",
    [
        {"year": "二〇一五"},
        {"year": "1066"},
        {"published": "2015-02-30"},
        {"url": "javascript:alert(1)"},
        {"title": "长" * 201},
    ],
)
def test_a_correction_that_does_not_do_is_refused(filings, typed):
    first = uploaded(filings, page())
    with pytest.raises(BadInput):
        filings.correct(EDITOR, first, edits(filings, first), typed)


def test_sensitive_information_is_published_only_for_a_reason_which_is_logged(store, filings):
    first = uploaded(filings, page(more="联系人身份证号11010519491231002X，"))
    assert "identity" in {each.kind for each in filings.see(EDITOR, first).sensitive}
    with pytest.raises(AnanError) as refusal:
        published(filings, first)
    assert (refusal.value.code, store.counts().reports) == ("sensitive", 0)
    published(filings, first, "本人同意公开")
    assert store.audit.entries(1)[0].details["reason"] == "本人同意公开"


def test_nobody_publishes_what_went_through_their_own_hands_but_who_is_alone_and_says_why(store, filings):
    people = People(store)
    people.add(OPERATOR, "wang", "王五", "admin", "", "灯塔下面的第七只灰雀", must_change=False)
    first = uploaded(filings, page(2015), by=REVIEWER)
    number = edits(filings, first)
    assert refused(lambda: filings.publish(REVIEWER, first, number)) == (409, "reason_missing")
    people.add(OPERATOR, "zhao", "赵六", "reviewer", "", "灯塔下面的第七只灰雀", must_change=False)
    assert refused(lambda: filings.publish(REVIEWER, first, number, "急")) == (403, "own_change")
    second = uploaded(filings, page(2016))
    filings.correct(REVIEWER, second, edits(filings, second), {"title": "演示市粮食局年报"})
    assert refused(lambda: published(filings, second)) == (403, "own_change")
    filings.publish(Colleague("zhao", "reviewer"), second, edits(filings, second))
    people.change(OPERATOR, people.named("zhao").id, active=False)
    published(filings, first, "只有一位审核人")
    told = store.audit.entries(1, action="report.published")[0].details
    assert (told["alone"], told["reason"]) == (True, "只有一位审核人")


def test_corrections_of_one_version_are_ones_own_in_the_next_until_somebody_else_published_them(store, filings):
    people, zhao = People(store), Colleague("zhao", "reviewer")
    for login in ("wang", "zhao"):
        people.add(OPERATOR, login, login, "reviewer", "", "灯塔下面的第七只灰雀", must_change=False)
    old = uploaded(filings, page(count=120))
    filings.correct(REVIEWER, old, edits(filings, old), {"title": "演示市粮食局年报"})
    new = uploaded(filings, page(count=130))
    assert filings.see(EDITOR, new).report.title == "演示市粮食局年报"
    assert refused(lambda: published(filings, new)) == (403, "own_change")
    filings.remove(ADMIN, old, edits(filings, old))
    assert refused(lambda: published(filings, new)) == (403, "own_change")
    filings.publish(zhao, new, edits(filings, new))
    newest = uploaded(filings, page(count=140))
    filings.correct(zhao, new, edits(filings, new), {"title": "演示市粮食局年报", "index_number": "LS-1"})
    assert refused(lambda: filings.publish(zhao, newest, edits(filings, newest))) == (403, "own_change")
    published(filings, newest)
    assert [each.title for each in store.reports()] == ["演示市粮食局年报"]


def test_what_came_the_operators_way_is_published_and_can_be_withdrawn_for_good(store, filings):
    report = read_bytes(page(), "报告.html")
    assert store.save(report) is Saved.ADDED
    [filing] = filings.shelf(EDITOR).rows
    assert (filing.state, filing.filed_by, filings.see(EDITOR, filing.id).report) == ("published", "命令行", report)
    filings.withdraw(REVIEWER, filing.id, filing.edits, "有个人信息")
    assert store.save(report) is Saved.WITHDRAWN
    assert store.counts().reports == 0
    assert store.save(read_bytes(page(count=121), "报告.html")) is Saved.ADDED
    assert store.remove(report.id)
    assert [each.state for each in filings.shelf(ADMIN).rows] == ["withdrawn"]


def test_another_departments_unpublished_report_is_not_there_for_an_editor(store, filings):
    first = uploaded(filings, page(more="内部事项"))
    number = edits(filings, first)
    assert not filings.shelf(OTHER).rows and not filings.shelf(OTHER, words="内部事项").rows
    assert [each.id for each in filings.shelf(EDITOR, words="内部事项").rows] == [first]
    for attempt in (
        lambda: filings.see(OTHER, first),
        lambda: filings.original(OTHER, first),
        lambda: filings.correct(OTHER, first, number, {"year": "2014"}),
        lambda: filings.publish(OTHER, first, number),
        lambda: filings.withdraw(OTHER, first, number, "好"),
        lambda: filings.read_again(OTHER, first, number),
        lambda: filings.remove(OTHER, first, number),
    ):
        with pytest.raises(NotFound):
            attempt()
    published(filings, first)
    assert filings.see(OTHER, first).filing.state == "published"


def test_only_an_administrator_deletes_and_only_what_is_not_published(store, filings):
    first = uploaded(filings, page())
    published(filings, first)
    for person, status in ((REVIEWER, 403), (ADMIN, 409)):
        with pytest.raises(AnanError) as refusal:
            filings.remove(person, first, edits(filings, first))
        assert refusal.value.status == status
    filings.withdraw(REVIEWER, first, edits(filings, first), "过期")
    filings.remove(ADMIN, first, edits(filings, first))
    with pytest.raises(NotFound):
        filings.see(ADMIN, first)


def test_two_at_one_report_the_second_is_told(filings):
    first = uploaded(filings, page())
    number = edits(filings, first)
    filings.correct(EDITOR, first, number, {"year": "2014"})
    with pytest.raises(AnanError) as refusal:
        filings.correct(REVIEWER, first, number, {"year": "2013"})
    assert refusal.value.code == "changed_meanwhile"
    assert filings.see(EDITOR, first).report.year == 2014


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("图.png", page(), 400),
        ("图.png", SVG, 400),
        ("图.svg", SVG, 400),
        ("报告.html", SVG, 400),
        ("报告.txt", b'<?xml version="1.0"?>' + SVG, 400),
        ("报告.pdf", page(), 400),
        ("报告.docx", page(), 400),
        ("程序.exe", b"MZ\x90\x00", 400),
        ("报告.txt", b"MZ\x90\x00\x03", 400),
        ("空.txt", b"", 400),
        ("", page(), 400),
        ("../..", page(), 400),
        ("大.txt", b"a" * (MEGABYTE + 1), 413),
    ],
)
def test_a_file_that_is_not_what_it_says_is_not_taken(filings, name, data, status):
    with pytest.raises(BadInput) as refusal:
        filings.upload(EDITOR, name, data)
    assert refusal.value.status == status
    assert not filings.shelf(ADMIN).rows


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/报告.html", "报告.html"),
        ("C:\\文件\\报告.html", "报告.html"),
        ("报告\u202elmth.html", "报告lmth.html"),
        ("报\n告\x00.html", "报 告.html"),
        ("<img src=x onerror=alert(1)>.html", "<img src=x onerror=alert(1)>.html"),
        ("长" * 300 + ".html", "长" * 115 + ".html"),
    ],
)
def test_a_files_name_loses_its_folders_and_what_is_not_seen(filings, name, kept):
    assert filings.upload(EDITOR, name, page()).file_name == kept


def bomb():
    """A document whose one part unpacks to sixty megabytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"\0" * (300 * MEGABYTE))
    return made.getvalue()


def test_files_are_read_in_their_turn_by_a_process_of_its_own_and_a_bomb_hurts_nobody(store):
    queue = ReadingQueue(store, MEGABYTE, 60)
    filings = Filings(store, queue, lambda: None, MEGABYTE)
    packed = filings.upload(EDITOR, "炸弹.docx", bomb()).id
    good = filings.upload(EDITOR, "报告.html", page()).id
    assert queue.wait_until_idle(120)
    assert filings.see(EDITOR, good).filing.state == "uploaded"
    lost = filings.see(EDITOR, packed).filing
    assert lost.state == "failed" and lost.reason
    queue.close()


def test_what_waited_when_the_server_stopped_is_read_at_the_next_start(store):
    stopped = ReadingQueue(store, MEGABYTE, 60)
    stopped.close()
    waiting = Filings(store, stopped, lambda: None, MEGABYTE).upload(EDITOR, "报告.html", page()).id
    assert store.filings.get(waiting).state == "waiting"
    queue = ReadingQueue(store, MEGABYTE, 60)
    queue.wake()
    assert queue.wait_until_idle(120)
    assert store.filings.get(waiting).state == "uploaded"
    queue.close()


def test_too_many_files_are_turned_away(filings, store, monkeypatch):
    monkeypatch.setattr("assistant.desk.filings.FILES_MOST", 1)
    uploaded(filings, page(2015))
    with pytest.raises(AnanError) as refusal:
        uploaded(filings, page(2016))
    assert refusal.value.status == 507


def _publish_and_withdraw(path, said):
    """What the process does that is killed: publishes one version over the other, and withdraws, without end."""
    with Store.open(path) as store:
        filings = Filings(store, _Inline(store), lambda: None, MEGABYTE)
        versions = sorted(each.id for each in store.filings.page(10))
        os.write(said, b".")
        while True:
            for filing_id in versions:
                if store.filings.get(filing_id).state != "published":
                    published(filings, filing_id)
                os.write(said, b".")
            filings.withdraw(REVIEWER, versions[-1], edits(filings, versions[-1]), "轮换")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_while_publishing_the_store_is_whole_every_time(tmp_path):
    path = tmp_path / "anan.db"
    with Store.open(path) as store:
        filings = Filings(store, _Inline(store), lambda: None, MEGABYTE)
        for count in (120, 130):
            uploaded(filings, page(count=count))
    for turn in range(20):
        hears, says = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(hears)
            try:
                _publish_and_withdraw(path, says)
            finally:
                os._exit(1)
        os.close(says)
        assert os.read(hears, 1) == b"."
        # After so many steps, and then at once: it meets the process in the middle of the next one.
        for _ in range(turn % 7):
            assert os.read(hears, 1) == b"."
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(hears)
        with Store.open(path) as store:
            held = store.reports()
            states = [each.state for each in store.filings.page(10)]
            assert states.count("published") == len(held) <= 1
            for summary in held:
                [filing] = store.filings.page(10, states=("published",))
                read, _ = store.filings.content(filing)
                assert (read.content_hash, filing.report_id) == (summary.content_hash, summary.id)
                assert len(store.report_passages(summary.id)) == summary.passage_count
            assert store.audit.verify().broken_at is None
