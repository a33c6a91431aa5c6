"""`anan bench voice`: what counts as heard alike, which sentences are said, and what it says when it cannot hear."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import main
from assistant.evaluation.intelligible import plain_sound, said_sound, sentences_with_numbers


# How a number is published, how a voice says it, and what recognisers write for that.
@pytest.mark.parametrize(
    "writings",
    [
        ("公开信息2600条。", "公開信息,二千六百条", "公开信息两千六百条", "公开信息2,600条"),
        ("2015年", "二〇一五年", "二零一五年", "二○一五年", "２０１５年"),
        ("2022年度要点", "二〇二二年度要点"),
        ("占98%；", "占百分之九十八", "占百分之98", "占98％"),
        ("办复率100%", "办复率百分之百", "办复率百分之100", "办复率百分之一百"),
        ("下降5.5%", "下降百分之五点五", "下降百分之5.5"),
        ("上升0.5个百分点", "上升零点五个百分点"),
        ("电话 0915-3211222", "电话零九一五三二幺幺二二二", "电话零九一五三二一一二二二", "电话09153211222"),
        ("12345热线", "幺二三四五热线", "一二三四五热线"),
        ("召开会议2次", "召开会议二次", "召开会议两次"),
        ("第2名", "第二名"),
        ("1.1万次", "一点一万次"),
        ("10万人", "十万人", "100000人", "100,000人"),
        ("2874万人次", "两千八百七十四万人次", "2,874万人次"),
        ("共214名", "共二百一十四名", "共两百一十四名"),
        ("1005件", "一千零五件"),
        ("3000多人", "三千多人"),
        ("1月1日至12月31日", "一月一日至十二月三十一日"),
        ("第二十条第（六）项", "第20条第6项"),
        ("2/3以上", "三分之二以上"),
        ("20℃", "二十摄氏度", "20摄氏度"),
        ("120㎡", "一百二十平方米", "120平方米"),
        ("1200万元", "一千二百万元", "￥1200万"),
        ("APP", "app"),
    ],
)
def test_what_sounds_alike_is_alike(writings: tuple[str, ...]) -> None:
    assert len({plain_sound(each) for each in writings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2600条", "260条"),
        ("三百八十件", "38件"),
        ("2015年", "2050年"),
        ("57%", "50%"),
        ("40.0%", "40%"),
        ("1.1万", "11万"),
        ("第2名", "第5名"),
        ("办结", "半截"),
        ("十四", "四十"),
    ],
)
def test_what_sounds_different_is_different(one: str, other: str) -> None:
    assert plain_sound(one) != plain_sound(other)


def test_of_a_row_of_zeros_what_is_said_of_it_counts() -> None:
    row = "第二十条第（一）项 规章：本年新制作数量 0，本年新公开数量 0，对外公开总数量 0。"
    assert said_sound(row, 40) == plain_sound("第二十条第一项规章，所填各项均为零")
    assert said_sound("公开信息2600条。", 40) == plain_sound("公开信息2600条。")


def test_sentences_with_numbers_come_evenly_from_all_texts() -> None:
    first = "".join(f"全年公开信息{number}条，比上年增加{number}条。没有数字的一句话不要。" for number in range(10, 20))
    second = first.replace("公开", "制作")
    taken = sentences_with_numbers([first, second], 4)
    assert len(taken) == len(set(taken)) == 4
    assert sum("制作" in each for each in taken) == 2
    assert all(each.startswith("全年") for each in taken)
    assert sentences_with_numbers(["没有。"], 4) == []


def test_without_a_recogniser_it_says_what_is_missing(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--data", str(tmp_path), "bench", "voice", "--json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "语音识别用不了" in result.stderr
