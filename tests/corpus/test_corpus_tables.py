"""The sample corpus: its standard tables, its contacts and its periods, through the reader."""

from datetime import date
from pathlib import Path

import pytest
from test_sample_corpus import FILES, applications, read, with_tables

from assistant.reports import missing


@pytest.mark.parametrize("path", with_tables(), ids=lambda path: path.name)
def test_the_standard_tables_are_recognised_and_balance(path: Path) -> None:
    report = read(path)
    form = "2019" if report.year < 2021 else "2021"
    assert [(table.kind, table.form) for table in report.tables] == [
        ("disclosure", form),
        ("requests", form),
        ("disputes", form),
    ]
    assert report.imbalances == ()
    values = [cell for table in report.tables for cell in table.cells if not cell.header]
    names = [cell.canonical for cell in values]
    assert all(names)
    assert len(set(names)) == len(names) == (198 if form == "2019" else 200)
    for cell in values:
        assert (report.text[slice(*cell.span)] if cell.span else "") == cell.text
    texts = {cell.canonical: cell.text for cell in values}
    [came] = [figures for key, figures in applications(path).items() if "本年新收" in key]
    assert int(texts["requests.new.total"]) == came[-1]
    assert int(texts["requests.new.natural_person"]) == came[0]


def test_every_report_says_how_to_reach_its_office_or_staff_are_told():
    for path in FILES:
        report = read(path)
        contact = report.contact
        assert bool(contact.phone) == ("联系方式" not in missing(report))
        for value in vars(contact).values():
            assert value in report.text
        if report.period:
            assert report.period == (date(report.year, 1, 1), date(report.year, 12, 31))
    assert sum(bool(read(path).contact.phone) for path in FILES) >= 20
    assert sum(bool(read(path).period) for path in FILES) >= 18
