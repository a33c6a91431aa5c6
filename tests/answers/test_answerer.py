"""Answers: FAQ, small talk, honesty, bad questions; through the same Answerer that every door uses."""

import json
from collections.abc import Iterator
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers.smalltalk import smalltalk
from assistant.answers.wording import direct_text
from assistant.errors import BadInput
from assistant.reports import Metadata, compose
from assistant.services import Services, open_services
from assistant.store import FaqEntry

ENTRIES = [
    FaqEntry("lost", "身份证丢了怎么补办？", ("身份证遗失补领",), "带户口簿到派出所补办。", "市公安局", "办事指南"),
    FaqEntry("hours", "政务大厅几点上班？", ("政务大厅的上班时间",), "工作日9时至17时。", "市政府", "办事指南"),
    FaqEntry("old", "2016年放假安排是什么？", (), "2016年春节放假七天。", "市政府", "通知"),
]
TEXTS = {
    2015: (
        "一、概述\n2015年，市水务局公开信息120条。未收到依申请公开。\n"
        "二、问题\n一是人员不足。二是培训不够。三是网站老旧。"
    ),
    2016: "一、概述\n2016年，市水务局公开信息135条，比上年增加15条。受理依申请公开3件。",
}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    opened = open_services(tmp_path_factory.mktemp("answers"))
    opened.store.replace_faq(ENTRIES)
    for year, text in TEXTS.items():
        title = f"临江市水务局{year}年政府信息公开工作年度报告"
        opened.store.save(compose(Metadata(title, "临江市水务局", f"W-{year}", year=year), text))
    opened.indexer.settle()
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("请问身份证丢了怎么补办呀", "faq:lost"),
        ("身分证丢了怎么补办", "faq:lost"),
        ("身份證丟了怎麼補辦", "faq:lost"),
        ("政务大厅几点上班", "faq:hours"),
        ("2016年放假安排是什么", "faq:old"),
    ],
)
def test_the_faq_answers_what_it_was_written_for(services: Services, question: str, entry: str) -> None:
    answer = services.answerer.ask(question)
    assert answer.kind == "faq"
    assert answer.evidence[0].report.id == entry
    assert answer.text == answer.evidence[0].passage


def test_the_faq_of_one_year_does_not_answer_for_another(services: Services) -> None:
    assert services.answerer.ask("2017年放假安排是什么").kind != "faq"


@pytest.mark.parametrize(("year", "number"), [(2015, "120条"), (2016, "135条")])
def test_the_year_asked_for_is_the_year_answered(services: Services, year: int, number: str) -> None:
    answer = services.answerer.ask(f"{year}年水务局公开了多少条信息")
    assert number in answer.text
    assert answer.evidence[0].report.year == year


@pytest.mark.parametrize(
    "question",
    ["财政局2016年公开了多少条信息", "市交通局收到多少件申请", "隔壁望江市水务局公开多少条", "水务局局长叫什么名字"],
)
def test_another_body_is_not_answered_for(services: Services, question: str) -> None:
    assert services.answerer.ask(question).kind == "none"


def test_how_is_no_answer_to_how_many(services: Services) -> None:
    assert services.answerer.ask("身份证丢了补办过多少张").kind == "none"


def test_who_names_no_year_gets_the_newest(services: Services) -> None:
    assert services.answerer.ask("水务局公开信息多少条").evidence[0].report.year == 2016


def test_a_list_is_marked_whole(services: Services) -> None:
    answer = services.answerer.ask("水务局2015年存在哪些问题")
    start, end = answer.evidence[0].sentence
    assert answer.evidence[0].passage[start:end] == "一是人员不足。二是培训不够。三是网站老旧。"


def test_the_answer_is_the_documented_json(services: Services) -> None:
    shape = json.loads(json.dumps(services.answerer.ask("2015年水务局公开了多少条信息").to_dict()))
    assert set(shape) == {
        "question", "conversation", "kind", "text", "say", "confidence", "evidence", "suggestions",
        "value",
        "understood",
        "comparison",
    }  # fmt: skip
    evidence = shape["evidence"][0]
    assert {"report", "section", "passage", "highlights", "score", "anchor"} <= set(evidence)
    assert set(evidence["report"]) == {"id", "title", "publisher", "index_number", "published", "year", "url"}
    assert "一百二十条" in shape["say"]


def test_a_conversation_goes_on_and_a_forged_one_begins_anew(services: Services) -> None:
    first = services.answerer.ask("你好")
    assert services.answerer.ask("谢谢", first.conversation).conversation == first.conversation
    forged = services.answerer.ask("谢谢", "../../etc/passwd").conversation
    assert forged not in (first.conversation, "../../etc/passwd")


@pytest.mark.parametrize(
    ("hour", "greeting"), [(4, "晚上好"), (8, "上午好"), (12, "下午好"), (17, "下午好"), (18, "晚上好"), (23, "晚上好")]
)
def test_greetings_go_by_the_time_of_day(hour: int, greeting: str) -> None:
    now = datetime(2026, 1, 1, hour)
    assert (smalltalk("你好呀！", now) or "").startswith(greeting)
    assert "安安" in (smalltalk("你是谁？", now) or "")


@pytest.mark.parametrize("question", ["谢谢，再问一下电话多少", "你好，2015年公开了多少条", "怎么申请信息公开"])
def test_a_question_with_a_greeting_is_a_question(question: str) -> None:
    assert smalltalk(question, datetime(2026, 1, 1, 9)) is None


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("", "question_empty"),
        (" \n\t　", "question_empty"),
        ("？？！！……", "question_unreadable"),
        ("🙂🙂", "question_unreadable"),
        ("\x00\x1b\u200b", "question_unreadable"),
        ("问" * 5000, "question_too_long"),
    ],
)
def test_what_is_no_question_is_refused_in_chinese(services: Services, question: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        services.answerer.ask(question)
    assert refused.value.code == code
    assert any("\u4e00" <= char <= "\u9fff" for char in refused.value.message)


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(st.sampled_from('水务局2015年公开信息多少条AND(:"*~^)\\ <script>'), st.characters()),
        min_size=1,
        max_size=60,
    )
)
def test_anything_typed_is_answered_or_refused(services: Services, question: str) -> None:
    try:
        answer = services.answerer.ask(question)
    except BadInput:
        return
    for evidence in answer.evidence:
        spans = (evidence.sentence, *evidence.highlights)
        assert all(0 <= start < end <= len(evidence.passage) for start, end in spans)
        assert list(evidence.highlights) == sorted(evidence.highlights)


@given(st.data())
def test_the_direct_text_is_cut_from_the_passage(data: st.DataObject) -> None:
    passage = data.draw(st.text(alphabet="市公安局发布信息，。；,1234567890条", min_size=1, max_size=300))
    start = data.draw(st.integers(0, len(passage) - 1))
    end = data.draw(st.integers(start + 1, len(passage)))
    first = data.draw(st.integers(start, end - 1))
    last = data.draw(st.integers(first + 1, end))
    text = direct_text(passage, (start, end), [(first, last)])
    assert text.strip("…") in passage


def test_a_change_of_the_faq_is_answered_at_once(services: Services) -> None:
    added = FaqEntry("new", "游泳馆几点开门？", (), "每天8时开门。", "市体育局", "公告")
    services.store.replace_faq([*ENTRIES, added])
    assert services.answerer.ask("游泳馆几点开门").text == "每天8时开门。"
    services.store.replace_faq(ENTRIES)
    assert services.answerer.ask("游泳馆几点开门").kind == "none"


@pytest.mark.parametrize("typed", ["身份证", "shenfenzheng", "zhengwu", "大厅"])
def test_suggestions_while_typing_come_from_the_faq(services: Services, typed: str) -> None:
    suggested = services.answerer.suggest(typed)
    assert suggested
    assert set(suggested) <= {entry.question for entry in ENTRIES}
