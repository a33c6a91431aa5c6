"""What every new data directory begins with, made once for all tests: the dictionary as jieba keeps it, and the tables.

Both cost a second of each test that opens a directory of its own. Processes that tests start make them for themselves,
so do the tests of the segmenter and of the migrations.
"""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jieba
from sqlalchemy import Connection, inspect

from assistant.language import Segmenter
from assistant.store import Store

MakeSegmenter = Callable[[Path | None, Path], Segmenter]


def segmenters(folder: Path) -> MakeSegmenter:
    """Makes segmenters whose cache is copied from ``folder`` and whose dictionary is read once in this process."""
    first = Segmenter(None, folder)
    frequencies, total = first._tokenizer.FREQ, first._tokenizer.total
    whole_tokenizer = jieba.Tokenizer

    class Tokenizer(whole_tokenizer):  # type: ignore[misc, valid-type]
        def initialize(self, dictionary: str | None = None) -> None:
            if not self.initialized:
                self.FREQ, self.total, self.initialized = dict(frequencies), total, True

    def make(lexicon: Path | None, cache_folder: Path) -> Segmenter:
        cache_folder.mkdir(parents=True, exist_ok=True)
        for file in folder.iterdir():
            if not (cache_folder / file.name).exists():
                shutil.copyfile(file, cache_folder / file.name)
        jieba.Tokenizer = Tokenizer
        try:
            return Segmenter(lexicon, cache_folder)
        finally:
            jieba.Tokenizer = whole_tokenizer

    return make


def upgrades(path: Path, upgrade: Callable[[Connection, str | None, str], None]) -> Any:
    """Does what ``upgrade`` does, for an empty SQLite file by the statements that lead to the tables it makes."""
    with Store.open(path):
        pass
    with sqlite3.connect(path) as made:
        statements = [line for line in made.iterdump() if line not in ("BEGIN TRANSACTION;", "COMMIT;")]
    made.close()

    def quick(connection: Connection, stored: str | None, name: str) -> None:
        if stored is not None or connection.dialect.name != "sqlite" or inspect(connection).get_table_names():
            upgrade(connection, stored, name)
            return
        for statement in statements:
            connection.exec_driver_sql(statement)

    return quick
