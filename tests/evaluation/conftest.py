"""Question sets for the tests of the evaluation."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prepared import MakeSegmenter
from question_sets import written

from assistant.evaluation import bench_corpus

Write = Callable[..., Path]


@pytest.fixture(scope="session", autouse=True)
def quick_corpora(make_segmenter: MakeSegmenter) -> Iterator[None]:
    """The corpus of a measurement is a data directory of its own; its dictionary costs no second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bench_corpus, "Segmenter", make_segmenter)
        yield


@pytest.fixture
def write_set(tmp_path: Path) -> Write:
    """Writes a folder in the BEIR layout."""
    return lambda name="set", *parts, **named: written(tmp_path / name, *parts, **named)
