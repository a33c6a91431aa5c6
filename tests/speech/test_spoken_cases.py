"""The table of spoken forms, and what holds for every text."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.speech import spoken_form

TABLE = Path(__file__).with_name("spoken_cases.tsv")
CASES = [
    tuple(line.split("\t"))
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if "\t" in line and not line.startswith("#")
]
WRITTEN = st.lists(
    st.sampled_from([written for written, _ in CASES] + ["，", "。", " ", "-", "/", "至", "(", ")"]), max_size=6
).map("".join)


def test_the_table_is_whole():
    assert len({written for written, _ in CASES}) == len(CASES) >= 200


@pytest.mark.parametrize(("written", "said"), CASES, ids=[written for written, _ in CASES])
def test_is_said(written, said):
    assert spoken_form(written) == said


@given(WRITTEN)
def test_words_and_numbers_are_said_without_a_digit(written):
    said = spoken_form(written)
    assert not re.search(r"\d", said)
    assert bool(said) or not re.search(r"[\d\u4e00-\u9fff]", written)
    assert len(said) <= 20 * len(written) + 1


@given(WRITTEN)
def test_what_is_spoken_is_said_as_it_stands(written):
    said = spoken_form(written)
    assert spoken_form(said) == said
