"""What is slow to make and never changed: made by the first process of the tests that needs it, found by the others."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this name, which ``make`` filled; tests only read it, and copy it where they would change it.

    ``make`` gets an empty folder, not yet in its place. Where it raises or skips the test, the next one tries again.
    """
    beside = factory.getbasetemp()
    shared = beside.parent if "PYTEST_XDIST_WORKER" in os.environ else beside
    made = shared / name
    with FileLock(shared / f"{name}.lock"):
        if not made.exists():
            unfinished = shared / f"{name}-unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(made)
    return made
