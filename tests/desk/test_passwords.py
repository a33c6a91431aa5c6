"""Which passwords will do, and what is kept of them."""

import threading

import pytest

from assistant.desk import passwords
from assistant.desk.passwords import check_password, hashed, is_right
from assistant.errors import BadInput, Busy

GOOD = ["灯塔下面的第七只灰雀", "correct horse battery", "Xk7#pq2Lm9z", "我家猫叫馒头2019年生", "zhang likes 12 plums"]
BAD = [
    ("短", "password_short"),
    ("123456789", "password_short"),
    ("x" * 129, "password_long"),
    ("1234567890", "password_common"),
    ("13800138000", "password_common"),
    ("11010119900307723X"[:17], "password_common"),
    ("aaaaaaaaaaaa", "password_common"),
    ("ababababababab", "password_common"),
    ("Password123!", "password_common"),
    ("qwertyuiop1", "password_common"),
    ("woaini1314520", "password_common"),
    ("zhangsan2024", "password_common"),
    ("ｐａｓｓｗｏｒｄ１２３４", "password_common"),
    ("a123456789", "password_common"),
    ("tianjin1tianjin1", "password_common"),
]


@pytest.mark.parametrize("password", GOOD)
def test_a_good_one_is_taken(password):
    assert check_password(password, "zhangsan") == password


@pytest.mark.parametrize(("password", "code"), BAD)
def test_what_everybody_tries_first_is_refused(password, code):
    with pytest.raises(BadInput) as refused:
        check_password(password, "zhangsan")
    assert refused.value.code == code


def test_a_password_is_known_again_and_nothing_else_is():
    kept = hashed(check_password("Ｆull width 全角 too"))
    assert kept.startswith("$argon2id$")
    assert is_right("Full width 全角 too", kept)
    assert not is_right("Full width 全角 to", kept)
    assert not is_right("Full width 全角 too", None)
    assert not is_right("anything", "no hash at all")
    assert not is_right("x" * 100_000, kept)


def test_each_hash_costs_what_the_rfc_asks():
    """RFC 9106, section 4, the second recommended option."""
    assert (passwords.PASSES, passwords.MEMORY_KIB, passwords.LANES) == (3, 65536, 4)


def test_no_more_are_computed_at_once_than_memory_allows(monkeypatch):
    monkeypatch.setattr(passwords, "_PATIENCE_SECONDS", 0.01)
    entered, leave = threading.Semaphore(0), threading.Event()

    def hold():
        with passwords._turn():
            entered.release()
            leave.wait(30)

    holders = [threading.Thread(target=hold) for _ in range(2)]
    for each in holders:
        each.start()
        assert entered.acquire(timeout=30)
    with pytest.raises(Busy):
        hashed("one too many")
    leave.set()
    for each in holders:
        each.join()
    assert hashed("now there is room")
