"""What a report says about itself in its own text; what it does not say is left empty and listed for staff."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reports import Contact, Metadata, Report, compose, missing, read_bytes
from assistant.reports.contact import find_contact
from assistant.reports.signature import Signature, find_signature

_ALL = Contact("临江市滨河路1号市政府2号楼214室", "123456", "0912-3456789", "0912-3456780", "xxgk@sw.example")
_ADDRESS, _POSTCODE, _PHONE, _FAX, _EMAIL = vars(_ALL).values()


@pytest.mark.parametrize(
    "text",
    [
        f"如对本报告有疑问，请与市水务局办公室联系（地址：{_ADDRESS}，邮编：{_POSTCODE}，电话：{_PHONE}，传真：{_FAX}，"
        f"电子邮箱：{_EMAIL}）。",
        f"本报告由我局负责解释。联系地址:{_ADDRESS};邮政编码:{_POSTCODE};咨询电话:{_PHONE};传真:{_FAX};E-mail:{_EMAIL}.",
        f"六、联系方式\n地 址：{_ADDRESS}\n邮 编：{_POSTCODE}\n电 话：{_PHONE}\n传 真：{_FAX}\n电子邮件：{_EMAIL}",
        f"联系方式：市水务局办公室，地址{_ADDRESS}，邮政编码{_POSTCODE}，联系电话{_PHONE}，传真{_FAX}，电子邮箱{_EMAIL}。",
        f"（三）政务公开科承担日常工作，通讯地址为{_ADDRESS}，邮编{_POSTCODE}，办公电话为{_PHONE}，传真{_FAX}，邮箱{_EMAIL}。",
        f"对年报内容如需咨询，请来信寄至{_ADDRESS}（邮编{_POSTCODE}），来电拨打{_PHONE}，传真：{_FAX}，电子邮件发送至{_EMAIL}。",
        f"联系方式\n信息公开办公室 地址：{_ADDRESS} 邮编：{_POSTCODE} 电话：{_PHONE} 传真：{_FAX} 邮箱：{_EMAIL}",
    ],
)
def test_contact_however_it_is_labelled(text: str) -> None:
    assert find_contact(f"全年公开信息12条。\n{text}") == _ALL


@pytest.mark.parametrize(
    "text",
    [
        f"8月27日开通监督举报电话{_PHONE}，地址：{_ADDRESS}。",
        f"咨询、投诉请拨打12345热线，水费缴纳地址：{_ADDRESS}，电话：{_PHONE}。",
        f"网站地址：{_ADDRESS}，公开电话16部。",
        "公布各受理点的地址、电话和邮箱。",
        f"政务公开科的联系方式为：原电话{_PHONE}自1月6日起停用。",
        f"政府信息公开办公室：地址：{_ADDRESS}，电话：{_PHONE}。\n县局情况见下。\n全年12条。\n"
        f"县局政府信息公开办公室：地址：滨河路2号，电话：0912-1111111。",
    ],
)
def test_other_numbers_are_nobody_s_contact(text: str) -> None:
    assert find_contact(text) == Contact()


def test_one_number_for_telephone_and_fax() -> None:
    for label in ("电话/传真", "电话（传真）", "联系电话及传真"):
        contact = find_contact(f"对本报告有疑问的，请联系我局办公室，{label}：{_PHONE}。")
        assert (contact.phone, contact.fax) == (_PHONE, _PHONE)


def test_what_is_plainly_for_the_report_goes_first() -> None:
    text = (
        f"政务公开办公室电话：0912-1111111，传真：0912-1111112。\n全年12条。\n答复3条。\n"
        f"公众对本报告有疑问的，请联系办公室，电话：{_PHONE}，邮编：{_POSTCODE}。"
    )
    assert find_contact(text) == Contact(postcode=_POSTCODE, phone=_PHONE)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["对本报告有疑问请联系", "地址", "电话", "/传真", "邮编", *"：（），\n1", _PHONE, _ADDRESS])
        | st.text(max_size=4),
        max_size=30,
    ).map("".join)
)
def test_contact_is_always_in_the_text(text: str) -> None:
    for value in vars(find_contact(text)).values():
        assert value in text


def _period(text: str) -> tuple[date, date] | None:
    return compose(Metadata("某局工作报告"), text).period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("数据的统计期限自2015年1月1日起至2015年12月31日止。", (2015, 1, 1), (2015, 12, 31)),
        ("所列数据统计时间从2018年1月1日起，到12月31日止。", (2018, 1, 1), (2018, 12, 31)),
        ("统计期限为２００８年５月１日至2008 年 12 月 31 日。", (2008, 5, 1), (2008, 12, 31)),
        ("统计期限自2019年1月1日起，截至2019年12月31日。", (2019, 1, 1), (2019, 12, 31)),
        ("数据统计期限为2015年1月1日—2015年12月31日。", (2015, 1, 1), (2015, 12, 31)),
    ],
)
def test_period(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert _period(text) == (date(*first), date(*last))


@pytest.mark.parametrize(
    "text",
    [
        "活动从2016年1月1日起至2016年12月31日止。",
        "统计期限为2016年2月30日至2016年12月31日。",
        "统计期限为2016年12月31日至2016年1月1日。",
        "统计期限为2016年1月1日至12月31日。收费统计期限为2015年1月1日至12月31日。",
        "统计期限为全年。",
    ],
)
def test_no_period_is_guessed(text: str) -> None:
    assert _period(text) is None


@pytest.mark.parametrize(
    ("lines", "signature"),
    [
        (["临江市水务局", "2016年3月9日"], Signature("临江市水务局", date(2016, 3, 9))),
        (["临江市水务局", "二〇一六年十二月三十一日"], Signature("临江市水务局", date(2016, 12, 31))),
        (["临江市水务局 2016年3月9日"], Signature("临江市水务局", date(2016, 3, 9))),
        (
            ["临 江 市 人 民 政 府（印章）", "２０１６ 年 ３ 月 ９ 日", "附件：情况统计表"],
            Signature("临江市人民政府", date(2016, 3, 9)),
        ),
        (["以上情况，特此报告。", "2016年3月9日"], Signature("", date(2016, 3, 9))),
        (["会议定于2016年3月9日"], Signature()),
        (["全年公开信息12条。"], Signature()),
        (["临江市水务局", "2016年13月9日"], Signature()),
        ([], Signature()),
    ],
)
def test_signature(lines: list[str], signature: Signature) -> None:
    assert find_signature(["一、概述", "全年公开信息12条。"] * 3 + lines) == signature


_BODY = "根据条例的规定，编制本报告。\n一、概述\n全年公开信息12条，答复3条。\n"


def _read(text: str) -> Report:
    return read_bytes(text.encode(), "文件.txt")


@pytest.mark.parametrize(
    "title",
    [
        "临江市水务局2016年政府信息公开工作年度报告",
        "临江市水务局\n2016年政府信息公开工作年度报告",
        "临江市水务局2016年政府信息公开\n工作年度报告",
        "水务局\n2016年政府信息公开工作年度报告",
    ],
)
def test_a_wrapped_title_is_joined(title: str) -> None:
    report = _read(f"{title}\n{_BODY}")
    assert report.title == title.replace("\n", "")
    assert report.year == 2016
    assert report.publisher == report.title.split("2016")[0]
    assert report.text == _BODY.strip()


def test_lines_over_a_title_that_are_none_of_it() -> None:
    assert _read(f"领导小组会议材料\n2016年政府信息公开工作年度报告\n{_BODY}").title == "2016年政府信息公开工作年度报告"


def test_the_signature_tells_what_nothing_else_does() -> None:
    signed = f"{_BODY}临江市水务局\n2017年3月9日\n"
    report = _read(f"2016年政府信息公开工作年度报告\n{signed}")
    assert (report.publisher, report.published, report.year) == ("临江市水务局", date(2017, 3, 9), 2016)
    report = _read(f"市水务局2016年政府信息公开工作年度报告\n{signed}")
    assert report.publisher == "临江市水务局"
    report = _read(f"水务集团公司2016年信息公开工作年度报告\n发布日期：2017-01-20\n{signed}")
    assert (report.publisher, report.published) == ("水务集团公司", date(2017, 1, 20))


def test_what_is_missing_is_listed() -> None:
    assert missing(_read(f"工作报告\n{_BODY}")) == ("发布机构", "年度", "发布日期", "索引号", "统计期限", "联系方式")
    whole = compose(
        Metadata("报告", "临江市水务局", "0102-1", date(2017, 1, 20), 2016),
        f"统计期限为2016年1月1日至12月31日。对本报告有疑问的，请联系办公室，电话：{_PHONE}。",
    )
    assert missing(whole) == ()


def test_a_summary_that_repeats_the_title_is_not_the_title() -> None:
    title = "临江市水务局2016年政府信息公开工作年度报告"
    assert _read(f"{title}\n内容概述{title}\n{_BODY}").title == title
