"""The page of a report with tables in a real browser, on screens of any width."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from app_server import app_serving
from report_samples import table_report, value

from assistant.services import open_services
from assistant.site import create_app

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")
expect = playwright_api.expect

REPORT = table_report()
WIDTHS = [360, 768, 1280]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the report's page is."""
    services = open_services(tmp_path_factory.mktemp("tables") / "data")
    services.store.save(REPORT)
    with closing(services), app_serving(create_app(services)) as site:
        yield f"{site}/reports/{REPORT.id}"


def figure_of(row: int, column: int) -> tuple[int, str]:
    """The number of a cell's figure and the address's part that marks it."""
    index = next(i for i, item in enumerate(REPORT.figures) if (item.table, item.row, item.column) == (0, row, column))
    start, end = REPORT.figures[index].span
    return index + 1, f"?highlight={start}-{end}#f{index + 1}"


def assert_uncovered(place: Any) -> None:
    """The middle of an element comes to be seen: in the window, in its frame, and under nothing."""
    seen = """(node) => {
        const box = node.getClientRects()[0];
        return node.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
    }"""
    place.page.wait_for_function(seen, arg=place.element_handle())


def test_the_table_is_shown_and_the_page_keeps_the_width_of_the_screen(page: Any, address: str) -> None:
    page.goto(address)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        table = page.get_by_role("region", name="第 1 张表").get_by_role("table")
        expect(table.get_by_role("rowheader", name="（一）予以公开")).to_be_visible()
        assert table.get_by_role("row").count() == 14
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_marked_cell_is_in_view(browser: Any, address: str, script: bool) -> None:
    number, rest = figure_of(8, 8)
    context = browser.new_context(java_script_enabled=script, reduced_motion="reduce")
    page = context.new_page()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 640})
        page.goto("about:blank")  # or the page would stay as it is, scrolled for another width
        page.goto(address + rest)
        mark = page.locator("mark")
        expect(mark).to_have_count(1)
        expect(mark).to_have_text(value(5, 5))
        expect(mark).to_be_in_viewport()
        if script:
            assert page.locator(f"#f{number}:target mark").count() == 1
            assert_uncovered(mark)
    context.close()


def test_a_name_stays_in_view_while_its_values_scroll(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address)
    frame = page.get_by_role("region", name="第 1 张表")
    name = frame.get_by_role("rowheader", name="1.属于国家秘密")
    name.scroll_into_view_if_needed()
    frame.evaluate("(node) => { node.scrollLeft = node.scrollWidth }")
    assert_uncovered(name)
    expect(name).to_be_in_viewport(ratio=1)


def test_a_row_is_marked_while_it_is_read(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address)
    found = page.evaluate(
        """async ([start, end]) => {
            const { SpokenMark } = await import('/web/reader/page-text.js');
            const mark = new SpokenMark();
            mark.begin();
            mark.show(start, end);
            return [...CSS.highlights.get('anan-spoken')].map(String);
        }""",
        [start := REPORT.text.index("（七）总计：") - len("三、本年度办理结果 "), REPORT.text.index("\n", start)],
    )
    assert found == ["（七）总计", *(value(9, column) for column in range(7))]
    last = page.locator("#t1 tr", has_text="（七）总计").locator("td").first
    expect(last).to_be_in_viewport()


def test_the_part_of_a_row_that_is_read_is_brought_into_its_frame(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address)
    number, _ = figure_of(12, 9)
    page.evaluate(
        """async ([start, end]) => {
            const { SpokenMark } = await import('/web/reader/page-text.js');
            const mark = new SpokenMark();
            mark.begin();
            mark.show(start, end);
        }""",
        list(REPORT.figures[number - 1].span),
    )
    place = page.locator(f"#f{number}")
    expect(place).to_be_in_viewport()
    assert_uncovered(place)


def test_the_reader_reads_the_report_and_marks_it(page: Any, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="点击我为您语音播报").click()
    expect(page.get_by_text("第 1 句")).to_be_visible(timeout=60_000)
    expect(page.locator("anan-reader")).to_be_visible()
    assert page.evaluate("CSS.highlights.has('anan-spoken')")
    page.get_by_role("button", name="停止").click()
    expect(page.get_by_text("第 1 句")).to_have_count(0)
