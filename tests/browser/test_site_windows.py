"""The site's own pages in a real browser: axe-core on every page, look and width; keyboard; printing; reading along."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pytest
from axe import COLOURS, NEW, SIZES, seen_in, violations
from site_pages import BODIES, FEW, QUESTION, Pages, site_pages

playwright_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright（pip install '.[dev]'）")
expect = playwright_api.expect

# The widget has tests of its own, of every state.
_ALL_BUT_THE_WIDGET = {"exclude": ["anan-widget"]}
_SEEN_ANEW = {**_ALL_BUT_THE_WIDGET, **NEW}
WIDTHS = (320, 390, 768, 1280)
SHIFT_MOST = 0.02
# Page, and the status it comes with.
PAGES = {
    "home": ("/", 200),
    "answer": (f"/?q={QUESTION}", 200),
    "comparison": ("/?q=市政府2021年和2022年收到的申请各多少", 200),
    "report": ("{edu_2022}", 200),
    "changes": ("{edu_2022}/changes", 200),
    "message": ("/messages/new", 200),
    "receipt": ("/messages", 200),
    "404": ("/reports/none", 404),
    "429": ("/often?q=怎样申请", 429),
    "500": ("/broken", 500),
}
SHIFTED = """() => new Promise((done) => {
    new PerformanceObserver((list) => done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
        .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(0), 100);
})"""
# What the focus is on, whether it can be seen there, and what can be seen of the focus itself.
FOCUSED = """() => {
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const box = at.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2];
    let top = document.elementFromPoint(x, y);
    while (top?.shadowRoot?.elementFromPoint(x, y)) top = top.shadowRoot.elementFromPoint(x, y);
    return {
        name: (at.textContent || at.name || at.getAttribute('aria-label') || at.tagName).trim(),
        seen: at.contains(top) || top?.contains(at) || false,
        ring: parseFloat(getComputedStyle(at).outlineWidth) >= 2,
        body: at === document.body,
    };
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    with site_pages(tmp_path_factory.mktemp("pages") / "data", FEW) as running:
        yield running


@contextmanager
def visiting(browser: Any, site: Pages, path: str, width: int = 390, **options: Any) -> Iterator[Any]:
    """A new visitor's page; afterwards no script had failed and nobody else had been asked for anything."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale="zh-CN", **{"reduced_motion": "reduce", **options}
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    troubles: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if "Policy" in said.text else None)
    page.on("request", lambda request: asked.append(request.url))
    page.status = page.goto(site.address + site.path(path)).status
    yield page
    context.close()
    assert troubles == []
    assert [url for url in asked if url.startswith("http") and not url.startswith(site.address)] == []


def assert_accessible(page: Any, state: str, *rules: str, scope: Any = _ALL_BUT_THE_WIDGET) -> None:
    assert violations(page, scope, rules) == [], state
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state


def assert_every_colour_is_legible(page: Any, state: str, scope: Any) -> None:
    page.emulate_media(color_scheme="dark")
    assert_accessible(page, f"{state}, dark", *COLOURS, scope=scope)
    page.emulate_media(color_scheme="light", forced_colors="active")
    assert_accessible(page, f"{state}, forced colours", *COLOURS, scope=scope)
    page.emulate_media(forced_colors="none")
    for look in ("高对比", "长者模式"):
        page.get_by_role("button", name=look).click()
        assert_accessible(page, f"{state}, {look}", *COLOURS, scope=scope)
        page.get_by_role("button", name=look).click()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_at_every_width_and_in_every_look(browser: Any, site: Pages, name: str) -> None:
    path, status = PAGES[name]
    with visiting(browser, site, path) as page:
        assert page.status == status
        page.wait_for_load_state("networkidle")
        shift = page.evaluate(SHIFTED)
        print(f"{name}: layout shift {shift:.4f}")
        assert shift <= SHIFT_MOST
        # Names, parts and colours do not depend on the width: only what was not seen before is looked at anew.
        seen: set[int] = set()
        for width in (WIDTHS[0], WIDTHS[-1], *WIDTHS[1:-1]):
            page.set_viewport_size({"width": width, "height": 800})
            shown = seen_in(page.locator("body"), seen)
            assert_accessible(page, f"{name} at {width}", *(SIZES if seen else ()))
            page.get_by_role("button", name="长者模式").click()
            assert_accessible(page, f"{name}, elder at {width}", "target-size")
            page.get_by_role("button", name="长者模式").click()
            if not shown <= seen:
                if seen:
                    assert_accessible(page, f"{name}, new at {width}", scope=_SEEN_ANEW)
                assert_every_colour_is_legible(page, f"{name} at {width}", _SEEN_ANEW if seen else _ALL_BUT_THE_WIDGET)
                seen |= shown


def test_the_look_is_kept_from_the_first_moment_on_every_page(browser: Any, site: Pages) -> None:
    with visiting(browser, site, "/") as page:
        page.get_by_role("button", name="长者模式").click()
        assert page.evaluate("localStorage.getItem('anan-elder')") == "1"
        # As the widget of another page would leave it: the store alone, without the cookie.
        page.context.clear_cookies()
        page.goto(site.address + site.path("{police_2018}"))
        assert page.evaluate("document.documentElement.hasAttribute('data-elder')")
        assert page.evaluate(SHIFTED) <= SHIFT_MOST
        button = page.get_by_role("button", name="长者模式")
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".motto")).to_be_hidden()
        # Somebody else, the widget, takes it off: the page and the server know.
        page.evaluate("document.documentElement.removeAttribute('data-elder')")
        expect(button).to_have_attribute("aria-pressed", "false")
        assert page.evaluate("localStorage.getItem('anan-elder')") is None
        assert "anan-elder" not in {cookie["name"] for cookie in page.context.cookies()}


@pytest.mark.parametrize("path", ["/", "{edu_2022}"])
def test_everything_is_reached_and_seen_by_keyboard(browser: Any, site: Pages, path: str) -> None:
    with visiting(browser, site, path) as page:
        names: list[str] = []
        for _ in range(200):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUSED)
            if at["body"] or (len(names) > 5 and at["name"] == names[0]):
                break
            assert at["seen"], at
            assert at["ring"], at
            names.append(at["name"])
        assert names[0] == "跳到正文"
        assert {"长者模式", "高对比", "问安安"} <= set(names)
        if path != "/":
            assert {"问这份报告", "大", "分享", "2021年度"} <= {name.strip("‹ ›") for name in names}


def test_sharing_by_keyboard(browser: Any, site: Pages) -> None:
    with visiting(browser, site, "{edu_2022}", 1280, permissions=["clipboard-read", "clipboard-write"]) as page:
        summary = page.locator(".share summary")
        summary.focus()
        page.keyboard.press("Enter")
        panel = page.locator(".share-panel")
        expect(panel.get_by_role("img", name="二维码")).to_be_visible()
        panel.get_by_role("button", name="复制链接").press("Enter")
        expect(panel.get_by_role("status")).to_contain_text("链接已复制")
        assert page.evaluate("navigator.clipboard.readText()") == site.address + site.path("{edu_2022}")
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(summary).to_be_focused()


def test_this_report_is_asked_from_its_page(browser: Any, site: Pages) -> None:
    with visiting(browser, site, "{edu_2022}") as page:
        ask = page.get_by_role("link", name="问这份报告")
        ask.click()
        chip = page.locator(".about")
        title = page.get_by_role("heading", level=1).inner_text()
        expect(chip).to_contain_text(f"正在问：{title}")
        offer = page.get_by_role("dialog").locator(".suggestion")
        own = site.services.answerer.suggest("", report=site.report("edu", 2022).rpartition("/")[2])
        prefix = f"{BODIES['edu']}2022年"
        expect(offer).to_have_text([each.removeprefix(prefix) for each in own[:4]])
        offer.first.click()
        reply = page.locator(".turn .reply:not(.waiting)")
        expect(reply.locator(".source").first).to_contain_text(title)
        # Taken back and shut; the button brings it back, and what can be asked comes after what was said.
        page.get_by_role("button", name="不限").click()
        expect(chip).to_be_hidden()
        page.get_by_role("button", name="关闭").click()
        ask.click()
        expect(chip).to_be_visible()
        expect(page.locator(".log > :last-child .suggestion")).to_have_count(4)
        expect(page.locator(".log > :last-child")).to_be_in_viewport(ratio=0.9)
        page.get_by_label("请输入您的问题").fill("报告什么时候发布的")
        with page.expect_response("**/api/v1/ask") as given:
            page.get_by_label("请输入您的问题").press("Enter")
        answer = given.value.json()
        assert (answer["kind"], answer["evidence"][0]["report"]["title"]) == ("metadata", title)


def test_what_is_drawn_can_be_pressed_before_the_modules_have_come(browser: Any, site: Pages) -> None:
    with visiting(browser, site, "{edu_2022}") as page:
        held: list[Any] = []
        page.route(re.compile(r"report\.js|widget\.js|reader-define\.js|looks\.js"), lambda route: held.append(route))
        page.reload(wait_until="commit")
        large = page.get_by_role("button", name="大", exact=True)
        text = page.locator(".report-text")
        size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
        expect(text).to_be_visible()
        medium = text.evaluate(size)
        large.click()
        expect(large).to_have_attribute("aria-pressed", "true")
        assert text.evaluate(size) > medium
        outline = page.get_by_role("navigation", name="目录")
        outline.get_by_role("button").click()
        expect(outline.get_by_role("link").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(outline.get_by_role("link").first).to_be_hidden()
        expect(outline.get_by_role("button")).to_be_focused()
        for route in held:
            route.continue_()
        expect(page.get_by_role("button", name="问安安")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_outline_follows_reading(browser: Any, site: Pages, width: int) -> None:
    with visiting(browser, site, "{edu_2022}", width) as page:
        outline = page.get_by_role("navigation", name="目录")
        toggle = outline.get_by_role("button")
        current = outline.locator("[aria-current]")
        if width < 960:
            expect(outline.get_by_role("link").first).to_be_hidden()
            toggle.click()
        outline.get_by_role("link", name="五、存在的主要问题").click()
        heading = page.locator("h2", has_text="五、存在的主要问题")
        expect(heading).to_be_in_viewport()
        expect(current).to_have_text(re.compile("五、存在的主要问题"))
        if width < 960:
            expect(toggle).to_have_attribute("aria-expanded", "false")
            expect(toggle).to_be_in_viewport()
            expect(toggle).to_contain_text("五、存在的主要问题")
        page.evaluate("window.scrollTo(0, 0)")
        expect(current).to_have_count(0)
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        expect(current).to_have_text(re.compile("联系方式" if width >= 960 else "其他需要报告|联系方式"))


@pytest.mark.parametrize(("width", "tied"), [(390, True), (390, False), (1280, True)])
def test_a_table_keeps_its_head_and_its_names_in_view(browser: Any, site: Pages, width: int, tied: bool) -> None:
    with visiting(browser, site, "{edu_2022}", width) as page:
        if not tied:  # as in a browser that ties no movement to scrolling
            page.add_init_script("delete window.ViewTimeline")
            page.reload()
        frame = page.locator(".table-scroll", has_text="本年新收").first
        name = frame.get_by_role("rowheader", name="重复申请")
        name.scroll_into_view_if_needed()
        page.mouse.wheel(0, 300)
        if width < 960:
            expect(page.locator(".report-table", has=frame).locator(".table-hint")).to_be_visible()
            assert page.locator(".table-frame", has=frame).get_attribute("data-more") is not None
            frame.evaluate("(node) => { node.scrollLeft = node.scrollWidth; }")
            expect(page.locator(".table-frame[data-more]", has=frame)).to_have_count(0)
        expect(frame.get_by_role("columnheader", name="总计")).to_be_in_viewport(ratio=0.9)
        expect(name).to_be_in_viewport(ratio=0.9)
        # A table whose columns are named anew below keeps no head: it would name the wrong ones.
        assert page.locator(".report-table", has_text="本年制发件数").locator("thead").count() == 0


def test_the_print_holds_the_whole_text(browser: Any, site: Pages) -> None:
    with visiting(browser, site, "{edu_2022}", color_scheme="dark") as page:
        page.get_by_role("button", name="长者模式").click()
        printed = pypdfium2.PdfDocument(page.pdf(format="A4"))
        text = plain("".join(sheet.get_textpage().get_text_range() for sheet in printed))
        report = site.services.store.report(site.report("edu", 2022).rpartition("/")[2])
        assert plain(report.summary.title) in text
        assert plain(report.summary.index_number) in text
        tables = [(table.start, table.end) for table in report.tables]
        lines = [
            line[0]
            for line in re.finditer(r"[^\n]+", report.text)
            if not any(start <= line.start() < end for start, end in tables)
        ]
        assert [line for line in lines if plain(line) not in text] == []
        cells = [cell.text for table in report.tables for cell in table.cells if cell.text]
        assert len(cells) > 200
        assert [cell for cell in cells if plain(cell) not in text] == []
        assert "问安安" not in text
        assert "跳到正文" not in text


def plain(text: str) -> str:
    """Without spaces and ends of lines, which printing sets anew."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("\ufffe", "").replace("\x02", "")
