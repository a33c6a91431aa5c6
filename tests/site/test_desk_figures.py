"""The figures of the service at the desk: what happens at the doors is counted, and shown by step and department."""

import io
import re
from datetime import date

import pytest
from desk_checks import at_desk
from openpyxl import load_workbook

from assistant.desk import Draft
from assistant.store.daily_table import Counted

# Long before any test asked anything.
DAY = date(2016, 3, 7)
BODY = '=HYPERLINK("http://x")市档案馆'


@pytest.fixture
def editor(app, services, people):
    return at_desk(app, services, "editor")


@pytest.fixture(scope="module")
def counted(services):
    """A month of long ago."""
    services.store.daily.add(
        {
            Counted(DAY, "asked.faq", BODY): 30,
            Counted(DAY, "asked.none", BODY): 10,
            Counted(DAY, "asked.passage"): 60,
            Counted(DAY, "asked.smalltalk"): 7,
            Counted(DAY, "asked.milliseconds"): 1070,
            Counted(date(2016, 4, 1), "asked.faq"): 5,
            Counted(DAY, "heard.report", BODY): 3,
            Counted(DAY, "thumbs.up"): 2,
        }
    )


def row_of(page, name):
    """The cells of a row of the table, by its name."""
    line = re.search(rf'<th scope="row"[^>]*>{name}</th>(.*?)</tr>', page, re.DOTALL)[1]
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page)
    return dict(zip(heads[1:], re.findall(r"<td[^>]*>([^<]*)</td>", line), strict=True))


@pytest.mark.parametrize(
    ("by", "until", "name"),
    [
        ("day", "2016-03-07", "3月7日"),
        ("month", "2016-03-31", "2016年3月"),
        ("quarter", "2016-03-31", "2016年第一季度"),
    ],
)
def test_figures_by_step(editor, counted, by, until, name):
    page = editor.get(f"/desk/figures?by={by}&until={until}").text
    row = row_of(page, name)
    told = (
        row["提问"],
        row["当场答复"],
        row["当场答复率"],
        row["常见问题答复"],
        row["收听报告"],
        row["有用"],
        row["平均用时毫秒"],
    )
    assert told == ("100", "90", "90.0%", "30", "3", "2", "10")
    chart = re.search(r"<svg.*?</svg>", page, re.DOTALL)[0]
    assert f"{name}提问100，当场答复90" in re.search(r"<desc>(.*?)</desc>", chart)[1]
    assert "style=" not in chart


def test_figures_of_a_department(editor, counted):
    page = editor.get("/desk/figures", query_string={"by": "year", "until": "2016-12-31", "department": BODY}).text
    row = row_of(page, "2016年")
    assert (row["提问"], row["当场答复率"]) == ("40", "75.0%")


def test_the_sheet_holds_numbers_and_no_formula(editor, services, counted):
    got = editor.get("/desk/figures.xlsx?by=month&until=2016-04-30")
    rows = list(load_workbook(io.BytesIO(got.data)).active.iter_rows())
    heads = [cell.value for cell in rows[0]]
    march = next(row for row in rows if row[0].value == "2016年3月")
    assert march[heads.index("提问")].value == 100
    assert march[heads.index("当场答复率")].value == 0.9
    assert all(cell.data_type != "f" for row in rows for cell in row)


def test_the_bulletin_of_a_month(editor, counted):
    page = editor.get("/desk/bulletin/2016-03").text
    assert "收到提问 100 次，当场答复 90 次，当场答复率 90.0%" in page
    assert "受理网民留言 0 条，回复 0 条" in page
    assert "=HYPERLINK(&#34;http://x&#34;)市档案馆" in page
    assert editor.get("/desk/bulletin?month=2016-03").headers["Location"] == "/desk/bulletin/2016-03"
    for wrong in ("2016-13", "2016", "d30", "x"):
        assert editor.get(f"/desk/bulletin/{wrong}").status_code == 404


def test_what_citizens_say_in_the_bulletin_is_starred(client, app, editor, services):
    """Numbers and plates are starred when they are kept; the words that the admin keeps, where they are printed."""
    question = "蓝鲸工程找张建国13800138000开的云Q12345要钱吗"
    for _ in range(12):
        assert client.post("/api/v1/ask", json={"question": question}).status_code == 200
    services.questions.write()
    month = services.desk.figures.table("month")[-1].name
    assert "蓝鲸工程" in editor.get(f"/desk/bulletin/{month}").text
    assert at_desk(app, services, "admin").post("/desk/faq/words", {"words": "蓝鲸工程\n张建国"}).status_code == 303
    page = editor.get(f"/desk/bulletin/{month}").text
    assert page.count("＊＊＊＊找＊＊＊138****8000开的*******要钱吗") == 2  # asked most, and without an answer
    for word in ("蓝鲸工程", "张建国", "13800138000", "云Q12345"):
        assert word not in page
    at_desk(app, services, "admin").post("/desk/faq/words", {"words": ""})


def test_what_happens_at_the_doors_is_counted(client, editor, services, report_of):
    before = services.desk.figures.table("month")[-1]
    client.post("/api/v1/ask", json={"question": "户口迁移怎么办", "spoken": True})
    assert client.post("/api/v1/heard", json={"what": "answer"}).status_code == 204
    assert (
        client.post("/api/v1/heard", json={"what": "report", "report": report_of("青澜市公安局").id}).status_code == 204
    )
    assert client.post("/api/v1/heard", json={"what": "report", "report": "none"}).status_code == 404
    assert client.post("/api/v1/heard", json={"what": "x"}).status_code == 400
    assert client.post("/api/v1/ask", json={"question": "x", "spoken": "yes"}).status_code == 400
    receipt = services.desk.messages.receive(Draft("ask", "统计要数到这条留言吗？")).receipt
    services.desk.messages.reply(receipt, "要。")
    services.questions.write()
    after = services.desk.figures.table("month")[-1]
    for name in ("asked", "received", "replied"):
        assert getattr(after, name) == getattr(before, name) + 1
    for name in ("asked.spoken", "heard.answer", "heard.report"):
        assert after.counts[name] == before.counts[name] + 1


@pytest.mark.parametrize("query", ["by=x&until=y", "until=0001-01-01", "until=9999-12-31", "by=year&until=2010-01-01"])
def test_any_query_gives_figures(editor, query):
    assert editor.get(f"/desk/figures?{query}").status_code == 200
