"""Conversations: follow-ups keep what was said, a new subject drops it, and a restart keeps it until it expires."""

from pathlib import Path

import pytest

from assistant.answers.conversations import MOST_AT_HAND, Conversations, Said
from assistant.answers.model import Answer
from assistant.services import Services, open_services
from assistant.store import Store

ID = "0" * 32


def talk(services: Services, *turns: str) -> Answer:
    """The answer to the last of several questions."""
    conversation = None
    for turn in turns:
        answer = services.answerer.ask(turn, conversation)
        conversation = answer.conversation
    return answer


@pytest.mark.parametrize(
    ("turns", "meant", "year", "words"),
    [
        (("教育局2019年开了几场新闻发布会", "前一年呢"), "教育局2018年开了几场新闻发布会", 2018, "5场"),
        (("市教育局2021年收到多少件申请", "公安局呢？"), "公安局2021年收到多少件申请", 2021, "37"),
        (("教育局2019年开了几场新闻发布会", "市政府呢", "那2021年呢"), "市政府2021年开了几场新闻发布会", 2021, "42场"),
        (("公安局2019年微博发了多少条", "粉丝呢"), "公安局2019年微博的粉丝有多少", 2019, "26.4万"),
        (("市长信箱2016年收到多少封信", "办结了多少"), "2016年市长信箱收到信办结了多少", 2016, "5692"),
        (("jiaoyuju 2017 nian shoudao duoshao shenqing", "na 2018 nian ne"), "教育局2018年收到多少申请", 2018, "21"),
        (("公安局2021年作了多少行政处罚决定", "行政强制呢"), "公安局2021年作了多少行政强制决定", 2021, "6043"),
    ],
)
def test_a_follow_up_is_asked_as_the_whole_question_it_means(
    sample: Services, turns: tuple[str, ...], meant: str, year: int, words: str
) -> None:
    answer = talk(sample, *turns)
    assert answer.understood.replace(" ", "") == meant
    assert answer.evidence[0].report.year == year
    assert words in answer.text
    assert answer.question == turns[-1]


def test_they_are_the_body_talked_of(sample: Services) -> None:
    answer = talk(sample, "市政府2020年开了几场新闻发布会", "他们的电话多少？")
    assert "0309-5553060" in answer.text
    assert answer.evidence[0].report.year == 2020


@pytest.mark.parametrize(
    "turns",
    [
        ("公安局2019年收到多少件公开申请", "那2014年呢"),
        ("公安局2021年微博有多少粉丝", "市财政局的呢"),
        ("2019年公安局微博有多少粉丝", "隔壁白水市公安局呢"),
        ("教育局2020年三公经费花了多少", "2021年的呢？"),
    ],
)
def test_what_is_not_there_is_not_taken_from_what_was_said(sample: Services, turns: tuple[str, ...]) -> None:
    assert talk(sample, *turns).kind == "none"


def test_a_question_whole_by_itself_drops_what_was_said(sample: Services) -> None:
    faq = talk(sample, "公安局2019年收到几件公开申请", "身份证丢了怎么补")
    assert (faq.kind, faq.understood) == ("faq", "")
    other = talk(sample, "市政府2022年存在哪些问题", "教育局2016年发了多少学生资助的钱")
    assert "1.37亿" in other.text
    assert other.understood == ""


def test_thanks_in_between_drop_nothing(sample: Services) -> None:
    answer = talk(sample, "公安局2022年开了几次新闻发布会", "谢谢", "那教育局呢")
    assert answer.understood == "教育局2022年开了几次新闻发布会"


def test_a_range_of_years_is_kept_whole(sample: Services) -> None:
    answer = talk(sample, "2019年到2022年，市公安局每年收到多少件公开申请", "那教育局呢")
    assert answer.comparison is not None
    assert [(row.year, row.publisher) for row in answer.comparison.rows] == [
        (year, "青澜市教育局") for year in (2019, 2020, 2021, 2022)
    ]
    assert answer.understood.startswith("教育局2019年到2022年")


def test_the_faq_goes_on_too(sample: Services) -> None:
    answer = talk(sample, "换身份证多少钱", "几天能拿到？")
    assert (answer.kind, answer.evidence[0].report.id) == ("faq", "faq:faq-017")


def test_more_is_the_whole_passage_and_then_the_next(sample: Services) -> None:
    question = "公安局2022年开了几次新闻发布会"
    short = talk(sample, question)
    full = talk(sample, question, "再详细点")
    assert full.text == " ".join(short.evidence[0].passage.split())
    assert full.understood
    asked = [question, *["再详细点"] * (len(short.evidence) + 1)]
    told_all = talk(sample, *asked)
    assert (told_all.kind, told_all.evidence) == ("none", ())


def test_half_a_question_without_a_conversation_is_asked_back(sample: Services) -> None:
    for conversation in (None, "f" * 32, "someone else's"):
        answer = sample.answerer.ask("那2018年呢", conversation)
        assert (answer.kind, answer.evidence) == ("none", ())
        assert "写在一句话里" in answer.text


def test_conversations_do_not_hear_each_other(sample: Services) -> None:
    one = sample.answerer.ask("教育局2019年开了几场新闻发布会")
    other = sample.answerer.ask("公安局2022年开了几次新闻发布会")
    assert one.conversation != other.conversation
    assert "教育局" in sample.answerer.ask("那2018年呢", one.conversation).understood


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2018年公安局收到几件公开申请，办结了几件？", ("9件", "8件")),
        ("2016年青澜教育的微博有多少粉丝，微信有多少人关注", ("3.6万", "2.3万")),
        ("公安局一八年搞了几期培训多少人参加", ("5期", "342人次")),
    ],
)
def test_two_things_asked_at_once_are_both_answered(sample: Services, question: str, told: tuple[str, ...]) -> None:
    answer = sample.answerer.ask(question)
    assert [words for words in told if words not in answer.text] == []
    assert answer.question == question


def test_what_of_two_things_was_not_found_is_said(sample: Services) -> None:
    answer = sample.answerer.ask("公安局2022年开了几次新闻发布会，月球上有多少座环形山")
    assert "8次" in answer.text
    assert "后一件没有找到" in answer.text


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("去年市政府一共开了几场新闻发布会", "2022年市政府一共开了几场新闻发布会"),
        ("前年教育局收到几件公开申请", "2021年教育局收到几件公开申请"),
        ("市政府最近一次年报里澜事通有多少实名用户", "2022年年报"),
        ("2020年市政府开的新闻发布会比去年多几场", ""),
        ("过去年份的报告在哪里看", ""),
    ],
)
def test_years_said_by_their_distance_are_counted_from_the_newest_report(
    sample: Services, question: str, meant: str
) -> None:
    understood = sample.answerer.ask(question).understood
    assert meant in understood if meant else understood == ""


def test_a_question_that_names_no_body_offers_the_bodies(sample: Services) -> None:
    answer = sample.answerer.ask("2021年召开了几场新闻发布会")
    assert answer.suggestions[0].endswith("2021年召开了几场新闻发布会")
    assert answer.suggestions[0] != "2021年召开了几场新闻发布会"


# What is remembered


def test_what_was_said_survives_a_restart(tmp_path: Path) -> None:
    services = open_services(tmp_path)
    try:
        first = services.answerer.ask("公安局2019年收到多少件公开申请")
    finally:
        services.close()
    services = open_services(tmp_path)
    try:
        assert services.answerer.ask("那2018年呢", first.conversation).understood == "公安局2018年收到多少件公开申请"
    finally:
        services.close()


def test_what_was_said_expires(tmp_path: Path) -> None:
    clock = [1_000_000.0]
    with Store.open(tmp_path / "anan.db") as store:
        memory = Conversations(store, 24, now=lambda: clock[0])
        memory.note(ID, Said("问题"))
        clock[0] += 24 * 3600
        assert memory.recall(ID) == Said("问题")
        clock[0] += 2
        assert memory.recall(ID) is None
        memory.note("1" * 32, Said("另一个"))
        memory.close()
        assert store.conversation(ID) is None  # nothing old is kept either
        assert store.conversation("1" * 32) is not None


def test_more_conversations_than_fit_at_hand_are_read_from_the_store(tmp_path: Path) -> None:
    with Store.open(tmp_path / "anan.db") as store:
        memory = Conversations(store, 24)
        for number in range(MOST_AT_HAND + 1):
            memory.note(f"{number:032x}", Said(f"第{number}个"))
        memory.write()
        assert memory.recall(f"{0:032x}") == Said("第0个")
        memory.close()


def test_the_oldest_go_first(tmp_path: Path) -> None:
    clock = [1_000_000.0]
    with Store.open(tmp_path / "anan.db") as store:
        memory = Conversations(store, 24, now=lambda: clock[0])
        for number in range(5):
            clock[0] += 1
            memory.note(f"{number:032x}", Said(f"第{number}个"))
        memory.close()
        store.keep_conversations([], before=0, most=3)
        held = [store.conversation(f"{number:032x}") is not None for number in range(5)]
    assert held == [False, False, True, True, True]


def test_a_store_that_cannot_be_written_costs_no_answer(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = Store.open(tmp_path / "anan.db")
    memory = Conversations(store, 24)
    store.close()
    (tmp_path / "anan.db").unlink()
    (tmp_path / "anan.db").mkdir()
    memory.note(ID, Said("问题"))
    memory.write()
    assert memory.recall(ID) == Said("问题")
    memory.close()
    assert "没有记下来" in caplog.text


# Further follow-ups, as they are asked


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        (("2018年教育局局长信箱收了多少信", "12345转来的呢"), "1502件"),
        (("教育局2018年开了几次新闻发布会", "那局领导在线访谈呢"), "3次"),
        (("2018年教育局微信有多少人关注", "微博粉丝呢"), "4.7万"),
        (("公安局2018年培训了几期", "多少人参加"), "342人次"),
        (("2017年望江路的自来水怎么了", "是什么原因", "后来建了个什么制度"), "三步发布制度"),
        (("公安局地址在哪里", "邮编呢"), "009100"),
        (("2018年公安局开了几次新闻发布会", "存在哪些问题", "电话呢"), "0309-5551122"),
    ],
)
def test_what_a_follow_up_leaves_out_is_filled_in(sample: Services, turns: tuple[str, ...], words: str) -> None:
    assert words in talk(sample, *turns).text


@pytest.mark.parametrize(
    ("turns", "compared"),
    [
        (("公安局2020年收到多少申请", "比2019年多了多少"), {2019, 2020}),
        (("公安局2020年收到多少申请", "多了还是少了"), {2019, 2020}),
        (("公安局2020年收到多少申请", "比上年增加了多少"), {2019, 2020}),
        (("公安局收到多少申请", "比2018年多了多少"), {2018, 2022}),
        (("公安局2022年收到多少申请", "哪年最多"), set(range(2016, 2023))),
    ],
)
def test_more_or_less_is_asked_of_two_years(sample: Services, turns: tuple[str, ...], compared: set[int]) -> None:
    answer = talk(sample, *turns)
    assert answer.comparison is not None
    assert {row.year for row in answer.comparison.rows} == compared


@pytest.mark.parametrize(
    "turns",
    [
        ("教育局2018年开了几次新闻发布会", "请了多少记者"),
        ("教育局2021年微博发了多少条", "粉丝有多少"),
        ("公安局2018年微博发了多少条", "抖音呢"),
        ("2018年市长信箱收到多少来信", "县长信箱呢"),
    ],
)
def test_no_number_of_something_else_is_inherited(sample: Services, turns: tuple[str, ...]) -> None:
    assert talk(sample, *turns).kind == "none"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("教育局2018年人大建议和政协提案各多少件", ("35件", "70件")),
        ("公安局2018年行政许可和行政处罚各公示多少条", ("9210条", "3874条")),
        ("公安局2020年收到和办结的申请各多少件", ("29", "28")),
        ("公安局2018年办了几场警营开放日，请了多少群众", ("3场", "1100余人")),
        ("市政府2017年12345受理了多少件，老百姓满意率是多少", ("26.8万件", "93%")),
    ],
)
def test_two_numbers_asked_at_once_are_both_given(sample: Services, question: str, told: tuple[str, ...]) -> None:
    assert [words for words in told if words not in sample.answerer.ask(question).text] == []


@pytest.mark.parametrize("question", ["公安局2018年微博和抖音的粉丝各多少", "2018年公安局微博和微信粉丝各多少"])
def test_one_number_is_never_given_for_two(sample: Services, question: str) -> None:
    assert sample.answerer.ask(question).value is None
    assert sample.answerer.ask(question).kind == "none"
