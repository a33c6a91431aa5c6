"""The retrieval figures: on ranks that are known, on real questions, and their percentiles."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from question_sets import DOCUMENTS

from assistant.cli import main
from assistant.evaluation.beir import read_question_set
from assistant.evaluation.bench_corpus import bench_corpus
from assistant.evaluation.retrieval import as_reports, measure_retrieval, measure_slips, percentile
from assistant.evaluation.slips import with_slips
from assistant.language import fold_text, syllables

POLICY = Path(__file__).parents[3] / "shared" / "bench" / "policy"
KEYS = {"queries", "recall@1", "recall@5", "recall@10", "mrr@10", "p50_ms", "p95_ms"}


def figures(folder: Path) -> tuple[float, ...]:
    found = measure_retrieval(read_question_set(folder))
    return found.queries, found.recall_1, found.recall_5, found.recall_10, found.mrr_10


def test_what_is_always_first_gets_full_marks(write_set):
    assert figures(write_set()) == (3, 1, 1, 1, 1)


def test_what_is_never_found_gets_none(write_set):
    right = {"q1": "d2", "q2": "d3", "q3": "d1"}
    unrelated = {"q1": "借书证", "q2": "火情", "q3": "水管"}
    assert figures(write_set(questions=unrelated, right=right)) == (3, 0, 0, 0, 0)


def test_a_second_place_counts_half(write_set):
    """The right document says it once in many words, the other one says nothing else."""
    documents = {**DOCUMENTS, "d4": ("火情", "扑灭火情。扑灭火情。扑灭火情。")}
    questions = {"q1": "扑灭火情", "q2": "借书证"}
    folder = write_set(documents=documents, questions=questions, right={"q1": "d1", "q2": "d3"})
    assert figures(folder) == (2, 0.5, 1, 1, 0.75)


def test_recall_counts_its_own_depth_only(write_set):
    """Seven documents fit better than the right one: place 8 is in the first ten, not in the first five."""
    better = {f"b{number}": ("火情", "扑灭火情。" * 3) for number in range(7)}
    folder = write_set(documents={**DOCUMENTS, **better}, questions={"q1": "扑灭火情"}, right={"q1": "d1"})
    assert figures(folder) == (1, 0, 0, 1, 0.125)


def test_several_right_documents_count_by_the_best(write_set):
    folder = write_set(questions={"q1": "扑灭火情"}, right={"q1": "d1"})
    with (folder / "qrels.tsv").open("a", encoding="utf-8") as file:
        file.write("q1\td3\t1\n")
    assert figures(folder) == (1, 1, 1, 1, 1)


def test_a_document_without_a_title_goes_by_its_headline(write_set):
    texts = {
        "d1": "关于启用新水厂的公告 各用水户： 新水厂自三月起供水。",
        "d2": "新水厂自三月起供水。 老水厂停用。",
        "d3": "新水厂自三月起供水，老水厂停用 特此公告",
    }
    documents = {key: ("", text) for key, text in texts.items()}
    questions = read_question_set(write_set(documents=documents, questions={"q1": "新水厂"}, right={"q1": "d1"}))
    assert [report.title for report in as_reports(questions)] == ["关于启用新水厂的公告", "d2", "d3"]
    assert all(report.text for report in as_reports(questions))


def test_the_command_prints_the_shape_of_the_design(write_set):
    done = CliRunner().invoke(main, ["bench", "retrieval", str(write_set()), "--json"])
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert set(found) == KEYS
    assert (found["queries"], found["recall@1"]) == (3, 1)
    assert 0 < found["p50_ms"] <= found["p95_ms"]


@pytest.fixture
def lettered(write_set):
    """Documents that say what they are about often enough to be known by it."""
    documents = {key: (title, text * 3) for key, (title, text) in DOCUMENTS.items()}
    return write_set(documents=documents)


def test_slips_are_made_by_sound_and_always_the_same(lettered):
    questions = read_question_set(lettered)
    with bench_corpus(as_reports(questions)) as corpus:
        made = [with_slips(questions.questions, corpus.index, corpus.segmenter) for _ in range(2)]
    assert made[0] == made[1]
    for key, asked in questions.questions.items():
        changed = [pair for pair in zip(fold_text(asked), made[0][key], strict=True) if pair[0] != pair[1]]
        assert len(changed) >= 2, "a whole word is written otherwise"
        assert all(syllables(one) == syllables(other) for one, other in changed)


def test_the_command_sets_slips_beside_the_questions_as_they_are(lettered):
    done = CliRunner().invoke(main, ["bench", "retrieval", str(lettered), "--slips", "--json"])
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert set(found) == {"original", "slipped", "lost", "restored", "touched"}
    assert set(found["original"]) == set(found["slipped"]) == KEYS
    assert found["lost"] == pytest.approx(found["original"]["recall@1"] - found["slipped"]["recall@1"])
    assert found["touched"] == 0


@pytest.mark.skipif(not POLICY.is_dir(), reason="旁边没有 shared/bench/policy")
def test_real_questions_find_their_documents_and_with_slips_nearly_as_often():
    """A slice; the figures for all questions come from the command."""
    found = measure_slips(read_question_set(POLICY), limit=200)
    plain = found.original
    assert plain.queries == 200
    assert plain.recall_1 >= 0.75
    assert plain.recall_1 <= plain.recall_5 <= plain.recall_10
    assert plain.recall_10 >= 0.95
    assert plain.recall_1 <= plain.mrr_10 <= plain.recall_10
    assert found.lost <= 0.03
    assert found.restored >= 0.8
    assert found.touched <= 0.02


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=300), st.sampled_from([0.01, 0.5, 0.9, 0.95, 0.99, 1.0]))
def test_percentile_is_the_nearest_rank(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert np.mean(np.array(values) <= found) >= share - 1e-9
    assert np.mean(np.array(values) < found) < share
    assert found == pytest.approx(float(np.quantile(values, share, method="inverted_cdf")))
