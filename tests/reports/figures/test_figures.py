"""Figures of sentences and cells: what counts as one, its value, unit, qualifier, kind, indicator, subject and year."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.reports import Cell, Figure, Metadata, Table, compose
from assistant.reports.figures import MAX_FIGURES, find_figures
from assistant.reports.figures.han import han_value
from assistant.speech.numerals import quantity


def _figures(text: str, publisher: str = "某市公安局", year: int | None = 2015) -> tuple[Figure, ...]:
    return find_figures(text, (), publisher, year)


def _one(text: str) -> Figure:
    figures = _figures(text)
    assert len(figures) == 1, [figure.text for figure in figures]
    return figures[0]


@pytest.mark.parametrize(
    ("text", "printed", "kind", "value", "unit", "qualifier"),
    [
        ("梳理100余项办事指南。", "100余项", "count", "100", "项", "余"),
        ("发放宣传单1.5万余张。", "1.5万余张", "count", "15000", "张", "余"),
        ("发放资料42多万份。", "42多万份", "count", "420000", "份", "多"),
        ("散发资料18余万份。", "18余万份", "count", "180000", "份", "余"),
        ("受宣传群众接近10万。", "接近10万", "count", "100000", "", "接近"),
        ("张贴标语2万条(张)。", "2万条(张)", "count", "20000", "条", ""),
        ("播放电影120余场（次）。", "120余场（次）", "count", "120", "场", "余"),
        ("发布信息１，２６６条。", "２６６条", "count", "266", "条", ""),
        ("发布信息1,266条。", "1,266条", "count", "1266", "条", ""),
        ("发布信息2 600 条。", "2 600 条", "count", "2600", "条", ""),
        ("培训两千余人次。", "两千余人次", "count", "2000", "人次", "余"),
        ("开展活动十二场次。", "十二场次", "count", "12", "场次", ""),
        ("召开会议四次。", "四次", "count", "4", "次", ""),
        ("接待群众百余人。", "百余人", "count", "100", "人", "余"),
        ("参加人数约500人。", "约500人", "count", "500", "人", "约"),
        ("培训时间30天以上。", "30天以上", "count", "30", "天", "以上"),
        ("每年不少于2课时。", "不少于2课时", "count", "2", "课时", "不少于"),
        ("發放資料3000份。", "3000份", "count", "3000", "份", ""),
        ("筹资70余万元。", "70余万元", "money", "700000", "元", "余"),
        ("筹集资金近70万元。", "近70万元", "money", "700000", "元", "近"),
        ("发放资金1.68亿元。", "1.68亿元", "money", "168000000", "元", ""),
        ("投入人民币1200元。", "人民币1200元", "money", "1200", "元", ""),
        ("投入￥3万。", "￥3万", "money", "30000", "元", ""),
        ("满意率91.6%。", "91.6%", "percent", "91.6", "%", ""),
        ("满意率９１％。", "９１％", "percent", "91", "%", ""),
        ("满意率百分之九十八点五。", "百分之九十八点五", "percent", "98.5", "%", ""),
        ("上升0.5个百分点。", "0.5个百分点", "percent", "0.5", "个百分点", ""),
        ("增长-3.5%。", "-3.5%", "percent", "-3.5", "%", ""),
        ("占八成二。", "八成二", "ratio", "0.82", "", ""),
        ("压减四分之一以上。", "四分之一以上", "ratio", "0.25", "", "以上"),
        ("访问量是上年的2.3倍。", "2.3倍", "ratio", "2.3", "倍", ""),
        ("男女比例为3:2。", "3:2", "ratio", "1.5", "", ""),
        ("在全省位列第4名。", "第4名", "rank", "4", "名", ""),
        ("考核排名全省第3。", "第3", "rank", "3", "", ""),
        ("在全省位列第一。", "第一", "rank", "1", "", ""),
        ("进入全省前3名。", "前3名", "rank", "3", "名", "前"),
        ("未收到政府信息公开申请。", "未收到", "count", "0", "", ""),
        ("未收取任何费用。", "未收取", "count", "0", "", ""),
        ("没有发生行政诉讼。", "没有发生", "count", "0", "", ""),
        ("无行政复议、行政诉讼。", "无", "count", "0", "", ""),
    ],
)
def test_ways_of_writing(text: str, printed: str, kind: str, value: str, unit: str, qualifier: str) -> None:
    figure = _one(text)
    assert (figure.text, figure.kind, figure.unit, figure.qualifier) == (printed, kind, unit, qualifier)
    assert figure.value == Decimal(value)
    assert text[slice(*figure.span)] == printed


@pytest.mark.parametrize(
    ("text", "printed", "kind", "first", "last"),
    [
        ("网站自2012年11月上线。", "2012年11月", "date", date(2012, 11, 1), date(2012, 11, 30)),
        ("3月5日举办。", "3月5日", "date", date(2015, 3, 5), date(2015, 3, 5)),
        ("二〇一四年十二月三十一日印发。", "二〇一四年十二月三十一日", "date", date(2014, 12, 31), date(2014, 12, 31)),
        ("2016-03-09发布。", "2016-03-09", "date", date(2016, 3, 9), date(2016, 3, 9)),
        ("自2015年1月1日起至2015年12月31日止。", None, "period", date(2015, 1, 1), date(2015, 12, 31)),
        ("从2018年1月1日起，到2018年12月31日止。", None, "period", date(2018, 1, 1), date(2018, 12, 31)),
        ("3月至5月开展。", "3月至5月", "period", date(2015, 3, 1), date(2015, 5, 31)),
        ("2015年1-6月开展。", "2015年1-6月", "period", date(2015, 1, 1), date(2015, 6, 30)),
        ("第一季度开展。", "第一季度", "period", date(2015, 1, 1), date(2015, 3, 31)),
        ("2013—2015年开展。", "2013—2015年", "period", date(2013, 1, 1), date(2015, 12, 31)),
        ("下半年开展。", "下半年", "period", date(2015, 7, 1), date(2015, 12, 31)),
    ],
)
def test_dates_and_periods(text: str, printed: str | None, kind: str, first: date, last: date) -> None:
    figure = _one(text)
    assert (figure.kind, figure.value, figure.first, figure.last) == (kind, None, first, last)
    assert figure.text == (printed or text[1:-1])


@pytest.mark.parametrize(
    "text",
    [
        "一、概述",
        "（一）主动公开情况",
        "1.完善制度",
        "(1)印发办法",
        "根据国办发〔2017〕47号文件精神。",
        "依据第二十条第（一）项、第三十一条的规定。",
        "联系电话0915-3237000，传真：0915-3237000，邮编:725000。",
        "登记征缴科：69044210 支付科：69044814",
        "工作日8:30至12:00、14:30至18:00受理。",
        "地址：新城路86号3号楼214室。",
        "拨打12345政务服务热线或者110报警。",
        "拨打12333人力资源和社会保障热线。",
        "一是加强领导。二是完善制度。三是强化监督。",
        "推行一系列措施，统一部署，进一步规范，万一有误，十分重要。",
        "推进一网通办、“三审三校”和双随机、一公开，落实十四五规划。",
        "第一时间发布一批信息和一些数据，建设一个平台。",
        "“三公”经费公开，党的十九届五中全会召开。",
        "依据《关于做好2015年第4批12项工作的通知》。",
        "数十次、几百人、成千上万。",
        "三门峡市、五台山和红十字会。",
        "网址http://www.a.gov.cn/2015/12件/。",
        "没有按时更新，未及时答复，无法提供，无障碍浏览。",
        "标准为5A级、2.0版、A4纸、PM2.5。",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert [figure.text for figure in _figures(text)] == []


def test_one_sentence_with_several_figures() -> None:
    text = "2015年,市公安局通过门户网站发布警务公开信息2600条,通过互动栏目受理网民提问531条,回复519条。"
    year, *figures = _figures(text)
    assert (year.kind, year.first) == ("period", date(2015, 1, 1))
    assert [(figure.indicator, figure.value) for figure in figures] == [
        ("发布警务公开信息", 2600),
        ("受理网民提问", 531),
        ("回复网民提问", 519),
    ]
    assert [text[slice(*figure.indicator_span)] for figure in figures if figure.indicator_span] == [
        "发布警务公开信息",
        "受理网民提问",
        "回复",
    ]
    assert {figure.subject for figure in figures} == {"某市公安局"}


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("发布7类44项便民利民措施。", ["便民利民措施", "便民利民措施"]),
        ("公布100余项办事指南、40余项表格下载。", ["办事指南", "表格下载"]),
        ("收到来信823件，比上年增加78件，增长10.5%。", ["收到来信", "收到来信比上年增加", "收到来信增长"]),
        ("成员单位由11个增加到14个。", ["成员单位", "成员单位增加到"]),
        ("收到申请21件，同意公开11件（1件涉及商业秘密）。", ["收到申请", "同意公开", "涉及商业秘密"]),
        (
            "承办人大建议151件、政协提案219件，共370件。",
            ["承办人大建议", "政协提案", "承办人大建议151件、政协提案219件"],
        ),
        ("平均用时1小时50分钟。", ["平均用时", "平均用时"]),
        ("办理时限为3至5个工作日。", ["办理时限", "办理时限"]),
        ("依申请公开：12件。", ["依申请公开"]),
    ],
)
def test_indicators(text: str, indicators: list[str]) -> None:
    assert [figure.indicator for figure in _figures(text)] == indicators


def test_subjects_are_carried_over() -> None:
    text = (
        "岚山县公安局打造平台，该局筹资70万元。县局购置电脑30台。我局召开会议4次。\n"
        "发布信息50条。政务微博“@某市警方”发布信息9条，粉丝8人。打击犯罪方面，举办活动7场。"
    )
    assert [(figure.text, figure.subject) for figure in _figures(text)] == [
        ("70万元", "岚山县公安局"),
        ("30台", "岚山县公安局"),
        ("4次", "某市公安局"),
        ("50条", "某市公安局"),
        ("9条", "@某市警方"),
        ("8人", "@某市警方"),
        ("7场", "某市公安局"),
    ]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("发布信息5条。", [2015]),
        ("2014年发布信息3条，2015年发布信息5条。", [2014, 2014, 2015, 2015]),
        ("2014年，发布信息3条；召开会议2次。", [2014, 2014, 2014]),
        ("自2013年上线以来，发布信息5条。", [2013, 2015]),
        ("去年发布信息3条。", [2014]),
        ("比去年增加3条。", [2015]),
        ("由上年第9名升至第7名。", [2014, 2015]),
        ("发生率由2013年的11.2%下降到1.3%。", [2013, 2013, 2015]),
    ],
)
def test_years(text: str, years: list[int]) -> None:
    assert [figure.year for figure in _figures(text)] == years


def _table(text: str, start: int, *cells: Cell, caption: str = "") -> Table:
    return Table(caption, "", "", 3, 3, cells, start, len(text), "t1")


def _cell(
    text: str, printed: str, column: int, rows: tuple[str, ...], columns: tuple[str, ...], name: str = ""
) -> Cell:
    start = text.index(f" {printed}，") + 1
    span = (start, start + len(printed))
    return Cell(printed, 1, column, span=span, row_path=rows, column_path=columns, canonical=name)


def test_cells() -> None:
    text = (
        "发布信息5条。\n一、本年新收政府信息公开申请数量：自然人 28，法人 0，其他 /，占比 85%，金额 12.5，上年数 7，"
        "增减 -31，备注 共3件，"
    )
    rows = ("一、本年新收政府信息公开申请数量",)
    table = _table(
        text,
        text.index("一、"),
        Cell("自然人", 0, 1, header=True),
        _cell(text, "28", 1, rows, ("自然人",), "requests.new.person"),
        _cell(text, "0", 2, rows, ("法人或其他组织", "商业企业")),
        _cell(text, "/", 3, rows, ("其他",)),
        Cell("", 1, 9, row_path=rows, column_path=("空",)),
        _cell(text, "85%", 4, rows, ("占比",)),
        _cell(text, "12.5", 5, ("行政事业性收费",), ("本年收费金额（单位：万元）",)),
        _cell(text, "7", 6, ("行政许可",), ("上一年项目数量",)),
        _cell(text, "-31", 7, ("第二十条第（五）项", "行政许可"), ("本年增/减",)),
        _cell(text, "共3件", 8, rows, ("备注",)),
    )
    prose, *figures = find_figures(text, (table,), "某市公安局", 2015)
    assert (prose.text, prose.table) == ("5条", None)
    assert [(figure.text, figure.indicator, figure.value, figure.unit, figure.year) for figure in figures] == [
        ("28", "本年新收政府信息公开申请数量，自然人", 28, "", 2015),
        ("0", "本年新收政府信息公开申请数量，法人或其他组织，商业企业", 0, "", 2015),
        ("85%", "本年新收政府信息公开申请数量，占比", 85, "%", 2015),
        ("12.5", "行政事业性收费，本年收费金额", 125000, "元", 2015),
        ("7", "行政许可，上一年项目数量", 7, "", 2014),
        ("-31", "第二十条第（五）项，行政许可，本年增/减", -31, "", 2015),
        ("3件", "本年新收政府信息公开申请数量，备注", 3, "件", 2015),
    ]
    first = figures[0]
    assert (first.table, first.row, first.column, first.canonical) == (0, 1, 1, "requests.new.person")
    assert (first.kind, figures[2].kind, figures[3].kind) == ("count", "percent", "money")
    assert all(text[slice(*figure.span)] == figure.text for figure in figures)
    assert first.indicator_span is None


def test_a_report_holds_its_figures() -> None:
    known = Metadata(title="某市公安局2015年报告", publisher="某市公安局", year=2015)
    report = compose(known, "受理网民提问531条。")
    assert [(figure.text, figure.indicator) for figure in report.figures] == [("531条", "受理网民提问")]
    assert compose(known, "受理网民提问532条。").content_hash != report.content_hash


@given(st.integers(0, 10**16 - 1))
@example(10_0000_0010)
@example(12)
@example(1_0500)
def test_numerals_are_read_as_they_are_said(number: int) -> None:
    assert han_value(quantity(str(number))) == number


@given(st.integers(3, 9999_9999), st.sampled_from("条件次人项"))
def test_counts_in_digits_and_in_numerals_are_the_same(number: int, unit: str) -> None:
    for written in (str(number), f"{number:,}", quantity(str(number))):
        figure = _one(f"发布信息{written}{unit}。")
        assert (figure.value, figure.unit, figure.indicator) == (number, unit, "发布信息")


_PIECES = st.sampled_from(
    (
        "2015年 1月 1日 至 起 止 发布信息 2600条 近70万元 三分之一 八成 3:1 第4名 位列 未收到 没有发生 无 申请 市公安局"
        " 该局 县局 @某市警方 “ ” 《 》 （ ） ， 。 ； ： 、 \n 一 十 百 万 亿 余 多 1 1, . - % 元 的 由 增加到 共"
        " 比上年 上年 每 http:// www. a@b.c 通过 全年 方面 １ ％ 條 其中 回复 截至 百分之 倍 号 日 季度"
    ).split(" ")
)


@given(st.lists(_PIECES | st.text(max_size=3), max_size=30).map("".join), st.none() | st.integers(1, 9999))
def test_every_figure_stands_where_it_says(text: str, year: int | None) -> None:
    figures = find_figures(text, (), "某市公安局", year)
    end = 0
    for figure in figures:
        assert end <= figure.span[0] < figure.span[1] <= len(text)
        end = figure.span[1]
        assert text[slice(*figure.span)] == figure.text
        assert (figure.value is None) == (figure.kind in ("date", "period"))
        if figure.indicator_span:
            assert 0 <= figure.indicator_span[0] < figure.indicator_span[1] <= len(text)
        if figure.first and figure.last and figure.kind == "date":
            assert figure.first <= figure.last


@pytest.mark.parametrize("piece", ["1", "一", "中", "，", "(", "《", "a", "1,", "1月", "发布信息2600条", "公安局、"])
def test_two_million_characters_without_a_full_stop(piece: str) -> None:
    text = piece * (2_000_000 // len(piece))
    assert len(find_figures(text, (), "某市公安局", 2015)) <= MAX_FIGURES
