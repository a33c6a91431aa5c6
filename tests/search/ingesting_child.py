"""Ingests a folder of reports and tells each one's id as it is acknowledged; made to be killed at any moment.

Loaded once into the process that all these are forked from, as are the workers that read for them: what takes seconds
to load, the program and its dictionary, is warm in each.
"""

import os
from multiprocessing import get_context
from pathlib import Path

import assistant.services
from assistant.language import Segmenter
from assistant.resources import corpus_folder
from assistant.search import workers
from assistant.search.files import report_files
from assistant.search.ingest import ingest
from assistant.search.reading import Recipe, _segmenter

WARM = "TEST_SEGMENTER_CACHE"
# Only where the test says where the dictionary's cache is.
if WARM in os.environ:
    warm = _segmenter(Recipe(corpus_folder() / "lexicon.txt", Path(os.environ[WARM])))


def ingest_and_tell(data, folder, told):
    """One acknowledged report, one message; then nothing more."""
    workers._CONTEXT = get_context("fork")
    assistant.services.Segmenter = take_warm
    services = assistant.services.open_services(data)
    files = report_files([folder])
    ingest(files, services.store, services.indexer, 1_000_000, lambda result: told.send(result.report_id))
    services.close()
    told.send("")


def take_warm(lexicon: Path, _cache: Path) -> Segmenter:
    """In the place of the class: the segmenter that is made already."""
    assert lexicon == warm.lexicon
    return warm
