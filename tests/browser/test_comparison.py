"""A comparison in a real browser: the table's numbers lead to their places, the chart can be read and heard."""

from collections.abc import Iterator
from typing import Any

import pytest
from fake_site import FakeSite

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")
expect = playwright_api.expect

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 860}}
YEARS = "市政府2019年到2022年收到的申请变化趋势怎么样"
BODIES = "公安局和教育局2021年、2022年收到的申请各多少"
DRAWING = """(text) => import('/web/widget/comparison.js').then((module) => {
    const made = module.drawing(text);
    return made && made.outerHTML;
})"""


@pytest.fixture(scope="module")
def server(window: str) -> str:
    """The server of the citizen's window, which knows the sample corpus too."""
    return window


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def visitor(request: pytest.FixtureRequest, page: Any, server: str) -> Any:
    page.set_viewport_size(request.param)
    page.goto(server)
    page.get_by_role("button", name="问安安").click()
    return page


@pytest.fixture(scope="module")
def fake(browser: Any) -> Iterator[Any]:
    """A page for importing the module; the policy may well complain of what the tests hand it."""
    running = FakeSite()
    opened = browser.new_page()
    opened.goto(running.address)
    yield opened
    opened.close()
    running.close()


def ask(page: Any, question: str) -> Any:
    """The reply with its table."""
    page.get_by_label("请输入您的问题").fill(question)
    page.get_by_role("button", name="发送").click()
    shown = page.get_by_role("dialog").locator(".reply[data-kind=comparison]").last
    expect(shown.get_by_role("table")).to_be_visible()
    return shown


def columns(shown: Any) -> list[list[str]]:
    rows = shown.locator("tbody tr")
    return [rows.nth(place).locator("th, td").all_inner_texts() for place in range(rows.count())]


def test_years_stand_in_a_table_with_their_changes(visitor: Any) -> None:
    shown = ask(visitor, YEARS)
    assert columns(shown) == [
        ["2019年", "536", "", ""],
        ["2020年", "589", "+53", "+9.9%"],
        ["2021年", "647", "+58", "+9.8%"],
        ["2022年", "612", "−35", "−5.4%"],
    ]
    expect(shown.locator(".answer")).to_contain_text("计算得出：612－536")


def test_each_number_leads_to_its_place_in_its_own_report(visitor: Any) -> None:
    shown = ask(visitor, YEARS)
    links = shown.locator("tbody a")
    expect(links).to_have_count(4)
    links.nth(1).click()
    expect(visitor.locator(".report-text mark", has_text="589").first).to_be_in_viewport()


def test_the_chart_has_a_bar_and_a_number_for_each_and_words_for_those_who_do_not_see_it(visitor: Any) -> None:
    shown = ask(visitor, BODIES)
    chart = shown.get_by_role("img", name="新收政府信息公开申请")
    expect(chart).to_be_visible()
    expect(chart.locator("rect")).to_have_count(4)
    for text in ("青澜市公安局", "青澜市教育局", "37", "34", "46", "39"):
        expect(chart.locator("text", has_text=text).first).to_be_visible()
    expect(chart.locator("desc")).to_have_text(
        "青澜市公安局2021年37；青澜市公安局2022年34；青澜市教育局2021年46；青澜市教育局2022年39"
    )


def test_table_and_chart_stay_inside_the_reply(visitor: Any) -> None:
    for question in (YEARS, BODIES, "公安局从2016年到2022年的粉丝有多少"):
        shown = ask(visitor, question)
        for part in (shown.locator(".wide"), shown.locator(".chart")):
            inner, outer = part.bounding_box(), shown.bounding_box()
            assert outer["x"] <= inner["x"] and inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1
        assert shown.locator(".wide").evaluate("(part) => part.scrollWidth <= part.clientWidth + 1")


def test_without_javascript_the_page_shows_the_same(browser: Any, server: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=SIZES["phone"])
    page = context.new_page()
    page.goto(f"{server}/?q=公安局从2019年到2022年的粉丝变化")
    assert page.locator(".wide").evaluate("(part) => part.scrollWidth <= part.clientWidth")
    page.goto(f"{server}/?q={YEARS}")
    expect(page.locator(".comparison tbody tr")).to_have_count(4)
    expect(page.get_by_role("img", name="新收政府信息公开申请").locator("rect")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".comparison tbody a").first.click()
    expect(page.locator(".report-text mark", has_text="536").first).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    "text",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>window.ran = 1</script><rect onclick="x" id="a"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran = 1"><foreignObject><img src="x"/></foreignObject>'
        '<image href="http://127.0.0.1:9/x"/><a href="javascript:1"><text>x</text></a><rect/></svg>',
    ],
)
def test_of_a_chart_only_harmless_shapes_come_into_the_page(fake: Any, text: str) -> None:
    made = fake.evaluate(DRAWING, text)
    assert made == '<svg class="chart"><rect></rect></svg>'
    assert fake.evaluate("window.ran") is None


@pytest.mark.parametrize("text", ["", "<html><body>x</body></html>", "<svg>", "no drawing"])
def test_what_is_no_chart_is_not_shown(fake: Any, text: str) -> None:
    assert fake.evaluate(DRAWING, text) is None
