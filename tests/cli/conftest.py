"""Data directories for the tests of the command line."""

from pathlib import Path

import pytest
from cli_checks import FAQ, Anan, report, run_anan


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def anan(data: Path) -> Anan:
    """``anan("ask", "…")`` on a data directory of this test alone."""
    return lambda *arguments, **options: run_anan(data, *arguments, **options)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with one report and two FAQ entries, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "da.txt").write_text(report(), encoding="utf-8")
    (folder / "faq.yaml").write_text(FAQ, encoding="utf-8")
    for arguments in (("ingest", folder / "da.txt"), ("faq", "import", folder / "faq.yaml")):
        assert run_anan(folder / "data", *map(str, arguments)).exit_code == 0
    return folder / "data"
