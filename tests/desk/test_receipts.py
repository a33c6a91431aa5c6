"""Receipt numbers: read back however they are typed, and a mistyped one is told from an unknown one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk import grouped, new_receipt, read_receipt
from assistant.errors import BadInput

RECEIPTS = st.builds(new_receipt)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@given(RECEIPTS, st.sampled_from([" ", "-", "—", "　", ".", "", " - "]), st.booleans())
def test_a_receipt_is_read_however_it_is_typed(receipt, between, wide):
    typed = grouped(receipt).replace(" ", between)
    assert read_receipt(f" {typed.translate(FULL_WIDTH) if wide else typed}\n") == receipt


@given(RECEIPTS)
def test_letters_that_look_like_digits_are_taken_for_them(receipt):
    assert read_receipt(receipt.replace("0", "O").replace("1", "l")) == receipt


@given(RECEIPTS, st.integers(0, 15), st.integers(1, 9))
def test_every_wrong_digit_is_told(receipt, place, shift):
    wrong = str((int(receipt[place]) + shift) % 10)
    with pytest.raises(BadInput) as refusal:
        read_receipt(receipt[:place] + wrong + receipt[place + 1 :])
    assert refusal.value.code == "receipt_mistyped"


@given(RECEIPTS, st.integers(0, 14))
def test_every_swap_of_neighbours_is_told(receipt, place):
    swapped = receipt[:place] + receipt[place + 1] + receipt[place] + receipt[place + 2 :]
    if swapped == receipt:
        assert read_receipt(swapped) == receipt
    else:
        with pytest.raises(BadInput):
            read_receipt(swapped)


@given(st.text(max_size=60))
def test_garbage_is_refused_with_a_sentence(typed):
    try:
        assert read_receipt(typed).isdigit()
    except BadInput as refusal:
        assert "回执" in refusal.message


def test_receipts_are_drawn_from_the_whole_range():
    drawn = {new_receipt() for _ in range(3000)}
    assert len(drawn) == 3000
    for place in range(16):
        assert {each[place] for each in drawn} == set("0123456789")
