"""A report kept as JSON comes back exactly as it was; corrections change what it says of itself and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.reports import corrected, read_file
from assistant.reports.json_form import report_from_json, report_to_json
from assistant.resources import corpus_folder

REPORTS = sorted((corpus_folder() / "reports").glob("*.html"))


@pytest.fixture(scope="module", params=REPORTS[:: max(1, len(REPORTS) // 5)], ids=lambda path: path.stem)
def report(request):
    return read_file(request.param, 10**7)


def test_every_part_comes_back(report) -> None:
    assert report_from_json(report_to_json(report)) == report


def test_a_correction_changes_what_the_report_says_of_itself_and_keeps_its_text_and_id(report) -> None:
    known = corrected(report, {"year": 1999, "publisher": "演示市粮食局", "published": date(2000, 1, 2)})
    assert (known.year, known.publisher, known.published) == (1999, "演示市粮食局", date(2000, 1, 2))
    assert (known.id, known.text, known.passages, known.title) == (
        report.id,
        report.text,
        report.passages,
        report.title,
    )
    assert known.content_hash != report.content_hash
    assert len(known.tables) == len(report.tables)
    assert {(each.span, each.value) for each in known.figures} == {(each.span, each.value) for each in report.figures}
    # What no sentence says the year of is of the report's year, whichever that is; what is of 上年, of the year before.
    years = {each.year for each in known.figures} - {each.year for each in report.figures}
    assert 1999 in years and years <= {1998, 1999}


def test_a_correction_taken_back_gives_what_was_read(report) -> None:
    changed = corrected(report, {"year": 1999, "title": "另一个标题"})
    back = corrected(replace(changed, title=report.title), {"year": report.year})
    assert back == report


def test_no_correction_is_no_change(report) -> None:
    assert corrected(report, {}) is report


@pytest.mark.parametrize("text", ["[]", "{}", '{"id": 1}', "null", "["])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        report_from_json(text)
