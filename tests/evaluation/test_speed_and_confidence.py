"""The speed benchmark and the fit of the confidence, small."""

import math
from dataclasses import asdict, fields
from itertools import pairwise

import pytest
from question_sets import written

from assistant.answers.confidence import Features
from assistant.errors import BadInput
from assistant.evaluation.beir import read_question_set
from assistant.evaluation.calibration import calibrate, judge
from assistant.evaluation.speed import measure_speed

OTHERS = {"sqlite_fts5", "bm25s", "rank_bm25"}
THINGS = ["路灯", "桥梁", "公园", "厕所", "井盖", "公交", "学校", "医院", "菜场", "泵站", "绿地", "船闸"]
FIGURES = range(11, 143, 11)


def test_speed_measures_everything_on_the_same_passages():
    pytest.importorskip("bm25s")
    pytest.importorskip("rank_bm25")
    told: list[str] = []
    found = asdict(measure_speed(320, 5, True, told.append))
    ingest = {"ingest_reports_s", "ingest_mb_s", "cores", "reader_memory_mb"}
    assert set(found) == {"passages", "ask", "index", "ask_to_index", "memory_mb", "others"} | ingest
    assert 320 <= found["passages"] <= 400  # very long sentences become passages of their own
    for middle, tail in (found["ask"], found["index"]):
        assert 0 < middle <= tail
    assert found["ask_to_index"] > 0
    assert found["ingest_mb_s"] > 0
    assert found["ingest_reports_s"] > 0
    assert found["cores"] >= 1
    assert set(found["others"]) == OTHERS
    for figures in found["others"].values():
        assert set(figures) == {"build_s", "p50_ms", "p95_ms", "to_index", "memory_mb"}
        assert 0 < figures["p50_ms"] <= figures["p95_ms"]
        assert figures["to_index"] > 0
    assert told


def test_speed_without_the_others_measures_no_others():
    assert measure_speed(60, 2, False, lambda _: None).others == {}


@pytest.fixture(scope="module")
def two_sets(tmp_path_factory):
    """Two sets that know nothing of each other: six things each."""
    folder = tmp_path_factory.mktemp("sets")
    sets = []
    for name, part in (("one", slice(0, 6)), ("two", slice(6, 12))):
        rows = list(zip(THINGS[part], FIGURES[part], strict=True))
        documents = {f"{name}-{thing}": (f"{thing}报告", f"全年维修{thing}{number}处。") for thing, number in rows}
        questions = {f"{name}-q{thing}": f"全年维修{thing}多少处" for thing, _ in rows}
        right = {f"{name}-q{thing}": f"{name}-{thing}" for thing, _ in rows}
        sets.append(read_question_set(written(folder / name, documents, questions, right)))
    return sets


@pytest.fixture(scope="module")
def judged(two_sets):
    return judge(two_sets, limit=None)


@pytest.fixture(scope="module")
def calibrated(two_sets):
    return calibrate(two_sets)


def test_own_questions_are_answerable_and_others_are_not(judged):
    assert sum(each.answerable for each in judged) == 12
    assert any(each.right for each in judged)
    assert not any(each.right for each in judged if not each.answerable)


def test_the_fit_is_finite_and_its_curve_falls(calibrated):
    assert set(calibrated.weights) == {item.name for item in fields(Features)}
    assert all(math.isfinite(weight) for weight in (*calibrated.weights.values(), calibrated.bias))
    assert any(calibrated.weights.values())
    assert [point.threshold for point in calibrated.curve] == sorted({point.threshold for point in calibrated.curve})
    for lower, higher in pairwise(calibrated.curve):
        assert lower.answered >= higher.answered
        assert lower.refused <= higher.refused
    for point in calibrated.curve:
        assert 0 <= point.answered <= 1
        assert 0 <= point.right <= 1
        assert 0 <= point.refused <= 1
    assert calibrated.curve[0].answered > 0


def test_every_question_of_the_other_half_stands_in_the_tenth_of_its_confidence(calibrated, judged):
    assert sum(each.count for each in calibrated.reliability) == len(judged) // 2
    assert all(-1e-4 <= each.sure - each.least <= 0.1001 for each in calibrated.reliability)
    assert all(0 <= each.right <= 1 for each in calibrated.reliability)
    assert calibrated.log_loss["fitted"] > 0


def test_the_limit_bounds_the_questions_of_each_set(two_sets):
    assert sum(each.answerable for each in judge(two_sets, limit=2)) == 4


def test_one_set_is_not_enough(two_sets):
    with pytest.raises(BadInput, match="两个"):
        calibrate(two_sets[:1])
