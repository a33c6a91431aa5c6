"""What is offered: sensible questions that are answered, found by characters, pinyin, initials and with slips."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.offering import report_questions, section_question
from assistant.answers.typed_index import TypedIndex
from assistant.language import syllables
from assistant.reports import Metadata, compose

QUESTIONS = (
    "公开信息收不收费？",
    "演示县公安局2018年收到多少件政府信息公开申请？",
    "演示县公安局2018年作出行政处罚决定多少件？",
    "身份证丢了怎么补办？",
    "银行卡和医保有什么关系？",
    "12345热线几点有人接？",
)
INDEX = TypedIndex(QUESTIONS)


def best(typed):
    return next((each.question for each in INDEX.find(typed, 6)), None)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("身份证", 3),
        ("sfz", 3),
        ("shenfenzheng", 3),
        ("shenfzheng", 3),
        ("shenfenz", 3),
        ("身份zheng", 3),
        ("身fenz", 3),
        ("SFZ diule", 3),
        ("身分证丢了", 3),
        ("身份正丢", 3),
        ("身份证怎么补办", 3),
        ("份证丢了怎么办", 3),
        ("gkxx", 0),
        ("gongkaixx", 0),
        ("公开xx", 0),
        ("2018年xzcf", 2),
        ("行政処罰", 2),
        ("公安局 处罚", 2),
        ("12345", 5),
        ("１２３４５rx", 5),
        ("医保", 4),
    ],
)
def test_a_question_is_found_by_what_is_typed_of_it(typed, question):
    assert best(typed) == QUESTIONS[question]


@pytest.mark.parametrize("typed", ["", "  ", "？！", "火星氧气价格", "zzzzqq", "😀", "a" * 500, "xyz"])
def test_nothing_is_found_for_nothing_and_for_what_is_not_there(typed):
    assert best(typed) is None


@given(st.sampled_from(QUESTIONS), st.integers(0, 20), st.integers(2, 8))
def test_every_piece_of_a_question_finds_it_written_heard_and_by_initials(question, start, length):
    form = re.sub(r"\W", "", question)
    piece = form[start : start + length]
    if len(piece) < 2:
        return
    heard = syllables(piece)
    for typed in (piece, "".join(heard), "".join(each[0] for each in heard)):
        assert question in [each.question for each in INDEX.find(typed, 6)]


@given(st.text(max_size=80), st.integers(1, 6))
def test_whatever_is_typed_the_list_is_short_and_has_each_once(typed, limit):
    found = INDEX.find(typed, limit)
    assert len(found) <= limit
    assert len({each.place for each in found}) == len(found)
    scores = [round(each.score, 2) for each in found]
    assert scores == sorted(scores, reverse=True)


def test_what_is_offered_is_answered(sample):
    shelf = sample.answerer._library.shelf()
    chance = random.Random(20)
    questions = [*chance.sample(shelf.typed.questions, 40), *chance.sample(shelf.faq.typed.questions, 10)]
    offered = set()
    for question in questions:
        typed = chance.choice([question[:8], question[-10:], "".join(each[0] for each in syllables(question)[:7])])
        offered.update(sample.answerer.suggest(typed)[:2])
    assert len(offered) > 30
    silent = [question for question in sorted(offered) if sample.answerer.ask(question).kind == "none"]
    assert silent == []


@pytest.mark.parametrize(
    ("question", "offers"),
    [
        ("火星上的氧气卖多少钱一斤", 0),
        ("谁是局长", 0),
        ("有多少民警", 1),
        ("开了几次新闻发布会", 2),
        ("这份报告里有多少民警", 0),
    ],
)
def test_where_nothing_is_found_a_body_is_offered_only_if_it_has_an_answer(sample, question, offers):
    answer = sample.answerer.ask(question)
    assert answer.kind == "none"
    bodies = {report.publisher for report in sample.store.reports()}
    offered = [each for each in answer.suggestions if any(each == f"{body}{question}" for body in bodies)]
    assert len(offered) == offers
    assert "none" not in {sample.answerer.ask(each).kind for each in offered}


def test_nothing_typed_offers_what_is_asked_most_and_related_questions_stand_by_themselves(sample):
    popular = sample.answerer.suggest("")
    assert popular == [entry.question for entry in sample.store.faq()[:6]]
    related = set()
    for question in (
        "公安局2021年为什么考核掉了名次",
        "教育局的网站有多少点击",
        "市政府2017年依申请公开的情况",
        "火星",
    ):
        related.update(sample.answerer.ask(question).suggestions)
    bodies = "|".join({report.publisher for report in sample.store.reports()})
    told = [each for each in related if re.match(rf"(?:{bodies})\d{{4}}年", each)]
    assert all(re.search(r"多少|怎么样？$|哪些|几", each) for each in told), told
    story = sample.answerer.ask("我家孩子今年上小学，听老师说开过新闻发布会，一共开了几场？")
    assert not [each for each in story.suggestions if "我家孩子" in each]
    plain = sample.answerer.ask("一共开了几场新闻发布会")
    assert [each for each in plain.suggestions if each.endswith("一共开了几场新闻发布会")]


STORY = """演示县档案局2017年政府信息公开工作年度报告
一、把规矩立起来
（一）聚焦主责，把公开的底数摸清摸透。
全年主动公开政府信息347条。召开新闻发布会3次。查阅档案1204人次。
（二）依申请公开的情况
全年收到政府信息公开申请9件，全部答复。比上年增加2件。
（三）监督保障
编印指南约500册，其中发放指南300册，又发放指南100册。
二、存在的主要问题
一是公开不够及时。二是形式单一。
"""


def test_questions_about_a_report_are_made_from_what_it_holds():
    report = compose(Metadata(title="年度报告", publisher="演示县档案局", year=2017), STORY)
    whose = "演示县档案局2017年"
    offered = report_questions(report, report.figures, [section.heading for section in report.sections])
    assert f"{whose}召开新闻发布会多少次？" in offered
    assert f"{whose}收到多少件政府信息公开申请？" in offered
    assert f"{whose}依申请公开的情况怎么样？" in offered
    assert f"{whose}存在哪些主要问题？" in offered
    assert not [each for each in offered if "规矩" in each or "底数" in each or "发放指南" in each or "增加" in each]
    assert section_question(report, "（一）聚焦主责，把公开的底数摸清摸透。") == ""
    assert section_question(report, "一、概述") == ""
    nobody = compose(Metadata(title="年度报告", year=None), STORY)
    assert report_questions(nobody, nobody.figures, ["依申请公开的情况"]) == ()
