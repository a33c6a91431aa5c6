"""What ranking promises: runs of the question's characters count, more the longer they are, and order follows."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.drawing import Drawing
from assistant.answers.ranking import rank_passages, rank_reports, run_share
from assistant.evaluation.bench_corpus import BenchCorpus, bench_corpus
from assistant.evaluation.retrieval import scoped
from assistant.reports import Metadata, compose

# Few letters, so that chance texts share runs.
TEXTS = st.text(alphabet="办理护照的", max_size=30)
# The same words with the same frequencies, so that the index alone cannot tell the two apart.
SCATTERED = "换发证件要交照片。护照遗失请到窗口。收费标准贴在墙上。"
TOGETHER = "护照遗失换发收费标准贴在墙上。证件要交照片。请到窗口。"


def ranked(texts: dict[str, str], question: str) -> tuple[list[str], list[str]]:
    """Index numbers of the reports in the order of passages, and in the order of reports."""
    reports = [compose(Metadata(title=f"报告{key}", index_number=key), text) for key, text in texts.items()]
    with bench_corpus(reports) as corpus:
        return _ranked(corpus, question)


def _ranked(corpus: BenchCorpus, text: str) -> tuple[list[str], list[str]]:
    names = {summary.id: summary.index_number for summary in corpus.store.reports()}
    question, scope = scoped(corpus, text)
    passages = rank_passages(Drawing(corpus.index, question, scope), corpus.store, question)
    reports = rank_reports(Drawing(corpus.index, question, scope), corpus.store, question, 10)
    return [names[each.passage.report_id] for each in passages], [names[report_id] for report_id in reports]


@pytest.mark.parametrize("first", ["scattered", "together"])
def test_words_that_stand_together_as_asked_come_first(first: str) -> None:
    texts = {"scattered": SCATTERED, "together": TOGETHER}
    order = [first, *(key for key in texts if key != first)]
    passages, reports = ranked({key: texts[key] for key in order}, "护照遗失换发收费标准是什么")
    assert passages == reports == ["together", "scattered"]


def test_a_number_asked_for_decides_between_texts_alike_in_all_else() -> None:
    texts = {key: f"轨道交通{key}号线的起点和终点都已经公布。" for key in ("15", "16", "17", "18")}
    assert ranked(texts, "轨道交通17号线的起点是哪里")[1][0] == "17"


def test_reports_below_those_read_again_are_ranked_too() -> None:
    """More reports match than are read again; all that the index gave come, each once."""
    texts = {str(number): f"第{number}所学校修缮了操场和校舍。" for number in range(30)}
    passages, reports = ranked(texts, "哪些学校修缮了操场")
    assert len(passages) == 6
    assert len(set(reports)) == len(reports) == 10
    assert reports[:6] == passages


def test_below_those_read_again_a_long_report_that_mentions_it_everywhere_gives_way() -> None:
    """Six fit best; behind them one says it once, and one has a word of it on every page."""
    best = {str(number): f"第{number}所学校修缮了操场。" for number in range(6)}
    page = "会上说了许多别的事情，参加的人有老师和家长，还有来旁听的邻居，大家都很高兴。" * 4
    once = "镇上也修缮了广场。"
    texts = {**best, "everywhere": once + f"还修缮了路。{page}" * 8, "once": once + page * 8}
    assert ranked(texts, "哪些学校修缮了操场")[1][6:] == ["once", "everywhere"]


def test_nothing_in_common_ranks_nothing() -> None:
    assert ranked({"a": SCATTERED}, "渔港疏浚") == ([], [])


@given(TEXTS, TEXTS)
def test_run_share_is_nought_without_a_common_pair_and_most_when_held_whole(question: str, passage: str) -> None:
    share = run_share(question, passage)
    pairs = [question[start : start + 2] for start in range(len(question) - 1)]
    assert (share > 0) == any(pair in passage for pair in pairs)
    assert share <= math.sqrt(len(question)) + 1e-9
    if len(question) > 1:
        assert run_share(question, passage + question + passage) == pytest.approx(math.sqrt(len(question)))


@given(TEXTS, TEXTS)
def test_run_share_counts_one_run_more_than_its_halves(first: str, second: str) -> None:
    """The question whole beats the same characters in two places."""
    question = first + second
    if len(first) > 1 and len(second) > 1:
        assert run_share(question, question) >= run_share(question, f"{second}\n{first}") - 1e-9
