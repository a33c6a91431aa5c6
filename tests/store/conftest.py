import pytest

from assistant.store import Store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "数据 100%" / "anan.db"


@pytest.fixture
def store(path):
    with Store.open(path) as opened:
        yield opened
