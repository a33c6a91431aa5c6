"""Personal data: found by form and check digit, masked in place, and nothing else touched."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk import find_personal_data, mask, mask_contact

PROSE = st.text(alphabet="市民来信说，请打电话：（）。公开局年", max_size=20)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
WIDE = str.maketrans("0123456789X@.", "０１２３４５６７８９Ｘ＠．")


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text(alphabet="0123456789", min_size=count, max_size=count)


@st.composite
def identities(draw: st.DrawFn) -> str:
    day = draw(st.dates()).replace(year=draw(st.integers(1920, 2025)), day=1)
    number = str(draw(st.integers(110000, 659999))) + day.strftime("%Y%m%d") + draw(digits(3))
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=True))
    return number + "10X98765432"[total % 11]


@st.composite
def cards(draw: st.DrawFn) -> str:
    number = "62" + draw(digits(draw(st.sampled_from([13, 14, 16]))))
    for check in "0123456789":
        whole = number + check
        added = sum(sum(map(int, str(int(digit) * (1 + at % 2)))) for at, digit in enumerate(reversed(whole)))
        if added % 10 == 0:
            return whole
    raise AssertionError("one of ten digits fits")


MOBILES = st.builds(lambda second, rest: f"1{second}{rest}", st.sampled_from("3456789"), digits(9))
EMAILS = st.builds(
    lambda name, host: f"{name}@{host}.gov.cn",
    st.from_regex(r"[a-z][a-z0-9._]{0,12}", fullmatch=True),
    st.from_regex(r"[a-z]{2,8}", fullmatch=True),
)
LANDLINES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["010", "021", "0915", "0309", "(0915)"]),
    st.sampled_from(["", "-", " ", "--"]),
    st.builds("{}{}".format, st.sampled_from("2345678"), digits(6) | digits(7)),
)
KINDS = {"identity": identities(), "card": cards(), "mobile": MOBILES, "landline": LANDLINES, "email": EMAILS}
DATA = st.one_of(*(st.tuples(st.just(kind), made) for kind, made in KINDS.items()))


@given(PROSE, DATA, PROSE, st.booleans())
def test_what_is_there_is_found_and_masked_in_its_place(before, datum, after, wide):
    kind, written = datum
    written = written.translate(WIDE) if wide else written
    text = before + written + after
    found = find_personal_data(text)
    assert (kind, len(before), len(before) + len(written)) in {(each.kind, each.start, each.end) for each in found}
    masked = mask(text)
    assert len(masked) == len(text)
    assert masked.startswith(before) and masked.endswith(after)
    assert written not in masked and "*" in masked
    assert mask(masked) == masked


GAPS = st.sampled_from(["", " ", "-", "–", ".", "·", "－", "　", " -"])
HAN = ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖", "○幺二三四五六七八九")


@given(PROSE, MOBILES, PROSE, GAPS, st.sampled_from([(3, 7), (3, 6), (4, 7), ()]))
def test_a_mobile_number_is_found_in_whatever_groups_it_is_written(before, number, after, gap, cuts):
    places = {*cuts} or set(range(1, 11))
    written = "".join(gap * (at in places) + digit for at, digit in enumerate(number))
    text = before + written + after
    assert [(each.kind, text[each.start : each.end]) for each in find_personal_data(text)] == [("mobile", written)]
    assert number[3:7] not in re.sub(r"\W", "", mask(text)) or set(number[3:7]) == {number[3]}


@given(PROSE, st.one_of(MOBILES, identities()), st.data(), st.sampled_from(HAN))
def test_a_number_written_in_characters_is_found_even_in_part(before, number, data, han):
    spoken = data.draw(st.sets(st.integers(0, 10), min_size=1))
    written = "".join(han[int(d)] if at in spoken and d.isdigit() else d for at, d in enumerate(number))
    text = f"{before}我的号码{written}一共打了两次"
    kept = mask(text)
    assert written not in kept and kept.startswith(before) and kept.endswith("一共打了两次")
    assert len(kept) == len(text) and mask(kept) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("微信号：zhang_san88", "微信号：z****_*****"),
        ("加我微信 zhangsan88，谢谢", "加我微信 z*********，谢谢"),
        ("ＱＱ：1234567", "ＱＱ：1******"),
        ("我的qq号是 2233445566。", "我的qq号是 2*********。"),
        ("vx：a12345b", "vx：a******"),
        ("微信一三八零零一三八零零零", "微信一三八****八零零零"),
        ("家里电话（010）62345678", "家里电话（010）6*****78"),
    ],
)
def test_accounts_are_found_where_they_are_named(text, kept):
    assert mask(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "微信公众号qinglanfabu和小程序都能办，微信支付、微信12345热线也行。",
        "QQ群里说的，2019年QQ浏览器打不开，www.qq.com也打不开。",
        "一共一百三十八件，一九四九年十月一日，二〇二〇年一月至十二月，第一百三十八条第二款。",
        "1350 2019 13 800 138 000 12 15 300 120 1234 5",
        "索引号 000014349/2019-00012，文号 0915-20A，编号A0915-3212345。",
        "拨打12345、114、96333或400-810-1234。",
    ],
)
def test_what_only_looks_like_it_stays(text):
    assert mask(text) == text


@given(st.lists(st.one_of(PROSE, DATA.map(lambda each: f"，{each[1]}；")), max_size=6).map("".join))
def test_many_are_found_in_order_and_apart(text):
    found = find_personal_data(text)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))
    kept = [char for at, char in enumerate(text) if not any(each.start <= at < each.end for each in found)]
    masked = mask(text)
    assert [char for at, char in enumerate(masked) if not any(e.start <= at < e.end for e in found)] == kept


@given(identities(), st.integers(1, 10))
def test_an_identity_number_with_a_wrong_check_is_none(number, shift):
    checks = "0123456789X"
    wrong = number[:17] + checks[(checks.index(number[17]) + shift) % 11]
    assert "identity" not in {each.kind for each in find_personal_data(wrong)}


@given(digits(40), st.text(max_size=40))
def test_no_long_run_of_digits_and_no_garbage_is_taken_apart(run, garbage):
    assert mask(run) == run
    assert len(mask(garbage)) == len(garbage)


def test_what_reports_are_full_of_stays():
    text = "2019年收到123456件，文号〔2019〕60号，金额6222021234567890124元，12345热线。"
    assert mask(text) == text
    assert mask("电话138 0013-8000，+8613800138000。") == "电话138 ****-8000，+86138****8000。"
    assert mask("身份证11010519491231002x") == "身份证110105********002x"
    assert mask("发到 zhang.san@example.com。") == "发到 z********@example.com。"


@given(st.text(max_size=100))
def test_a_contact_is_never_shown_whole(contact):
    shown = mask_contact(contact)
    assert len(shown) == len(contact)
    assert shown.count("*") * 2 >= len(contact)
