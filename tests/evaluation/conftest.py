"""Question sets for the tests of the evaluation."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prepared import MakeSegmenter
from question_sets import DOCUMENTS, QUESTIONS, RIGHT

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

    def write(
        name: str = "set",
        documents: dict[str, tuple[str, str]] = DOCUMENTS,
        questions: dict[str, str] = QUESTIONS,
        right: dict[str, str] = RIGHT,
    ) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        corpus = ({"_id": key, "title": title, "text": text} for key, (title, text) in documents.items())
        queries = ({"_id": key, "text": text} for key, text in questions.items())
        for file, rows in (("corpus.jsonl", corpus), ("queries.jsonl", queries)):
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (folder / file).write_text("".join(lines), encoding="utf-8")
        pairs = "".join(f"{question}\t{document}\t1\n" for question, document in right.items())
        (folder / "qrels.tsv").write_text(f"query-id\tcorpus-id\tscore\n{pairs}", encoding="utf-8")
        return folder

    return write
