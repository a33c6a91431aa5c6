"""FAQ entries out to an office program and back: the same, no formulas, every row's fate told, all or nothing."""

import csv
import io
import multiprocessing
import random
import shutil
import signal
import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assistant.desk.faq import FaqDesk
from assistant.desk.faq_import import FaqImport
from assistant.desk.faq_sheets import KINDS, neutral, read_sheet, restored, write_sheet
from assistant.errors import AnanError
from assistant.store import FaqEntry, Store

ENTRY = FaqEntry(
    "hours",
    "几点上班？",
    ("几点开门", "=1+1"),
    "**九点**。\n- 周末休息",
    "演示局",
    "指南",
    "https://a.example/b",
    ("时间", "@窗口"),
    date(2026, 3, 1),
    owner="li",
    valid_from=date(2026, 1, 1),
    valid_until=date(2026, 12, 31),
    links=("0123456789ab#p3@00112233",),
)
HOSTILE = ("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "'=1", "＝1", "平常的话")
FIELDS = ("question", "phrasings", "answer", "publisher", "source", "url", "tags", "updated", "owner", "links")


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "anan.db") as store:
        yield store


def as_row(entry):
    return {name: getattr(entry, name) for name in FIELDS}


def many(count, answer="答。"):
    return [
        FaqEntry(f"e{number}", f"第{number}个问题？", (f"问法{number}",), answer, "演示局") for number in range(count)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_comes_back_the_same(kind):
    rows = read_sheet(write_sheet([ENTRY, replace(ENTRY, id="x", answer="-1℃以下停课")], kind), f"问.{kind}")
    assert [row.problem for row in rows] == ["", ""]
    assert {name: rows[0].fields.get(name) for name in FIELDS} == as_row(ENTRY)
    assert (rows[0].fields["valid_from"], rows[0].fields["id"]) == (date(2026, 1, 1), "hours")
    assert rows[1].fields["answer"] == "-1℃以下停课"


@given(st.text(alphabet="'=+-@＝\t\n甲1", max_size=6))
@settings(max_examples=300)
def test_no_text_is_a_formula_and_every_text_comes_back(text):
    assert restored(neutral(text)) == text
    assert neutral(text)[:1] not in tuple("=+-@＝\t\n")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_no_cell_of_an_export_is_a_formula(kind):
    data = write_sheet([replace(ENTRY, question=text, answer=text, publisher=text) for text in HOSTILE], kind)
    if kind == "csv":
        cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
    else:
        grid = load_workbook(io.BytesIO(data)).worksheets[0]
        assert {cell.data_type for row in grid.iter_rows() for cell in row} <= {"s", "n"}
        cells = [str(cell.value or "") for row in grid.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@＝\t")]
    assert [row.fields["answer"] for row in read_sheet(data, f"x.{kind}")] == list(HOSTILE)


def test_each_row_is_told_its_fate_and_nothing_is_published_by_a_file(store):
    desk, importing = FaqDesk(store), FaqImport(store)
    store.replace_faq([ENTRY, replace(ENTRY, id="b", question="收费吗？")])
    sheet = (
        "编号,问题,答案,标签,失效日期\n"
        ",新的问题？,新的答案。,甲；乙,2026/5/1\n"
        "hours,几点上班？,八点。,时间,\n"
        "b,收费吗？,**九点**。\n"
        ",收费吗？,不收。,,\n"
        ",,没有问题,,\n"
        "c,问？,答。,,二月三十\n"
    ).replace("b,收费吗？,**九点**。\n", 'b,收费吗？,"**九点**。\n- 周末休息",时间；@窗口,2026-12-31\n')
    rows = read_sheet(sheet.encode("gb18030"), "表.csv")
    fates = [(fate.fate, fate.id) for fate in importing.plan(rows)]
    assert fates == [
        ("new", "新的问题？"),
        ("changed", "hours"),
        ("same", "b"),
        ("refused", "b"),
        ("refused", ""),
        ("refused", "c"),
    ]
    assert len(store.faq(None)) == 2
    done = importing.carry_out("li", rows, "表.csv")
    assert [fate.fate for fate in done] == [fate for fate, _ in fates]
    assert [each.answer for each in store.faq()] == [ENTRY.answer] * 2
    head = desk.head("hours")
    assert (head.entry.state, head.entry.answer, head.live, head.author) == ("draft", "八点。", 1, "li")
    # What the file has no column for stays.
    assert (head.entry.phrasings, head.entry.valid_until) == (ENTRY.phrasings, None)
    assert desk.head("新的问题？").entry.valid_until == date(2026, 5, 1)
    assert store.audit.entries(1)[0].details["new"] == 1
    assert {fate.fate for fate in importing.carry_out("li", rows, "表.csv")} == {"same", "refused"}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "x.exe"),
        (b"\xff\xff\xff", "x.csv"),
        ("问题\n几点？".encode(), "x.csv"),
        (b"PK\x03\x04broken", "x.xlsx"),
        (b"- {question: [", "x.yaml"),
        (b"[" * 9000, "x.yaml"),
        (b"\xff\xfe", "x.yaml"),
        (b" " * (16 * 1024 * 1024 + 1), "x.csv"),
        (("问题,答案\n" + "问,答\n" * 20_001).encode(), "x.csv"),
    ],
)
def test_a_file_that_is_none_is_refused_in_chinese(data, name):
    with pytest.raises(AnanError) as refusal:
        read_sheet(data, name)
    assert any("一" <= char <= "鿿" for char in refusal.value.message)


def _import(path, rows, told):
    with Store.open(path) as store:
        FaqImport(store).carry_out("li", rows, "表.csv", lambda done, _total: told.send(done))
    told.send(-1)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="processes are not forked here")
def test_kill_9_during_an_import_of_five_thousand_rows_leaves_all_or_nothing(tmp_path):
    rows = read_sheet(write_sheet(many(5000), "csv"), "表.csv")
    chance = random.Random(7)
    context = multiprocessing.get_context("fork")
    fresh = tmp_path / "fresh.db"
    with Store.open(fresh) as store:
        store.replace_faq([ENTRY])
    for life in range(20):
        path = tmp_path / f"{life}.db"
        shutil.copyfile(fresh, path)
        seen, tell = context.Pipe(duplex=False)
        child = context.Process(target=_import, args=(path, rows, tell))
        child.start()
        tell.close()
        stop = chance.randrange(0, 10_000)
        done = 0
        while 0 <= done < stop:
            done = seen.recv()
        child.kill()
        child.join()
        assert child.exitcode in (-signal.SIGKILL, 0)
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        heads, versions, told = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("faq_heads", "faq_versions", "audit")
        )
        connection.close()
        assert (heads, versions, told) in ((1, 1, 1), (5001, 5001, 2))
        with Store.open(path) as store:
            assert store.faq() == [ENTRY] and store.audit.verify().broken_at is None
