"""One-time codes: the vectors of the RFCs, and which time steps are taken."""

import base64

import pytest

from assistant.desk.totp import code_at, enrolment_address, matching_step, new_secret

# RFC 6238, appendix B, and RFC 4226, appendix D: the secret is "12345678901234567890".
SECRET = base64.b32encode(b"12345678901234567890").decode()
BY_TIME = [
    (59, "94287082"),
    (1111111109, "07081804"),
    (1111111111, "14050471"),
    (1234567890, "89005924"),
    (2000000000, "69279037"),
    (20000000000, "65353130"),
]
BY_COUNT = "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489".split()


@pytest.mark.parametrize(("seconds", "code"), BY_TIME)
def test_codes_by_time_are_those_of_the_rfc(seconds, code):
    assert code_at(SECRET, seconds // 30, digits=8) == code


def test_codes_by_count_are_those_of_the_rfc():
    assert [code_at(SECRET, count) for count in range(10)] == BY_COUNT


def test_one_step_off_is_taken_two_are_not_and_none_twice():
    now = 1_700_000_000
    step = now // 30
    taken = [off for off in range(-3, 4) if matching_step(SECRET, code_at(SECRET, step + off), now) == step + off]
    assert taken == [-1, 0, 1]
    assert matching_step(SECRET, code_at(SECRET, step), now, after=step) is None
    assert matching_step(SECRET, code_at(SECRET, step + 1), now, after=step) == step + 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345６", "abcdef", "-12345", "１２３４５６"])
def test_what_is_no_code_is_none(typed):
    assert matching_step(SECRET, typed, 0) is None


def test_secrets_differ_and_an_app_can_read_them():
    assert len({new_secret() for _ in range(100)}) == 100
    assert len(base64.b32decode(new_secret())) == 20
    assert enrolment_address("ABC", "zhang") == (
        "otpauth://totp/%E5%AE%89%E5%AE%89:zhang?secret=ABC&issuer=%E5%AE%89%E5%AE%89"
    )
