"""What holds for all tests."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from made_once import made_once
from prepared import MakeSegmenter, segmenters, upgrades

from assistant import services as rooms
from assistant.desk import passwords
from assistant.services import Services, load_sample_corpus, open_services
from assistant.store import migrate

# Several processes of tests share the cores, and a property that is slow to make examples for is no failure.
settings.register_profile("shared-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared-machine")


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords():
    """Argon2 at its least cost: a test of who gets in may hash twenty times. What it really costs has a test."""

    @cache
    def hasher():
        from argon2 import PasswordHasher

        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", hasher)
        yield


@pytest.fixture(scope="session")
def make_segmenter(tmp_path_factory: pytest.TempPathFactory) -> MakeSegmenter:
    """``make_segmenter(lexicon, cache folder)``: in the place of the class, and as quick as copying."""
    return segmenters(tmp_path_factory.mktemp("dictionary"))


@pytest.fixture(scope="session", autouse=True)
def quick_starts(make_segmenter: MakeSegmenter, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A new data directory costs no second for its dictionary and its tables."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rooms, "Segmenter", make_segmenter)
        patch.setattr(migrate, "_upgrade", upgrades(tmp_path_factory.mktemp("tables") / "anan.db", migrate._upgrade))
        yield


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """``sample_data(folder)`` puts a data directory with the sample corpus there, loaded once for all processes."""

    def load(folder: Path) -> None:
        failed = []
        services = open_services(folder)
        load_sample_corpus(services, lambda result: failed.append(result) if result.saved is None else None)
        services.close()
        assert failed == []

    loaded = made_once(tmp_path_factory, "sample-corpus", load)

    def put(folder: Path) -> Path:
        shutil.copytree(loaded, folder, dirs_exist_ok=True)
        return folder

    return put


@pytest.fixture(scope="session")
def sample(sample_data: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Services over the sample corpus, for tests that change nothing."""
    services = open_services(sample_data(tmp_path_factory.mktemp("sample") / "data"))
    yield services
    services.close()
