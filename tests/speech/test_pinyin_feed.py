import ctypes

import espeakng_loader
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.speech.pinyin import pinyin


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        ("两千条，好。", "liang3 qian1 tiao2， hao3。"),
        ("银行行长重新调查", "yin2 hang2 hang2 zhang3 chong2 xin1 diao4 cha2"),
        ("根据 条例 规定", "gen1 ju4 - tiao2 li4 - gui1 ding4"),
        ("使用Office软件", "shi3 yong4 Office ruan3 jian4"),
        ("GDP增长", "ji4 di4 pi4 zeng1 zhang3"),
        (
            "A座，网址 www点ankang点gov点cn",
            "ei1 zuo4， wang2 zhi3 san1 da2 bu5 liu5 dian3 an1 kang1 dian3 gov dian3 xi1 en1",
        ),
        ("一月一日第一名一个", "yi1 yue4 yi1 ri4 di4 yi1 ming2 yi2 ge4"),
        ("不是", "bu2 shi4"),
        ("网址", "wang2 zhi3"),
        ("五百五十", "wu2 bai2 wu3 shi2"),
        ("指导小组管理", "zhi2 dao3 xiao2 zu3 guan2 li3"),
        ("好", "hao3"),
        ("同一件事一律不见面", "tong2 yi2 jian4 shi4 yi2 lv4 bu2 jian4 mian4"),
        ("周一至周五，一周一次", "zhou1 yi1 zhi4 zhou1 wu3， yi4 zhou1 yi2 ci4"),
        ("统一规划综合一体化", "tong3 yi1 gui1 hua4 zong1 he2 yi4 ti3 hua4"),
        ("绿色战略", "lv4 se4 zhan4 lve4"),
        ("二〇一五年", "er4 ling2 yi1 wu3 nian2"),
        ("兄弟", "xong1 di4"),
    ],
)
def test_syllables(spoken, said):
    assert pinyin(spoken) == said


@given(st.text(alphabet=st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF) | st.sampled_from("，。 aB")))
def test_no_hanzi_is_left(spoken):
    assert not any("\u4e00" <= char <= "\u9fff" for char in pinyin(spoken))


def test_the_loader_has_the_voice_that_pinyin_is_for():
    from pathlib import Path

    assert (Path(espeakng_loader.get_data_path()) / "lang" / "sit" / "cmn-Latn-pinyin").is_file()
    assert ctypes.CDLL(espeakng_loader.get_library_path())
