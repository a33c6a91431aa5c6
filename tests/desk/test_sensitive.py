"""Sensitive information is found where it stands, and what offices publish every day is left alone."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.sensitive import SENSITIVE_KINDS, find_sensitive

IDENTITY = "11010519491231002X"
PROSE = st.text(alphabet="市民来信说请打电话公开局年（）。，\n", max_size=20)
PLATES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from("京粤陕川"),
    st.sampled_from("ABCDEFGH"),
    st.sampled_from(["", "·", " "]),
    st.text(alphabet="0123456789", min_size=5, max_size=6),
)
ADDRESSES = st.builds(
    "{}{}{}单元{}室".format,
    st.sampled_from(["幸福路", "人民小区", "花园里", "教师公寓"]),
    st.integers(1, 40).map(lambda number: f"{number}号楼"),
    st.integers(1, 9),
    st.integers(101, 2904),
)
NAMES = st.sampled_from(["张三", "李晓明", "欧阳文静", "王芳"])
LABELS = st.sampled_from(["，身份证号", "（身份证号码：", "，男，公民身份号码", " ", "身份证："])


def found(text, words=()):
    return {(each.kind, text[each.start : each.end]) for each in find_sensitive(text, words)}


@given(PROSE, st.one_of(PLATES.map(lambda each: ("plate", each)), ADDRESSES.map(lambda each: ("address", each))), PROSE)
def test_a_plate_and_a_home_are_found_in_any_text(before, planted, after):
    kind, written = planted
    assert any(each == kind and written in place for each, place in found(f"{before}，{written}，{after}"))


@given(PROSE, NAMES, LABELS, st.booleans())
def test_a_name_beside_an_identity_number_is_found(before, name, label, wide):
    number = IDENTITY.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")) if wide else IDENTITY
    text = f"{before}。{name}{label}{number}"
    assert found(text) >= {("identity", number), ("name", name)}
    assert found(f"{before}{number}，{name}。") >= {("identity", number), ("name", name)}


@given(st.lists(st.one_of(PROSE, PLATES, ADDRESSES, NAMES, st.just(IDENTITY), st.text(max_size=20)), max_size=8))
def test_finds_are_in_order_apart_and_within_the_text(parts):
    text = "".join(parts)
    finds = find_sensitive(text, ("来信", "ABC"))
    assert all(first.end <= second.start for first, second in itertools.pairwise(finds))
    assert all(0 <= each.start < each.end <= len(text) and each.kind in SENSITIVE_KINDS for each in finds)


@given(PROSE, st.sampled_from(["内部资料", "ABC项目", "臺賬"]), PROSE)
def test_words_of_the_list_are_found_in_any_width_case_and_script(before, word, after):
    written = word.replace("ABC", "ａｂＣ").replace("臺賬", "台账")
    assert ("word", written) in found(before + written + after, (word, "别的词"))


@pytest.mark.parametrize(
    "text",
    [
        "2019年收到123456件，电话0915-3212345，文号国办公开办函〔2019〕60号，金额6222021234567890124元，12345热线。",
        "地址：青澜市人民路3号，办公时间工作日9:00至17:00。",
        "请到幸福社区服务中心2号窗口办理，3楼大厅取号。",
        "沪A股、京A照、新B2档都不是车牌。",
        "发邮件到 office@example.gov.cn。",
        "居民身份证丢了，本人带户口簿到派出所办理。",
        "第一组12号、第二组15号选手。",
    ],
)
def test_what_offices_publish_every_day_is_left_alone(text):
    assert find_sensitive(text) == ()


def test_telephones_and_addresses_are_told_but_for_those_that_are_published():
    text = "电话0309-5557788，家里（0309）5551234，邮箱ban@example.com，微信号zhang_3，一三八零零一三八零零零一共两个。"
    known = {"0309-5557788"}
    finds = [(each.kind, text[each.start : each.end]) for each in find_sensitive(text, (), known.__contains__)]
    assert finds == [
        ("landline", "（0309）5551234"),
        ("email", "ban@example.com"),
        ("account", "zhang_3"),
        ("mobile", "一三八零零一三八零零零"),
    ]
    assert [each.kind for each in find_sensitive(text)] == ["account", "mobile"]


def test_every_kind_is_told_once():
    text = (
        f"张三，身份证号{IDENTITY}，手机13800138000，卡号6222 0212 3456 7890 128，车牌粤B·12345，"
        "家住北关镇上坝村三组，另有房产在锦绣小区5栋2单元301室。绝密"
    )
    kinds = [each.kind for each in find_sensitive(text, ("绝密",))]
    assert kinds == ["name", "identity", "mobile", "card", "plate", "address", "address", "word"]


def test_a_whole_report_full_of_near_finds_is_read_in_linear_time():
    text = "幸福路3号院，村民一组，粤B·12，家住，张三身份证号110105" * 20_000
    assert len(find_sensitive(text)) < len(text)
