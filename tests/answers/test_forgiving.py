"""Slips are forgiven and told; numbers, other bodies and what the corpus knows are left as they were asked."""

import re
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prepared import MakeSegmenter

from assistant.answers.correcting import Corrector
from assistant.answers.scope import BodyNames
from assistant.answers.vocabulary import WORDS_LIMIT, Vocabulary
from assistant.language import Segmenter, fold_text
from assistant.resources import corpus_folder
from assistant.services import Services

SLIPS = {
    "依申情公开的申请有多少件": "依申请公开的申请有多少件",
    "民生警物平台是什么": "民生警务平台是什么",
    "2019年公按局收到多少申请": "2019年公安局收到多少申请",
    "叫育局2016年收到多少件申请": "教育局2016年收到多少件申请",
    "市公按局2019年收到多少件申情": "市公安局2019年收到多少件申请",
    "教于局2020年收到几件申情": "教育局2020年收到几件申请",
    "投诉渠到有哪些": "投诉渠道有哪些",
    "行政诉颂多少件": "行政诉讼多少件",
    "规犯性文件有几件": "规范性文件有几件",
    "申请公公开怎么做": "申请公开怎么做",
    "政府信信息公开了多少条": "政府信息公开了多少条",
    "依申公开的数量": "依申请公开的数量",
    "yishenqing gongkai": "依申请公开",
    "yi shen qing gong kai shi shenme": "依申请公开是什么",
    "2016nian gongan ju 发了多少条": "2016年公安局发了多少条",
    "公安局的dianhua是多少": "公安局的电话是多少",
    "依申情公開有多少件": "依申请公开有多少件",
    "市教肓局2018年微博有多少粉丝": "市教育局2018年微博有多少粉丝",
    "公安安局2017年收到几件申请": "公安局2017年收到几件申请",
    "公安局局2017年收到几件申请": "公安局2017年收到几件申请",
    "公公安局2017年收到几件申请": "公安局2017年收到几件申请",
    "市政政府2017年收到几件申请": "市政府2017年收到几件申请",
    "市人民府2017年收到几件申请": "市人民政府2017年收到几件申请",
    "2018年公安局网网站公开了多少条信息": "2018年公安局网站公开了多少条信息",
    "2016年公安局公开了多少条信臭": "2016年公安局公开了多少条信息",
    "2016年临泽县下爆雨": "2016年临泽县下暴雨",
    "幺二三四五热线2019年受理多少件": "12345热线2019年受理多少件",
    "gōng'ān jú 2019 nián xíng zhèng fù yì duō shao jiàn": "公安局 2019 年行政复议多少件",
    "2021nian shizhengfu xinwenfabuhui jichang": "2021年市政府新闻发布会几场",
    # What is no word and sounds like one, with a character of it typed rightly.
    "市教育局2018年微博粉撕多少": "市教育局2018年微博粉丝多少",
    "公安局的传砧是多少": "公安局的传真是多少",
    "这份念报哪天发布的": "这份年报哪天发布的",
    # Whole sentences of pinyin.
    "er ling er yi nian gong an ju shou dao duo shao shen qing": "2021年公安局收到多少申请",
    "2018 nian jiao yu ju wei bo fen si you duo shao": "2018 年教育局微博粉丝有多少",
    "shen fen zheng diu le zen me bu ban": "身份证丢了怎么补办",
}
UNTOUCHED = [
    "2019年公安局收到多少件申请",
    "二〇一九年公安局收到了多少件申请",
    "公安局的電話是多少",
    "您好请问一下公安局的电话号码是多少谢谢",
    "财政局2019年的预算是多少",
    "税务局2019年收了多少税",
    "2020年wifi覆盖多少个站点",
    "局里发了多少",
    "hello world",
    "what is open government",
    "满意度是百分之几",
    "火星上有没有水",
    "公安局局长是谁",
    "是政府公开的吗",
    "县政府2019年收到几件申请",
    "教体局2019年收到几件申请",
    "体育局2019年收到几件申请",
    "2018年年报里有多少条条例",
    "学生生活补助是多少",
    "一二三等奖有多少个",
]
PIECES = [
    *(
        "公安局 教育局 财政局 依申情公开 申请 信息公开 警物 收到 多少 件 条 2019年 二零一六年 十七 3 15.5% 一词 第三方"
    ).split(),
    *("yishenqing gongkai nian jian wifi gong'an 公公 渠到 。 ， 的 是 哪 百分之六十 两千 西安 宜春市 𠮷 民生").split(),
    " ",
]


def corrected(services: Services, question: str) -> str:
    return services.answerer.ask(question).understood


@pytest.mark.parametrize(("question", "meant"), SLIPS.items())
def test_a_slip_is_forgiven_and_told(sample: Services, question: str, meant: str) -> None:
    assert corrected(sample, question) == meant


@pytest.mark.parametrize("question", UNTOUCHED)
def test_what_may_well_be_meant_stands(sample: Services, question: str) -> None:
    assert corrected(sample, question) == ""


def test_a_slip_is_answered_as_what_was_meant(sample: Services) -> None:
    right = sample.answerer.ask("2019年市公安局收到多少件政府信息公开申请")
    slip = sample.answerer.ask("2019年市公按局收到多少件政府信息公开申情")
    assert slip.question == "2019年市公按局收到多少件政府信息公开申情"
    assert slip.understood == "2019年市公安局收到多少件政府信息公开申请"
    assert (right.kind, right.understood) == ("figure", "")
    assert (slip.kind, slip.text) == (right.kind, right.text)


def test_speech_without_punctuation_is_understood_like_writing(sample: Services) -> None:
    said = sample.answerer.ask("二零一九年市公安局收到多少件政府信息公开申请")
    written = sample.answerer.ask("2019年市公安局收到多少件政府信息公开申请？")
    assert said.text == written.text
    assert said.understood == written.understood == ""


def test_the_corpus_questions_are_left_alone(sample: Services) -> None:
    """Headings and FAQ questions are in the corpus's own words."""
    shelf = sample.answerer._library.shelf()
    asked = [entry.question for entry in shelf.faq.entries]
    assert len(asked) > 40
    assert [question for question in asked if corrected(sample, question)] == []


@pytest.fixture(scope="module")
def corrector(sample: Services) -> tuple[Corrector, Segmenter]:
    return sample.answerer._library.shelf().corrector, sample.answerer._segmenter


@settings(max_examples=200, deadline=None)
@given(
    pieces=st.lists(st.one_of(st.sampled_from(PIECES), st.text("公申情请开安局教育一三百年", max_size=4)), max_size=9)
)
def test_numbers_stay_and_correcting_twice_changes_nothing_more(
    corrector: tuple[Corrector, Segmenter], pieces: list[str]
) -> None:
    correct, segmenter = corrector[0].correct, corrector[1]
    asked = fold_text("".join(pieces))
    meant = correct(asked, segmenter.words(asked))
    numbers = r"[\d零〇一二三四五六七八九十百千万亿两几半]+"
    assert re.findall(numbers, meant) == re.findall(numbers, asked)
    assert correct(meant, segmenter.words(meant)) == meant


def test_another_body_of_the_same_sound_stays_itself(make_segmenter: MakeSegmenter, tmp_path: Path) -> None:
    """水务局 and 税务局 sound the same: who asks of the one is not told of the other."""
    segmenter = make_segmenter(corpus_folder() / "lexicon.txt", tmp_path / "cache")
    held = [("水务局", 900), ("伊春市", 300), ("交警支队", 500), ("公开", 2000), ("信息", 2000)]
    correct = Corrector(_Words(dict(held)), segmenter, words=tuple, pairs=tuple).correct
    for asked in ("税务局公开多少信息", "宜春市公开多少信息", "交警总队公开多少信息"):
        assert correct(asked, segmenter.words(asked)) == asked
    assert correct("水物局公开多少信息", segmenter.words("水物局公开多少信息")) == "水务局公开多少信息"


def test_slips_in_short_names_are_forgiven_but_other_bodies_stay(make_segmenter: MakeSegmenter, tmp_path: Path) -> None:
    segmenter = make_segmenter(corpus_folder() / "lexicon.txt", tmp_path / "cache")
    publishers = ("和平县卫生健康委员会", "和平县水务局", "和平县人力资源和社会保障局")
    mend = BodyNames(publishers).slips(segmenter.share).mend
    assert mend("卫建委2021年收到几件申请") == "卫健委2021年收到几件申请"
    assert mend("县人社居的电话") == "县人社居的电话"
    for asked in ("卫健委的电话", "卫计委的电话", "税务局的电话", "和平县水务局的电话", "水务局长是谁", "建委的电话"):
        assert mend(asked) == asked


def test_another_account_of_a_like_name_does_not_answer(sample: Services) -> None:
    answer = sample.answerer.ask("2022年青蓝发布的微信有多少人关住")
    assert answer.kind == "none" or "101.3万" in answer.text
    assert "27.9" not in answer.text


class _Words:
    """An index of words alone, for corpora with one word or another in it."""

    def __init__(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self.passage_count = 3000

    def word_frequencies(self, words: Sequence[str]) -> list[int]:
        return [self._counts.get(word, 0) for word in words]

    def bigram_frequencies(self, bigrams: Sequence[str]) -> list[int]:
        return [max((count for word, count in self._counts.items() if bigram in word), default=0) for bigram in bigrams]

    def vocabulary(self, limit: int) -> list[tuple[str, int]]:
        return sorted(self._counts.items(), key=lambda pair: -pair[1])[:limit]


def test_the_vocabulary_is_bounded_in_words_and_memory() -> None:
    """A thousand characters a word at most: 50,000 words stay under 50 MB."""
    common = [chr(0x4E00 + 7 * number) for number in range(200)]
    words = [(one + other + common[0], 1) for one in common for other in common][:4000]
    Vocabulary(words[:100])  # the reading's own tables are not the vocabulary's
    tracemalloc.start()
    held = Vocabulary(words)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(held) == len(words)
    assert size / len(words) < 1000
    many = ((chr(0x4E00 + number % 20000) + chr(0x4E00 + number // 20000), 1) for number in range(WORDS_LIMIT + 500))
    assert len(Vocabulary(many)) == WORDS_LIMIT
