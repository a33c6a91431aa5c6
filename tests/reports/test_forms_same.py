"""A report is the same whatever form it is published in: its text, its title, its tables cell for cell."""

from pathlib import Path

import pytest
from made_files import full_grid, html_tables, workbook
from sample_files import report_of, sources, squeezed

from assistant.reports import forms, read_bytes
from assistant.reports.forms.blocks import Block, TableBlock, page_of
from assistant.reports.forms.xlsx import read_xlsx

SOURCES = sources()
FORMS = ("docx", "pdf", "ofd")
TABLED = [source for source in SOURCES if source.suffix == ".html"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_text_and_tables(
    source: Path, form: str, converted: dict[tuple[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    want = report_of(source)
    blocks: list[Block] = []  # as the form's reader gave them, before they became one page
    monkeypatch.setattr(forms, "page_of", lambda found: blocks.extend(found) or page_of(found))
    got = read_bytes(converted[source.stem, form].read_bytes(), "换了名字.bin")
    assert got.title == want.title
    assert [squeezed(line) for line in got.text.split("\n")] == [squeezed(line) for line in want.text.split("\n")]
    assert (got.year, [s.heading for s in got.sections]) == (want.year, [s.heading for s in want.sections])
    tables = [full_grid(block) for block in blocks if isinstance(block, TableBlock)]
    assert tables == html_tables(converted[source.stem, "html"].read_text(encoding="utf-8"))


def test_workbook(tmp_path: Path, converted: dict[tuple[str, str], Path]) -> None:
    """Tables in a workbook are those of the page, and a title over a table names it."""
    wanted = html_tables(converted["gov-2021", "html"].read_text(encoding="utf-8"))
    assert [len(table) for table in wanted] == [14, 28, 4]
    path = tmp_path / "附表.xlsx"
    workbook(path, [(f"附表{number}", table) for number, table in enumerate(wanted, 1)])
    blocks = [block for block in read_xlsx(path.read_bytes()) if isinstance(block, TableBlock)]
    assert [full_grid(block) for block in blocks] == wanted
    assert [block.caption for block in blocks] == ["附表1", "附表2", "附表3"]
