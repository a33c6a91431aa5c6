"""A comparison over HTTP: the documented shape, a link for every number, and the table on the page without scripts."""

from openapi_schema_validator import OAS31Validator
from selectolax.lexbor import LexborHTMLParser

from assistant.services import Services
from assistant.site import create_app
from assistant.site.openapi import document

QUESTION = "市政府2019年到2022年收到的申请变化趋势怎么样"


def test_the_api_gives_it_as_documented(sample: Services) -> None:
    client = create_app(sample).test_client()
    answer = client.post("/api/v1/ask", json={"question": QUESTION}).get_json()
    described = document()
    schema = described["components"]["schemas"]["Answer"]
    OAS31Validator({**schema, "components": described["components"]}).validate(answer)
    assert answer["kind"] == "comparison"
    for row in answer["comparison"]["rows"]:
        place = answer["evidence"][row["evidence"]]
        assert (place["report"]["year"], place["report"]["publisher"]) == (row["year"], row["publisher"])
        page = LexborHTMLParser(client.get(row["link"].partition("#")[0]).text)
        assert row["printed"] == "".join(mark.text() for mark in page.css("mark"))


def test_the_page_shows_table_and_chart_without_scripts(sample: Services) -> None:
    client = create_app(sample).test_client()
    page = LexborHTMLParser(client.get("/", query_string={"q": QUESTION}).text)
    rows = [[cell.text() for cell in row.css("th, td")] for row in page.css("table.comparison tbody tr")]
    assert rows[0] == ["2019年", "536", "", ""]
    assert rows[3] == ["2022年", "612", "-35", "-5.4%"]
    assert len(page.css(".chart svg rect")) == 4
    assert not page.css("table.comparison .body")
    for link in page.css("table.comparison a"):
        shown = client.get((link.attributes["href"] or "").partition("#")[0])
        assert link.text() == "".join(mark.text() for mark in LexborHTMLParser(shown.text).css("mark"))


def test_bodies_of_one_year_have_no_changes(sample: Services) -> None:
    client = create_app(sample).test_client()
    page = LexborHTMLParser(client.get("/", query_string={"q": "2022年各单位收到的申请多少件"}).text)
    assert [head.text() for head in page.css("table.comparison thead th")] == ["年份", "单位", "数值"]
