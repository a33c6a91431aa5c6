"""What holds for all tests."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from assistant.desk import passwords
from assistant.services import Services, load_sample_corpus, open_services

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
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """``sample_data(folder)`` puts a data directory with the sample corpus there, loaded once for all processes."""
    beside = tmp_path_factory.getbasetemp()
    shared = beside.parent if "PYTEST_XDIST_WORKER" in os.environ else beside
    loaded = shared / "sample-corpus"
    with FileLock(shared / "sample-corpus.lock"):
        if not loaded.exists():
            unfinished = shared / "sample-corpus-unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            failed = []
            services = open_services(unfinished)
            load_sample_corpus(services, lambda result: failed.append(result) if result.saved is None else None)
            services.close()
            assert failed == []
            unfinished.rename(loaded)

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
