"""Services over the real page the project began from, opened once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.search.ingest import ingest
from assistant.services import Services, open_services

REAL_PAGE = Path(__file__).parents[2].parent / "shared" / "reports" / "ankang-police-2015.txt"


@pytest.fixture(scope="session")
def real_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A data directory that holds the real page alone."""
    if not REAL_PAGE.is_file():
        pytest.skip("the real page (shared/reports) is not beside this checkout")
    services = open_services(tmp_path_factory.mktemp("real"))
    ingest([REAL_PAGE], services.store, services.indexer, 1_000_000, lambda result: None)
    yield services
    services.close()
