"""The reports of one body year by year, and what changed: only what is surely the same, each number with its place."""

from dataclasses import dataclass

import pytest
from selectolax.lexbor import LexborHTMLParser

from assistant.reports import Metadata, compose
from assistant.site import create_app

BODY = "松岭县林业局"
# What stands in the one year and how it goes on in the next; the names say what may be compared.
EARLIER = """一、总体情况
全年“局长信箱”收到来信1200封，办结1180封，办结率98.3%。
“松岭林业”微信公众号关注用户3.6万人。召开新闻发布会4次。
全年举办培训6期，培训护林员300余人次。
其中乡镇林业站86个。抽查的学校12所。
二、依申请公开情况
全年收到政府信息公开申请28件。没有收取政府信息公开费用。"""
LATER = """一、总体情况
“局长信箱”收到来信1500封，办结1500封，办结率100%。
截至年底，“松岭林业”微信公众号关注用户4.2万人。召开新闻发布会4次。
举办培训5期，培训护林员320人次。
12345热线转办来信900封。其中乡镇林业站90个。
复查学校20所。
二、依申请公开情况
本年度共收到政府信息公开申请35件。"""


@dataclass(frozen=True)
class Site:
    client: object
    ids: dict[int, str]

    def page(self, address: str) -> LexborHTMLParser:
        response = self.client.get(address)
        assert response.status_code == 200, response.text
        return LexborHTMLParser(response.text)


@pytest.fixture
def site(services):
    """Reports of 2013, 2014 and 2016, as each body has gaps."""
    ids = {}
    for year, text in ((2013, EARLIER), (2014, LATER), (2016, "一、概述\n本机关当年没有可说的。")):
        report = compose(Metadata(title=f"{BODY}{year}年度报告", publisher=BODY, year=year), text)
        services.store.save(report)
        ids[year] = report.id
    yield Site(create_app(services).test_client(), ids)
    for report_id in ids.values():
        services.store.remove(report_id)


def rows(tree):
    """By name: the earlier number, the later one, the difference, the percentage."""
    found = {}
    for row in tree.css(".changes tbody tr"):
        context = row.css_first(".context")
        name = row.css_first("th").text().removesuffix(context.text() if context else "")
        found[name] = [cell.text().strip() for cell in row.css("td")]
    return found


def test_only_what_is_surely_the_same_is_compared(site):
    found = rows(site.page(f"/reports/{site.ids[2014]}/changes"))
    assert found == {
        "收到政府信息公开申请": ["28件", "35件", "+7件", "+25.0%"],
        "“局长信箱”收到来信": ["1200封", "1500封", "+300封", "+25.0%"],
        "办结来信": ["1180封", "1500封", "+320封", "+27.1%"],
        "办结率": ["98.3%", "100%", "+1.7个百分点", "–"],
        "“松岭林业”微信公众号关注用户": ["3.6万人", "4.2万人", "+0.6万人", "+16.7%"],
        "举办培训": ["6期", "5期", "−1期", "−16.7%"],
        "培训护林员": ["300余人次", "320人次", "约+20人次", "约+6.7%"],
        "召开新闻发布会": ["4次", "4次", "不变", "–"],
    }


def test_each_number_leads_to_its_place_in_its_own_report(site):
    tree = site.page(f"/reports/{site.ids[2014]}/changes")
    for row in tree.css(".changes tbody tr"):
        for year, link in zip((2013, 2014), row.css("td a"), strict=True):
            address, _, anchor = link.attributes["href"].partition("#")
            assert address.startswith(f"/reports/{site.ids[year]}?")
            page = site.page(address)
            assert page.css_first(f"#{anchor}").text() == link.text()
            assert "".join(node.text() for node in page.css("mark")) == link.text()


def test_a_report_leads_to_the_years_beside_it_and_tells_the_changes(site):
    tree = site.page(f"/reports/{site.ids[2014]}")
    nav = tree.css_first("nav.years")
    assert nav.css_first("a[rel=prev]").attributes["href"] == f"/reports/{site.ids[2013]}"
    assert nav.css_first("a[rel=next]").attributes["href"] == f"/reports/{site.ids[2016]}"
    assert "2013年度" in tree.css_first(".since h2").text()
    assert len(tree.css(".since li")) == 4
    assert "计算得出" in tree.css_first(".since").text()
    assert tree.css_first(".since li .what").text() == "收到政府信息公开申请"


def test_where_nothing_can_be_compared_nothing_is(site):
    first = site.page(f"/reports/{site.ids[2013]}")
    assert not first.css(".since, nav.years a[rel=prev]")
    assert site.client.get(f"/reports/{site.ids[2013]}/changes").status_code == 404
    last = site.page(f"/reports/{site.ids[2016]}")
    assert not last.css(".since")
    assert last.css_first("nav.years a[rel=prev]").text().endswith("2014年度")
    assert "没有找到能确定是同一项的数字" in site.page(f"/reports/{site.ids[2016]}/changes").body.text()
    assert site.client.get("/reports/000000000000/changes").status_code == 404
