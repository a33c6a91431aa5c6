"""Segmentation and terms: what the index holds and what a question looks for."""

from pathlib import Path

import pytest

from assistant.errors import BadInput
from assistant.language import Segmenter, index_terms, pinyin_key, question_terms


@pytest.fixture(scope="module")
def segmenter(tmp_path_factory: pytest.TempPathFactory) -> Segmenter:
    folder = tmp_path_factory.mktemp("segmenter")
    lexicon = folder / "lexicon.txt"
    lexicon.write_text("# 用户词\n澜事通 100 nz\n依申请公开\n", encoding="utf-8")
    return Segmenter(lexicon, folder / "cache")


def test_the_lexicon_makes_words(segmenter: Segmenter) -> None:
    assert "澜事通" in segmenter.words("青澜市的澜事通上线了")


def test_places_come_from_dictionary_and_lexicon_whether_cached_or_not(tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon.txt"
    lexicon.write_text("青澜市 100 ns\n澜事通 100 nz\n", encoding="utf-8")
    for _ in range(2):
        places = Segmenter(lexicon, tmp_path / "cache").places
        assert {"青澜市", "北京"} <= places
        assert not {"澜事通", "公开"} & places


def test_words_join_to_the_text_again(segmenter: Segmenter) -> None:
    text = "2015年,市公安局发布信息2600条。"
    assert "".join(segmenter.words(text)) == text


def test_the_dictionary_cache_stays_in_its_folder(tmp_path: Path) -> None:
    Segmenter(None, tmp_path / "cache").words("安康")
    written = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")}
    assert written == {"cache"}
    assert (tmp_path / "cache" / "jieba.cache").is_file()


def test_question_words_weigh_nothing(segmenter: Segmenter) -> None:
    terms = question_terms("请问市公安局一共发布了多少条信息呢？", segmenter)
    assert {"发布", "信息"} <= set(terms.words)
    assert not {"请问", "多少", "了", "呢", "一共"} & set(terms.words)


def test_a_question_of_question_words_alone_still_looks_for_something(segmenter: Segmenter) -> None:
    assert question_terms("多少呢", segmenter).words


def test_bigrams_do_not_cross_an_empty_word(segmenter: Segmenter) -> None:
    assert "局发" not in question_terms("公安局的发布", segmenter).bigrams
    assert "安局" in question_terms("公安局的发布", segmenter).bigrams


def test_question_and_report_meet_whatever_their_script_or_width(segmenter: Segmenter) -> None:
    words, bigrams = index_terms(segmenter.words("依申请公开政府信息12条"), segmenter)
    asked = question_terms("依申請公開　政府信息１２条", segmenter)
    assert set(asked.words) <= set(words)
    assert set(asked.bigrams) <= set(bigrams)


@pytest.mark.parametrize("line", ["词 一 二 三", "词 多 n"])
def test_a_line_that_is_no_lexicon_entry_is_named(tmp_path: Path, line: str) -> None:
    lexicon = tmp_path / "lexicon.txt"
    lexicon.write_text(f"公开\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput, match="第 2 行"):
        Segmenter(lexicon, tmp_path / "cache")


def test_same_sounding_texts_have_one_key() -> None:
    assert pinyin_key("依申情公开") == pinyin_key("依申请公开") == ("yi", "shen", "qing", "gong", "kai")
    assert pinyin_key("重庆、行政 ABC12") == ("chong", "qing", "xing", "zheng", "abc12")
