"""What holds for all tests."""

from functools import cache

import pytest
from hypothesis import HealthCheck, settings

from assistant.desk import passwords

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
