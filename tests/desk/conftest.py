"""An empty store for each test of the desk, and a clock that a test moves."""

from datetime import datetime, timedelta

import pytest

from assistant.desk import Messages
from assistant.store import Store


class Clock:
    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock(request):
    """Stands at the module's START."""
    return Clock(request.module.START)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "anan.db") as store:
        yield store


@pytest.fixture
def messages(store, clock):
    return Messages(store, 30, 300, clock)
