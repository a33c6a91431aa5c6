"""Processes that are made to be killed, forked from one that has loaded what takes them a second each."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerContext

import pytest


@contextmanager
def forking_from(module: str) -> Iterator[ForkServerContext]:
    """A context whose processes are forked from one that has imported ``module``, and nothing of this process."""
    forkserver._forkserver._stop()  # of another test, with other modules
    context = get_context("forkserver")
    context.set_forkserver_preload([module])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # by which it finds what it loads
        yield context
    forkserver._forkserver._stop()
