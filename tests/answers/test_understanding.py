"""What a question is taken to mean: years, bodies, the kind of thing wanted, and which thing in a text that is."""

import pytest

from assistant.answers.evidence import Sought, find_candidate, mark
from assistant.answers.names import missing_names
from assistant.answers.scope import BodyNames, find_scope, find_years, without_scope
from assistant.answers.things import find_things, fits_measure
from assistant.answers.wanted import find_wanted
from assistant.language import Synonyms, fold, fold_text, read_synonyms


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2015年公开了多少条", {2015}),
        ("２０１５年度的报告", {2015}),
        ("二〇一五年的电话", {2015}),
        ("15年教育局收到多少申请", {2015}),
        ("一六年改版花了多少钱", {2016}),
        ("2018和2019哪年多", {2018, 2019}),
        ("居住满10年可以申请吗", set()),
        ("档案保存30年吗", set()),
        ("工作20年以上的人", set()),
        ("花了2000万元吗", set()),
        ("1998辆车", set()),
        ("三年级怎么转学", set()),
        ("拨打12345有用吗", set()),
    ],
)
def test_years_are_years_and_lengths_and_amounts_are_not(question: str, years: set[int]) -> None:
    assert find_years(fold_text(question)) == years


@pytest.mark.parametrize(
    ("said", "body"),
    [
        ("市卫健委2019年收到多少件申请", "岚城市卫生健康委员会"),
        ("人社局的电话", "岚城市人力资源和社会保障局"),
        ("岚城市发改委怎么联系", "岚城市发展和改革委员会"),
        ("市场监管局罚了多少", "岚城市市场监督管理局"),
        ("县政府存在哪些问题", "岚城县人民政府"),
        ("岚城县改造了多少户危房", "岚城县人民政府"),
        ("岚城市卫健委多少人", "岚城市卫生健康委员会"),
        ("卫生局的电话", ""),
        ("邮局在哪", ""),
    ],
)
def test_bodies_are_understood_by_their_short_names(said: str, body: str) -> None:
    bodies = BodyNames(
        [
            "岚城市卫生健康委员会",
            "岚城市人力资源和社会保障局",
            "岚城市发展和改革委员会",
            "岚城市市场监督管理局",
            "岚城县人民政府",
        ]
    )
    assert bodies.find(said)[0] == ({body} if body else set())


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("安康市公安局公开了什么", True),
        ("市公安局公开了什么", True),
        ("公安局公开了什么", True),
        ("教育局公开了什么", False),
        ("政府信息公开收费吗", False),
    ],
)
def test_a_body_is_known_by_its_name_without_its_place(question: str, found: bool) -> None:
    bodies = BodyNames(["陕西省安康市公安局", "安康市人民政府"])
    assert (find_scope(question, bodies).publishers == {"陕西省安康市公安局"}) is found


def test_a_body_is_known_by_its_synonyms_however_they_are_written() -> None:
    bodies = BodyNames(["安康市公安局（本级）"], [("公安局(本级)", "警方")])
    assert find_scope("警方公开了什么", bodies).publishers == {"安康市公安局（本级）"}


def test_what_named_the_scope_is_gone_whole() -> None:
    bodies = BodyNames(["安康市公安局"])
    question = "2017年度市公安局年底粉丝有多少"
    assert without_scope(question, find_scope(question, bodies)).split() == ["年底粉丝有多少"]


@pytest.mark.parametrize(
    ("name", "evidence", "missing"),
    [
        ("财政局", "一般公共预算财政拨款", True),
        ("临泽县", "临泽也下了雨", False),
        ("财政局", "市财政局得分居前", False),
    ],
)
def test_only_a_place_may_stand_without_its_last_character(name: str, evidence: str, missing: bool) -> None:
    assert bool(missing_names([name], evidence)) is missing


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("12345热线受理了多少件", "amount"),
        ("传真申请有几件", "amount"),
        ("电话是多少", "phone"),
        ("什么时候搬到新的办公地址", "date"),
        ("几月几号上线的", "date"),
        ("制约发展的原因有哪些", "list"),
        ("为什么减少了", "reason"),
        ("组长是谁", "who"),
        ("邮编多少", "postcode"),
        ("收费了吗", "yes or no"),
        ("什么是依申请公开", "passage"),
    ],
)
def test_the_interrogative_decides_the_kind(question: str, kind: str) -> None:
    assert find_wanted(fold_text(question)).kind == kind


def marked(question: str, passage: str, *words: str, years: frozenset[int] = frozenset()) -> list[str]:
    """What is marked in a passage for a question with these content words."""
    wanted = find_wanted(fold_text(question))
    sought = tuple(Sought(word, 1.0) for word in words)
    candidate = find_candidate(fold(passage), passage, "", sought, wanted)
    return [passage[start:end] for start, end in mark(candidate, sought, wanted, years)]


@pytest.mark.parametrize(
    ("question", "passage", "words", "number"),
    [
        ("回复了多少条", "受理网民提问531条，回复519条。", ("回复", "提问"), "519条"),
        ("受理了多少条", "受理网民提问531条，回复519条。", ("受理", "提问"), "531条"),
        ("公开信息多少条", "公开信息比上年增加212条，全年2528条。", ("公开", "信息"), "2528条"),
        ("关停后还有多少个账号", "账号由226个减少到23个。", ("账号",), "23个"),
        ("满意率是多少", "签约1127户，满意率98.4%。", ("满意率",), "98.4%"),
        ("收到多少件申请", "申请数量：自然人 12，商业企业 3，总计 16。", ("申请",), "16"),
        ("处理了多少件", "第二十条规定的行政许可处理决定2件。", ("处理",), "2件"),
        ("提前了多少天", "4月10日封闭，提前30天公告。", ("提前",), "30天"),
        ("发布了多少条", "全年发布1 208条。", ("发布",), "1 208条"),
    ],
)
def test_the_number_that_was_asked_for_is_marked(
    question: str, passage: str, words: tuple[str, ...], number: str
) -> None:
    assert marked(question, passage, *words) == [number]


def test_of_cells_under_years_the_asked_one_is_marked() -> None:
    passage = "行政复议：2020年 6，2021年 11。"
    assert marked("2021年行政复议多少件", passage, "行政复议", years=frozenset({2021})) == ["11"]


def test_a_reason_is_marked_as_far_as_it_goes() -> None:
    passage = "11月15日供暖首日投诉1946件。经查，原因是2号锅炉给水泵故障。"
    assert marked("供暖投诉为什么多", passage, "供暖", "投诉", "原因") == ["原因是2号锅炉给水泵故障。"]


@pytest.mark.parametrize(
    ("kind_of", "text", "found"),
    [
        ("电话多少", "联系电话：0915-3237000。", ["0915-3237000"]),
        ("电话多少", "电话(0797)8823456，", ["(0797)8823456"]),
        ("电话多少", "接听咨询电话120次，公开信息12345条。", []),
        ("邮箱是什么", "联系邮箱为zwgk@ankang.example查收。", ["zwgk@ankang.example"]),
        ("邮编多少", "邮编725000，共123456次。", ["725000"]),
    ],
)
def test_things_end_where_they_end(kind_of: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_things(find_wanted(kind_of), text)] == found


@pytest.mark.parametrize(
    ("question", "said", "fits"),
    [
        ("开了几次会", "4场", True),
        ("多少人参加", "12名", True),
        ("多少个账号", "612个", True),
        ("多少个账号", "38.6万元", False),
        ("多少条信息", "33", False),
        ("多少件申请", "33", True),
        ("多少件申请", "未收到", True),
        ("花了多少钱", "120条", False),
    ],
)
def test_measures_that_answer_for_each_other(question: str, said: str, fits: bool) -> None:
    assert fits_measure(find_wanted(question), said) is fits


def test_synonyms_are_found_longest_first_and_folded(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "synonyms.txt"
    path.write_text("行政复议 申请复议 # 注释\n复议 再议\nWIFI 无线网\n", encoding="utf-8")
    synonyms = read_synonyms(path)
    assert synonyms.find("行政复议有几件") == {"行政复议": ("申请复议",)}
    assert synonyms.find("wifi密码") == {"wifi": ("无线网",)}
    assert Synonyms().find("行政复议") == {}
