"""The tables of spoken forms, and what holds for every text."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.speech import spoken_form

HERE = Path(__file__).parent


def rows(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")[:2]) for line in lines if "\t" in line]


BY_HAND = rows("spoken_by_hand.tsv")
GUARD = rows("spoken_cases.tsv")
CASES = BY_HAND + GUARD
WRITTEN = st.lists(
    st.sampled_from([written for written, _ in CASES] + ["，", "。", " ", "-", "/", "至", "(", ")"]), max_size=6
).map("".join)


def test_the_tables_are_whole():
    assert len({written for written, _ in CASES}) == len(CASES)
    assert len(BY_HAND) >= 300


@pytest.mark.parametrize(("written", "said"), BY_HAND, ids=[written for written, _ in BY_HAND])
def test_is_said_as_written_down_by_hand(written, said):
    assert spoken_form(written).replace(" ", "") == said


@pytest.mark.parametrize(("written", "said"), GUARD, ids=[written for written, _ in GUARD])
def test_is_said_as_before(written, said):
    assert spoken_form(written) == said


@settings(deadline=None)  # the machine may be busy
@given(WRITTEN)
def test_words_and_numbers_are_said_without_a_digit(written):
    said = spoken_form(written)
    assert not re.search(r"\d", said)
    assert bool(said) or not re.search(r"[\d\u4e00-\u9fff]", written)
    assert len(said) <= 20 * len(written) + 1


@settings(deadline=None)  # the machine may be busy
@given(WRITTEN)
@example("2015-01-01III类")
def test_what_is_spoken_is_said_as_it_stands(written):
    said = spoken_form(written)
    assert spoken_form(said) == said
