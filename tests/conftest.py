"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# Several processes of tests share the cores, and a property that is slow to make examples for is no failure.
settings.register_profile("shared-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared-machine")
