"""What a report holds beside its text comes back exactly as it was read: tables, figures, sums that fail, contact."""

import sqlite3
from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import is_whole, make_report, make_tables_of

from assistant.errors import AnanError
from assistant.reports.model import Cell, Contact, Figure, Imbalance, Table
from assistant.reports.report_words import ReportWords
from assistant.store import Saved, Store
from assistant.store.migrate import VERSION_TABLE

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
places = st.integers(0, 2_000_000)
spans = st.tuples(places, places)
paths = st.lists(words, max_size=3).map(tuple)
decimals = st.decimals(allow_nan=False, allow_infinity=False)
cells = st.builds(
    Cell,
    text=words,
    row=places,
    column=places,
    rowspan=places,
    colspan=places,
    header=st.booleans(),
    span=st.none() | spans,
    row_path=paths,
    column_path=paths,
    canonical=words,
)
tables = st.builds(
    Table,
    caption=words,
    kind=words,
    form=words,
    rows=places,
    columns=places,
    cells=st.lists(cells, max_size=3).map(tuple),
    start=places,
    end=places,
    anchor=words,
    recognised=st.booleans(),
)
figures = st.builds(
    Figure,
    kind=st.sampled_from(["count", "money", "percent", "ratio", "rank", "date", "period"]),
    text=words,
    span=spans,
    value=st.none() | decimals,
    unit=words,
    qualifier=words,
    subject=words,
    indicator=words,
    indicator_span=st.none() | spans,
    year=st.none() | st.integers(1900, 2100),
    first=st.none() | st.dates(),
    last=st.none() | st.dates(),
    table=st.none() | places,
    row=st.none() | places,
    column=st.none() | places,
    canonical=words,
)
imbalances = st.builds(
    Imbalance,
    table=places,
    rule=words,
    column=paths,
    left=decimals,
    right=decimals,
    cells=st.lists(spans, max_size=3).map(tuple),
)
PARTS = ("period", "contact", "tables", "figures", "imbalances")
some = {"max_size": 3}
parts = st.fixed_dictionaries(
    {
        "period": st.none() | st.tuples(st.dates(), st.dates()),
        "contact": st.builds(Contact, words, words, words, words, words),
        "tables": st.lists(tables, **some).map(tuple),
        "figures": st.lists(figures, **some).map(tuple),
        "imbalances": st.lists(imbalances, **some).map(tuple),
    }
)
FIGURE = Figure("money", "70余万元", (3, 8), Decimal("700000.10"), "元", "余", "市公安局", "经费", (0, 2), 2015)
WORDS = ReportWords("1", ["演示", "市"], [["一", "、"]], [["公开", "信息"]] * 6)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_parts=parts, recognised=st.booleans())
def test_every_part_comes_back_as_it_was(store: Store, given_parts: dict, recognised: bool) -> None:
    report = make_report(**given_parts)
    report = replace(report, passages=tuple(replace(each, recognised=recognised) for each in report.passages))
    report = replace(report, content_hash=f"{report.content_hash} {recognised}")
    store.save(report)
    stored = store.report(report.id)
    assert is_whole(stored, report)
    assert {name: getattr(stored, name) for name in PARTS} == given_parts
    assert {each.recognised for each in stored.passages} == {recognised}
    assert store.figures(report.id) == report.figures


@pytest.mark.parametrize("digits", ["3.14", "0.10", "700000", "1E+3", "-0.000001", "12345678901234567890.123456789"])
def test_a_value_keeps_its_digits(store: Store, digits: str) -> None:
    store.save(make_report(figures=(replace(FIGURE, value=Decimal(digits)),)))
    assert str(store.figures(make_report().id)[0].value) == digits


def test_a_changed_report_leaves_nothing_of_the_old(store: Store) -> None:
    store.save(make_report(version=1, figures=(FIGURE, FIGURE), contact=Contact(phone="12345")), WORDS)
    assert store.save(make_report(version=2)) is Saved.REPLACED
    stored = store.report(make_report().id)
    assert (stored.figures, stored.contact) == ((), Contact())
    assert store.indexable(make_report().id, "1").words is None


def test_a_removed_report_leaves_nothing(store: Store, path: Path) -> None:
    cell = Cell("1", 0, 0)
    table = Table("表", "", "", 1, 1, (cell,), 0, 1, "t0")
    imbalance = Imbalance(0, "合计", ("总计",), Decimal(1), Decimal(2), ((0, 0),))
    store.save(make_report(figures=(FIGURE,), tables=(table,), imbalances=(imbalance,)), WORDS)
    store.remove(make_report().id)
    connection = sqlite3.connect(path)
    for name in ("figures", "data_tables", "imbalances", "report_words", "passages"):
        assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (0,)
    connection.close()


def test_a_figure_that_cannot_be_stored_leaves_the_old_report_whole(store: Store) -> None:
    old = make_report(version=1, figures=(FIGURE,))
    store.save(old, WORDS)
    with pytest.raises(AnanError):
        store.save(make_report(version=2, figures=(FIGURE, replace(FIGURE, unit=None))))
    stored = store.report(old.id)
    assert is_whole(stored, old)
    assert stored.figures == (FIGURE,)
    assert store.indexable(old.id, "1").words == WORDS


def test_figures_of_no_report(store: Store) -> None:
    assert store.figures("nothing") == ()


def test_words_are_kept_by_version(store: Store) -> None:
    report, other = make_report(1), make_report(2)
    store.save(report, WORDS)
    store.save(other)
    assert store.indexable(report.id, "1").words == WORDS
    assert store.indexable(report.id, "2").words is None
    assert store.without_words("1") == [other.id]
    assert store.without_words("2") == sorted([report.id, other.id])
    newer = replace(WORDS, version="2")
    store.keep_words(report.id, report.content_hash, newer)
    assert store.indexable(report.id, "2").words == newer
    assert store.indexable("nothing", "1") is None


def test_words_of_a_text_that_is_gone_are_not_kept(store: Store) -> None:
    old = make_report(1)
    store.save(make_report(1, version=2))
    store.keep_words(old.id, old.content_hash, WORDS)
    store.keep_words("nothing", old.content_hash, WORDS)
    assert store.without_words("1") == [old.id]


def test_a_store_of_the_first_release_is_brought_up_with_all_it_holds(path: Path) -> None:
    """Its tables are made by the migration of that release, filled as that release did."""
    make_tables_of(path, "r0001")
    report = make_report()
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO reports VALUES (?, ?, ?, ?, ?, '2016-03-09', 2015, ?, ?, '2016-03-10 00:00:00', 1, ?, ?)",
        (
            *(report.id, report.identity, report.title, report.publisher, report.index_number),
            *(report.url, report.content_hash, report.summary, report.text),
        ),
    )
    connection.execute(
        "INSERT INTO passages VALUES (7, ?, 0, 0, '[]', 0, 3, 'p0', ?)", (report.id, report.passages[0].text)
    )
    connection.commit()
    connection.close()
    with Store.open(path) as store:
        stored = store.report(report.id)
        assert (stored.text, stored.period, stored.contact, stored.figures) == (report.text, None, Contact(), ())
        assert [(each.id, each.text, each.recognised) for each in stored.passages] == [
            (7, report.passages[0].text, False)
        ]
        assert stored.summary.published == date(2016, 3, 9)
        assert store.without_words("1") == [report.id]
    connection = sqlite3.connect(path)
    assert connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone() == ("r0013",)
    connection.close()


def test_messages_of_before_are_counted_by_their_days(path: Path) -> None:
    """In UTC as they stand there, by the days of the server's place; those that are deleted too."""
    make_tables_of(path, "r0012")
    connection = sqlite3.connect(path)
    connection.executemany(
        "INSERT INTO messages (receipt, kind, text, contact, consent, question, report_id, created, reply, replied, "
        "department) VALUES (?, 'ask', '', '', '', '', '', ?, '', ?, '户政科')",
        [
            ("1", "2026-03-02 02:00:00.000000", "2026-03-03 03:00:00.000000"),
            ("2", "2026-03-02 04:00:00.500000", None),
        ],
    )
    connection.execute(
        "INSERT INTO past_messages (kind, department, created, replied) "
        "VALUES ('ask', '', '2026-03-02 02:00:00.000000', '2026-03-02 03:00:00.000000')"
    )
    connection.commit()
    connection.close()
    with Store.open(path) as store:
        came = datetime(2026, 3, 2, 2, tzinfo=timezone.utc).astimezone().date()
        assert store.message_counts.by_day(came, came) == [(came, "", 3, 2, 0, 26 * 3600)]
        assert store.message_counts.by_day(came, came, "户政科") == [(came, "", 2, 1, 0, 25 * 3600)]
        assert store.message_counts.replies(came, came).median_seconds == 13 * 3600
        assert not store.message_counts.by_day(date(1970, 1, 1), date(1970, 1, 1))
