"""The sample reports in other forms, converted once for all tests of this room."""

from pathlib import Path

import pytest
import sample_files
from made_files import ofd_from_pdf
from made_once import made_once


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """The sample reports as (stem, form) -> file, for the forms html, docx, pdf and ofd."""
    if sample_files.SOFFICE is None:
        pytest.skip("LibreOffice (soffice), which makes these files, is not installed")
    folder = made_once(tmp_path_factory, "converted", _convert)
    forms = ("html", "docx", "pdf", "ofd")
    return {
        (source.stem, form): folder / f"{source.stem}.{form}" for source in sample_files.sources() for form in forms
    }


def _convert(folder: Path) -> None:
    pages = []
    for source in sample_files.sources():
        page = folder / f"{source.stem}.html"
        page.write_text(sample_files.article(source), encoding="utf-8")
        pages.append(page)
    words = sample_files.office(pages, "docx", folder)
    for pdf in sample_files.office(words, "pdf", folder):
        ofd_from_pdf(pdf, pdf.with_suffix(".ofd"))
