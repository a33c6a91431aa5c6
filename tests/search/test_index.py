"""The index finds what was put in, within the years and bodies asked for, and survives harm to its files."""

import shutil
from pathlib import Path

import pytest

from assistant.search import IndexedPassage, IndexedReport, Query
from assistant.search.tantivy_index import TantivyIndex

POLICE = IndexedReport(
    id="00000000000a",
    title=["公安局", "报告"],
    publisher="市公安局",
    year=2015,
    passages=[
        IndexedPassage(1, ["网站", "发布", "信息"], ["网站", "发布"], ["主动", "公开"]),
        IndexedPassage(2, ["受理", "申请"], ["受理"], ["依申请公开"]),
    ],
)
SCHOOLS = IndexedReport(
    id="00000000000b",
    title=["教育局", "报告"],
    publisher="市教育局",
    year=2016,
    passages=[IndexedPassage(3, ["网站", "发布", "通知"], ["网站"], [])],
)
HELD = {report.id: report for report in (POLICE, SCHOOLS)}


@pytest.fixture
def index(tmp_path: Path) -> TantivyIndex:
    made = TantivyIndex(tmp_path / "index")
    made.update(list(HELD), HELD.get)
    return made


def found(index: TantivyIndex, query: Query) -> list[int]:
    return [hit.id for hit in index.search_passages(query, 10)]


def test_the_passage_with_more_of_the_terms_comes_first(index: TantivyIndex) -> None:
    assert found(index, Query(["网站", "信息"], [])) == [1, 3]


def test_its_words_are_told_with_their_passages_the_commonest_first(index: TantivyIndex) -> None:
    words = index.vocabulary(100)
    assert words[0] == ("报告", 3)
    assert {word for word, count in words if count == 2} == {"网站", "发布", "公安局"}
    assert dict(words)["依申请公开"] == 1
    assert [count for _, count in words] == sorted((count for _, count in words), reverse=True)
    assert index.vocabulary(3) == words[:3]
    assert index.bigram_frequencies(["网站", "发布", "站发"]) == [2, 1, 0]


def test_headings_and_titles_count_too(index: TantivyIndex) -> None:
    assert found(index, Query(["依申请公开"], [])) == [2]
    assert set(found(index, Query(["教育局"], []))) == {3}


def test_only_the_years_and_bodies_asked_for(index: TantivyIndex) -> None:
    assert found(index, Query(["网站"], [], years=frozenset({2016}))) == [3]
    assert found(index, Query(["网站"], [], publishers=frozenset({"市公安局"}))) == [1]
    assert found(index, Query(["网站"], [], frozenset({2016}), frozenset({"市公安局"}))) == []


def test_whole_reports_are_found_by_any_of_their_passages(index: TantivyIndex) -> None:
    hits = index.search_reports(Query(["网站", "受理"], []), 10)
    assert [hit.report_id for hit in hits] == [POLICE.id, SCHOOLS.id]


@pytest.mark.parametrize("term", ["AND (", '"', "words:网站", "*", "网站~", "\\", "\x00", "🙂", "x" * 100_000])
def test_nothing_is_query_syntax(index: TantivyIndex, term: str) -> None:
    assert found(index, Query([term], [term])) == []


def test_no_terms_find_nothing(index: TantivyIndex) -> None:
    assert found(index, Query([], [])) == []
    assert index.search_reports(Query([], []), 10) == []


def test_a_report_indexed_again_replaces_itself_and_one_that_is_gone_is_dropped(index: TantivyIndex) -> None:
    changed = IndexedReport(POLICE.id, [], "市公安局", 2015, [IndexedPassage(9, ["微博"], [], [])])
    index.update([POLICE.id, SCHOOLS.id], {POLICE.id: changed}.get)
    assert found(index, Query(["网站", "微博", "受理"], [])) == [9]
    assert (index.passage_count, index.report_count) == (1, 1)


def test_word_frequencies_count_passages(index: TantivyIndex) -> None:
    assert index.word_frequencies(["网站", "没有的词"]) == [2, 0]


def test_another_opening_sees_what_was_committed(index: TantivyIndex, tmp_path: Path) -> None:
    other = TantivyIndex(tmp_path / "index")
    assert other.passage_count == 3
    index.update([SCHOOLS.id], {}.get)
    assert other.passage_count == 2
    assert found(other, Query(["通知"], [])) == []


def test_an_update_that_fails_changes_nothing(index: TantivyIndex) -> None:
    def load(report_id: str) -> IndexedReport | None:
        if report_id == SCHOOLS.id:
            raise RuntimeError("the store went away")
        return None

    with pytest.raises(RuntimeError):
        index.update([POLICE.id, SCHOOLS.id], load)
    assert (index.passage_count, index.report_count) == (3, 2)
    index.update([POLICE.id], {}.get)  # the lock was let go
    assert index.passage_count == 1


@pytest.mark.parametrize("harm", ["format", "meta", "gone"])
def test_an_index_that_cannot_be_read_is_begun_anew(index: TantivyIndex, tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "index"
    if harm == "format":
        (folder / "FORMAT").write_text("0")
    elif harm == "meta":
        (folder / "passages" / "meta.json").write_text("{")
    else:
        shutil.rmtree(folder / "reports")
    again = TantivyIndex(folder)
    again.update(list(HELD), HELD.get)
    assert (again.passage_count, again.report_count) == (3, 2)


def test_an_index_with_a_damaged_file_is_begun_anew(index: TantivyIndex, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    for path in (folder / "passages").glob("*.fast"):
        content = bytearray(path.read_bytes())
        content[: len(content) // 2] = b"\xff" * (len(content) // 2)
        path.write_bytes(content)
    again = TantivyIndex(folder)
    again.update(list(HELD), HELD.get)
    assert again.passage_count == 3
